"""What was decided: `efac:NoticeResult`, read into results, tenders, parties and contracts still apart.

In: the element. Out: amounts of the notice, and the parts `awards.resolve` joins (LotResult → LotTender →
TenderingParty → Organization, and SettledContract).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.amounts import amount, money
from beffroi.formats.eforms.gathered import Pointer, Section
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.roles import body
from beffroi.formats.eforms.strategic import STRATEGIC
from beffroi.formats.eforms.tenders import CONTRACT, PARTY, TENDER, later, subcontracting
from beffroi.formats.eforms.terms import group_draft
from beffroi.formats.eforms.values import code, into, keep, listed, pointer, whole

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element

STATUS = {"selec-w": "awarded", "clos-nw": "not_awarded", "open-nw": "open"}
REASONS = {
    "all-rej": "unsuccessful",
    "no-rece": "unsuccessful",
    "one-admis": "unsuccessful",
    "chan-need": "abandoned",
    "ins-fund": "abandoned",
    "tch-pr-error": "abandoned",
    "rev-body": "appeal",
    "rev-buyer": "appeal",
    "no-signed": "other",
    "other": "other",
}
_ID = into({"cbc:ID": pointer("id")})


def _status(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-142."""
    text = code(cursor, element, section)
    if text in STATUS:
        section.draft["status"] = STATUS[text]
        cursor.cite(section.draft, "status", element, rule=f"the code {text} of winner-selection-status says so")
    elif text:
        cursor.leave(element, "not a code of winner-selection-status")


def _reason(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-144."""
    text = code(cursor, element, section)
    if not text:
        return
    reason = {"kind": REASONS.get(text, "other"), "code": text}
    section.draft["reason"] = reason
    cursor.anchor(reason, element, "the code gives the kind")
    cursor.cite(reason, "code", element)


def _tally(cursor: Cursor, element: Element, section: Section) -> tuple[list[Pointer], list[Pointer]]:
    """Return what is counted and how many: the codes and the numbers of one count."""
    found = Section(section.notice, {}, section.id)
    _STATISTICS(cursor, element, found)
    return found.pointers.get("kind", []), found.pointers.get("count", [])


def _review_requests(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-712 (complainants), or BT-635 by the kind of irregularity (BT-636)."""
    kinds, counts = _tally(cursor, element, section)
    if kinds or counts:
        irregular = bool(kinds) and kinds[0].element.get("listName") == "irregularity-type"
        text = ": ".join(one.id for one in (*kinds, *counts))
        keep(cursor, section, "BT-635" if irregular else "BT-712", text, *(one.element for one in (*kinds, *counts)))


def _statistics(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-759 where BT-760 is `tenders`; other counts (from SMEs, from abroad) are none of the tenders received."""
    kinds, counts = _tally(cursor, element, section)
    if [one.id for one in kinds] != ["tenders"] or len(counts) != 1 or "tenders_received" in section.draft:
        if kinds or counts:
            text = ": ".join(one.id for one in (*kinds, *counts))
            keep(cursor, section, "BT-759", text, *(one.element for one in (*kinds, *counts)))
        return
    number = whole(cursor, counts[0].element)
    if number is not None:
        section.draft["tenders_received"] = number
        cursor.cite(section.draft, "tenders_received", counts[0].element)


_STATISTICS = into(
    {
        "efbc:StatisticsCode": pointer("kind"),
        "efbc:StatisticsNumeric": pointer("count"),
        "efac:FieldsPrivacy": withheld,
    }
)


_SUBCONTRACTED = subcontracting(money("subcontracted", "award"))
"""Some senders state the subcontracting of a tender where the result points to it."""
_RESULT = into(
    {
        "cbc:ID": pointer("id"),
        "cbc:TenderResultCode": _status,
        "cbc:HigherTenderAmount": money("highest_tender", "award"),
        "cbc:LowerTenderAmount": money("lowest_tender", "award"),
        "efbc:DPSTerminationIndicator": listed("BT-119"),
        "cac:FinancingParty": body("OPT-301-Financing"),
        "cac:PayerParty": body("OPT-301-Payer"),
        "efac:AppealRequestsStatistics": _review_requests,
        "efac:DecisionReason": into({"efbc:DecisionReasonCode": _reason, "efac:FieldsPrivacy": withheld}),
        "efac:FieldsPrivacy": withheld,
        "efac:FrameworkAgreementValues": into(
            {
                "cbc:MaximumValueAmount": money("framework_max", "award"),
                "efbc:ReestimatedValueAmount": money("reestimated", "award"),
                "efac:FieldsPrivacy": withheld,
            }
        ),
        "efac:LotTender": into({"cbc:ID": pointer("tenders"), "efac:SubcontractingTerm": _SUBCONTRACTED}),
        "efac:ReceivedSubmissionsStatistics": _statistics,
        "efac:SettledContract": into({"cbc:ID": pointer("contracts")}),
        "efac:StrategicProcurement": STRATEGIC,
        "efac:TenderLot": into({"cbc:ID": pointer("lots")}),
    }
)


def _part(reader: Handler, name: str) -> Handler:
    """Return the handler of a tender, party or contract, kept under its identifier."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        identifier = _identifier(element)
        lot = _lot_of(element)
        found = Section(section.notice, {}, lot)
        reader(cursor, element, found)
        parts: dict[str, Section] = getattr(section.notice, name)
        if not identifier or identifier in parts:
            cursor.leave(element, "without an identifier, or one used twice")
        else:
            parts[identifier] = found

    return read


def _child(element: Element, local: str) -> Element | None:
    return next((child for child in element if child.tag.endswith("}" + local)), None)


def _identifier(element: Element) -> str:
    """Return the text of the element's ID, unread so far."""
    found = _child(element, "ID")
    return (found.text or "").strip() if found is not None else ""


def _lot_of(element: Element) -> str | None:
    """Return the lot a result or a tender is for: passages below it name their lot."""
    found = _child(element, "TenderLot")
    return _identifier(found) or None if found is not None else None


def _result(cursor: Cursor, element: Element, section: Section) -> None:
    """One LotResult is one award (BT-13713)."""
    found = Section(section.notice, {}, _lot_of(element))
    cursor.anchor(found.draft, element)
    _RESULT(cursor, element, found)
    section.notice.results.append(found)


def _group_values(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-156 and BT-1561: framework values of the group of lots BT-556."""
    found = Section(section.notice, {})
    _GROUP_VALUES(cursor, element, found)
    group = found.pointers.get("group")
    if not group:
        for one in found.money:
            cursor.leave(one.element, "a group's value without its group")
        return
    draft = group_draft(section, group[0].id)
    cursor.cite(draft, "id", group[0].element)
    for one in found.money:
        value = amount(cursor, one.element, section.notice, one.kind, None)
        if value is not None:
            draft.setdefault("amounts", []).append(value)


_GROUP_VALUES = into(
    {
        "efbc:GroupFrameworkMaximumValueAmount": later("framework_max"),
        "efbc:GroupFrameworkReestimatedValueAmount": later("reestimated"),
        "efac:TenderLot": into({"cbc:ID": pointer("group"), "efac:FieldsPrivacy": withheld}),
        "efac:FieldsPrivacy": withheld,
    }
)
NOTICE_RESULT = into(
    {
        "cbc:TotalAmount": later("award"),
        "cbc:EstimatedOverallFrameworkContractsAmount": later("framework_max"),
        "efbc:OverallMaximumFrameworkContractsAmount": later("framework_max"),
        "efbc:OverallApproximateFrameworkContractsAmount": later("reestimated"),
        "efac:FieldsPrivacy": withheld,
        "efac:GroupFramework": _group_values,
        "efac:LotResult": _result,
        "efac:LotTender": _part(TENDER, "tenders"),
        "efac:SettledContract": _part(CONTRACT, "contracts"),
        "efac:TenderingParty": _part(PARTY, "parties"),
    }
)

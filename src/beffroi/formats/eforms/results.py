"""What was decided: `efac:NoticeResult`, read into results, tenders, parties and contracts still apart.

In: the element. Out: amounts of the notice, and the parts `awards.resolve` joins (LotResult → LotTender →
TenderingParty → Organization, and SettledContract).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.gathered import Money, Pointer, Section
from beffroi.formats.eforms.organizations import body
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.process import link
from beffroi.formats.eforms.terms import FUNDING, STRATEGIC, group_draft
from beffroi.formats.eforms.values import (
    amount,
    clause,
    code,
    flag,
    into,
    keep,
    listed,
    money,
    pairs,
    pointer,
    whole,
    words,
)

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
        cursor.cite(section.draft, "status", element)
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


def _statistics(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-759 where BT-760 is `tenders`; other counts (from SMEs, from abroad) are none of the tenders received."""
    found = Section(section.notice, {}, section.id)
    _STATISTICS(cursor, element, found)
    kinds, counts = found.pointers.get("kind", []), found.pointers.get("count", [])
    if [one.id for one in kinds] != ["tenders"] or len(counts) != 1 or "tenders_received" in section.draft:
        if kinds or counts:
            text = ": ".join(one.id for one in (*kinds, *counts))
            keep(cursor, section, "BT-759", text, *(one.element for one in (*kinds, *counts)))
        return
    number = whole(cursor, counts[0].element)
    if number is not None:
        section.draft["tenders_received"] = number
        cursor.cite(section.draft, "tenders_received", counts[0].element)


def _count(cursor: Cursor, element: Element, section: Section) -> None:
    text = cursor.value(element)
    if text == "-1":
        section.notice.masked.append(element)
    elif text:
        section.pointers.setdefault("count", []).append(Pointer(text, element))


_STATISTICS = into(
    {
        "efbc:StatisticsCode": pointer("kind"),
        "efbc:StatisticsNumeric": _count,
        "efac:FieldsPrivacy": withheld,
    }
)


def later(kind: str) -> Handler:
    """Return a handler that keeps a sum until it is known which award it belongs to."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:  # noqa: ARG001 - the handlers' one signature
        section.money.append(Money(kind, element))

    return read


_RESULT = into(
    {
        "cbc:ID": pointer("id"),
        "cbc:TenderResultCode": _status,
        "cbc:HigherTenderAmount": money("highest_tender", "award"),
        "cbc:LowerTenderAmount": money("lowest_tender", "award"),
        "efbc:DPSTerminationIndicator": listed("BT-119"),
        "cac:FinancingParty": body("OPT-301-Financing"),
        "cac:PayerParty": body("OPT-301-Payer"),
        "efac:AppealRequestsStatistics": pairs("BT-712"),
        "efac:DecisionReason": into({"efbc:DecisionReasonCode": _reason}),
        "efac:FieldsPrivacy": withheld,
        "efac:FrameworkAgreementValues": into(
            {
                "cbc:MaximumValueAmount": money("framework_max", "award"),
                "efbc:ReestimatedValueAmount": money("reestimated", "award"),
                "efac:FieldsPrivacy": withheld,
            }
        ),
        "efac:LotTender": into({"cbc:ID": pointer("tenders")}),
        "efac:ReceivedSubmissionsStatistics": _statistics,
        "efac:SettledContract": into({"cbc:ID": pointer("contracts")}),
        "efac:StrategicProcurement": STRATEGIC,
        "efac:TenderLot": into({"cbc:ID": pointer("lots")}),
    }
)
_TENDER = into(
    {
        "cbc:ID": pointer("id"),
        "cbc:RankCode": pointer("rank"),
        "efbc:TenderRankedIndicator": listed("BT-1711"),
        "efbc:TenderVariantIndicator": listed("BT-193"),
        "efbc:ForeignSubsidiesMeasuresCode": listed("BT-682"),
        "efbc:PublicTransportationCumulatedDistance": clause("OPP-080"),
        "cac:LegalMonetaryTotal": into({"cbc:PayableAmount": later("award"), "efac:FieldsPrivacy": withheld}),
        "efac:AggregatedAmounts": into(
            {
                "cbc:PaidAmount": later("paid"),
                "efbc:PaidAmountDescription": clause("BT-780"),
                "efbc:PenaltiesAmount": later("penalty"),
            }
        ),
        "efac:ConcessionRevenue": into(
            {
                "efbc:RevenueBuyerAmount": later("revenue_buyer"),
                "efbc:RevenueUserAmount": later("revenue_user"),
                "efbc:ValueDescription": clause("BT-163"),
                "efac:FieldsPrivacy": withheld,
            }
        ),
        "efac:ContractTerm": into(
            {
                "efbc:TermCode": listed("OPP-030"),
                "efbc:TermDescription": clause("OPP-031"),
                "efbc:TermPercent": clause("OPP-032"),
            }
        ),
        "efac:FieldsPrivacy": withheld,
        "efac:Origin": into({"efbc:AreaCode": clause("BT-191"), "efac:FieldsPrivacy": withheld}),
        "efac:SubcontractingTerm": into(
            {
                "efbc:TermCode": listed("BT-773"),
                "efbc:TermAmount": later("subcontracted"),
                "efbc:TermPercent": clause("BT-555"),
                "efbc:TermDescription": clause("BT-554"),
                "efbc:ValueKnownIndicator": listed("BT-730"),
                "efbc:PercentageKnownIndicator": listed("BT-731"),
                "efac:FieldsPrivacy": withheld,
            }
        ),
        "efac:TenderingParty": into({"cbc:ID": pointer("party")}),
        "efac:TenderLot": into({"cbc:ID": pointer("lots")}),
        "efac:TenderReference": into({"cbc:ID": pointer("reference")}),
    }
)
_CONTRACT = into(
    {
        "cbc:ID": pointer("id"),
        "cbc:AwardDate": pointer("decided"),
        "cbc:IssueDate": pointer("concluded"),
        "cbc:Title": words("title", "BT-721"),
        "cbc:URI": clause("BT-151"),
        "efbc:ContractFrameworkIndicator": listed("BT-768"),
        "cac:NoticeDocumentReference": into({"cbc:ID": link("previous")}),
        "cac:SignatoryParty": body("OPT-300-Signatory"),
        "efac:ContractReference": into({"cbc:ID": pointer("reference")}),
        "efac:DurationJustification": into(
            {
                "efbc:ExtendedDurationIndicator": listed("OPP-020"),
                "efac:AssetsList": into({"efac:Asset": pairs("OPP-021")}),
            }
        ),
        "efac:Funding": FUNDING,
        "efac:LotTender": into({"cbc:ID": pointer("tenders")}),
    }
)


def _tenderer(cursor: Cursor, element: Element, section: Section) -> None:
    """OPT-300 of a tenderer, and whether it leads its group (OPT-170)."""
    found = Section(section.notice, {})
    _TENDERER(cursor, element, found)
    for one in found.pointers.get("id", []):
        section.pointers.setdefault("tenderers", []).append(one)
        if found.draft.get("leads"):
            section.pointers.setdefault("leaders", []).append(one)


def _leads(cursor: Cursor, element: Element, section: Section) -> None:
    section.draft["leads"] = flag(cursor, element)


_TENDERER = into({"cbc:ID": pointer("id"), "efbc:GroupLeadIndicator": _leads})
_PARTY = into(
    {
        "cbc:ID": pointer("id"),
        "efbc:Name": clause("OPT-210"),
        "cbc:Name": clause("OPT-210"),
        "efac:Tenderer": _tenderer,
        "efac:SubContractor": into(
            {"cbc:ID": pointer("subcontractors"), "efac:MainContractor": body("OPT-301-MainCont")}
        ),
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
        "efac:TenderLot": into({"cbc:ID": pointer("group")}),
        "efac:FieldsPrivacy": withheld,
    }
)
NOTICE_RESULT = into(
    {
        "cbc:TotalAmount": money("award", "notice"),
        "efbc:OverallMaximumFrameworkContractsAmount": money("framework_max", "notice"),
        "efbc:OverallApproximateFrameworkContractsAmount": money("reestimated", "notice"),
        "efac:FieldsPrivacy": withheld,
        "efac:GroupFramework": _group_values,
        "efac:LotResult": _result,
        "efac:LotTender": _part(_TENDER, "tenders"),
        "efac:SettledContract": _part(_CONTRACT, "contracts"),
        "efac:TenderingParty": _part(_PARTY, "parties"),
    }
)

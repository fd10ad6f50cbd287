"""How it is bought: `cac:TenderingProcess` of the procedure and of lots.

In: the element. Out: method, reasons, deadlines, techniques (framework, dynamic purchasing system), links to notices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.gathered import Due, Section
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.values import (
    children,
    clause,
    code,
    coded,
    day,
    extension,
    flag,
    hear,
    into,
    keep,
    moment,
    money,
    pairs,
    pointing,
    say,
    web_address,
    whole,
)

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

METHODS = frozenset(
    {
        "open",
        "restricted",
        "neg-w-call",
        "neg-wo-call",
        "comp-dial",
        "innovation",
        "oth-single",
        "oth-mult",
        "comp-tend",
    }
)
OJS = "ojs-notice-id"


def procedure(section: Section) -> Draft:
    """Return the draft of the notice's procedure."""
    draft: Draft = section.notice.draft.setdefault("procedure", {})
    return draft


def target(cursor: Cursor, element: Element) -> str:
    """Return the id of a notice referred to: its TED number, or the UUID and version eForms gives it (BT-701)."""
    text = cursor.value(element)
    number, _, year = text.partition("-")
    is_number = number.isdigit() and year.isdigit()
    return f"ted:{text}" if is_number else f"eforms:{text}"


def link(relation: str) -> Handler:
    """Return a handler that links to another notice; the same link is kept once."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        if not cursor.value(element):
            return
        found: Draft = {"relation": relation, "target": target(cursor, element)}
        links = section.notice.draft.setdefault("links", [])
        if found in links:
            return
        links.append(found)
        cursor.anchor(found, element, "the element's name gives the relation")
        cursor.cite(found, "target", element)

    return read


def period(kind: str, place: str) -> Handler:
    """Return a handler of a period whose end is a deadline of a kind (BT-131, BT-1311, BT-630)."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        found = children(cursor, element, ("EndDate", "EndTime"))
        ends = found.get("EndDate")
        if ends is None or not cursor.value(ends):
            _leave_all(cursor, found, "a deadline without its date")
            return
        written, clock = cursor.value(ends), found.get("EndTime")
        time_text = cursor.value(clock) if clock is not None else ""
        due = moment(written, time_text) if time_text else day(written)
        if due is None:
            _leave_all(cursor, found, f"not a date and time ({place})")
            return
        section.due.append(Due(kind, due, tuple(found.values())))

    return read


def _leave_all(cursor: Cursor, found: dict[str, Element], why: str) -> None:
    for element in found.values():
        cursor.leave(element, why)


def _technique(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-765 (framework agreement) and BT-766 (dynamic purchasing system)."""
    text = code(cursor, element, section)
    name = cursor.attribute(element, "listName")
    field = {"framework-agreement": "technique", "dps-usage": "dps"}.get(name)
    if field is None:
        if text:
            cursor.leave(element, "a technique of an unknown list")
        return
    if not text:
        return
    section.notice.techniques.append((field, text, element))
    if text != "none":
        framework: Draft = section.draft.setdefault("framework", {})
        framework[field] = text
        cursor.cite(framework, field, element)


def _most_participants(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-113."""
    number = whole(cursor, element)
    if number is not None:
        framework: Draft = section.draft.setdefault("framework", {})
        framework["max_participants"] = number
        cursor.cite(framework, "max_participants", element)


def _framework_text(field: str, place: str) -> Handler:
    def read(cursor: Cursor, element: Element, section: Section) -> None:
        inner = Section(section.notice, section.draft.get("framework", {}), section.id)
        inner.spoken = section.spoken
        say(cursor, element, inner, field, place)
        if inner.draft:
            section.draft["framework"] = inner.draft

    return read


def _noted(name: str) -> Handler:
    """Return a handler of an indicator the record keeps for the procedure where all lots agree."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        said = flag(cursor, element)
        if said is not None:
            section.notice.flags.setdefault(name, []).append((said, element))

    return read


_FRAMEWORK = into(
    {
        "cbc:MaximumOperatorQuantity": _most_participants,
        "cbc:Justification": _framework_text("justification", "BT-109"),
        "cbc:EstimatedMaximumValueAmount": money("framework_max", "lot"),
        "cac:SubsequentProcessTenderRequirement": into(
            {"cbc:Name": coded, "cbc:Description": _framework_text("buyer_categories", "BT-111")}
        ),
    }
)
_NOTICE_REFERENCE = into({"cbc:ID": link("previous"), "cbc:ReferencedDocumentInternalAddress": clause("BT-1251")})
LOT_PROCESS = into(
    {
        "cbc:SubmissionMethodCode": coded,
        "cbc:CandidateReductionConstraintIndicator": coded,
        "cbc:AccessToolsURI": web_address,
        "cbc:GovernmentAgreementConstraintIndicator": _noted("gpa"),
        "cbc:Description": clause("BT-88"),
        "cac:TenderSubmissionDeadlinePeriod": period("tenders", "BT-131"),
        "cac:ParticipationRequestReceptionPeriod": period("requests", "BT-1311"),
        "cac:InvitationSubmissionPeriod": pairs("BT-130"),
        "cac:AdditionalInformationRequestPeriod": pairs("BT-13"),
        "cac:OpenTenderEvent": into(
            {
                "cbc:OccurrenceDate": clause("BT-132"),
                "cbc:OccurrenceTime": clause("BT-132"),
                "cbc:Description": clause("BT-134"),
                "cac:OccurenceLocation": into({"cbc:Description": clause("BT-133"), "cac:Address": pairs("BT-133")}),
            }
        ),
        "cac:AuctionTerms": into(
            {
                "cbc:AuctionConstraintIndicator": _noted("electronic_auction"),
                "cbc:AuctionURI": web_address,
                "cbc:Description": clause("BT-122"),
            }
        ),
        "cac:ContractingSystem": into({"cbc:ContractingSystemTypeCode": _technique}),
        "cac:EconomicOperatorShortList": into(
            {
                "cbc:LimitationDescription": coded,
                "cbc:MaximumQuantity": clause("BT-51"),
                "cbc:MinimumQuantity": clause("BT-50"),
            }
        ),
        "cac:FrameworkAgreement": _FRAMEWORK,
        "cac:NoticeDocumentReference": _NOTICE_REFERENCE,
        "cac:ProcessJustification": into({"cbc:ProcessReasonCode": coded, "cbc:Description": clause("BT-745")}),
        "ext:UBLExtensions": extension(
            {
                "efbc:AccessToolName": clause("BT-632"),
                "efbc:ProcedureRelaunchIndicator": coded,
                "efac:InterestExpressionReceptionPeriod": period("interest", "BT-630"),
                "efac:AnswerReceptionPeriod": pairs("BT-13"),
                "efac:FieldsPrivacy": withheld,
            }
        ),
    }
)


def _method(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-105."""
    text = code(cursor, element, section)
    if text in METHODS:
        draft = procedure(section)
        draft["method"] = text
        cursor.cite(draft, "method", element)
    elif text:
        cursor.leave(element, "not a procedure type of the code list")


def _features(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-88."""
    inner = Section(section.notice, section.notice.draft.get("procedure", {}))
    inner.spoken = section.spoken
    say(cursor, element, inner, "features", "BT-88")
    if inner.draft:
        section.notice.draft["procedure"] = inner.draft


def _reason_code(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-106 (accelerated) and BT-136 (why awarded directly)."""
    if cursor.attribute(element, "listName") != "accelerated-procedure":
        text = code(cursor, element, section)
        if text:
            keep(cursor, section, "BT-136", text, element)
        return
    said = flag(cursor, element)
    if said is not None:
        draft = procedure(section)
        draft["accelerated"] = said
        cursor.cite(draft, "accelerated", element)


def _reason(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-1351 and BT-135: the first is the procedure's justification, a further one a passage."""
    text, original = hear(cursor, element, section, "BT-135")
    if not original:
        return
    draft = procedure(section)
    if "justification" in draft:
        keep(cursor, section, "BT-135", text, element)
    else:
        draft["justification"] = text
        cursor.cite(draft, "justification", element)


PROCEDURE_PROCESS = into(
    {
        "cbc:ProcedureCode": _method,
        "cbc:Description": _features,
        "cbc:PartPresentationCode": coded,
        "cac:ProcessJustification": into(
            {
                "cbc:ProcessReasonCode": _reason_code,
                "cbc:ProcessReason": _reason,
                "cbc:Description": clause("BT-1252"),
            }
        ),
        "cac:NoticeDocumentReference": _NOTICE_REFERENCE,
        "cac:ContractingSystem": into({"cbc:ContractingSystemTypeCode": coded}),
        "ext:UBLExtensions": extension({"efac:FieldsPrivacy": withheld}),
    }
)

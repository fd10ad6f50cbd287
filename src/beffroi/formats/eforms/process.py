"""How it is bought: `cac:TenderingProcess` of the procedure and of lots.

In: the element. Out: method, reasons, deadlines, techniques (framework, dynamic purchasing system), links to notices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.amounts import money
from beffroi.formats.eforms.fields import reason_field
from beffroi.formats.eforms.gathered import Due, Section
from beffroi.formats.eforms.links import link
from beffroi.formats.eforms.moments import day, moment
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.values import (
    children,
    clause,
    code,
    extension,
    flag,
    heading,
    hear,
    into,
    keep,
    listed,
    pairs,
    say,
    whole,
)

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

ACCELERATED = "accelerated-procedure"
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


def procedure(section: Section) -> Draft:
    """Return the draft of the notice's procedure."""
    draft: Draft = section.notice.draft.setdefault("procedure", {})
    return draft


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
        section.due.append(Due(kind, due, (ends, clock) if clock is not None else (ends,)))

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


PRESELECTED = into({"cac:PartyName": into({"cbc:Name": clause("BT-47")})})
_FRAMEWORK = into(
    {
        "cbc:MaximumOperatorQuantity": _most_participants,
        "cbc:Justification": _framework_text("justification", "BT-109"),
        "cbc:EstimatedMaximumValueAmount": money("framework_max", "lot"),
        "cac:SubsequentProcessTenderRequirement": into(
            {"cbc:Name": heading, "cbc:Description": _framework_text("buyer_categories", "BT-111")}
        ),
    }
)
_NOTICE_REFERENCE = into({"cbc:ID": link("previous"), "cbc:ReferencedDocumentInternalAddress": clause("BT-1251")})
GROUP_PROCESS = into(
    {"cac:FrameworkAgreement": into({"cbc:EstimatedMaximumValueAmount": money("framework_max", None)})}
)
"""BT-157: all that a group of lots states of its process."""
_AUCTION = into(
    {
        "cbc:AuctionConstraintIndicator": _noted("electronic_auction"),
        "cbc:AuctionURI": clause("BT-123"),
        "cbc:Description": clause("BT-122"),
    }
)
LOT_PROCESS = into(
    {
        "cbc:SubmissionMethodCode": listed("BT-17"),
        "cbc:CandidateReductionConstraintIndicator": listed("BT-52"),
        "cbc:AccessToolsURI": clause("BT-124"),
        "cbc:GovernmentAgreementConstraintIndicator": _noted("gpa"),
        "cbc:Description": clause("BT-88"),
        "cac:TenderSubmissionDeadlinePeriod": period("tenders", "BT-131"),
        "cac:ParticipationRequestReceptionPeriod": period("requests", "BT-1311"),
        "cac:InvitationSubmissionPeriod": pairs("BT-130"),
        "cac:ParticipationInvitationPeriod": pairs("BT-631"),
        "cac:AdditionalInformationRequestPeriod": pairs("BT-13"),
        "cac:OpenTenderEvent": into(
            {
                "cbc:OccurrenceDate": clause("BT-132"),
                "cbc:OccurrenceTime": clause("BT-132"),
                "cbc:Description": clause("BT-134"),
                "cac:OccurenceLocation": into({"cbc:Description": clause("BT-133"), "cac:Address": pairs("BT-133")}),
            }
        ),
        "cac:AuctionTerms": _AUCTION,
        "cac:ContractingSystem": into({"cbc:ContractingSystemTypeCode": _technique}),
        "cac:EconomicOperatorShortList": into(
            {
                "cbc:LimitationDescription": listed("BT-661"),
                "cbc:MaximumQuantity": clause("BT-51"),
                "cbc:MinimumQuantity": clause("BT-50"),
                "cac:PreSelectedParty": PRESELECTED,
            }
        ),
        "cac:FrameworkAgreement": _FRAMEWORK,
        "cac:NoticeDocumentReference": _NOTICE_REFERENCE,
        "cac:ProcessJustification": into(
            {"cbc:ProcessReasonCode": listed("BT-19"), "cbc:Description": clause("BT-745")}
        ),
        "ext:UBLExtensions": extension(
            {
                "efbc:AccessToolName": clause("BT-632"),
                "efbc:ProcedureRelaunchIndicator": listed("BT-634"),
                "efac:InterestExpressionReceptionPeriod": period("interest", "BT-630"),
                "efac:AnswerReceptionPeriod": pairs("BT-800"),
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


_DIRECT = listed("BT-136")


def _reason_code(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-106 (accelerated) and BT-136 (why awarded directly)."""
    if cursor.attribute(element, "listName") != ACCELERATED:
        _DIRECT(cursor, element, section)
        return
    said = flag(cursor, element)
    if said is not None:
        draft = procedure(section)
        draft["accelerated"] = said
        cursor.cite(draft, "accelerated", element)


def _reason(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-1351 (accelerated) and BT-135: the first is the procedure's justification, a further one a passage."""
    place = reason_field(element)
    text, original = hear(cursor, element, section, place)
    if not original:
        return
    draft = procedure(section)
    if "justification" in draft:
        keep(cursor, section, place, text, element)
    else:
        draft["justification"] = text
        cursor.cite(draft, "justification", element)


PROCEDURE_PROCESS = into(
    {
        "cbc:ProcedureCode": _method,
        "cbc:Description": _features,
        "cbc:PartPresentationCode": listed("BT-763"),
        "cbc:TerminatedIndicator": listed("BT-756"),
        "cbc:SubmissionMethodCode": listed("BT-17"),
        "cbc:GovernmentAgreementConstraintIndicator": _noted("gpa"),
        "cac:AuctionTerms": _AUCTION,
        "cac:ProcessJustification": into(
            {
                "cbc:ProcessReasonCode": _reason_code,
                "cbc:ProcessReason": _reason,
                "cbc:Description": clause("BT-1252"),
                "ext:UBLExtensions": extension({"efac:FieldsPrivacy": withheld}),
            }
        ),
        "cac:NoticeDocumentReference": _NOTICE_REFERENCE,
        "cac:ContractingSystem": into({"cbc:ContractingSystemTypeCode": listed("BT-765")}),
        "ext:UBLExtensions": extension(
            {"efbc:ProcedureRelaunchIndicator": listed("BT-634"), "efac:FieldsPrivacy": withheld}
        ),
    }
)

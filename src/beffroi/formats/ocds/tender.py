"""The planning and tender sections: what is bought, how, by when, in which lots.

In: `planning` and `tender` of a release. Out: the notice's own fields, its procedure, its lots and its deadlines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.changes import amendment
from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    count,
    flag,
    into,
    keep,
    keeping,
    language_of,
    leave,
    put,
    scalar,
    used,
    within,
    written,
)
from beffroi.formats.ocds.kinds import is_update
from beffroi.formats.ocds.links import related
from beffroi.formats.ocds.lots import (
    NATURES,
    UNDIVIDED,
    coded,
    criteria,
    instrument,
    item,
    location,
    period,
    place,
    techniques,
    valued,
)
from beffroi.formats.ocds.values import cpv, moment, sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft

PROCEDURES = {
    "open procedure": "open",
    "restricted procedure": "restricted",
    "competitive procedure with negotiation": "neg-w-call",
    "negotiated procedure with prior call for competition": "neg-w-call",
    "negotiated with publication of a contract notice": "neg-w-call",
    "competitive dialogue": "comp-dial",
    "innovation partnership": "innovation",
    "negotiated without publication of a contract notice": "neg-wo-call",
    "award procedure without prior publication of a call for competition": "neg-wo-call",
    "direct award": "neg-wo-call",
}
"""Procedures as Find a Tender and TED's OCDS name them, and their codes of eForms BT-105."""
DEADLINES = ("tenders", "requests")


def procedure(handler: Handler) -> Handler:
    """Return a handler applied to the notice's procedure."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        handler(cursor, element, Frame(frame.sheet, frame.sheet.notice.setdefault("procedure", {})))

    return read


def whole(handler: Handler) -> Handler:
    """Return a handler applied to the tender's one lot; where there are several, or none, the element is kept."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        if frame.sheet.whole is None:
            keep(cursor, element, frame)
        else:
            handler(cursor, element, Frame(frame.sheet, frame.sheet.whole))

    return read


def due(kind: str) -> Handler:
    """Return a handler of a moment at which something is due from bidders."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        when = moment(written(cursor, element))
        if when is None:
            leave(cursor, element, frame, "not a date")
        elif frame.lot is not None:
            frame.draft["deadline"], frame.draft["deadline_kind"] = when, kind
            cursor.cite(frame.draft, "deadline", element)
            cursor.cite(frame.draft, "deadline_kind", element, rule="the field it stands in")
            _earliest(frame.sheet, kind, when, element)
        else:
            _earliest(frame.sheet, kind, when, element)

    return read


def _earliest(sheet: Sheet, kind: str, when: str, element: Element) -> None:
    held = sheet.due.get(kind)
    if held is None or when < held[0]:
        sheet.due[kind] = (when, element)


_TENDER_PERIOD = into(
    {
        "endDate": due("tenders"),
        **keeping("startDate", "durationInDays", "durationInMonths", "maxExtentDate", "description"),
    }
)


_OPTIONS = within("options", {"description": put("text"), **keeping("period", "value", "id")})
_RENEWAL = within(
    "renewals",
    {"description": put("text"), "maximumRenewals": count("maximum"), **keeping("period", "minimumRenewals", "id")},
)


def _allowed(field: str) -> Handler:
    """Return a handler of `hasOptions` or `hasRenewal`."""

    def handler(cursor: Cursor, element: Element, frame: Frame) -> None:
        part: Draft = frame.draft.get(field) or {}
        if not part:
            cursor.anchor(part, element)
        flag("allowed")(cursor, element, frame.inside(part))
        if part:
            frame.draft[field] = part

    return handler


_TERMS: Mapping[str, Handler] = {
    "contractPeriod": period,
    "awardCriteria": criteria,
    "hasOptions": _allowed("options"),
    "options": _OPTIONS,
    "hasRenewal": _allowed("renewals"),
    "renewal": _RENEWAL,
    "deliveryLocation": location,
    "deliveryLocations": location,
    "deliveryAddress": place,
    "deliveryAddresses": place,
}
"""Terms of a lot, which a tender that is not divided states itself."""

_BOTH = keeping(
    *("status", "statusDetails", "submissionTerms", "selectionCriteria", "otherRequirements", "contractTerms"),
    *("secondStage", "suitability", "hasRecurrence", "recurrence", "variantPolicy", "hasVariants", "reviewDetails"),
    *("communication", "bidOpening", "designContest", "participationFees", "subcontractingTerms", "sustainability"),
    *("hasSustainability", "awardPeriod", "enquiryPeriod", "documents", "milestones", "reservedParticipation"),
    *("finalStatus", "finalStatusDate", "additionalProcurementCategories", "coveredBy", "hasEssentialAssets"),
    *("essentialAssets", "aboveThreshold", "datePublished"),
)
"""Fields of tenders and lots kept word for word."""

_LOT: Mapping[str, Handler] = {
    "id": used,
    "title": put("title"),
    "description": put("description"),
    "value": used,
    "minValue": used,
    "mainProcurementCategory": coded("nature", NATURES),
    "tenderPeriod": _TENDER_PERIOD,
    "expressionOfInterestDeadline": due("requests"),
    "classification": cpv,
    "additionalClassifications": cpv,
    "techniques": techniques,
    **_TERMS,
    **_BOTH,
    **keeping("identifiers", "relatedLotGroup", "lotGroup"),
}


def _lot(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read a lot; one without an id bears its rank."""
    if scalar(element):
        cursor.leave(element, "a text where a lot is expected")
        return
    number = written(cursor, named := child(element, "id"))
    draft: Draft = {"id": number or str(len(sheet.notice.get("lots", ())) + 1)}
    cursor.anchor(draft, element)
    if named is not None and number:
        cursor.cite(draft, "id", named)
    frame = Frame(sheet, draft, draft["id"])
    add(sheet.notice, "lots", draft)
    sheet.lots.setdefault(draft["id"], draft)
    valued("estimate", "lot")(cursor, element, frame)
    into(_LOT)(cursor, element, frame)
    _texts(cursor, element, draft)


def _texts(cursor: Cursor, element: Element, draft: Draft) -> None:
    """Title a lot that has only a short description by it, as notices do."""
    described = child(element, "description")
    if "title" not in draft and described is not None and len(draft.get("description", "")) in range(1, 121):
        draft["title"] = draft["description"]
        cursor.cite(draft, "title", described, rule="no title of its own: its description")


def _group(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read a group of lots, with the ceiling of a framework for all of them (`maximumValue`)."""
    if scalar(element):
        cursor.leave(element, "a text where a group of lots is expected")
        return
    number = written(cursor, named := child(element, "id"))
    draft: Draft = {"id": number or str(len(sheet.notice.get("lot_groups", ())) + 1)}
    cursor.anchor(draft, element)
    if named is not None and named.text:
        cursor.cite(draft, "id", named)
    add(sheet.notice, "lot_groups", draft)
    into(_GROUP)(cursor, element, Frame(sheet, draft))


def _member(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = written(cursor, element)
    if text:
        cursor.cite(frame.draft, f"lot_ids[{add(frame.draft, 'lot_ids', text)}]", element)


_GROUP: Mapping[str, Handler] = {
    "id": used,
    "relatedLots": _member,
    "maximumValue": sums("framework_max", "lot"),
    "value": sums("estimate", "lot"),
    "awardCriteria": criteria,
    "title": put("title"),
    "description": put("description"),
    **keeping("optionToCombine", "techniques", "status", "suitability", "contractPeriod", "documents", "identifiers"),
}


def _method(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the procedure's name, and the code it stands for."""
    text = written(cursor, element)
    if not text:
        return
    frame.draft["national"] = text
    cursor.cite(frame.draft, "national", element)
    code = PROCEDURES.get(text.casefold().removesuffix(" (above threshold)").removesuffix(" (below threshold)"))
    if code is not None:
        frame.draft["method"] = code
        cursor.cite(frame.draft, "method", element, rule="the procedure's name in the codes of BT-105")


def _broad_method(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read OCDS's own code: `open` is an open procedure; the others name no procedure of BT-105."""
    if written(cursor, element) == "open" and "method" not in frame.draft:
        frame.draft["method"] = "open"
        cursor.cite(frame.draft, "method", element)
    elif written(cursor, element) != frame.draft.get("method"):
        keep(cursor, element, frame)


def _techniques(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the tender's techniques: its instrument; their terms into its one lot, else they are kept."""
    instrument(cursor, element, frame)
    whole(techniques)(cursor, element, frame)


def _basis(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the legal basis: a CELEX number, or a scheme and a number."""
    scheme, code = child(element, "scheme"), child(element, "id")
    number = written(cursor, code)
    if code is None or not number or "legal_basis" in frame.draft:
        keep(cursor, element, frame)
        return
    named = written(cursor, scheme)
    if scheme is None or named in ("", "CELEX", "ELI"):
        frame.draft["legal_basis"] = number
        cursor.cite(frame.draft, "legal_basis", code)
    else:
        frame.draft["legal_basis"] = f"{named} {number}"
        cursor.cite(frame.draft, "legal_basis", scheme, code)
    for one in element:
        if one.tag in ("description", "uri"):
            keep(cursor, one, frame)
        elif one.tag not in ("scheme", "id"):
            leave(cursor, one, frame)


def _covered(cursor: Cursor, element: Element, frame: Frame) -> None:
    if written(cursor, element) == "GPA":
        frame.draft["gpa"] = True
        cursor.cite(frame.draft, "gpa", element, rule="`coveredBy` names the agreement on government procurement")
    else:
        keep(cursor, element, frame)


def _reference(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the tender's own id: the buyer's reference, where it is not the process's."""
    if written(cursor, element) == frame.draft.get("id"):
        cursor.used(element)
    else:
        put("reference")(cursor, element, frame)


def _codes(cursor: Cursor, element: Element, frame: Frame) -> None:
    code = child(element, "id")
    if code is not None and written(cursor, code):
        at = add(frame.draft, "justification_codes", cursor.value(code))
        cursor.cite(frame.draft, f"justification_codes[{at}]", code)
        for one in element:
            if one.tag != "id":
                keep(cursor, one, frame)
    else:
        keep(cursor, element, frame)


_TENDER: Mapping[str, Handler] = {
    "id": procedure(_reference),
    "title": put("title"),
    "description": put("description"),
    "mainProcurementCategory": coded("nature", NATURES),
    "procurementMethod": procedure(_broad_method),
    "procurementMethodDetails": used,
    "procurementMethodRationale": procedure(put("justification")),
    "procurementMethodRationaleClassifications": procedure(_codes),
    "legalBasis": procedure(_basis),
    "lotDetails": procedure(
        into(
            {
                "maximumLotsBidPerSupplier": count("max_lots_tendered"),
                "maximumLotsAwardedPerSupplier": count("max_lots_awarded"),
                **keeping("noLotsDivisionRationale", "awardCriteriaDetails"),
            }
        )
    ),
    "tenderPeriod": _TENDER_PERIOD,
    "expressionOfInterestDeadline": due("requests"),
    "classification": cpv,
    "additionalClassifications": cpv,
    "amendments": amendment,
    "amendment": amendment,
    "value": used,
    "minValue": used,
    **dict.fromkeys(("procuringEntity", "lots", "lotGroups", "items"), used),
    "techniques": _techniques,
    **{name: whole(handler) for name, handler in _TERMS.items()},
    **_BOTH,
    "coveredBy": procedure(_covered),
    "relatedProcesses": related,
    **keeping(
        *(
            "eligibilityCriteria",
            "submissionMethod",
            "submissionMethodDetails",
            "hasEnquiries",
            "tenderers",
            "enquiries",
        ),
        *("numberOfTenderers", "numberOfBids", "riskDetails", "specialRegime", "admissibilityCriteria"),
        *("procurementMethodRationaleLegalBasis", "crossBorderLaw", "exclusionGrounds", "identifiers", "competitive"),
        *("serviceCategory", "tariffs", "jointProcurement", "awardCriteriaDetails", "approveDocuments", "criteria"),
        *("additionalProcurementMethods", "procurementMethodModalities", "coveredByGPA", "targets", "procedure"),
    ),
}
_BUDGET = into(
    {
        "amount": sums("estimate", "notice", "budget"),
        **keeping("id", "description", "project", "projectID", "uri", "source", "budgetBreakdown", "period", "finance"),
        **keeping("europeanUnionFunded", "isEuropeanUnionFunded"),
    }
)
_PLANNING = into(
    {
        "budget": _BUDGET,
        **keeping("rationale", "documents", "milestones", "project", "id", "title", "description", "items"),
        **keeping("noEngagementNoticeRationale", "publicHearingNotice", "forecasts", "requestingUnits"),
        **keeping("requestsForQuotes"),
    }
)


def read_planning(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read `planning`: a budget is an estimate, the rest is kept."""
    _PLANNING(cursor, element, frame)


def read_tender(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read `tender`: its lots first, for items and terms belong to them."""
    frame = Frame(sheet)
    if scalar(element):
        cursor.leave(element, "a text where an object is expected")
        return
    for one in element:
        if one.tag == "lots":
            _lot(cursor, one, sheet)
        elif one.tag == "lotGroups":
            _group(cursor, one, sheet)
    _undivided(cursor, element, sheet)
    valued("estimate", "notice")(cursor, element, frame)
    for one in element:
        if one.tag == "procurementMethodDetails":
            procedure(_method)(cursor, one, frame)
        elif one.tag == "items":
            item(cursor, one, sheet)
    into({**_TENDER, **_unread(("lots", "lotGroups", "items", "procuringEntity"))})(cursor, element, frame)
    _languages(cursor, element, sheet)


def _unread(names: tuple[str, ...]) -> dict[str, Handler]:
    """Return a table that passes over what was read before."""

    def passed(cursor: Cursor, element: Element, frame: Frame) -> None:
        """Do nothing: its parts were read one by one."""

    return dict.fromkeys(names, passed)


def _undivided(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Give a tender without lots its one lot; an update that names none may be of any."""
    lots = sheet.notice.get("lots", [])
    if len(lots) == 1:
        sheet.whole = lots[0]
    elif not lots and not is_update(sheet.tags):
        sheet.whole = {"id": UNDIVIDED}
        cursor.anchor(sheet.whole, element, "a tender without lots is one lot")
        sheet.notice["lots"] = [sheet.whole]


def _languages(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Remember the languages in which the title is written beside the release's own."""
    for one in element:
        code = language_of(one.tag, "title")
        if code and len(code) == len("en") and code not in sheet.notice.get("languages", ()):
            at = add(sheet.notice, "languages", code)
            cursor.cite(sheet.notice, f"languages[{at}]", one, rule="the language its field names")


def settle_deadline(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Give the notice its deadline: of tenders, else of requests; the other one is kept.

    OCDS's tender period of a selective procedure may be that of requests to participate: its kind is not said.
    """
    notice = sheet.notice
    stated = [kind for kind in DEADLINES if kind in sheet.due]
    for rank, kind in enumerate(stated):
        when, element = sheet.due[kind]
        if rank:
            keep(cursor, element, Frame(sheet))
            continue
        notice["deadline"] = when
        cursor.cite(notice, "deadline", element)
        method = written(cursor, child(child(release, "tender"), "procurementMethod"))
        if kind != "tenders" or method in ("", "open", "direct") or "requests" in stated:
            notice["deadline_kind"] = kind
            cursor.cite(notice, "deadline_kind", element, rule="the field it stands in")

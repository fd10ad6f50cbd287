"""Lots of a tender, and groups of lots.

In: `tender.lots` and `tender.lotGroups`. Out: lots and groups of the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.deadlines import TENDER_PERIOD, due
from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    count,
    flag,
    into,
    keeping,
    passed,
    put,
    scalar,
    used,
    within,
    written,
)
from beffroi.formats.ocds.items import location, place
from beffroi.formats.ocds.terms import NATURES, coded, criteria, period, techniques, valued
from beffroi.formats.ocds.values import cpv, sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft


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


TERMS: Mapping[str, Handler] = {
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

BOTH = keeping(
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
    "value": passed,
    "minValue": passed,
    "mainProcurementCategory": coded("nature", NATURES),
    "tenderPeriod": TENDER_PERIOD,
    "expressionOfInterestDeadline": due("requests"),
    "classification": cpv,
    "additionalClassifications": cpv,
    "techniques": techniques,
    **TERMS,
    **BOTH,
    **keeping("identifiers", "relatedLotGroup", "lotGroup"),
}


def read_lot(cursor: Cursor, element: Element, sheet: Sheet) -> None:
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


def read_group(cursor: Cursor, element: Element, sheet: Sheet) -> None:
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

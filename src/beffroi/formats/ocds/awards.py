"""Awards, contracts and bids: who won what, for how much, when it was signed.

In: `awards`, `contracts` and `bids` of a release. Out: awards of the record. A contract belongs to its award
(`awardID`). Its value repeats the award's, or is the award's where that has none; another value is kept beside it,
never added to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.bodies import body
from beffroi.formats.ocds.changes import amendment
from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    into,
    keep,
    keeping,
    put,
    scalar,
    used,
    written,
)
from beffroi.formats.ocds.links import related
from beffroi.formats.ocds.values import dated, sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft

STATUSES = {
    "active": ("awarded", None),
    "pending": ("open", None),
    "cancelled": ("not_awarded", "other"),
    "unsuccessful": ("not_awarded", "unsuccessful"),
}
"""An award's status in OCDS, in the record, and why nothing was awarded."""
ONE_GROUP = "several suppliers of one OCDS award win it together"
HOLDERS = "several suppliers of an award of a framework agreement each hold it"


def read_award(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read an award: a decision, who won, and its sums."""
    if scalar(element):
        cursor.leave(element, "a text where an award is expected")
        return
    number = written(cursor, named := child(element, "id"))
    draft: Draft = {"id": number or str(len(sheet.notice.get("awards", ())) + 1)}
    cursor.anchor(draft, element)
    if named is not None and number:
        cursor.cite(draft, "id", named)
    add(sheet.notice, "awards", draft)
    sheet.awards.setdefault(draft["id"], draft)
    frame = Frame(sheet, draft)
    into(_AWARD)(cursor, element, frame)
    fill_suppliers(cursor, element, frame)


def fill_suppliers(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Fill the suppliers of an award, and how they hold it."""
    named = [one for one in element if one.tag == "suppliers"]
    if not named or "suppliers" in frame.draft:
        return
    role = "sole" if len(named) == 1 or frame.sheet.framework else "member"
    found = [one for one in (body(cursor, frame.sheet, supplier, role) for supplier in named) if one]
    if found:
        frame.draft["suppliers"] = found
        several = "several" if frame.sheet.framework else "group"
        frame.draft["holding"] = several if len(found) > 1 else "sole"
        rule = None if len(found) == 1 else HOLDERS if frame.sheet.framework else ONE_GROUP
        cursor.cite(frame.draft, "holding", named[0], rule=rule or "one supplier")


def _status(cursor: Cursor, element: Element, frame: Frame) -> None:
    known = STATUSES.get(written(cursor, element).casefold())
    if known is None:
        keep(cursor, element, frame)
        return
    frame.draft["status"] = known[0]
    cursor.cite(frame.draft, "status", element)
    if known[1]:
        reason: Draft = {"kind": known[1], "code": cursor.value(element)}
        cursor.anchor(reason, element)
        cursor.cite(reason, "code", element)
        frame.draft["reason"] = reason


def _reason(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep the words of a status, as the reason of an award that was not made."""
    reason = frame.draft.get("reason")
    if reason is not None and "text" not in reason and scalar(element):
        put("text")(cursor, element, frame.inside(reason))
    else:
        keep(cursor, element, frame)


def lot_id(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the id of a lot that is decided."""
    text = written(cursor, element)
    if text and text not in frame.draft.get("lot_ids", ()):
        cursor.cite(frame.draft, f"lot_ids[{add(frame.draft, 'lot_ids', text)}]", element)


_SUBCONTRACTING = into(
    {
        "value": sums("subcontracted", "award"),
        "subcontracts": keep,
        **keeping("description", "maximumPercentage", "minimumPercentage", "competitive"),
        **keeping("competitiveMaximumPercentage", "competitiveMinimumPercentage"),
    }
)
_AWARD: Mapping[str, Handler] = {
    "id": used,
    "title": put("title"),
    "status": _status,
    "statusDetails": _reason,
    "date": dated("decided"),
    "value": sums("award", "award"),
    "maximumValue": sums("framework_max", "award"),
    "estimatedValue": sums("reestimated", "award"),
    "suppliers": used,
    "relatedLots": lot_id,
    "relatedLot": lot_id,
    "amendments": amendment,
    "amendment": amendment,
    "subcontracting": _SUBCONTRACTING,
    "relatedProcesses": related,
    **keeping(
        *("description", "rationale", "contractPeriod", "items", "documents", "milestones", "hasSubcontracting"),
        *("relatedBid", "relatedBids", "finalStatus", "finalStatusDate", "standstillPeriod", "aboveThreshold"),
        *("mainProcurementCategory", "additionalProcurementCategories", "assessmentSummariesDateSent", "buyer"),
        *("reviewProceedings", "requirementResponses", "evaluationReports", "valueBreakdown", "datePublished"),
        *("preferredBidders", "identifiers", "tenderers"),
    ),
}

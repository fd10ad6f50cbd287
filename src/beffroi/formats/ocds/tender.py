"""The planning and tender sections: what is bought, how, by when, in which lots.

In: `planning` and `tender` of a release. Out: the notice's own fields, its procedure, its lots and its deadlines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.changes import amendment
from beffroi.formats.ocds.deadlines import TENDER_PERIOD, due
from beffroi.formats.ocds.frame import (
    Frame,
    add,
    count,
    into,
    keep,
    keeping,
    language_of,
    passed,
    put,
    scalar,
)
from beffroi.formats.ocds.items import item
from beffroi.formats.ocds.kinds import is_update
from beffroi.formats.ocds.links import related
from beffroi.formats.ocds.lots import BOTH, TERMS, read_group, read_lot
from beffroi.formats.ocds.procedure import basis, broad_method, codes, covered, method, procedure, reference
from beffroi.formats.ocds.terms import NATURES, UNDIVIDED, coded, instrument, techniques, valued
from beffroi.formats.ocds.values import cpv, sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet


def whole(handler: Handler) -> Handler:
    """Return a handler applied to the tender's one lot; where there are several, or none, the element is kept."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        if frame.sheet.whole is None:
            keep(cursor, element, frame)
        else:
            handler(cursor, element, Frame(frame.sheet, frame.sheet.whole))

    return read


def _techniques(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the tender's techniques: its instrument; their terms into its one lot, else they are kept."""
    instrument(cursor, element, frame)
    whole(techniques)(cursor, element, frame)


_TENDER: Mapping[str, Handler] = {
    "id": procedure(reference),
    "title": put("title"),
    "description": put("description"),
    "mainProcurementCategory": coded("nature", NATURES),
    "procurementMethod": procedure(broad_method),
    "procurementMethodDetails": passed,
    "procurementMethodRationale": procedure(put("justification")),
    "procurementMethodRationaleClassifications": procedure(codes),
    "legalBasis": procedure(basis),
    "lotDetails": procedure(
        into(
            {
                "maximumLotsBidPerSupplier": count("max_lots_tendered"),
                "maximumLotsAwardedPerSupplier": count("max_lots_awarded"),
                **keeping("noLotsDivisionRationale", "awardCriteriaDetails"),
            }
        )
    ),
    "tenderPeriod": TENDER_PERIOD,
    "expressionOfInterestDeadline": due("requests"),
    "classification": cpv,
    "additionalClassifications": cpv,
    "amendments": amendment,
    "amendment": amendment,
    **dict.fromkeys(("procuringEntity", "lots", "lotGroups", "items", "value", "minValue"), passed),
    "techniques": _techniques,
    **{name: whole(handler) for name, handler in TERMS.items()},
    **BOTH,
    "coveredBy": procedure(covered),
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
            read_lot(cursor, one, sheet)
        elif one.tag == "lotGroups":
            read_group(cursor, one, sheet)
    _undivided(cursor, element, sheet)
    valued("estimate", "notice")(cursor, element, frame)
    for one in element:
        if one.tag == "procurementMethodDetails":
            procedure(method)(cursor, one, frame)
        elif one.tag == "items":
            item(cursor, one, sheet)
    into(_TENDER)(cursor, element, frame)
    _languages(cursor, element, sheet)


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

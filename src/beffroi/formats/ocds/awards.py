"""Awards, contracts and bids: who won what, for how much, when it was signed.

In: `awards`, `contracts` and `bids` of a release. Out: awards of the record. A contract belongs to its award
(`awardID`). Its value repeats the award's, or is the award's where that has none; another value is kept beside it,
never added to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.changes import amendment
from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    into,
    keep,
    keep_but,
    keeping,
    leave,
    put,
    scalar,
    used,
    written,
)
from beffroi.formats.ocds.links import related
from beffroi.formats.ocds.parties import body
from beffroi.formats.ocds.values import dated, decimal, money, sums

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
COUNTS = {"bids": "tenders_received"}
BOUNDS = {"lowestValidBidValue": "lowest_tender", "highestValidBidValue": "highest_tender"}
ONE_GROUP = "several suppliers of one OCDS award win it together"
HOLDERS = "several suppliers of an award of a framework agreement each hold it"
SIGNED = "value of the signed contract"


def _award(cursor: Cursor, element: Element, sheet: Sheet) -> None:
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
    _suppliers(cursor, element, frame)


def _suppliers(cursor: Cursor, element: Element, frame: Frame) -> None:
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
    known = STATUSES.get(written(cursor, element))
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


def _lot_id(cursor: Cursor, element: Element, frame: Frame) -> None:
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
    "relatedLots": _lot_id,
    "relatedLot": _lot_id,
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


def _signed(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read a contract into its award, or into one that only its contract names."""
    if scalar(element):
        cursor.leave(element, "a text where a contract is expected")
        return
    named = child(element, "awardID")
    number = written(cursor, named)
    draft = sheet.awards.get(number)
    if draft is None and not number and len(sheet.notice.get("awards", ())) == 1:
        draft = sheet.notice["awards"][0]
    if draft is None:
        draft = _unannounced(cursor, element, sheet)
    frame = Frame(sheet, draft)
    before = {**draft}
    into(_CONTRACT)(cursor, element, frame)
    _suppliers(cursor, element, frame)
    _value(cursor, element, frame, held=[one for one in before.get("amounts", ()) if one["kind"] == "award"])


def _unannounced(cursor: Cursor, element: Element, sheet: Sheet) -> Draft:
    """Return the award of a contract whose award is in another release."""
    place = child(element, "awardID")
    number = written(cursor, place) or written(cursor, place := child(element, "id"))
    draft: Draft = {"id": number or str(len(sheet.notice.get("awards", ())) + 1)}
    cursor.anchor(draft, element, "the award this contract belongs to, told in another release")
    if place is not None and number:
        cursor.cite(draft, "id", place)
    add(sheet.notice, "awards", draft)
    sheet.awards.setdefault(draft["id"], draft)
    return draft


def _value(cursor: Cursor, element: Element, frame: Frame, *, held: list[Draft]) -> None:
    """Read a contract's value: as amended; as its award's; or, beside another value of the award, as what it is."""
    value = child(element, "value")
    if value is None:
        return
    if frame.sheet.amended and not any(child(one, "value") is not None for one in element if one.tag == "amendments"):
        found = money(cursor, value, "amended", "award")
    else:
        own = not held or any(one.get("note", "") == SIGNED for one in held)
        found = money(cursor, value, "award" if own else "other", "award", SIGNED)
    stated = {(one["value"], one.get("currency")) for one in held}
    for one in found:
        if one["kind"] == "amended" or one.get("note") != SIGNED or (one["value"], one.get("currency")) not in stated:
            add(frame.draft, "amounts", one)


def _contract_id(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = written(cursor, element)
    if text and text not in frame.draft.get("contracts", ()):
        cursor.cite(frame.draft, f"contracts[{add(frame.draft, 'contracts', text)}]", element)


def _first_title(cursor: Cursor, element: Element, frame: Frame) -> None:
    put("title")(cursor, element, frame)


def _transaction(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a payment: what was paid; who, whom and when are kept."""
    _with_sum(cursor, element, frame, ("value", "paid", "transaction"))


def _passed(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Do nothing: it was read before."""


def _failure(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a failure of performance: its penalty, and its words."""
    _with_sum(cursor, element, frame, ("penaltyValue", "penalty", None))


def _with_sum(cursor: Cursor, element: Element, frame: Frame, read: tuple[str, str, str | None]) -> None:
    """Read the sum of an object, a field of a kind and with a note; keep the rest. `amount` is 1.0's name of `value`."""
    field, kind, note = read
    value = child(element, field)
    value = child(element, "amount") if value is None and field == "value" else value
    read_sum = value is not None and not scalar(value)
    for one in money(cursor, value, kind, "award", note) if value is not None and read_sum else ():
        add(frame.draft, "amounts", one)
    keep_but(cursor, element, frame, frozenset({value.tag}) if value is not None and read_sum else frozenset())


_CONTRACT: Mapping[str, Handler] = {
    "id": _contract_id,
    "awardID": used,
    "title": _first_title,
    "dateSigned": dated("concluded"),
    "value": _passed,
    "suppliers": used,
    "relatedLots": _lot_id,
    "relatedLot": _lot_id,
    "implementation": into(
        {
            "transactions": _transaction,
            "performanceFailures": _failure,
            "charges": keep,
            **keeping("milestones", "documents", "finalValue", "finalValueDetails", "endDate", "purchaseOrders"),
            **keeping("metrics", "tariffs", "financialProgress", "status", "finalStatus", "budgetBreakdown"),
        }
    ),
    "amendments": amendment,
    "amendment": amendment,
    "performanceFailures": _failure,
    "relatedProcesses": related,
    **keeping(
        *("description", "status", "statusDetails", "period", "items", "documents", "milestones", "finalStatus"),
        *("finalStatusDetails", "aboveThreshold", "terminationRationaleClassification", "noAgreedMetricsRationale"),
        *("proposedAmendments", "publicationDate", "signatories", "buyer", "agreedMetrics", "finance", "guarantees"),
        *("tariffs", "valueBreakdown", "identifiers", "contractTerms", "extendsContractID", "datePublished", "url"),
        *("riskAllocation", "finalStatusDate", "surveys", "taskOrders"),
    ),
}


def _statistic(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read a statistic of bids into the award of its lot; without one it is kept."""
    measure, value = written(cursor, child(element, "measure")), child(element, "value")
    lots = [written(cursor, one) for one in element if one.tag in ("relatedLot", "relatedLots")]
    award = _award_of(sheet, lots)
    figure = decimal(cursor, value) if value is not None and scalar(value) else None
    if award is None or value is None or figure is None or not measure:
        keep(cursor, element, Frame(sheet))
    elif measure in BOUNDS:
        bound: Draft = {"kind": BOUNDS[measure], "value": figure, "scope": "award", "vat": "unknown"}
        cursor.anchor(bound, element)
        cursor.cite(bound, "value", value)
        currency = child(element, "currency")
        if currency is not None and written(cursor, currency):
            bound["currency"] = cursor.value(currency)
            cursor.cite(bound, "currency", currency)
        add(award, "amounts", bound)
        _notes(cursor, element, sheet)
    elif not figure.isdigit() or len(figure) > len("999999999"):
        keep(cursor, element, Frame(sheet))
    else:
        _counted(cursor, (award, measure, int(figure)), value)
        _notes(cursor, element, sheet)


def _counted(cursor: Cursor, told: tuple[Draft, str, int], place: Element) -> None:
    award, measure, figure = told
    if measure in COUNTS and COUNTS[measure] not in award:
        award[COUNTS[measure]] = figure
        cursor.cite(award, COUNTS[measure], place)
    else:
        counts: Draft = award.setdefault("submissions", {})
        counts[measure] = figure
        cursor.cite(award, f"submissions.{measure}", place)


def _notes(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    for one in element:
        if one.tag == "notes":
            keep(cursor, one, Frame(sheet))
        elif one.tag in ("id", "measure", "relatedLot", "relatedLots", "date", "value", "currency"):
            cursor.used(one)
        else:
            leave(cursor, one, Frame(sheet))


def _award_of(sheet: Sheet, lots: list[str]) -> Draft | None:
    """Return the one award of a lot (or of the release, where no lot is named), or None."""
    awards = sheet.notice.get("awards", [])
    found = [one for one in awards if set(lots) & set(one.get("lot_ids", ()))] if lots else awards
    return found[0] if len(found) == 1 else None


def _bid(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read a bid: its price is a tender's; who tendered is kept."""
    if scalar(element):
        cursor.leave(element, "a text where a bid is expected")
        return
    frame = Frame(sheet)
    value = child(element, "value")
    lots = [one for one in element if one.tag in ("relatedLots", "relatedLot")]
    if value is not None and not scalar(value):
        for price in money(cursor, value, "tender", "lot" if lots else "notice"):
            add(sheet.notice, "amounts", price)
    keep_but(cursor, element, frame, frozenset({"value"} if value is not None and not scalar(value) else ()))


def read_awards(cursor: Cursor, release: Element, sheet: Sheet) -> None:
    """Read awards, then contracts, then bids: each refers to what comes before it."""
    for name, read in (("awards", _award), ("contracts", _signed)):
        for one in release:
            if one.tag == name:
                read(cursor, one, sheet)
    bids = child(release, "bids")
    for one in bids if bids is not None else ():
        if one.tag == "statistics":
            _statistic(cursor, one, sheet)
        elif one.tag == "details":
            _bid(cursor, one, sheet)
        else:
            leave(cursor, one, Frame(sheet))
    for one in release:
        if one.tag == "statistics":
            _statistic(cursor, one, sheet)

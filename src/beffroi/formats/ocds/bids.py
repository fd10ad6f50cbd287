"""Bids: how many came, the lowest and highest, and the price of each where it is told.

In: `bids` of a release. Out: counts and bounds in the award of their lot, prices as amounts of kind `tender`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    keep,
    keep_but,
    leave,
    scalar,
    written,
)
from beffroi.formats.ocds.values import decimal, money

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft


COUNTS = {"bids": "tenders_received"}
BOUNDS = {"lowestValidBidValue": "lowest_tender", "highestValidBidValue": "highest_tender"}


def read_statistic(cursor: Cursor, element: Element, sheet: Sheet) -> None:
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


def read_bid(cursor: Cursor, element: Element, sheet: Sheet) -> None:
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

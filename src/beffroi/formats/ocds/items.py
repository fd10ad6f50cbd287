"""Items of a tender, and where they are delivered.

In: `tender.items`, addresses and locations. Out: codes, quantities and places of the lot an item belongs to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    into,
    keep,
    keeping,
    leave,
    put,
    scalar,
    used,
    written,
)
from beffroi.formats.ocds.values import cpv, decimal, number
from beffroi.notices.countries import COUNTRY_RULE, country

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft


_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")


def quantity(cursor: Cursor, element: Element, frame: Frame, item: Element) -> None:
    """Read the quantity of an item with its unit; a unit's price is kept with the item."""
    value = decimal(cursor, element)
    if value is None:
        leave(cursor, element, frame, "not a quantity")
        return
    one: Draft = {"kind": "unknown", "value": number(value), "stated_in": "element"}
    cursor.anchor(one, element)
    cursor.cite(one, "value", element)
    unit, noun = child(child(item, "unit"), "name"), child(item, "description")
    for field, place in (("unit", unit), ("noun", noun)):
        if place is not None and written(cursor, place):
            one[field] = cursor.prose(place)
            cursor.cite(one, field, place)
    add(frame.draft, "quantities", one)


def item(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read an item of the tender into its lot, else into the tender's one lot or the notice itself."""
    if scalar(element):
        cursor.leave(element, "a text where an object is expected")
        return
    named = [one for one in element if one.tag in ("relatedLot", "relatedLots")]
    ids = [written(cursor, one) for one in named]
    for one in named:
        cursor.used(one)
    lots = [sheet.lots[one] for one in ids if one in sheet.lots]
    draft = lots[0] if lots else sheet.whole
    frame = Frame(sheet, draft, ids[0] if lots and draft is not sheet.whole else None)
    for one in element:
        if one.tag == "quantity" and draft is not None:
            quantity(cursor, one, frame, element)
        elif one.tag not in ("relatedLot", "relatedLots"):
            (_ITEM.get(one.tag) or leave)(cursor, one, frame)
    for one in element:
        if one.tag in ("classification", "additionalClassifications") and _is_cpv(cursor, one):
            for lot in lots[1:]:
                cpv(cursor, one, Frame(sheet, lot))


def _is_cpv(cursor: Cursor, classification: Element) -> bool:
    return written(cursor, child(classification, "scheme")).upper() == "CPV"


def place(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read an address of delivery; streets are passed over."""
    if scalar(element):
        leave(cursor, element, frame, "a text where an object is expected")
        return
    one: Draft = {}
    cursor.anchor(one, element)
    _ADDRESS(cursor, element, frame.inside(one))
    if one and one not in frame.draft.get("places", ()):
        add(frame.draft, "places", one)


def _country(cursor: Cursor, element: Element, frame: Frame) -> None:
    code = country(written(cursor, element))
    if code is not None and "country" not in frame.draft:
        frame.draft["country"] = code
        cursor.cite(frame.draft, "country", element, rule=COUNTRY_RULE)
    elif code is None:
        _words(cursor, element, frame)


def _region(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a region: its NUTS code, or its name."""
    if _NUTS.fullmatch(written(cursor, element)):
        put("nuts")(cursor, element, frame)
    else:
        _words(cursor, element, frame)


def _words(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Add words for a place to those already read."""
    text = written(cursor, element)
    if not text:
        return
    before = frame.draft.get("text")
    frame.draft["text"] = f"{before}, {text}" if before else text
    cursor.cite(frame.draft, "text", element, rule="the parts of the address in words" if before else None)


_ADDRESS = into(
    {
        "locality": put("city"),
        "postalCode": put("postcode"),
        "country": _country,
        "countryCode": _country,
        "countryName": _country,
        "region": _region,
        "description": _words,
        **keeping("id", "uri", "geometry", "gazetteer"),
    }
)


def location(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a location: NUTS codes of its gazetteer, or the words for it; a geometry is kept."""
    gazetteer = child(element, "gazetteer")
    if written(cursor, child(gazetteer, "scheme")).upper() != "NUTS" or gazetteer is None:
        keep(cursor, element, frame)
        return
    for one in gazetteer:
        if one.tag == "identifiers":
            draft: Draft = {}
            cursor.anchor(draft, one)
            _region(cursor, one, frame.inside(draft))
            add(frame.draft, "places", draft)
    for one in element:
        if one.tag != "gazetteer":
            keep(cursor, one, frame)


_ITEM: Mapping[str, Handler] = {
    "id": used,
    "description": keep,
    "classification": cpv,
    "additionalClassifications": cpv,
    "deliveryAddress": place,
    "deliveryAddresses": place,
    "deliveryLocation": location,
    "deliveryLocations": location,
    **keeping("unit", "quantity", "attributes", "valueBreakdown", "requiresMaintenance"),
}

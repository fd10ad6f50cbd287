"""Lots of a tender: `tender.lots`, and what items, award criteria and techniques say of them.

In: nodes of a tender. Out: lots of the record. What the tender says once for all its lots belongs to its one lot where
it is not divided, else it is kept as a clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    count,
    flag,
    into,
    keep,
    keeping,
    leave,
    put,
    scalar,
    used,
    within,
    written,
)
from beffroi.formats.ocds.values import cpv, dated, decimal, duration, money, number, sums
from beffroi.notices.countries import COUNTRY_RULE, country

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft

METHODS = {
    "withReopeningCompetition": "fa-w-rc",
    "withoutReopeningCompetition": "fa-wo-rc",
    "withAndWithoutReopeningCompetition": "fa-mix",
}
"""How a framework agreement is called off, as eForms BT-765 codes it."""
DPS = {"open": "dps-nlist", "closed": "dps-list"}
NATURES = {"goods": "supplies", "services": "services", "works": "works"}
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
UNDIVIDED = "1"
UPPER_RANGE = "`minValue` and `value` are one stated range"


def coded(field: str, codes: Mapping[str, str]) -> Handler:
    """Return a handler of a code of OCDS that the record writes otherwise."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        code = codes.get(written(cursor, element))
        if code is None:
            keep(cursor, element, frame)
        elif frame.draft.setdefault(field, code) == code:
            cursor.cite(frame.draft, field, element, rule=f"`{cursor.value(element)}` in the record's codes")
        else:
            keep(cursor, element, frame)

    return read


def valued(kind: str, scope: str) -> Handler:
    """Return a handler of an object's `value` and `minValue`: one stated range where both differ."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        least, most = child(element, "minValue"), child(element, "value")
        found = money(cursor, most, kind, scope) if most is not None else []
        lower = money(cursor, least, kind, scope) if least is not None else []
        for one in found:
            same = [low for low in lower if (low.get("currency"), low["vat"]) == (one.get("currency"), one["vat"])]
            lower = [low for low in lower if low not in same]
            if same and same[0]["value"] != one["value"]:
                _ranged(cursor, one, same[0], least, most)
            add(frame.draft, "amounts", one)
        for one in lower:
            one["low"] = one.pop("value")
            cursor.cite(one, "low", *[part for part in (child(least, "amount"),) if part is not None])
            add(frame.draft, "amounts", one)

    return read


def _ranged(cursor: Cursor, one: Draft, low: Draft, least: Element | None, most: Element | None) -> None:
    names = ("amountGross", "amount") if one["vat"] == "included" else ("amountNet", "amount")
    ends = [next(p for name in names if (p := child(end, name)) is not None) for end in (least, most)]
    one["low"], one["high"] = low["value"], one.pop("value")
    cursor.cite(one, "low", ends[0])
    cursor.cite(one, "high", ends[1])


def period(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the period of a contract: first and last day, length."""
    _PERIOD(cursor, element, frame)


_PERIOD = into(
    {
        "startDate": dated("starts"),
        "endDate": dated("ends"),
        "durationInDays": duration("day"),
        "durationInMonths": duration("month"),
        **keeping("maxExtentDate", "description", "notBefore", "notAfter"),
    }
)


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


def criteria(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read award criteria: each with its kind, its name and its weight."""
    _CRITERIA(cursor, element, frame)


def _criterion(cursor: Cursor, element: Element, frame: Frame) -> None:
    one: Draft = {}
    cursor.anchor(one, element)
    _CRITERION(cursor, element, frame.inside(one))
    if one:
        if "kind" not in one:
            one["kind"] = "other"
        add(frame.draft, "criteria", one)


def _number(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a number of a criterion: a weight as written, with its unit; another number is kept."""
    figure, weight = child(element, "number"), child(element, "weight")
    if figure is None or not written(cursor, weight).endswith("Exact") or "weight" in frame.draft:
        keep(cursor, element, frame)
        return
    percent = written(cursor, weight) == "percentageExact"
    frame.draft["weight"] = cursor.value(figure) + (" %" if percent else "")
    cursor.cite(frame.draft, "weight", figure)
    for one in element:
        if one.tag not in ("number", "weight"):
            keep(cursor, one, frame)


_KINDS = {"price": "price", "cost": "cost", "quality": "quality"}
_CRITERION = into(
    {
        "type": coded("kind", _KINDS),
        "name": put("name"),
        "numbers": _number,
        **keeping("description", "id", "relatesTo"),
    }
)
_CRITERIA = into({"criteria": _criterion, **keeping("weightingDescription", "orderRationale", "description")})


def instrument(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Give the notice the instrument its techniques say it uses, and whether there is an electronic auction."""
    for name, found in (("hasFrameworkAgreement", "framework"), ("hasDynamicPurchasingSystem", "dps")):
        if written(cursor, one := child(element, name)).casefold() == "true" and one is not None:
            frame.sheet.framework = True
            if frame.sheet.notice.setdefault("instrument", found) == found:
                cursor.cite(frame.sheet.notice, "instrument", one, rule=f"`{name}` is true")
    auction = child(element, "hasElectronicAuction")
    if auction is not None:
        procedure: Draft = frame.sheet.notice["procedure"]
        flag("electronic_auction")(cursor, auction, frame.inside(procedure))


def techniques(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the techniques: framework agreement, dynamic purchasing system, electronic auction."""
    instrument(cursor, element, frame)
    _TECHNIQUES(cursor, element, frame)


def most(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read how many may hold a framework; what has no bound (`1e9999`) states none."""
    if re.fullmatch(r"[0-9]{1,6}(?:\.0+)?", written(cursor, element)):
        count("max_participants")(cursor, element, frame)
    else:
        keep(cursor, element, frame)


_FRAMEWORK = within(
    "framework",
    {
        "maximumParticipants": most,
        "method": coded("technique", METHODS),
        "periodRationale": put("justification"),
        "buyerCategories": put("buyer_categories"),
        **keeping("minimumParticipants", "period", "description", "isOpenFrameworkScheme", "type", "id"),
        **keeping("openFrameworkSchemeEndDate", "buyerClassificationRestrictions", "buyerLocationRestrictions"),
        "value": used,
    },
)


def _agreed(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a framework agreement; its `value` is an upper estimate by OCDS's own words, no ceiling."""
    value = child(element, "value")
    if value is not None:
        scope = "lot" if frame.lot else "notice"
        sums("estimate", scope, "framework agreement")(cursor, value, frame)
    _FRAMEWORK(cursor, element, frame)


_TECHNIQUES = into(
    {
        "hasFrameworkAgreement": used,
        "frameworkAgreement": _agreed,
        "hasDynamicPurchasingSystem": used,
        "dynamicPurchasingSystem": within("framework", {"type": coded("dps", DPS), **keeping("status", "description")}),
        "hasElectronicAuction": used,
        **keeping("electronicAuction", "competitive"),
    }
)

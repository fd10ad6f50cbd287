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
    put,
    used,
    within,
    written,
)
from beffroi.formats.ocds.values import dated, duration, money, sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

METHODS = {
    "withReopeningCompetition": "fa-w-rc",
    "withoutReopeningCompetition": "fa-wo-rc",
    "withAndWithoutReopeningCompetition": "fa-mix",
}
"""How a framework agreement is called off, as eForms BT-765 codes it."""
DPS = {"open": "dps-nlist", "closed": "dps-list"}
NATURES = {"goods": "supplies", "services": "services", "works": "works"}
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

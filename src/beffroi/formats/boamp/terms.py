"""Durations, dates, quantities, codes and criteria that objects, lots and contract changes share.

In: their elements. Out: values in the draft of a lot or of the notice.

>>> quantity("565"), quantity("1 200 drones"), quantity("12 à 15")
((565, None), (1200, 'drones'), None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp import dates
from beffroi.formats.boamp.durations import longest
from beffroi.formats.boamp.frame import Frame, add, keep, passage
from beffroi.formats.boamp.typography import mapped
from beffroi.formats.cursor import Attribute, Span
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft
    from beffroi.notices.amount import Unit
    from beffroi.notices.lot import Nature

_CPV = re.compile(r"(\d{8})(?:-\d)?")
_QUANTITY = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,9})(?:\s+([^\W\d_][^\d\n,;:.()]{0,60}))?\.?")
_ESTIMATED = re.compile(
    r"\b(?:quantit[ée]s?\s+)?(?:estimati(?:f|ve)s?|estim[ée]e?s?|pr[ée]visionnelles?)\b", re.IGNORECASE
)


def cpv(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one CPV code of eight digits; its check digit is no part of it."""
    text = cursor.value(element)
    found = _CPV.fullmatch(text)
    if found is None:
        if text:
            cursor.leave(element, "not a CPV code of eight digits")
        return
    codes = frame.draft.setdefault("cpv", [])
    if found[1] not in codes:
        codes.append(found[1])
        frame.elements[f"cpv[{len(codes) - 1}]"] = element
        cursor.cite(frame.draft, f"cpv[{len(codes) - 1}]", element)


def day(field: str) -> Handler:
    """Return a handler that reads a day."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = frame.text(cursor, element)
        when = dates.date(text)
        if when is None or field in frame.draft:
            _else(cursor, element, frame, text, when)
            return
        frame.draft[field] = when
        frame.elements[field] = element
        cursor.cite(frame.draft, field, element)

    return read


def _else(cursor: Cursor, element: Element, frame: Frame, text: str, read: object) -> None:
    """Keep a second value as a passage, report an impossible one, pass over an empty one."""
    if text and read is None:
        cursor.leave(element, dates.WHY_IMPOSSIBLE)
    elif text:
        passage(cursor, element, frame)


def duration(unit: Unit, field: str = "duration") -> Handler:
    """Return a handler that reads a duration in the unit its element names; a second one is kept as a passage."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = frame.text(cursor, element)
        value = decimal_text(text) if text else None
        if value is None:
            if text:
                passage(cursor, element, frame)
            return
        if field in frame.draft:
            passage(cursor, element, frame)
            return
        number = float(value) if "." in value else int(value)
        one: Draft = {"value": number, "unit": unit}
        cursor.anchor(one, element, "the element's name states the unit")
        cursor.cite(one, "value", element)
        frame.draft[field] = one
        frame.elements[field] = element

    return read


def quantity(text: str) -> tuple[int, str | None] | None:
    """Return the number and the noun of a quantity, or None where the text says more than one number."""
    found = _QUANTITY.fullmatch(text.strip())
    if found is None:
        return None
    noun = found[2].strip() if found[2] else None
    return int(re.sub(r"\D", "", found[1])), noun


def read_quantity(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read QUANTITE; without one clear number it is kept as a passage. Its kind is settled with the description."""
    text = frame.text(cursor, element)
    read = quantity(text)
    if read is None:
        if text:
            passage(cursor, element, frame)
        return
    one: Draft = {"kind": "unknown", "value": read[0], "stated_in": "element"}
    cursor.anchor(one, element, "the element QUANTITE")
    cursor.cite(one, "value", element)
    if read[1]:
        one["noun"] = read[1]
        cursor.cite(one, "noun", element)
    add(frame.draft, "quantities", one)


def settle_quantities(cursor: Cursor, lot: Draft, description: Element | None) -> None:
    """Call a lot's quantities estimated where its description says that they are."""
    text = description.text if description is not None else None
    found = _ESTIMATED.search(text) if text else None
    for one in lot.get("quantities", ()) if found and "quantit" in (text or "").lower() else ():
        if one["stated_in"] == "element" and description is not None and found:
            one["kind"] = "estimated"
            cursor.cite(one, "kind", Span(description, found.start(), found.end()), rule="its description says so")


def renewal_text(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the words on renewals, and the longest term where they state one."""
    text = frame.text(cursor, element)
    if not text:
        return
    renewals: Draft = frame.draft.setdefault("renewals", {})
    renewals["text"] = text
    cursor.cite(renewals, "text", element)
    read_longest(cursor, element, frame.draft)


def read_longest(cursor: Cursor, element: Element, draft: Draft) -> None:
    """Read `max_duration` from words, where one reading remains."""
    text, places = mapped(element.text or "")
    found = longest(text)
    if found is None or "max_duration" in draft:
        return
    one: Draft = {"value": found.value, "unit": found.unit}
    cursor.anchor(one, element)
    span = Span(element, places[found.start], places[found.end])
    cursor.cite(one, "value", span, rule="a number in words or figures")
    cursor.cite(one, "unit", span, rule="the word for days, weeks, months or years")
    draft["max_duration"] = one


def part(field: str, inner: str, value: object) -> Handler:
    """Return a handler for an empty element whose name states a value of `draft[field]` (OPTIONS_OUI)."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        cursor.used(element)
        one: Draft = frame.draft.setdefault(field, {})
        one[inner] = value
        cursor.cite(one, inner, element, rule=f"the element {element.tag} states it")
        if element.text and element.text.strip():
            if "text" in one:
                passage(cursor, element, frame)
            else:
                words(field)(cursor, element, frame)

    return read


def words(field: str) -> Handler:
    """Return a handler that reads the words of `draft[field]`."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = frame.text(cursor, element)
        if text:
            one: Draft = frame.draft.setdefault(field, {})
            one["text"] = text
            cursor.cite(one, "text", element)

    return read


_NATURES: dict[str, Nature] = {
    "TRAVAUX": "works",
    "FOURNITURES": "supplies",
    "FOURNITURE": "supplies",
    "SERVICE": "services",
    "SERVICES": "services",
}


def nature(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read TYPE_MARCHE or typeMarche: works, supplies or services by the name of what is in it; several are mixed."""
    found = [(one, _NATURES[one.tag.upper()]) for one in element if one.tag.upper() in _NATURES]
    for one in element:
        keep(cursor, one, frame) if one.tag.upper() not in _NATURES or len(one) else cursor.used(one)
    if not found:
        return
    several = {word for _, word in found}
    frame.sheet.notice["nature"] = found[0][1] if len(several) == 1 else "mixed"
    cursor.cite(frame.sheet.notice, "nature", *(one for one, _ in found), rule="the element's name states it")


def stated_nature(cursor: Cursor, places: list[Element], frame: Frame) -> None:
    """Read the nature from the flat field, a list of words."""
    found = [word for one in places if (word := _NATURES.get(cursor.value(one).upper()))]
    if found and "nature" not in frame.sheet.notice:
        frame.sheet.notice["nature"] = found[0] if len(set(found)) == 1 else "mixed"
        cursor.cite(frame.sheet.notice, "nature", *places, rule="the word for works, supplies or services")


def criterion(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read CRITERE: a name, with its weight (POIDS) or rank (ORDRE) as an attribute."""
    name = frame.text(cursor, element)
    if not name:
        return
    one: Draft = {"kind": kind_of(name), "name": name}
    cursor.anchor(one, element, "the words of the criterion")
    cursor.cite(one, "name", element)
    weight = cursor.attribute(element, "POIDS")
    if weight:
        one["weight"] = weight
        cursor.cite(one, "weight", Attribute(element, "POIDS"))
    else:
        cursor.attribute(element, "ORDRE")
    frame.elements[f"criteria[{add(frame.draft, 'criteria', one)}]"] = element


def kind_of(name: str) -> str:
    """Return the kind of a criterion by its first word: price, cost, else quality or other.

    >>> kind_of("Prix des prestations"), kind_of("valeur technique"), kind_of("Délai")
    ('price', 'quality', 'other')
    """
    first = name.lower().split()[0].strip(":,-")
    if first in ("prix", "tarif", "tarifs"):
        return "price"
    if first in ("coût", "cout", "coûts"):
        return "cost"
    return "quality" if first in ("qualité", "valeur", "technique") else "other"

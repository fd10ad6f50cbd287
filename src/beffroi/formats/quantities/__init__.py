"""Quantities a lot states in words: read only where one reading remains.

In: the title or description of a lot ("Fourniture de 565 micro-drones"). Out: drafts of `Quantity` with their span.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.nodes import parse_xml
>>> lot = {}
>>> read_quantities(Cursor(), lot, parse_xml(b"<T><P>Supply of 20 nano-drones</P></T>"), "title")
>>> lot["quantities"]
[{'kind': 'unknown', 'value': 20, 'stated_in': 'title', 'noun': 'nano-drones'}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from beffroi.formats.cursor import Span
from beffroi.formats.quantities.grammar import stated_quantities

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.quantities.numbers import Stated
    from beffroi.notices import Draft

_UNQUALIFIED = "the words give a number and no kind"


def read_quantities(cursor: Cursor, lot: Draft, element: Element, stated_in: Literal["title", "description"]) -> None:
    """Add to `lot["quantities"]` what the element's text states, each cited by its span.

    A quantity the lot has already is not added again; where an element gave it without its kind or its noun, the words
    complete it.
    """
    text = element.text
    if text and len(text) >= _SHORTEST:
        for stated in stated_quantities(text, stated_in):
            _add(cursor, lot, element, stated, stated_in=stated_in)
    for paragraph in element:
        read_quantities(cursor, lot, paragraph, stated_in)


_SHORTEST = 6
"""No text of fewer characters states a number and the thing it counts."""


def _add(cursor: Cursor, lot: Draft, paragraph: Element, stated: Stated, *, stated_in: str) -> None:
    held = next((one for one in lot.get("quantities", ()) if _same(one, stated)), None)
    if held is not None:
        if held.get("kind", "unknown") == "unknown" and stated.kind_at:
            held["kind"] = stated.kind
            cursor.cite(held, "kind", Span(paragraph, *stated.kind_at))
        if "noun" not in held and stated.noun_at:
            held["noun"] = stated.noun
            cursor.cite(held, "noun", Span(paragraph, *stated.noun_at))
        return
    draft: Draft = {"kind": stated.kind, "value": stated.value, "stated_in": stated_in}
    cursor.anchor(draft, paragraph, _UNQUALIFIED)
    cursor.cite(draft, "value", Span(paragraph, *stated.at))
    if stated.kind_at:
        cursor.cite(draft, "kind", Span(paragraph, *stated.kind_at))
    if stated.unit_at:
        draft["unit"] = stated.unit
        cursor.cite(draft, "unit", Span(paragraph, *stated.unit_at))
    if stated.noun_at:
        draft["noun"] = stated.noun
        cursor.cite(draft, "noun", Span(paragraph, *stated.noun_at))
    lot.setdefault("quantities", []).append(draft)


def _same(held: Draft, stated: Stated) -> bool:
    """Return whether a lot's quantity is the stated one: equal value, no contradiction in kind or in noun."""
    kinds = {held.get("kind", "unknown"), stated.kind} - {"unknown"}
    nouns = {str(noun).casefold() for noun in (held.get("noun"), stated.noun) if noun}
    return held.get("value") == stated.value and _agree(kinds) and (_agree(nouns) or _one_begins(nouns))


def _agree(stated: set[str]) -> bool:
    return len(stated) <= 1


def _one_begins(nouns: set[str]) -> bool:
    short, long = sorted(nouns, key=len)
    return long.startswith(short)

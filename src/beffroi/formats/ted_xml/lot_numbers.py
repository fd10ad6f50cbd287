"""Which lots an award names: a printed lot number, and the notice's own lots.

In: a printed LOT_NO and the ids of the notice's lots. Out: the lots with their offsets in the text. A number names the
lot that bears it however it is dressed ("Lot 02", "2 - Terrassement"); a list names each of its lots; what names no lot
of the notice, or could be read in two ways, stays as printed.

>>> lots = numbered(["1", "2", "Lotto 3", "4: Gros œuvre"])
>>> lots_named("2", lots), lots_named("Lot 02", lots)
([Named(lot='2', start=0, end=1)], [Named(lot='2', start=5, end=6)])
>>> [named.lot for named in lots_named("1, 2 and 3", lots)], [named.lot for named in lots_named("4", lots)]
(['1', '2', 'Lotto 3'], ['4: Gros œuvre'])
>>> [named.lot for named in lots_named("1-4", lots)], [named.lot for named in lots_named("B", lots)]
(['1-4'], ['B'])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NUMBER = re.compile(r"\d+(?:[a-z](?!\w))?", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:[\s,;+&]|\b(?:and|et|und|y|e|i|a|en|och|og|ja|és|și|si|oraz|lots?|los|lotto|lotti|lote|lotes|nr|no)\b[.:]?)*",
    re.IGNORECASE,
)
_DOTTED_LIST = re.compile(r"\d+(?:\.\d+){4,}\.?")
"""Five numbers and more joined by dots are a list: no bulletin numbers its lots five levels deep."""


class Named(NamedTuple):
    """A lot and the passage that names it."""

    lot: str
    start: int
    end: int


def numbered(ids: Iterable[str]) -> dict[str, str]:
    """Return the lots by id, and by the number their id bears where no other lot's does."""
    lots = {one: one for one in ids}
    bare: dict[str, str | None] = {}
    for one in lots:
        match = _NUMBER.search(one)
        if match:
            number = _bare(match.group())
            bare[number] = None if number in bare else one
    return {**{number: one for number, one in bare.items() if one is not None}, **lots}


def lots_named(text: str, lots: Mapping[str, str]) -> list[Named]:
    """Return the lots a printed number names; the text itself where it is none of theirs or has two readings."""
    if text in lots:
        return [Named(lots[text], 0, len(text))]
    numbers = list(_NUMBER.finditer(text))
    found: list[Named] = []
    for match in numbers:
        lot = lots.get(_bare(match.group()))
        if lot is None:
            return [Named(text, 0, len(text))]
        start = match.start() + len(match.group()) - len(_bare(match.group()))
        found.append(Named(lot, start, match.end()))
    if len(found) == 1 or (found and _is_list(text, numbers)):
        return found
    return [Named(text, 0, len(text))]


def _bare(number: str) -> str:
    return number.lstrip("0").lower() or "0"


def _is_list(text: str, numbers: list[re.Match[str]]) -> bool:
    """Return whether nothing but separators stands around the numbers."""
    if _DOTTED_LIST.fullmatch(text):
        return True
    ends = [0, *(match.end() for match in numbers)]
    starts = [*(match.start() for match in numbers), len(text)]
    return all(_BETWEEN.fullmatch(text, end, start) for end, start in zip(ends, starts, strict=True))

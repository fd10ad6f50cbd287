"""The rubric of a place, in words a person can follow.

In: a place in a document. Out: "Rubrique II.2.6, lot 1".

>>> from beffroi.formats.nodes import parse_xml
>>> lot = list(parse_xml(b"<O><OBJECT_DESCR><LOT_NO>1</LOT_NO><VAL_OBJECT>5</VAL_OBJECT></OBJECT_DESCR></O>"))[0]
>>> label(list(lot)[1])
'Rubrique II.2.6, lot 1'
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.defence_rubrics import rubric_of
from beffroi.formats.ted_xml.rubrics import RUBRICS, SECTIONS

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element

HEADER = frozenset({"CODED_DATA_SECTION", "TRANSLATION_SECTION", "TECHNICAL_SECTION", "LINKS_SECTION"})

LOTS = frozenset(
    {"OBJECT_DESCR", "AWARD_CONTRACT", "F17_ANNEX_B", "LOT_PRIOR_INFORMATION", "AWARD_OF_CONTRACT_DEFENCE"}
)
"""Elements that name the lot they are of."""


def label(place: Place) -> str:
    """Return the rubric of a place in words a person can follow, with its lot where it stands in one."""
    node: Element | None = place.element if isinstance(place, tuple) else place
    chain: list[Element] = []
    while node is not None:
        chain.append(node)
        node = node.getparent()
    words, bearers = _rubric(tuple([one.tag for one in chain]))
    for index in bearers:
        lot = _lot_of(chain[index])
        if lot:
            return f"{words}, lot {lot}"
    return words


@lru_cache(maxsize=8192)
def _rubric(tags: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    """Return the rubric of an element by its tag and those around it, and which of them may name a lot."""
    names = [local_name(tag) for tag in tags]
    if not HEADER.isdisjoint(names):
        return f"En-tête du JO S, {names[0]}", ()
    pairs = pairwise(names)
    listed = (RUBRICS.get(above, {}).get(name) or SECTIONS.get(name) for name, above in pairs)
    rubric = next((one for one in listed if one), None) or rubric_of(names)
    if rubric is None:
        return names[0], ()
    bearers = tuple(index for index, name in enumerate(names) if name in LOTS)
    return (f"Rubrique {rubric}" if rubric[0].isupper() else rubric[0].upper() + rubric[1:]), bearers


def _lot_of(element: Element) -> str | None:
    for child in element:
        if local_name(child.tag) in {"LOT_NO", "LOT_NUMBER"}:
            return " ".join((child.text or "").split()) or None
    return None

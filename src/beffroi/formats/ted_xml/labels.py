"""The rubric of a place, in words a person can follow.

In: a place in a document. Out: "Rubrique II.2.6, lot 1".

>>> from beffroi.formats.nodes import parse_xml
>>> lot = list(parse_xml(b"<O><OBJECT_DESCR><LOT_NO>1</LOT_NO><VAL_OBJECT>5</VAL_OBJECT></OBJECT_DESCR></O>"))[0]
>>> label(list(lot)[1], "lots[0].amounts[0].value")
'Rubrique II.2.6, lot 1'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, Span, Tag
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


def label(place: Place, path: str) -> str:  # noqa: ARG001 - every format's signature
    """Return the rubric of a place in words a person can follow, with its lot where it stands in one."""
    element: Element = place.element if isinstance(place, Attribute | Span | Tag) else place
    names: list[str] = []
    rubric: str | None = None
    lot: str | None = None
    node: Element | None = element
    while node is not None:
        parent = node.getparent()
        name = local_name(node.tag)
        if rubric is None and parent is not None:
            rubric = RUBRICS.get(local_name(parent.tag), {}).get(name) or SECTIONS.get(name)
        if lot is None:
            lot = _lot_of(node)
        names.append(name)
        node = parent
    return _worded(names, rubric or rubric_of(names), lot)


def _lot_of(element: Element) -> str | None:
    if local_name(element.tag) not in LOTS:
        return None
    for child in element:
        if local_name(child.tag) in {"LOT_NO", "LOT_NUMBER"}:
            return " ".join((child.text or "").split()) or None
    return None


def _worded(names: list[str], rubric: str | None, lot: str | None) -> str:
    if not HEADER.isdisjoint(names):
        return f"En-tête du JO S, {names[0]}"
    if rubric is None:
        return names[0]
    if not rubric[0].isupper():
        rubric = rubric[0].upper() + rubric[1:]
        return f"{rubric}, lot {lot}" if lot else rubric
    return f"Rubrique {rubric}, lot {lot}" if lot else f"Rubrique {rubric}"

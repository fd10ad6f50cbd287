"""What a release changes: amendments, and `null` in an update, which takes back what an earlier release stated.

In: an Amendment (1.1), the single `amendment` of 1.0, changes in words of the European profile. Out: changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import add, child, keep, leave, place_of, scalar, used, written
from beffroi.formats.ocds.kinds import COMPILED, is_update
from beffroi.formats.ocds.tree import Node, nulls
from beffroi.formats.ocds.values import sums

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Frame, Sheet
    from beffroi.notices import Draft

REMOVED = "null: what an earlier release stated is taken back"


def amendment(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read an amendment: its words, what it changes, and the release it amends."""
    if scalar(element):
        leave(cursor, element, frame, "a text where an object is expected")
        return
    for one in element:
        if one.tag in ("description", "rationale") and written(cursor, one):
            _change(cursor, frame.sheet, one, {"text": one})
        elif one.tag == "changes":
            _changed(cursor, one, frame)
        elif one.tag == "unstructuredChanges":
            _unstructured(cursor, one, frame)
        elif one.tag == "value" and not scalar(one):
            sums("amended", "award")(cursor, one, frame)
        elif one.tag == "amendsReleaseID":
            _amends(cursor, one, frame)
        elif one.tag in ("id", "releaseID"):
            used(cursor, one, frame)
        elif one.tag in KEPT:
            keep(cursor, one, frame)
        else:
            leave(cursor, one, frame)


KEPT = frozenset(
    {"date", "rationaleClassifications", "standstill", "period", "hasRenewal", "aboveThreshold", "suppliersAdded"}
    | {"suppliersRemoved", "relatedLots", "relatedLot", "documents", "relatedItems", "oldValue", "newValue", "title"}
)
"""Fields of an amendment, of OCDS and of the European and British extensions, kept word for word."""


def _change(cursor: Cursor, sheet: Sheet, element: Element, parts: dict[str, Element]) -> None:
    """Add a change: where it stands, and each of its parts with its place."""
    draft: Draft = {"place": place_of(element)}
    cursor.anchor(draft, element)
    for field, part in parts.items():
        text = cursor.prose(part) if scalar(part) else ""
        if text:
            draft[field] = text
            cursor.cite(draft, field, part)
    add(sheet.notice, "changes", draft)


def _changed(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a change of OCDS 1.0: the field by its path, and the value it had."""
    parts = {"label": child(element, "property"), "old": child(element, "former_value")}
    known = {field: one for field, one in parts.items() if one is not None and scalar(one)}
    if known:
        _change(cursor, frame.sheet, element, known)
    for one in element:
        if one not in known.values():
            leave(cursor, one, frame)


def _unstructured(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a change in words: the rubric, the former and the new text or date."""
    parts: dict[str, Element] = {}
    for one in element:
        inner = next((part for part in one if part.tag in ("text", "date", "label", "section")), None)
        field = {"oldValue": "old", "newValue": "new", "where": "label", "description": "text"}.get(one.tag)
        part = one if scalar(one) else inner
        if field is None or part is None:
            keep(cursor, one, frame)
            continue
        parts[field] = part
        for other in one:
            if other is not part:
                keep(cursor, other, frame)
    if parts:
        _change(cursor, frame.sheet, element, parts)


def _amends(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Link to the release that is amended, where it is another one."""
    number, notice = written(cursor, element), frame.sheet.notice
    if not number or number == notice["number"] or "procedure" not in notice:
        used(cursor, element, frame)
        return
    link: Draft = {"relation": "changes", "target": f"ocds:{notice['procedure']['id']}:{number}"}
    cursor.anchor(link, element)
    cursor.cite(link, "target", element, rule="the release it amends, of this process")
    if link not in notice.get("links", ()):
        add(notice, "links", link)


def read_nulls(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Add what an update takes back; in another release `null` states nothing."""
    if not is_update(sheet.tags) or COMPILED in sheet.tags or not isinstance(release, Node):
        return
    for one in nulls(release):
        draft: Draft = {"place": place_of(one), "text": "null"}
        cursor.anchor(draft, release)
        cursor.cite(draft, "place", one, rule=REMOVED)
        cursor.cite(draft, "text", one)
        add(sheet.notice, "changes", draft)

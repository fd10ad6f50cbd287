"""Passages whose field the code beside them tells.

In: an element, among its neighbours. Out: the handler that keeps it under the right field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.values import clause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.eforms.gathered import Section
    from beffroi.formats.nodes import Element


def beside(element: Element, local: str) -> Element | None:
    """Return the element of a name beside this one."""
    holder = element.getparent()
    return next((one for one in holder if one.tag.rpartition("}")[2] == local), None) if holder is not None else None


def by_neighbour(field: str, neighbour: str, fields: Mapping[str, str]) -> Handler:
    """Return a handler of a passage whose field the code beside it tells, by its list or by the code itself."""
    handlers = {name: clause(place) for name, place in fields.items()}
    other = clause(field)

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        code = beside(element, neighbour)
        if code is None:
            other(cursor, element, section)
            return
        told = handlers.get(code.get("listName") or "") or handlers.get((code.text or "").strip())
        (told or other)(cursor, element, section)

    return read

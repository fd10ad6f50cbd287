"""Links to other notices.

In: what a notice writes of another (290207-2023, a UUID with its version, 2019/S 123-456789). Out: `links`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.eforms.gathered import Gathered, Section
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_NUMBER = re.compile(r"\d{1,8}-\d{4}")
_OJ_S = re.compile(r"(?P<year>\d{4})/S ?\d{1,3}-(?P<number>\d{1,8})")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(-\d+)?")


def target(text: str) -> str | None:
    """Return the id of a notice referred to by its number, its OJ S reference, or its UUID (BT-701); else None.

    >>> target("290207-2023"), target("2019/S 123-456789"), target("see above")
    ('ted:290207-2023', 'ted:456789-2019', None)
    """
    if _NUMBER.fullmatch(text):
        return f"ted:{text}"
    if found := _OJ_S.fullmatch(text):
        return f"ted:{found['number']}-{found['year']}"
    return f"eforms:{text.lower()}" if _UUID.fullmatch(text) else None


def add_link(cursor: Cursor, notice: Gathered, relation: str, element: Element) -> None:
    """Link to the notice an element names; the same link is kept once, what names none is left as unread."""
    text = cursor.value(element)
    found = target(text)
    if found is None:
        if text:
            cursor.leave(element, "not a reference to a notice this version knows")
        return
    link: Draft = {"relation": relation, "target": found}
    links = notice.draft.setdefault("links", [])
    if link not in links:
        links.append(link)
        cursor.anchor(link, element, "the element's name gives the relation")
        cursor.cite(link, "target", element, rule="the id of the notice referred to")


def link(relation: str) -> Handler:
    """Return a handler that links to another notice."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        add_link(cursor, section.notice, relation, element)

    return read

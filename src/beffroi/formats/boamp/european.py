"""EFORMS: the European notice inside a BOAMP record, read by the eForms reader, then fitted to the bulletin.

In: the EFORMS element. Out: the record. The bulletin's day of publication and number stay its own; an hour without an
offset is one in Paris; an amount of 0 stands for none; an identifier of 14 digits of a French body is a SIRET.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.formats import eforms
from beffroi.formats.boamp import dates
from beffroi.formats.boamp.frame import Frame, add
from beffroi.formats.boamp.organizations import scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

UNSTATED = ("0",)
"""What DILA's software writes where a buyer states no amount."""
OWN = ("id", "source", "number", "url")


def read_european(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read EFORMS: the one notice in it."""
    notice = frame.sheet.notice
    identity = {field: notice[field] for field in OWN if field in notice}
    for one in element:
        eforms.read_tree(cursor, one, notice, unstated=UNSTATED)
    notice.update(identity)
    journal = notice.pop("published", None)
    if journal:
        clause = {"place": "OPP-012", "text": journal}
        cursor.anchor(clause, element, "the day of publication in the Official Journal")
        add(notice, "clauses", clause)
    for holder in (notice, *notice.get("lots", ()), *notice.get("parts", ())):
        when = holder.get("deadline")
        if when and "T" in when:
            holder["deadline"] = dates.stated(when) or when
    for body in _bodies(notice):
        for one in body.get("ids", ()) if body.get("country") == "FR" else ():
            if one["scheme"] == "unknown":
                one["scheme"] = scheme(one["value"])
    frame.sheet.said.update(text.casefold() for text in _texts(notice))


def _bodies(notice: Draft) -> Iterator[Draft]:
    yield from notice.get("buyers", ())
    yield from notice.get("others", ())
    for award in notice.get("awards", ()):
        yield from award.get("suppliers", ())


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a draft."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value

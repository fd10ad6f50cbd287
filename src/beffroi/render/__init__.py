"""Pages of plain text a reporter can read: one notice, one day of a bulletin.

In: notices. Out: text, made safe to print. Pure functions: no store, no clock, no terminal.

>>> from beffroi.notices import from_draft
>>> print(notice_page(from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "kind": "call",
...     "title": "Drones", "published": "2020-04-12", "document": {"sha256": "00", "media_type": "application/json",
...     "bytes": 1, "name": "a.json", "origin": "sample"}}), "en", 72).splitlines()[0])
*** INVENTED SAMPLE ***
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.notices import Citation
from beffroi.render import dates, follow, lot_table, parts, procedure
from beffroi.render.bulletin import day_page, main_amount
from beffroi.render.clean import clean, cleaned, escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.notices import Notice
    from beffroi.render.figures import Lang

__all__ = ["Extras", "clean", "cleaned", "day_page", "escaped", "main_amount", "notice_page"]


class Extras(NamedTuple):
    """What a page may be given besides its notice.

    `linked` are the linked notices that are held, by id; `later` those that link to this one; `citations` add where
    each value stands; `unread` lists the passages that were not interpreted; `whole` shows every list and text to its
    end; `kin` are the notices that belong with it.
    """

    linked: Mapping[str, Notice] = {}
    citations: Mapping[str, Citation] = {}
    unread: bool = False
    later: tuple[Notice, ...] = ()
    whole: bool = False
    kin: procedure.Kin = procedure.Kin()


def notice_page(notice: Notice, lang: Lang, width: int, extras: Extras | None = None) -> str:
    """Return a notice as a page of at most `width` columns."""
    extras = extras or Extras()
    safe = {clean(name): cleaned(one) for name, one in extras.linked.items()}
    later = tuple(cleaned(one) for one in extras.later)
    kin = procedure.Kin(*(tuple(cleaned(one) for one in notices) for notices in extras.kin))
    page = parts.Page(cleaned(notice), lang, width, safe, later, extras.whole, kin)
    lines = [
        *parts.head(page),
        *dates.dates(page),
        *lot_table.lots(page),
        *lot_table.sums(page),
        *follow.awards(page),
        *parts.description(page),
        *dates.changes(page),
        *follow.links(page),
        *procedure.procedure(page),
        *follow.clauses(page),
        *follow.doubts(page, unread=extras.unread),
        *follow.foot(page),
        *follow.cited(page, {clean(path): _safe(one) for path, one in extras.citations.items()}),
    ]
    return "\n".join(lines) + "\n"


def _safe(citation: Citation) -> Citation:
    return Citation(
        sha256=citation.sha256,
        locator=clean(citation.locator),
        label=clean(citation.label),
        quote=clean(citation.quote),
        text=clean(citation.text),
        rule=None if citation.rule is None else clean(citation.rule),
    )

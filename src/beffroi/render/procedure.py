"""What else was published on a purchase: the same notice in another bulletin, and the procedure's other notices.

In: a page's notice and the notices its identifiers say belong with it. Out: lines, or words for a table.

>>> from beffroi.notices import from_draft
>>> about = {"sha256": "00", "media_type": "application/xml", "bytes": 1, "name": "a.xml", "origin": "sample"}
>>> call = from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "document": about})
>>> change = from_draft({"id": "boamp:20-2", "source": "boamp", "number": "20-2", "document": about,
...     "links": [{"relation": "changes", "target": "boamp:20-1"}]})
>>> stands(Kin(procedure=(change,)), call, change, "en"), stands(Kin(procedure=(call,)), change, call, "en")
('corrects this one', 'this one corrects it')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.render.figures import day
from beffroi.render.layout import heading, table
from beffroi.render.words import word, word_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.notices import Notice
    from beffroi.render.figures import Lang
    from beffroi.render.parts import Page

MOST = 30
"""Notices shown unless the whole page is asked for."""


class Kin(NamedTuple):
    """The held notices that belong with one: `same` are its other publications, `procedure` its procedure's others."""

    same: tuple[Notice, ...] = ()
    procedure: tuple[Notice, ...] = ()

    @property
    def others(self) -> list[Notice]:
        """All of them, each once, the first published first."""
        found = {one.id: one for one in (*self.same, *self.procedure)}
        return sorted(found.values(), key=lambda one: (one.published or "", one.id))


def stands(kin: Kin, notice: Notice, other: Notice, lang: Lang) -> str:
    """Return in words how another notice stands to this one, as either states it."""
    if any(one.id == other.id for one in kin.same):
        return word("also", lang)
    publications = {notice.id, *(one.id for one in kin.same)}
    for link in other.links:
        if link.target in publications and link.relation not in ("same_notice", "same_procedure"):
            return word_in("does", link.relation, lang)
    for link in notice.links:
        if link.target == other.id and link.relation not in ("same_notice", "same_procedure"):
            return word_in("done", link.relation, lang)
    return word("same_procedure", lang)


def rows(kin: Kin, notice: Notice, lang: Lang, shown: Sequence[Notice]) -> list[list[str]]:
    """Return date, bulletin, kind and relation of each notice shown."""
    return [
        [
            day(one.published, lang) if one.published else "–",
            one.source.upper(),
            one.id,
            word_in("kind", one.kind, lang) if one.kind else word("kind.other", lang),
            stands(kin, notice, one, lang),
        ]
        for one in shown
    ]


def heads(lang: Lang) -> list[str]:
    """Return the headings of the rows."""
    return [word(one, lang) for one in ("published", "source", "notice", "kind", "stands")]


def procedure(page: Page) -> list[str]:
    """Return the table of what else was published on the purchase."""
    others = page.kin.others
    if not others:
        return []
    shown = page.first(others, MOST)
    lines = table(heads(page.lang), rows(page.kin, page.notice, page.lang, shown), width=page.width)
    return [*heading(f"{page.say('procedure')} ({len(others) + 1})"), *lines, *page.more(len(others), MOST)]

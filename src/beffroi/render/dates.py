"""Every date of a notice side by side, and what later notices did to it.

In: a page. Out: lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.render.figures import day
from beffroi.render.layout import heading, table, wrap
from beffroi.render.parts import shortened
from beffroi.render.words import COLON, word, word_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices import Change, Notice
    from beffroi.render.figures import Lang
    from beffroi.render.parts import Page

BULLETINS = ("boamp:", "ted:")
"""Where a notice is published; an eForms identifier is no publication."""
_SHORT = 60
"""An old and a new value up to this long stand on one line."""
_MOST = 30
"""Changes shown unless the whole page is asked for."""


class Elsewhere(NamedTuple):
    """The publication of the same notice in another bulletin: its id, its day if it is held, and who says so."""

    target: str
    published: str | None = None
    said_by: str | None = None


def dates(page: Page) -> list[str]:
    """Return every date side by side: dispatch, bulletin, Official Journal, deadline of its kind, lots' own."""
    notice, lang = page.notice, page.lang
    heads = [f"{page.say('published')} ({notice.source.upper()})", page.say("dispatched")]
    row = [day(one, lang) if one else "–" for one in (notice.published, notice.dispatched)]
    for other in elsewhere(page):
        heads.append(page.say("journal") if other.target.startswith("ted:") else other.target.partition(":")[0].upper())
        row.append(_published(page, other))
    if notice.deadline:
        kind = f" {page.say(notice.deadline_kind)}" if notice.deadline_kind else ""
        heads.append(page.say("deadline") + kind)
        row.append(day(notice.deadline, lang))
    lines = ["", *table(heads, [row], width=page.width)]
    for lot in notice.lots:
        if lot.deadline and lot.deadline != notice.deadline:
            lines += page.field("deadline", f"{page.say('lot').lower()} {lot.id} – {day(lot.deadline, lang)}")
    return [*lines, *_since(page)]


def _published(page: Page, other: Elsewhere) -> str:
    said = f"({page.say('named_with')} {other.said_by})" if other.said_by else None
    dated = day(other.published, page.lang) if other.published else None
    return "\n".join(one for one in (dated, other.target, said) if one)


def elsewhere(page: Page) -> list[Elsewhere]:
    """Return the publications of the same notice in other bulletins, each once; stated ones before those told of."""
    found: dict[str, Elsewhere] = {}
    for one in (*_stated(page), *_told(page)):
        found.setdefault(one.target, one)
    return list(found.values())


def _stated(page: Page) -> Iterator[Elsewhere]:
    for link in page.notice.links:
        if link.relation == "same_notice" and link.target.startswith(BULLETINS):
            held = page.linked.get(link.target)
            yield Elsewhere(held.id, held.published) if held else Elsewhere(link.target)
    for other in page.later:
        if any(link.relation == "same_notice" and link.target == page.notice.id for link in other.links):
            yield Elsewhere(other.id, other.published)


def _told(page: Page) -> Iterator[Elsewhere]:
    """Return the held publications of the same notice; where a later notice names it with this one, which does."""
    for held in page.kin.same:
        both = {page.notice.id, held.id}
        said_by = (one.id for one in page.later if both <= {link.target for link in one.links})
        yield Elsewhere(held.id, held.published, next(said_by, None))


def _since(page: Page) -> list[str]:
    """Return what later notices did to this one, a correction's changes below it: "Rectifié par boamp:20-66279 (…)"."""
    lines: list[str] = []
    for other in page.later:
        for link in other.links:
            if link.target == page.notice.id and link.relation != "same_notice":
                when = f" ({day(other.published, page.lang)})" if other.published else ""
                lines += wrap(f"{word_in('by', link.relation, page.lang)} {other.id}{when}", page.width)
                lines += change_lines(page, other, indent="  ") if link.relation == "changes" else []
    return ["", *lines] if lines else []


def changes(page: Page) -> list[str]:
    """Return what a correction or modification changes: old → new."""
    lines = change_lines(page, page.notice)
    return heading(page.say("changes")) + lines if lines else []


def change_lines(page: Page, notice: Notice, *, indent: str = "") -> list[str]:
    """Return what a correction or modification changes: the place, and below it old → new."""
    lines: list[str] = []
    for one in page.first(notice.changes, _MOST):
        where = " – ".join(word(part, page.lang) for part in (one.place, one.label) if part)
        said = _said(one, page.lang)
        if where and len(said) == 1 and len(where) + len(said[0]) <= _SHORT:
            lines += wrap(f"{where}{COLON[page.lang]} {said[0]}", page.width, indent=indent, hanging="  ")
            continue
        lines += wrap(where, page.width, indent=indent) if where else []
        for text in said:
            lines += wrap(shortened(page, text), page.width, indent=indent + ("  " if where else ""), hanging="  ")
    return lines + [indent + line for line in page.more(len(notice.changes), _MOST)]


def _said(change: Change, lang: Lang) -> list[str]:
    """Return a change's old and new value, on one line where they are short, and its words."""
    old, new = _one_line(change.old), _one_line(change.new)
    colon = COLON[lang]
    if old and new and len(old) + len(new) > _SHORT:
        values = [f"{word('instead', lang)}{colon} {old}", f"{word('read', lang)}{colon} {new}"]
    elif old:
        values = [f"{old} → {new or '–'}"]
    else:
        values = [new] if new else []
    return values + ([change.text] if change.text else [])


def _one_line(text: str | None) -> str:
    """Return a value on one line: "2023-02-28, 17:00"."""
    return ", ".join(line.strip() for line in (text or "").split("\n") if line.strip())

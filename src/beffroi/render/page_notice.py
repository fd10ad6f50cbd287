"""A notice in full on a page, each value with the place where it is written.

In: a `Notice` and its citations. Out: a section of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.notices.suspects import suspect_paths
from beffroi.render.figures import amount_text, day
from beffroi.render.markup import Markup, link, tag
from beffroi.render.page import grid, lines
from beffroi.render.page_citations import SHORT, cites
from beffroi.render.page_lots import lots_table
from beffroi.render.page_words import say
from beffroi.render.words import word, word_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from beffroi.notices import Notice
    from beffroi.notices.document import DocumentInfo
    from beffroi.render.figures import Lang
    from beffroi.render.page_citations import Citations


class Fact(NamedTuple):
    """A row of the essentials: its label, its value, and the paths it comes from."""

    label: str
    value: Markup | str
    paths: Sequence[str]


def notice_section(notice: Notice, citations: Citations, lang: Lang, *, anchor: str) -> Markup:
    """Return everything the page shows of a notice."""
    title = f"{notice.source.upper()} {notice.number} · {notice.title or say('untitled', lang)}"
    return tag(
        "section",
        tag("h2", title),
        _banner(notice, lang),
        tag("h3", say("facts", lang)),
        _facts_table(notice, citations, lang, title),
        lots_table(notice, citations, lang) if notice.lots else None,
        _awards(notice, citations, lang),
        _changes(notice, citations, lang),
        _suspects(notice, lang),
        tag("p", f"{len(notice.unread)} {say('and_unread', lang)}", class_="muted") if notice.unread else None,
        id=anchor,
    )


def _banner(notice: Notice, lang: Lang) -> Markup | None:
    origin = notice.document.origin
    if origin == "official":
        return None
    address = link(notice.url) if origin == "reconstruction" else None
    official = tag("div", tag("a", say("official", lang), href=address, rel="noreferrer")) if address else None
    note = tag("div", say(f"{origin}_note", lang))
    return tag("div", tag("strong", word(origin, lang)), note, official, class_="banner", role="note")


def _facts_table(notice: Notice, citations: Citations, lang: Lang, title: str) -> Markup:
    rows = [
        tag(
            "tr",
            tag("th", fact.label, scope="row"),
            tag("td", fact.value),
            tag("td", cites(citations, fact.paths, lang, notice.language)),
        )
        for fact in facts(notice, lang)
    ]
    heads = [say(key, lang) for key in ("field", "value", "written")]
    return grid(say("facts_caption", lang), heads, rows, label=title)


def facts(notice: Notice, lang: Lang) -> Iterator[Fact]:
    """Return the essentials of a notice, in reading order; what it does not state has no row."""
    spoken = notice.language if notice.language != lang else None
    for i, buyer in enumerate(notice.buyers):
        town = ", ".join(one for one in (buyer.name, buyer.city) if one)
        yield Fact(word("buyer", lang), tag("span", town, lang=spoken), [f"buyers[{i}].name", f"buyers[{i}].city"])
    if notice.kind:
        yield Fact(word("kind", lang), word_in("kind", notice.kind, lang), ["kind"])
    if notice.description:
        yield Fact(word("what", lang), tag("span", notice.description, lang=spoken), ["description"])
    if notice.nature:
        yield Fact(word("nature", lang), word(notice.nature, lang), ["nature"])
    if notice.instrument:
        yield Fact("–", word_in("instrument", notice.instrument, lang), ["instrument"])
    if notice.procedure and notice.procedure.method:
        yield Fact("–", word_in("method", notice.procedure.method, lang), ["procedure.method"])
    for key in ("dispatched", "published"):
        stamp = getattr(notice, key)
        if stamp:
            yield Fact(word(key, lang), day(stamp, lang), [key])
    if notice.deadline:
        due = f"{word('deadline', lang)} {word(notice.deadline_kind, lang)}" if notice.deadline_kind else ""
        yield Fact(due or word("deadline", lang), day(notice.deadline, lang), ["deadline"])
    yield from _amounts(notice, lang)
    for i, one in enumerate(notice.links):
        yield Fact(word_in("relation", one.relation, lang), one.target, [f"links[{i}].target"])


def _amounts(notice: Notice, lang: Lang) -> Iterator[Fact]:
    marked = suspect_paths(notice)
    for i, one in enumerate(notice.amounts):
        warn = tag("div", word("suspect", lang), class_="warn") if f"amounts[{i}]" in marked else None
        paths = [f"amounts[{i}].{name}" for name in ("value", "low", "high", "vat")]
        yield Fact(word(one.kind, lang), Markup(tag("span", amount_text(one, lang)) + (warn or "")), paths)


def _awards(notice: Notice, citations: Citations, lang: Lang) -> Markup | None:
    if not notice.awards:
        return None
    rows = []
    for i, award in enumerate(notice.awards):
        at = f"awards[{i}]"
        names = [f"{one.name or '–'} ({word(one.role, lang)})" for one in award.suppliers]
        amounts = [f"{amount_text(one, lang)} ({word(one.kind, lang)})" for one in award.amounts]
        paths = [f"{at}.suppliers[{j}].name" for j in range(len(award.suppliers))]
        sums = [f"{at}.amounts[{j}].value" for j in range(len(award.amounts))]
        status = [word(award.status, lang), word_in("reason", award.reason.kind, lang) if award.reason else None]
        rows.append(
            tag(
                "tr",
                tag("th", ", ".join(award.lot_ids) or award.id, scope="row"),
                tag("td", lines(status), cites(citations, [f"{at}.status"], lang, notice.language)),
                tag("td", lines(names), cites(citations, paths, lang, notice.language)),
                tag("td", lines(amounts), cites(citations, sums, lang, notice.language), class_="figure"),
            )
        )
    heads = [word("lot", lang), word("awarded", lang), say("suppliers", lang), word("amounts", lang)]
    body = grid(say("awards_caption", lang), heads, rows, label=word("awards", lang))
    return Markup(tag("h3", word("awards", lang)) + body)


def _changes(notice: Notice, citations: Citations, lang: Lang) -> Markup | None:
    if not notice.changes:
        return None
    spoken = notice.language if notice.language != lang else None
    rows = []
    for i, one in enumerate(notice.changes):
        where = [one.place, one.label]
        new = [one.new, one.text]
        old_cite = cites(citations, [f"changes[{i}].old"], lang, notice.language)
        new_cite = cites(citations, [f"changes[{i}].new", f"changes[{i}].text"], lang, notice.language)
        rows.append(
            tag(
                "tr",
                tag("th", lines(where) or "–", scope="row", lang=spoken),
                tag("td", tag("span", one.old or "–", lang=spoken), old_cite),
                tag("td", tag("span", lines(new) or "–", lang=spoken), new_cite),
            )
        )
    heads = [say(key, lang) for key in ("where", "old", "new")]
    body = grid(say("changes_caption", lang), heads, rows, label=word("changes", lang))
    return Markup(tag("h3", word("changes", lang)) + body)


def _suspects(notice: Notice, lang: Lang) -> Markup | None:
    if not notice.suspects:
        return None
    listed = tag("ul", *(tag("li", tag("code", one.path), " · ", tag("span", one.why, lang="en")) for one in notice.suspects))
    return Markup(tag("h3", word("suspects", lang)) + listed)


def documents_section(documents: Sequence[DocumentInfo], lang: Lang) -> Markup:
    """Return the list of the documents cited, with their digests."""
    rows = [
        tag(
            "tr",
            tag("th", one.name, scope="row"),
            tag("td", str(one.bytes), class_="figure"),
            tag("td", tag("code", one.sha256)),
            id=f"doc-{one.sha256[:SHORT]}",
        )
        for one in documents
    ]
    heads = [say(key, lang) for key in ("name", "bytes", "digest")]
    body = grid(say("documents_caption", lang), heads, rows, label=say("documents", lang))
    return tag("footer", tag("h2", say("documents", lang)), body)

"""A notice in full on a page, each value with the place where it is written.

In: a notice being shown. Out: a section of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.render.figures import amount_text
from beffroi.render.markup import Markup, join, link, tag
from beffroi.render.page import figure_head, grid, lines
from beffroi.render.page_citations import SHORT
from beffroi.render.page_facts import facts_table
from beffroi.render.page_lots import lots_table
from beffroi.render.page_words import say
from beffroi.render.parts import body_name, kind_text, name_path
from beffroi.render.procedure import heads, rows
from beffroi.render.rules import why
from beffroi.render.words import word, word_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.notices import Award, Change
    from beffroi.notices.document import DocumentInfo
    from beffroi.render.figures import Lang
    from beffroi.render.page_citations import Shown


def notice_section(shown: Shown, *, anchor: str) -> Markup:
    """Return everything the page shows of a notice."""
    notice = shown.notice
    number = f"{notice.source.upper()} {notice.number} · "
    title = number + (notice.title or kind_text(notice, shown.lang))
    heading = tag("h2", number, shown.words(notice.title) if notice.title else kind_text(notice, shown.lang))
    unread = f"{len(notice.unread)} {say('and_unread', shown.lang)}"
    return tag(
        "section",
        heading,
        _banner(shown),
        facts_table(shown, title),
        lots_table(shown) if notice.lots else None,
        _awards(shown) if notice.awards else None,
        _changes(shown) if notice.changes else None,
        _procedure(shown) if shown.kin.others else None,
        _suspects(shown) if notice.suspects else None,
        tag("p", unread, class_="muted") if notice.unread else None,
        id=anchor,
    )


def _banner(shown: Shown) -> Markup | None:
    origin, lang = shown.notice.document.origin, shown.lang
    if origin == "official":
        return None
    address = link(shown.notice.url) if origin == "reconstruction" else None
    official = tag("div", tag("a", say("official", lang), href=address, rel="noreferrer")) if address else None
    press = say("reconstruction_lots", lang) if origin == "reconstruction" and shown.notice.lots else None
    note = tag("div", join([say(f"{origin}_note", lang), press], " "))
    return tag("div", tag("strong", word(origin, lang)), note, official, class_="banner", role="note")


def _awards(shown: Shown) -> Markup:
    lang = shown.lang
    heads = [word("lot", lang), word("awarded", lang), say("suppliers", lang), figure_head(word("amounts", lang))]
    rows = [_award(shown, i, one) for i, one in enumerate(shown.notice.awards)]
    return join(
        [
            tag("h3", word("awards", lang)),
            grid(say("awards_caption", lang), heads, rows, label=word("awards", lang)),
        ]
    )


def _award(shown: Shown, i: int, award: Award) -> Markup:
    lang, at = shown.lang, f"awards[{i}]"
    status = [word(award.status, lang), word_in("reason", award.reason.kind, lang) if award.reason else None]
    suppliers = [
        join([f"{body_name(one)} ({word(one.role, lang)})", shown.cites(name_path(one, f"{at}.suppliers[{j}]"))])
        for j, one in enumerate(award.suppliers)
    ]
    amounts = [
        join([f"{amount_text(one, lang)} ({word(one.kind, lang)})", shown.cites(f"{at}.amounts[{j}].value")])
        for j, one in enumerate(award.amounts)
    ]
    return tag(
        "tr",
        tag("th", ", ".join(award.lot_ids) or award.id, scope="row"),
        tag("td", lines(status), shown.cites(f"{at}.status")),
        tag("td", lines(suppliers)),
        tag("td", lines(amounts), class_="figure"),
    )


def _changes(shown: Shown) -> Markup:
    heads = [say(key, shown.lang) for key in ("where", "old", "new")]
    rows = [_change(shown, i, one) for i, one in enumerate(shown.notice.changes)]
    label = word("changes", shown.lang)
    return join([tag("h3", label), grid(say("changes_caption", shown.lang), heads, rows, label=label)])


def _change(shown: Shown, i: int, one: Change) -> Markup:
    at = f"changes[{i}]"
    where = [shown.words(text) for text in (one.place, one.label) if text]
    read = [shown.words(text) for text in (one.new, one.text) if text]
    return tag(
        "tr",
        tag("th", lines(where) or "–", scope="row"),
        tag("td", shown.words(one.old) if one.old else "–", shown.cites(f"{at}.old")),
        tag("td", lines(read) or "–", shown.cites(f"{at}.new", f"{at}.text")),
    )


def _procedure(shown: Shown) -> Markup:
    """Return the table of what else was published on the purchase: date, bulletin, notice, kind, relation."""
    label = word("procedure", shown.lang)
    body = [_published(shown, row) for row in rows(shown.kin, shown.notice, shown.lang, shown.kin.others)]
    return join([tag("h3", label), grid(say("procedure_caption", shown.lang), heads(shown.lang), body, label=label)])


def _published(shown: Shown, row: list[str]) -> Markup:
    when, bulletin, name, kind, stands = row
    named = tag("th", shown.named(name), scope="row")
    return tag("tr", tag("td", when), tag("td", bulletin), named, tag("td", kind), tag("td", stands))


def _suspects(shown: Shown) -> Markup:
    lines = [tag("li", tag("code", one.path), " · ", why(one, shown.lang)) for one in shown.notice.suspects]
    return join([tag("h3", word("suspects", shown.lang)), tag("ul", *lines)])


def documents_section(documents: Sequence[DocumentInfo], lang: Lang, acknowledged: Sequence[str] = ()) -> Markup:
    """Return the list of the documents cited, with their digests, and whom their licences ask to be named."""
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
    heads = [say("name", lang), figure_head(say("bytes", lang)), say("digest", lang)]
    body = grid(say("documents_caption", lang), heads, rows, label=say("documents", lang))
    return tag("footer", tag("h2", say("documents", lang)), body, *(tag("p", one) for one in acknowledged))

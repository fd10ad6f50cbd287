"""The essentials of a notice as a table: what, who, when, how much, and where each value is written.

In: a notice being shown. Out: markup. What a notice does not state has no row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.render.figures import amount_text, day
from beffroi.render.markup import Markup, join, tag
from beffroi.render.page import grid
from beffroi.render.page_words import say
from beffroi.render.parts import body_name, name_path
from beffroi.render.words import word, word_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.render.page_citations import Shown


class Fact(NamedTuple):
    """A row: its label, its value, and the paths of the record it shows."""

    label: str
    value: str | None
    paths: tuple[str, ...]


def facts_table(shown: Shown, title: str) -> Markup:
    """Return the essentials under their heading."""
    rows = [
        tag(
            "tr",
            tag("th", fact.label, scope="row"),
            tag("td", fact.value),
            tag("td", shown.cites(*fact.paths)),
        )
        for fact in (*_who(shown), *_amounts(shown), *_when(shown), *_how(shown), *_links(shown))
    ]
    heads = [say(key, shown.lang) for key in ("field", "value", "written")]
    return join([tag("h3", say("facts", shown.lang)), grid(say("facts_caption", shown.lang), heads, rows, label=title)])


def _who(shown: Shown) -> Iterator[Fact]:
    notice, lang = shown.notice, shown.lang
    for i, buyer in enumerate(notice.buyers):
        named, at = ", ".join(one for one in (body_name(buyer), buyer.city) if one), f"buyers[{i}]"
        told = shown.words(named) if buyer.name else named
        yield Fact(word("buyer", lang), told, (name_path(buyer, at), f"{at}.city"))
    if notice.kind:
        yield Fact(word("kind", lang), word_in("kind", notice.kind, lang), ("kind",))


def _how(shown: Shown) -> Iterator[Fact]:
    notice, lang = shown.notice, shown.lang
    if notice.description:
        yield Fact(word("what", lang), shown.words(notice.description), ("description",))
    if notice.nature:
        yield Fact(word("nature", lang), word(notice.nature, lang), ("nature",))
    if notice.instrument:
        yield Fact(say("instrument", lang), word_in("instrument", notice.instrument, lang), ("instrument",))
    if notice.procedure and notice.procedure.method:
        yield Fact(say("method", lang), word_in("method", notice.procedure.method, lang), ("procedure.method",))


def _when(shown: Shown) -> Iterator[Fact]:
    notice, lang = shown.notice, shown.lang
    if notice.dispatched:
        yield Fact(word("dispatched", lang), day(notice.dispatched, lang), ("dispatched",))
    if notice.published:
        yield Fact(f"{word('published', lang)} ({notice.source.upper()})", day(notice.published, lang), ("published",))
    yield from _elsewhere(shown)
    if notice.deadline:
        due = f" {word(notice.deadline_kind, lang)}" if notice.deadline_kind else ""
        yield Fact(word("deadline", lang) + due, day(notice.deadline, lang), ("deadline",))


def _amounts(shown: Shown) -> Iterator[Fact]:
    for i, one in enumerate(shown.notice.amounts):
        at = f"amounts[{i}]"
        value = join([amount_text(one, shown.lang), shown.doubt(at)])
        yield Fact(word(one.kind, shown.lang), value, (f"{at}.value", f"{at}.low", f"{at}.high", f"{at}.vat"))


def _elsewhere(shown: Shown) -> Iterator[Fact]:
    """Return the days of the other publications of the same notice, and who names them."""
    lang = shown.lang
    for one in shown.elsewhere:
        heading = word("journal", lang) if one.target.startswith("ted:") else one.target.partition(":")[0].upper()
        said = f"{word('named_with', lang)} {one.said_by}" if one.said_by else None
        note = tag("small", said, class_="cite") if said else None
        dated = day(one.published, lang) if one.published else None
        yield Fact(heading, join([dated, " · " if dated else None, shown.named(one.target), note]), ())


def _links(shown: Shown) -> Iterator[Fact]:
    lang = shown.lang
    for i, one in enumerate(shown.notice.links):
        relation = word_in("relation", one.relation, lang)
        yield Fact(relation[0].upper() + relation[1:], shown.named(one.target), (f"links[{i}].target",))
    for later in shown.later:
        for link in later.links:
            if link.target == shown.notice.id and link.relation != "same_notice":
                when = f" ({day(later.published, lang)})" if later.published else ""
                yield Fact(word_in("by", link.relation, lang), join([shown.named(later.id), when]), ())

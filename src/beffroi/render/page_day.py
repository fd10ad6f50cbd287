"""The day's bulletin as a table.

In: a day and its notices. Out: a section of a page.

>>> "Aucun avis" in day_section("2020-04-13", [], "fr", links={})
True
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beffroi.notices.suspects import suspect_paths
from beffroi.render.bulletin import main_amount, short_kind
from beffroi.render.figures import amount_text, day
from beffroi.render.markup import Markup, join, tag
from beffroi.render.page import figure_head, grid, lines
from beffroi.render.page_words import WEEKDAYS, say
from beffroi.render.parts import body_name
from beffroi.render.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beffroi.notices import Notice
    from beffroi.render.figures import Lang


def day_section(stamp: str, notices: Sequence[Notice], lang: Lang, *, links: Mapping[str, str]) -> Markup:
    """Return the bulletin of a day; `links` are the places of the notices that the page shows in full."""
    weekday = WEEKDAYS[lang][date.fromisoformat(stamp).weekday()]
    sources = " · ".join(dict.fromkeys(one.source.upper() for one in notices))
    title = f"{say('bulletin', lang)} {weekday} {day(stamp, lang)}" + (f" ({sources})" if sources else "")
    if not notices:
        return tag("section", tag("h2", title), tag("p", say("nothing", lang)))
    what = f"{word('what', lang)}, {word('buyer', lang).lower()}"
    heads = [word("notice", lang), what, word("deadline", lang)]
    rows = [_row(one, lang, links.get(one.id)) for one in notices]
    return tag(
        "section",
        tag("h2", title),
        grid(say("bulletin_caption", lang), [*heads, figure_head(word("amount", lang))], rows, label=title),
        id=day_anchor(stamp),
    )


def day_anchor(stamp: str) -> str:
    """Return the name of a day's place on the page."""
    return f"day-{stamp}"


def _row(notice: Notice, lang: Lang, target: str | None) -> Markup:
    number = tag("a", notice.number, href=target) if target else notice.number
    spoken = notice.language if notice.language != lang else None
    title = tag("span", notice.title, lang=spoken) if notice.title else tag("i", say("untitled", lang))
    return tag(
        "tr",
        tag(
            "th",
            lines([number, tag("small", short_kind(notice, lang), class_="cite"), badge(notice, lang)]),
            scope="row",
        ),
        tag("td", title, *(tag("div", body_name(one), lang=spoken, class_="who") for one in notice.buyers)),
        tag("td", day(notice.deadline, lang) if notice.deadline else "–"),
        tag("td", _amounts(notice, lang), class_="figure"),
        class_="marked" if target else None,
    )


def _amounts(notice: Notice, lang: Lang) -> Markup:
    """Return the amounts stated for the whole notice, each with its kind; else the one that speaks for it."""
    if not notice.amounts:
        main = main_amount(notice, lang)
        return _amount(main.figure, main.kind) if main else Markup("–")
    marked = suspect_paths(notice)
    found = [
        join(
            [
                _amount(amount_text(one, lang), word(one.kind, lang)),
                tag("small", word("suspect", lang), class_="cite warn") if f"amounts[{i}]" in marked else None,
            ]
        )
        for i, one in enumerate(notice.amounts)
    ]
    return lines(found)


def _amount(figure: str, kind: str) -> Markup:
    return join([tag("span", figure, class_="value"), tag("small", kind, class_="cite")])


def badge(notice: Notice, lang: Lang) -> Markup | None:
    """Return the mark of a notice that is not official."""
    origin = notice.document.origin
    return None if origin == "official" else tag("span", word(origin, lang), class_=f"badge {origin}")

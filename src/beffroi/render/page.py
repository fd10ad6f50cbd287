"""A page that stands alone: no script, no third-party host, nothing but its own style.

In: sections of markup. Out: one HTML document.

>>> print(page("Avis", [tag("p", "a < b")], lang="fr", frame=Frame("en.html"))[:27])
<!doctype html>
<html lang=
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.render.markup import Markup, join, tag
from beffroi.render.page_words import say
from beffroi.render.style import POLICY, SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.render.figures import Lang


class Frame(NamedTuple):
    """What stands around the sections: the other language's address, a lead, and the places of the sections."""

    other: str
    lead: str | None = None
    contents: Sequence[tuple[str, str]] = ()


def page(title: str, sections: Sequence[Markup], *, lang: Lang, frame: Frame) -> str:
    """Return the document in a language; `contents` are addresses on the page, each with its words."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Markup(SHEET)),
    )
    elsewhere: Lang = "en" if lang == "fr" else "fr"
    header = tag(
        "header",
        tag("a", say("skip", lang), class_="skip", href="#content"),
        tag("p", tag("a", say("other", lang), href=frame.other, hreflang=elsewhere, lang=elsewhere), class_="other"),
        tag("h1", title),
        tag("p", frame.lead, class_="lead") if frame.lead else None,
        _contents(frame.contents, lang) if frame.contents else None,
    )
    body = tag("body", header, tag("main", *sections, id="content"))
    return f"<!doctype html>\n{tag('html', head, body, lang=lang)}\n"


def _contents(contents: Sequence[tuple[str, str]], lang: Lang) -> Markup:
    entries = (tag("li", tag("a", words, href=address)) for address, words in contents)
    return tag("nav", tag("ul", *entries), aria_label=say("contents", lang))


def grid(
    caption: str, heads: Sequence[Markup | str], rows: Sequence[Markup], *, label: str, class_: str | None = None
) -> Markup:
    """Return a table with its caption and headers, in a region that scrolls on a narrow screen."""
    head = tag("thead", tag("tr", *(one if isinstance(one, Markup) else tag("th", one, scope="col") for one in heads)))
    body = tag("tbody", *rows)
    inner = tag("table", tag("caption", tag("span", caption)), head, body, class_=class_)
    return tag("div", inner, class_="wide", role="region", aria_label=label, tabindex="0")


def figure_head(text: str) -> Markup:
    """Return the header of a column of figures."""
    return tag("th", text, scope="col", class_="figure")


def lines(children: Sequence[Markup | str | None]) -> Markup:
    """Return the children on lines of their own."""
    return join([tag("div", one) for one in children if one])

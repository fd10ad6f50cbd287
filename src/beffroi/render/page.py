"""A page that stands alone: no script, no third-party host, nothing but its own style.

In: sections of markup. Out: one HTML document.

>>> print(page("Avis", [tag("p", "a < b")], lang="fr", other="en.html")[:27])
<!doctype html>
<html lang=
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.render.markup import Markup, join, tag
from beffroi.render.page_words import say
from beffroi.render.style import POLICY, SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.render.figures import Lang


def page(title: str, sections: Sequence[Markup], *, lang: Lang, other: str, lead: str | None = None) -> str:
    """Return the document in a language; `other` is the address of the same page in the other one."""
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
        tag("nav", tag("a", say("other", lang), href=other, hreflang=elsewhere, lang=elsewhere)),
        tag("h1", title),
        tag("p", lead, class_="lead") if lead else None,
    )
    body = tag("body", header, tag("main", *sections, id="content"))
    return f"<!doctype html>\n{tag('html', head, body, lang=lang)}\n"


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

"""The lots of a notice as a table: what, how many, how much, on average, and the running total.

In: a `Notice` and its citations. Out: markup. Calculated figures say so, with their formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.notices.sums import reconcile
from beffroi.notices.suspects import suspect_paths
from beffroi.render.figures import amount_text, money, quantity_text
from beffroi.render.markup import Markup, tag
from beffroi.render.page import figure_head, grid, lines
from beffroi.render.page_citations import cites
from beffroi.render.page_words import say
from beffroi.render.words import word

if TYPE_CHECKING:
    from beffroi.notices import Lot, Notice
    from beffroi.render.figures import Lang
    from beffroi.render.page_citations import Citations


def lots_table(notice: Notice, citations: Citations, lang: Lang) -> Markup:
    """Return the lots under their heading."""
    running = _running(notice, lang)
    rows = [
        tag(
            "tr",
            tag("th", lot.id, scope="row"),
            tag("td", _what(notice, i, citations, lang)),
            tag("td", _quantities(notice, i, citations, lang)),
            tag("td", _amounts(notice, i, citations, lang), class_="figure"),
            tag("td", _averages(lot, lang), class_="figure"),
            tag("td", running.get(lot.id, "–"), class_="figure"),
        )
        for i, lot in enumerate(notice.lots)
    ]
    heads = [word("lot", lang), word("what", lang), word("quantity", lang)]
    figures = [figure_head(word(key, lang)) for key in ("amounts", "unit_amount", "running")]
    body = grid(say("lots_caption", lang), [*heads, *figures], rows, label=word("lots", lang))
    return Markup(tag("h3", word("lots", lang)) + body)


def _what(notice: Notice, i: int, citations: Citations, lang: Lang) -> Markup:
    lot = notice.lots[i]
    spoken = notice.language if notice.language != lang else None
    title = tag("div", lot.title or say("untitled", lang), lang=spoken)
    return Markup(title + cites(citations, [f"lots[{i}].title"], lang, notice.language))


def _quantities(notice: Notice, i: int, citations: Citations, lang: Lang) -> Markup | str:
    lot = notice.lots[i]
    shown = []
    for j, one in enumerate(lot.quantities):
        at = f"lots[{i}].quantities[{j}]"
        quoted = cites(citations, [f"{at}.{name}" for name in ("kind", "value", "low", "high")], lang, notice.language)
        shown.append(Markup(tag("div", quantity_text(one, lang)) + quoted))
    return lines(shown) or "–"


def _amounts(notice: Notice, i: int, citations: Citations, lang: Lang) -> Markup | str:
    marked = suspect_paths(notice)
    shown = []
    for j, one in enumerate(notice.lots[i].amounts):
        at = f"lots[{i}].amounts[{j}]"
        figure = tag("span", amount_text(one, lang), class_="value")
        kind = tag("small", word(one.kind, lang), class_="cite")
        warn = tag("small", word("suspect", lang), class_="cite warn") if at in marked else ""
        quoted = cites(citations, [f"{at}.{name}" for name in ("value", "low", "high", "vat")], lang, notice.language)
        shown.append(Markup(figure + kind + warn + quoted))
    return lines(shown) or "–"


def _averages(lot: Lot, lang: Lang) -> Markup | str:
    return (
        lines(
            [
                Markup(
                    tag("span", money(one.value, one.currency, one.vat, lang), class_="value")
                    + tag("small", f"{say('calculated', lang)} {one.formula}", class_="cite")
                )
                for one in lot.unit_amounts
            ]
        )
        or "–"
    )


def _running(notice: Notice, lang: Lang) -> dict[str, Markup]:
    """Return for each lot the sum of the estimates so far, where lots state them; a sum is a calculation."""
    sums = [one for one in reconcile(notice) if one.of == "lots" and one.kind == "estimate"]
    if len(sums) != 1 or len(sums[0].ids) < 2:  # noqa: PLR2004 - one lot makes no running total
        return {}
    one = sums[0]
    return {
        lot: Markup(
            tag("span", money(total, one.currency, one.vat, lang), class_="value")
            + tag("small", say("calculated", lang).rstrip(" :\u00a0"), class_="cite")
        )
        for lot, total in zip(one.ids, one.running, strict=True)
    }

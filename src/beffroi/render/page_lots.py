"""The lots of a notice as a table: what, how many, how much, on average, and the running total.

In: a notice being shown. Out: markup. Calculated figures say so, with their formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.notices.sums import reconcile
from beffroi.render.figures import amount_text, formula, money, quantity_text
from beffroi.render.markup import Markup, join, tag
from beffroi.render.page import figure_head, grid, lines
from beffroi.render.page_words import say
from beffroi.render.sums import sentence
from beffroi.render.words import word

if TYPE_CHECKING:
    from beffroi.notices import Lot
    from beffroi.render.figures import Lang
    from beffroi.render.page_citations import Shown


_TEXTS = ("lot", "what", "quantity")
_FIGURES = ("amounts", "unit_amount", "running")


def lots_table(shown: Shown) -> Markup:
    """Return the lots under their heading, and what they make together."""
    lang = shown.lang
    heads = [word(key, lang) for key in _TEXTS]
    figures = [figure_head(word(key, lang)) for key in _FIGURES]
    running = _running(shown)
    rows = [_row(shown, i, running.get(lot.id)) for i, lot in enumerate(shown.notice.lots)]
    sums = [tag("p", sentence(one, lang), class_="sums") for one in reconcile(shown.notice) if one.of == "lots"]
    body = grid(say("lots_caption", lang), [*heads, *figures], rows, label=word("lots", lang), class_="stack")
    return join([tag("h3", word("lots", lang)), body, *sums])


def _row(shown: Shown, i: int, running: Markup | None) -> Markup:
    lot = shown.notice.lots[i]
    quantity, *figures = (word(key, shown.lang) for key in ("quantity", *_FIGURES))
    values = (_amounts(shown, i, lot), _averages(lot, shown.lang), running or "–")
    return tag(
        "tr",
        tag("th", lot.id, scope="row", role="rowheader", data_label=word("lot", shown.lang)),
        tag("td", tag("div", shown.words(lot.title)), shown.cites(f"lots[{i}].title"), role="cell"),
        tag("td", _quantities(shown, i, lot), role="cell", data_label=quantity),
        *(
            tag("td", one, class_="figure", role="cell", data_label=head)
            for head, one in zip(figures, values, strict=True)
        ),
        role="row",  # on a narrow screen a row is a block, which a browser may no longer take for a row
    )


def _quantities(shown: Shown, i: int, lot: Lot) -> Markup | str:
    found = []
    for j, one in enumerate(lot.quantities):
        at = f"lots[{i}].quantities[{j}]"
        quoted = shown.cites(f"{at}.kind", f"{at}.value", f"{at}.low", f"{at}.high")
        found.append(join([tag("div", quantity_text(one, shown.lang)), quoted]))
    return lines(found) or "–"


def _amounts(shown: Shown, i: int, lot: Lot) -> Markup | str:
    found = []
    for j, one in enumerate(lot.amounts):
        at = f"lots[{i}].amounts[{j}]"
        figure = tag("span", amount_text(one, shown.lang), class_="value")
        kind = tag("small", word(one.kind, shown.lang), class_="cite")
        quoted = shown.cites(f"{at}.value", f"{at}.low", f"{at}.high", f"{at}.vat")
        found.append(join([figure, kind, shown.doubt(at), quoted]))
    return lines(found) or "–"


def _averages(lot: Lot, lang: Lang) -> Markup | str:
    found = [
        join(
            [
                tag("span", money(one.value, one.currency, one.vat, lang), class_="value"),
                tag("small", f"{say('calculated', lang)} {formula(one.formula, lang)}", class_="cite"),
            ]
        )
        for one in lot.unit_amounts
    ]
    return lines(found) or "–"


def _running(shown: Shown) -> dict[str, Markup]:
    """Return for each lot the sum of the estimates so far, where lots state them; a sum is a calculation."""
    sums = [one for one in reconcile(shown.notice) if one.of == "lots" and one.kind == "estimate"]
    if len(sums) != 1 or len(sums[0].ids) < 2:  # noqa: PLR2004 - one lot makes no running total
        return {}
    said = sums[0]
    note = tag("small", say("sum", shown.lang), class_="cite")
    return {
        lot: join([tag("span", money(total, said.currency, said.vat, shown.lang), class_="value"), note])
        for lot, total in zip(said.ids, said.running, strict=True)
    }

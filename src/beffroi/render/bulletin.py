"""One day of a bulletin: a line a notice.

In: the notices of a day. Out: a table: number, kind, buyer, title, main amount with its kind and VAT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.notices.sums import reconcile
from beffroi.notices.suspects import suspect_paths
from beffroi.render.clean import cleaned
from beffroi.render.figures import amount_text, day, money
from beffroi.render.layout import table
from beffroi.render.parts import banner, body_name, kind_text
from beffroi.render.words import word, word_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.notices import Amount, Notice
    from beffroi.render.figures import Lang

_ORDER = ("award", "framework_max", "estimate", "amended", "reestimated", "concession_value")
_CALL_ORDER = ("estimate", "framework_max", "concession_value")


def day_page(notices: Iterable[Notice], lang: Lang, width: int, *, title: str | None = None) -> str:
    """Return the notices of a day as a table; every notice that is not official says so on its line."""
    shown = [cleaned(one) for one in notices]
    what = f"{word('what', lang)}, {word('buyer', lang).lower()}"
    heads = [word("notice", lang), word("kind", lang), what, word("amount", lang)]
    days = sorted({one.published for one in shown if one.published})
    dated = " – ".join(day(one, lang) for one in dict.fromkeys((days[0], days[-1]))) if days else ""
    count = f"{len(shown)} avis" if lang == "fr" else f"{len(shown)} notice{'' if len(shown) == 1 else 's'}"
    lines = [" · ".join(one for one in (title, dated, count) if one), ""]
    if shown:
        named = title is not None and len({one.source for one in shown}) == 1
        lines += table(heads, [_row(one, lang, named=named) for one in shown], width=width)
    return "\n".join(lines) + "\n"


def _row(notice: Notice, lang: Lang, *, named: bool) -> list[str]:
    """Return a notice's cells, two lines each; `named`: the heading names the bulletin, the number is enough."""
    warning = banner(notice, lang)
    number = notice.number if named else notice.id
    buyer = body_name(notice.buyers[0]) if notice.buyers else "–"
    if len(notice.buyers) > 1:
        buyer += f" (+{len(notice.buyers) - 1})"
    amount = main_amount(notice, lang)
    return [
        f"{number}\n{warning.strip('* ').lower()}" if warning else number,
        short_kind(notice, lang),
        f"{notice.title or word('no_title', lang)}\n{buyer}",
        "\n".join(amount) if amount else "–",
    ]


def short_kind(notice: Notice, lang: Lang) -> str:
    """Return a notice's kind in the words a list has room for."""
    return kind_text(notice, lang) if notice.kind is None else word_in("short", notice.kind, lang)


class MainAmount(NamedTuple):
    """The amount that speaks for a notice: the figure with its VAT, and its kind in words."""

    figure: str
    kind: str


def main_amount(notice: Notice, lang: Lang) -> MainAmount | None:
    """Return the amount that speaks for a notice, with its kind and VAT: its own, else its one lot's, else a sum."""
    left_out = suspect_paths(notice)
    own = [one for i, one in enumerate(notice.amounts) if f"amounts[{i}]" not in left_out]
    if not own and len(notice.lots) == 1:
        own = [one for i, one in enumerate(notice.lots[0].amounts) if f"lots[0].amounts[{i}]" not in left_out]
    chosen = _chosen(notice, own)
    if chosen is not None:
        return MainAmount(amount_text(chosen, lang), word(chosen.kind, lang).lower())
    for said in reconcile(notice):
        if said.kind in _ORDER and not said.silent and not said.left_out:
            of = "sum_of_lots" if said.of == "lots" else "sum_of_awards"
            figure = money(said.sum, said.currency, said.vat, lang)
            return MainAmount(figure, f"{word(said.kind, lang).lower()}, {word(of, lang)}")
    return None


def _chosen(notice: Notice, amounts: list[Amount]) -> Amount | None:
    order = _ORDER if notice.kind in ("result", "contract", "modification", "completion") else _CALL_ORDER
    ranked = [one for kind in order for one in amounts if one.kind == kind]
    return ranked[0] if ranked else None

"""One day of a bulletin: a line a notice.

In: the notices of a day. Out: a table: number, kind, buyer, title, main amount with its kind and VAT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.notices.sums import reconcile
from beffroi.notices.suspects import suspect_paths
from beffroi.render.clean import cleaned
from beffroi.render.figures import amount_text, day, money
from beffroi.render.layout import table
from beffroi.render.parts import banner, kind_text
from beffroi.render.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.notices import Amount, Notice
    from beffroi.render.figures import Lang

_ORDER = ("award", "framework_max", "estimate", "amended", "reestimated", "concession_value")
_CALL_ORDER = ("estimate", "framework_max", "concession_value")


def day_page(notices: Iterable[Notice], lang: Lang, width: int, *, title: str | None = None) -> str:
    """Return the notices of a day as a table; every notice that is not official says so on its line."""
    shown = [cleaned(one) for one in notices]
    heads = [word(one, lang) for one in ("notice", "kind", "buyer", "what", "amount")]
    days = sorted({one.published for one in shown if one.published})
    dated = " – ".join(day(one, lang) for one in dict.fromkeys((days[0], days[-1]))) if days else ""
    count = f"{len(shown)} avis" if lang == "fr" else f"{len(shown)} notice{'' if len(shown) == 1 else 's'}"
    lines = [" · ".join(one for one in (title, dated, count) if one), ""]
    if shown:
        lines += table(heads, [_row(one, lang) for one in shown], width=width)
    return "\n".join(lines) + "\n"


def _row(notice: Notice, lang: Lang) -> list[str]:
    warning = banner(notice, lang)
    name = f"{notice.id}\n{warning.strip('* ').lower()}" if warning else notice.id
    buyer = (notice.buyers[0].name or "–") if notice.buyers else "–"
    if len(notice.buyers) > 1:
        buyer += f" (+{len(notice.buyers) - 1})"
    return [name, kind_text(notice, lang), buyer, notice.title or "–", main_amount(notice, lang) or "–"]


def main_amount(notice: Notice, lang: Lang) -> str | None:
    """Return the amount that speaks for a notice, with its kind and VAT: its own, else its one lot's, else a sum."""
    left_out = suspect_paths(notice)
    own = [one for i, one in enumerate(notice.amounts) if f"amounts[{i}]" not in left_out]
    if not own and len(notice.lots) == 1:
        own = [one for i, one in enumerate(notice.lots[0].amounts) if f"lots[0].amounts[{i}]" not in left_out]
    chosen = _chosen(notice, own)
    if chosen is not None:
        return f"{amount_text(chosen, lang)} ({word(chosen.kind, lang).lower()})"
    for said in reconcile(notice):
        if said.kind in _ORDER and not said.silent and not said.left_out:
            of = "sum_of_lots" if said.of == "lots" else "awards"
            figure = money(said.sum, said.currency, said.vat, lang)
            return f"{figure} ({word(said.kind, lang).lower()}, {word(of, lang).lower()})"
    return None


def _chosen(notice: Notice, amounts: list[Amount]) -> Amount | None:
    order = _ORDER if notice.kind in ("result", "contract", "modification", "completion") else _CALL_ORDER
    ranked = [one for kind in order for one in amounts if one.kind == kind]
    return ranked[0] if ranked else None

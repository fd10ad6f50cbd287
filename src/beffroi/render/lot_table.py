"""The lots of a notice as a table for a terminal, and what lots and awards sum to.

In: a page. Out: lines. A kind that all lots share (estimate, estimated quantity) heads its column; else each cell says
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.notices.sums import reconcile
from beffroi.render.figures import counted, day, formula, money, number, quantity_text
from beffroi.render.layout import heading, table, wrap
from beffroi.render.sums import sentence
from beffroi.render.words import COLON, word, word_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.notices import Duration, Lot
    from beffroi.notices.sums import Reconciliation
    from beffroi.render.figures import Lang
    from beffroi.render.parts import Page

_MOST = 30
"""Lots shown unless the whole page is asked for."""


class Shared(NamedTuple):
    """The one kind of all amounts, and of all quantities, of the lots; None where they differ or there is none."""

    amount: str | None
    quantity: str | None


def lots(page: Page) -> list[str]:
    """Return the lots and the parts as tables, with quantities, amounts, averages and durations."""
    lines: list[str] = []
    for code, every in (("lots", page.notice.lots), ("parts", page.notice.parts)):
        if every:
            lines += _section(page, code, every)
    if any(lot.unit_amounts for lot in page.notice.lots):
        lines += ["", *wrap(page.say("unit_note"), page.width)]
    return lines


def _section(page: Page, code: str, every: Sequence[Lot]) -> list[str]:
    shared = Shared(
        _only([one.kind for lot in every for one in lot.amounts]),
        _only([one.kind for lot in every for one in lot.quantities if one.kind != "unknown"])
        if all(one.kind != "unknown" for lot in every for one in lot.quantities)
        else None,
    )
    rows = [_row(page, f"{code}[{i}].", lot, shared) for i, lot in enumerate(page.first(every, _MOST))]
    if len(rows) == 1 and not any(rows[0][1:]):
        return ["", *page.field(code, f"1 ({every[0].id})")]
    lines = [*heading(f"{page.say(code)} ({len(every)})"), *table(_heads(page, shared), rows, width=page.width)]
    return [*lines, *page.more(len(every), _MOST)]


def _only(kinds: Sequence[str]) -> str | None:
    return kinds[0] if len(set(kinds)) == 1 else None


def _heads(page: Page, shared: Shared) -> list[str]:
    quantity = f"quantities.{shared.quantity}" if shared.quantity else "quantity"
    return [page.say(one) for one in ("lot", "what", quantity, shared.amount or "amounts", "unit_amount", "duration")]


def _row(page: Page, path: str, lot: Lot, shared: Shared) -> list[str]:
    lang = page.lang
    quantities = [counted(one, lang) if shared.quantity else quantity_text(one, lang) for one in lot.quantities]
    return [
        lot.id,
        lot.title if lot.title and lot.title != page.notice.title else "",
        "\n".join(quantities),
        "\n".join(page.amounts(path, lot.amounts, named=shared.amount is None)),
        "\n".join(_averages(page, lot, shared)),
        _duration(page, lot),
    ]


def _averages(page: Page, lot: Lot, shared: Shared) -> list[str]:
    lang = page.lang
    return [
        f"{money(one.value, one.currency, one.vat, lang)}\n("
        + ("" if one.of == shared.amount else f"{word(one.of, lang)}{COLON[lang]} ")
        + f"{formula(one.formula, lang)})"
        for one in lot.unit_amounts
    ]


def _duration(page: Page, lot: Lot) -> str:
    said = [_length(lot.duration, page.lang)] if lot.duration else []
    if lot.max_duration:
        said.append(f"{_length(lot.max_duration, page.lang)} {page.say('at_most')}")
    if lot.starts or lot.ends:
        said.append(" – ".join(day(one, page.lang) if one else "…" for one in (lot.starts, lot.ends)))
    return "\n".join(said)


def _length(duration: Duration, lang: Lang) -> str:
    several = "s" if duration.value > 1 and not (lang == "fr" and duration.unit == "month") else ""
    return f"{number(duration.value, lang)} {word_in('unit', duration.unit, lang)}{several}"


def sums(page: Page) -> list[str]:
    """Return what lots and awards sum to, and how that stands to the stated totals."""
    said = [sentence(one, page.lang) for one in reconcile(page.notice) if _worth_saying(one)]
    lines = heading(page.say("sums")) if said else []
    for text in said:
        lines += wrap(text, page.width)
    return lines


def _worth_saying(said: Reconciliation) -> bool:
    return len(said.ids) > 1 or said.outcome not in ("equal", "no_total")

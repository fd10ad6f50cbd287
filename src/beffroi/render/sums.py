"""Sums said in one sentence: what lots make together, and how that stands to the stated total.

In: a `Reconciliation`. Out: a sentence.

>>> from beffroi.notices.sums import Reconciliation
>>> print(sentence(Reconciliation(of="lots", kind="estimate", currency="EUR", vat="excluded", outcome="equal",
...     sum="9", total="9", ids=("1", "2", "3"), running=("2", "5", "9")), "en"))
Lots (Estimate): lots 1 and 2 make €5 excl. VAT, all 3 make €9 excl. VAT, equal to the stated total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.render.figures import money
from beffroi.render.words import word

if TYPE_CHECKING:
    from beffroi.notices.sums import Reconciliation
    from beffroi.render.figures import Lang

_FR = {
    "equal": "total égal à celui de l'avis",
    "no_total": "l'avis n'indique pas de total",
    "rounding": "l'avis indique {total}, à l'arrondi près",
    "repeated_ceiling": "le même plafond, {total}, figure sur chacun et sur l'avis : il ne s'additionne pas",
    "above": "soit {difference} de plus que le total de l'avis, {total}",
    "below": "soit {difference} de moins que le total de l'avis, {total}",
    "explained": "seuls {ids} font ce total",
    "not_searched": "toutes les combinaisons n'ont pas été essayées",
    "silent": "sans valeur indiquée : {ids}",
    "left_out": "{count} valeur(s) à vérifier laissée(s) de côté",
    "once": "le plafond répété par plusieurs titulaires d'un même lot est compté une fois ({count} fois répété)",
    "so_far": "{first} à {last} font {sum}",
    "first_two": "{first} et {last} font {sum}",
    "all": "les {count} font {sum}",
    "one": "{ids} : {sum}",
}
_EN = {
    "equal": "equal to the stated total",
    "no_total": "the notice states no total",
    "rounding": "the notice states {total}, which is the same, rounded",
    "repeated_ceiling": "the same ceiling, {total}, stands on each and on the notice: it does not add up",
    "above": "which is {difference} more than the stated total, {total}",
    "below": "which is {difference} less than the stated total, {total}",
    "explained": "only {ids} make that total",
    "not_searched": "not every combination was tried",
    "silent": "without a stated value: {ids}",
    "left_out": "{count} value(s) to verify left out",
    "once": "a ceiling that several holders of one lot repeat is counted once ({count} repetitions)",
    "so_far": "{first} to {last} make {sum}",
    "first_two": "{first} and {last} make {sum}",
    "all": "all {count} make {sum}",
    "one": "{ids}: {sum}",
}
_FEW = 9
"""Up to this many values, what all but the last make is said too."""


def sentence(said: Reconciliation, lang: Lang) -> str:
    """Return a reconciliation as one sentence."""
    phrases = _FR if lang == "fr" else _EN
    parts = [*_made(said, lang), *_compared(said, lang)]
    if said.explained_by:
        parts.append(phrases["explained"].format(ids=ids_text(said.explained_by, lang)))
    if not said.searched:
        parts.append(phrases["not_searched"])
    if said.once:
        parts.append(phrases["once"].format(count=len(said.once)))
    if said.silent:
        parts.append(phrases["silent"].format(ids=ids_text(said.silent, lang)))
    if said.left_out:
        parts.append(phrases["left_out"].format(count=len(said.left_out)))
    colon = " : " if lang == "fr" else ": "
    return f"{word(said.of, lang)} ({word(said.kind, lang)}){colon}{', '.join(parts)}."


def _made(said: Reconciliation, lang: Lang) -> list[str]:
    phrases = _FR if lang == "fr" else _EN
    whole = money(said.sum, said.currency, said.vat, lang)
    if len(said.ids) == 1:
        return [phrases["one"].format(ids=said.ids[0], sum=whole)]
    made = [phrases["all"].format(count=len(said.ids), sum=whole)]
    if 2 < len(said.ids) <= _FEW and said.outcome != "repeated_ceiling":  # noqa: PLR2004 - two have no "first ones"
        before = money(said.running[-2], said.currency, said.vat, lang)
        named = word("lots", lang).lower() if said.of == "lots" else word("awards", lang).lower()
        phrase = phrases["so_far" if len(said.ids) > 3 else "first_two"]  # noqa: PLR2004 - the last one apart
        made.insert(0, f"{named} " + phrase.format(first=said.ids[0], last=said.ids[-2], sum=before))
    return made


def _compared(said: Reconciliation, lang: Lang) -> list[str]:
    phrases = _FR if lang == "fr" else _EN
    total = "" if said.total is None else money(said.total, said.currency, said.vat, lang)
    difference = money((said.difference or "0").lstrip("-"), said.currency, said.vat, lang)
    return [phrases[said.outcome].format(total=total, difference=difference)]


def ids_text(ids: tuple[str, ...], lang: Lang) -> str:
    """Return lot ids as a list; runs of whole numbers are drawn together ("1 to 4, 7")."""
    to = "à" if lang == "fr" else "to"
    runs: list[list[str]] = []
    for one in ids:
        if runs and one.isdigit() and runs[-1][-1].isdigit() and int(one) == int(runs[-1][-1]) + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    long = 3
    return ", ".join(f"{run[0]} {to} {run[-1]}" if len(run) >= long else ", ".join(run) for run in runs)

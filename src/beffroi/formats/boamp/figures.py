"""Sums of money in French prose: read where their grouping leaves one reading, else not.

In: a sentence of an award ("pour un montant de 301 250,40 € HT"). Out: the sums, their VAT basis and their place.

A dot or a comma before exactly three digits groups thousands or marks decimals: it is certain when another group or a
second separator shows which (`1.234,56`), else it is not (`175.000` is 175 or 175 thousand).

>>> [(one.value, one.vat) for one in sums("Montant : 301 250,40 euros HT, soit 1.234,56 € TTC et 1,2 M€")]
[('301250.4', 'excluded'), ('1234.56', 'included'), ('1200000', None)]
>>> [(one.value, one.words) for one in sums("175.000 € et 284 782.86 euro(s)")]
[(None, '175.000'), ('284782.86', '284 782.86')]
>>> [(one.value, one.vat) for one in sums("12 000,- € HT")]
[('12000', 'excluded')]
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from beffroi.notices import decimal_text

SPACE = r"[ \u00a0\u202f\u2009]"
NUMBER = (
    rf"(?:\d{{1,3}}(?:{SPACE}{{1,2}}\d{{3}})+(?:[.,]\d{{1,2}})?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d{{1,2}})?|\d+(?:[.,]\d+)?)"
    rf"(?![.,]?\d|e[+-]?\d|{SPACE}+\d{{3}}(?!\d))(?:,[-–]{{1,2}})?"
)
UNIT = r"(?:€|(?:euros?(?:\(s\))?|eur)(?![^\W\d_]))"
VAT = (
    rf"(?:(?P<ht>h\.?{SPACE}?t\.?v\.?a\.?|h\.?{SPACE}?t\.?|hors{SPACE}(?:taxes?|tva))"
    rf"|(?P<ttc>t\.?{SPACE}?t\.?{SPACE}?c\.?|toutes{SPACE}taxes{SPACE}comprises))(?!\w)"
)
_SUM = re.compile(
    rf"(?<![\w.,/])(?P<number>{NUMBER}){SPACE}*(?:(?P<scale>[kKM])?(?P<unit>{UNIT}))?(?:{SPACE}*\(?{VAT}\)?)?",
    re.IGNORECASE,
)
_VAT = re.compile(rf"(?<!\w){VAT}", re.IGNORECASE)
_COUNTED = re.compile(r"(?:\blots?|n°|\bnum[ée]ro|\btranches?|\barticles?)\s*$", re.IGNORECASE)
_SCALES = {"k": 1000, "m": 1_000_000}


class Sum(NamedTuple):
    """A sum of money in a text: the place of its number and of the whole, its value when it has one reading."""

    start: int
    end: int
    words: str
    value: str | None
    currency: str | None
    vat: Literal["excluded", "included"] | None
    whole_end: int


def sums(text: str, *, bare: bool = False, start: int = 0) -> list[Sum]:
    """Return the sums a text states with a unit or a VAT basis; with `bare`, numbers alone as well."""
    found = _SUM.finditer(text, start)
    return [_sum(text, one) for one in found if bare or one["unit"] or one["ht"] or one["ttc"]]


def _sum(text: str, found: re.Match[str]) -> Sum:
    words = found["number"]
    vat: Literal["excluded", "included"] | None = "excluded" if found["ht"] else "included" if found["ttc"] else None
    return Sum(
        found.start("number"),
        found.end("number"),
        words,
        _value(words, found["scale"], text[max(0, found.start() - 12) : found.start()]),
        "EUR" if found["unit"] else None,
        vat,
        found.end(),
    )


def _value(words: str, scale: str | None, before: str) -> str | None:
    """Return the value of a written number, or None where two readings remain."""
    if scale is None and re.fullmatch(r"\d{1,3}[.,]\d{3}", words):
        return None
    if before[-1:] in ("-", "−") and not before[-2:-1].isalnum():
        return None  # a sum below zero, or a dash that touches it
    if _COUNTED.search(before) and re.search(SPACE, words):
        return None  # "Lot 1 187 900 €": where does the lot's number end?
    value = decimal_text(words.rstrip(",-–"))
    if value is None or scale is None:
        return value
    return decimal_text(f"{Decimal(value) * _SCALES[scale.lower()]:f}")


def vat_in(text: str) -> Literal["excluded", "included"] | None:
    """Return the VAT basis a text names, or None where it names none or both.

    >>> vat_in("Montant HT :"), vat_in("HT et TTC")
    ('excluded', None)
    """
    named = {"excluded" if found["ht"] else "included" for found in _VAT.finditer(text)}
    if named == {"excluded"}:
        return "excluded"
    return "included" if named == {"included"} else None

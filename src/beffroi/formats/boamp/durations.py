"""The longest term a contract can reach, said in words: read only where one reading remains.

In: a sentence on renewals. Out: the duration and the place of its words.

>>> longest("Reconduction annuelle tacite, durée totale maximale de quatre ans.")
Longest(value=4, unit='year', start=55, end=65)
>>> longest("Renouvelable 3 fois 12 mois, soit 48 mois maximum").value
48
>>> longest("durée maximale de 2 ans par lot, durée totale maximale de 4 ans") is None
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from beffroi.notices.amount import Unit

NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "dix-huit": 18, "vingt": 20, "vingt-quatre": 24, "trente-six": 36,
    "quarante-huit": 48, "soixante": 60,
}  # fmt: skip
UNITS: dict[str, Unit] = {
    "an": "year", "ans": "year", "année": "year", "années": "year", "mois": "month", "semaine": "week",
    "semaines": "week", "jour": "day", "jours": "day",
}  # fmt: skip
_SPAN = (
    rf"(?P<length>(?P<number>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?:\s*\(\s*\d{{1,3}}\s*\))?"
    rf"\s+(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))}))\b"
)
_BEFORE = re.compile(
    r"dur[ée]e\s+(?:(?:totale|globale)\s+)?(?:maximale|maximum|maxi)(?:\s+\w+){0,6}?(?:\s*,[^,;.]{0,60},)?"
    r"\s*(?::|de|est\s+de|à|est\s+fix[ée]e\s+à|ne\s+(?:peut|pourra)\s+exc[ée]der)\s*" + _SPAN,
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:soit|totale?\s+de|sans\s+(?:pouvoir\s+)?exc[ée]der)\s+(?:une\s+dur[ée]e\s+(?:totale\s+)?de\s+)?"
    + _SPAN
    + r"\s+(?:au\s+)?(?:maximum|maxi|plus)\b",
    re.IGNORECASE,
)


class Longest(NamedTuple):
    """The longest term: its value, its unit, and the place of the words that say it."""

    value: int
    unit: Unit
    start: int
    end: int


def longest(text: str) -> Longest | None:
    """Return the maximum duration a text states, or None where it states none or several that differ."""
    found = [_longest(one) for pattern in (_BEFORE, _AFTER) for one in pattern.finditer(text)]
    return found[0] if len({one[:2] for one in found}) == 1 else None


def _longest(found: re.Match[str]) -> Longest:
    word = found["number"].lower()
    value = NUMBERS[word] if word in NUMBERS else int(word)
    return Longest(value, UNITS[found["unit"].lower()], found.start("length"), found.end("length"))

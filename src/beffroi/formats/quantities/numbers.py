"""Numbers of a text, and the name of what they count.

In: a text, and its folded form of the same length. Out: `Stated` numbers with their offsets.

>>> fold("Quantité")
'quantite'
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from beffroi.formats.quantities.words import LANGUAGES, NOT_COUNTED, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

Slice = tuple[int, int]


class Stated(NamedTuple):
    """One number of things bought; the slices are offsets in the text it was read from."""

    value: int
    at: Slice
    kind: str = "unknown"
    kind_at: Slice | None = None
    unit: str | None = None
    unit_at: Slice | None = None
    noun: str | None = None
    noun_at: Slice | None = None

    @property
    def end(self) -> int:
        """Where the phrase ends."""
        return max(span[1] for span in (self.at, self.unit_at, self.noun_at) if span)


_ACCENTS = str.maketrans("àâäáãåçéèêëîïíìñôöóòõûüúùÿ’\u00a0\u202f\u2009\t", "aaaaaaceeeeiiiinooooouuuuy'    ")
NUMBER = r"(?P<number>[1-9]\d{0,2}(?:(?P<gap>[ .,'\u00a0\u202f\u2009])\d{3})(?:(?P=gap)\d{3})*|[1-9]\d{0,6})"
NOT_AFTER = r"(?![\w%°€$£§]|[.,:/-]\d|[-/]\w| ?[x×*] ?\d|[ \u00a0]?(?:[aà]|bis|to|-|–|/|hasta|und|et|or|ou)[ \u00a0]\d)"
NUMBERS = re.compile(NUMBER.replace("[1-9]", r"[1-9](?<![^\s'’(°º.][1-9])") + r"(?=\)?\s)" + NOT_AFTER)
WORD = re.compile(r" ?([^\W\d_][\w-]*\.?)(?!')")
_NEAR = 70
_LONGEST = 5
"""How many words of a thing's name are kept."""


def fold(text: str) -> str:
    """Return the text in lower case without accents, of the same length, or "" when no such form exists."""
    folded = text.lower().translate(_ACCENTS)
    return folded if len(folded) == len(text) else ""


def any_of(phrases: Iterable[str]) -> str:
    """Return a regular expression for any of the phrases, the longest first."""
    return "(?:" + "|".join(sorted(phrases, key=len, reverse=True)) + ")"


@cache
def kinds_of(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return how a language qualifies a quantity: a pattern, and the kind of each phrase."""
    kinds = LANGUAGES[language].kinds
    return re.compile(rf"(?<!\w){any_of(map(re.escape, kinds))}(?!\w)"), kinds


def value_of(match: re.Match[str]) -> int:
    """Return the whole number a match writes, its grouping removed."""
    return int(re.sub(r"\D", "", match["number"]))


@cache
def _periods(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(LANGUAGES[language].yearly)}(?!\w)")


def per_period(folded: str, start: int, language: str) -> bool:
    """Return whether a period is named near a number ("300 par an"): then it is not the quantity of the lot."""
    return _periods(language).search(folded, start, start + _NEAR) is not None


def named(folded: str, text: str, stated: Stated, language: str | None) -> Stated | None:
    """Return the number with the name of what it counts, or None where it counts time, money, people, places."""
    stops = LANGUAGES[language].stops if language else tuple(s for w in LANGUAGES.values() for s in w.stops)
    kinds = LANGUAGES[language].kinds if language else {}
    at = stated.at[1] + (folded.startswith(")", stated.at[1]))
    start, end, words = at, at, 0
    while words < _LONGEST and (match := WORD.match(folded, end)):
        word = match[1].rstrip(".")
        if words == 0 and word in ("x", "×"):
            start = end = match.end()
            continue
        if words == 0 and word in UNITS and stated.unit is None:
            stated = stated._replace(unit=text[match.start(1) : match.end(1)], unit_at=match.span(1))
            end = match.end()
            start = end
            continue
        if word in stops or word in kinds:
            break
        if word in NOT_COUNTED or word.partition("-")[0] in NOT_COUNTED:
            return None
        start = match.start(1) if words == 0 else start
        end, words = match.end(1) - match[1].endswith("."), words + 1
        if match[1].endswith("."):
            break
    if not words:
        return stated
    return stated._replace(noun=" ".join(text[start:end].split()), noun_at=(start, end))

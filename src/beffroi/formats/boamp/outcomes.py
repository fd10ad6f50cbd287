"""Words that say nothing was awarded: a lot without suitable tenders, or one the buyer gave up.

In: a phrase of an award notice, or what stands in the place of a name. Out: why nothing was awarded.

>>> outcome("Lot déclaré sans suite"), outcome("INFRUCTUEUX"), outcome("SARL Sans Souci")
('abandoned', 'unsuccessful', None)
>>> outcome("Infructueux - aucune offre"), outcome("Sans Suite Conseil")
('unsuccessful', None)
>>> in_words("Aucun lot n'a été déclaré infructueux") is None
True
>>> in_words("Lot 3 : Ventilation - déclaré sans suite").words
'déclaré sans suite'
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Why = Literal["unsuccessful", "abandoned", "other"]

_WORDS = (
    r"(?:(?:est|a\s+[ée]t[ée]|ont\s+[ée]t[ée])\s+)?(?:(?:d[ée]clar[ée]e?s?|class[ée]e?s?|rendue?s?)\s+)?"
    r"(?:(?P<unsuccessful>(?:totalement\s+)?infructueu(?:x|ses?)\b"
    r"|(?:aucune|absence\s+d['’]|pas\s+d['’])\s*offres?\b(?:\s+(?:n['’]a\s+[ée]t[ée]\s+)?(?:re[çc]ue|remise|d[ée]pos[ée]e))?)"
    r"|(?P<abandoned>sans\s+suite\b)|(?P<other>non\s+attribu[ée]e?s?\b|pas\s+d['’]attribution\b))"
)
_SEARCH = re.compile(rf"(?<![\w]){_WORDS}", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:n['’]|ne\b|aucun(?:e|s|es)?\s+(?:lot|march|proc))[^.;\n]*$", re.IGNORECASE)
_WHOLE = re.compile(
    rf"\W*(?:(?:le\s+|ce\s+|la\s+)?(?:lots?|march[ée]|consultation|proc[ée]dure)\s*(?:n°\s*)?\d{{0,3}}\s*)?{_WORDS}"
    r"(?:\W*|\s*[-–—(:,;/].*|\s+(?:pour|car|suite|faute|en|par|au|selon|conform[ée]ment|absence)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


class Outcome(NamedTuple):
    """Why nothing was awarded, and the words that say so."""

    why: Why
    start: int
    end: int
    words: str


def outcome(text: str) -> Why | None:
    """Return why nothing was awarded when a text in the place of a name says just that, and perhaps why."""
    found = _WHOLE.fullmatch(text)
    return _why(found) if found else None


def in_words(text: str) -> Outcome | None:
    """Return the first words of a sentence that say nothing was awarded; words that deny it say nothing."""
    for found in _SEARCH.finditer(text):
        if not _DENIED.search(text[max(0, found.start() - 60) : found.start()]):
            return Outcome(_why(found), found.start(), found.end(), found[0])
    return None


def _why(found: re.Match[str]) -> Why:
    return "unsuccessful" if found["unsuccessful"] else "abandoned" if found["abandoned"] else "other"

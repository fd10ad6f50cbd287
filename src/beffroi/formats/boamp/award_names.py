"""What the name of a firm looks like in a free text, and what stands beside one without being one.

In: a passage's words. Out: the place of a name, or None; whether words are an address, a public body, a firm.

>>> text = "- « BATIR SARL » ,"
>>> text[slice(*(trimmed(text, 0, len(text)) or (0, 0)))], trimmed("Le montant est de 5 euros", 0, 25)
('BATIR SARL', None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.outcomes import in_words

if TYPE_CHECKING:
    from beffroi.formats.boamp.award_passages import Place

LOT_NUMBER = re.compile(r"\blots?\s*(?:n\s*[°ºo]\s*)?\d", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{2}")
_SENTENCE = re.compile(
    r"(?i:\b(?:montants?|march[ée]s?|accord-cadre|offres?|dur[ée]e|notifi|attribu|euros?|prix|h\.?t\b|ttc|date|nombre|lots?)\b)"
    r"|\b(?:dont|sont|est|ont|a|été|sera|sur|selon|voir|dans)\b|\b(?:notifi|attribu)[ée]"
)
"""Words of a sentence, that the name of a firm does not hold."""
PUBLIC = re.compile(
    r"(?:le\s+|la\s+)?(?:tribunal|greffe|cour\b|mairie|commune\b|ville\s+de|pr[ée]fecture|h[ôo]tel\s+de|minist[èe]re|comit[ée]\b"
    r"|conseil\b|communaut[ée]|m[ée]tropole|direction|services?\b|d[ée]partement|r[ée]gion|syndicat|profil|adresse|instance|courriel)",
    re.IGNORECASE,
)
"""How public bodies and contact lines begin, which a text names beside the holders."""
ADDRESS = re.compile(
    r"\d|(?:rue|avenue|av\.?|bd|boulevard|route|chemin|place|za[cei]?|zi|bp|cs|all[ée]e|impasse|parc|quai|cours|immeuble|b[âa]t)\b",
    re.IGNORECASE,
)
LEGAL_FORM = re.compile(r"\b(?:SARL|SASU?|EURL|SA|SCOP|SNC|SELARL|ETS|GMBH|ENTREPRISES?|GROUPE)\b")


def trimmed(text: str, start: int, end: int) -> Place | None:
    """Return the place of a name without the signs around it, or None where it is no name."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip(" \t-–—:,«\"'"))
    kept = words.strip(" \t-–—:,«»\"'.")
    if not 2 <= len(kept) <= 100 or not LETTERS.search(kept) or in_words(kept) or _SENTENCE.search(kept):  # noqa: PLR2004 - the length of names
        return None
    return start + lead, start + lead + len(kept)

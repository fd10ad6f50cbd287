"""Quantities a label announces: "Quantité estimative pour la durée totale : 565", "Menge: 40 Stück".

In: a folded text and the text. Out: `Stated` numbers, with the kind the label's words give them.

>>> text = "quantity (minimum): 10 / maximum: 40"
>>> [(one.value, one.kind) for one in labelled(text, text)]
[(10, 'minimum'), (40, 'maximum')]
"""

from __future__ import annotations

import re
from functools import cache

from beffroi.formats.quantities.numbers import (
    NOT_AFTER,
    NUMBER,
    Slice,
    Stated,
    any_of,
    kinds_of,
    named,
    per_period,
    value_of,
)
from beffroi.formats.quantities.words import LANGUAGES, NOT_LABELLED


@cache
def _labels() -> re.Pattern[str]:
    """Return a label and its number: "Quantité estimative … : 565", in any of the languages."""
    labels = any_of(label for words in LANGUAGES.values() for label in words.labels)
    near = r"(?:ca\.|circa|environ|approx\.|about|n\.|n[°º])"
    return re.compile(rf"\b(?P<label>{labels})(?P<words>\b[^.;:=\n\d]{{0,90}})[:=]\s*{near}?\s*{NUMBER}{NOT_AFTER}")


@cache
def _next_label() -> re.Pattern[str]:
    """Return how a second bound follows a labelled one: " / maximale : 40"."""
    kinds = any_of(re.escape(kind) for words in LANGUAGES.values() for kind in words.kinds)
    return re.compile(rf"\s*[/,;–-]?\s*(?:(?:et|and|und|y|e)\s+)?(?P<kind>{kinds})\s*[:=]?\s*{NUMBER}{NOT_AFTER}")


def labelled(folded: str, text: str) -> list[Stated]:
    """Return the numbers a label announces, with the kind its words give them."""
    found: list[Stated] = []
    for match in _labels().finditer(folded):
        if not NOT_LABELLED.isdisjoint(re.findall(r"\w+", match["words"])) or _any_period(folded, match):
            continue
        stated = named(folded, text, Stated(value_of(match), match.span("number")), None)
        if stated is None:
            continue
        kind = _label_kind(folded, match)
        if kind is None:
            continue
        stated = stated._replace(kind=kind[0], kind_at=kind[1])
        found.append(stated)
        if following := _next_label().match(folded, stated.end):
            second = Stated(
                value_of(following), following.span("number"), _kind_of(following["kind"]), following.span("kind")
            )
            found.append(named(folded, text, second, None) or second)
    return found


def _kind_of(phrase: str) -> str:
    return next(words.kinds[phrase] for words in LANGUAGES.values() if phrase in words.kinds)


def _any_period(folded: str, match: re.Match[str]) -> bool:
    return any(
        per_period(folded, match.start(), language) or per_period(folded, match.end(), language)
        for language in LANGUAGES
    )


def _label_kind(folded: str, match: re.Match[str]) -> tuple[str, Slice | None] | None:
    """Return the kind a label's words state and where, or None where they state two."""
    implied = next(
        kind
        for words in LANGUAGES.values()
        for label, kind in words.labels.items()
        if re.fullmatch(label, match["label"])
    )
    spans = {
        found.span(): kinds[found[0]]
        for pattern, kinds in map(kinds_of, LANGUAGES)
        for found in pattern.finditer(folded, match.start("words"), match.start("number"))
    }
    if len(set(spans.values())) > 1:
        return None
    if not spans:
        return implied, match.span("label") if implied != "unknown" else None
    return next(iter(spans.values())), next(iter(spans))

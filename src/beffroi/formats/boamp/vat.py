"""Whether amounts are with or without tax, where the words beside them say it: the legacy form has no element for it.

In: the text of an object or a lot, and its amounts. Out: `vat` of those that state none.

Only a sentence that speaks of a value and names one tax basis says it; one that holds another sum speaks of that sum.

>>> basis("Drones. Valeur estimée hors TVA.", "1800000"), basis("Le ticket coûte 5 euros TTC.", "1800000")
((8, 31), None)
>>> basis("Montant estimé : 85 000 euros HT", "85000"), basis("Montant estimé : 85 000 euros HT", "90000")
((0, 32), None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.figures import sums, vat_in
from beffroi.formats.cursor import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_SENTENCE = re.compile(r"[^\s.;](?:[^.;\n]|\.(?=\S))*")
_OF_VALUE = re.compile(r"\b(?:valeurs?|montants?|estimations?|estimée?s?)\b", re.IGNORECASE)


def settle_vat(cursor: Cursor, amounts: Sequence[Draft], element: Element | None) -> None:
    """Set the tax basis that the words of an element give to amounts whose own element names none."""
    text = element.text if element is not None else None
    if element is None or not text or vat_in(text) is None:
        return
    for one in amounts:
        place = basis(text, one.get("value")) if one.get("vat") == "unknown" else None
        if place is not None:
            one["vat"] = vat_in(text[place[0] : place[1]])
            cursor.cite(one, "vat", Span(element, *place), rule="the words beside the amount say it")


def basis(text: str, value: str | None) -> tuple[int, int] | None:
    """Return the place of the first sentence that says the tax basis of an amount, or None."""
    for found in _SENTENCE.finditer(text):
        words = found[0].rstrip()
        if vat_in(words) is None or not _OF_VALUE.search(words):
            continue
        if all(one.value == value for one in sums(words)):
            return found.start(), found.start() + len(words)
    return None

"""Whether amounts are with or without tax: by the words beside them, else by the rubric they fill in the form.

In: the text of an object or a lot, the amounts of a notice. Out: their `vat`.

The European standard forms of 2014 (directives 23, 24, 25) head or label every rubric of a value "hors TVA"
(regulation (EU) 2015/1986); the forms before them ask which it is, and the BOAMP keeps no element for the answer.
Words win over the rubric: only a sentence that speaks of a value and names one tax basis says it; one that holds
another sum speaks of that sum.

>>> basis("Drones. Valeur estimée hors TVA.", "1800000"), basis("Le ticket coûte 5 euros TTC.", "1800000")
((8, 31), None)
>>> basis("Montant estimé : 85 000 euros HT", "85000"), basis("Montant estimé : 85 000 euros HT", "90000")
((0, 32), None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.figures import sums, vat_in
from beffroi.formats.cursor import Span, Tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beffroi.formats.boamp.frame import Sheet
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_SENTENCE = re.compile(r"[^\s.;](?:[^.;\n]|\.(?=\S))*")
_OF_VALUE = re.compile(r"\b(?:valeurs?|montants?|estimations?|estimée?s?)\b", re.IGNORECASE)

WITHOUT_VAT: Mapping[tuple[str, str], str] = {
    ("CARACTERISTIQUES", "VALEUR"): "II.1.5",
    ("CARACTERISTIQUES", "VALEUR_TOTALE"): "II.1.5",
    ("CARACTERISTIQUES", "VALEUR_MIN"): "II.1.5",
    ("CARACTERISTIQUES", "VALEUR_MAX"): "II.1.5",
    ("LOT", "VALEUR"): "II.2.6",
    ("LOT", "VALEUR_MIN"): "II.2.6",
    ("LOT", "VALEUR_MAX"): "II.2.6",
    ("ATTRIBUTION", "VALEUR_TOTALE"): "II.1.7",
    ("ATTRIBUTION", "OFFRE_BASSE"): "II.1.7",
    ("ATTRIBUTION", "OFFRE_ELEVEE"): "II.1.7",
    ("RENSEIGNEMENT", "ESTIMATION_INITIALE"): "V.2.4",
    ("RENSEIGNEMENT", "MONTANT"): "V.2.4",
    ("RENSEIGNEMENT", "MONTANT_MINI"): "V.2.4",
    ("RENSEIGNEMENT", "MONTANT_MAXI"): "V.2.4",
    ("RENSEIGNEMENT", "OFFRE_BASSE"): "V.2.4",
    ("RENSEIGNEMENT", "OFFRE_ELEVEE"): "V.2.4",
    ("RENSEIGNEMENT", "REDEVANCE_VALEUR"): "V.2.4",
    ("RENSEIGNEMENT", "AVANTAGE_VALEUR"): "V.2.4",
    ("SOUSTRAITANCE_OUI", "VALEUR"): "V.2.5",
    ("RENSEIGNEMENT", "PRIX_ACHAT_OPPORTUNITE"): "V.2.6",
    ("RENSEIGNEMENT", "COUT_OPPORTUNITE"): "V.2.6",
    ("RENSEIGNEMENT", "CONCOURS_PRIME"): "V.3.4",
    ("MODIF", "VALEUR"): "VII.1.6",
    ("MODIF", "VALEUR_AVT"): "VII.2.3",
    ("MODIF", "VALEUR_APR"): "VII.2.3",
}
"""The rubric of the forms of 2014 in which an element stands, by the section around it and its own name."""


def settle_by_form(cursor: Cursor, sheet: Sheet) -> None:
    """Settle the VAT of amounts no words speak of: excluded where a rubric of 2014 says so, else unknown."""
    for one, element in sheet.amounts:
        if "vat" in one:
            continue
        parent = element.getparent()
        rubric = WITHOUT_VAT.get((parent.tag, element.tag)) if sheet.of_2014 and parent is not None else None
        one["vat"] = "excluded" if rubric else "unknown"
        if rubric:
            cursor.cite(one, "vat", Tag(element), rule=f"rubric {rubric} of the form states values excluding VAT")


def settle_vat(cursor: Cursor, sheet: Sheet, amounts: Sequence[Draft], element: Element | None) -> None:
    """Set the tax basis that the words of an element give to amounts whose own element names none.

    Against a form of 2014, whose rubric says "hors TVA", only words with the same sum in them count.
    """
    text = element.text if element is not None else None
    if element is None or not text or vat_in(text) is None:
        return
    for one in amounts:
        place = basis(text, one.get("value")) if "vat" not in one else None
        if place is not None and (not sheet.of_2014 or sums(text[place[0] : place[1]])):
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

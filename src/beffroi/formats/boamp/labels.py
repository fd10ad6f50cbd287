"""Rubrics a person can follow: where on the printed notice a value stands.

In: a place of a record. Out: "Rubrique II.2.6, lot 1" for the European forms of 2014 (directives 23, 24, 25), whose
numbering is certain; the field's number in eForms; else the names of its sections in words.

>>> from beffroi.formats.nodes import parse_xml
>>> root = parse_xml(b"<ANNONCE><DONNEES><OBJET><LOT><NUM>2</NUM><VALEUR/></LOT></OBJET></DONNEES></ANNONCE>")
>>> label(root[0][0][0][1])
'Objet du marché, lot 2, valeur'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats import eforms
from beffroi.formats.boamp.kinds import avis_of, child, of_2014
from beffroi.formats.nodes import local_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element

RUBRICS: Mapping[tuple[str, ...], str] = {
    ("IDENTITE",): "I.1",
    ("TYPE_POUVOIR_ADJUDICATEUR",): "I.4",
    ("ACTIVITE_PRINCIPALE",): "I.5",
    ("OBJET", "TITRE_MARCHE"): "II.1.1",
    ("OBJET", "REF_MARCHE"): "II.1.1",
    ("OBJET", "CPV"): "II.1.2",
    ("OBJET", "TYPE_MARCHE"): "II.1.3",
    ("OBJET", "OBJET_COMPLET"): "II.1.4",
    ("OBJET", "CARACTERISTIQUES", "VALEUR"): "II.1.5",
    ("OBJET", "DIV_EN_LOTS"): "II.1.6",
    ("LOT", "INTITULE"): "II.2.1",
    ("LOT", "NUM"): "II.2.1",
    ("LOT", "CPV"): "II.2.2",
    ("LOT", "CODE_NUTS"): "II.2.3",
    ("LOT", "LIEU_PRINCIPAL"): "II.2.3",
    ("LOT", "DESCRIPTION"): "II.2.4",
    ("LOT", "CRITERES_ATTRIBUTION"): "II.2.5",
    ("LOT", "VALEUR"): "II.2.6",
    ("LOT", "DUREE_MOIS"): "II.2.7",
    ("LOT", "DUREE_JOURS"): "II.2.7",
    ("LOT", "DATE_DEBUT"): "II.2.7",
    ("LOT", "DATE_FIN"): "II.2.7",
    ("LOT", "RENOUVELLEMENT_OUI"): "II.2.7",
    ("LOT", "RENOUVELLEMENT_NON"): "II.2.7",
    ("LOT", "RENOUVELLEMENT_DESCRIPTION"): "II.2.7",
    ("LOT", "NB_CANDIDATS"): "II.2.9",
    ("LOT", "VARIANTES_OUI"): "II.2.10",
    ("LOT", "VARIANTES_NON"): "II.2.10",
    ("LOT", "OPTIONS_OUI"): "II.2.11",
    ("LOT", "OPTIONS_NON"): "II.2.11",
    ("LOT", "OPTIONS_DESCRIPTION"): "II.2.11",
    ("LOT", "FONDS_COMMUNAUTAIRES_OUI"): "II.2.13",
    ("LOT", "FONDS_COMMUNAUTAIRES_NON"): "II.2.13",
    ("LOT", "FONDS_COMMUNAUTAIRES_DESCRIPTION"): "II.2.13",
    ("LOT", "INFO_COMPL"): "II.2.14",
    ("PROCEDURE", "TYPE_PROCEDURE"): "IV.1.1",
    ("PROCEDURE", "ACCORD_CADRE"): "IV.1.3",
    ("PROCEDURE", "AVIS_IMPLIQUE"): "IV.1.3",
    ("PROCEDURE", "AMP_OUI"): "IV.1.8",
    ("PROCEDURE", "AMP_NON"): "IV.1.8",
    ("PUBLICATION_ANTERIEURE",): "IV.2.1",
    ("CONDITION_DELAI", "RECEPT_OFFRES"): "IV.2.2",
    ("CONDITION_DELAI", "RECEPT_CANDIDAT"): "IV.2.2",
    ("CONDITION_DELAI", "VALIDITE_OFFRE"): "IV.2.6",
    ("ATTRIBUTION", "VALEUR_TOTALE"): "II.1.7",
    ("DECISION",): "V",
    ("DECISION", "RENSEIGNEMENT", "DATE_ATTRIBUTION"): "V.2.1",
    ("DECISION", "RENSEIGNEMENT", "NB_OFFRE_RECU"): "V.2.2",
    ("DECISION", "TITULAIRE"): "V.2.3",
    ("DECISION", "RENSEIGNEMENT", "MONTANT"): "V.2.4",
    ("DECISION", "RENSEIGNEMENT", "ESTIMATION_INITIALE"): "V.2.4",
    ("RENSEIGNEMENTS_COMPLEMENTAIRES", "RENS_COMPLEMENT"): "VI.3",
    ("RENSEIGNEMENTS_COMPLEMENTAIRES", "PROCEDURES_RECOURS_PRECISIONS"): "VI.4.3",
    ("MODIF", "DESCRIPTION"): "VII.1.4",
    ("MODIF", "VALEUR"): "VII.1.6",
    ("MODIF", "TITULAIRE"): "VII.1.7",
    ("MODIF", "DESC_MODIF"): "VII.2.1",
    ("MODIF", "BESOIN_TVX"): "VII.2.2",
    ("MODIF", "MODIF_RNEC"): "VII.2.2",
    ("MODIF", "VALEUR_AVT"): "VII.2.3",
    ("MODIF", "VALEUR_APR"): "VII.2.3",
}
"""Numbers of the 2014 forms by the last sections of a path; the longest that matches is the rubric."""

LONGEST = max(len(key) for key in RUBRICS)
_WORDS: Mapping[str, str] = {
    "OBJET": "objet du marché",
    "LOT": "lot",
    "IDENTITE": "identité de l'acheteur",
    "organisme": "identité de l'acheteur",
    "CONDITION_DELAI": "délais",
    "RECEPT_OFFRES": "date limite de réception des offres",
    "RECEPT_CANDIDAT": "date limite de réception des candidatures",
    "dateReceptionOffres": "date limite de réception des offres",
    "DECISION": "décision",
    "RECTIF": "rectificatif",
    "natureMarche": "objet du marché",
    "attributionMarche": "attribution du marché",
    "infosRectif": "rectification",
    "datelimitereponse": "date limite de réponse",
    "nomacheteur": "nom de l'acheteur",
    "dateparution": "date de parution",
}
_CAPITAL = re.compile(r"(?<=[a-zé])(?=[A-Z])")
_OUTER = frozenset(
    {
        "DONNEES",
        "donnees",
        "FNSimple",
        "MAPA",
        "DSP",
        "DIVERS",
        "initial",
        "record",
        "ANNONCE",
        "Annonce",
        "ann",
        "LOTS",
    }
)
"""Envelopes no printed notice shows."""


def label(place: Place) -> str:
    """Return the rubric a place stands in."""
    element: Element = place[0] if isinstance(place, tuple) else place
    steps = _steps(element)
    if any(one.tag == "EFORMS" for one in steps[:-1]):
        return eforms.label(place)
    names = [local_name(one.tag) for one in steps]
    lot = next((_number(one) for one in reversed(steps) if local_name(one.tag) in ("LOT", "lot", "DECISION")), None)
    number = _rubric(names)
    if number and _numbered(steps[0]):
        return f"Rubrique {number}, lot {lot}" if lot else f"Rubrique {number}"
    words = [_word(one, lot) for one in steps[1:] if local_name(one.tag) not in _OUTER]
    said = ", ".join(words) or local_name(element.tag)
    return said[0].upper() + said[1:]


def _steps(element: Element) -> list[Element]:
    """Return the elements from the root to one."""
    steps = [element]
    while (parent := steps[-1].getparent()) is not None:
        steps.append(parent)
    return steps[::-1]


def _numbered(root: Element) -> bool:
    gestion = child(root, "gestion")
    avis = avis_of(gestion if gestion is not None else child(root, "GESTION"), {one.tag: one for one in root})
    return of_2014(avis)


def _rubric(names: list[str]) -> str | None:
    """Return the rubric of the longest run of names that has one, the innermost first."""
    for length in range(LONGEST, 0, -1):
        for end in range(len(names), length - 1, -1):
            found = RUBRICS.get(tuple(names[end - length : end]))
            if found:
                return found
    return None


def _number(element: Element) -> str | None:
    """Return the number a lot or a decision states."""
    named = next((one for one in element if one.tag in ("NUM", "NUM_LOT", "numLot")), None)
    return (named.text or "").strip() or None if named is not None else None


def _word(element: Element, lot: str | None) -> str:
    name = local_name(element.tag)
    said = _WORDS.get(name) or _CAPITAL.sub(" ", name.replace("_", " ")).lower()
    return f"{said} {lot}" if name in ("LOT", "lot") and lot else said

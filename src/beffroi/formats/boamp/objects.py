"""OBJET and its LOTS in the legacy form (section II): what is bought, in which parts, for how long, at what estimate.

In: one OBJET, or several in prior information. Out: the frames of the objects and their lots, which `lots` settles.

DUREE_DELAI, options, renewals and criteria of an object hold for each of its lots.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.amounts import amount, bound
from beffroi.formats.boamp.frame import Frame, flag, into, keep, keep_text, of_notice, put, sub, used, within
from beffroi.formats.boamp.places import place, site
from beffroi.formats.boamp.terms import (
    cpv,
    criterion,
    day,
    duration,
    nature,
    part,
    price,
    read_quantity,
    renewal_text,
    words,
)
from beffroi.formats.cursor import walk
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

CPV: Mapping[str, Handler] = {"PRINCIPAL": cpv, "SUPPLEMENTAIRE": cpv}


def number(field: str) -> Handler:
    """Return a handler that reads a whole number into a field, or keeps what is none as a passage."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = frame.text(cursor, element)
        value = decimal_text(text) if text else None
        if value is None or not value.isdecimal() or field in frame.draft:
            keep_text(cursor, element, frame)
            return
        frame.draft[field] = int(value)
        cursor.cite(frame.draft, field, element)

    return read


def _framework_flag(operators: str) -> Handler:
    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        flag("operators", operators)(cursor, element, frame)

    return read


def framework(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read ACCORD_CADRE: the notice sets up a framework agreement, its operators, its term, its estimate."""
    if any(one.tag == "NON" for one in element):
        cursor.used(element)
        return
    notice = frame.sheet.notice
    notice["instrument"] = "framework"
    cursor.cite(notice, "instrument", element, rule="the element ACCORD_CADRE states it")
    terms: Draft = frame.draft.get("framework") or {}
    cursor.anchor(terms, element)
    for one in element:
        if one.tag in _FRAMEWORK_TERMS:
            _FRAMEWORK_TERMS[one.tag](cursor, one, frame.inside(terms))
        elif one.tag in _FRAMEWORK_VALUES:
            _FRAMEWORK_VALUES[one.tag](cursor, one, frame)
        else:
            keep(cursor, one, frame)
    if terms:
        frame.draft["framework"] = terms


_FRAMEWORK_TERMS: Mapping[str, Handler] = {
    "PLUSIEURS_OPERATEURS": _framework_flag("several"),
    "UN_SEUL_OPERATEUR": _framework_flag("single"),
    "NB_MAX_PARTICIPANTS": number("max_participants"),
    "SUP_QUATRE_ANS_JUSTIFICATION": put("justification"),
    "SUP_HUIT_ANS_JUSTIFICATION": put("justification"),
}
_FRAMEWORK_VALUES: Mapping[str, Handler] = {
    "DUREE_AN": duration("year"),
    "DUREE_MOIS": duration("month"),
    "VALEUR": amount("estimate", "notice"),
    "VALEUR_MIN": bound("low", "notice"),
    "VALEUR_MAX": bound("high", "notice"),
}
_IMPLIED = {"ACCORD_CADRE": "framework", "ACCORD_CADRE_OUI": "framework", "SAD": "dps", "SAD_OUI": "dps"}


def implied(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read AVIS_IMPLIQUE: the notice sets up a framework agreement or a dynamic purchasing system."""
    notice = frame.sheet.notice
    for one in element:
        keep(cursor, one, frame)
        if one.tag in _IMPLIED:
            notice.setdefault("instrument", _IMPLIED[one.tag])
            cursor.cite(notice, "instrument", one, rule=f"the element {one.tag} states it")


def procedure(handler: Handler) -> Handler:
    """Return a handler applied to the notice's procedure, wherever in the form its element stands."""
    return of_notice(within("procedure", handler))


def divided(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read DIV_EN_LOTS: an object divided into lots the form does not describe is not one lot."""
    keep(cursor, element, frame)
    if any(one.tag == "OUI" for one in element):
        frame.elements["divided"] = element


_RECONDUCTIONS: Mapping[str, Handler] = {
    "OUI": flag("allowed", True),
    "NON": flag("allowed", False),
    "NB_RECONDUCTIONS_MAX": number("maximum"),
    "NB_RECONDUCTIONS": number("maximum"),
    "NB_RECONDUCTIONS_MIN": keep,
    "CALENDRIER": keep,
    "DUREE_MOIS": keep,
    "DUREE_JOURS": keep,
    "DESCRIPTION": put("text"),
}
_OPTIONS: Mapping[str, Handler] = {
    "OUI": flag("allowed", True),
    "NON": flag("allowed", False),
    "DESCRIPTION": put("text"),
    "DUREE_MOIS": keep,
    "DUREE_JOURS": keep,
}
_CHARACTERISTICS: Mapping[str, Handler] = {
    "PRINCIPALES": keep,
    "QUANTITE": read_quantity,
    "VALEUR_TOTALE": amount("estimate", "notice"),
    "VALEUR": amount("estimate", "notice"),
    "VALEUR_MIN": bound("low", "notice"),
    "VALEUR_MAX": bound("high", "notice"),
    "TITRE": keep,
    "TABLE": keep,
    "OPTIONS": sub("options", _OPTIONS),
    "RECONDUCTIONS": sub("renewals", _RECONDUCTIONS),
}
TERMS: Mapping[str, Handler] = {
    "DUREE_MOIS": duration("month"),
    "DUREE_JOURS": duration("day"),
    "DATE_DEBUT": day("starts"),
    "DATE_FIN": day("ends"),
    "DATE_EXECUTION": keep,
    "DATE_LIVRAISON": keep,
}
CRITERIA: Mapping[str, Handler] = {
    "CRITERES_CCTP": keep,
    "CRITERES_PRIX": price,
    "CRITERES_PRIORITES": into({"CRITERE": criterion}),
    "CRITERES_PONDERES": into({"CRITERE": criterion}),
    "CRITERES_QUALITE": into({"CRITERE": criterion}),
    "CRITERES_COUT": into({"CRITERE": criterion}),
    "CRITERES_LIBRE": keep,
}
_LOT_NUMBER = re.compile(r"(?:lots?\s*)?(?:n\s*[°ºo]\s*)?(\d{1,3}[A-Za-z]?)", re.IGNORECASE)


def bare_number(text: str) -> str:
    """Return the number of a lot without the words before it.

    >>> bare_number("Lot n° 2a"), bare_number("Nord")
    ('2a', 'Nord')
    """
    found = _LOT_NUMBER.fullmatch(text)
    return found[1] if found else text


def _number_of_lot(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = frame.text(cursor, element)
    if text and "id" not in frame.draft:
        frame.draft["id"] = bare_number(text)
        frame.elements["id"] = element
        cursor.cite(frame.draft, "id", element)


_LOT: Mapping[str, Handler] = {
    **TERMS,
    "NUM": _number_of_lot,
    "INTITULE": put("title"),
    "DESCRIPTION": put("description"),
    "CPV": into(CPV),
    "CODE_NUTS": place,
    "LIEU_PRINCIPAL": place,
    "CRITERES_ATTRIBUTION": into(CRITERIA),
    "QUANTITE": read_quantity,
    "VALEUR": amount("estimate", "lot"),
    "VALEUR_MIN": bound("low", "lot"),
    "VALEUR_MAX": bound("high", "lot"),
    "DUREE_SYSTEME_QUALIFICATION": into({**TERMS, "DUREE_INDETERMINEE": keep}),
    "SUP_QUATRE_ANS_JUSTIFICATION": within("framework", put("justification")),
    "SUP_HUIT_ANS_JUSTIFICATION": within("framework", put("justification")),
    "DATE_LANCEMENT": keep,
    "RENOUVELLEMENT_OUI": part("renewals", "allowed", True),
    "RENOUVELLEMENT_NON": part("renewals", "allowed", False),
    "RENOUVELLEMENT_DESCRIPTION": renewal_text,
    "NB_CANDIDATS": keep,
    "VARIANTES_OUI": used,
    "VARIANTES_NON": used,
    "OPTIONS_OUI": part("options", "allowed", True),
    "OPTIONS_NON": part("options", "allowed", False),
    "OPTIONS_DESCRIPTION": words("options"),
    "CATALOGUE_ELECTRONIQUE_OUI": used,
    "CATALOGUE_ELECTRONIQUE_NON": used,
    "FONDS_COMMUNAUTAIRES_OUI": flag("eu_funds", True),
    "FONDS_COMMUNAUTAIRES_NON": flag("eu_funds", False),
    "FONDS_COMMUNAUTAIRES_DESCRIPTION": keep,
    "INFO_COMPL": keep,
}


def lot(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one LOT; without a number of its own its id is its rank."""
    draft: Draft = {}
    cursor.anchor(draft, element)
    stated = next((one for one in element if one.tag == "NUM" and one.text and one.text.strip()), None)
    name = bare_number(cursor.value(stated)) if stated is not None else str(len(frame.parts) + 1)
    inner = frame.inside(draft, name)
    walk(cursor, element, _LOT, inner)
    draft.setdefault("id", name)
    frame.parts.append(inner)


OBJECT: Mapping[str, Handler] = {
    "TITRE_MARCHE": put("title"),
    "REF_MARCHE": procedure(put("reference")),
    "TYPE_MARCHE": nature,
    "OBJET_COMPLET": put("description"),
    "CPV": into(CPV),
    "LIEU_EXEC_LIVR": site,
    "DELEGATION": keep,
    "AMP_OUI": procedure(flag("gpa", True)),
    "AMP_NON": procedure(flag("gpa", False)),
    "AVIS_CORRESPOND": keep,
    "AVIS_IMPLIQUE": implied,
    "ACCORD_CADRE": framework,
    "VARIANTES_OUI": used,
    "VARIANTES_NON": used,
    "CARACTERISTIQUES": into(_CHARACTERISTICS),
    "DUREE_DELAI": into(TERMS),
    "DIV_EN_LOTS": divided,
    "NB_LOT_OFFRE_MAX": procedure(number("max_lots_tendered")),
    "NB_LOT_ATTRIB_MAX": procedure(number("max_lots_awarded")),
    "LOTS_RESERVE_POUVOIR_ADJUDICATEUR": keep,
    "DATE_LANCEMENT": keep,
    "TRANCHE_OUI": keep,
    "TRANCHE_NON": keep,
    "LOTS": into({"LOT": lot}),
    "INFO_COMPL": keep,
}


def read_object(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one OBJET into a frame of its own."""
    draft: Draft = {}
    cursor.anchor(draft, element)
    inner = frame.inside(draft)
    frame.sheet.objects.append(inner)
    walk(cursor, element, OBJECT, inner)

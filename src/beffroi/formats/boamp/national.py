"""The national forms FNSimple, MAPA, DSP and DIVERS: one vocabulary, four ways to nest it.

In: the element of the shape. Out: the record. Texts without a field of their own stay as clauses.

>>> METHOD["procedureAdapteeO"], METHOD["procedureOuverte"]
('oth-single', 'open')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.amounts import new_amount, read_value
from beffroi.formats.boamp.award_text import read_award_text
from beffroi.formats.boamp.correction_text import read_correction
from beffroi.formats.boamp.frame import (
    PERSONAL,
    STREET,
    Frame,
    add,
    into,
    keep,
    keep_text,
    of_notice,
    put,
    spelled,
    used,
    web,
)
from beffroi.formats.boamp.links import first_notice
from beffroi.formats.boamp.national_awards import AWARDS
from beffroi.formats.boamp.objects import place, procedure
from beffroi.formats.boamp.organizations import country, identifier, nuts, organization
from beffroi.formats.boamp.procedures import deadline, set_method
from beffroi.formats.boamp.terms import cpv, day, duration, kind_of, nature, read_quantity
from beffroi.formats.cursor import Span, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

METHOD: Mapping[str, str] = {
    "procedureOuverte": "open",
    "procedureRestreinte": "restricted",
    "procedureNegociee": "neg-w-call",
    "procedureAvecNegociation": "neg-w-call",
    "procedureAdaptee": "oth-single",
    "procedureAdapteeO": "oth-single",
    "procedureAdapteeR": "oth-single",
    "dialogueCompetitif": "comp-dial",
    "partenariatInnovation": "innovation",
}
"""BT-105 by the flag of the form; an adapted procedure (open or restricted) has no nearer code than `oth-single`."""
_LOT = re.compile(
    r"\s*(?:lots?\s*)?(?:n[°o]?\s*)?(?P<id>\d{1,3}[A-Za-z]?)\s*(?:[:\-–—]|\.(?=\s))\s*(?P<title>\S.*?)\s*",
    re.IGNORECASE | re.DOTALL,
)

_ADDRESS: Mapping[str, Handler] = {
    "voie": STREET,
    "adresse": STREET,
    "cp": put("postcode"),
    "ville": put("city"),
    "pays": country,
    "codeNUTS": nuts,
}
BUYER: Mapping[str, Handler] = {
    **_ADDRESS,
    "nomOfficiel": put("name"),
    "acheteurPublic": put("name"),
    "denomination": put("name"),
    "typeIdentificationNational": used,
    "codeIdentificationNational": identifier,
    "adr": into(_ADDRESS, keep),
    "coord": PERSONAL,
    "correspondantPRM": PERSONAL,
    "correspondant": PERSONAL,
    "urlProfilAcheteur": web,
    "urlProfilAch": web,
    "url": web,
    "groupementCommandes": keep,
    "grpCommandes": keep,
    "typePouvoirAdjudicateur": keep,
    "activitePrincipale": keep,
}


def _buyer(cursor: Cursor, element: Element, frame: Frame) -> None:
    one = organization(cursor, element, frame, role="buyer", table=BUYER)
    if "name" in one:
        add(frame.sheet.notice, "buyers", one)


def _method(cursor: Cursor, element: Element, frame: Frame) -> None:
    if element.tag in METHOD:
        inner = procedure(lambda cursor, one, inside: set_method(cursor, one, inside, METHOD[one.tag], one.tag))
        inner(cursor, element, frame)
        if "daptee" in element.tag:
            kept = frame.sheet.notice["procedure"]
            kept.setdefault("national", element.tag)
            cursor.cite(kept, "national", element, rule="the name of the procedure in the form")
    keep(cursor, element, frame)


_COMMUNICATION: Mapping[str, Handler] = {
    "urlProfilAch": web,
    "urlDocConsul": keep,
    "identifiantInterne": procedure(put("reference")),
    "nomContact": PERSONAL,
    "adresseMailContact": PERSONAL,
    "telContact": PERSONAL,
    "faxContact": PERSONAL,
}
_PROCEDURE: Mapping[str, Handler] = {
    **dict.fromkeys(METHOD, _method),
    "dateReceptionOffres": deadline("tenders"),
    "dateReceptionCandidatures": deadline("requests"),
    "typeProcedure": into(dict.fromkeys(METHOD, _method), keep),
}


def estimate(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read valeurEstimee or estimationValeur: one sum (`valeur`) or a range (`fourchette`), in `devise` or in euros."""
    one = new_amount(cursor, element, "estimate", "lot" if frame.lot else "notice")
    read = False
    for part in element:
        if part.tag == "fourchette":
            for end in part:
                field = {"valeurBasse": "low", "valeurHaute": "high"}.get(end.tag)
                read |= field is not None and read_value(cursor, end, one, field)
        elif part.tag == "valeur":
            read |= read_value(cursor, part, one, "value")
        elif part.tag == "devise":
            one["currency"] = cursor.value(part).upper()
            cursor.cite(one, "currency", part)
        else:
            keep(cursor, part, frame)
    if not len(element):
        read = read_value(cursor, element, one, "value")
    if read:
        euros(cursor, element, one)
        add(frame.draft, "amounts", one)


def euros(cursor: Cursor, element: Element, amount: Draft) -> None:
    """Say that an amount is in euros, where the form leaves no room for another currency."""
    if "currency" not in amount:
        amount["currency"] = "EUR"
        cursor.cite(amount, "currency", element, rule="the national form counts in euros")


def _criterion(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read criterePondere: a criterion and its weight in per cent."""
    one: Draft = {}
    cursor.anchor(one, element, "the words of the criterion")
    walk(cursor, element, {"critere": put("name"), "criterePCT": put("weight")}, frame.inside(one))
    if "name" in one:
        one["kind"] = kind_of(one["name"])
        add(frame.draft, "criteria", one)


def _heading(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the description of a lot: "1 : Gros œuvre" is its number and its title."""
    text = element.text or ""
    found = _LOT.fullmatch(text)
    if found is None:
        put("title")(cursor, element, frame)
        return
    frame.text(cursor, element)
    for field in ("id", "title"):
        frame.draft[field] = " ".join(found[field].split())
        cursor.cite(frame.draft, field, Span(element, *found.span(field)), rule=spelled(element))
    frame.elements["title"] = element


_DURATION: Mapping[str, Handler] = {
    "nbMois": duration("month"),
    "nbJours": duration("day"),
    "nbAnnees": duration("year"),
    "dateACompterDu": day("starts"),
    "dateJusquau": day("ends"),
    "jusquau": day("ends"),
}
_CODES: Mapping[str, Handler] = {
    "objetPrincipal": into({"classPrincipale": cpv}, keep),
    "objetSecondaire": into({"classPrincipale": cpv}, keep),
    "objetSupplementaire": into({"classPrincipale": cpv}, keep),
    "objetComplementaire": into({"classPrincipale": cpv}, keep),
}
_THING: Mapping[str, Handler] = {
    "intitule": put("title"),
    "titreMarche": put("title"),
    "objet": put("title"),
    "numeroReference": procedure(put("reference")),
    "codeCPV": into(_CODES, keep),
    "CPV": into(_CODES, keep),
    "typeMarche": nature,
    "description": put("description"),
    "lieuExecution": place,
    "lieuExecutionLivraison": place,
    "lieuCodeNUTS": into({"codeNUTS": place}, keep),
    "codeNUTS": place,
    "dureeMois": duration("month"),
    "dureeJours": duration("day"),
    "dureeLot": into(_DURATION, keep),
    "duree": into(_DURATION, keep),
    "valeurEstimee": estimate,
    "estimationValeur": estimate,
    "criteres": into({"criterePondere": _criterion}, keep),
    "quantites": read_quantity,
}
_LOT_TERMS: Mapping[str, Handler] = {
    **_THING,
    "numLot": put("id"),
    "numero": put("id"),
    "description": _heading,
}


def _lot(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one lot; its number is its own, that of its heading, or its rank."""
    draft: Draft = {}
    cursor.anchor(draft, element)
    inner = frame.inside(draft, str(len(frame.parts) + 1))
    numbered = [one for one in element if one.tag in ("numLot", "numero")]
    for one in [*numbered, *(one for one in element if one not in numbered)]:
        table = {**_LOT_TERMS, "description": put("description")} if "title" in draft else _LOT_TERMS
        table.get(one.tag, keep)(cursor, one, inner)
    draft.setdefault("id", inner.lot)
    inner.lot = draft["id"]
    frame.parts.append(inner)


def _lots(cursor: Cursor, element: Element, frame: Frame) -> None:
    for one in element:
        if one.tag in ("lot", "lots"):
            _lot(cursor, one, frame)
        else:
            keep(cursor, one, frame)


def _only_lot(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the `lot` of a concession: without a number it is the whole object."""
    parent = element.getparent()
    alone = parent is not None and sum(1 for one in parent if one.tag == "lot") == 1
    if alone and not any(one.tag in ("numLot", "numero") for one in element):
        for one in element:
            _THING.get(one.tag, keep)(cursor, one, frame)
    else:
        _lot(cursor, element, frame)


_CHARACTERISTICS: Mapping[str, Handler] = {"principales": put("description"), "quantites": read_quantity}
_CONDITIONS: Mapping[str, Handler] = {
    "receptionOffres": deadline("tenders"),
    "receptionCandidatures": deadline("requests"),
}
_DESCRIPTION: Mapping[str, Handler] = {**_THING, "lot": _only_lot, "lots": _lots}


def _description(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read `description`: the object's parts in a MAPA, its text in the other forms."""
    if len(element):
        into(_DESCRIPTION, keep)(cursor, element, frame)
    else:
        put("description")(cursor, element, frame)


def _rectified(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read infosRectif: a free text, or dates opposed in elements with a free text beside."""
    if not len(element):
        read_correction(cursor, element, frame)
        return
    for one in element:
        if one.tag == "rectifDelais" or any(part.tag in _SIDES for part in one):
            _dates(cursor, one, frame)
        elif len(one):
            keep(cursor, one, frame)
        else:
            read_correction(cursor, one, frame)


_SIDES: Mapping[str, Handler] = {"rubDelais": put("place"), "auLieuDeDate": put("old"), "lireDate": put("new")}


def _dates(cursor: Cursor, element: Element, frame: Frame) -> None:
    change: Draft = {}
    cursor.anchor(change, element)
    into(_SIDES, keep)(cursor, element, frame.inside(change))
    if change:
        add(frame.sheet.notice, "changes", change)


SECTIONS: Mapping[str, Handler] = {
    "avisInitial": first_notice,
    "communication": into(_COMMUNICATION, keep),
    "procedure": into(_PROCEDURE, keep),
    "natureMarche": into({**_DESCRIPTION, "lotsMarche": _lots}, keep),
    "descriptionMarche": into(_DESCRIPTION, keep),
    "description": _description,
    "lots": _lots,
    "caracteristiques": into(_CHARACTERISTICS, keep),
    "duree": into(_DURATION, keep),
    "criteres": into({"criterePondere": _criterion}, keep),
    "delais": into(_CONDITIONS, keep),
    "renseignements": into({"idMarche": procedure(put("reference"))}, keep),
    "informComplementaire": keep,
    "justifications": keep,
    "motif": keep,
    "infosRectif": of_notice(_rectified),
    "attributionMarche": of_notice(read_award_text),
    **AWARDS,
}


_STAGES = frozenset({"initial", "rectificatif", "attribution", "annulation", "preInformation", "modification"})


def read_form(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a national form: the buyer, then the section of its stage."""
    keep_text(cursor, element, frame)
    for one in element:
        if one.tag == "organisme":
            _buyer(cursor, one, frame)
        elif one.tag in _STAGES:
            _stage(cursor, one, frame)
        elif one.tag in SECTIONS:
            _stage(cursor, element, frame)
            return
        else:
            cursor.leave(one)


def _stage(cursor: Cursor, element: Element, frame: Frame) -> None:
    thing = frame.inside({})
    cursor.anchor(thing.draft, element)
    keep_text(cursor, element, thing)
    for one in element:
        if one.tag in SECTIONS:
            SECTIONS[one.tag](cursor, one, thing)
        elif one.tag != "organisme":
            cursor.leave(one)
    if thing.draft or thing.parts:
        frame.sheet.objects.append(thing)

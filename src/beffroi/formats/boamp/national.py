"""The national forms FNSimple, MAPA, DSP and DIVERS: one vocabulary, four ways to nest it.

In: the element of the shape. Out: the record. Texts without a field of their own stay as clauses.

>>> METHOD["procedureAdapteeO"], METHOD["procedureOuverte"]
('oth-single', 'open')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    used,
    web,
)
from beffroi.formats.boamp.links import first_notice
from beffroi.formats.boamp.national_awards import AWARDS
from beffroi.formats.boamp.national_objects import DESCRIPTION, DURATION, criterion, lots
from beffroi.formats.boamp.objects import procedure
from beffroi.formats.boamp.organizations import country, identifier, nuts, organization
from beffroi.formats.boamp.procedures import deadline, set_method
from beffroi.formats.boamp.terms import read_quantity

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


_CHARACTERISTICS: Mapping[str, Handler] = {"principales": put("description"), "quantites": read_quantity}
_CONDITIONS: Mapping[str, Handler] = {
    "receptionOffres": deadline("tenders"),
    "receptionCandidatures": deadline("requests"),
}


def _description(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read `description`: the object's parts in a MAPA, its text in the other forms."""
    if len(element):
        into(DESCRIPTION, keep)(cursor, element, frame)
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
    "natureMarche": into({**DESCRIPTION, "lotsMarche": lots}, keep),
    "descriptionMarche": into(DESCRIPTION, keep),
    "description": _description,
    "lots": lots,
    "caracteristiques": into(_CHARACTERISTICS, keep),
    "duree": into(DURATION, keep),
    "criteres": into({"criterePondere": criterion}, keep),
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

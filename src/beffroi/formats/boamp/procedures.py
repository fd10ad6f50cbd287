"""PROCEDURE and CONDITION_DELAI in the legacy form (section IV): how the purchase is made, and until when.

In: their elements. Out: `procedure`, `instrument`, `deadline` and what holds for each lot.

Methods are those of eForms BT-105. PROCEDURE_ADAPTE is the French adapted procedure: under the thresholds, in a form
the buyer sets itself; the nearest code is `oth-single`, and its own name stays in `national`.

>>> METHODS["OUVERT"], METHODS["PROCEDURE_ADAPTE"]
('open', 'oth-single')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp import dates
from beffroi.formats.boamp.frame import Frame, flag, into, keep, passage, used
from beffroi.formats.boamp.objects import CRITERIA, framework, implied, procedure
from beffroi.formats.cursor import ignoring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices.lot import DeadlineKind

METHODS: Mapping[str, str] = {
    "OUVERT": "open",
    "RESTREINT": "restricted",
    "NEGOCIE": "neg-w-call",
    "PROCEDURE_ADAPTE": "oth-single",
    "PROCEDURE_ADAPTEE": "oth-single",
    "DIALOGUE_COMPETITIF": "comp-dial",
    "PARTENARIAT_INNOVATION": "innovation",
    "CONCOURS_OUVERT": "open",
    "CONCOURS_RESTREINT": "restricted",
    "ATTRIBUE_SANS_PUB_JOUE": "neg-wo-call",
    "ATTRIBUE_AVEC_PUB_JOUE": "neg-w-call",
}
"""BT-105 by the element of EnumTypeProcedure."""
NATIONAL = frozenset({"PROCEDURE_ADAPTE", "PROCEDURE_ADAPTEE", "CONCOURS_OUVERT", "CONCOURS_RESTREINT"})
"""Procedures whose French name says more than the code."""
_WITHOUT_CALL = frozenset({"SANS_PUB_PREALABLE", "SANS_MISE_EN_CONCURRENCE"})


def kind_of_procedure(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read TYPE_PROCEDURE into the procedure: its one child names it."""
    for one in element:
        if one.tag == "AUTRE" or one.tag not in METHODS:
            keep(cursor, one, frame)
            continue
        inner = {below.tag for below in one}
        method = "neg-wo-call" if inner & _WITHOUT_CALL else METHODS[one.tag]
        if one.tag.startswith("CONCOURS"):
            frame.sheet.notice.setdefault("instrument", "contest")
            cursor.cite(frame.sheet.notice, "instrument", one, rule="the element's name")
        set_method(cursor, one, frame, method, one.tag)
        if "ACCELERE" in inner:
            frame.draft["accelerated"] = True
            cursor.cite(frame.draft, "accelerated", one, rule="the element ACCELERE states it")
        keep(cursor, one, frame)


def set_method(cursor: Cursor, place: Element, frame: Frame, method: str, word: str) -> None:
    """Set the method of a procedure, with its French name where that says more."""
    if "method" in frame.draft:
        return
    frame.draft["method"] = method
    cursor.cite(frame.draft, "method", place, rule="the kind of procedure, as BT-105 codes it")
    if word in NATIONAL:
        frame.draft["national"] = word
        cursor.cite(frame.draft, "national", place, rule="the name of the procedure in the form")


def shared(handler: Handler) -> Handler:
    """Return a handler applied to what holds for each lot."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        handler(cursor, element, Frame(frame.sheet, frame.sheet.shared))

    return read


PROCEDURE: Mapping[str, Handler] = {
    "TYPE_PROCEDURE": procedure(kind_of_procedure),
    "NB_CANDIDATS": keep,
    "AVIS_IMPLIQUE": implied,
    "ACCORD_CADRE": shared(framework),
    "ATTRIB_POUVOIR_ADJUDICATEUR_SANS_NEGOCIATION_OUI": keep,
    "ATTRIB_POUVOIR_ADJUDICATEUR_SANS_NEGOCIATION_NON": keep,
    "ENCHERE_ELECTRONIQUE_OUI": procedure(flag("electronic_auction", True)),
    "ENCHERE_ELECTRONIQUE_NON": procedure(flag("electronic_auction", False)),
    "AMP_OUI": procedure(flag("gpa", True)),
    "AMP_NON": procedure(flag("gpa", False)),
    "FONDS_COMMUNAUTAIRES_OUI": procedure(flag("eu_funds", True)),
    "FONDS_COMMUNAUTAIRES_NON": procedure(flag("eu_funds", False)),
    "URL_REGLES_NATIONALES": keep,
    "CRITERES_ATTRIBUTION": shared(into(CRITERIA)),
    "MARCHE_PERIODIQUE_OUI": keep,
    "MARCHE_PERIODIQUE_NON": keep,
    "LAUREAT_ATTRIBUTAIRE_OUI": used,
    "LAUREAT_ATTRIBUTAIRE_NON": used,
    "DECISION_JURY_CONTRAIGNANTE_OUI": used,
    "DECISION_JURY_CONTRAIGNANTE_NON": used,
    "MEMBRE_JURY": ignoring("names of persons in a jury"),
    "TECH_ACHAT": keep,
    "ATTRIB_SANS_NEG_OUI": keep,
    "ATTRIB_SANS_NEG_NON": keep,
    "VARIANTES_OUI": keep,
    "VARIANTES_NON": keep,
    "CATEGORIE_ACHETEUR": keep,
}


def deadline(kind: DeadlineKind) -> Handler:
    """Return a handler that reads when answers of a kind are due: tenders come before requests to participate."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        notice = frame.sheet.notice
        text = frame.text(cursor, element)
        if not text:
            keep(cursor, element, frame)
            return
        when = dates.wall_clock(text) if frame.sheet.wall else dates.stated(text)
        if when is None:
            cursor.leave(element, dates.WHY_IMPOSSIBLE)
        elif notice.get("deadline_kind") == "tenders":
            passage(cursor, element, frame)
        else:
            if "deadline" in notice:
                passage(cursor, frame.sheet.due[0], frame)
            frame.sheet.due[:] = [element]
            notice["deadline"], notice["deadline_kind"] = when, kind
            rule = WALL if frame.sheet.wall else None if text == when else PARIS
            cursor.cite(notice, "deadline", element, rule=rule)
            cursor.cite(notice, "deadline_kind", element, rule="the element's name")

    return read


WALL = "the wall clock in Paris, whatever offset the legacy form stamps"
PARIS = "an hour without an offset is one in Paris"

DELAYS: Mapping[str, Handler] = {
    "RECEPT_OFFRES": deadline("tenders"),
    "RECEPT_CANDIDAT": deadline("requests"),
    "LIMITE_ENVOI_INVIT": keep,
    "VALIDITE_OFFRE": keep,
    "DUREE_SYSTEME_QUALIFICATION": keep,
}

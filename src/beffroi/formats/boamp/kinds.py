"""What kind of notice a BOAMP record is: from its nature, its status and the section its form fills.

In: the record's sections. Out: the kind of the record, and what the nature says beside.

The section decides where it is one of a correction, a cancellation or a contract change; a cancelled status comes next;
then the nature. Old national notices state no nature: one that sets a date for answers is a call.

>>> NATURES["APPEL_OFFRE"]["CONCESSION"]
Nature(kind='call', instrument='concession', call=False)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from beffroi.formats.boamp.typography import cleaned

if TYPE_CHECKING:
    from beffroi.formats.boamp.frame import Sheet
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices.notice import Instrument, Kind


class Nature(NamedTuple):
    """What a nature of notice means in the record."""

    kind: Kind
    instrument: Instrument | None = None
    call: bool = False


NATURES: dict[str, dict[str, Nature]] = {
    "PRE-INFORMATION": {
        "": Nature("planning"),
        "CONCESSION": Nature("planning", "concession"),
        "QUALIFICATION": Nature("qualification", "qualification_system"),
        "MISE_EN_CONCURRENCE": Nature("planning", None, call=True),
    },
    "PROFIL_ACHETEUR": {"": Nature("planning")},
    "APPEL_OFFRE": {
        "": Nature("call"),
        "CONCOURS": Nature("call", "contest"),
        "QUALIFICATION": Nature("qualification", "qualification_system"),
        "SAD": Nature("call", "dps"),
        "CONCESSION": Nature("call", "concession"),
    },
    "INTENTION_CONCLURE": {"": Nature("intention")},
    "EX_ANTE_VOLONTAIRE": {"": Nature("intention")},
    "ATTRIBUTION": {
        "": Nature("result"),
        "CONCOURS": Nature("result", "contest"),
        "CONCESSION": Nature("result", "concession"),
    },
    "SOUS-TRAITANCE": {"": Nature("call")},
    "MODIFICATION": {"": Nature("modification")},
    "QUALIFICATION": {
        "": Nature("qualification", "qualification_system"),
        "MISE_EN_CONCURRENCE": Nature("qualification", "qualification_system", call=True),
    },
    "RECTIFICATIF": {"": Nature("change")},
    "ANNULATION": {"": Nature("cancellation")},
    "PERIODIQUE": {"": Nature("planning"), "MISE_EN_CONCURRENCE": Nature("planning", None, call=True)},
    "AUTRE": {"": Nature("other")},
}
"""By nature and sub-nature (`EnumNature` of the schema v2.3.0; the open data adds ANNULATION, EX_ANTE_VOLONTAIRE)."""

SECTIONS: dict[str, Kind] = {
    "RECTIF": "change",
    "rectificatif": "change",
    "ANNULATION": "cancellation",
    "annulation": "cancellation",
    "MODIF": "modification",
}
_STATUS: dict[str, Kind] = {"RECTIFICATIF": "change", "ANNULATION": "cancellation", "MODIFICATION": "modification"}
_FORMS: dict[str, Kind] = {
    "ATTRIBUTION": "result",
    "attribution": "result",
    "CONDITION_DELAI": "call",
    "initial": "call",
}
FORMS_OF_2014 = frozenset({"DIRECTIVE-23", "DIRECTIVE-24", "DIRECTIVE-25"})
"""Perimeters whose forms are the European standard forms of 2014."""
_DIRECTIVE = re.compile(r"DIRECTIVE[-_ ]?(\d\d)", re.IGNORECASE)
SHAPES = frozenset({"FNSimple", "MAPA", "DSP", "DIVERS"})


class Stated(NamedTuple):
    """A word a record states by an element's name or a field's text, and where."""

    word: str
    place: Element


class Avis(NamedTuple):
    """How a record names itself: family, nature, sub-nature, status, perimeter."""

    family: Stated | None
    nature: Stated | None
    sub: Stated | None
    status: Stated | None
    perimeter: Stated | None


def child(element: Element | None, tag: str) -> Element | None:
    """Return the first child of a tag."""
    return None if element is None else next((one for one in element if one.tag == tag), None)


def avis_of(gestion: Element | None, fields: dict[str, Element]) -> Avis:
    """Return how the record names itself: by GESTION/REFERENCE/TYPE_AVIS, else by its flat fields."""
    kind = child(child(gestion, "REFERENCE"), "TYPE_AVIS")
    nature = child(kind, "NATURE")
    named = _only(nature)
    return Avis(
        _only(child(kind, "FAMILLE")) or _flat(fields, "famille"),
        named or _flat(fields, "nature"),
        (_only(named.place) if named else None) or _flat(fields, "sousnature"),
        _only(child(kind, "STATUT")) or _flat(fields, "etat"),
        _directive(_only(child(kind, "PERIMETRE")) or _flat(fields, "perimetre")),
    )


def _directive(perimeter: Stated | None) -> Stated | None:
    """Return a perimeter with its directive written in one way: tables write `Directive24`."""
    found = _DIRECTIVE.fullmatch(perimeter.word) if perimeter else None
    return Stated(f"DIRECTIVE-{found[1]}", perimeter.place) if perimeter and found else perimeter


def of_2014(avis: Avis) -> bool:
    """Return whether a notice fills one of the European standard forms of 2014."""
    european = avis.family is None or avis.family.word == "JOUE"
    return european and avis.perimeter is not None and avis.perimeter.word in FORMS_OF_2014


def _only(element: Element | None) -> Stated | None:
    one = None if element is None else next(iter(element), None)
    return None if one is None else Stated(one.tag, one)


def _flat(fields: dict[str, Element], name: str) -> Stated | None:
    place = fields.get(name)
    text = cleaned(place.text or "").strip() if place is not None else ""
    return Stated(text, place) if place is not None and text else None


def kind_of_notice(avis: Avis, donnees: Element | None) -> tuple[Kind | None, Element | None]:
    """Return the kind of a notice, and what says it."""
    return _kind(avis, _nature(avis), _sections(donnees))


def settle_kind(cursor: Cursor, sheet: Sheet, avis: Avis, place: Element | None) -> None:
    """Set `kind` unless the form did, and `instrument` and `call` where the nature states them."""
    draft, nature = sheet.notice, _nature(avis)
    if sheet.kind is None or place is None:
        return
    if "kind" not in draft or sheet.kind == "cancellation":
        draft["kind"] = sheet.kind
        cursor.cite(draft, "kind", place, rule="the nature, status or section of the notice")
    if nature is None or nature.kind != draft["kind"] or avis.nature is None:
        return
    where = (avis.sub or avis.nature).place
    if nature.instrument and "instrument" not in draft:
        draft["instrument"] = nature.instrument
        cursor.cite(draft, "instrument", where, rule="the nature of the notice")
    if nature.call:
        draft["call"] = True
        cursor.cite(draft, "call", where, rule="the nature of the notice")


def _sections(donnees: Element | None) -> dict[str, Element]:
    """Return the sections of a form by tag: those of DONNEES, or of the shape it holds."""
    found: dict[str, Element] = {}
    for one in donnees if donnees is not None else ():
        found.setdefault(one.tag, one)
        if one.tag in SHAPES:
            for section in one:
                found.setdefault(section.tag, section)
    return found


def _nature(avis: Avis) -> Nature | None:
    if avis.nature is None:
        return None
    table = NATURES.get(avis.nature.word)
    return None if table is None else table.get(avis.sub.word if avis.sub else "", table[""])


def _kind(avis: Avis, nature: Nature | None, sections: dict[str, Element]) -> tuple[Kind | None, Element | None]:
    for tag, kind in SECTIONS.items():
        if tag in sections:
            return kind, sections[tag]
    status = avis.status
    if status and status.word == "ANNULATION":
        return "cancellation", status.place
    if nature and avis.nature:
        return nature.kind, avis.nature.place
    if status and status.word in _STATUS:
        return _STATUS[status.word], status.place
    for tag, kind in _FORMS.items():
        if tag in sections:
            return kind, sections[tag]
    return None, None

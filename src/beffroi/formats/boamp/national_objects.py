"""What the national forms buy: titles, codes, places, terms, estimates and lots.

In: natureMarche, descriptionMarche, `description` and `lots`. Out: the frame of the object, and those of its lots.

A lot is described as "1 : Gros œuvre": its number and its title. The `lot` of a concession, alone and without a number,
is the whole object.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.amounts import new_amount, read_value
from beffroi.formats.boamp.frame import Frame, add, into, keep, put, spelled
from beffroi.formats.boamp.objects import place, procedure
from beffroi.formats.boamp.terms import cpv, day, duration, kind_of, nature, read_quantity
from beffroi.formats.cursor import Span, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_LOT = re.compile(
    r"\s*(?:lots?\s*)?(?:n[°o]?\s*)?(?P<id>\d{1,3}[A-Za-z]?)\s*(?:[:\-–—]|\.(?=\s))\s*(?P<title>\S.*?)\s*",
    re.IGNORECASE | re.DOTALL,
)


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


def criterion(cursor: Cursor, element: Element, frame: Frame) -> None:
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


DURATION: Mapping[str, Handler] = {
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
    "dureeLot": into(DURATION, keep),
    "duree": into(DURATION, keep),
    "valeurEstimee": estimate,
    "estimationValeur": estimate,
    "criteres": into({"criterePondere": criterion}, keep),
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


def lots(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the lots of a form."""
    for one in element:
        if one.tag in ("lot", "lots"):
            _lot(cursor, one, frame)
        else:
            keep(cursor, one, frame)


def only_lot(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the `lot` of a concession: without a number it is the whole object."""
    parent = element.getparent()
    alone = parent is not None and sum(1 for one in parent if one.tag == "lot") == 1
    if alone and not any(one.tag in ("numLot", "numero") for one in element):
        for one in element:
            _THING.get(one.tag, keep)(cursor, one, frame)
    else:
        _lot(cursor, element, frame)


DESCRIPTION: Mapping[str, Handler] = {**_THING, "lot": only_lot, "lots": lots}
"""The parts of an object."""

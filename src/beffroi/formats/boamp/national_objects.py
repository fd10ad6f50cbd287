"""What the national forms buy: titles, codes, places, terms, estimates and lots.

In: natureMarche, descriptionMarche, `description` and `lots`. Out: the frame of the object, and those of its lots.

A lot is described as "1 : Gros œuvre": its number and its title. The `lot` of a concession, alone and without a number,
is the whole object.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.amounts import currency, new_amount, read_value
from beffroi.formats.boamp.frame import Frame, add, into, keep, put, spelled
from beffroi.formats.boamp.objects import procedure
from beffroi.formats.boamp.places import place
from beffroi.formats.boamp.terms import cpv, day, duration, kind_of, nature, read_quantity
from beffroi.formats.cursor import Span, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft
    from beffroi.notices.amount import AmountKind, Scope

_SEPARATED = r"(?:\s*[:/)–—]|\s+-|-(?=\s)|\.(?=\s))\s*(?P<title>\S.*?)\s*"
_LOT = re.compile(r"\s*(?:n\s*[°ºo]\s*)?(?P<id>\d{1,3}[A-Za-z]?)" + _SEPARATED, re.IGNORECASE | re.DOTALL)
_NAMED_LOT = re.compile(
    r"\s*lots?\s*(?:\(s\)\s*)?(?:n\s*[°ºo]s?\.?\s*)?(?P<id>\d{1,3}(?:[.-]\d{1,2})?[A-Za-z]?|(?-i:[A-Z]))"
    f"(?:{_SEPARATED}|\\s+(?P<rest>(?-i:[A-ZÀ-Ý]).*?)\\s*|\\s*)",
    re.IGNORECASE | re.DOTALL,
)
"""After the word "lot" its number may be a letter or have two parts, and stand without a sign before a capital."""


_ENDS = {"valeurBasse": "low", "valeurHaute": "high"}


def total(kind: AmountKind) -> Handler:
    """Return a handler that reads a sum: one (`valeur`) or a range (`fourchette`), its currency as a part or attribute.

    An estimate without a currency is in euros, for the form offers no other; an award's stays unsaid.
    """

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        scope: Scope = "award" if kind == "award" else "lot" if frame.lot else "notice"
        one = new_amount(cursor, element, frame, kind=kind, scope=scope)
        read = not len(element) and read_value(cursor, element, one, "value")
        for part in element:
            if part.tag == "fourchette":
                for end in part:
                    read |= end.tag in _ENDS and read_value(cursor, end, one, _ENDS[end.tag])
            elif part.tag == "valeur":
                read |= read_value(cursor, part, one, "value")
            elif part.tag == "devise":
                one["currency"] = cursor.value(part).upper()
                cursor.cite(one, "currency", part)
            else:
                keep(cursor, part, frame)
        if read:
            _settle_currency(cursor, element, one)
            add(frame.draft, "amounts", one)

    return read


def _settle_currency(cursor: Cursor, element: Element, amount: Draft) -> None:
    if "currency" not in amount:
        currency(cursor, element, amount)
    if "currency" not in amount and amount["kind"] == "estimate":
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
    found = _NAMED_LOT.fullmatch(text) or _LOT.fullmatch(text)
    if found is None:
        put("title")(cursor, element, frame)
        return
    title = next((name for name in ("title", "rest") if found.groupdict().get(name)), None)
    frame.text(cursor, element)
    for field, span in (("id", found.span("id")), ("title", found.span(title) if title else found.span())):
        frame.draft[field] = " ".join(text[slice(*span)].split())
        cursor.cite(frame.draft, field, Span(element, *span), rule=spelled(element))
    frame.elements["title"] = element


DURATION: Mapping[str, Handler] = {
    "nbMois": duration("month"),
    "nbJours": duration("day"),
    "nbAnnees": duration("year"),
    "dateACompterDu": day("starts"),
    "dateDebutPrestation": day("starts"),
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
    "natureMarche": nature,
    "description": put("description"),
    "lieuExecution": place,
    "lieuExecutionLivraison": place,
    "lieuCodeNUTS": into({"codeNUTS": place}, keep),
    "codeNUTS": place,
    "dureeMois": duration("month"),
    "dureeJours": duration("day"),
    "dureeLot": into(DURATION, keep),
    "duree": into(DURATION, keep),
    "valeurEstimee": total("estimate"),
    "estimationValeur": total("estimate"),
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

"""What is bought, how, where and for how long.

In: the fields of a contract. Out: instrument, procedure, CPV, place, duration, and the clauses the record keeps whole.

The orders have no field for a framework since 2022: it is a technique ("Accord-cadre"), or follows from its ways of
performance: purchase orders and call-offs perform frameworks only (article R2162-2 of the code de la commande
publique). A contract that names the framework it is called off from is a call-off.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.decp.fields import Fields, tree
>>> from beffroi.formats.decp.sheet import Sheet
>>> row = b'{"nature": "Marche", "techniques": {"technique": ["Accord-cadre"]}}'
>>> sheet = Sheet(Fields(Cursor(), tree(row)))
>>> read_instrument(sheet); sheet.notice["instrument"]
'framework'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.cursor import Tag
from beffroi.formats.decp import values
from beffroi.formats.decp.words import METHODS, NATURES, PURCHASES, WORDS_SAY_MORE, parts, plain

if TYPE_CHECKING:
    from beffroi.formats.decp.sheet import Sheet
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_KEPT = ("formePrix", "ccag", "marcheInnovant", "attributionAvance", "tauxAvance", "sousTraitanceDeclaree")
_ORIGINS = ("origineUE", "origineFrance", "source", "sourceDataset", "sourceFile", "TypePrix")
_WAYS = frozenset({"bons de commande", "marches subsequents"})
_COUNTRY = re.compile(r"[A-Z]{2}")
_POSTCODE = re.compile(r"[0-9]{5}")
PERFORMED = "purchase orders and call-offs perform frameworks only: article R2162-2 of the code de la commande publique"


def read_instrument(sheet: Sheet) -> None:
    """Read nature, techniques, ways of performance and the framework called off from: what kind of contract it is."""
    nature = sheet.fields.one("nature")
    said: dict[str, tuple[Element, str]] = {}
    if nature is not None:
        word = plain(sheet.cursor.value(nature))
        sheet.kept("nature", sheet.cursor.prose(nature), nature)
        if word in NATURES:
            said[NATURES[word]] = (nature, "the nature stated")
        if word in PURCHASES:
            sheet.notice["nature"] = PURCHASES[word]
            sheet.cursor.cite(sheet.notice, "nature", nature, rule="the nature stated")
    techniques = _named(sheet.keep_words("techniques", "technique"))
    ways = _named(sheet.keep_words("modalitesExecution", "modaliteExecution"))
    if "systeme d'acquisition dynamique" in techniques:
        said["dps"] = (techniques["systeme d'acquisition dynamique"], "the technique stated")
    if "accord-cadre" in techniques:
        said["framework"] = (techniques["accord-cadre"], "the technique stated")
    elif performed := sorted(_WAYS & ways.keys()):
        said.setdefault("framework", (ways[performed[0]], PERFORMED))
    _called_off(sheet, said, ways)
    _settle(sheet, said)


def _named(found: list[tuple[str, Element]]) -> dict[str, Element]:
    return {word: element for text, element in found for word in parts(text)}


def _called_off(sheet: Sheet, said: dict[str, tuple[Element, str]], ways: dict[str, Element]) -> None:
    """Read the framework a contract is called off from: an earlier contract of the same buyer."""
    element = sheet.fields.one("idaccordcadre")
    if element is None:
        return
    number = " ".join(sheet.cursor.value(element).split())
    sheet.kept("idAccordCadre", number, element)
    if number == sheet.notice.get("number"):
        return
    if not _WAYS & ways.keys():
        said["call_off"] = (element, "it names the framework it is called off from")
    if sheet.buyer is not None:
        link: Draft = {"relation": "previous", "target": f"decp:{sheet.buyer[0]}{number}"}
        sheet.cursor.anchor(link, element, "the framework a contract is called off from")
        rule = "the buyer's SIRET and the number of the framework"
        sheet.cursor.cite(link, "target", sheet.buyer[1], element, rule=rule)
        sheet.notice["links"] = [link]


def _settle(sheet: Sheet, said: dict[str, tuple[Element, str]]) -> None:
    if sheet.concession:
        said.setdefault("concession", (sheet.fields.element, "the record is one of a concession"))
    for name in ("concession", "call_off", "framework", "dps", "partnership", "contract"):
        if name in said:
            element, rule = said[name]
            place = Tag(element) if element is sheet.fields.element else element
            sheet.notice["instrument"] = name
            sheet.cursor.cite(sheet.notice, "instrument", place, rule=rule)
            return


def read_procedure(sheet: Sheet) -> None:
    """Read the procedure: its code of BT-105, and its own words where there is none or where they say more."""
    element = sheet.fields.one("procedure")
    if element is None:
        return
    text = sheet.cursor.prose(element)
    word = plain(text)
    procedure: Draft = sheet.notice.setdefault("procedure", {})
    if word in METHODS:
        procedure["method"] = METHODS[word]
        sheet.cursor.cite(procedure, "method", element, rule="the procedure, as BT-105 codes it")
    if word not in METHODS or word in WORDS_SAY_MORE:
        procedure["national"] = text
        sheet.cursor.cite(procedure, "national", element)


def read_cpv(sheet: Sheet) -> None:
    """Read the CPV code, eight digits; its check digit is no part of it."""
    element = sheet.fields.one("codecpv")
    if element is None:
        return
    code = values.cpv(sheet.cursor.value(element))
    if code is None:
        sheet.cursor.leave(element, "no CPV code: it has not eight digits")
        return
    sheet.notice["cpv"] = [code]
    sheet.cursor.cite(sheet.notice, "cpv[0]", element)


def read_place(sheet: Sheet) -> None:
    """Read the place of performance: a postcode, a country, or a code of INSEE in the words of its type."""
    cursor, fields = sheet.cursor, sheet.fields
    code, kind = fields.one("lieuexecution_code"), fields.one("lieuexecution_typecode")
    name = fields.one("lieuexecution_nom")
    here = [one for one in (name, kind, code) if one is not None]
    if code is None and name is None:
        for one in here:
            cursor.ignore(one, "the type of a code that is not stated")
        return
    place: Draft = {}
    cursor.anchor(place, here[0], "the field's name")
    text, word = cursor.value(code) if code is not None else "", plain(cursor.value(kind)) if kind is not None else ""
    if code is not None and word == "code postal" and _POSTCODE.fullmatch(text):
        place["postcode"] = text
        cursor.cite(place, "postcode", code)
    elif code is not None and word == "code pays" and _COUNTRY.fullmatch(text):
        place["country"] = text
        cursor.cite(place, "country", code)
    else:
        place["text"] = " ".join(" ".join(cursor.prose(one).split()) for one in here)
        cursor.cite(place, "text", *here, rule="its name, and its code with the code's type")
    if name is not None and "text" not in place:
        place["text"] = cursor.prose(name)
        cursor.cite(place, "text", name)
    sheet.notice["places"] = [place]


def read_duration(sheet: Sheet) -> None:
    """Read the duration in months, as first stated, and when a concession begins."""
    element = sheet.fields.one("dureemois")
    months = values.count(sheet.cursor, element, "number of months") if element is not None else None
    if element is not None and months == 0:
        sheet.cursor.leave(element, "no duration: 0 months")
    elif element is not None and months:
        duration: Draft = {"value": months, "unit": "month"}
        sheet.cursor.anchor(duration, element, "the field's name")
        sheet.cursor.cite(duration, "value", element)
        sheet.lot["duration"] = duration
        sheet.months = element
    sheet.put_day(sheet.lot, "starts", sheet.fields.one("datedebutexecution"))


def read_clauses(sheet: Sheet) -> None:
    """Keep what has no field of its own: prices, advances, origins, considerations, and the platform (`source`)."""
    for name in _KEPT:
        sheet.keep(name)
    sheet.keep_words("typesPrix", "typePrix")
    sheet.keep_words("considerationsSociales", "considerationSociale")
    sheet.keep_words("considerationsEnvironnementales", "considerationEnvironnementale")
    for name in _ORIGINS:
        sheet.keep(name)

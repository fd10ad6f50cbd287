"""The DECP, essential data of public contracts in France: records of the orders of 2019 and 2022, and rows of tables.

In: one record: a contract or a concession as the orders print it, a row of the Opendatasoft sets of the ministry of the
economy, or a row of the consolidated table (tabular API). Out: the record as a draft.

A record is one contract: one lot and one award. Its id is the buyer's SIRET and the number of the contract, as
consolidations print it (`uid`); the platform that published it (`source`) is kept among the clauses. A row of the
consolidated table is one holder of one state of a contract: its id says which, and it is linked to the contract.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.notices import Document
>>> data = b'{"id": "20-1", "acheteur": {"id": "21999000000016"}, "montant": 5e4, "titulaires": [], "objet": "Drones"}'
>>> notice = draft(Cursor(), Document.of(data, name="a.json", media_type="application/json"))
>>> notice["id"], notice["kind"], notice["awards"][0]["amounts"][0]["value"]
('decp:2199900000001620-1', 'contract', '50000')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.errors import Malformed
from beffroi.formats.cursor import Tag
from beffroi.formats.decp import values
from beffroi.formats.decp.bodies import read_buyer, read_holders
from beffroi.formats.decp.execution import read_execution
from beffroi.formats.decp.fields import Fields, tree
from beffroi.formats.decp.sheet import Sheet
from beffroi.formats.decp.sums import read_subcontracts, read_sums
from beffroi.formats.decp.terms import (
    read_clauses,
    read_cpv,
    read_duration,
    read_instrument,
    read_place,
    read_procedure,
)
from beffroi.formats.decp.words import CONCESSION_2022, NATURES, ORDER_2019, ORDER_2022, plain
from beffroi.formats.nodes import local_name

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Place
    from beffroi.notices import Document, Draft

__all__ = ["ORDER", "draft", "label", "recognises"]

ORDER = 50
_HEAD = 65536
_ENOUGH = 3
_KEYS = re.compile(
    rb'"(acheteur(?:[._](?:id|nom))?|autoriteconcedante(?:[._]id)?|titulaires?(?:_id(?:_1)?)?|concessionnaires|montant'
    rb"|objet|codecpv|dureemois|datenotification|datepublicationdonnees|datesignature|valeurglobale|formeprix"
    rb'|lieuexecution(?:[._]code)?|nature|procedure)"\s*:',
    re.IGNORECASE,
)
_OTHERS = re.compile(rb'"(?:idweb|ocid|results|releases|marches)"\s*:')
_OF_2022 = ("techniques", "modalitesexecution", "marcheinnovant", "ccag", "attributionavance", "typesprix")
_ADDED = (
    *("type", "dureerestantemois", "titulaire_distance", "donneesactuelles", "titulaire_categorie"),
    *(
        f"{side}_{name}"
        for side in ("acheteur", "titulaire")
        for name in ("latitude", "longitude", "commune_code", "commune_nom", "departement_code", "departement_nom")
    ),
    *(f"{side}_{name}" for side in ("acheteur", "titulaire") for name in ("region_code", "region_nom")),
)
"""Columns a consolidation adds from other registers."""


def recognises(document: Document) -> bool:
    """Return whether the document is one record of the DECP, by the names of three of its fields."""
    head = document.data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{") or _OTHERS.search(head):
        return False
    return len({one.lower() for one in _KEYS.findall(head)}) >= _ENOUGH


def draft(cursor: Cursor, document: Document) -> Draft:
    """Return the record of a document as a draft; raises Malformed where its own fields are none of a contract."""
    root = tree(document.data)
    if not any(_KEYS.fullmatch(f'"{one.tag}":'.encode()) for one in root):
        raise Malformed("no contract: the fields of one stand deeper, not at the top of the record")
    cursor.root = root
    sheet = Sheet(Fields(cursor, root))
    cursor.anchor(sheet.notice, root)
    _shape(sheet)
    read_buyer(sheet)
    _identity(sheet, document)
    sheet.put(sheet.notice, "title", "objet")
    read_instrument(sheet)
    read_procedure(sheet)
    read_cpv(sheet)
    read_place(sheet)
    read_duration(sheet)
    _award(sheet)
    read_clauses(sheet)
    sheet.put_day(sheet.notice, "published", sheet.fields.one("datepublicationdonnees"))
    sheet.fields.ignore("when the consolidation wrote the row", "created_at", "updated_at", "_updatedat")
    sheet.fields.ignore("said by the columns of the modification", "booleanmodification", "booleanmodifications")
    sheet.fields.ignore("added by the consolidation, not stated by the buyer", *_ADDED)
    sheet.fields.rest()
    return _assembled(sheet)


def _shape(sheet: Sheet) -> None:
    """Tell which record it is: of a contract or a concession, of which order, printed in which way."""
    fields, cursor = sheet.fields, sheet.cursor
    stated = fields.one("_type")
    natures = [cursor.value(one) for one in fields.element if one.tag.casefold() == "nature" and one.text]
    if stated is not None:
        sheet.kept("_type", cursor.prose(stated), stated)
        sheet.concession = "concession" in plain(cursor.value(stated))
    elif any(plain(one) in NATURES for one in natures):
        sheet.concession = any(NATURES.get(plain(one)) == "concession" for one in natures)
    else:
        sheet.concession = not fields.has("acheteur_id") and fields.has("autoriteconcedante_id", "concessionnaires")
    recent = fields.has(*_OF_2022) or (sheet.concession and fields.has("considerationssociales"))
    sheet.order = ORDER_2019 if not recent else CONCESSION_2022 if sheet.concession else ORDER_2022
    row = any(one.tag.casefold().startswith(("acheteur_", "acheteur.", "titulaire_")) for one in fields.element)
    way = "table" if fields.has("titulaire_id", "modification_id") else "row" if row else "record"
    kind = "concession" if sheet.concession else "contract"
    sheet.notice["form"] = f"{kind} {2022 if recent else 2019} {way}"
    cursor.cite(sheet.notice, "form", Tag(fields.element), rule="the fields it has, and how they are printed")


def _identity(sheet: Sheet, document: Document) -> None:
    """Set what identifies the contract: the buyer's SIRET and its number; without a number, the stem of its file."""
    cursor, notice = sheet.cursor, sheet.notice
    number, uid = sheet.fields.one("id"), sheet.fields.one("uid")
    text = " ".join(cursor.value(number).split()) if number is not None else ""
    whole = " ".join(cursor.value(uid).split()) if uid is not None else ""
    sheet.number = number
    if number is not None:
        cursor.cite(notice, "number", number)
    elif uid is not None:
        text = whole
        cursor.cite(notice, "number", uid, rule="the record states no number of its own")
    else:
        text = document.about.name.rpartition(".")[0] or document.about.name
        cursor.cite(notice, "number", Tag(sheet.fields.element), rule="no number is stated: the stem of its file")
    made = f"{sheet.buyer[0]}{text}" if sheet.buyer is not None and number is not None else whole or text
    notice["source"], notice["number"], notice["kind"] = "decp", text, "contract"
    notice["id"] = f"decp:{made}"
    cursor.cite(notice, "kind", Tag(sheet.fields.element), rule="essential data of a contract")
    if uid is not None and number is not None:
        sheet.kept("uid", whole, uid)
    sheet.fields.ignore("a number the consolidation gave the row", "uuid", "id_technique", "_id", "__id")


def _award(sheet: Sheet) -> None:
    """Read who holds the contract, since when, for how much, and out of how many tenders."""
    award, fields, cursor = sheet.award, sheet.fields, sheet.cursor
    cursor.anchor(award, fields.element, "a record is one contract that was awarded")
    if sheet.number is not None:
        award["contracts"] = [sheet.notice["number"]]
        cursor.cite(award, "contracts[0]", sheet.number)
    if (row := _holder_of_row(sheet)) is not None:
        sheet.notice["id"] += row
    read_holders(sheet)
    read_sums(sheet)
    read_subcontracts(sheet)
    if sheet.concession:
        sheet.put_day(award, "concluded", fields.one("datesignature", "datenotification"))
    else:
        rule = "a contract takes effect when it is notified to its holder"
        sheet.put_day(award, "concluded", fields.one("datenotification", "datesignature"), rule)
    received = fields.one("offresrecues")
    if received is not None and (number := values.count(cursor, received, "number of tenders")) is not None:
        award["tenders_received"] = number
        cursor.cite(award, "tenders_received", received)
    read_execution(sheet)


def _holder_of_row(sheet: Sheet) -> str | None:
    """Return what tells a row of the consolidated table from the others of its contract, and link it to that."""
    if not sheet.fields.has("titulaire_id"):
        return None
    told = {one.tag.casefold(): one for one in sheet.fields.element}
    named = [told[name] for name in ("modification_id", "titulaire_id") if name in told and told[name].text]
    link: Draft = {"relation": "same_notice", "target": sheet.notice["id"]}
    sheet.cursor.anchor(link, sheet.fields.element, "a row states one holder of a contract")
    sheet.notice.setdefault("links", []).append(link)
    return "".join(f"/{sheet.cursor.value(one)}" for one in named)


def _assembled(sheet: Sheet) -> Draft:
    """Return the draft with its one lot and its one award, empty lists left out."""
    notice, cursor = sheet.notice, sheet.cursor
    cursor.anchor(sheet.lot, sheet.fields.element, "an undivided contract is one lot")
    sheet.award["lot_ids"] = ["1"]
    notice["lots"] = [sheet.lot]
    for field in [field for field, value in sheet.award.items() if value == []]:
        del sheet.award[field]
    notice["awards"] = [sheet.award]
    notice["language"], notice["languages"] = "fr", ["fr"]
    for field in ("language", "languages[0]"):
        cursor.cite(notice, field, Tag(sheet.fields.element), rule="the essential data are published in French")
    return notice


def label(place: Place) -> str:
    """Return the names of the fields that lead to a place ("titulaires, id")."""
    element = place.element if isinstance(place, tuple) else place
    names: list[str] = []
    while (parent := element.getparent()) is not None:
        name = local_name(element.tag)
        if not names or names[-1] != name:
            names.append(name)
        element = parent
    return ", ".join(reversed(names)) or "contract"

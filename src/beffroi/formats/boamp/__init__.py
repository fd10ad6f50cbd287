"""The BOAMP, France's bulletin of public procurement: records of the open data (JSON) and DILA's XML.

In: one record of the open data, or one XML notice, legacy (schema v2.3.0) or of today. Out: the record as a draft.

Both hold GESTION (what the bulletin adds) and DONNEES (the form as filled in); the JSON was made from the XML, so one
set of readers serves both. The form is read first, then GESTION, then the flat fields of the open data: what repeats is
no news. A form that is broken or unknown still gives a record from the rest, and is reported.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.notices import Document
>>> data = b'{"idweb": "26-1", "nature": "APPEL_OFFRE", "donnees": "{", "objet": "Drones"}'
>>> cursor = Cursor()
>>> notice = draft(cursor, Document.of(data, name="a.json", media_type="application/json"))
>>> notice["id"], notice["kind"], notice["title"], cursor.unread[0]["why"]
('boamp:26-1', 'call', 'Drones', 'not well-formed JSON')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.awards import NOTHING, settle_nothing
from beffroi.formats.boamp.european import read_european
from beffroi.formats.boamp.frame import Frame, Sheet, into, report
from beffroi.formats.boamp.gestion import GESTION
from beffroi.formats.boamp.kinds import SHAPES, Avis, avis_of, child, kind_of_notice, of_2014, settle_kind
from beffroi.formats.boamp.labels import label
from beffroi.formats.boamp.legacy import SECTIONS
from beffroi.formats.boamp.links import settle_links
from beffroi.formats.boamp.lots import settle_objects
from beffroi.formats.boamp.national import read_form
from beffroi.formats.boamp.record import read_fields
from beffroi.formats.boamp.tree import record_tree
from beffroi.formats.boamp.vat import settle_by_form
from beffroi.formats.eforms import NAMES
from beffroi.formats.nodes import parse_xml

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Document, Draft

__all__ = ["ORDER", "draft", "label", "recognises"]

ORDER = 40
_HEAD = 65536
_XML = re.compile(rb"<(?:\w+:)?(?:ANNONCE|Annonce|ann)[\s>/]")
_PAGE = "https://www.boamp.fr/pages/avis/?q=idweb:%22{number}%22"
LEGAL = {
    "DIRECTIVE-17": "32004L0017",
    "DIRECTIVE-18": "32004L0018",
    "DIRECTIVE-23": "32014L0023",
    "DIRECTIVE-24": "32014L0024",
    "DIRECTIVE-25": "32014L0025",
    "DIRECTIVE-81": "32009L0081",
}
"""CELEX numbers of the directives a perimeter names; another perimeter is its own legal basis."""


def recognises(document: Document) -> bool:
    """Return whether the document is one record of the open data or one notice of DILA, judged from its beginning."""
    head = document.data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return b'"idweb"' in head and b'"results"' not in head
    return head.startswith(b"<") and _XML.search(head[:4096]) is not None


def draft(cursor: Cursor, document: Document) -> Draft:
    """Return the record of a document as a draft."""
    is_json = document.data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    root = record_tree(document.data, NAMES) if is_json else parse_xml(document.data)
    cursor.root = root
    fields = {one.tag: one for one in root} if is_json else {}
    gestion = child(root, "gestion" if is_json else "GESTION")
    donnees = child(root, "donnees" if is_json else "DONNEES")
    notice: Draft = {}
    cursor.anchor(notice, root)
    sheet = Sheet(notice, wall=_wall(donnees, fields))
    sheet.national = donnees is not None and any(one.tag in SHAPES for one in donnees)
    _identity(cursor, sheet, document, _number_place(gestion, fields))
    _sections(cursor, sheet, gestion, donnees, avis := avis_of(gestion, fields))
    if is_json:
        read_fields(cursor, root, Frame(sheet))
    for one in () if is_json else root:
        if one.tag not in ("GESTION", "DONNEES"):
            cursor.leave(one)
    republished = sheet.kind == "call" and avis.status is not None and avis.status.word == "RECTIFICATIF"
    settle_links(Frame(sheet), republished=republished)
    return notice


def _sections(cursor: Cursor, sheet: Sheet, gestion: Element | None, donnees: Element | None, avis: Avis) -> None:
    """Read the form, then what the bulletin adds, then how the notice names itself."""
    sheet.of_2014 = of_2014(avis)
    sheet.kind, place = kind_of_notice(avis, donnees)
    frame = Frame(sheet)
    if donnees is not None:
        _form(cursor, donnees, frame)
    settle_objects(cursor, sheet)
    settle_by_form(cursor, sheet)
    if gestion is not None:
        _envelope(cursor, gestion, frame)
    settle_kind(cursor, sheet, avis, place)
    if avis.sub and avis.sub.word == NOTHING:
        settle_nothing(cursor, sheet, avis.sub.place)
    _named(cursor, sheet, avis)


def _number_place(gestion: Element | None, fields: dict[str, Element]) -> Element | None:
    return fields["idweb"] if "idweb" in fields else child(child(gestion, "REFERENCE"), "IDWEB")


def _identity(cursor: Cursor, sheet: Sheet, document: Document, place: Element | None) -> None:
    """Set what identifies the notice; one that states no number bears its file's stem."""
    notice = sheet.notice
    number = cursor.value(place) if place is not None else ""
    if place is not None and number:
        cursor.cite(notice, "number", place)
    else:
        number = document.about.name.rpartition(".")[0] or document.about.name
        assert cursor.root is not None
        cursor.cite(notice, "number", cursor.root, rule="the notice states no number: the stem of its file")
    notice["id"], notice["source"], notice["number"] = f"boamp:{number}", "boamp", number
    sheet.said.add(number.casefold())


def _wall(donnees: Element | None, fields: dict[str, Element]) -> bool | None:
    """Return whether hours are wall clocks in Paris (the legacy form), or None where the form is unknown."""
    tags = {one.tag for one in donnees} if donnees is not None else set[str]()
    if tags & (SHAPES | {"EFORMS"}):
        return False
    if tags & set(SECTIONS):
        return True
    schema = fields.get("source_schema")
    return True if schema is not None and (schema.text or "").startswith("Boamp_v2") else None


def _form(cursor: Cursor, donnees: Element, frame: Frame) -> None:
    """Read DONNEES: the sections of the legacy form, or one of today's shapes."""
    if donnees.text and donnees.text.strip():
        cursor.leave(donnees, "not well-formed JSON")
        return
    for one in sorted(donnees, key=lambda part: part.tag != "IDENTITE"):
        if one.tag in SHAPES:
            read_form(cursor, one, frame)
        elif one.tag == "EFORMS":
            read_european(cursor, one, frame)
        elif one.tag in SECTIONS:
            SECTIONS[one.tag](cursor, one, frame)
        else:
            report(cursor, one, "a form this version does not know")


def _envelope(cursor: Cursor, gestion: Element, frame: Frame) -> None:
    if gestion.text and gestion.text.strip():
        cursor.leave(gestion, "not well-formed JSON")
    else:
        into(GESTION)(cursor, gestion, frame)


def _named(cursor: Cursor, sheet: Sheet, avis: Avis) -> None:
    """Set how the notice names itself, its legal basis, its page and its language."""
    notice, root = sheet.notice, cursor.root
    named = [one for one in (avis.family, avis.nature, avis.sub) if one]
    if named and "form" not in notice:
        notice["form"] = "/".join(one.word for one in named)
        cursor.cite(notice, "form", *(one.place for one in named), rule="family, nature and sub-nature of the notice")
    procedure: Draft = notice.setdefault("procedure", {})
    if avis.perimeter and "legal_basis" not in procedure:
        procedure["legal_basis"] = LEGAL.get(avis.perimeter.word, avis.perimeter.word)
        cursor.cite(procedure, "legal_basis", avis.perimeter.place, rule="the directive its perimeter names")
    if not procedure:
        del notice["procedure"]
    assert root is not None
    if "language" not in notice:
        notice["language"], notice["languages"] = "fr", ["fr"]
        cursor.cite(notice, "language", root, rule="the BOAMP publishes in French")
        cursor.cite(notice, "languages[0]", root, rule="the BOAMP publishes in French")
    if not any(one.tag == "url_avis" and one.text for one in root):
        notice["url"] = _PAGE.format(number=notice["number"])
        cursor.cite(notice, "url", root, rule="the page of a notice is addressed by its number")

"""A toy format over XML and JSON, for the tests of what every format shares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beffroi.formats.citing import citations
from beffroi.formats.cursor import Attribute, Cursor, Span, Trace, ignoring, walk
from beffroi.formats.nodes import JsonNode, local_name, parse_xml
from beffroi.notices import Citation, Document, Notice, from_draft

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<NOTICE LG="FR">
  <TITLE>Drones &amp; <!-- two words -->accessoires</TITLE>
  <TEXT><P>Un.</P><P>Deux.</P></TEXT>
  <CPV CODE="34711200"/><CPV CODE="35613000"/>
  <LOT NO="1"><TITLE>Fourniture de 565 micro-drones</TITLE><VAL_OBJECT CURRENCY="EUR">709 130.00</VAL_OBJECT></LOT>
  <LOT NO="2"><TITLE>Stations</TITLE><NO_RENEWAL/></LOT>
  <CONTACT>left alone</CONTACT><ODD>not read</ODD>
</NOTICE>
"""
TREE = {
    "@LG": "FR",
    "TITLE": "Drones & accessoires",
    "TEXT": {"P": ["Un.", "Deux."]},
    "CPV": [{"@CODE": "34711200"}, {"@CODE": "35613000"}],
    "LOT": [
        {
            "@NO": "1",
            "TITLE": "Fourniture de 565 micro-drones",
            "VAL_OBJECT": {"@CURRENCY": "EUR", "#text": "709 130.00"},
        },
        {"@NO": "2", "TITLE": "Stations", "NO_RENEWAL": ""},
    ],
    "CONTACT": "left alone",
    "ODD": "not read",
}
JSON = json.dumps({"idweb": "20-1", "donnees": json.dumps(TREE)}, indent=1).encode()


def _title(cursor: Cursor, element: Element, draft: Draft) -> None:
    draft["title"] = cursor.value(element)
    cursor.cite(draft, "title", element)


def _text(cursor: Cursor, element: Element, draft: Draft) -> None:
    draft["description"] = cursor.prose(element)
    cursor.cite(draft, "description", element)


def _cpv(cursor: Cursor, element: Element, draft: Draft) -> None:
    codes = draft.setdefault("cpv", [])
    cursor.cite(draft, f"cpv[{len(codes)}]", Attribute(element, "CODE"))
    codes.append(cursor.attribute(element, "CODE"))


def _amount(cursor: Cursor, element: Element, draft: Draft) -> None:
    amount: Draft = {"kind": "estimate", "value": cursor.value(element).replace(" ", "").removesuffix(".00")}
    amount["currency"] = cursor.attribute(element, "CURRENCY")
    cursor.anchor(amount, element)
    cursor.cite(amount, "value", element)
    cursor.cite(amount, "currency", Attribute(element, "CURRENCY"))
    draft.setdefault("amounts", []).append(amount)


def _lot_title(cursor: Cursor, element: Element, draft: Draft) -> None:
    _title(cursor, element, draft)
    start = (element.text or "").find("565")
    if start >= 0:
        quantity = {"value": 565, "stated_in": "title"}
        cursor.cite(quantity, "value", Span(element, start, start + 3))
        draft["quantities"] = [quantity]


def _no_renewal(cursor: Cursor, element: Element, draft: Draft) -> None:
    cursor.used(element)
    draft["renewals"] = {"allowed": False}
    cursor.cite(draft, "renewals", element)


LOT = {"TITLE": _lot_title, "VAL_OBJECT": _amount, "NO_RENEWAL": _no_renewal}


def _lot(cursor: Cursor, element: Element, draft: Draft) -> None:
    lot: Draft = {"id": cursor.attribute(element, "NO")}
    cursor.anchor(lot, element)
    cursor.cite(lot, "id", Attribute(element, "NO"))
    walk(cursor, element, LOT, lot)
    draft.setdefault("lots", []).append(lot)


NOTICE = {"TITLE": _title, "TEXT": _text, "CPV": _cpv, "LOT": _lot, "CONTACT": ignoring("personal contact")}


def toy(cursor: Cursor, root: Element, document: Document) -> Draft:
    """Return the draft of a toy notice."""
    cursor.root = root
    draft: Draft = {"id": "toy:1", "source": "toy", "number": "1", "document": document.about, "kind": "call"}
    cursor.anchor(draft, root, "the form is a call")
    draft["language"] = cursor.attribute(root, "LG").lower()
    cursor.cite(draft, "language", Attribute(root, "LG"))
    walk(cursor, root, NOTICE, draft)
    draft["unread"] = cursor.unread
    return draft


def label(place: Place) -> str:
    element: Any = place.element if isinstance(place, tuple) else place
    return f"rubric {local_name(element.tag)}"


def read_xml(data: bytes = XML) -> tuple[Document, Notice, dict[str, Citation]]:
    document = Document.of(data, name="toy.xml")
    return _read(document, parse_xml(data))


def read_json() -> tuple[Document, Notice, dict[str, Citation]]:
    document = Document.of(JSON, name="toy.json", media_type="application/json")
    return _read(document, JsonNode("donnees", json.loads(json.loads(JSON)["donnees"]), path=("donnees",)))


def _read(document: Document, root: Element) -> tuple[Document, Notice, dict[str, Citation]]:
    trace = Trace()
    draft = toy(trace, root, document)
    found, faults = citations(trace, draft, document, label)
    assert not faults
    return document, from_draft(draft), found

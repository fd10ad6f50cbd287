"""Invented records of the BOAMP, the smallest a test needs."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from beffroi.formats import read
from beffroi.notices import Document, Notice


def record(donnees: Any, gestion: Any = None, **fields: Any) -> Document:
    """Return a record of the open data; `donnees` and `gestion` become JSON text unless they are text already."""
    body = {"idweb": "20-1", "nature": "APPEL_OFFRE", "etat": "INITIAL", "dateparution": "2020-05-04", **fields}
    for name, value in (("gestion", gestion), ("donnees", donnees)):
        if value is not None:
            body[name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    data = json.dumps(body, ensure_ascii=False).encode()
    return Document.of(data, name="record.json", media_type="application/json")


def xml(donnees: dict[str, Any], root: str = "ANNONCE") -> Document:
    """Return the same form as an XML notice of DILA."""
    inner = _xml({"GESTION": {"REFERENCE": {"IDWEB": "20-1"}}, "DONNEES": donnees})
    return Document.of(f"<{root}>{inner}</{root}>".encode(), name="notice.xml")


def _xml(value: Any) -> str:
    if not isinstance(value, dict):
        return escape(str(value))
    parts = []
    for tag, below in value.items():
        for one in below if isinstance(below, list) else [below]:
            attributes = {key[1:]: text for key, text in one.items() if key[0] == "@"} if isinstance(one, dict) else {}
            written = "".join(f" {name}={quoteattr(text)}" for name, text in attributes.items())
            content = {key: text for key, text in one.items() if key[0] not in "@#"} if isinstance(one, dict) else one
            text = escape(one.get("#text", "")) if isinstance(one, dict) else ""
            parts.append(f"<{tag}{written}>{text}{_xml(content)}</{tag}>")
    return "".join(parts)


def notice(donnees: Any, gestion: Any = None, **fields: Any) -> Notice:
    """Return the notice of an invented record."""
    return read(record(donnees, gestion, **fields)).notice


def euros(value: str) -> dict[str, str]:
    """Return an element of money."""
    return {"@DEVISE": "EUR", "#text": value}

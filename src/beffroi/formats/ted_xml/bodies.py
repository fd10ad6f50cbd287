"""Organisations as TED addresses write them; contact persons, mailboxes and phone numbers stay in the document.

In: an ADDRESS_… element. Out: a draft `Organization` in the role its element gives it.

>>> country("UK"), country("EL"), country("FR")
('GB', 'GR', 'FR')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, ignoring, walk
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import code, prose

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

ISO = {"UK": "GB", "EL": "GR"}
"""The two countries TED codes otherwise than ISO 3166-1."""


def country(code: str) -> str:
    """Return the ISO 3166-1 code of TED's country code."""
    return ISO.get(code, code)


def organisation(cursor: Cursor, element: Element, role: str | None) -> Draft:
    """Return the organisation an address describes; its role is what its element stands for."""
    body: Draft = {"role": role} if role else {}
    cursor.anchor(body, element, "the role is what the element stands for")
    walk(cursor, element, ADDRESS, body)
    return body


def read_country(cursor: Cursor, element: Element, body: Draft) -> None:
    """Read the VALUE of a COUNTRY."""
    value = cursor.attribute(element, "VALUE")
    if value:
        body["country"] = country(value)
        rule = "ISO 3166-1" if value in ISO else None
        cursor.cite(body, "country", Attribute(element, "VALUE"), rule=rule)
    cursor.used(element)


def read_national_id(cursor: Cursor, element: Element, body: Draft) -> None:
    """Read a NATIONALID: the form does not say which register it belongs to."""
    value = cursor.value(element)
    if value:
        identifier = {"scheme": "unknown", "value": value}
        cursor.anchor(identifier, element, "the form names no register")
        cursor.cite(identifier, "value", element)
        body.setdefault("ids", []).append(identifier)


_PERSONAL = ignoring("personal contact")
_STREET = ignoring("street address, no field of the record")

ADDRESS = table(
    {
        "OFFICIALNAME": prose("name"),
        "NATIONALID": read_national_id,
        "ADDRESS": _STREET,
        "TOWN": prose("city"),
        "POSTAL_CODE": prose("postcode"),
        "COUNTRY": read_country,
        "NUTS": code("nuts", "CODE"),
        "CONTACT_POINT": _PERSONAL,
        "ATTENTION": _PERSONAL,
        "PHONE": _PERSONAL,
        "E_MAIL": _PERSONAL,
        "FAX": _PERSONAL,
        "URL": prose("url"),
        "URL_GENERAL": prose("url"),
        "URL_BUYER": prose("profile_url"),
    }
)

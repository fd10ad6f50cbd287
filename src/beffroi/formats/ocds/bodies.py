"""One organisation: its name, its identifiers, its address, as the record holds them.

In: a reference to an organisation, and the party it refers to. Out: a body of the record. Contact persons and street
addresses are passed over.

>>> register("GB-PPON-PBZB-4962-TVLR"), register("GB-FTS-1234"), register("17")
(('GB-PPON', 'PBZB-4962-TVLR'), None, None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import (
    HIDDEN,
    Frame,
    add,
    child,
    keep,
    keep_but,
    leave,
    place_of,
    put,
    scalar,
    used,
    written,
)
from beffroi.notices.countries import COUNTRY_RULE, country

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft

LOCAL = ("GB-FTS", "GB-CFS")
"""Prefixes of ids that Find a Tender and Contracts Finder make anew for each release: no identifiers."""
KINDS = frozenset({"TED_CA_TYPE", "UK_CA_TYPE", "eu-buyer-legal-type", "buyer-legal-type"})
ACTIVITIES = frozenset({"COFOG", "TED_CE_ACTIVITY", "eu-main-activity", "main-activity"})
_REGISTER = re.compile(r"([A-Z]{2,3}-[A-Z0-9_]+)-(\S.*)")
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
_LEGAL = frozenset({"legalName"})
_IDENTITY = frozenset({"id", "name", "roles"})


def register(text: str) -> tuple[str, str] | None:
    """Return the register and the number of an id written as org-id.guide advises, or None where it is another."""
    found = _REGISTER.fullmatch(text)
    return (found[1], found[2]) if found and found[1] not in LOCAL else None


def body(cursor: Cursor, sheet: Sheet, reference: Element, role: str) -> Draft | None:
    """Return the organisation a reference names, as `parties` describes it, or None where it names nothing."""
    if scalar(reference):
        cursor.leave(reference, "a text where an organisation is expected")
        return None
    number = written(cursor, child(reference, "id"))
    party = sheet.parties.get(number)
    draft: Draft = {}
    cursor.anchor(draft, party if party is not None else reference, f"its place in `{reference.tag}`")
    for one in (reference, *([party] if party is not None and party is not reference else [])):
        _describe(cursor, one, Frame(sheet, draft))
    if number:
        sheet.told[number] = draft
        _named_by_id(cursor, draft, child(reference, "id"))
    if not draft:
        return None
    draft["role"] = role
    cursor.cite(draft, "role", reference, rule=f"named as `{place_of(reference)}`")
    return draft


def _describe(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read what is said of an organisation; what has no field is kept where it is not a party's (see `settle`)."""
    for one in sorted(element, key=lambda field: field.tag != "name"):
        handler = BODY.get(one.tag)
        if handler is not None:
            handler(cursor, one, frame)
        elif one.tag not in _IDENTITY and element.tag != "parties":
            keep_rest(cursor, one, frame)


def _named_by_id(cursor: Cursor, draft: Draft, place: Element | None) -> None:
    """Give an organisation without an identifier the one its id is made of."""
    found = register(written(cursor, place)) if place is not None else None
    if found and place is not None and "ids" not in draft:
        one: Draft = {"scheme": found[0], "value": found[1]}
        cursor.anchor(one, place)
        cursor.cite(one, "scheme", place)
        cursor.cite(one, "value", place)
        draft["ids"] = [one]


def _identifier(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read an Identifier; its legal name stands in for a missing name, one without a number is kept."""
    parent, number = element.getparent(), child(element, "id")
    legal = child(element, "legalName")
    if legal is not None:
        _legal_name(cursor, legal, frame)
    if number is not None and written(cursor, number):
        _numbered(cursor, element, number, frame)
    elif parent is None or parent.tag != "parties":
        keep_but(cursor, element, Frame(frame.sheet), _LEGAL)


def _numbered(cursor: Cursor, element: Element, number: Element, frame: Frame) -> None:
    scheme = written(cursor, named := child(element, "scheme"))
    one: Draft = {"scheme": scheme or "unknown", "value": written(cursor, number)}
    cursor.anchor(one, element)
    cursor.cite(one, "value", number)
    if scheme and named is not None:
        cursor.cite(one, "scheme", named)
    if one not in frame.draft.get("ids", ()):
        add(frame.draft, "ids", one)
    for other in element:
        if other.tag == "uri":
            cursor.ignore(other, "the address of an identifier in its register")
        elif other.tag not in ("id", "scheme", "legalName"):
            leave(cursor, other, frame)


def _legal_name(cursor: Cursor, legal: Element, frame: Frame) -> None:
    """Let a legal name stand in for a missing name."""
    if "name" not in frame.draft:
        _first("name")(cursor, legal, frame)


def _country(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a country written as a code; a name in words is no code."""
    text = written(cursor, element)
    code = country(text)
    if code is None:
        used(cursor, element, frame)
    elif "country" not in frame.draft:
        frame.draft["country"] = code
        cursor.cite(frame.draft, "country", element, rule=COUNTRY_RULE)


def _region(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = written(cursor, element)
    if _NUTS.fullmatch(text) and "nuts" not in frame.draft:
        frame.draft["nuts"] = text
        cursor.cite(frame.draft, "nuts", element)
    else:
        used(cursor, element, frame)


def _first(field: str) -> Handler:
    """Return a handler that reads a text into a field not yet filled."""
    read = put(field)

    def handler(cursor: Cursor, element: Element, frame: Frame) -> None:
        if field not in frame.draft:
            read(cursor, element, frame)

    return handler


def _class(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read what kind of body it is, or what it does, by the list its code is of."""
    scheme, code = written(cursor, child(element, "scheme")), child(element, "id")
    field = "kind" if scheme in KINDS else "activity" if scheme in ACTIVITIES else None
    if field and code is not None and field not in frame.draft:
        _first(field)(cursor, code, frame)


ADDRESS: Mapping[str, Handler] = {
    "locality": _first("city"),
    "postalCode": _first("postcode"),
    "country": _country,
    "countryCode": _country,
    "countryName": _country,
    "region": _region,
}
DETAILS: Mapping[str, Handler] = {
    "url": _first("url"),
    "buyerProfile": _first("profile_url"),
    "classifications": _class,
}


def _part(table: Mapping[str, Handler]) -> Handler:
    """Return a handler of an object of which some fields are read now, the others with the rest of their party."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        for one in element:
            if one.tag in table:
                table[one.tag](cursor, one, frame)

    return read


BODY: Mapping[str, Handler] = {
    "name": _first("name"),
    "identifier": _identifier,
    "additionalIdentifiers": _identifier,
    "address": _part(ADDRESS),
    "details": _part(DETAILS),
    "url": _first("url"),
}
_KEPT = frozenset(
    {"roleDetails", "control", "newTenderers", "hasFinancialObligations", "memberOf", "scale", "classifications"}
    | {"socialEconomicOwnership", "description", "language"}
)


def keep_rest(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep, pass over or report what a party says beside its identity."""
    if element.tag in HIDDEN:
        HIDDEN[element.tag](cursor, element, frame)
    elif element.tag in _KEPT:
        keep(cursor, element, Frame(frame.sheet))
    else:
        leave(cursor, element, frame)

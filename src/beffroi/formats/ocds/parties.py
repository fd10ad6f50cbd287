"""Organisations: named in `parties` and referred to by their id (OCDS 1.1), or written where they act (1.0).

In: `parties`, and references to them. Out: buyers, other bodies and suppliers of the record. Contact persons and street
addresses are passed over; what else a party states is kept as a clause, once.

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

__all__ = ["bodies", "body", "others", "register", "settle_parties"]

LOCAL = ("GB-FTS", "GB-CFS")
"""Prefixes of ids that Find a Tender and Contracts Finder make anew for each release: no identifiers."""
OTHERS = {
    "centralPurchasingBody": "central_purchasing",
    "reviewBody": "review",
    "mediationBody": "mediation",
    "reviewContactPoint": "information",
    "processContactPoint": "information",
    "procurementServiceProvider": "service_provider",
    "tenderRecipient": "submission",
}
"""Roles of OCDS and its European profiles that a body of the record may have beside buying and supplying."""
KINDS = frozenset({"TED_CA_TYPE", "UK_CA_TYPE", "eu-buyer-legal-type", "buyer-legal-type"})
ACTIVITIES = frozenset({"COFOG", "TED_CE_ACTIVITY", "eu-main-activity", "main-activity"})
_FIELDS = {"locality": "city", "postalCode": "postcode", "region": "nuts", "url": "url", "buyerProfile": "profile_url"}
_FIELDS |= dict.fromkeys(("country", "countryCode", "countryName"), "country")
_SAME = frozenset({"country", "countryCode", "countryName"})
_REGISTER = re.compile(r"([A-Z]{2,3}-[A-Z0-9_]+)-(\S.*)")
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
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
        handler = _BODY.get(one.tag)
        if handler is not None:
            handler(cursor, one, frame)
        elif one.tag not in _IDENTITY and element.tag != "parties":
            _rest(cursor, one, frame)


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
    """Read an Identifier; its legal name stands in for a missing name."""
    fields = {one.tag: one for one in element}
    value = written(cursor, number := fields.get("id"))
    if number is not None and value:
        scheme = written(cursor, named := fields.get("scheme"))
        one: Draft = {"scheme": scheme or "unknown", "value": value}
        cursor.anchor(one, element)
        cursor.cite(one, "value", number)
        if scheme and named is not None:
            cursor.cite(one, "scheme", named)
        if one not in frame.draft.get("ids", ()):
            add(frame.draft, "ids", one)
    legal = fields.get("legalName")
    if legal is not None and "name" not in frame.draft:
        _first("name")(cursor, legal, frame)
    for other in element:
        if other.tag == "uri":
            cursor.ignore(other, "the address of an identifier in its register")
        elif other.tag not in ("id", "scheme", "legalName"):
            leave(cursor, other, frame)


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
_DETAILS: Mapping[str, Handler] = {
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


_BODY: Mapping[str, Handler] = {
    "name": _first("name"),
    "identifier": _identifier,
    "additionalIdentifiers": _identifier,
    "address": _part(ADDRESS),
    "details": _part(_DETAILS),
    "url": _first("url"),
}
_KEPT = frozenset(
    {"roleDetails", "control", "newTenderers", "hasFinancialObligations", "memberOf", "scale", "classifications"}
    | {"socialEconomicOwnership", "description", "language"}
)


def _rest(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep, pass over or report what a party says beside its identity."""
    if element.tag in HIDDEN:
        HIDDEN[element.tag](cursor, element, frame)
    elif element.tag in _KEPT:
        keep(cursor, element, Frame(frame.sheet))
    else:
        leave(cursor, element, frame)


def bodies(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Fill `buyers`: the release's buyer, the others in that role, else the entity that runs the procedure."""
    tender = child(release, "tender")
    first = child(release, "buyer")
    entity = child(tender, "procuringEntity")
    lead = [first] if first is not None else []
    lead += [one for one in sheet.parties.values() if _roles(cursor, one) & {"buyer", "leadBuyer"}]
    if not lead:
        lead = [entity] if entity is not None else [p for p in sheet.parties.values() if _runs(cursor, p)]
    for one in lead:
        number = written(cursor, child(one, "id"))
        if number and number in sheet.told:
            continue
        found = body(cursor, sheet, one, "joint_buyer" if "buyers" in sheet.notice else "buyer")
        if found is not None:
            add(sheet.notice, "buyers", found)
    if entity is not None and entity not in lead:
        _entity(cursor, sheet, entity)


def _entity(cursor: Cursor, sheet: Sheet, entity: Element) -> None:
    """Add the entity that runs the procedure for the buyer, where it is another body."""
    number = written(cursor, child(entity, "id"))
    names = {one.get("name") for one in sheet.notice.get("buyers", ())}
    if number in sheet.told or (not number and written(cursor, child(entity, "name")) in names):
        cursor.used(entity)
        return
    found = body(cursor, sheet, entity, "central_purchasing")
    if found is not None:
        add(sheet.notice, "others", found)


def _roles(cursor: Cursor, party: Element) -> set[str]:
    return {written(cursor, one) for one in party if one.tag == "roles"}


def _runs(cursor: Cursor, party: Element) -> bool:
    return "procuringEntity" in _roles(cursor, party)


def others(cursor: Cursor, sheet: Sheet) -> None:
    """Fill `others` with the parties in a role of their own: review, mediation, information."""
    for number, party in sheet.parties.items():
        role = next((OTHERS[one] for one in sorted(_roles(cursor, party)) if one in OTHERS), None)
        if role is not None and number not in sheet.told:
            found = body(cursor, sheet, party, role)
            if found is not None:
                add(sheet.notice, "others", found)


def settle_parties(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Keep what parties say that the record's bodies do not hold, and those without a role in it."""
    for party in release:
        if party.tag != "parties":
            continue
        if scalar(party):
            cursor.leave(party, "a text where an organisation is expected")
        elif written(cursor, child(party, "id")) in sheet.told and _registered(cursor, sheet, party):
            _leftover(cursor, sheet, party)
        else:
            keep(cursor, party, Frame(sheet))


def _registered(cursor: Cursor, sheet: Sheet, party: Element) -> bool:
    return sheet.parties.get(written(cursor, child(party, "id"))) is party


def _leftover(cursor: Cursor, sheet: Sheet, party: Element) -> None:
    """Keep what a party says beside what its body holds."""
    frame, held = Frame(sheet), sheet.told[written(cursor, child(party, "id"))]
    for one in party:
        if one.tag in ("address", "details") and not scalar(one):
            table = ADDRESS if one.tag == "address" else _DETAILS
            for part in one:
                if part.tag in HIDDEN:
                    HIDDEN[part.tag](cursor, part, frame)
                elif part.tag not in table or not _held(part, held):
                    keep(cursor, part, frame)
        elif one.tag in ("id", "roles"):
            cursor.used(one)
        elif one.tag == "name":
            _apart(cursor, one, frame, held)
        elif one.tag == "identifier":
            _apart(cursor, child(one, "legalName"), frame, held)
        elif one.tag not in _BODY:
            _rest(cursor, one, frame)


def _held(part: Element, held: Draft) -> bool:
    """Return whether a body holds a part of its address or details; a country's name says what its code says."""
    field = _FIELDS.get(part.tag)
    return field is not None and field in held and (part.tag in _SAME or part.text == held[field])


def _apart(cursor: Cursor, element: Element | None, frame: Frame, held: Draft) -> None:
    """Keep a name that is not the one a body goes by."""
    if element is not None and written(cursor, element).casefold() != held.get("name", "").casefold():
        keep(cursor, element, frame)

"""Who takes part: buyers and other bodies, from `parties` and references to them (1.1), or from where they act (1.0).

In: `parties`, `buyer` and `procuringEntity` of a release. Out: buyers and other bodies of the record. What else a party
states is kept as a clause, once; contact persons and street addresses are passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.bodies import ADDRESS, BODY, DETAILS, body, keep_rest
from beffroi.formats.ocds.frame import (
    HIDDEN,
    Frame,
    add,
    child,
    keep,
    keep_but,
    scalar,
    written,
)

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft


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
_FIELDS = {"locality": "city", "postalCode": "postcode", "region": "nuts", "url": "url", "buyerProfile": "profile_url"}
_FIELDS |= dict.fromkeys(("country", "countryCode", "countryName"), "country")
_SAME = frozenset({"country", "countryCode", "countryName"})


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
        if one.tag in ("address", "details"):
            _parts(cursor, one, frame, held)
        elif one.tag in ("id", "roles"):
            cursor.used(one)
        elif one.tag == "name":
            _apart(cursor, one, frame, held)
        elif one.tag in ("identifier", "additionalIdentifiers"):
            if not written(cursor, child(one, "id")):
                keep_but(cursor, one, frame, frozenset({"legalName"}))
            _apart(cursor, child(one, "legalName"), frame, held)
        elif one.tag not in BODY:
            keep_rest(cursor, one, frame)


def _parts(cursor: Cursor, element: Element, frame: Frame, held: Draft) -> None:
    """Keep what an address, or the details of a party, say beside what its body holds."""
    if scalar(element):
        keep(cursor, element, frame)
        return
    table = ADDRESS if element.tag == "address" else DETAILS
    for part in element:
        if part.tag in HIDDEN:
            HIDDEN[part.tag](cursor, part, frame)
        elif part.tag not in table or not _held(part, held):
            keep(cursor, part, frame)


def _held(part: Element, held: Draft) -> bool:
    """Return whether a body holds a part of its address or details; a country's name says what its code says."""
    field = _FIELDS.get(part.tag)
    return field is not None and field in held and (part.tag in _SAME or part.text == held[field])


def _apart(cursor: Cursor, element: Element | None, frame: Frame, held: Draft) -> None:
    """Keep a name that is not the one a body goes by."""
    if element is not None and written(cursor, element).casefold() != held.get("name", "").casefold():
        keep(cursor, element, frame)

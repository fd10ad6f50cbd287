"""Roles the organisations of a notice play.

In: `cac:ContractingParty` and the pointers of terms and results. Out: `buyers`, `others`, and passages for
functions the record has no role for.

Several contracting parties are joint buyers; the one that says it leads (OPP-050) coordinates them, and one that says
it is a central purchasing body (OPP-051, OPP-052) is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.gathered import Pointer, Section
from beffroi.formats.eforms.names import family
from beffroi.formats.eforms.organizations import leave_identity, organization
from beffroi.formats.eforms.values import clause, into, keep, listed, pointer

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.eforms.gathered import Gathered
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


def _typed(field: str, lists: tuple[str, ...]) -> Handler:
    def read(cursor: Cursor, element: Element, section: Section) -> None:
        if cursor.attribute(element, "listName") not in lists:
            _LISTED(cursor, element, section)
            return
        text = cursor.value(element)
        if text:
            section.spoken.setdefault(field, (text, element))

    return read


def _service(cursor: Cursor, element: Element, section: Section) -> None:
    provider = Section(section.notice, {})
    _PROVIDER(cursor, element, provider)
    section.notice.roles += [("service_provider", one) for one in provider.pointers.get("id", ())]


_LISTED = listed("BT-740")
_PROVIDER = into(
    {
        "cbc:ServiceTypeCode": listed("OPT-030"),
        "cac:Party": into({"cac:PartyIdentification": into({"cbc:ID": pointer("id")})}),
    }
)
_CONTRACTING = into(
    {
        "cbc:BuyerProfileURI": clause("BT-508"),
        "cac:ContractingPartyType": into(
            {"cbc:PartyTypeCode": _typed("kind", ("buyer-legal-type", "eforms-buyer-legal-type", ""))}
        ),
        "cac:ContractingActivity": into(
            {"cbc:ActivityTypeCode": _typed("activity", ("authority-activity", "entity-activity", "main-activity", ""))}
        ),
        "cac:Party": into(
            {
                "cac:PartyIdentification": into({"cbc:ID": pointer("id")}),
                "cac:ServiceProviderParty": _service,
            }
        ),
    }
)


def contracting_party(cursor: Cursor, element: Element, section: Section) -> None:
    """Read one buyer (OPT-300): who it is, its legal type (BT-11) and activity (BT-10, BT-610)."""
    buyer = Section(section.notice, {})
    _CONTRACTING(cursor, element, buyer)
    section.notice.buyers.append(buyer)


def role_of(role: str) -> Handler:
    """Return a handler that gives the organisation pointed to a role in the notice."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        found = Section(section.notice, {})
        _POINTED(cursor, element, found)
        section.notice.roles += [(role, one) for one in found.pointers.get("id", ())]

    return read


_POINTED = into({"cac:PartyIdentification": into({"cbc:ID": pointer("id")})})


def body(place: str) -> Handler:
    """Return a handler of a body in a function the record has no role for: its name is kept as a passage."""

    def point(cursor: Cursor, element: Element, section: Section) -> None:
        for child in element:
            if child.tag in _IDENTIFICATION:
                for one in child:
                    section.notice.bodies.append((place, Pointer(cursor.value(one), one)))
            elif child.tag in _ID:
                section.notice.bodies.append((place, Pointer(cursor.value(child), child)))
            elif child.tag in _ENDPOINT:
                _SUBMISSION(cursor, child, section)
            else:
                cursor.leave(child)

    return point


_IDENTIFICATION = family("cac:PartyIdentification")
_ID = family("cbc:ID")
_ENDPOINT = family("cbc:EndpointID")
_SUBMISSION = clause("BT-18")


def resolve_bodies(cursor: Cursor, notice: Gathered) -> None:
    """Keep the name of each body once for each of its functions, whatever the number of lots that repeat it."""
    seen: set[tuple[str, str]] = set()
    section = Section(notice, {})
    for place, found in notice.bodies:
        identifier = notice.points.get(found.id, found.id)
        company = notice.companies.get(identifier)
        if company is None or "name" not in company.fields:
            cursor.leave(found.element, "points to no organisation of the notice")
        elif (place, identifier) not in seen:
            seen.add((place, identifier))
            company.used = True
            name, element = company.fields["name"]
            keep(cursor, section, place, name, element)


def resolve_roles(cursor: Cursor, notice: Gathered) -> None:
    """Fill `buyers` and `others`; one role of one organisation is listed once."""
    pointed = [(buyer, one) for buyer in notice.buyers for one in buyer.pointers.get("id", ())]
    buyers = [_buyer(cursor, notice, buyer, one, alone=len(pointed) == 1) for buyer, one in pointed]
    if found := [one for one in buyers if one is not None]:
        notice.draft["buyers"] = found
    seen: set[tuple[str, str]] = set()
    for role, one in notice.roles:
        key = role, notice.points.get(one.id, one.id)
        if key not in seen:
            seen.add(key)
            other = organization(cursor, notice, one, role)
            if other is not None:
                notice.draft.setdefault("others", []).append(other)


def _buyer(cursor: Cursor, notice: Gathered, buyer: Section, found: Pointer, *, alone: bool) -> Draft | None:
    company = notice.companies.get(notice.points.get(found.id, found.id))
    role = "buyer" if alone else "joint_buyer"
    if company is not None and company.leads and not alone:
        role = "coordinator"
    elif company is not None and company.central:
        role = "central_purchasing"
    draft = organization(cursor, notice, found, role)
    if draft is not None:
        for field, (value, place) in buyer.spoken.items():
            draft[field] = value
            cursor.cite(draft, field, place)
    return draft


def leave_unused(cursor: Cursor, notice: Gathered) -> None:
    """Report the organisations that play no role the record keeps: their names and identifiers are not lost."""
    for company in notice.companies.values():
        if not company.used:
            leave_identity(cursor, company, "an organisation in no role the record keeps")

"""Organisations of a notice and the roles they play.

In: `efac:Organizations`, `cac:ContractingParty`, and pointers to them (ORG-0001, or the TPO-0001 of a contact point).
Out: `buyers` and `others` of the record; each role is a copy of the organisation, cited where it is described.

Several contracting parties are joint buyers; the one that says it leads (OPP-050) coordinates them, and one that says it
is a central purchasing body (OPP-051, OPP-052) is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, ignoring
from beffroi.formats.eforms.gathered import Company, Section
from beffroi.formats.eforms.values import (
    address,
    clause,
    coded,
    flag,
    hear,
    into,
    is_masked,
    keep,
    listed,
    personal,
    pointer,
)
from beffroi.notices.countries import country

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.eforms.gathered import Gathered, Pointer
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


class Profile(Section):
    """An organisation being read."""

    __slots__ = ("company",)

    def __init__(self, notice: Gathered) -> None:
        super().__init__(notice, {})
        self.company = Company()


def _value(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, profile: Profile) -> None:
        text = cursor.value(element)
        if text and is_masked(text):
            profile.notice.masked.append(element)
        elif text:
            profile.company.fields[field] = (text, element)

    return read


def _country(cursor: Cursor, element: Element, profile: Profile) -> None:
    """BT-514: ISO alpha-3 in the document, alpha-2 in the record."""
    text = cursor.value(element)
    found = country(text)
    if found is not None:
        profile.company.fields["country"] = (found, element)
    elif text:
        cursor.leave(element, "not a country of ISO 3166-1")


def named(cursor: Cursor, element: Element, profile: Profile) -> None:
    """BT-500: the name in the notice's language, else the first; other languages stay among the texts."""
    text, original = hear(cursor, element, profile, "BT-500")
    if not text:
        return
    before = profile.spoken.get("name")
    if before is None or (original and before[0] != "original"):
        profile.spoken["name"] = ("original" if original else "other", element)
        profile.company.fields["name"] = (text, element)
    profile.company.names.append(element)


def identifier(cursor: Cursor, element: Element, profile: Profile) -> None:
    """BT-501: the register is the one the document names, else unknown."""
    text = cursor.value(element)
    if text:
        scheme = cursor.attribute(element, "schemeName") or cursor.attribute(element, "schemeID")
        profile.company.ids.append((scheme or "unknown", text, element))


ADDRESS = into(
    {
        "cbc:StreetName": address,
        "cbc:AdditionalStreetName": address,
        "cac:AddressLine": address,
        "cbc:CityName": _value("city"),
        "cbc:PostalZone": _value("postcode"),
        "cbc:CountrySubentityCode": _value("nuts"),
        "cac:Country": into({"cbc:IdentificationCode": _country}),
        "cbc:Department": clause("BT-16"),
    }
)
_COMPANY = into(
    {
        "cac:PartyIdentification": into({"cbc:ID": pointer("id")}),
        "cac:PartyName": into({"cbc:Name": named}),
        "cac:PostalAddress": ADDRESS,
        "cac:PartyLegalEntity": into({"cbc:CompanyID": identifier}),
        "cac:Contact": personal,
        "cbc:WebsiteURI": clause("BT-505"),
        "cbc:EndpointID": clause("BT-509"),
        "efbc:CompanySizeCode": coded,
    }
)


def _lead(cursor: Cursor, element: Element, profile: Profile) -> None:
    profile.company.leads = flag(cursor, element) or False


def _central(cursor: Cursor, element: Element, profile: Profile) -> None:
    profile.company.central |= flag(cursor, element) or False


_POINT = into(
    {
        "cac:PartyIdentification": into({"cbc:ID": pointer("points")}),
        "cac:PartyName": personal,
        "cac:PostalAddress": address,
        "cac:Contact": personal,
        "cbc:WebsiteURI": clause("BT-505"),
        "cbc:EndpointID": clause("BT-509"),
    }
)
_ORGANIZATION = into(
    {
        "efac:Company": _COMPANY,
        "efac:TouchPoint": _POINT,
        "efac:UltimateBeneficialOwner": ignoring("personal data of a beneficial owner"),
        "efbc:ListedOnRegulatedMarketIndicator": coded,
        "efbc:NaturalPersonIndicator": coded,
        "efbc:GroupLeadIndicator": _lead,
        "efbc:AwardingCPBIndicator": _central,
        "efbc:AcquiringCPBIndicator": _central,
    }
)


def _organization(cursor: Cursor, element: Element, section: Section) -> None:
    profile = Profile(section.notice)
    _ORGANIZATION(cursor, element, profile)
    found = profile.pointers.get("id")
    if not found:
        _leave_identity(cursor, profile.company, "an organisation without an identifier in the notice")
        return
    section.notice.companies[found[0].id] = profile.company
    for point in profile.pointers.get("points", ()):
        section.notice.points[point.id] = found[0].id


ORGANIZATIONS = into(
    {
        "efac:Organization": _organization,
        "efac:UltimateBeneficialOwner": ignoring("personal data of a beneficial owner"),
    }
)


def organization(cursor: Cursor, notice: Gathered, found: Pointer, role: str) -> Draft | None:
    """Return the organisation pointed to, in a role; a pointer that leads nowhere is left as unread."""
    company = notice.companies.get(found.id) or notice.companies.get(notice.points.get(found.id, ""))
    if company is None:
        cursor.leave(found.element, "points to no organisation of the notice")
        return None
    company.used = True
    return described(cursor, company, found.element, role)


def described(cursor: Cursor, company: Company, element: Element, role: str | None) -> Draft:
    """Return a company's values as the draft of an organisation in a role; `element` is where the role is given."""
    draft: Draft = {}
    if role is not None:
        draft["role"] = role
    cursor.anchor(draft, element, "the pointer's element gives the role")
    for field, (value, place) in company.fields.items():
        draft[field] = value
        cursor.cite(draft, field, place)
    if company.ids:
        draft["ids"] = [_cited(cursor, scheme, value, place) for scheme, value, place in company.ids]
    return draft


def _cited(cursor: Cursor, scheme: str, value: str, element: Element) -> Draft:
    draft: Draft = {"scheme": scheme, "value": value}
    cursor.anchor(draft, element, "the document names no register" if scheme == "unknown" else None)
    for name in ("schemeName", "schemeID"):
        if scheme == (element.get(name) or "").strip():
            cursor.cite(draft, "scheme", Attribute(element, name))
            break
    cursor.cite(draft, "value", element)
    return draft


def _leave_identity(cursor: Cursor, company: Company, why: str) -> None:
    for element in company.names:
        cursor.leave(element, why)
    for _, _, element in company.ids:
        cursor.leave(element, why)


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
    read = into(
        {
            "cac:PartyIdentification": into({"cbc:ID": pointer(place)}),
            "cbc:ID": pointer(place),
            "cbc:EndpointID": clause("BT-18"),
        }
    )

    def point(cursor: Cursor, element: Element, section: Section) -> None:
        found = Section(section.notice, {}, section.id)
        read(cursor, element, found)
        section.notice.bodies += [(place, one) for one in found.pointers.get(place, ())]

    return point


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
            _leave_identity(cursor, company, "an organisation in no role the record keeps")

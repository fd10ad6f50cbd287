"""Organisations of a notice, as it describes them.

In: `efac:Organizations`. Out: companies by identifier (ORG-0001; the TPO-0001 of a contact point leads to its
organisation), and copies of them as drafts in a role, cited where the organisation is described.
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
    personal,
    pointer,
)
from beffroi.notices.countries import COUNTRY_RULE, country

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
        leave_identity(cursor, profile.company, "an organisation without an identifier in the notice")
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
        cursor.cite(draft, field, place, rule=COUNTRY_RULE if field == "country" else None)
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


def leave_identity(cursor: Cursor, company: Company, why: str) -> None:
    """Report a company's names and identifiers as unread."""
    for element in company.names:
        cursor.leave(element, why)
    for _, _, element in company.ids:
        cursor.leave(element, why)

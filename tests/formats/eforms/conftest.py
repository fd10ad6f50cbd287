"""Small eForms documents invented for the tests: a notice of two bodies, to which each test adds its quirk."""

from __future__ import annotations

import pytest

from beffroi.formats import read
from beffroi.formats.eforms import NAMES
from beffroi.notices import Document, Notice

ORGANIZATION = """
<efac:Organization><efac:Company>
  <cac:PartyIdentification><cbc:ID schemeName="organization">{id}</cbc:ID></cac:PartyIdentification>
  <cac:PartyName><cbc:Name languageID="FRA">{name}</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cbc:StreetName>1 rue du Test</cbc:StreetName><cbc:CityName>Brive</cbc:CityName>
    <cac:Country><cbc:IdentificationCode listName="country">FRA</cbc:IdentificationCode></cac:Country>
  </cac:PostalAddress>
  <cac:PartyLegalEntity><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity>
  <cac:Contact><cbc:Name>Jeanne Essai</cbc:Name><cbc:ElectronicMail>j@exemple.invalid</cbc:ElectronicMail></cac:Contact>
</efac:Company>{more}</efac:Organization>
"""
BUYER = """
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>{id}</cbc:ID></cac:PartyIdentification>
</cac:Party></cac:ContractingParty>
"""
LOT = """
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">{id}</cbc:ID>
  <cac:TenderingTerms>{terms}</cac:TenderingTerms>
  <cac:TenderingProcess>{process}</cac:TenderingProcess>
  <cac:ProcurementProject><cbc:Name languageID="FRA">{title}</cbc:Name>{project}</cac:ProcurementProject>
</cac:ProcurementProjectLot>
"""
RESULT = """
<efac:LotResult><cbc:ID>{id}</cbc:ID>{more}
  {tenders}
  <efac:TenderLot><cbc:ID>{lot}</cbc:ID></efac:TenderLot>
</efac:LotResult>
"""
TENDER = """
<efac:LotTender><cbc:ID>{id}</cbc:ID>{more}
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">{value}</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <efac:TenderingParty><cbc:ID>{party}</cbc:ID></efac:TenderingParty>
  <efac:TenderLot><cbc:ID>{lot}</cbc:ID></efac:TenderLot>
</efac:LotTender>
"""
CONTRACT = """
<efac:SettledContract><cbc:ID>{id}</cbc:ID>{more}{tenders}</efac:SettledContract>
"""
PARTY = """
<efac:TenderingParty><cbc:ID>{id}</cbc:ID>{members}</efac:TenderingParty>
"""
POINTED = "<efac:LotTender><cbc:ID>{}</cbc:ID></efac:LotTender>"
AWARDED = '<cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>'


class Build:
    """Writes pieces of an eForms notice."""

    awarded = AWARDED

    def organization(self, identifier: str, name: str, more: str = "") -> str:
        """Return a body of the notice."""
        return ORGANIZATION.format(id=identifier, name=name, number=f"FR-{identifier}", more=more)

    def buyer(self, identifier: str) -> str:
        """Return a contracting party."""
        return BUYER.format(id=identifier)

    def lot(self, identifier: str = "LOT-0001", **parts: str) -> str:
        """Return a lot; parts: title, terms, process, project."""
        empty = {"title": "Un lot", "terms": "", "process": "", "project": ""}
        return LOT.format(id=identifier, **{**empty, **parts})

    def result(self, identifier: str, tenders: tuple[str, ...] = (), *, lot: str = "LOT-0001", more: str = "") -> str:
        """Return the result of a lot."""
        return RESULT.format(id=identifier, tenders="".join(map(POINTED.format, tenders)), lot=lot, more=more)

    def tender(self, identifier: str, party: str, value: str = "100", more: str = "") -> str:
        """Return a tender for LOT-0001."""
        return TENDER.format(id=identifier, party=party, value=value, lot="LOT-0001", more=more)

    def contract(self, identifier: str, tenders: tuple[str, ...], more: str = "") -> str:
        """Return a settled contract."""
        return CONTRACT.format(id=identifier, tenders="".join(map(POINTED.format, tenders)), more=more)

    def party(self, identifier: str, *members: str) -> str:
        """Return a tendering party; a member may be written whole."""
        written = [
            one if one.startswith("<") else f"<efac:Tenderer><cbc:ID>{one}</cbc:ID></efac:Tenderer>" for one in members
        ]
        return PARTY.format(id=identifier, members="".join(written))

    def results(self, *pieces: str) -> str:
        """Return a notice's result."""
        return f"<efac:NoticeResult>{''.join(pieces)}</efac:NoticeResult>"

    def document(self, body: str = "", **parts: str) -> Document:
        """Return a notice in French; parts: extension, kind, subtype, organizations, header, language."""
        empty = {"extension": "", "kind": "cn-standard", "subtype": "16", "organizations": "", "header": ""}
        spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
        text = NOTICE.format(body=body, spaces=spaces, **{**empty, "language": LANGUAGE, **parts})
        return Document.of(text.encode(), name="invented.xml")

    def notice(self, body: str = "", **parts: str) -> Notice:
        """Return the record of an invented notice."""
        return read(self.document(body, **parts)).notice


LANGUAGE = "<cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode>"
NOTICE = """<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" {spaces}>
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
{extension}
<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">{subtype}</cbc:SubTypeCode></efac:NoticeSubType>
<efac:Organizations>{organizations}</efac:Organizations>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">00000000-0000-4000-8000-000000000001</cbc:ID>
<cbc:IssueDate>2024-02-01+01:00</cbc:IssueDate>
<cbc:VersionID>01</cbc:VersionID>
<cbc:NoticeTypeCode>{kind}</cbc:NoticeTypeCode>
{language}
{header}
{body}
</ContractNotice>"""


@pytest.fixture
def build() -> Build:
    """Return the writer of invented notices."""
    return Build()

"""Small invented notices of each format, and ways to break them, for the tests of hostile input."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from beffroi.errors import Unreadable
from beffroi.formats import read
from beffroi.formats.proof import verify_citations
from beffroi.notices import Document, to_json

if TYPE_CHECKING:
    from random import Random

TED = b"""<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT DOC_ID="000042-2020" EDITION="2020001">
<CODED_DATA_SECTION><NOTICE_DATA><NO_DOC_OJS>2020/S 001-000042</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION>
<FORM_SECTION><F02_2014 CATEGORY="ORIGINAL" FORM="F02" LG="FR">
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Ville d'Orval &amp; alentours</OFFICIALNAME>
<TOWN>Orval</TOWN><COUNTRY VALUE="FR"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Cerfs-volants</P></TITLE><CPV_MAIN><CPV_CODE CODE="37400000"/></CPV_MAIN>
<VAL_ESTIMATED_TOTAL CURRENCY="EUR">12500.50</VAL_ESTIMATED_TOTAL><LOT_DIVISION/>
<OBJECT_DESCR ITEM="1"><TITLE><P>Fils</P></TITLE><LOT_NO>1</LOT_NO><SHORT_DESCR><P>Un.</P><P>Deux.</P></SHORT_DESCR>
<VAL_OBJECT CURRENCY="EUR">4500</VAL_OBJECT><DURATION TYPE="MONTH">12</DURATION></OBJECT_DESCR></OBJECT_CONTRACT>
<PROCEDURE><PT_OPEN/><DATE_RECEIPT_TENDERS>2020-03-02</DATE_RECEIPT_TENDERS>
<TIME_RECEIPT_TENDERS>12:00</TIME_RECEIPT_TENDERS></PROCEDURE></F02_2014></FORM_SECTION></TED_EXPORT>
"""

EFORMS = b"""<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID><cbc:IssueDate>2024-02-01+01:00</cbc:IssueDate>
<cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode>
<cac:ProcurementProject><cbc:Name languageID="FRA">Cerfs-volants</cbc:Name>
<cac:RequestedTenderTotal>
<cbc:EstimatedOverallContractAmount currencyID="EUR">12500.50</cbc:EstimatedOverallContractAmount>
</cac:RequestedTenderTotal></cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID>
<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2024-03-02+01:00</cbc:EndDate>
<cbc:EndTime>12:00:00+01:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess>
<cac:ProcurementProject><cbc:Name languageID="FRA">Fils</cbc:Name></cac:ProcurementProject>
</cac:ProcurementProjectLot></ContractNotice>
"""

DONNEES = {
    "IDENTITE": {"DENOMINATION": "Ville d&#039;Orval", "CP": "02000", "VILLE": "Orval"},
    "OBJET": {
        "OBJET_COMPLET": "Cerfs-volants",
        "CPV": {"PRINCIPAL": "37400000"},
        "LOTS": {"LOT": [{"NUM": "1", "INTITULE": "Fils", "VALEUR": {"@DEVISE": "EUR", "#text": "4 500,00"}}]},
    },
    "PROCEDURE": {"TYPE_PROCEDURE": {"OUVERT": ""}},
    "CONDITION_DELAI": {"RECEPT_OFFRES": "2020-03-02T12:00:00+01:00"},
}
RECORD = {
    "idweb": "20-42",
    "id": "20_42",
    "objet": "Cerfs-volants",
    "famille": "FNS",
    "dateparution": "2020-02-01",
    "nomacheteur": "Ville d'Orval",
    "nature": "APPEL_OFFRE",
    "etat": "INITIAL",
    "gestion": json.dumps({"REFERENCE": {"IDWEB": "20-42"}}),
    "donnees": json.dumps(DONNEES),
}
BOAMP = json.dumps(RECORD).encode()

NOTICES = {"ted": TED, "eforms": EFORMS, "boamp": BOAMP}

ODD: tuple[bytes, ...] = (
    b"",
    b"0",
    b"-1",
    b"1e999",
    b"9" * 40,
    b"abc",
    b"2020-13-45",
    b"9999-99-99",
    b"25:61",
    b"NaN",
    b"Infinity",
)
ODD += (b"1,2,3", "é".encode() * 50, "²".encode(), "١٢".encode(), b"0000-00-00", b"10000-01-01", b"a b\tc")
BITS = (b"\0", b"<", b"&", b'"', b"\\", b"{}", b"[]", b"null", b"\xff", b"\xed\xa0\x80", b"\\ud800", b"   ")

_VALUE = re.compile(rb'(>)[^<>]+(<)|(\\": \\")[^"\\]*(\\")|(": ")[^"\\]*(")')


def document(data: bytes, name: str) -> Document:
    """Return a document of invented or broken bytes."""
    kind = "application/json" if data.lstrip()[:1] in {b"{", b"["} else "application/xml"
    return Document.of(data, name=name, media_type=kind, origin="sample")


def outcome(data: bytes, name: str = "x.xml", *, cite: bool = False) -> str:
    """Return "record", or the one sentence that says why there is none; anything else raised is a fault."""
    try:
        reading = read(document(data, name), cite=cite)
    except Unreadable as error:
        return _sentence(str(error), name)
    assert to_json(reading.notice)
    if reading.citations is not None:
        assert verify_citations(document(data, name), reading.notice, reading.citations) == []
    return "record"


def _sentence(said: str, name: str) -> str:
    assert "\n" not in said
    assert said.startswith(name)
    return said


def mutated(data: bytes, random: Random) -> bytes:
    """Return the bytes with one random thing done to them."""
    way = random.choice(("cut", "byte", "drop", "repeat", "bit", "value", "value", "value"))
    at = random.randrange(len(data))
    if way == "cut":
        return data[:at]
    if way == "byte":
        return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
    if way == "drop":
        return data[:at] + data[at + random.choice((1, 5, 80)) :]
    if way == "repeat":
        return data[:at] + data[at - 100 : at] + data[at:]
    if way == "bit":
        return data[:at] + random.choice(BITS) + data[at:]
    return _with_odd_value(data, random)


def _with_odd_value(data: bytes, random: Random) -> bytes:
    found = random.choice(list(_VALUE.finditer(data)))
    before, after = (one for one in found.groups() if one is not None)
    return data[: found.start()] + before + random.choice(ODD) + after + data[found.end() :]

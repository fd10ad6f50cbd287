"""Mailboxes and telephone numbers in prose: masked in the record, cut out of its citations."""

from __future__ import annotations

import json

import pytest

from beffroi.formats import read
from beffroi.formats.citing import citations
from beffroi.formats.contacts import around, mask, masked
from beffroi.formats.cursor import Trace
from beffroi.formats.nodes import JsonNode, parse_xml
from beffroi.formats.proof import explains, verify_citations
from beffroi.notices import Document, Notice, from_draft, to_json
from tests.formats import toy

SAID = "Écrire à M. Roy : p.roy@mairie.example (tél. 01 23 45 67 89), lot de 1 234 567 EUR"
MASKED = "Écrire à M. Roy : […@…] (tél. [+…]), lot de 1 234 567 EUR"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SAID, MASKED),
        ("a.b+c@x-y.example.fr.", "[…@…]."),
        ("Mél : é.roy@ville.example, lot 2", "Mél : […@…], lot 2"),
        ("appeler le +33 184770026 (0,35 EUR/min)", "appeler le [+…] (0,35 EUR/min)"),
        ("tél. +33 (0)892232120 (0,35 EUR)", "tél. [+…] (0,35 EUR)"),
        ("Tel.: +49 221 98578-50.\n5. Die", "Tel.: [+…].\n5. Die"),
        ("Telefon: 03634 60 18 93 E-Mail", "Telefon: [+…] E-Mail"),
        ("teléfono 915 512 651.", "teléfono [+…]."),
        ("по тел.: 02/9406331, адрес", "по тел.: [+…], адрес"),
        ("au 01 76 64 74 07 ou", "au [+…] ou"),
        ("fax:+33491997196", "fax:[+…]"),
    ],
)
def test_a_contact_in_prose_is_masked(text: str, expected: str) -> None:
    assert mask(text, prose=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "de +10 000 000 EUR à +33 000 000 € HT",
        "passerelles télescopiques, 1 000 000 EUR HT",
        "500 000 + 200 000 000, soit 100+33000000",
        "référence 02.08.01.03.04.05 et 01-26-07-38-42-69",
        "SIRET 012 345 678 00014, compte 10023002-00319391",
        "plateforme e@si, carte https://x.example/@48.85,2.35",
        "du 01.07.2016 au 01.09.2017 à 14 h 30",
    ],
)
def test_figures_references_and_dates_are_no_contacts(text: str) -> None:
    assert mask(text, prose=True) == text


def test_outside_prose_only_mailboxes_are_masked() -> None:
    assert mask("01 23 45 67 89", prose=False) == "01 23 45 67 89"
    assert mask("greffe@cour.example", prose=False) == "[…@…]"


def test_a_draft_without_a_contact_is_left_as_it_is() -> None:
    draft = {"id": "boamp:20-1", "title": "Drones, 2 000 000 EUR"}
    assert masked(draft) is draft


def test_the_number_of_a_notice_and_its_links_stay() -> None:
    draft = {"number": "012345-2020", "links": [{"target": "ted:012345-2020"}], "title": "tél. 01 23 45 67 89"}
    assert masked(draft) == {**draft, "title": "tél. [+…]"}


def cited(data: bytes, *, json_document: bool) -> tuple[Notice, dict[str, str], list[str]]:
    """Return the notice, the whole of what its citations quote by path, and what does not hold."""
    document = Document.of(data, name="a", media_type="application/json" if json_document else "application/xml")
    trace = Trace()
    root = JsonNode("donnees", json.loads(json.loads(data)["donnees"]), path=("donnees",)) if json_document else None
    draft = toy.toy(trace, root or parse_xml(data), document)
    notice = from_draft(masked(draft))
    found = around(citations(trace, draft, document, toy.label).found, document)
    quoted = {path: json.dumps([one.quote, one.text, *one.parts], default=str) for path, one in found.items()}
    unexplained = [
        path
        for path, one in found.items()
        if path == "title" and one.quote and not explains(notice.title, [part.text for part in one.parts or (one,)])
    ]
    return notice, quoted, verify_citations(document, notice, found) + unexplained


XML = '<?xml version="1.0" encoding="{}"?><NOTICE LG="FR"><TITLE>{}</TITLE><CONTACT/></NOTICE>'


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_citations_stand_around_what_is_masked(encoding: str) -> None:
    notice, quoted, problems = cited(XML.format(encoding, SAID).encode(encoding), json_document=False)
    assert notice.title == MASKED
    assert problems == []
    assert "p.roy" not in quoted["title"]
    assert "23 45" not in quoted["title"]
    assert "lot de 1 234 567 EUR" in quoted["title"]


@pytest.mark.parametrize(
    "said", [f"Contact\n{SAID}", "<![CDATA[Écrire à p.roy@mairie.example]]>", "p.roy@mairie.example", f"&#233;{SAID}"]
)
def test_no_citation_holds_what_is_masked(said: str) -> None:
    tree = json.dumps({"@LG": "FR", "TITLE": said})
    whole = json.dumps({"idweb": "20-1", "donnees": tree}).encode()
    for data, is_json in ((whole, True), (XML.format("utf-8", said).encode(), False)):
        _, quoted, problems = cited(data, json_document=is_json)
        assert problems == []
        assert "p.roy" not in quoted["title"]


def test_the_record_of_a_real_format_is_masked() -> None:
    data = json.dumps({"idweb": "26-1", "objet": SAID, "donnees": json.dumps({"FNSimple": {}}), "famille": "FNS"})
    notice = read(Document.of(data.encode(), name="a.json", media_type="application/json")).notice
    assert b"p.roy" not in to_json(notice)
    assert MASKED in to_json(notice).decode()

"""Citations of a toy format: explicit places, anchors with their rule, nothing without a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from beffroi.errors import Uncited
from beffroi.formats import read
from beffroi.formats.citing import citations
from beffroi.formats.coverage import coverage
from beffroi.formats.cursor import Attribute, Cursor, Trace
from beffroi.formats.nodes import JsonNode, parse_xml
from beffroi.formats.proof import verify_citations
from beffroi.intake import Refusal, documents
from beffroi.notices import Document, from_draft

if TYPE_CHECKING:
    from pathlib import Path
from tests.formats.toy import TREE, XML, label, read_json, read_xml, toy

READERS = pytest.mark.parametrize("reader", [read_xml, read_json])


@READERS
def test_every_filled_path_is_cited_and_every_citation_holds(reader: Any) -> None:
    document, notice, found = reader()
    assert verify_citations(document, notice, found) == []
    assert set(found) >= {"title", "cpv[1]", "lots[0].amounts[0].value", "lots[1].renewals.allowed", "kind", "number"}
    assert not set(found) & {"id", "source", "document", "document.sha256", "unread", "unread[0].place"}


@READERS
def test_both_modes_read_the_same(reader: Any) -> None:
    document, notice, _ = reader()
    root: Any = parse_xml(XML) if reader is read_xml else JsonNode("donnees", TREE, path=("donnees",))
    assert from_draft(toy(Cursor(), root, document)) == notice


def test_a_value_cites_what_its_reader_said() -> None:
    _, _, found = read_xml()
    value = found["lots[0].amounts[0].value"]
    assert (value.quote, value.text, value.rule) == ("709 130.00", "709 130.00", None)
    assert value.locator.startswith("/NOTICE/LOT[1]/VAL_OBJECT[1]#bytes=")
    assert value.label == "rubric VAL_OBJECT"
    assert found["lots[0].amounts[0].currency"].locator.startswith("/NOTICE/LOT[1]/VAL_OBJECT[1]/@CURRENCY#bytes=")


def test_an_implied_value_cites_the_start_tag_with_its_rule() -> None:
    _, _, found = read_xml()
    kind = found["lots[0].amounts[0].kind"]
    assert (kind.quote, kind.rule) == ('<VAL_OBJECT CURRENCY="EUR">', "implied by the element VAL_OBJECT")
    assert (found["kind"].quote, found["kind"].rule) == ('<NOTICE LG="FR">', "the form is a call")


def test_a_flag_cites_its_own_tag() -> None:
    _, _, found = read_xml()
    allowed = found["lots[1].renewals.allowed"]
    assert (allowed.quote, allowed.rule) == ("<NO_RENEWAL/>", "implied by the element NO_RENEWAL")


def test_a_draft_without_an_anchor_uses_the_nearest_around_it() -> None:
    _, _, found = read_xml()
    assert found["lots[0].quantities[0].stated_in"].quote == '<LOT NO="1">'
    assert found["lots[0].quantities[0].value"].quote == "565"


def test_an_interrupted_text_and_several_paragraphs_have_parts() -> None:
    _, _, found = read_xml()
    assert [part.text for part in found["title"].parts] == ["Drones &", "accessoires"]
    assert found["title"].quote == "Drones &amp;"
    assert [part.quote for part in found["description"].parts] == ["Un.", "Deux."]


def test_a_list_cited_as_one_covers_its_items() -> None:
    trace, document = Trace(), Document.of(XML, name="toy.xml")
    root = trace.root = parse_xml(XML)
    draft = {"cpv": ["34711200", "35613000"]}
    trace.cite(draft, "cpv", *(Attribute(one, "CODE") for one in root if one.tag == "CPV"))
    found = citations(trace, draft, document, label).found
    assert [[part.text for part in found[path].parts] for path in ("cpv[0]", "cpv[1]")] == [
        ["34711200", "35613000"]
    ] * 2


def test_a_path_deeper_than_one_field_can_be_cited() -> None:
    trace, document = Trace(), Document.of(XML, name="toy.xml")
    root = trace.root = parse_xml(XML)
    draft = {"texts": {"fr": {"title": "Drones & accessoires"}}}
    trace.cite(draft, "texts.fr.title", next(iter(root)))
    assert citations(trace, draft, document, label).found["texts.fr.title"].text == "Drones &"


def test_a_value_without_any_place_is_a_fault_that_costs_its_citation_alone() -> None:
    trace, document = Trace(), Document.of(XML, name="toy.xml")
    root = trace.root = parse_xml(XML)
    draft = {"title": "Drones", "form": "F02"}
    trace.cite(draft, "form", root)
    found, faults = citations(trace, draft, document, label)
    assert list(found) == ["form"]
    assert faults == ["title: its reader neither cited it nor anchored its draft"]


def test_a_reading_without_a_tree_is_a_fault_of_the_reader() -> None:
    with pytest.raises(Uncited, match="which tree"):
        citations(Trace(), {}, Document.of(XML, name="toy.xml"), label)


def test_the_citations_of_real_notices_hold(data: Path) -> None:
    paths: list[str | Path] = [
        *sorted(data.glob("ted/legacy/*.xml"))[::12],
        *sorted(data.glob("ted/eforms*/*.xml"))[::2],
    ]
    paths += [*sorted(data.glob("boamp/samples/api/*.json")), *sorted(data.glob("boamp/samples/xml/*.xml"))]
    for document in documents(paths):
        assert not isinstance(document, Refusal)
        reading = read(document, cite=True)
        assert reading.citations is not None
        assert verify_citations(document, reading.notice, reading.citations) == [], document.about.name


def test_the_texts_of_real_notices_are_nowhere_lost(data: Path) -> None:
    paths: list[str | Path] = [*sorted(data.glob("ted/legacy/*.xml"))[::12], *sorted(data.glob("ted/eforms*/*.xml"))]
    for document in documents([*paths, *sorted(data.glob("boamp/samples/*/*-*.xml"))]):
        assert not isinstance(document, Refusal)
        assert not coverage(document)[1].lost, document.about.name

"""Byte places in XML: what stands at a locator, decoded, is what the parser read there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.formats.cursor import Attribute, Span, Tag
from beffroi.formats.locate import decoded, slice_text
from beffroi.formats.locate_xml import XmlPlaces
from beffroi.formats.nodes import parse_xml
from beffroi.formats.paths import Paths
from beffroi.notices import byte_range

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.notices import Part

QUIRKS = {
    "plain": b"<N><T>Drones</T></N>",
    "entities": b"<N><T>a &amp; b &#233; &#xE9; &lt;c&gt; &quot;d&quot;</T></N>",
    "cdata": b"<N><T>a <![CDATA[<b> &amp; ]]>c</T><U/></N>",
    "comment_in_text": b"<N><T>one<!-- <T>no</T> -->two</T><T>three</T></N>",
    "instruction_in_text": b"<N><?x <T> ?><T>one<?y <z> ?>two</T></N>",
    "commented_out_sibling": b"<N><!--<T>old</T>--><T>new</T></N>",
    "cdata_that_looks_like_markup": b"<N><A><![CDATA[<T>x</T>]]></A><T>new</T></N>",
    "carriage_returns": b"<N>\r\n<T>one\r\ntwo\rthree</T>\r\n</N>",
    "attribute_with_greater_than": b"<N a='1 > 0' b=\"it's\"><T k = 'say \"x\"'>t</T></N>",
    "self_closing": b"<N><E/><E a='1'/><T>t</T><E></E></N>",
    "tails": b"<N><T>one <b>two</b> three <i/>four</T>tail</N>",
    "paragraphs": b"<N><T>\n  <P>one</P>\n  <P>two &amp; 3</P>\n</T></N>",
    "namespaces": b"<n:N xmlns:n='urn:n' xmlns:m='urn:m'><n:T a='1' n:a='2' m:a='3'>t</n:T></n:N>",
    "prologue": b"<?xml version='1.0'?>\n<!-- <N> -->\n<N><T>t</T></N>\n<!-- end -->",
    "deep_same_names": b"<T><T><T>x</T></T>y</T>",
    "utf8_with_mark": "\ufeff<?xml version='1.0' encoding='UTF-8'?><N><T>thé à 5 €</T></N>".encode(),
    "latin_1": "<?xml version='1.0' encoding='ISO-8859-1'?><N t='été'><T>thé &amp; été</T></N>".encode("latin-1"),
    "windows_1252": "<?xml version='1.0' encoding='windows-1252'?><N><T>5 € – « oui »</T></N>".encode("cp1252"),
    "utf_16": "<?xml version='1.0' encoding='UTF-16'?><N t='é'><T>thé 🚁 5 €</T><T>b</T></N>".encode("utf-16"),
    "utf_16_be_unmarked": "<?xml version='1.0' encoding='UTF-16BE'?><N><T>thé</T></N>".encode("utf-16-be"),
    "astral": "<N><T>a 🚁 b</T></N>".encode(),
}


def assert_every_place_holds(data: bytes) -> None:
    root: Any = parse_xml(data)
    places = XmlPlaces(data, root, Paths())
    for element in root.iter():
        parts = places.parts(element)
        assert "".join("".join(part.text.split()) for part in parts) == "".join("".join(element.itertext()).split())
        for part in parts:
            assert_stands(data, part)
        for name, value in element.attrib.items():
            found = places.parts(Attribute(element, name))
            assert [one.text.split() for one in found] == ([value.split()] if value else [])
            for part in found:
                assert_stands(data, part)
        assert places.tag(element).quote.startswith("<")
        assert_stands(data, places.tag(element))


def assert_stands(data: bytes, part: Part) -> None:
    assert slice_text(data, *byte_range(part.locator)) == part.quote
    assert decoded(part.quote, data, part.locator) == part.text


@pytest.mark.parametrize("quirk", QUIRKS)
def test_every_place_of_a_quirk_holds(quirk: str) -> None:
    assert_every_place_holds(QUIRKS[quirk])


def test_a_comment_cuts_a_text_into_parts() -> None:
    data = QUIRKS["comment_in_text"]
    root = parse_xml(data)
    first = next(iter(root))
    assert [part.quote for part in XmlPlaces(data, root, Paths()).parts(first)] == ["one", "two"]


def test_a_passage_of_a_paragraph_names_the_paragraph() -> None:
    data = QUIRKS["paragraphs"]
    root = parse_xml(data)
    parts = XmlPlaces(data, root, Paths()).parts(next(iter(root)))
    assert [part.locator.partition("#")[0] for part in parts] == ["/N/T[1]/P[1]", "/N/T[1]/P[2]"]


def test_the_namespace_tells_attributes_of_one_name_apart() -> None:
    data = QUIRKS["namespaces"]
    root = parse_xml(data)
    places = XmlPlaces(data, root, Paths())
    element = next(iter(root))
    names = ["a", "{urn:n}a", "{urn:m}a"]
    assert [places.parts(Attribute(element, name))[0].quote for name in names] == ["1", "2", "3"]


def test_a_start_tag_is_quoted_raw() -> None:
    data = QUIRKS["attribute_with_greater_than"]
    root = parse_xml(data)
    places = XmlPlaces(data, root, Paths())
    assert places.parts(Tag(root))[0].quote == "<N a='1 > 0' b=\"it's\">"


@pytest.mark.parametrize(
    ("text", "passage", "quotes"),
    [
        ("Fourniture de 565 drones", "565 drones", ["565 drones"]),
        ("d&#233;but &amp; 12 caf&#xE9;s", "12 cafés", ["12 caf&#xE9;s"]),
        ("ligne\r\ndeux: 7 u", "7", ["7"]),
        ("a é € 🚁 9 b", "9", ["9"]),
        ("10 <!-- note -->lots", "10 lots", ["10 ", "lots"]),
        ("x <![CDATA[8 & 9]]> y", "8 & 9", ["x <![CDATA[8 & 9]]> y"]),
    ],
)
def test_a_span_is_found_through_escapes(text: str, passage: str, quotes: list[str]) -> None:
    data = f"<N><T>{text}<B>565 drones 9 7</B></T></N>".encode()
    root = parse_xml(data)
    element = next(iter(root))
    start = (element.text or "").index(passage)
    parts = XmlPlaces(data, root, Paths()).parts(Span(element, start, start + len(passage)))
    assert [part.quote for part in parts] == quotes
    for part in parts:
        assert_stands(data, part)


TEXTS = st.text(st.sampled_from("ab é€🚁<&\"'> \n"), max_size=6)
BITS = ["<!-- <x a='>'> -->", "<?p <x>?>", "<![CDATA[<x> & ]]>", "<e k='>'/>", "&#10;", "\r\n", ""]


def _written(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(st.recursive(TEXTS.map(_written), lambda inner: st.lists(st.tuples(inner, st.sampled_from(BITS)), max_size=4)))
def test_every_place_of_any_document_holds(tree: Any) -> None:
    def write(node: Any) -> str:
        if isinstance(node, str):
            return node
        return "".join(f'<t a="{bit.count("x")}\'">{write(below)}</t>{bit}' for below, bit in node)

    text = f"<n>{write(tree)}</n>"
    assert_every_place_holds(text.encode())
    assert_every_place_holds(f"<?xml version='1.0' encoding='utf-16'?>{text}".encode("utf-16"))


def test_every_place_of_real_notices_holds(data: Path) -> None:
    for path in [*sorted(data.glob("ted/legacy/*.xml"))[::200], *sorted(data.glob("ted/eforms/*.xml"))[::20]]:
        assert_every_place_holds(path.read_bytes())

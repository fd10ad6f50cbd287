"""Byte places in JSON, also in JSON written inside strings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import Uncited
from beffroi.formats.cursor import Attribute, Span, Tag
from beffroi.formats.locate import decoded, slice_text
from beffroi.formats.locate_json import JsonPlaces
from beffroi.formats.nodes import JsonNode
from beffroi.notices import byte_range

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.formats.cursor import Place

DONNEES = {
    "OBJET": {
        "TITRE": 'Café "noir" & thé 🚁 \\ fin',
        "LOTS": {"LOT": [{"NUM": "1", "QTE": 565}, {"NUM": "2", "VAL": {"@DEVISE": "EUR", "#text": " 5 000,50 "}}]},
        "OUI": "",
        "clé/é~!": "odd key",
    }
}
WRITERS: dict[str, Callable[[Any], bytes]] = {
    "escaped_twice": lambda d: json.dumps({"idweb": "20-1", "donnees": json.dumps(d)}).encode(),
    "escaped_outside": lambda d: json.dumps({"idweb": "20-1", "donnees": json.dumps(d, ensure_ascii=False)}).encode(),
    "escaped_inside": lambda d: json.dumps({"é": "ü", "donnees": json.dumps(d)}, ensure_ascii=False).encode(),
    "never_escaped": lambda d: json.dumps(
        {"é": 1, "donnees": json.dumps(d, ensure_ascii=False)}, ensure_ascii=False
    ).encode(),
    "pretty": lambda d: json.dumps({"é": [1], "donnees": json.dumps(d, indent=1)}, indent=1).encode(),
    "marked": lambda d: b"\xef\xbb\xbf" + json.dumps({"donnees": json.dumps(d)}).encode(),
    "utf_16": lambda d: json.dumps({"é🚁": 1, "donnees": json.dumps(d, ensure_ascii=False)}, ensure_ascii=False).encode(
        "utf-16"
    ),
    "utf_16_be": lambda d: json.dumps({"é🚁": 1, "donnees": json.dumps(d)}, ensure_ascii=False).encode("utf-16-be"),
    "utf_32": lambda d: json.dumps({"é🚁": 1, "donnees": json.dumps(d)}, ensure_ascii=False).encode("utf-32"),
    "no_string": lambda d: json.dumps({"x": [[], {}], "donnees": d}).encode(),
}


def below(node: JsonNode) -> list[JsonNode]:
    return [node, *(one for child in node for one in below(child))]


def assert_every_place_holds(data: bytes, donnees: Any) -> None:
    places = JsonPlaces(data)
    for node in below(JsonNode("donnees", donnees, path=("donnees",))):
        if len(node) == 0:
            text = node.text or ""
            parts = places.parts(node)
            assert [part.text for part in parts] == ([text.strip()] if text.strip() else [])
        named: list[Place] = [Attribute(node, name) for name in node.keys()]  # noqa: SIM118 - an element is no mapping
        for part in (places.tag(node), *(part for place in [node, *named] for part in places.parts(place))):
            assert slice_text(data, *byte_range(part.locator)) == part.quote
            assert decoded(part.quote, data, part.locator) == part.text


@pytest.mark.parametrize("writer", WRITERS)
def test_every_place_holds_however_the_string_was_escaped(writer: str) -> None:
    assert_every_place_holds(WRITERS[writer](DONNEES), DONNEES)


def lot(index: int) -> JsonNode:
    return [node for node in below(JsonNode("donnees", DONNEES, path=("donnees",))) if node.tag == "LOT"][index]


def test_a_locator_says_where_json_inside_a_string_begins() -> None:
    data = WRITERS["escaped_twice"](DONNEES)
    (part,) = JsonPlaces(data).parts(next(iter(lot(0))))
    assert part.locator.partition("#")[0] == "/donnees!/OBJET/LOTS/LOT/0/NUM"
    assert (part.quote, part.text) == ("1", "1")


def test_an_attribute_and_its_text_have_places_of_their_own() -> None:
    data = WRITERS["escaped_twice"](DONNEES)
    value = list(lot(1))[1]
    places = JsonPlaces(data)
    assert places.parts(Attribute(value, "DEVISE"))[0].locator.startswith("/donnees!/OBJET/LOTS/LOT/1/VAL/@DEVISE#")
    assert places.parts(value)[0].text == "5 000,50"


def test_an_empty_value_has_its_key_for_a_tag_and_an_item_that_of_its_list() -> None:
    data = WRITERS["escaped_twice"](DONNEES)
    places = JsonPlaces(data)
    flag = JsonNode("OUI", "", path=("donnees", "OBJET", "OUI"))
    assert (places.parts(flag), places.parts(Tag(flag))[0].quote) == ((), "OUI")
    assert places.tag(lot(1)).quote == "LOT"


def test_a_span_is_found_through_both_escapes() -> None:
    data = WRITERS["escaped_twice"](DONNEES)
    title = next(node for node in below(JsonNode("d", DONNEES, path=("donnees",))) if node.tag == "TITRE")
    start = (title.text or "").index('"noir"')
    (part,) = JsonPlaces(data).parts(Span(title, start, start + 6))
    assert (part.quote, part.text) == (r"\\\"noir\\\"", '"noir"')
    astral = (title.text or "").index("🚁")
    (part,) = JsonPlaces(data).parts(Span(title, astral, astral + 1))
    assert (part.quote, part.text) == (r"\\ud83d\\ude81", "🚁")


def test_of_two_equal_keys_the_last_counts_as_in_the_parser() -> None:
    data = b'{"a": "old", "a": "new"}'
    (part,) = JsonPlaces(data).parts(JsonNode("a", "new", path=("a",)))
    assert part.quote == "new"


def test_a_path_that_is_not_in_the_document_is_an_error_of_the_reader() -> None:
    with pytest.raises(Uncited, match="/donnees!/NONE"):
        JsonPlaces(WRITERS["pretty"](DONNEES)).parts(JsonNode("X", "x", path=("donnees", "NONE")))


LEAVES = st.one_of(st.text(st.sampled_from('aé€🚁"\\/ \n\x00'), max_size=5), st.integers(), st.booleans())
TREES = st.dictionaries(
    st.text(st.sampled_from('kK"\\é🚁/~!'), min_size=1, max_size=3),
    st.recursive(
        LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text("ab!", min_size=1), inner))
    ),
    max_size=4,
)


@given(TREES)
def test_every_place_of_any_tree_holds(tree: Any) -> None:
    for writer in WRITERS.values():
        assert_every_place_holds(writer(tree), tree)

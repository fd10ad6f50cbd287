"""Broken releases: each gives a record that cites every value and loses no word, or one clear sentence."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.errors import Malformed, Unreadable
from beffroi.formats import read
from beffroi.formats.coverage import coverage
from beffroi.formats.proof import verify_citations
from beffroi.notices import Document
from tests.formats.hostile import mutated
from tests.formats.ocds.ocds_build import FULL, document, reading, release

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value below one."""
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in within:
        yield (*path, key)
        yield from places(below, (*path, key))


PLACES = list(places(FULL))


def holds(one: Document) -> None:
    """Hold a document against all that must be true of any, or meet one sentence."""
    try:
        found = read(one, cite=True)
    except Unreadable as error:
        if not str(error).startswith("r.json: "):
            raise
        return
    assert found.uncited == ()
    assert found.citations is not None
    assert verify_citations(one, found.notice, found.citations) == []
    assert read(one).notice == found.notice
    assert dict(coverage(one)[1].lost) == {}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(path=st.sampled_from(PLACES), odd=JSON)
def test_any_value_may_be_of_any_shape(path: tuple[Any, ...], odd: Any) -> None:
    invented = copy.deepcopy(FULL)
    holder: Any = invented
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = odd
    data = json.dumps(invented).encode()
    holds(Document.of(data, name="r.json", media_type="application/json"))


def test_any_bytes_may_be_broken() -> None:
    random = Random(7)
    data = document(FULL).data
    for _ in range(60):
        holds(Document.of(mutated(data, random), name="r.json", media_type="application/json"))


@pytest.mark.parametrize("opening", [b'{"a":', b"["])
@pytest.mark.parametrize("depth", [100, 5000, 100_000])
def test_deep_nesting_is_one_sentence(opening: bytes, depth: int) -> None:
    closing = b"}" if opening.startswith(b"{") else b"]"
    data = b'{"ocid": "ocds-x1-1", "tender": ' + opening * depth + b"1" + closing * depth + b"}"
    with pytest.raises(Malformed, match=r"nests deeper|not well-formed"):
        read(Document.of(data, name="r.json", media_type="application/json"))


@pytest.mark.parametrize("number", ["1e999", "-0", "9" * 400, "1E400", "NaN", "Infinity", "1e-400", "0." + "3" * 60])
def test_numbers_no_purchase_has_are_unread(number: str) -> None:
    data = b'{"ocid": "ocds-x1-1", "id": "1", "tender": {"value": {"amount": %s}}}' % number.encode()
    found = read(Document.of(data, name="r.json", media_type="application/json")).notice
    assert [one.value for one in found.amounts] in ([], ["0"])


def test_keys_that_mean_something_in_xml_are_keys() -> None:
    found = reading({**release("tender"), "@context": "https://x.example", "#text": "t", "a:b": {"}c": "d"}}).notice
    assert [one.text for one in found.unread] == ["https://x.example", "t", "d"]

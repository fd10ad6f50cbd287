from __future__ import annotations

import json

import pytest

from beffroi.errors import Malformed
from beffroi.formats.boamp.tree import record_tree


def test_a_field_holding_json_is_expanded_under_its_own_key() -> None:
    root = record_tree(json.dumps({"idweb": "26-1", "donnees": json.dumps({"A": [{"B": 1.50}]})}).encode())
    donnees = list(root)[1]
    leaf = next(iter(next(iter(donnees))))
    assert leaf.path == ("donnees", "A", 0, "B")
    assert leaf.text == "1.5"


def test_digits_stay_as_published() -> None:
    root = record_tree(b'{"donnees": "{\\"VALEUR\\": 301250.40}"}')
    assert next(iter(next(iter(root)))).text == "301250.40"


def test_broken_json_in_a_field_stays_a_text() -> None:
    root = record_tree(b'{"donnees": "{\\"FNSimple\\": "}')
    assert next(iter(root)).text == '{"FNSimple": '
    assert len(next(iter(root))) == 0


def test_json_of_a_field_that_is_no_object_stays_a_text() -> None:
    assert next(iter(record_tree(b'{"gestion": "12"}'))).text == "12"


def test_half_a_character_becomes_a_mark_that_can_be_written() -> None:
    root = record_tree(b'{"objet": "a\\ud800b", "nomacheteur": "\\ud83d\\ude81"}')
    assert [field.text for field in root] == ["a�b", "\U0001f681"]


@pytest.mark.parametrize("data", [b"[1]", b'{"a": ', b"\xff\xfe\xfa", b'{"a":' * 100_000])
def test_no_record_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        record_tree(data)

"""The small readers of TED forms: what a field cannot hold is unread, never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beffroi.formats.cursor import Cursor
from beffroi.formats.nodes import parse_xml
from beffroi.formats.ted_xml.values import code, counted, dated

if TYPE_CHECKING:
    from beffroi.notices import Draft


@pytest.mark.parametrize(("second", "unread"), [("B", ["B"]), ("A", [])])
def test_a_second_code_is_unread_unless_it_repeats_the_first(second: str, unread: list[str]) -> None:
    cursor = Cursor()
    draft: Draft = {}
    for element in parse_xml(f'<F><C VALUE="A"/><C VALUE="{second}"/></F>'.encode()):
        code("kind", "VALUE")(cursor, element, draft)
    assert draft == {"kind": "A"}
    assert [one["text"] for one in cursor.unread] == unread


def test_a_second_date_or_number_and_one_that_is_none_are_unread() -> None:
    cursor = Cursor()
    draft: Draft = {}
    root = parse_xml(b"<F><D>20200412</D><D>20200413</D><D>soon</D><N>4</N><N>four</N></F>")
    for element in root:
        (dated("starts") if element.tag == "D" else counted("maximum"))(cursor, element, draft)
    assert draft == {"starts": "2020-04-12", "maximum": 4}
    assert [one["text"] for one in cursor.unread] == ["20200413", "soon", "four"]

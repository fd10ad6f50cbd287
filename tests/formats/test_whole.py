"""What a notice says as a whole because its lots say it."""

from __future__ import annotations

import pytest

from beffroi.formats.citing import citations
from beffroi.formats.cursor import Cursor, Trace
from beffroi.formats.nodes import parse_xml
from beffroi.formats.whole import complete
from beffroi.notices import Document, Draft


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ([True, False], True),
        ([None, True], True),
        ([False, False], False),
        ([False, None], None),
        ([None, None], None),
        ([], None),
    ],
)
def test_a_notice_is_funded_when_a_lot_is_and_not_when_each_says_no(
    said: list[bool | None], whole: bool | None
) -> None:
    notice: Draft = {"lots": [{} if one is None else {"eu_funds": one} for one in said]}
    complete(Cursor(), notice)
    assert notice.get("procedure", {}).get("eu_funds") is whole


def test_what_the_procedure_says_itself_stays() -> None:
    notice: Draft = {"procedure": {"eu_funds": False}, "lots": [{"eu_funds": True}]}
    complete(Cursor(), notice)
    assert notice["procedure"] == {"eu_funds": False}


@pytest.mark.parametrize("cited", [True, False])
def test_it_is_cited_where_the_lot_says_it(cited: bool) -> None:
    data = b"<N><LOT><EU>FSI</EU></LOT></N>"
    trace = Trace()
    root = trace.root = parse_xml(data)
    lot: Draft = {"eu_funds": True}
    (element,) = list(root)
    trace.anchor(lot, element, "a lot")
    if cited:
        trace.cite(lot, "eu_funds", next(iter(element)), rule="a box")
    notice: Draft = {"lots": [lot]}
    complete(trace, notice)
    found = citations(trace, notice, Document.of(data, name="a.xml"), lambda _: "rubric").found
    assert found["procedure.eu_funds"].quote == ("FSI" if cited else "<LOT>")

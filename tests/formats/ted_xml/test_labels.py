"""The rubric of every value, as the printed form numbers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beffroi.formats import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from beffroi.notices import Document

    Record = Callable[..., dict[str, Any]]
    Form = Callable[..., str]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("title", "Rubrique II.1.1"),
        ("lots[0].amounts[0].value", "Rubrique II.2.6, lot 1"),
        ("lots[0].amounts[0].currency", "Rubrique II.2.6, lot 1"),
        ("buyers[0].name", "Rubrique I.1"),
        ("published", "En-tête du JO S, DATE_PUB"),
        ("clauses[0].text", "Rubrique III.1.1"),
    ],
)
def test_a_value_is_cited_by_its_rubric(
    a_document: Callable[..., Document], a_form: Form, path: str, label: str
) -> None:
    body = (
        "<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Ville</OFFICIALNAME></ADDRESS_CONTRACTING_BODY>"
        "</CONTRACTING_BODY><OBJECT_CONTRACT><TITLE><P>Drones</P></TITLE><OBJECT_DESCR><LOT_NO>1</LOT_NO>"
        "<VAL_OBJECT CURRENCY='EUR'>5</VAL_OBJECT></OBJECT_DESCR></OBJECT_CONTRACT>"
        "<LEFTI><SUITABILITY><P>Inscription</P></SUITABILITY></LEFTI>"
    )
    citations = read(a_document(a_form("F02", body)), cite=True).citations
    assert citations is not None
    assert citations[path].label == label

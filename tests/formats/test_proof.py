"""What a citation must say to explain a value, and what is found when it does not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from beffroi.formats.proof import explains, verify_citations
from tests.formats.toy import read_xml


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("Drones et stations", ["Drones\n  et stations"]),
        ("Drones & accessoires", ["Drones &", "accessoires"]),
        ("450 mg/m3 de NOx", ["450 mg/m", "3", "de NO", "x"]),
        ("Lot 2: Stations — Paris", ["Lot 2", "Stations", "Paris"]),
        ("fr", ["FR"]),
        ("709130", ["EUR 709 130,00"]),
        ("709130", ["709130.00"]),
        ("4789000", ["4 789 000,00"]),
        (565, ["565 micro-drones"]),
        (7, ["07"]),
        (570273, ["570.273 pièces"]),
        ("2020-06-19", ["20200619"]),
        ("2020-06-19", ["19", "06", "2020"]),
        ("2020-06-19", ["19", "6", "2020"]),
        ("2020-06-19T16:00:00", ["2020-06-19", "16:00"]),
        ("2020-06-19T16:00:00+02:00", ["2020-06-19T16:00:00+01:00"]),
        ("2020-06-19T09:30:00", ["20200619", "9:30"]),
        ("ted:175835-2020", ["175835-2020"]),
        ("34711200", ["34711200-6"]),
    ],
)
def test_a_text_explains(value: Any, texts: list[str]) -> None:
    assert explains(value, texts)


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("709130", ["709131"]),
        ("709130", ["1 709 130"]),
        ("12", ["112"]),
        ("130", ["1 709 130"]),
        (565, ["566 micro-drones"]),
        ("570273", ["570.273"]),
        ("2020-06-19", ["2020-06-18"]),
        ("2020-06-19T16:00:00", ["2020-06-19", "15:00"]),
        ("2020-06-19T16:00:00", ["2020-06-19"]),
        ("estimate", ["709130"]),
        ("rone", ["Drones"]),
        ("Stations, Paris, FR", ["Stations", "Paris"]),
        ("Paris, Stations", ["Stations", "Paris"]),
        (True, ["1"]),
    ],
)
def test_a_text_does_not_explain(value: Any, texts: list[str]) -> None:
    assert not explains(value, texts)


def test_a_missing_citation_is_found() -> None:
    document, notice, found = read_xml()
    del found["lots[0].title"]
    assert verify_citations(document, notice, found) == ["lots[0].title: no citation"]


def test_a_displaced_quote_is_found() -> None:
    document, notice, found = read_xml()
    locator = found["lots[1].title"].locator
    found["lots[1].title"] = msgspec.structs.replace(found["lots[1].title"], locator=found["lots[0].title"].locator)
    (problem,) = verify_citations(document, notice, found)
    assert "does not stand at" in problem
    found["lots[1].title"] = msgspec.structs.replace(found["lots[1].title"], locator=locator, text="Autre")
    assert any("does not say" in problem for problem in verify_citations(document, notice, found))


def test_a_citation_of_something_else_is_found() -> None:
    document, notice, found = read_xml()
    found["lots[1].title"] = found["lots[0].title"]
    (problem,) = verify_citations(document, notice, found)
    assert problem.startswith("lots[1].title: 'Stations' is not what")

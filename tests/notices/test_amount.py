"""A written number becomes one canonical decimal string, or none where it can be read in two ways."""

from __future__ import annotations

import json

import pytest

from beffroi.formats import read
from beffroi.notices import Document, decimal_text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("709130", "709130"),
        ("4 789 000,00", "4789000"),
        ("470241.590", "470241.59"),
        ("1.234", "1.234"),
        ("1.234.567", "1234567"),
        ("1,234,567.80", "1234567.8"),
        ("1.234,50", "1234.5"),
        ("1’234’567", "1234567"),
        ("1.0E7", "10000000"),
        ("3.795E+6", "3795000"),
        ("1.2345678E4", "12345.678"),
        ("-0.00", "0"),
        ("- 5", "-5"),
    ],
)
def test_one_reading(written: str, value: str) -> None:
    assert decimal_text(written) == value


@pytest.mark.parametrize(
    "written",
    [
        "",
        "12,34.56",
        "1.2345,6",
        "1,23,456.7",
        "10 20",
        "1 2 3",
        "12\n34",
        "1e400",
        "1E-3",
        "NaN",
        "٣",
        "１２",
        "9" * 25,
        "1.2,3",
        "12.34.56",
        "--5",
        ".5",
        "5.",
    ],
)
def test_no_reading_or_two(written: str) -> None:
    assert decimal_text(written) is None


def estimate(written: str) -> list[str | None]:
    market = {"intitule": "Drones", "valeurEstimee": {"valeur": {"@devise": "EUR", "#text": written}}}
    record = {
        "idweb": "26-1",
        "famille": "FNS",
        "donnees": json.dumps({"FNSimple": {"initial": {"natureMarche": market}}}),
    }
    data = json.dumps(record).encode()
    notice = read(Document.of(data, name="a.json", media_type="application/json"), cite=True).notice
    return [one.value for one in notice.amounts]


def test_an_exponent_is_part_of_its_number() -> None:
    assert estimate("1.5E7") == ["15000000"]


def test_an_exponent_out_of_all_reason_is_no_small_amount() -> None:
    assert estimate("1e400") == []

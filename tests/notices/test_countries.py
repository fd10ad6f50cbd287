"""Countries in every spelling the bulletins use."""

from __future__ import annotations

import csv
from pathlib import Path  # noqa: TC003 - the fixture's type

import pytest

from beffroi.notices.countries import country


@pytest.mark.parametrize(
    ("code", "alpha2"),
    [
        ("FRA", "FR"),
        ("fr", "FR"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("GRC", "GR"),
        ("XKX", "XK"),
        ("REU", "RE"),
        ("FRX", None),
    ],
)
def test_a_country_is_alpha_2(code: str, alpha2: str | None) -> None:
    assert country(code) == alpha2


def test_every_country_of_the_eforms_list_is_known(data: Path) -> None:
    path = data.parent / "reference" / "codelists" / "country.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        codes = [row["code"] for row in csv.DictReader(rows)]
    assert [code for code in codes if country(code) is None] == []

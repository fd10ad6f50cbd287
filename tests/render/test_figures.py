"""Numbers, money and dates as each language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.notices import Amount, Quantity, decimal_text
from beffroi.render.figures import amount_text, day, money, number, quantity_text

if TYPE_CHECKING:
    from beffroi.render.figures import Lang


@pytest.mark.parametrize(
    ("value", "currency", "vat", "lang", "written"),
    [
        ("3795000", "EUR", "excluded", "fr", "3\u202f795\u202f000\u00a0€ HT"),
        ("3795000", "EUR", "excluded", "en", "€3,795,000 excl. VAT"),
        ("3185.84", "EUR", "included", "fr", "3\u202f185,84\u00a0€ TTC"),
        ("3185.8", "EUR", "included", "en", "€3,185.80 incl. VAT"),
        ("1200", "PLN", "excluded", "fr", "1\u202f200\u00a0PLN HT"),
        ("1200", "PLN", "excluded", "en", "PLN\u00a01,200 excl. VAT"),
        ("1200", "GBP", None, "en", "£1,200 (VAT not stated)"),
        ("1200", "EUR", "unknown", "fr", "1\u202f200\u00a0€ (taxe non précisée)"),
        ("1200", None, "excluded", "fr", "1\u202f200 (monnaie non précisée) HT"),
        ("-5", "EUR", "excluded", "en", "€−5 excl. VAT"),
    ],
)
def test_money(value: str, currency: str | None, vat: str | None, lang: Lang, written: str) -> None:
    assert money(value, currency, vat, lang) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ({"low": "10", "high": "20"}, "€10 – €20 excl. VAT"),
        ({"high": "20"}, "≤ €20 excl. VAT"),
        ({"low": "10"}, "≥ €10 excl. VAT"),
        ({}, "–"),
    ],
)
def test_a_range_shows_both_ends(amount: dict[str, Any], written: str) -> None:
    assert amount_text(Amount(kind="estimate", currency="EUR", vat="excluded", **amount), "en") == written


@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        (Quantity(kind="estimated", value=1200, noun="drones"), "1,200 drones (estimated)"),
        (Quantity(value=2, unit="Stück", noun="Schlepper"), "2 Stück Schlepper"),
        (Quantity(kind="maximum", low=1, high=4), "1 – 4 (maximum)"),
    ],
)
def test_quantities(quantity: Quantity, written: str) -> None:
    assert quantity_text(quantity, "en") == written


@pytest.mark.parametrize(
    ("stamp", "lang", "written"),
    [
        ("2020-04-12", "fr", "12 avril 2020"),
        ("2020-04-12", "en", "12 April 2020"),
        ("2020-05-01", "fr", "1er mai 2020"),
        ("2020-05-01", "en", "1 May 2020"),
        ("2020-06-19T16:00:00+02:00", "en", "19 June 2020 at 16:00 (UTC+02:00)"),
        ("2020-06-19T16:00:00Z", "fr", "19 juin 2020 à 16:00 (UTC)"),
        ("2020-06-19T16:00:00", "fr", "19 juin 2020 à 16:00"),
        ("2020-13-12", "fr", "2020-13-12"),
        ("soon", "fr", "soon"),
    ],
)
def test_dates(stamp: str, lang: Lang, written: str) -> None:
    assert day(stamp, lang) == written


@given(st.integers(0, 10**15))
def test_a_written_number_reads_back(value: int) -> None:
    assert decimal_text(number(str(value), "fr")) == str(value)

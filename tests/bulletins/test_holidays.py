from __future__ import annotations

from datetime import date

import pytest

from beffroi.bulletins.holidays import british, easter, european, french


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1961, 4, 2),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2015, 4, 5),
        (2019, 4, 21),
        (2020, 4, 12),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2038, 4, 25),
        (2285, 3, 22),
    ],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_the_french_holidays_of_2026() -> None:
    days = "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"
    assert sorted(french(2026)) == [date.fromisoformat(f"2026-{day}") for day in days.split()]


def test_two_french_holidays_on_one_day() -> None:
    assert date(2008, 5, 1) in french(2008)  # Labour Day and Ascension
    assert len(french(2008)) == 10


def test_the_closing_days_of_the_european_institutions_in_2026() -> None:
    days = "01-01 01-02 04-02 04-03 04-06 05-01 05-14 05-15 05-25 06-23 12-24 12-25 12-28 12-29 12-30 12-31"
    assert sorted(european(2026)) == [date.fromisoformat(f"2026-{day}") for day in days.split()]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_the_british_holidays(year: int, days: str) -> None:
    assert sorted(british(year)) == [date.fromisoformat(f"{year}-{day}") for day in days.split()]


@pytest.mark.parametrize("year", range(1990, 2100))
def test_a_holiday_is_in_its_year_and_where_offices_are_closed_on_a_weekday(year: int) -> None:
    assert all(one.year == year for days in (french, european, british) for one in days(year))
    assert all(one.weekday() < 5 for days in (european, british) for one in days(year))
    assert len(british(year)) in range(8, 11)

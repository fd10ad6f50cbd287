"""What is far below the usual is named, what is ordinary is not: measured on simulated years."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import Promise
from beffroi.bulletins.holidays import french
from beffroi.collect.health.calendar import Calendar
from beffroi.collect.health.totals import Usual
from tests.collect.simulated import totals

if TYPE_CHECKING:
    from collections.abc import Mapping

SINCE, UNTIL = date(2024, 1, 1), date(2026, 12, 31)
CALENDAR = Calendar(Promise((1,) * 7, 2, 2, french))


def named(found: Mapping[date, int], days: list[date]) -> list[date]:
    usual = Usual(found.__getitem__, CALENDAR, found)
    return [day for day in days if any(one.rule == "drop" for one in usual.judged("x", day))]


def judged(found: Mapping[date, int]) -> list[date]:
    """Return the days on which something could be named."""
    return [day for day in list(found)[14 * 7 :] if not CALENDAR.quiet(day)]


@pytest.mark.parametrize(
    ("scale", "spread", "most_false", "least_found"),
    [(1.0, 0.05, 0.002, 0.4), (3.0, 0.08, 0.002, 0.7), (3.0, 0.15, 0.004, 0.45), (30.0, 0.15, 0.004, 0.45)],
)
def test_ordinary_days_are_hardly_ever_named_and_most_halved_ones_are(
    scale: float, spread: float, most_false: float, least_found: float
) -> None:
    found = totals(1, scale=scale, spread=spread, since=SINCE, until=UNTIL)
    days = judged(found)
    false = len(named(found, days)) / len(days)
    halved = days[::37]
    caught = sum(day in named(found | {day: found[day] // 2}, [day]) for day in halved) / len(halved)
    print(f"{scale} {spread}: {len(days)} days, {false:.4f} named for nothing, {caught:.2f} of the halved")
    assert false <= most_false
    assert caught >= least_found

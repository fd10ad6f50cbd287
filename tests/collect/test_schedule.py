"""When rounds begin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.collect.schedule import Schedule, duration, hours

NOON = datetime(2026, 9, 11, 12, tzinfo=UTC)


def test_every_so_often_a_tenth_later_at_most_and_never_more_than_ten_minutes() -> None:
    assert Schedule(duration("30m")).after(NOON, 0.0) == NOON + timedelta(minutes=30)
    assert Schedule(duration("30m")).after(NOON, 1.0) == NOON + timedelta(minutes=33)
    assert Schedule(duration("1d")).after(NOON, 1.0) == NOON + timedelta(days=1, minutes=10)


def test_at_hours_of_the_day_and_of_the_next() -> None:
    twice = Schedule(at=hours("18:30,06:30"))
    assert twice.after(NOON, 0.0) == datetime(2026, 9, 11, 18, 30, tzinfo=UTC)
    assert twice.after(NOON.replace(hour=18, minute=30), 0.0) == datetime(2026, 9, 12, 6, 30, tzinfo=UTC)
    assert twice.after(NOON, 0.5) == datetime(2026, 9, 11, 18, 35, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "6", "0h", "6 hours", "-1h", "1w", "99999999h"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="write 30m, 6h or 1d"):
        duration(text)


@pytest.mark.parametrize("text", ["", "24:00", "6h", "06:60", "06:30;18:30"])
def test_what_is_no_hour(text: str) -> None:
    with pytest.raises(ValueError, match="write 05:30"):
        hours(text)

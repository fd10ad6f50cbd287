from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.formats.boamp import dates

FIRST, LAST = datetime(1996, 1, 1), datetime(2037, 12, 31)  # noqa: DTZ001 - wall clocks have no offset
clocks = st.datetimes(FIRST, LAST).map(lambda one: one.replace(microsecond=0))


@given(clocks)
def test_the_offset_of_a_wall_clock_is_that_of_paris(clock: datetime) -> None:
    assert dates.paris(clock) == clock.replace(tzinfo=ZoneInfo("Europe/Paris")).isoformat()


@pytest.mark.parametrize("clock", ["2026-03-29T02:30:00", "2026-10-25T02:30:00", "2026-10-25T03:00:00"])
def test_the_hours_of_the_change_are_those_of_paris(clock: str) -> None:
    when = datetime.fromisoformat(clock)
    assert dates.paris(when) == when.replace(tzinfo=ZoneInfo("Europe/Paris")).isoformat()


@given(clocks)
def test_utc_becomes_the_hour_in_paris(instant: datetime) -> None:
    at = instant.replace(tzinfo=UTC)
    assert dates.from_utc(at.isoformat(), wall=False) == at.astimezone(ZoneInfo("Europe/Paris")).isoformat()


def test_utc_of_the_legacy_form_is_an_hour_early_in_every_season() -> None:
    assert dates.from_utc("2020-06-19T15:00:00+00:00", wall=True) == "2020-06-19T16:00:00+02:00"
    assert dates.from_utc("2020-01-19T15:00:00+00:00", wall=True) == "2020-01-19T16:00:00+01:00"


@pytest.mark.parametrize("text", ["17/072020", "31/02/2026", "le 3 mai", "99/99/2026", "3 mai 7017", "", "2026"])
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert dates.in_french(text) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1er mars 2026", "2026-03-01"),
        ("mardi 6 octobre 2026 à 16 heures", "2026-10-06T16:00:00+02:00"),
        ("05/10/26 12:30", "2026-10-05T12:30:00+02:00"),
        ("12 août 2026", "2026-08-12"),
        ("3.12.2026", "2026-12-03"),
    ],
)
def test_dates_written_in_french(text: str, iso: str) -> None:
    assert [one.iso for one in dates.in_french(text)] == [iso]

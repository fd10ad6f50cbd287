from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.formats.boamp import dates

first, last = datetime(1996, 1, 1), datetime(2037, 12, 31)  # noqa: DTZ001 - wall clocks have no offset
clocks = st.datetimes(first, last).map(lambda one: one.replace(microsecond=0))


@given(clocks)
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

"""Two months from notification, counted as the law counts."""

from __future__ import annotations

from datetime import date

import pytest

from beffroi.notices.due import due


@pytest.mark.parametrize(
    ("notified", "first"),
    [
        (date(2024, 1, 15), date(2024, 3, 16)),
        (date(2023, 12, 31), date(2024, 3, 1)),
        (date(2022, 12, 30), date(2023, 3, 1)),
        (date(2024, 11, 1), date(2025, 1, 2)),
        (date(2024, 10, 31), date(2025, 1, 1)),
    ],
)
def test_the_first_day_on_which_absence_could_mean_something(notified: date, first: date) -> None:
    assert due(notified) == first


def test_beyond_the_calendar() -> None:
    with pytest.raises(OverflowError):
        due(date(9999, 12, 1))

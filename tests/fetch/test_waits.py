"""What servers ask for, in every form seen, and that no header makes us crash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from beffroi.fetch.waits import asked, exhausted, spoken

NOW = "2026-09-11T10:00:00Z"
EPOCH = 1789120800
"""2026-09-11T10:00:00Z."""


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "0"}, 0),
        ({"retry-after": " 120 "}, 120),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "Fri, 11 Sep 2026 10:02:00 GMT"}, 120),
        ({"retry-after": "Fri, 11 Sep 2026 09:00:00 GMT"}, 0),
        # The server's clock is an hour ahead of ours: it counts.
        ({"retry-after": "Fri, 11 Sep 2026 11:00:30 GMT", "date": "Fri, 11 Sep 2026 11:00:00 GMT"}, 30),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "60"}, 60),
        ({"retry-after": "5", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "60"}, 5),
    ],
)
def test_what_a_refusal_asks(headers: dict[str, str], seconds: float | None) -> None:
    assert asked(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("60", 60),
        ("1.5", 1.5),
        (str(EPOCH + 90), 90),
        (str((EPOCH + 90) * 1000), 90),
        (str(EPOCH - 90), 0),
        ("2026-09-12 00:00:00+00:00", 50400),
        ("2026-09-11T12:01:00+02:00", 60),
        ("2026-09-11T10:01:00", 60),
        ("inf", None),
        ("nan", None),
        ("", None),
    ],
)
def test_when_nothing_is_left(reset: str, seconds: float | None) -> None:
    assert exhausted({"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}, NOW) == seconds
    assert exhausted({"x-ratelimit-remaining": "1", "x-ratelimit-reset": reset}, NOW) is None


@given(some.dictionaries(some.sampled_from(["retry-after", "date", "x-ratelimit-reset"]), some.text(max_size=40)))
def test_no_header_makes_us_crash(headers: dict[str, str]) -> None:
    wait = asked({"x-ratelimit-remaining": "0", **headers}, NOW)
    assert wait is None or 0 <= wait < float("inf")


@pytest.mark.parametrize(
    "day", ["Mon, 1 Jan 99999999999999999999 00:00:00 GMT", "Fri, 11 Sep 2026 9999999999999999:01:00 GMT"]
)
def test_a_date_that_no_calendar_holds_asks_nothing(day: str) -> None:
    assert asked({"retry-after": day}, NOW) is None
    assert exhausted({"x-ratelimit-remaining": "0", "x-ratelimit-reset": day}, NOW) is None


def test_a_wait_beyond_a_year_is_not_spelled_out() -> None:
    assert spoken(1e300) == "more than a year"

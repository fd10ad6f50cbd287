"""How long a server asks us to wait.

In: the headers of an answer. Out: seconds, or None where it asks nothing.

>>> now = "2026-09-11T10:00:00Z"
>>> asked({"retry-after": "120"}, now), asked({"retry-after": "Fri, 11 Sep 2026 10:01:00 GMT"}, now)
(120.0, 60.0)
>>> exhausted({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-09-12 00:00:00+00:00"}, now)
50400.0
>>> spoken(50400), spoken(90), spoken(1.25)
('14 h 0 min', '1 min 30 s', '1.2 s')
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH_SECONDS = 1_000_000_000
_EPOCH_MILLISECONDS = 1_000_000_000_000
_NEVER = float("inf")
_YEAR = 365 * 24 * 3600.0


def asked(headers: Mapping[str, str], now: str) -> float | None:
    """Return what a refusal asks for: Retry-After in seconds or as a date (RFC 9110, 10.2.3), else its rate limit."""
    text = headers.get("retry-after", "").strip()
    seconds = float(text) if text.isascii() and text.isdecimal() else _until(text, headers, now)
    return seconds if seconds is not None and seconds < _NEVER else exhausted(headers, now)


def exhausted(headers: Mapping[str, str], now: str) -> float | None:
    """Return the seconds until requests are allowed again, where the answer says that none is left.

    x-ratelimit-reset has no standard: a few digits are seconds from now, ten or more an epoch (thirteen: in
    milliseconds), all else a date (Opendatasoft: `2026-09-12 00:00:00+00:00`).
    """
    if headers.get("x-ratelimit-remaining", "").strip() != "0":
        return None
    text = headers.get("x-ratelimit-reset", "").strip()
    try:
        number = float(text)
    except ValueError:
        return _until(text, headers, now)
    if number >= _EPOCH_SECONDS:
        number = number / 1000 if number >= _EPOCH_MILLISECONDS else number
        number -= _its_time(headers, now).timestamp()
    return max(0.0, number) if number < _NEVER else None


def spoken(seconds: float) -> str:
    """Return a span of time as people say it."""
    if seconds >= _YEAR:
        return "more than a year"
    if seconds < 60:  # noqa: PLR2004
        return f"{seconds:.1f} s" if seconds % 1 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004


def _until(text: str, headers: Mapping[str, str], now: str) -> float | None:
    """Return the seconds until a date, by the server's own clock where it tells it: ours may differ."""
    date = _date(text)
    return None if date is None else max(0.0, (date - _its_time(headers, now)).total_seconds())


def _its_time(headers: Mapping[str, str], now: str) -> datetime:
    return _date(headers.get("date", "")) or datetime.fromisoformat(now)


def _date(text: str) -> datetime | None:
    """Return the moment a header names: an HTTP date or ISO 8601; UTC where it says nothing."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        with suppress(ValueError, OverflowError):
            date = read(text)
            return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
    return None

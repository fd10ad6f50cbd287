"""When the next round begins: every so often, or at hours of the day (UTC), never on the dot.

In: what a person writes (`6h`, `30m`, `05:30,17:30`). Out: moments. Thousands of installations that all asked at
05:30:00 would be a load on a bulletin: each begins up to `JITTER` of its period later, ten minutes at most.

>>> duration("6h"), duration("90m"), duration("1d")
(datetime.timedelta(seconds=21600), datetime.timedelta(seconds=5400), datetime.timedelta(days=1))
>>> Schedule(at=hours("05:30,17:30")).after(datetime(2026, 9, 11, 6, tzinfo=UTC), 0.5).isoformat()
'2026-09-11T17:35:00+00:00'
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

_PARTS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,6})([smhd])")
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
JITTER = 0.1
MOST_JITTER = timedelta(minutes=10)
_DAY = timedelta(1)


class Schedule(NamedTuple):
    """Every so often after the end of a round, or at hours of the day."""

    every: timedelta | None = None
    at: tuple[time, ...] = ()

    def after(self, now: datetime, chance: float) -> datetime:
        """Return when the round after `now` begins; `chance`, from 0 to 1, says how much later than on the dot."""
        if self.every is not None:
            return now + self.every + chance * min(self.every * JITTER, MOST_JITTER)
        days = (now.date(), now.date() + _DAY)
        moments = (datetime.combine(day, hour, tzinfo=UTC) for day in days for hour in sorted(self.at))
        return next(one for one in moments if one > now) + chance * MOST_JITTER


def duration(text: str) -> timedelta:
    """Return a duration; raises ValueError for what is none, or no time at all."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise ValueError(f"{text}: write 30m, 6h or 1d")
    return timedelta(**{_PARTS[found[2]]: int(found[1])})


def hours(text: str) -> tuple[time, ...]:
    """Return hours of the day; raises ValueError for what is none.

    >>> hours("5:30, 17:00")
    (datetime.time(5, 30), datetime.time(17, 0))
    """
    found = [_HOUR.fullmatch(one.strip()) for one in text.split(",")]
    if not all(found):
        raise ValueError(f"{text}: write 05:30 or 05:30,17:30")
    return tuple(time(int(one[1]), int(one[2])) for one in found if one)

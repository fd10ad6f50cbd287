"""Which days a bulletin owes notices, and which are no ordinary days.

In: a promise and a day. Out: what is due.

>>> from beffroi.bulletins import Promise
>>> from beffroi.bulletins.holidays import french
>>> days = Calendar(Promise((50, 50, 150, 150, 150, 70, 0), 1, 2, french))
>>> [days.due(date(2026, 7, day)) for day in (12, 13, 14)]
[0, 50, 0]
>>> [days.quiet(date(2026, 7, day)) for day in (12, 13, 17, 18)]
[False, True, True, False]
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.bulletins import Promise

_DAY = timedelta(1)
_BEFORE, _AFTER = 1, 3
"""Days around a holiday on which a bulletin is thin. In the BOAMP of 2020 the third day after one had a third of the
usual (3 and 10 May), the eve of 14 July, a Monday, a quarter."""
_BRIDGE = 8
"""Days between two holidays no further apart are thin too: the week from Christmas to New Year had half the usual."""


class Calendar:
    """The days of a promise."""

    def __init__(self, promise: Promise) -> None:
        self.promise = promise
        self._holidays = cache(promise.holidays)

    def holiday(self, day: date) -> bool:
        """Return whether nothing need appear on a day."""
        return day in self._holidays(day.year)

    def due(self, day: date) -> int:
        """Return the least number of notices that a day owes."""
        return 0 if self.holiday(day) else self.promise.notices[day.weekday()]

    def quiet(self, day: date) -> bool:
        """Return whether a day is so near a holiday that its total says nothing."""
        if any(self.holiday(day + n * _DAY) for n in range(-_AFTER, _BEFORE + 1)):
            return True
        before = next((n for n in range(_BRIDGE) if self.holiday(day - n * _DAY)), _BRIDGE)
        after = next((n for n in range(_BRIDGE) if self.holiday(day + n * _DAY)), _BRIDGE)
        return before + after <= _BRIDGE

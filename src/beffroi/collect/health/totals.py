"""Totals: silence, days without a notice or with fewer than promised, and days far below the usual.

In: counts, and the days whose total can be judged. Out: findings, one a day at most.

The usual of a day is the median of the same weekday of the eight weeks before (four at least), times the level of the
last fortnight where that is lower: a quiet August is not a fault. A day is named when it has less than a share of the
usual (0.55 to 0.65: the more the days of the source differ, the less), less than any day of that fortnight had of its
own, and the difference is more than chance. What that finds and what it names for nothing: docs/how-to/health.md.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING

from beffroi.collect.health.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from beffroi.collect.health.calendar import Calendar
    from beffroi.collect.health.finding import Rule

_DAY = timedelta(1)
WEEKS, LEAST_WEEKS = 8, 4
LEVEL_DAYS, LEAST_LEVEL = 14, 4
SPREAD_DAYS, LEAST_SPREAD = 42, 10
SHARES = (0.55, 0.65)
"""Half of an ordinary day lies between 0.4 and 0.65 of the usual."""
SPREADS = 3.0
"""A day is out of the ordinary where it is further below than three times the spread of the days before."""
SIGMAS = 3.5
"""Below so many times the square root of its usual a difference is chance, however even the days before were."""
FLOOR = 20
"""Below so many notices a day's total is chance."""
_MAD = 1.4826
"""The median absolute deviation times this is a standard deviation, where days are normally spread."""


def silence(
    total: Callable[[date], int], calendar: Calendar, on: date, *, answered: Collection[date]
) -> tuple[date, date] | None:
    """Return the first and last day of a silence longer than promised, up to the day before `on`, or None.

    A holiday does not count; a day that was not asked for, or did not come whole, ends the search: it is a gap.
    """
    silent: list[date] = []
    day = on if on in answered and total(on) else on - _DAY
    while day in answered and not total(day):
        silent.append(day)
        day -= _DAY
    counted = [one for one in silent if not calendar.holiday(one)]
    return (silent[-1], silent[0]) if len(counted) > calendar.promise.silence else None


class Usual:
    """What is usual of a source, and which days fall short of it."""

    def __init__(self, total: Callable[[date], int], calendar: Calendar, known: Collection[date]) -> None:
        self._calendar = calendar
        self._total = {day: total(day) for day in sorted(known)}
        self._plain = {day for day in known if not calendar.quiet(day) and (self._total[day] or not calendar.due(day))}
        self._medians = {day: self._median(day) for day in self._total}
        self._drops: dict[date, float] = {}
        for day in self._total:
            expected = self._short(day)
            if expected is not None:
                self._drops[day] = expected

    def _median(self, day: date) -> float | None:
        weeks = (day - 7 * week * _DAY for week in range(1, WEEKS + 1))
        same = [self._total[one] for one in weeks if one in self._plain]
        return median(same) if len(same) >= LEAST_WEEKS else None

    def _ratios(self, day: date, most: int) -> list[float]:
        """Return how the days before stood to their own usual, those that fell short left out, the latest first."""
        before = (day - n * _DAY for n in range(1, most + 1))
        plain = [one for one in before if one in self._plain and one not in self._drops]
        return [self._total[one] / usual for one in plain if (usual := self._medians[one])]

    def _share(self, day: date) -> float:
        """Return the share of the usual below which a day is out of the ordinary."""
        least, most = SHARES
        ratios = self._ratios(day, SPREAD_DAYS)
        if len(ratios) < LEAST_SPREAD:
            return least
        middle = median(ratios)
        spread = _MAD * median(abs(one - middle) for one in ratios) / middle
        return min(most, max(least, 1 - SPREADS * spread))

    def _short(self, day: date) -> float | None:
        """Return the usual that a day falls far short of, or None where it does not or nothing can be said."""
        usual = self._medians[day]
        if usual is None or day not in self._plain:
            return None
        ratios = self._ratios(day, LEVEL_DAYS)
        known = len(ratios) >= LEAST_LEVEL
        expected = usual * min(1.0, median(ratios)) if known else usual
        total = self._total[day]
        if expected < FLOOR or expected - total < SIGMAS * sqrt(expected) or total >= self._share(day) * expected:
            return None
        return expected if not known or total / usual <= min(ratios) else None

    def judged(self, source: str, day: date) -> Iterator[Finding]:
        """Return what is wrong with the total of a day, as one finding or none."""
        due, total = self._calendar.due(day), self._total[day]
        if due and not total:
            yield _found(source, "missing", day, promised=due, notices=0)
        elif (usual := self._drops.get(day)) is not None:
            yield _found(source, "drop", day, notices=total, usual=round(usual))
        elif total < due and not self._calendar.quiet(day):
            yield _found(source, "few", day, promised=due, notices=total)


def _found(source: str, rule: Rule, day: date, **figures: int) -> Finding:
    return Finding(source, rule, str(day), str(day), figures)


def totals(source: str, usual: Usual, days: Collection[date], silent: tuple[date, date] | None) -> Iterator[Finding]:
    """Return the silence, and what is wrong with the other days."""
    if silent is not None:
        since, until = silent
        yield Finding(source, "silence", str(since), str(until), {"days": (until - since).days + 1})
    for day in sorted(days):
        if silent is None or day < silent[0]:
            yield from usual.judged(source, day)

"""Totals: silence, days without a notice or with fewer than promised, and days far below the usual.

In: counts, and the days whose total can be judged. Out: findings, one a day at most.

The usual of a day is the median of the same weekday of the eight weeks before (three at least; where fewer are known,
of the eight weeks around), times the level of the fortnight where that is lower: a quiet August is not a fault. A day
is named when it has less than a share of the usual (0.56 to 0.66: the more the days of the source differ, the less),
less than any day of that fortnight had of its own, and the difference is more than chance. What that finds and what
it names for nothing: docs/how-to/health.md.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import pi, sqrt
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

from beffroi.collect.health.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from beffroi.collect.health.calendar import Calendar
    from beffroi.collect.health.finding import Rule

_DAY = timedelta(1)
WEEKS, LEAST_WEEKS = 8, 3
LEVEL_DAYS, LEAST_DAYS = 14, 10
SHARES = (0.56, 0.66)
"""Half of an ordinary day lies between 0.4 and 0.65 of the usual."""
SPREADS = 3.0
"""A day is out of the ordinary where it is further below than so many times the spread of the days before."""
SIGMAS = 3.5
"""Below so many times the square root of its usual a difference is chance, however even the days before were."""
FLOOR = 20
"""Below so many notices a day's total is chance."""
_DEVIATION = sqrt(pi / 2)
"""The mean absolute deviation times this is a standard deviation, where days are normally spread."""


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


class Near(NamedTuple):
    """The ordinary days near a day, each as a share of the median of its weekday."""

    day: date
    medians: Mapping[int, float]
    shares: tuple[tuple[date, float], ...]
    weeks: float

    def _late(self) -> list[float]:
        return [share for day, share in self.shares if abs(day - self.day) <= LEVEL_DAYS * _DAY]

    def level(self) -> float:
        """Return the level of the fortnight, never above the usual."""
        return min(1.0, median(self._late() or [1.0]))

    def lowest(self) -> float:
        """Return the least share that a day of the fortnight had."""
        return min(self._late(), default=1.0)

    def share(self) -> float:
        """Return the share of the usual below which a day is out of the ordinary.

        Medians of few weeks lie close to the days they are made of: the spread is widened for that.
        """
        least, most = SHARES
        middle = median(share for _, share in self.shares)
        spread = _DEVIATION * mean(abs(share - middle) for _, share in self.shares) / middle
        return min(most, max(least, 1 - SPREADS * spread * sqrt(self.weeks / (self.weeks - 1))))


class Usual:
    """What is usual of a source, and which days fall short of it."""

    def __init__(self, total: Callable[[date], int], calendar: Calendar, known: Collection[date]) -> None:
        self._calendar = calendar
        self._total = {day: total(day) for day in sorted(known)}
        self._plain = {day for day in known if not calendar.quiet(day) and (self._total[day] or not calendar.due(day))}
        self._drops: dict[date, float] = {}
        early: list[date] = []
        for day in sorted(self._plain):
            near = self._near(day, (-1,))
            if near is None:
                early.append(day)
            else:
                self._name(day, near)
        self._name_early(early)

    def _name_early(self, days: list[date]) -> None:
        """Judge days with too few before them by those around; one that is named is not usual for the others."""
        waiting = days
        while waiting:
            named = [day for day in waiting if self._name(day, self._near(day, (-1, 1)))]
            waiting = [day for day in waiting if day not in self._drops] if named else []

    def _near(self, day: date, sides: tuple[int, ...]) -> Near | None:
        """Return the ordinary days before a day, or around it, or None where they are too few to say anything."""
        reach = (day + side * n * _DAY for side in sides for n in range(1, 7 * WEEKS + 1))
        days = [one for one in reach if one in self._plain and one not in self._drops]
        weekdays: defaultdict[int, list[int]] = defaultdict(list)
        for one in days:
            weekdays[one.weekday()].append(self._total[one])
        medians = {weekday: median(found) for weekday, found in weekdays.items() if len(found) >= LEAST_WEEKS}
        compared = [one for one in days if medians.get(one.weekday())]
        if day.weekday() not in medians or len(compared) < LEAST_DAYS:
            return None
        shares = tuple((one, self._total[one] / medians[one.weekday()]) for one in compared)
        return Near(day, medians, shares, mean(len(weekdays[one.weekday()]) for one in compared))

    def _name(self, day: date, near: Near | None) -> bool:
        """Keep the usual of a day that falls far short of it; return whether it does, as far as can be said."""
        if near is None:
            return False
        middle, total = near.medians[day.weekday()], self._total[day]
        usual = middle * near.level()
        if usual < FLOOR or usual - total < SIGMAS * sqrt(usual) or total >= near.share() * usual:
            return False
        if total > near.lowest() * middle:
            return False
        self._drops[day] = usual
        return True

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

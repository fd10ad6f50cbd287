"""Changed shapes: a field that was always filled and is empty from some day on; documents that gave no record; unread.

In: counts and the days that are judged. Out: findings. These are not cured by asking again: the bulletin has changed,
or its reader is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from beffroi.collect.health.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from beffroi.bulletins import Window
    from beffroi.collect.health.counts import Counts, Filled

ALWAYS, BEFORE = 0.99, 100
"""A field is always filled where so many of at least so many notices before have it."""
SELDOM, LAST = 0.5, 20
"""It is empty where less than that of at least so many notices in a row of days have it."""
_WITHIN = {"buyer_ids": "buyer", "suppliers": "awards"}
"""A field that cannot be there without another: only the other is named."""
_WHOLE = ("published", "kind")
"""Fields watched over all kinds at once: without them a notice has no kind, or another day."""
GROWN, PEAK = 2.0, 1.25
"""Unread passages have grown where a day has twice the usual a notice, and a quarter more than any day before."""


class _Day(NamedTuple):
    day: date
    notices: int
    filled: int


def emptied(counts: Counts, window: Window) -> Iterator[Finding]:
    """Return the fields that are empty on days of the window though they were always filled before, kinds together."""
    found: dict[str, dict[str, tuple[_Day, ...]]] = defaultdict(dict)
    for (field, kind), series in _series(counts).items():
        if run := _emptied(series, window):
            found[field][kind] = run
    for field, kinds in found.items():
        within = _WITHIN.get(field)
        if within is None or within not in found:
            yield _shape(counts.declared.name, field, kinds)


def _shape(source: str, field: str, kinds: Mapping[str, tuple[_Day, ...]]) -> Finding:
    days = [one for run in kinds.values() for one in run]
    since, until = min(one.day for one in days), max(one.day for one in days)
    notices, filled = sum(one.notices for one in days), sum(one.filled for one in days)
    named = sorted(kind for kind in kinds if kind)
    figures = {"field": field, "kinds": named, "notices": notices, "filled": filled}
    return Finding(source, "shape", str(since), str(until), figures)


def _series(counts: Counts) -> dict[tuple[str, str], list[_Day]]:
    """Return the days of each field and kind, the first one first."""
    series: defaultdict[tuple[str, str], list[_Day]] = defaultdict(list)
    for day in sorted(counts.days):
        for one in counts.days[day]:
            for field, filled in one.fields.items():
                if field not in _WHOLE:
                    series[field, one.kind or ""].append(_Day(day, one.notices, filled))
        for field in _WHOLE:
            series[field, ""].append(_Day(day, *_summed(counts.days[day], field)))
    return series


def _summed(found: Iterable[Filled], field: str) -> tuple[int, int]:
    pairs = [(one.notices, one.fields[field]) for one in found]
    return sum(notices for notices, _ in pairs), sum(filled for _, filled in pairs)


def _emptied(series: list[_Day], window: Window) -> tuple[_Day, ...]:
    """Return the days of the window on which a field that was always filled is empty, where that is no chance."""
    notices = filled = 0
    found: list[_Day] = []
    run: list[_Day] = []
    for one in (*series, _Day(date.max, 0, 0)):
        always = notices >= BEFORE and filled >= ALWAYS * notices
        if always and one.filled < SELDOM * one.notices:
            run.append(one)
            continue
        if sum(each.notices for each in run) >= LAST:
            found += run
        run = []
        notices, filled = notices + one.notices, filled + one.filled
    return tuple(one for one in found if one.day >= window.since)


def unread(counts: Counts, window: Window) -> Iterator[Finding]:
    """Return the days of the window on which notices have far more unread passages than before, as one finding."""
    ratios: list[float] = []
    run: list[tuple[date, int, int]] = []
    for day in sorted(counts.days):
        notices, passages = _passages(counts.days[day])
        if notices < LAST:
            continue
        if _grown(notices, passages, ratios):
            run.append((day, notices, passages))
        else:
            ratios.append(passages / notices)
    judged = [one for one in run if one[0] >= window.since]
    if judged:
        notices, passages = sum(one[1] for one in judged), sum(one[2] for one in judged)
        figures = {"notices": notices, "passages": passages, "usual": round(median(ratios), 2)}
        yield Finding(counts.declared.name, "unread", str(judged[0][0]), str(judged[-1][0]), figures)


def _passages(found: Iterable[Filled]) -> tuple[int, int]:
    pairs = [(one.notices, one.unread) for one in found]
    return sum(notices for notices, _ in pairs), sum(passages for _, passages in pairs)


_DAYS = 10
"""Days before, at least, that say what is usual."""


def _grown(notices: int, passages: int, before: list[float]) -> bool:
    if len(before) < _DAYS:
        return False
    allowed = max(GROWN * median(before), PEAK * max(before))
    return passages - allowed * notices >= LAST


def without_record(counts: Counts, window: Window) -> Iterator[Finding]:
    """Return how many documents of the slices that touch the window gave no record."""
    since, until = str(window.since), str(window.until)
    found = [one for one in counts.slices if one.without_record and one.until >= since and one.since <= until]
    if found:
        figures = {"documents": sum(one.without_record for one in found), "slices": len(found)}
        first, last = min(one.since for one in found), max(one.until for one in found)
        yield Finding(counts.declared.name, "without_record", first, last, figures)

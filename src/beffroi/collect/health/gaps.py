"""Gaps: days that no complete slice covers, slices that did not come whole, and collecting that stopped.

In: counts and the days that are judged. Out: findings. All of these are cured by asking again.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from beffroi.collect.health.counts import covered
from beffroi.collect.health.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.bulletins import Window
    from beffroi.collect.health.calendar import Calendar
    from beffroi.collect.health.counts import Counts
    from beffroi.store.slices import Row

_DAY = timedelta(1)
_NUMBERS = re.compile(r"\d+")
_FOLLOWED = 7
"""A source is being followed where its last slice was asked for within a week of its day; else it is history."""
_LATE = 2
"""Days that may pass without being asked for, or the promised silence, if that is longer."""
_GRACE = 1
"""Days after a day has settled within which the next collection will ask for it again."""


def broken(counts: Counts) -> Iterator[Finding]:
    """Return the slices that are not whole and whose days nothing else brought, those of one failure together."""
    bad = set(counts.broken)
    judged = [one for one in counts.slices if one in bad or one.state == "complete"]
    numbered = enumerate(sorted(judged, key=lambda one: (one.way, _series(one), one.since, one.key)))
    for _, together in groupby(numbered, key=lambda found: _failure(*found)):
        pieces = [one for _, one in together]
        if pieces[0] in bad:
            yield _broken(pieces)


def _failure(place: int, piece: Row) -> tuple[object, ...]:
    """Return what slices of one failure share: failed ones in a row are one; others stand alone.

    A slice that came whole ends the row: what failed before it and after it are two failures.
    """
    return (piece.way, _series(piece), piece.state) if piece.state in {"failed", "complete"} else (place,)


def _series(piece: Row) -> str:
    """Return what the keys of a series of slices have in common: all but their numbers."""
    return _NUMBERS.sub("", piece.key)


def _broken(pieces: list[Row]) -> Finding:
    first = pieces[0]
    figures = {
        "key": first.key,
        "way": first.way,
        "state": first.state,
        "slices": len(pieces),
        "announced": first.announced,
        "received": first.received,
        "why": first.why,
    }
    since, until = min(one.since for one in pieces), max(one.until for one in pieces)
    return Finding(first.source, "gap", since, until, {name: one for name, one in figures.items() if one is not None})


def never(counts: Counts, calendar: Calendar, window: Window, *, closing: int = 0) -> Iterator[Finding]:
    """Return the runs of days, between the first and the last collected, that owe notices and no slice covers.

    `closing`: so many days in a row may be the bulletin's own, which its calendar knows and the promise does not.
    """
    asked = covered(counts.slices, *window)
    first, last = min(one.since for one in counts.slices), max(one.until for one in counts.slices)
    missing: list[date] = []
    for day in (one for one in window.days() if first <= str(one) <= last):
        if day not in asked and calendar.due(day):
            missing.append(day)
        elif day in asked and missing:
            if len(missing) > closing:
                yield _run(counts, missing, "never")
            missing = []


def early(counts: Counts, calendar: Calendar, window: Window) -> Iterator[Finding]:
    """Return the days asked for before they had settled and never since, though they have settled for a while."""
    settles = calendar.promise.settles * _DAY
    last = window.until - settles - _GRACE * _DAY
    days = sorted(day for day in counts.whole if window.since <= day < last and calendar.due(day))
    found = [day for day in days if counts.ended(day) < day + settles]
    for _, together in groupby(enumerate(found), key=lambda one: one[1].toordinal() - one[0]):
        yield _run(counts, [day for _, day in together], "early")


def settled(counts: Counts, calendar: Calendar) -> frozenset[date]:
    """Return the days whose total can be judged: they came whole, after they had settled."""
    settles = calendar.promise.settles * _DAY
    return frozenset(day for day in counts.whole if counts.ended(day) >= day + settles)


def late(counts: Counts, calendar: Calendar, on: date) -> Iterator[Finding]:
    """Return whether a source that is being followed has not been asked of late: our fault, not its."""
    last = max(counts.slices, key=lambda one: (one.until, one.ended or ""))
    until = date.fromisoformat(last.until)
    if last.ended is None or date.fromisoformat(last.ended[:10]) > until + _FOLLOWED * _DAY:
        return
    days = (on - until).days
    if days > max(_LATE, calendar.promise.silence):
        yield Finding(
            last.source, "late", (until + _DAY).isoformat(), on.isoformat(), {"days": days, "last": last.until}
        )


def _run(counts: Counts, days: list[date], state: str) -> Finding:
    return Finding(counts.declared.name, "gap", str(days[0]), str(days[-1]), {"state": state, "days": len(days)})

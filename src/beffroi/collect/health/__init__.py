"""Health: what is missing of what was collected, and what has changed, held against each bulletin's promise.

In: a store and a day. Out: `Health`: one `Finding` a fault. The rules are pure, over counts that `counts.py` reads.

>>> Health(("boamp",), 30, ()).well
True
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from beffroi.bulletins import Window, bulletins
from beffroi.collect.health import gaps, shapes
from beffroi.collect.health.calendar import Calendar
from beffroi.collect.health.counts import collected, counts, example
from beffroi.collect.health.finding import Finding
from beffroi.collect.health.totals import Usual, silence, totals
from beffroi.errors import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from beffroi.bulletins import Bulletin
    from beffroi.bulletins.bulletin import Collectable
    from beffroi.collect.health.counts import Counts
    from beffroi.store import Store

__all__ = ["Finding", "Health", "health"]

CLOSING = 2
"""Days in a row between issues that a bulletin's calendar leaves out, though no rule of ours knows why: a bridge."""
DAYS = 30
"""Days that are judged unless another number is asked for."""


class Health(NamedTuple):
    """What is wrong; `days` of `sources` were judged."""

    sources: tuple[str, ...]
    days: int
    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Return whether nothing is wrong."""
        return bool(self.sources) and not self.findings


def health(store: Store, on: date, *, days: int = DAYS, names: Sequence[str] = ()) -> Health:
    """Return what is wrong on a day with the sources named, or with all that were ever collected.

    Raises UsageError for a source that was never collected, or that this version does not know.
    """
    held = collected(store.connection)
    for name in names:
        if name not in held:
            raise UsageError(f"{name} was never collected here: begin with `beffroi collect {name}`")
    chosen = tuple(names) or held
    window = Window(on - timedelta(days - 1), on)
    findings = [one for name in chosen for one in _judged(store.connection, _declared(name), window)]
    return Health(chosen, days, tuple(findings))


def _declared(name: str) -> Bulletin:
    """Return a bulletin's declaration; raises UsageError for one that this version has not."""
    if name not in bulletins():
        raise UsageError(f"{name} was collected here, but no bulletin of this version has the name")
    return bulletins()[name].BULLETIN


def _judged(connection: sqlite3.Connection, declared: Bulletin, window: Window) -> Iterator[Finding]:
    """Return what is wrong with one source."""
    bulletin = bulletins()[declared.name]
    found = counts(connection, declared, since=window.since, until=window.until)
    yield from gaps.broken(found)
    if found.declared.promise is not None:
        closing = CLOSING if _calendared(bulletin, found, window) else 0
        yield from _promised(found, Calendar(found.declared.promise), window, closing)
    for one in (*shapes.emptied(found, window), *shapes.unread(found, window)):
        yield _with_example(connection, declared, one)
    yield from shapes.without_record(found, window)


def _with_example(connection: sqlite3.Connection, declared: Bulletin, one: Finding) -> Finding:
    """Return a finding with a notice to look at: one of its last day that lacks the field, or has unread passages."""
    notice = example(connection, declared, one.figures.get("field", "read"), date.fromisoformat(one.until))
    return one if notice is None else one._replace(figures={**one.figures, "example": notice})


def _calendared(bulletin: Collectable, found: Counts, window: Window) -> bool:
    """Return whether a calendar of the bulletin's own said which days there were to be asked for."""
    ways = {one.way for one in found.slices}
    return any(bulletin.calendars(window, way, bulletin.BULLETIN.addresses) for way in ways)


def _promised(found: Counts, calendar: Calendar, window: Window, closing: int) -> Iterator[Finding]:
    """Return what falls short of a promise."""
    late = tuple(gaps.late(found, calendar, window.until))
    yield from gaps.never(found, calendar, window, closing=closing)
    yield from late or gaps.early(found, calendar, window)
    known = gaps.settled(found, calendar)
    usual = Usual(found.total, calendar, known)
    silent = silence(found.total, calendar, window.until, answered=found.whole)
    days = [day for day in known if window.since <= day]
    yield from totals(found.declared.name, usual, days, silent)

"""What the store holds of a source, counted by day: all that the rules of health are asked over.

In: a store. Out: `Counts`. The only module of health that touches the store: a few group-bys.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from beffroi.store.slices import rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from beffroi.bulletins import Bulletin
    from beffroi.store.slices import Row

FIELDS = {
    "published": "n.published IS NOT NULL",
    "kind": "n.kind IS NOT NULL",
    "title": "n.title IS NOT NULL",
    "description": "n.description IS NOT NULL",
    "buyer": "n.buyer IS NOT NULL",
    "buyer_ids": "EXISTS (SELECT 1 FROM organisation_ids o WHERE o.notice = n.id AND o.path BETWEEN 'b' AND 'c')",
    "cpv": "n.cpv IS NOT NULL",
    "deadline": "n.deadline IS NOT NULL",
    "lots": "n.lots > 0",
    "amounts": "EXISTS (SELECT 1 FROM amounts a WHERE a.notice = n.id)",
    "places": "EXISTS (SELECT 1 FROM places p WHERE p.notice = n.id)",
    "awards": "n.awards > 0",
    "suppliers": "n.awards > 0 AND EXISTS (SELECT 1 FROM organisations s WHERE s.notice = n.id AND s.supplier)",
}
"""The fields watched, each with the condition under which a notice `n` has it."""

HISTORY = timedelta(112)
"""What is read before the days that are judged: the eight weeks they are held against, and the eight weeks of those."""

_DAY = (
    "coalesce(substr(n.published, 1, 10),"
    " (SELECT substr(d.retrieved, 1, 10) FROM documents d WHERE d.sha256 = n.document))"
)
"""The day of a notice: published, else, where the field is empty, collected."""
_BETWEEN = "n.published BETWEEN ? AND ? || 'T99' OR n.published IS NULL"


class Filled(NamedTuple):
    """The notices of one kind on one day: how many, how many unread passages, how many have each field."""

    kind: str | None
    notices: int
    unread: int
    fields: Mapping[str, int]


class Counts(NamedTuple):
    """A source's slices, those `broken`, those that came whole by each day they cover, and its notices by day.

    A day may have several slices of one way (a dataset each): it is whole when all of one way are.
    """

    declared: Bulletin
    slices: tuple[Row, ...]
    broken: tuple[Row, ...]
    whole: Mapping[date, tuple[Row, ...]]
    days: Mapping[date, tuple[Filled, ...]]

    def total(self, day: date) -> int:
        """Return how many notices a day brought: what its own slices received, else what was published that day."""
        received: Counter[str] = Counter()
        for one in self.whole.get(day, ()):
            if one.since == one.until:
                received[one.way] += one.received
        return max(received.values()) if received else sum(one.notices for one in self.days.get(day, ()))

    def ended(self, day: date) -> date:
        """Return when a day was last asked for in full."""
        return max(date.fromisoformat(str(one.ended)[:10]) for one in self.whole[day])


_OF = "n.source = ? AND n.id GLOB ? || '*'"
"""The notices of a bulletin: of its source, their ids beginning as its do."""


def counts(connection: sqlite3.Connection, declared: Bulletin, *, since: date, until: date) -> Counts:
    """Return what is held of a bulletin, its notices between two days and `HISTORY` before."""
    held: defaultdict[date, list[Filled]] = defaultdict(list)
    columns = ", ".join(f"sum({condition})" for condition in FIELDS.values())
    found = connection.execute(
        f"SELECT {_DAY}, n.kind, count(*), sum(n.unread), {columns}"  # noqa: S608 - our own words
        f" FROM notices n WHERE {_OF} AND ({_BETWEEN}) GROUP BY 1, 2",
        (declared.source, declared.ids, (since - HISTORY).isoformat(), until.isoformat()),
    )
    for day, kind, notices, unread, *filled in found:
        if day is not None:
            held[date.fromisoformat(day)].append(Filled(kind, notices, unread, dict(zip(FIELDS, filled, strict=True))))
    slices = tuple(rows(connection, declared.name))
    bad = broken(slices)
    lacking = covered(bad, since - HISTORY, until)
    whole = {
        day: kept
        for day, covering in covered([one for one in slices if one.state == "complete"], since - HISTORY, until).items()
        if (kept := tuple(one for one in covering if one.way not in {each.way for each in lacking.get(day, ())}))
    }
    return Counts(declared, slices, bad, whole, {day: tuple(one) for day, one in held.items()})


def broken(slices: Iterable[Row]) -> tuple[Row, ...]:
    """Return the slices that are not whole, unless another way brought their days, or a larger slice of the same."""
    known = tuple(slices)
    whole = [one for one in known if one.state == "complete"]
    return tuple(
        one
        for one in known
        if one.state != "complete"
        and not any(
            each.since <= one.since
            and one.until <= each.until
            and (each.way != one.way or (each.since, each.until) != (one.since, one.until))
            for each in whole
        )
    )


def covered(slices: Iterable[Row], since: date, until: date) -> dict[date, tuple[Row, ...]]:
    """Return the slices that cover each day between two."""
    found: defaultdict[date, list[Row]] = defaultdict(list)
    for one in slices:
        first, last = max(date.fromisoformat(one.since), since), min(date.fromisoformat(one.until), until)
        for n in range((last - first).days + 1):
            found[first + timedelta(n)].append(one)
    return {day: tuple(covering) for day, covering in found.items()}


def example(connection: sqlite3.Connection, declared: Bulletin, field: str, day: date) -> str | None:
    """Return a notice of a day that lacks a field (`read`: that has unread passages), or None."""
    has = FIELDS.get(field, "n.unread = 0")
    found = connection.execute(
        f"SELECT n.id FROM notices n WHERE {_OF} AND ({_BETWEEN}) AND {_DAY} = ? AND NOT ({has})"  # noqa: S608
        " ORDER BY n.id LIMIT 1",
        (declared.source, declared.ids, day.isoformat(), day.isoformat(), day.isoformat()),
    ).fetchone()
    return None if found is None else str(found[0])


def collected(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the sources of which anything was ever asked."""
    return tuple(row[0] for row in connection.execute("SELECT DISTINCT source FROM slices ORDER BY 1"))

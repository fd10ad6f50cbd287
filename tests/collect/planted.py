"""Stores with a history of a bulletin and the faults a test plants in it.

In: what a day held. Out: rows in a store, made from notices as a load makes them.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from beffroi.notices import from_draft
from beffroi.store import Store
from beffroi.store.connection import writing
from beffroi.store.rows import TABLES, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

WEEK = (80, 90, 210, 215, 220, 130, 160)
"""An ordinary week of the invented history, by weekday."""
_DOCUMENT = {"sha256": "ab" * 32, "media_type": "application/xml", "bytes": 1, "name": "a.xml", "origin": "official"}
_INSERTS = {
    table: f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    for table, columns in TABLES.items()
}


def notice(number: str, day: date, kind: str, /, **changed: Any) -> dict[str, Any]:
    """Return the draft of a full notice; a field changed to None is left out."""
    buyer = {"name": "Commune de Valbourg", "country": "FR", "ids": [{"scheme": "SIRET", "value": "21990001100017"}]}
    draft: dict[str, Any] = {
        "id": f"boamp:{number}",
        "source": "boamp",
        "number": number,
        "published": str(day),
        "kind": kind,
        "title": "Bancs publics",
        "description": "Fourniture de bancs",
        "buyers": [{**buyer, "role": "buyer"}],
        "cpv": ["39113600"],
        "document": _DOCUMENT,
    }
    if kind == "call":
        draft |= {"deadline": f"{day + timedelta(30)}T12:00:00+02:00", "lots": [{"id": "1", "title": "Bancs"}]}
    else:
        award = {"id": "1", "status": "awarded", "suppliers": [{"name": "Bois SARL", "role": "sole"}]}
        draft |= {"awards": [award], "lots": [{"id": "1"}]}
    return {name: value for name, value in (draft | changed).items() if value is not None}


class Planted:
    """A store being planted; `seed` decides the sizes of ordinary days."""

    def __init__(self, home: Path, *, seed: int = 1, name: str = "boamp") -> None:
        self.store = Store.open(home, create=True)
        self.name, self._random = name, Random(seed)
        self._count = len(self.store)

    def size(self, day: date) -> int:
        """Return how many notices an ordinary day holds: some more, some fewer."""
        mean = WEEK[day.weekday()]
        return max(0, round(self._random.gauss(mean, mean**0.5)))

    def slice(self, since: date, until: date | None = None, **changed: Any) -> None:
        """Write the row of a slice: complete, asked for when its days had settled, unless it is changed."""
        until = until or since
        row: dict[str, Any] = {
            "source": self.name,
            "key": f"api:{since}",
            "way": "api",
            "since": str(since),
            "until": str(until),
            "state": "complete",
            "asked": 1,
            "received": 0,
            "new": 0,
            "changed": 0,
            "without_record": 0,
            "unread": 0,
            "ended": f"{until + timedelta(5)}T04:00:00Z",
            **changed,
        }
        self.store.connection.execute(
            f"INSERT OR REPLACE INTO slices ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )

    def notices(self, drafts: Iterable[dict[str, Any]]) -> int:
        """Write the rows of notices; return how many."""
        count = 0
        for draft in drafts:
            count += 1
            for table, made in rows(from_draft(draft)).items():
                self.store.connection.executemany(_INSERTS[table], made)
        return count

    def drafts(self, day: date, size: int, **changed: Any) -> Iterator[dict[str, Any]]:
        """Return the drafts of so many notices of a day, two calls to each result."""
        for n in range(size):
            self._count += 1
            kind = "result" if n % 3 == 2 else "call"
            yield notice(f"26-{self._count}", day, kind, **changed)

    def day(self, day: date, size: int | None = None, **changed: Any) -> None:
        """Plant a day, whole: so many notices (an ordinary day's unless said), fields changed."""
        came = self.notices(self.drafts(day, self.size(day) if size is None else size, **changed))
        self.slice(day, received=came, announced=came, new=came)

    def clear(self, since: date, until: date) -> None:
        """Take out what is held of some days."""
        days = (str(since), str(until))
        for table in reversed(TABLES):
            key = "id" if table == "notices" else "notice"
            self.store.connection.execute(
                f"DELETE FROM {table} WHERE {key} IN (SELECT id FROM notices WHERE published BETWEEN ? AND ?)", days
            )
        self.store.connection.execute("DELETE FROM slices WHERE since BETWEEN ? AND ?", days)

    def history(self, since: date, until: date) -> None:
        """Plant every day of a span as an ordinary one."""
        with writing(self.store.connection):
            for n in range((until - since).days + 1):
                self.day(since + timedelta(n))

    def instead(self, since: date, until: date, plant: Callable[[date], None] = lambda _: None) -> None:
        """Plant something else, or nothing, on some days."""
        with writing(self.store.connection):
            self.clear(since, until)
            for n in range((until - since).days + 1):
                plant(since + timedelta(n))

"""What was asked of each bulletin, slice by slice: counted in the transactions that write what came.

In: marks in the stream of documents (a slice begins, a slice ends). Out: rows of `slices`.

A slice is `open` from its first document on, then `complete`, `short` (what the source announced and what came differ)
or `failed`. Interrupted, it stays open and is asked for again: what is archived already changes nothing.

>>> Counts(new=2).added(Counts(new=1, unread=3))
Counts(new=3, changed=0, without_record=0, unread=3)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from beffroi.notices import DocumentInfo
    from beffroi.store.load import Prepared

State = Literal["open", "complete", "short", "failed"]


class Begun(NamedTuple):
    """A slice of a source begins to come in, under its key; the publication days it covers are ISO dates."""

    source: str
    key: str
    way: str
    since: str
    until: str


class Ended(NamedTuple):
    """A slice has come in.

    `announced` is what the source said it holds, `numbers` how many different numbers its pages named (None where they
    name none: then documents are counted), `held` how many of those were archived already and not fetched again.
    `failed` says in one sentence why the slice could not be had, `ended` when that was, `validators` what the server
    said of its packages, `lacking` what of it could not be had, `absent` whether it failed because there is nothing at
    its address.
    """

    ended: str
    announced: int | None = None
    numbers: int | None = None
    held: int = 0
    failed: str | None = None
    validators: dict[str, dict[str, str]] = {}  # noqa: RUF012 - never changed
    lacking: str | None = None
    absent: bool = False


class Counts(NamedTuple):
    """What came of documents: notices that were new or changed, documents without a record, passages unread."""

    new: int = 0
    changed: int = 0
    without_record: int = 0
    unread: int = 0

    def added(self, other: Counts) -> Counts:
        """Return the sum of both."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))


class Row(msgspec.Struct, frozen=True):
    """One slice as it stands."""

    source: str
    key: str
    way: str
    since: str
    until: str
    state: State
    asked: int
    announced: int | None
    received: int
    new: int
    changed: int
    without_record: int
    unread: int
    validators: str | None
    ended: str | None
    why: str | None


_COLUMNS = ", ".join(Row.__struct_fields__)
_BEGIN = (
    "INSERT INTO slices (source, key, way, since, until, state, asked, received, new, changed, without_record, unread)"
    " VALUES (?, ?, ?, ?, ?, 'open', 1, 0, 0, 0, 0, 0)"
    " ON CONFLICT (source, key) DO UPDATE SET state = 'open', asked = asked + 1, way = excluded.way,"
    " why = NULL"
)
_COUNT = (
    "UPDATE slices SET new = new + ?, changed = changed + ?, without_record = without_record + ?, unread = unread + ?"
    " WHERE source = ? AND key = ?"
)
_END = (
    "UPDATE slices SET state = ?, announced = ?, received = ?, validators = ?, ended = ?, why = ?"
    " WHERE source = ? AND key = ?"
)


Place = tuple[str, str | None, int]


def place(about: DocumentInfo) -> Place:
    """Return where a document stands: the same bytes at two places of a page are two records of it."""
    container = about.container
    return (about.sha256, None, 0) if container is None else (about.sha256, container.sha256, container.offset)


class Ledger:
    """Keeps the rows of slices while documents are written, inside their transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._open: Begun | None = None
        self._counts = Counts()
        self._met: set[str] = set()
        self._places: set[Place] = set()

    def mark(self, value: object) -> None:
        """Write what a mark says; other marks are nobody's here."""
        if isinstance(value, Begun):
            self._open, self._met, self._places = value, set(), set()
            self._connection.execute(_BEGIN, value)
        elif isinstance(value, Ended) and self._open is not None:
            self.flush()
            self._connection.execute(_END, (*self._judged(value), self._open.source, self._open.key))
            self._open = None

    def count(self, prepared: Prepared, outcome: str) -> None:
        """Count a document of the open slice: `outcome` is what came of it."""
        if self._open is None or prepared.about is None:
            return
        self._places.add(place(prepared.about))
        if prepared.about.sha256 in self._met:
            return
        self._met.add(prepared.about.sha256)
        record = None if outcome == "unchanged" else prepared.record
        unread = record.unread if record is not None else 0
        unusable = outcome == "without_record" and not prepared.known
        self._counts = self._counts.added(Counts(outcome == "new", outcome == "revisions", unusable, unread))

    def flush(self) -> None:
        """Write the counts gathered since the last time."""
        if self._open is not None and any(self._counts):
            self._connection.execute(_COUNT, (*self._counts, self._open.source, self._open.key))
        self._counts = Counts()

    def _judged(self, end: Ended) -> tuple[State, int | None, int, str | None, str, str | None]:
        came = len(self._places) + end.held
        received = came if end.numbers is None else min(came, end.numbers)
        state, why = judged(end, received)
        validators = msgspec.json.encode(end.validators).decode() if end.validators else None
        return state, end.announced, received, validators, end.ended, why


def judged(end: Ended, received: int) -> tuple[State, str | None]:
    """Return the state a slice ends in, and what is wrong with it.

    >>> judged(Ended("", announced=3), 2)
    ('short', '3 announced, 2 received')
    """
    if end.failed is not None:
        return "failed", end.failed
    if end.announced is not None and end.announced != received:
        return "short", _with(f"{end.announced:,} announced, {received:,} received", end.lacking)
    if end.numbers is not None and end.numbers != received:
        return "short", _with(f"{end.numbers:,} numbers on its pages, {received:,} documents", end.lacking)
    if end.lacking is not None:
        return "short", end.lacking
    return "complete", None


def _with(why: str, lacking: str | None) -> str:
    return why if lacking is None else f"{why}; {lacking}"


def row(connection: sqlite3.Connection, source: str, key: str) -> Row | None:
    """Return one slice as it stands, or None where it was never asked for."""
    return next(_rows(connection, "source = ? AND key = ?", (source, key)), None)


def rows(connection: sqlite3.Connection, source: str | None = None) -> Iterator[Row]:
    """Return the slices of a source, or all, the earliest first."""
    return _rows(connection, "? IS NULL OR source = ? ORDER BY source, since, key", (source, source))


def latest(connection: sqlite3.Connection, source: str) -> str | None:
    """Return the last publication day of a source that was ever asked for, or None."""
    found = connection.execute("SELECT max(until) FROM slices WHERE source = ?", (source,)).fetchone()[0]
    return None if found is None else str(found)


def _rows(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> Iterator[Row]:
    found = connection.execute(f"SELECT {_COLUMNS} FROM slices WHERE {where}", values)  # noqa: S608 - our own words
    return (Row(*one) for one in found)

"""Writing records inside a transaction: revisions, their rows and their words.

In: `Record`s in order. Out: rows; what is written is gathered by table and sent in one go by `flush`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from beffroi.notices import from_json
from beffroi.store.archive import COLUMNS, about_row
from beffroi.store.duplicates import SOURCES, repeats, with_disputes
from beffroi.store.link import link
from beffroi.store.revision import same_in_another_encoding
from beffroi.store.rows import TABLES

if TYPE_CHECKING:
    import sqlite3

    from beffroi.notices import Notice
    from beffroi.store.load import Prepared, Record
    from beffroi.store.rows import Row

_INSERTS = {
    table: f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    for table, columns in TABLES.items()
}
_DELETES = {
    table: f"DELETE FROM {table} WHERE {'id' if table == 'notices' else 'notice'} = ?"  # noqa: S608 - our own names
    for table in TABLES
}
_REVISIONS = "INSERT INTO revisions (key, notice, revision, document, digest, record) VALUES (?, ?, ?, ?, ?, ?)"
_WORDS = (
    "INSERT INTO search_index (rowid, title, buyers, suppliers, lots, description, facts) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_DOCUMENTS = (
    f"INSERT INTO documents (arrival, {COLUMNS}, source, notice, revision, error)"  # noqa: S608 - our own names
    f" VALUES ({', '.join('?' * 15)})"
)
_CONTENTS = "INSERT INTO contents (document, dictionary, data) VALUES (?, ?, ?)"


class _Known(msgspec.Struct):
    """One revision of a notice, as stored or waiting to be; its media type is its first document's."""

    revision: int
    digest: bytes
    media_type: str


class Writer:
    """Writes into an open transaction. `flush` must be called before it is committed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: dict[str, list[Row]] = {}
        self._revisions: list[tuple[object, ...]] = []
        self._words: list[tuple[object, ...]] = []
        self._documents: list[tuple[object, ...]] = []
        self._contents: list[tuple[object, ...]] = []
        self._touched: set[str] = set()
        self._arrived: dict[str, bool] = {}
        self._known: dict[str, list[_Known]] = {}
        self._arrival = self._last("documents", "arrival")
        self._key = self._last("revisions", "key")

    def _last(self, table: str, column: str) -> int:
        return int(self._connection.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()[0])  # noqa: S608

    def archived(self, sha256: str) -> bool | None:
        """Return None for a document that is new to the archive, else whether it gave a record."""
        if sha256 in self._arrived:
            return self._arrived[sha256]
        query = "SELECT notice IS NOT NULL FROM documents WHERE sha256 = ?"
        row = self._connection.execute(query, (sha256,)).fetchone()
        return None if row is None else bool(row[0])

    def document(self, prepared: Prepared, revision: int | None) -> None:
        """Add a document and its bytes."""
        assert prepared.about is not None
        self._arrival += 1
        record = prepared.record
        gave = (record.source, record.notice) if record is not None else (None, None)
        self._documents.append((self._arrival, *about_row(prepared.about), *gave, revision, prepared.error))
        self._contents.append((self._arrival, prepared.dictionary, prepared.packed))
        self._arrived[prepared.about.sha256] = record is not None

    def record(self, record: Record) -> tuple[str, int]:
        """Add a record: what came of it (new, further, duplicates, revisions) and its revision."""
        known = self._revisions_of(record.notice)
        again = "duplicates" if record.source in SOURCES else "further"
        for one in known:
            if one.digest == record.digest:
                return again, one.revision
        for one in known:
            if self._repeats(record, one):
                return again, one.revision
        number = len(known) + 1
        if known:
            self._supersede(record, number)
        else:
            self._add(record, number)
        known.append(_Known(number, record.digest, record.media_type))
        return ("revisions", number) if number > 1 else ("new", 1)

    def _revisions_of(self, notice: str) -> list[_Known]:
        known = self._known.get(notice)
        if known is None:
            rows = self._connection.execute(
                "SELECT r.revision, r.digest, d.media_type FROM revisions r"
                " LEFT JOIN documents d ON d.sha256 = r.document WHERE r.notice = ? ORDER BY r.revision",
                (notice,),
            )
            known = self._known[notice] = [_Known(number, mark, media) for number, mark, media in rows]
        return known

    def _repeats(self, record: Record, known: _Known) -> bool:
        """Return whether a record from another encoding, or by another channel, says what a stored revision says."""
        if record.source in SOURCES:
            return repeats(self._stored(record.notice, known.revision), from_json(record.line))
        if record.media_type == known.media_type:
            return False
        return same_in_another_encoding(self._stored(record.notice, known.revision), from_json(record.line))

    def _stored(self, notice: str, revision: int) -> Notice:
        self._send_all()
        query = "SELECT record FROM revisions WHERE notice = ? AND revision = ?"
        return from_json(self._connection.execute(query, (notice, revision)).fetchone()[0])

    def _add(self, record: Record, number: int) -> None:
        self._key += 1
        self._touched.add(record.notice)
        self._revisions.append((self._key, record.notice, number, record.document, record.digest, record.line))
        self._words.append((self._key, *record.words))
        for table, rows in record.rows.items():
            self._waiting.setdefault(table, []).extend(rows)

    def _supersede(self, record: Record, number: int) -> None:
        """Add a later revision; the tables for questions describe it from now on."""
        from beffroi.store.load import record_of

        notice = msgspec.structs.replace(from_json(record.line), revision=number)
        if record.source in SOURCES:
            notice = with_disputes(notice, self._stored(record.notice, number - 1))
        self._send_all()
        for delete in _DELETES.values():
            self._connection.execute(delete, (record.notice,))
        self._add(record_of(notice)._replace(digest=record.digest), number)

    def flush(self) -> None:
        """Send what is gathered, and link it with what is stored."""
        self._send_all()
        link(self._connection, self._touched)
        self._touched.clear()

    def _send_all(self) -> None:
        self._send(_DOCUMENTS, self._documents)
        self._send(_CONTENTS, self._contents)
        self._send(_REVISIONS, self._revisions)
        self._send(_WORDS, self._words)
        for table, rows in self._waiting.items():
            self._send(_INSERTS[table], rows)

    def _send(self, statement: str, rows: list[tuple[object, ...]] | list[Row]) -> None:
        if rows:
            self._connection.executemany(statement, rows)
            rows.clear()

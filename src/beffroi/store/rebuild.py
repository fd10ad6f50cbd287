"""Rebuilding: the records and the tables for questions made anew from the archive.

In: the archive. Out: the same rows, as this version of the readers makes them, in one transaction: whoever reads
meanwhile sees the old ones, and an interruption changes nothing. Documents are read again in the order of their
arrival. A redacted document cannot be: the record it had given is kept with its redaction and takes its place. Nothing
else is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from beffroi.batch import attempt, spread
from beffroi.errors import BeffroiError, StoreError
from beffroi.intake import Refusal
from beffroi.notices import Document, from_json
from beffroi.store.archive import COLUMNS, Codec, about_of, dictionaries
from beffroi.store.connection import writing
from beffroi.store.load import BATCH_DOCUMENTS, Prepared, record_of
from beffroi.store.rows import TABLES
from beffroi.store.write import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator


class Rebuilt(msgspec.Struct):
    """What a rebuild did."""

    documents: int = 0
    notices: int = 0
    revisions: int = 0
    without_record: int = 0


class Reread(msgspec.Struct, frozen=True):
    """The task of a rebuild: an archived document becomes `Prepared`, its bytes left where they are."""

    def read(self, document: Document) -> Prepared:
        """Return the document with its record."""
        reading = attempt(document)
        if isinstance(reading, BeffroiError):
            return self.refuse(document.about.name, reading, document)
        return Prepared(document.about.name, document.about, record_of(reading.notice))

    def refuse(self, name: str, error: BeffroiError, document: Document | None = None) -> Prepared:
        """Return what gave no record."""
        return Prepared(name, document.about if document is not None else None, error=str(error))


def rebuild(
    connection: sqlite3.Connection, *, jobs: int | None = None, told: Callable[[Prepared], None] = lambda _: None
) -> Rebuilt:
    """Make the records and tables anew; `told` hears of each document as it is done."""
    done = Rebuilt()
    with writing(connection):
        _empty(connection)
        writer = Writer(connection)
        results = spread(_pieces(connection), Reread(), jobs=jobs)
        for (arrival, kept), prepared in zip(_arrivals(connection), results, strict=True):
            whole = prepared if kept is None else _kept(prepared, kept)
            _write(connection, writer, arrival, whole)
            done.documents += 1
            done.without_record += whole.record is None
            told(whole)
            if done.documents % BATCH_DOCUMENTS == 0:
                writer.flush()
                writer = Writer(connection)
        writer.flush()
        done.notices, done.revisions = connection.execute(
            "SELECT (SELECT count(*) FROM notices), (SELECT count(*) FROM revisions)"
        ).fetchone()
    return done


def _empty(connection: sqlite3.Connection) -> None:
    for table in (*TABLES, "groups", "revisions"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    connection.execute("UPDATE documents SET source = NULL, notice = NULL, revision = NULL, error = NULL")


def _arrivals(connection: sqlite3.Connection) -> Iterator[tuple[int, str | None]]:
    """Return every document's arrival with the record kept at its redaction, in order."""
    query = "SELECT arrival, record FROM documents d LEFT JOIN redactions r ON r.document = d.arrival ORDER BY arrival"
    return ((arrival, record) for arrival, record in connection.execute(query))


def _pieces(connection: sqlite3.Connection) -> Iterator[Document | Refusal]:
    """Return every document in order of arrival, a refusal for a redacted one; raises StoreError for a damaged one."""
    codec = Codec(dictionaries(connection))
    rows = connection.execute(
        f"SELECT c.data, c.dictionary, {COLUMNS} FROM documents d"  # noqa: S608 - our own names
        " LEFT JOIN contents c ON c.document = d.arrival ORDER BY d.arrival"
    )
    for packed, dictionary, *known in rows:
        about = about_of(known)
        if packed is None:
            yield Refusal(about.name, StoreError(f"{about.name}: its bytes were removed"))
            continue
        try:
            data = codec.unpack(packed, dictionary)
        except StoreError as error:
            raise StoreError(
                f"{about.sha256} ({about.name}): {error}; nothing was changed: `beffroi redact` keeps its record"
            ) from error
        yield Document(data, about)


def _kept(prepared: Prepared, line: str) -> Prepared:
    """Return a redacted document with the record it had given."""
    notice = from_json(line)
    return Prepared(prepared.name, notice.document, record_of(notice))


def _write(connection: sqlite3.Connection, writer: Writer, arrival: int, prepared: Prepared) -> None:
    record = prepared.record
    if record is None:
        connection.execute("UPDATE documents SET error = ? WHERE arrival = ?", (prepared.error, arrival))
        return
    _, revision = writer.record(record)
    connection.execute(
        "UPDATE documents SET source = ?, notice = ?, revision = ? WHERE arrival = ?",
        (record.source, record.notice, revision, arrival),
    )

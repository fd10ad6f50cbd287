"""Loading: documents are archived and their records stored, each batch in one transaction.

In: paths. Out: rows, and a `Report` of what came of it.

The processes that read also compress and lay out the rows; one process writes. A document already archived changes
nothing; another encoding of a known record is one more document of it; a changed record is a new revision, and the
tables for questions then describe that one. Documents are written in the order of the input, so that a load cut off at
any moment and begun again ends in the same store as one left undisturbed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from beffroi.batch import Mark, attempt, marked
from beffroi.errors import BeffroiError, StoreError
from beffroi.intake import pieces
from beffroi.notices import Document, DocumentInfo, Notice, to_json
from beffroi.store.archive import TRAINED_ON, Codec, dictionaries, train
from beffroi.store.connection import connect, writing
from beffroi.store.revision import digest
from beffroi.store.rows import rows, words
from beffroi.store.slices import Ledger
from beffroi.store.write import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from beffroi.batch import Piece
    from beffroi.notices.document import Origin
    from beffroi.store.rows import Rows

BATCH_DOCUMENTS = 500
BATCH_BYTES = 16 * 1024 * 1024


class Record(NamedTuple):
    """A record ready to be written."""

    notice: str
    source: str
    media_type: str
    document: str
    digest: bytes
    line: str
    rows: Rows
    words: tuple[str, ...]
    unread: int


class Prepared(NamedTuple):
    """A document ready to be written: its record or error, its packed bytes; `known` when it is archived already."""

    name: str
    about: DocumentInfo | None = None
    record: Record | None = None
    error: str | None = None
    packed: bytes = b""
    dictionary: int | None = None
    known: bool = False


def record_of(notice: Notice) -> Record:
    """Return a notice as it is written."""
    about = notice.document
    return Record(
        notice.id,
        notice.source,
        about.media_type,
        about.sha256,
        digest(notice),
        to_json(notice).decode(),
        rows(notice),
        words(notice),
        len(notice.unread),
    )


class Prepare(msgspec.Struct, frozen=True):
    """The task of a load: a document becomes `Prepared`. `home` is the archive it goes to."""

    home: str

    def read(self, document: Document) -> Prepared:
        """Return the document ready to be written; one that is archived already is not read again."""
        about = document.about
        archive = _archive(self.home)
        if archive.knows(about.sha256):
            return Prepared(about.name, about, known=True)
        reading = attempt(document)
        if isinstance(reading, BeffroiError):
            return self.refuse(about.name, reading, document)
        packed, dictionary = archive.codec().pack(document.data, reading.notice.source)
        return Prepared(about.name, about, record_of(reading.notice), packed=packed, dictionary=dictionary)

    def refuse(self, name: str, error: BeffroiError, document: Document | None = None) -> Prepared:
        """Return what gave no record; its bytes, where there are any, are archived all the same."""
        if document is None:
            return Prepared(name, error=str(error))
        packed, dictionary = Codec().pack(document.data, None)
        return Prepared(name, document.about, error=str(error), packed=packed, dictionary=dictionary)


class _Archive:
    """What a reading process needs of the archive: which documents it has, and its dictionaries."""

    def __init__(self, home: str) -> None:
        self._connection = connect(Path(home))
        self._count = -1
        self._codec = Codec()

    def knows(self, sha256: str) -> bool:
        return self._connection.execute("SELECT 1 FROM documents WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def codec(self) -> Codec:
        """Return the codec, with the dictionaries trained since it was last asked for."""
        count = self._connection.execute("SELECT count(*) FROM dictionaries").fetchone()[0]
        if count != self._count:
            self._codec, self._count = Codec(dictionaries(self._connection)), count
        return self._codec


@lru_cache(maxsize=1)
def _archive(home: str) -> _Archive:
    return _Archive(home)


class Report(msgspec.Struct):
    """What a load did: documents met, and what came of them."""

    documents: int = 0
    new: int = 0
    unchanged: int = 0
    further: int = 0
    revisions: int = 0
    without_record: int = 0
    unread: int = 0
    duplicates: int = 0

    def line(self) -> str:
        """Return the summary on one line; `duplicates` are records of a contract that another platform published."""
        again = f"{_many(self.duplicates, 'duplicate')} of a contract, " if self.duplicates else ""
        return (
            f"{_many(self.documents, 'document')}: {_many(self.new, 'new notice')}, {self.unchanged:,} unchanged, "
            f"{_many(self.further, 'further document')}, {_many(self.revisions, 'new revision')}, "
            f"{again}{self.without_record:,} gave no record; {_many(self.unread, 'unread passage')}"
        )


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def load(  # noqa: PLR0913 - the three after * are options
    connection: sqlite3.Connection,
    home: Path,
    paths: Sequence[str | Path],
    *,
    origin: Origin = "official",
    jobs: int | None = None,
    told: Callable[[Prepared], None] = lambda _: None,
) -> Report:
    """Load the documents of the paths; `told` hears of each as it is written. Raises UsageError for a missing path."""
    return load_pieces(connection, home, pieces(paths, origin=origin), jobs=jobs, told=told)


def load_pieces(
    connection: sqlite3.Connection,
    home: Path,
    work: Iterable[Piece | Mark],
    *,
    jobs: int | None = None,
    told: Callable[[Prepared], None] = lambda _: None,
) -> Report:
    """Load the pieces; the marks among them say which slice of a collection they belong to (`beffroi.store.slices`).

    Documents, records and slices of a batch land in one transaction.
    """
    report = Report()
    ledger = Ledger(connection)
    try:
        for batch in _batches(marked(work, Prepare(str(home)), jobs=jobs)):
            _commit(connection, batch, report, ledger)
            for one in batch:
                if isinstance(one, Prepared):
                    told(one)
    finally:
        _archive.cache_clear()
    return report


def _commit(connection: sqlite3.Connection, batch: list[Prepared | Mark], report: Report, ledger: Ledger) -> None:
    with writing(connection):
        writer = Writer(connection)
        for one in batch:
            if isinstance(one, Mark):
                ledger.mark(one.value)
                continue
            outcome = _write(writer, one)
            _count(report, one, outcome)
            ledger.count(one, outcome)
        writer.flush()
        ledger.flush()
        written = (one.record for one in batch if isinstance(one, Prepared))
        _train(connection, {record.source for record in written if record is not None})


def _batches(results: Iterable[Prepared | Mark]) -> Iterator[list[Prepared | Mark]]:
    gathered: list[Prepared | Mark] = []
    weight = 0
    for one in results:
        gathered.append(one)
        if isinstance(one, Prepared):
            weight += len(one.packed) + (len(one.record.line) if one.record is not None else 0)
        if len(gathered) == BATCH_DOCUMENTS or weight > BATCH_BYTES:
            yield gathered
            gathered, weight = [], 0
    if gathered:
        yield gathered


def _write(writer: Writer, prepared: Prepared) -> str:
    """Write one document; return what came of it: the name of a count of `Report`."""
    if prepared.about is None:
        return "without_record"
    stored = writer.archived(prepared.about.sha256)
    if stored is not None:
        return "unchanged" if stored else "without_record"
    if prepared.known:
        raise StoreError(f"{prepared.name}: the archive was replaced while it was being loaded: load again")
    outcome, revision = writer.record(prepared.record) if prepared.record is not None else ("without_record", None)
    writer.document(prepared, revision)
    return outcome


def _count(report: Report, prepared: Prepared, outcome: str) -> None:
    report.documents += 1
    setattr(report, outcome, getattr(report, outcome) + 1)
    if outcome in {"new", "further", "duplicates", "revisions"} and prepared.record is not None:
        report.unread += prepared.record.unread


def _train(connection: sqlite3.Connection, sources: set[str]) -> None:
    """Train the dictionary of each source that has documents enough and none yet."""
    for source in sorted(sources):
        trained = connection.execute("SELECT 1 FROM dictionaries WHERE source = ?", (source,)).fetchone()
        if trained is None:
            query = "SELECT count(*) FROM (SELECT 1 FROM documents WHERE source = ? LIMIT ?)"
            if connection.execute(query, (source, TRAINED_ON)).fetchone()[0] == TRAINED_ON:
                train(connection, source)

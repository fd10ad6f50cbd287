"""What an archive holds, in figures.

In: a store. Out: `Stats`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import sqlite3


_DUPLICATES = (
    "SELECT count(*) FROM documents d JOIN revisions r ON r.notice = d.notice AND r.revision = d.revision"
    " WHERE d.source = 'decp' AND d.sha256 <> r.document"
)


class Stats(msgspec.Struct):
    """Figures of an archive; bytes are those of the documents as published, and as kept.

    `distinct_notices` counts a notice once however many bulletins published it, `procedures` one for all its notices.
    `duplicates` are documents that repeat a contract another document of the DECP states.
    """

    documents: int
    bytes: int
    stored: int
    redacted: int
    without_record: int
    notices: int
    distinct_notices: int
    procedures: int
    revisions: int
    first: str | None
    last: str | None
    sources: dict[str, int]
    kinds: dict[str, int]
    origins: dict[str, int]
    lots: int
    awards: int
    unread: int
    suspects: int
    dictionaries: int
    duplicates: int


def stats(connection: sqlite3.Connection) -> Stats:
    """Return the figures of an archive."""

    def one(query: str) -> tuple[int, ...]:
        row: tuple[int, ...] = connection.execute(query).fetchone()
        return row

    def counted(column: str) -> dict[str, int]:
        query = f"SELECT coalesce({column}, 'unknown'), count(*) FROM notices GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
        return dict(connection.execute(query).fetchall())

    documents, length, without = one("SELECT count(*), coalesce(sum(bytes), 0), count(error) FROM documents")
    distinct, procedures = one("SELECT count(DISTINCT same_notice), count(DISTINCT procedure) FROM groups")
    first, last = connection.execute("SELECT min(published), max(published) FROM notices").fetchone()
    return Stats(
        documents=documents,
        bytes=length,
        stored=one("SELECT coalesce(sum(length(data)), 0) FROM contents")[0],
        redacted=one("SELECT count(*) FROM redactions")[0],
        without_record=without,
        notices=one("SELECT count(*) FROM notices")[0],
        distinct_notices=distinct,
        procedures=procedures,
        revisions=one("SELECT count(*) FROM revisions")[0],
        first=first,
        last=last,
        sources=counted("source"),
        kinds=counted("kind"),
        origins=counted("origin"),
        lots=one("SELECT count(*) FROM lots WHERE section = 'lot'")[0],
        awards=one("SELECT count(*) FROM awards")[0],
        unread=one("SELECT count(*) FROM unread")[0],
        suspects=one("SELECT count(*) FROM suspects")[0],
        dictionaries=one("SELECT count(*) FROM dictionaries")[0],
        duplicates=one(_DUPLICATES)[0],
    )

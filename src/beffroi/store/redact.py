"""Redaction: a document's bytes are removed; its digest, the date and the reason stay.

In: a SHA-256, or a notice for all its documents; a reason. Out: the digests of what was redacted.

The record stays, for it states official facts and no personal contact; it is kept with the redaction, since it cannot
be read again. The freed pages are overwritten and the write-ahead log emptied. A dictionary trained on the document may
hold passages of it, and cannot be removed without losing what was compressed with it: `Redacted.dictionary` says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from beffroi.errors import UsageError
from beffroi.store.archive import TRAINED_ON
from beffroi.store.connection import writing

if TYPE_CHECKING:
    import sqlite3

_DIGEST = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)


class Redacted(NamedTuple):
    """One document whose bytes were removed; `dictionary` is that of its source where it was trained on it."""

    sha256: str
    dictionary: int | None


def is_digest(text: str) -> bool:
    """Return whether a text is a SHA-256.

    >>> is_digest("20-51423"), is_digest("ab" * 32)
    (False, True)
    """
    return _DIGEST.fullmatch(text) is not None


def redact(connection: sqlite3.Connection, digests: tuple[str, ...], *, reason: str, date: str) -> list[Redacted]:
    """Remove the bytes of documents; raises UsageError, and removes nothing, where one is unknown or redacted."""
    if not reason.strip():
        raise UsageError("a redaction needs its reason: --reason TEXT")
    connection.execute("PRAGMA secure_delete = ON")
    with writing(connection):
        done = [_redact(connection, digest.lower(), reason.strip(), date) for digest in digests]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return done


def _redact(connection: sqlite3.Connection, digest: str, reason: str, date: str) -> Redacted:
    row = connection.execute(
        "SELECT d.arrival, d.source, r.record FROM documents d LEFT JOIN revisions r"
        " ON r.notice = d.notice AND r.revision = d.revision WHERE sha256 = ?",
        (digest,),
    ).fetchone()
    if row is None:
        raise UsageError(f"{digest}: no document of this archive has this SHA-256")
    arrival, source, record = row
    before = connection.execute("SELECT date FROM redactions WHERE document = ?", (arrival,)).fetchone()
    if before is not None:
        raise UsageError(f"{digest}: its bytes were removed on {before[0]}")
    connection.execute("DELETE FROM contents WHERE document = ?", (arrival,))
    connection.execute("INSERT INTO redactions VALUES (?, ?, ?, ?)", (arrival, date, reason, record))
    return Redacted(digest, _trained_on(connection, arrival, source))


def _trained_on(connection: sqlite3.Connection, arrival: int, source: str | None) -> int | None:
    """Return the dictionary that was trained on a document, or None."""
    earlier = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM documents WHERE source = ? AND arrival < ? LIMIT ?)",
        (source, arrival, TRAINED_ON),
    ).fetchone()[0]
    row = connection.execute("SELECT id FROM dictionaries WHERE source = ?", (source,)).fetchone()
    return int(row[0]) if row is not None and earlier < TRAINED_ON else None

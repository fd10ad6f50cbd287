"""Opening the store's file: made where there is none, refused where it is not ours or of another version.

In: the home folder. Out: an SQLite connection, in autocommit; writing goes through `writing`.

>>> import tempfile; from pathlib import Path
>>> connection = connect(Path(tempfile.mkdtemp()), create=True)
>>> connection.execute("PRAGMA user_version").fetchone()
(2,)
>>> connection.close()
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from beffroi.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "beffroi.sqlite"
VERSION = 2
PATIENCE = 30.0
"""Seconds a writer waits for another one."""
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # a committed batch outlives a power cut; batches are large, so it costs little
    "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 8192",
)


def connect(home: Path, *, create: bool = False) -> sqlite3.Connection:
    """Return a connection to the home's store; raises UsageError where there is none, StoreError if it is not ours."""
    path = home / NAME
    if not path.exists():
        if not create:
            raise UsageError(_none(home))
        _make(home)
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be opened: {error}") from error
    try:
        _prepare(connection, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # a damaged file's schema is no text
        connection.close()
        raise StoreError(f"{path} cannot be used: {error}") from error
    except StoreError:
        connection.close()
        raise
    return connection


def _none(home: Path) -> str:
    """Return the sentence that there is no archive, and what one can begin with."""
    from beffroi.bulletins.offer import choices

    return f"no archive at {home}: fill one with `beffroi load PATH…`, or begin with one of\n{choices('en')}"


def _make(home: Path) -> None:
    """Make the home's folder; raises UsageError where there can be none."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{home} cannot be the archive's folder: {error.strerror}; name another --home") from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) < VERSION:
        _create(connection, path)
    if (version := _version(connection)) != VERSION:
        raise StoreError(
            f"{path} has schema version {version}, this Beffroi knows {VERSION}: "
            "use the Beffroi that made it, or another --home and load again"
        )
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _create(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables that are missing, all or none, unless another process just did: version 1 lacks some."""
    connection.execute("PRAGMA journal_mode = WAL")
    schema = files("beffroi.store").joinpath("schema.sql").read_text(encoding="utf-8")
    with writing(connection):
        version = _version(connection)
        if version >= VERSION:
            return
        if version == 0 and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise StoreError(f"{path} is another program's database: choose another --home")
        for statement in _statements(schema):
            connection.execute(statement)
        if version:
            from beffroi.store.link import fill

            fill(connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> Iterator[str]:
    """Return the statements of a script one by one: `executescript` would commit between them."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Do what follows in one transaction, or nothing of it; raises StoreError where another writer stays too long."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise StoreError("another process is writing to this archive: try again when it is done") from error
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise

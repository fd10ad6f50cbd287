"""The demo's own home: made from the bundled archive, never mixed with a user's.

In: a folder. Out: an open store that holds the bundled archive and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.demo import ARCHIVE, manifest
from beffroi.errors import StoreError, UsageError
from beffroi.store import Store

if TYPE_CHECKING:
    from pathlib import Path

MARK = "this-is-the-beffroi-demo.txt"
_MARKED = "This folder was made by `beffroi demo` and holds its bundled archive. It may be deleted at any time.\n"


def opened(home: Path, *, own: Path) -> Store:
    """Return the demo's store, filled; a second time changes nothing.

    Raises UsageError where the folder is the user's own home, or holds something that the demo did not put there.
    """
    _check(home, own)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).write_text(_MARKED, encoding="utf-8")
    store = Store.open(home, create=True)
    try:
        _fill(store)
    except BaseException:
        store.close()
        raise
    return store


def _check(home: Path, own: Path) -> None:
    elsewhere = "name an empty folder with --home, or none"
    if home.resolve() == own.resolve():
        raise UsageError(f"{home} is your own archive's home, which the demo never touches: {elsewhere}")
    if home.exists() and not home.is_dir():
        raise UsageError(f"{home} is no folder: {elsewhere}")
    if home.exists() and not (home / MARK).exists() and any(home.iterdir()):
        raise UsageError(f"{home} holds something that the demo did not put there: {elsewhere}")


def _fill(store: Store) -> None:
    entries = manifest().documents
    others = store.connection.execute("SELECT count(*) FROM documents WHERE origin = 'official'").fetchone()[0]
    if others:
        raise UsageError(f"{store.home} holds {others} documents of yours beside the demo's: name another folder")
    for origin in ("reconstruction", "sample"):
        paths = [ARCHIVE / path for path, entry in entries.items() if entry.origin == origin]
        report = store.load(paths, origin=origin, jobs=1)
        if report.without_record:
            raise StoreError(f"{report.without_record} bundled documents gave no record: the installation is damaged")

"""Paths become entries: files in the order of their names, folders opened, standard input.

In: paths. Out: `Entry`s, and a `Refusal` for an empty folder or something that is no file.
"""

from __future__ import annotations

import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from beffroi.errors import NotSupported, Unreadable, UsageError
from beffroi.intake.limits import CHUNK
from beffroi.intake.source import Refusal, hidden, printable

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Sequence

    from beffroi.notices.document import Origin

STDIN = Path("-")


class Entry(NamedTuple):
    """One file to open; `regular` is False for standard input and pipes, whose size is unknown."""

    path: Path
    name: str
    size: int
    origin: Origin
    regular: bool = True


def checked(paths: Sequence[str | Path]) -> list[Path]:
    """Return the paths; raises UsageError for the first that does not exist."""
    found = [Path(one) for one in paths]
    for path in found:
        if path != STDIN and not path.exists():
            raise UsageError(f"{path}: there is no such file or folder")
    return found


def entries(paths: Sequence[Path], origin: Origin) -> Iterator[Entry | Refusal]:
    """Return every file of the paths, folders opened, in the order of their names."""
    for path in paths:
        if path == STDIN:
            yield Entry(path, "stdin", 0, origin, regular=False)
        elif path.is_dir():
            yield from _folder(path, origin)
        else:
            yield _entry(path, origin)


def _entry(path: Path, origin: Origin) -> Entry | Refusal:
    name = printable(path.name)
    try:
        found = path.stat()
    except OSError as error:
        return Refusal(name, Unreadable(f"{name}: cannot be opened: {error.strerror}"))
    if stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode):
        return Refusal(name, NotSupported(f"{name}: a device, no file: pipe what it gives into `-`"))
    return Entry(path, name, found.st_size, origin, stat.S_ISREG(found.st_mode))


def _folder(folder: Path, origin: Origin) -> Iterator[Entry | Refusal]:
    """Return the files below a folder; links to folders are not followed, for they may turn in circles."""
    empty = True
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path.is_dir() and (path == folder or not path.is_symlink()):
            below = _below(path)
            if isinstance(below, Refusal):
                empty = False
                yield below
            else:
                waiting += below
            continue
        empty = False
        entry = _entry(path, origin)
        if isinstance(entry, Entry) and not entry.regular:
            entry = Refusal(
                entry.name, NotSupported(f"{entry.name}: neither a file nor a folder of its own: passed over")
            )
        yield entry
    if empty:
        yield Refusal(printable(folder.name), NotSupported(f"{folder}: the folder holds no file"))


def _below(folder: Path) -> list[Path] | Refusal:
    """Return what a folder holds, the last name first."""
    try:
        return sorted((one for one in folder.iterdir() if not hidden(one.name)), reverse=True)
    except OSError as error:
        name = printable(folder.name)
        return Refusal(name, Unreadable(f"{name}: the folder cannot be opened: {error.strerror}"))


def plain_bytes(paths: Sequence[str | Path]) -> int | None:
    """Return the bytes of all files of the paths; None where a package or a pipe hides how much it holds."""
    total = 0
    for entry in entries(checked(paths), "official"):
        if isinstance(entry, Entry):
            if not entry.regular or entry.path.suffix.lower() not in {".xml", ".json"}:
                return None
            total += entry.size
    return total


def opened(entry: Entry) -> io.BufferedReader | Refusal:
    """Return the entry's bytes as a stream that can be sought; standard input and pipes are spooled first."""
    try:
        if entry.regular:
            return cast("io.BufferedReader", entry.path.open("rb", buffering=1 << 16))
        if entry.path == STDIN:
            return _spooled(sys.stdin.buffer)
        with entry.path.open("rb") as pipe:
            return _spooled(pipe)
    except OSError as error:
        return Refusal(entry.name, Unreadable(f"{entry.name}: cannot be read: {error.strerror}"))


def _spooled(stream: BinaryIO) -> io.BufferedReader:
    """Return what a pipe gives, kept in a file without a name: a package is hashed before it is opened."""
    spool = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(stream, spool, CHUNK)
    spool.seek(0)
    return cast("io.BufferedReader", spool)  # a buffered stream open both ways: it reads, peeks and seeks

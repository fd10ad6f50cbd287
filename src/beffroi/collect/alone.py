"""One run at a time on one home, one collection of a source: locks that end with their process, however it ends.

In: a home. Out: the lock, held while the context lasts. The file stays; what counts is the kernel's lock on it, so that
nothing stale is left by a crash or a power cut. The file says which process holds it, for a person who looks.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from beffroi.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

NAME = "run.lock"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the lock of a home; raises UsageError where another process holds it."""
    with _held(home, NAME, "`beffroi run` is at work on {home} already (process {holder}): stop that one first"):
        yield


@contextmanager
def collecting(home: Path, source: str) -> Iterator[None]:
    """Hold the lock of a source: two that download one package would write into each other's; raises UsageError."""
    busy = f"{source} is being collected into {{home}} already (process {{holder}}): wait until that is done"
    with _held(home, f"collect-{source}.lock", busy):
        yield


@contextmanager
def _held(home: Path, name: str, busy: str) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    path = home / name
    with path.open("a+", encoding="utf-8") as file:
        if not _locked(file):
            file.seek(0)
            raise UsageError(busy.format(home=home, holder=file.read().strip() or "unknown"))
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _locked(file: TextIO) -> bool:
    """Return whether the lock could be taken; it ends when the file is closed."""
    try:
        import fcntl
    except ImportError:  # Windows: its own lock, of one byte far behind the text
        return _locked_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _locked_on_windows(file: TextIO) -> bool:
    import msvcrt

    file.seek(1 << 20)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True

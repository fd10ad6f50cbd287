"""Packages, brought to disk piece by piece: what an interruption leaves is gone on with.

In: an answer. Out: a file named by us (the SHA-256 of the address), never by the server.

While it comes, a package is `….part`, and `….part.json` beside it says which version of it: a server that still has
that version sends the rest, any other answer starts over. The bytes are kept as sent; `identity` is asked for, so that
the size announced is the size on disk.

>>> from pathlib import Path
>>> from beffroi.fetch.ask import Ask
>>> Part(Path("packages"), Ask("https://example.org/../../etc/passwd")).path.name[:12]
'53c1db3755db'
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

import msgspec

from beffroi.errors import Oversized
from beffroi.fetch.ask import Download
from beffroi.fetch.verdict import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from beffroi.fetch.ask import Ask
    from beffroi.fetch.wire import Incoming

_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)")
_VALIDATORS = frozenset({"etag", "last-modified"})
_PARTIAL, _UNCHANGED, _NO_SUCH_RANGE = 206, 304, 416


class Note(msgspec.Struct, frozen=True):
    """Which version a part is of: the final address, headers and announced size of the answer that began it."""

    url: str
    headers: dict[str, str]
    size: int | None

    @property
    def validator(self) -> str | None:
        """Return what If-Range may hold: a strong ETag, else the date (RFC 9110, 13.1.5)."""
        etag = self.headers.get("etag", "W/")
        return _sendable(self.headers.get("last-modified") if etag.startswith("W/") else etag)


class Part:
    """A package on its way."""

    def __init__(self, folder: Path, ask: Ask) -> None:
        name = hashlib.sha256(ask.url.encode() + (b"\n" + ask.body if ask.body is not None else b"")).hexdigest()
        self.path = folder / f"{name}.package"
        self._part = folder / f"{name}.part"
        self._note = folder / f"{name}.part.json"

    def conditions(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the headers that ask for no more than is missing."""
        named = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last-modified")}
        headers = {name: value for name, text in named.items() if (value := _sendable(text)) is not None}
        note, start = self._noted(), self._start()
        if note is not None and note.validator is not None and start > 0:
            headers |= {"Range": f"bytes={start}-", "If-Range": note.validator}
        return headers

    def start_of(self, incoming: Incoming) -> int:
        """Return where on disk an answer's body begins; raises Trouble where it cannot be joined to what is there."""
        headers = incoming.response.headers
        if incoming.response.status_code != _PARTIAL:
            size = headers.get("content-length")
            self._begin(Note(str(incoming.response.url), dict(headers), int(size) if size is not None else None))
            return 0
        note, start = self._noted(), self._start()
        found = _RANGE.fullmatch(headers.get("content-range", ""))
        if note is None or found is None or not _same(note, headers) or int(found[1]) != start:
            raise self.given_up("the rest is of another version")
        if found[2] not in {"*", str(note.size)} and note.size is not None:
            raise self.given_up(f"its size was {note.size:,} bytes and is now {found[2]}")
        return start

    def write(self, incoming: Incoming, start: int, most: int) -> None:
        """Write a body from `start` on; raises Oversized beyond `most` bytes, Trouble where its end is missing."""
        note = self._noted()
        assert note is not None
        self._bounded(note, note.size or 0, most)
        try:
            size = self._written(note, incoming, start, most)
        except OSError as error:  # what writing meets has no name: the disk is full
            raise OSError(error.errno, error.strerror, str(self._part)) from error
        if note.size not in {None, size}:
            raise self.given_up(f"{size:,} bytes came of {note.size:,}")

    def _written(self, note: Note, incoming: Incoming, start: int, most: int) -> int:
        """Write a body from `start` on; return how long the part is now."""
        with self._part.open("r+b") as file:
            file.truncate(start)
            size = file.seek(start)
            for chunk in incoming.pulse.package(incoming.response.iter_raw()):
                size += file.write(chunk)
                self._bounded(note, size, most)
            file.flush()
            os.fsync(file.fileno())
        return size

    def finished(self, now: str) -> Download:
        """Return the package under its final name."""
        note = self._noted()
        assert note is not None
        self._part.replace(self.path)
        self._note.unlink()
        return Download(self.path, note.url, note.headers, now)

    def given_up(self, why: str) -> Trouble:
        """Return the trouble after which the package is begun again."""
        self.forget()
        return Trouble(f"{why}: starting over")

    def forget(self) -> None:
        """Remove what came so far."""
        self._part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def _begin(self, note: Note) -> None:
        """Begin anew: empty first, then the note, lest bytes of one version stand beside the note of another."""
        self._part.parent.mkdir(parents=True, exist_ok=True)
        self._part.open("wb").close()
        written = self._note.with_suffix(".new")
        written.write_bytes(msgspec.json.encode(note))
        written.replace(self._note)

    def _noted(self) -> Note | None:
        try:
            return msgspec.json.decode(self._note.read_bytes(), type=Note)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def _start(self) -> int:
        """Return how many bytes are there; of a whole part, all but the last, for a range must not be empty."""
        note = self._noted()
        there = self._part.stat().st_size if self._part.exists() else 0
        return there if note is None or note.size is None else min(there, note.size - 1)

    def _bounded(self, note: Note, size: int, most: int) -> None:
        if size > most:
            self.forget()
            raise Oversized(f"{note.url}: {size:,} bytes; the limit of a package is {most:,}")


def brought(incoming: Incoming, part: Part, most: int) -> bool:
    """Bring the body of an answer to disk; return False where nothing changed since we last had it."""
    status = incoming.response.status_code
    if status == _UNCHANGED:
        part.forget()
        return False
    if status == _NO_SUCH_RANGE:
        raise part.given_up("the server has not so many bytes of it")
    part.write(incoming, part.start_of(incoming), most)
    return True


def _same(note: Note, headers: Mapping[str, str]) -> bool:
    """Return whether an answer is of the version a note is of, as far as it says."""
    return all(headers.get(name, known) == known for name, known in note.headers.items() if name in _VALIDATORS)


def _sendable(text: str | None) -> str | None:
    """Return a validator that a header can hold; a server may have sent one that none should."""
    return text if text and text.isascii() and text.isprintable() else None

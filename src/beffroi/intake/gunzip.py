"""A gzip unpacked as it is read, never more than asked for, and no further than a bulletin would go.

In: a stream of gzip. Out: a stream of its bytes, which raises Malformed where the gzip is broken or cut short, and
TooLarge where it is a bomb.

>>> import gzip
>>> unpacked(io.BufferedReader(io.BytesIO(gzip.compress(b"<a/>")))).read()
b'<a/>'
"""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING

from beffroi.errors import Malformed, TooLarge, Unreadable
from beffroi.intake.limits import CHUNK, MAX_RATIO, MAX_UNPACKED, RATIO_FROM

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """Return the unpacked bytes of a gzip stream."""
    return io.BufferedReader(_Unpacked(stream), CHUNK)


class _Unpacked(io.RawIOBase):
    """The raw stream: counts what goes in and what comes out; gives what it has before it fails."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        self._gzip = gzip.GzipFile(fileobj=packed)
        self._given = 0
        self._failure: Unreadable | None = None

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and self._failure is None:
            data = self._some(len(view) - filled)
            if not data:
                break
            view[filled : filled + len(data)] = data
            filled += len(data)
        if self._failure is not None and not filled:
            raise self._failure
        return filled

    def _some(self, length: int) -> bytes:
        """Return the next bytes, b"" at the end, or b"" and a failure for the next call."""
        try:
            data = self._gzip.read1(length)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self._failure = Malformed(f"the gzip is broken or cut short: {error}")
            return b""
        self._given += len(data)
        if self._given > MAX_UNPACKED or (self._given > RATIO_FROM and self._given > MAX_RATIO * self._packed.tell()):
            self._failure = TooLarge(f"unpacks to more than {MAX_RATIO} times its size: refused as a bomb")
        return data

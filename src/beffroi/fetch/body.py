"""Bodies, read within bounds of time and size.

In: the chunks of an answer. Out: its bytes, unpacked.

gzip is unpacked here and not by the HTTP client: its decoder takes a stream that ends too early for a whole one, and
unpacks a chunk to any size before anybody can look at it.

>>> import gzip
>>> packed = gzip.compress(b"avis " * 100)
>>> unpacked([packed[:20], packed[20:]], most=500) == b"avis " * 100
True
>>> unpacked([packed[:-1]], most=500)
Traceback (most recent call last):
beffroi.errors.Garbled: the gzip stream ends too early
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from beffroi.errors import Garbled, Oversized, Stopped
from beffroi.fetch.verdict import Trouble
from beffroi.fetch.waits import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from threading import Event

    import httpx

    from beffroi.fetch.ask import Manners
    from beffroi.fetch.clock import Clock

BEGINNING = 64 * 1024
"""Of an answer that is none, so much is read: its message, and the end that lets the connection be kept."""

_GZIP = 16 + zlib.MAX_WBITS


class Pulse:
    """Whether an answer still comes fast enough; a new one for each answer."""

    def __init__(self, manners: Manners, clock: Clock, stopped: Event) -> None:
        self._manners, self._clock, self._stopped = manners, clock, stopped
        self._since = clock.monotonic()
        self._came = 0

    def page(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Return the chunks of a page; raises Trouble when it takes too long in all."""
        for chunk in chunks:
            yield chunk
            if self._elapsed() > self._manners.whole:
                raise Trouble(f"the answer was not whole after {spoken(self._manners.whole)}")

    def package(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Return the chunks of a package; raises Trouble when they come too slowly for too long."""
        for chunk in chunks:
            yield chunk
            self._came += len(chunk)
            if (elapsed := self._elapsed()) > self._manners.whole:
                if self._came < self._manners.slowest * elapsed:
                    raise Trouble(f"only {self._came:,} bytes came in {spoken(elapsed)}")
                self._since, self._came = self._clock.monotonic(), 0

    def _elapsed(self) -> float:
        if self._stopped.is_set():
            raise Stopped("an answer was not read to its end, for we were told to stop")
        return self._clock.monotonic() - self._since


def body(response: httpx.Response, pulse: Pulse, most: int) -> bytes:
    """Return the body of an answer; raises Oversized beyond `most` bytes, Garbled where it does not unpack."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"gzip", "x-gzip", "identity", ""}:
        raise Garbled(f"the answer is packed as {encoding[:40]!r}, which was not asked for")
    if int(response.headers.get("content-length", 0)) > most:
        raise Oversized(f"{response.url}: {response.headers['content-length']} bytes; the limit is {most:,}")
    chunks = pulse.page(response.iter_raw())
    try:
        return unpacked(chunks, most=most) if "gzip" in encoding else _joined(chunks, most)
    except Oversized as error:
        raise Oversized(f"{response.url}: {error}") from None


def beginning(response: httpx.Response, pulse: Pulse) -> bytes:
    """Return the beginning of the body of an answer that is none; nothing where it does not unpack."""
    gathered, size = list[bytes](), 0
    for chunk in pulse.page(response.iter_raw()):
        gathered.append(chunk)
        size += len(chunk)
        if size > BEGINNING:
            break
    packed = b"".join(gathered)
    if "gzip" not in response.headers.get("content-encoding", ""):
        return packed
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, BEGINNING)
    except zlib.error:
        return b""


def unpacked(chunks: Iterable[bytes], *, most: int) -> bytes:
    """Return what a gzip stream (of one member or several) holds, never unpacking more than `most` bytes and one."""
    whole = bytearray()
    member = zlib.decompressobj(_GZIP)
    for chunk in chunks:
        rest = chunk
        while rest:
            if member.eof:
                rest = rest.lstrip(b"\0")  # some servers pad with zeros
                if not rest:
                    break
                member = zlib.decompressobj(_GZIP)
            try:
                whole += member.decompress(rest, most + 1 - len(whole))
            except zlib.error as error:
                raise Garbled(f"the answer does not unpack ({error})") from error
            _bounded(len(whole), most)
            rest = member.unconsumed_tail or member.unused_data
    if not member.eof:
        raise Garbled("the gzip stream ends too early")
    return bytes(whole)


def _joined(chunks: Iterable[bytes], most: int) -> bytes:
    gathered: list[bytes] = []
    size = 0
    for chunk in chunks:
        gathered.append(chunk)
        size += len(chunk)
        _bounded(size, most)
    return b"".join(gathered)


def _bounded(size: int, most: int) -> None:
    if size > most:
        raise Oversized(f"more than the limit of {most:,} bytes")

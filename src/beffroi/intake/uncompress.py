"""What `compress` packed (.Z, .taz), unpacked as it is read, never more than asked for, and no further than is sound.

In: a stream of LZW as the program writes it: two bytes of signature, one of flags, then codes of 9 bits, growing with
the table to 16 at most. Out: a stream of its bytes, which raises Malformed where it is broken or cut short, and
TooLarge where it is a bomb. The archives of the DILA of 2017 to 2019 are tars packed so.

Codes come in groups of eight, a group being `width` bytes; the writer fills the last one up whenever their width
changes. In block mode the code 256 empties the table. (As in gzip's `unlzw.c`, which reads the same files.)

>>> packed = bytes.fromhex("1f9d9061c40804")
>>> unpacked(io.BufferedReader(io.BytesIO(packed))).read()
b'abbb'
"""

from __future__ import annotations

import io
from struct import unpack
from typing import TYPE_CHECKING

from beffroi.errors import Malformed, TooLarge, Unreadable
from beffroi.intake.limits import CHUNK, MAX_RATIO, MAX_TABLE, MAX_UNPACKED, RATIO_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

_SIGNATURE = b"\x1f\x9d"
_BLOCKS, _UNKNOWN, _WIDTH = 0x80, 0x60, 0x1F
_FIRST = 9
_WIDTHS = range(10, 17)
"""Of its widest codes. (What `compress -b 9` writes is read differently by different programs: nobody publishes it.)"""
_CLEAR = 256
_AT_ONCE = 512
"""Codes decoded before what they gave is weighed and handed on."""


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """Return the unpacked bytes of a stream that `compress` wrote."""
    return io.BufferedReader(_Unpacked(stream), CHUNK)


class _Unpacked(io.RawIOBase):
    """The raw stream: counts what goes in and what comes out; gives what it has before it fails."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        self._pieces = _Codes(packed).pieces()
        self._rest = b""
        self._given = 0
        self._failure: Unreadable | None = None

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (self._rest or self._more()):
            data = self._rest[: len(view) - filled]
            self._rest = self._rest[len(data) :]
            view[filled : filled + len(data)] = data
            filled += len(data)
        self._given += filled
        if self._failure is not None and not filled:
            raise self._failure
        return filled

    def _more(self) -> bool:
        """Decode on; return False at the end, or with a failure for the next call."""
        if self._failure is not None:
            return False
        try:
            self._rest = next(self._pieces, b"")
        except Unreadable as error:
            self._failure = error
            return False
        given = self._given + len(self._rest)
        if given > MAX_UNPACKED or (given > RATIO_FROM and given > MAX_RATIO * self._packed.tell()):
            self._failure = TooLarge(f"unpacks to more than {MAX_RATIO} times its size: refused as a bomb")
            self._rest = b""
        return bool(self._rest)


class _Codes:
    """The codes of a stream and the table they build: each entry is one already known and a byte more."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        signature, flags = packed.read(2), packed.read(1)
        self._widest = flags[0] & _WIDTH if flags else 0
        if signature != _SIGNATURE or self._widest not in _WIDTHS or flags[0] & _UNKNOWN:
            raise Malformed("it is broken: no header of `compress`")
        self._blocks = bool(flags[0] & _BLOCKS)
        self._empty()

    def _empty(self) -> None:
        self._table = [bytes((one,)) for one in range(256)]
        if self._blocks:
            self._table.append(b"")
        self._weight = 0
        self._last = b""
        self._width = _FIRST

    def pieces(self) -> Iterator[bytes]:
        """Return the unpacked bytes, piece by piece; raises Malformed where half a code ends the stream."""
        ahead = b""
        while True:
            room = self._room()
            wanted = (room + 7) // 8 * self._width
            groups = ahead[:wanted] + self._packed.read(max(0, wanted - len(ahead)))
            ahead = ahead[wanted:]
            if not groups:
                return
            codes = _split(groups, self._width)[:room]
            cleared = codes.index(_CLEAR) if self._blocks and _CLEAR in codes else None
            codes = codes[:cleared]
            for at in range(0, len(codes), _AT_ONCE):
                yield self._decoded(codes[at : at + _AT_ONCE])
            if cleared is not None:
                ahead = groups[(cleared // 8 + 1) * self._width :] + ahead
                self._empty()
            elif len(groups) < wanted and len(groups) * 8 % self._width >= 8:  # noqa: PLR2004 - a byte without use
                raise Malformed("it is cut short: it ends inside a code")
            elif len(self._table) >= 1 << self._width and self._width < self._widest:
                self._width += 1

    def _room(self) -> int:
        """Return how many codes have the present width: until the table asks for a wider one."""
        if self._width == self._widest:
            return 8 * _AT_ONCE
        return (1 << self._width) - len(self._table) + (0 if self._last else 1)

    def _decoded(self, codes: list[int]) -> bytes:
        """Return what some codes stand for, and learn from them; raises Malformed, TooLarge."""
        table, last, full = self._table, self._last, 1 << self._widest
        if len(table) >= full:
            self._last = table[codes[-1]]
            return b"".join([table[code] for code in codes])
        found = []
        for code in codes:
            if code < len(table):
                entry = table[code]
            elif last and code == len(table) < full:
                entry = last + last[:1]
            else:
                raise Malformed("it is broken: a code stands for nothing")
            found.append(entry)
            if last and len(table) < full:
                table.append(last + entry[:1])
                self._weight += len(last) + 1
            last = entry
        self._last = last
        if self._weight > MAX_TABLE:
            raise TooLarge(f"its table takes more than {MAX_TABLE:,} bytes: refused as a bomb")
        return b"".join(found)


def _split(groups: bytes, width: int) -> list[int]:
    """Return the codes of groups; bits that make no whole code are left."""
    if width == _WIDTHS[-1]:
        return list(unpack(f"<{len(groups) // 2}H", groups[: len(groups) // 2 * 2]))
    codes: list[int] = []
    mask = (1 << width) - 1
    for at in range(0, len(groups), width):
        group = groups[at : at + width]
        bits = int.from_bytes(group, "little")
        codes += [bits >> shift & mask for shift in range(0, len(group) * 8 - width + 1, width)]
    return codes

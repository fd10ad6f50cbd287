"""What the program `compress` writes, written by us: LZW in groups of eight codes.

In: bytes, or codes. Out: the bytes of a .Z. `test_uncompress.py` holds it against the real program's output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLEAR = 256


def compress(data: bytes, *, widest: int = 16, blocks: bool = True, clear_every: int = 0) -> bytes:
    """Return data as `compress -b WIDEST` writes it; the table is emptied after each `clear_every` codes."""
    return packed(_codes(data, (1 << widest) - (257 if blocks else 256), blocks, clear_every), widest, blocks=blocks)


def packed(codes: Iterable[int], widest: int = 16, *, blocks: bool = True) -> bytes:
    """Return codes as the program writes them: wider as the table grows, each width beginning with a whole group."""
    out = bytearray(b"\x1f\x9d") + bytes((widest | (0x80 if blocks else 0),))
    first = 257 if blocks else 256
    group: list[int] = []
    width, free = 9, first
    for code in codes:
        group.append(code)
        emptied = blocks and code == CLEAR
        wider = free > (1 << width) - 1 and width < widest
        if len(group) == 8 or wider or emptied:
            out += _written(group, width).ljust(width, b"\0")
            group = []
        width, free = (9, first) if emptied else (width + wider, min(free + 1, 1 << widest))
    return bytes(out + _written(group, width))


def _written(group: list[int], width: int) -> bytes:
    bits = sum(one << width * place for place, one in enumerate(group))
    return bits.to_bytes(-(-len(group) * width // 8), "little")


def _codes(data: bytes, room: int, blocks: bool, clear_every: int) -> Iterator[int]:
    alphabet = {bytes((one,)): one for one in range(256)}
    table, known, since = dict(alphabet), b"", 0
    for byte in data:
        longer = known + bytes((byte,))
        if longer in table:
            known = longer
            continue
        yield table[known]
        if len(table) - 256 < room:
            table[longer] = len(table) + blocks
        known = bytes((byte,))
        since += 1
        if since == clear_every:
            table, since = dict(alphabet), 0
            yield CLEAR
    if known:
        yield table[known]

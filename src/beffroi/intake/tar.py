"""Members of a tar stream, one after the other, without trusting what it says of itself.

In: a stream. Out: `Member`s with the offset of their bytes in the tar. The standard module reads an extended header of
any announced size into memory; here each is bounded, and nothing is ever written to disk.

>>> is_header(bytes(512))
False
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

from beffroi.errors import Malformed, TooLarge
from beffroi.intake.limits import CHUNK, MAX_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 512
_FILES = b"0\0" + b"7"
_EXTENDED = b"LKxg"
_OTHERS = {
    "1": "a hard link",
    "2": "a symbolic link",
    "3": "a device",
    "4": "a device",
    "6": "a pipe",
    "S": "a sparse file",
}


class Member(NamedTuple):
    """One member: `offset` is where its bytes begin in the tar; `other` says what it is when it is no plain file."""

    name: str
    size: int
    offset: int
    other: str | None = None


def is_header(block: bytes) -> bool:
    """Return whether the block is a tar header: its checksum says so."""
    if len(block) < BLOCK or not block[0]:
        return False
    try:
        stated = int(block[148:156].strip(b" \0") or b"x", 8)
    except ValueError:
        return False
    return stated == sum(block[:148]) + 8 * 32 + sum(block[156:BLOCK])


class Tar:
    """A tar read forward, once. Iterating gives members; `read` gives the bytes of the one just given."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._offset = 0
        self._left = 0
        self._padding = 0

    def __iter__(self) -> Iterator[Member]:
        extended: dict[str, str] = {}
        while (block := self._header()) is not None:
            kind = block[156:157]
            size = _number(block[124:136])
            if kind in (b"L", b"K", b"x", b"g"):
                extended |= self._extended(kind, size)
                continue
            size = int(extended.get("size", size))
            self._left, self._padding = size, -size % BLOCK
            name = extended.get("path") or _name(block)
            extended = {}
            if kind == b"5":
                self.skip()
                continue
            plain = kind in (b"0", b"\0", b"7")
            letter = kind.decode("latin-1")
            yield Member(
                name, size, self._offset, None if plain else _OTHERS.get(letter, f"a member of type {letter!r}")
            )
            self.skip()

    def read(self) -> bytes:
        """Return the bytes of the present member; raises Malformed when the package ends before them."""
        data = self._stream.read(self._left)
        self._offset += len(data)
        if len(data) < self._left:
            self._left = 0
            raise Malformed("the package ends inside this member")
        self._left = 0
        return data

    def skip(self) -> None:
        """Pass over what is left of the present member."""
        left = self._left + self._padding
        self._left = self._padding = 0
        while left:
            passed = len(self._stream.read(min(left, CHUNK)))
            if not passed:
                raise Malformed("the package ends inside a member")
            self._offset += passed
            left -= passed

    def _header(self) -> bytes | None:
        """Return the next header, or None at the end: two empty blocks, or simply nothing more."""
        block = self._stream.read(BLOCK)
        self._offset += len(block)
        if not block or not block.strip(b"\0"):
            return None
        if not is_header(block):
            raise Malformed(
                f"no member header at byte {self._offset - len(block):,} of the unpacked package: it is broken"
            )
        return block

    def _extended(self, kind: bytes, size: int) -> dict[str, str]:
        """Return the name and size an extended header (GNU `L`, POSIX `x`) states for the member after it."""
        if size > MAX_NAME:
            raise TooLarge(f"a member header of {size:,} bytes; above {MAX_NAME:,} the package is refused")
        self._left, self._padding = size, -size % BLOCK
        data = self.read()
        self.skip()
        if kind == b"L":
            return {"path": data.rstrip(b"\0").decode("utf-8", "replace")}
        return _attributes(data) if kind == b"x" else {}


def _attributes(data: bytes) -> dict[str, str]:
    r"""Return `path` and `size` of a POSIX extended header (`LENGTH KEY=VALUE\n`)."""
    found: dict[str, str] = {}
    while data:
        length = data.partition(b" ")[0]
        if not length.isdigit() or not 0 < int(length) <= len(data):
            raise Malformed("a member header of the package is broken")
        line, data = data[len(length) + 1 : int(length) - 1], data[int(length) :]
        key, _, value = line.decode("utf-8", "replace").partition("=")
        if key == "path" or (key == "size" and value.isdigit()):
            found[key] = value
    return found


def _number(field: bytes) -> int:
    """Return a header's number: octal digits, or base 256 where the first bit is set."""
    if field.startswith(b"\x80"):
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0") or b"0"
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        raise Malformed("a member of the package states no valid size: the package is broken")
    return int(digits, 8)


def _name(block: bytes) -> str:
    """Return the name of a header's own, with its prefix (POSIX)."""
    name = block[:100].split(b"\0", 1)[0]
    prefix = block[345:500].split(b"\0", 1)[0] if block[257:263] == b"ustar\0" else b""
    return (prefix + b"/" + name if prefix else name).decode("utf-8", "replace")

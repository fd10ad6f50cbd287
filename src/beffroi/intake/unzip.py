"""Members of a zip, unpacked one at a time within bounds; nothing is ever written to disk.

In: a stream that can be sought. Out: `Member`s: bytes, or the error that says why there are none.

>>> list(members(io.BytesIO(b"PK no zip")))
Traceback (most recent call last):
beffroi.errors.Malformed: the zip is broken: it has no directory
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, NamedTuple

from beffroi.errors import BeffroiError, Malformed, NotSupported, TooLarge
from beffroi.intake.limits import CHUNK, MAX_DIRECTORY, MAX_DOCUMENT, MAX_MEMBERS, MAX_RATIO, RATIO_FROM
from beffroi.intake.source import hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = 22
_WIDE_END = 56
_LONGEST_END = _END + 0xFFFF
_ENCRYPTED = 0x1


class Member(NamedTuple):
    """One member: `offset` is where its local header begins in the zip."""

    name: str
    offset: int
    content: bytes | BeffroiError


def members(stream: IO[bytes]) -> Iterator[Member]:
    """Return the members in the directory's order; raises Malformed or TooLarge for the whole zip."""
    size = stream.seek(0, io.SEEK_END)
    _check_directory(stream, size)
    try:
        opened = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise Malformed(f"the zip is broken: {error}") from error
    unpacked = 0
    with opened:
        for info in opened.infolist():
            if info.is_dir() or hidden(info.filename):
                continue
            content = _content(opened, info)
            if isinstance(content, bytes):
                unpacked += len(content)
            if unpacked > RATIO_FROM and unpacked > MAX_RATIO * size:
                raise TooLarge(f"unpacks to more than {MAX_RATIO} times its size: refused as a bomb")
            yield Member(info.filename, info.header_offset, content)


def _check_directory(stream: IO[bytes], size: int) -> None:
    """Refuse a directory that would fill the memory, before it is read."""
    stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END:
        raise Malformed("the zip is broken: it has no directory")
    count, length = struct.unpack_from("<HL", tail, at + 10)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and at - wide >= _WIDE_END:
        count, length = struct.unpack_from("<QQ", tail, wide + 32)
    if count > MAX_MEMBERS or length > MAX_DIRECTORY:
        raise TooLarge(f"the zip states {count:,} members; above {MAX_MEMBERS:,} it is refused")


def _content(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | BeffroiError:
    """Return a member's bytes, or why they are not had."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return NotSupported("a symbolic link, no document: passed over")
    if info.flag_bits & _ENCRYPTED:
        return NotSupported("it is encrypted")
    try:
        with opened.open(info) as member:
            return _bounded(member, info)
    except TooLarge as error:
        return error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, struct.error) as error:
        return Malformed(f"this member of the zip is broken: {error}")


def _bounded(member: IO[bytes], info: zipfile.ZipInfo) -> bytes:
    """Return what a member unpacks to; raises TooLarge for a bomb, whatever its header states."""
    chunks: list[bytes] = []
    length = 0
    while chunk := member.read(CHUNK):
        chunks.append(chunk)
        length += len(chunk)
        if length > MAX_DOCUMENT:
            raise TooLarge(f"longer than {MAX_DOCUMENT:,} bytes: refused, not archived")
        if length > RATIO_FROM and length > MAX_RATIO * info.compress_size:
            raise TooLarge(f"unpacks to more than {MAX_RATIO} times its size: refused as a bomb")
    return b"".join(chunks)

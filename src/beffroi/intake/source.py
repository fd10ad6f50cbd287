r"""A stream of bytes on its way to become documents, and the refusal of one that gives none.

In: a name and a stream. Out: its digest, its nature judged from its beginning, names safe to print.

>>> nature(b"\xef\xbb\xbf <TED_EXPORT/>", "a.xml"), nature(b"[{}]", "page"), nature(b"hello", "a.txt")
('xml', 'json', 'unknown')
>>> printable("../../etc/pass\x1bwd")
'pass?wd'
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, NamedTuple, cast

from beffroi.intake.limits import CHUNK
from beffroi.intake.tar import is_header

if TYPE_CHECKING:
    from beffroi.errors import BeffroiError
    from beffroi.notices.document import Document, Origin

HEAD = 4096
"""Bytes looked at to tell the nature of a stream."""

_SIGNATURES = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x06\x06", "zip"),
    (b"\x1f\x9d", "compress"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))


class Refusal(NamedTuple):
    """Something that gives no record, and why; `document` holds its bytes where they can be told from the rest."""

    name: str
    error: BeffroiError
    document: Document | None = None


class Source(NamedTuple):
    """A named stream at its beginning.

    `depth` counts the packages around it; `packed` is the stream it is unpacked from, whose digest names both.
    """

    name: str
    stream: io.BufferedReader
    origin: Origin
    depth: int = 0
    packed: io.BufferedReader | None = None

    def head(self) -> bytes:
        """Return the first bytes without consuming them."""
        return self.stream.peek(HEAD)[:HEAD]

    def digest(self) -> str:
        """Return the SHA-256 of the whole stream as published, and stand where it stood before."""
        stream = self.packed or self.stream
        before = stream.tell()
        stream.seek(0)
        whole = hashlib.sha256()
        while chunk := stream.read(CHUNK):
            whole.update(chunk)
        stream.seek(before)
        return whole.hexdigest()


def of_bytes(data: bytes, *, like: Source, name: str) -> Source:
    """Return a source inside another one."""
    inner = cast("io.BufferedReader", io.BufferedReader(io.BytesIO(data)))
    return Source(f"{like.name}/{name}", inner, like.origin, like.depth + 1)


def nature(head: bytes, name: str) -> str:
    """Return what a stream is: xml, json, tar, gzip, zip, another kind of package, empty or unknown.

    The bytes decide; where they say nothing, a name ending in `.xml` or `.json` does: what was published under such a
    name is archived and reported, however broken.
    """
    if not head:
        return "empty"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if is_header(head[:512]):
        return "tar"
    start = _text(head).lstrip()[:1]
    if start == "<":
        return "xml"
    if start in {"{", "["}:
        return "json"
    extension = name.lower().rpartition(".")[2]
    return extension if extension in {"xml", "json"} else "unknown"


def _text(head: bytes) -> str:
    """Return the beginning as text, in the encoding its first bytes betray."""
    for mark, encoding in _UTF16:
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def printable(name: str) -> str:
    """Return the base name, its unprintable characters replaced: it goes into records and onto terminals."""
    base = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return "".join(one if one.isprintable() else "?" for one in base)[:255] or "?"


def hidden(path: str) -> bool:
    """Return whether a member or file is a system's own (`.DS_Store`, `__MACOSX/…`).

    >>> hidden("a/.DS_Store"), hidden("__MACOSX/a.xml"), hidden("./a.xml")
    (True, True, False)
    """
    steps = path.replace("\\", "/").split("/")
    return steps[-1].startswith(".") or "__MACOSX" in steps

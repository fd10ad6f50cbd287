"""A document as published: its bytes and what is known of where they came from.

In: bytes and their origin. Out: a `Document`, whose `about` part is the `document` of a record.

>>> Document.of(b"<x/>", name="a/b.xml").about.name
'b.xml'
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

import msgspec

Origin = Literal["official", "reconstruction", "sample"]


class Container(msgspec.Struct, frozen=True, omit_defaults=True):
    """The response, page or package a document was cut from: its SHA-256 and the document's byte offset in it."""

    sha256: str
    offset: int
    name: str | None = None


class DocumentInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a record says of its document; `name` is a base name only: no path from a document reaches the disk."""

    sha256: str
    media_type: str
    bytes: int
    name: str
    origin: Origin
    container: Container | None = None
    retrieved: str | None = None
    retrieved_from: str | None = None


class Document(msgspec.Struct, frozen=True):
    """The exact bytes of one record as published, and where they come from."""

    data: bytes
    about: DocumentInfo

    @classmethod
    def of(
        cls,
        data: bytes,
        *,
        name: str,
        media_type: str = "application/xml",
        origin: Origin = "official",
        container: Container | None = None,
    ) -> Document:
        """Return the document holding `data`; `name` is cut to its base name."""
        base = name.replace("\\", "/").rsplit("/", 1)[-1]
        digest = sha256(data).hexdigest()
        return cls(data, DocumentInfo(digest, media_type, len(data), base, origin, container))

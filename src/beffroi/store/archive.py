"""The archive: documents byte for byte, compressed, each under its SHA-256.

In: `Document`s. Out: the same bytes, or a sentence on why they are gone or damaged.

Bytes are compressed with zstd. Once a source has 200 documents a dictionary is trained on them, and what comes after is
compressed with it; a dictionary is never deleted.

>>> packed, dictionary = Codec().pack(b"<a/>" * 100, None)
>>> len(packed) < 100, dictionary, Codec().unpack(packed, None) == b"<a/>" * 100
(True, None, True)
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import zstandard

from beffroi.errors import StoreError, UsageError
from beffroi.notices import Container, Document, DocumentInfo

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

TRAINED_ON = 200
"""Documents of a source a dictionary is trained on: its first ones, so that it is the same whenever it is trained."""
DICTIONARY_BYTES = 112_640
SAMPLE_BYTES = 64 * 1024
LEVEL = 3

COLUMNS = (
    "sha256, media_type, bytes, name, origin, container_sha256, container_offset, container_name, "
    "retrieved, retrieved_from"
)


class Dictionary(NamedTuple):
    """A zstd dictionary of one source."""

    id: int
    source: str
    data: bytes


class Codec:
    """Packs and unpacks bytes; knows the dictionaries of an archive by id and by source."""

    def __init__(self, dictionaries: Mapping[int, Dictionary] | None = None) -> None:
        known = dictionaries or {}
        self._sources = {one.source: one.id for one in known.values()}
        self._loaded = {one.id: zstandard.ZstdCompressionDict(one.data) for one in known.values()}
        self._packers: dict[int | None, zstandard.ZstdCompressor] = {}
        self._unpackers: dict[int | None, zstandard.ZstdDecompressor] = {}

    def pack(self, data: bytes, source: str | None) -> tuple[bytes, int | None]:
        """Return the packed bytes and the id of the dictionary used, if any."""
        dictionary = self._sources.get(source) if source is not None else None
        packer = self._packers.get(dictionary)
        if packer is None:
            loaded = self._loaded[dictionary] if dictionary is not None else None
            packer = self._packers[dictionary] = zstandard.ZstdCompressor(LEVEL, dict_data=loaded)
        return packer.compress(data), dictionary

    def unpack(self, packed: bytes, dictionary: int | None) -> bytes:
        """Return the bytes; raises StoreError where they are damaged."""
        unpacker = self._unpackers.get(dictionary)
        if unpacker is None:
            if dictionary is not None and dictionary not in self._loaded:
                raise StoreError(f"dictionary {dictionary} is missing")
            loaded = self._loaded[dictionary] if dictionary is not None else None
            unpacker = self._unpackers[dictionary] = zstandard.ZstdDecompressor(dict_data=loaded)
        try:
            return unpacker.decompress(packed)
        except zstandard.ZstdError as error:
            raise StoreError(f"its bytes are damaged: {error}") from error


def dictionaries(connection: sqlite3.Connection) -> dict[int, Dictionary]:
    """Return the dictionaries of an archive, by id."""
    rows = connection.execute("SELECT id, source, data FROM dictionaries")
    return {row[0]: Dictionary(*row) for row in rows}


def about_row(about: DocumentInfo) -> tuple[str | int | None, ...]:
    """Return what is known of a document as the values of `COLUMNS`."""
    within = about.container
    container = (within.sha256, within.offset, within.name) if within is not None else (None, None, None)
    stated = (about.sha256, about.media_type, about.bytes, about.name, about.origin)
    return (*stated, *container, about.retrieved, about.retrieved_from)


def about_of(row: Sequence[Any]) -> DocumentInfo:
    """Return what is known of a document from the values of `COLUMNS`."""
    digest, media_type, length, name, origin, container, offset, container_name, retrieved, retrieved_from = row
    within = Container(container, offset or 0, container_name) if container is not None else None
    return DocumentInfo(digest, media_type, length, name, origin, within, retrieved, retrieved_from)


def get(connection: sqlite3.Connection, digest: str) -> Document:
    """Return a document by its SHA-256; raises UsageError where it is unknown or redacted, StoreError if damaged."""
    query = (
        f"SELECT d.arrival, c.data, c.dictionary, {COLUMNS} FROM documents d"  # noqa: S608 - our own names
        " LEFT JOIN contents c ON c.document = d.arrival WHERE sha256 = ?"
    )
    row = connection.execute(query, (digest.lower(),)).fetchone()
    if row is None:
        raise UsageError(f"{digest}: no document of this archive has this SHA-256")
    arrival, packed, dictionary, *known = row
    if packed is None:
        raise UsageError(f"{digest}: {_gone(connection, arrival)}")
    data = Codec(dictionaries(connection)).unpack(packed, dictionary)
    if sha256(data).hexdigest() != digest.lower():
        raise StoreError(f"{digest}: the archived bytes have another SHA-256: run `beffroi verify`")
    return Document(data, about_of(known))


def _gone(connection: sqlite3.Connection, arrival: int) -> str:
    found = connection.execute("SELECT date, reason FROM redactions WHERE document = ?", (arrival,)).fetchone()
    return f"its bytes were removed on {found[0]}: {found[1]}" if found else "its bytes are missing"


class Damage(NamedTuple):
    """A document that is not what its digest says."""

    sha256: str
    name: str
    why: str


class _Stored(NamedTuple):
    """A document as it lies in the archive."""

    sha256: str
    length: int
    name: str
    dictionary: int | None
    packed: bytes | None
    redacted: int | None


def verify(connection: sqlite3.Connection) -> Iterator[Damage | None]:
    """Re-hash every document in order of arrival; None for each that is sound or redacted."""
    codec = Codec(dictionaries(connection))
    rows = connection.execute(
        "SELECT d.sha256, d.bytes, d.name, c.dictionary, c.data, r.document FROM documents d"
        " LEFT JOIN contents c ON c.document = d.arrival LEFT JOIN redactions r ON r.document = d.arrival"
        " ORDER BY d.arrival"
    )
    for row in rows:
        stored = _Stored(*row)
        why = _damage(codec, stored)
        yield Damage(stored.sha256, stored.name, why) if why else None


def _damage(codec: Codec, stored: _Stored) -> str | None:
    if stored.packed is None:
        return None if stored.redacted else "its bytes are missing, though it was not redacted"
    if stored.redacted:
        return "its bytes are here, though it was redacted"
    try:
        data = codec.unpack(stored.packed, stored.dictionary)
    except StoreError as error:
        return str(error)
    if sha256(data).hexdigest() != stored.sha256:
        return "its bytes have another SHA-256"
    return None if len(data) == stored.length else f"it has {len(data):,} bytes, {stored.length:,} are stated"


def train(connection: sqlite3.Connection, source: str) -> None:
    """Train and keep the dictionary of a source, on its first documents."""
    codec = Codec(dictionaries(connection))
    rows = connection.execute(
        "SELECT c.data, c.dictionary FROM documents d JOIN contents c ON c.document = d.arrival"
        " WHERE d.source = ? ORDER BY d.arrival LIMIT ?",
        (source, TRAINED_ON),
    )
    samples: list[bytes | bytearray | memoryview] = [
        codec.unpack(data, dictionary)[:SAMPLE_BYTES] for data, dictionary in rows
    ]
    number = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM dictionaries").fetchone()[0]
    trained = zstandard.train_dictionary(DICTIONARY_BYTES, samples, dict_id=number, level=LEVEL)
    connection.execute(
        "INSERT INTO dictionaries (id, source, documents, data) VALUES (?, ?, ?, ?)",
        (number, source, len(samples), trained.as_bytes()),
    )

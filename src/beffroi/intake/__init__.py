"""Files, folders, packages, pages and standard input become documents.

In: paths (`-` is standard input). Out: `Document`s in input order, and a `Refusal` with one sentence for each thing
that gives none.

A document is the exact byte slice of one record. Where it was cut from something larger, its `container` names that by
its SHA-256 and says where the slice begins: in the page for a record of a page, in the unpacked package for a member of
a `.tar.gz` or `.gz`, at its local header for a member of a `.zip`. Folders are read in the order of their names,
packages and pages in their own. Hidden files (`.DS_Store`, `._a.xml`, `__MACOSX/`) are a system's own and are passed
over.

>>> list(documents(["nowhere.xml"]))
Traceback (most recent call last):
beffroi.errors.UsageError: nowhere.xml: there is no such file or folder
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.intake.cut import cut
from beffroi.intake.held import Held, stamped
from beffroi.intake.paths import Entry, checked, entries, opened, plain_bytes
from beffroi.intake.source import Refusal, Source, nature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from beffroi.notices import Document
    from beffroi.notices.document import Origin

__all__ = ["Entry", "Held", "Refusal", "checked", "documents", "documents_of", "package", "pieces", "plain_bytes"]

SMALL = {"xml": 64 * 1024 * 1024, "json": 8 * 1024 * 1024}
"""A plain file up to this size can be cut by whoever reads its documents: XML is one document, JSON may be a page."""


def documents(paths: Sequence[str | Path], *, origin: Origin = "official") -> Iterator[Document | Refusal]:
    """Return the documents of the paths, in order; raises UsageError for a path that does not exist."""
    return (
        one
        for piece in pieces(paths, origin=origin)
        for one in (documents_of(piece) if isinstance(piece, Entry) else (piece,))
    )


def pieces(paths: Sequence[str | Path], *, origin: Origin = "official") -> Iterator[Entry | Document | Refusal]:
    """Return the same with small plain files left whole, as entries, for `documents_of` to cut in any process."""
    return _pieces(checked(paths), origin)


def _pieces(paths: Sequence[Path], origin: Origin) -> Iterator[Entry | Document | Refusal]:
    for entry in entries(paths, origin):
        if isinstance(entry, Refusal):
            yield entry
            continue
        stream = opened(entry)
        if isinstance(stream, Refusal):
            yield stream
            continue
        with stream:
            source = Source(entry.name, stream, entry.origin)
            if entry.regular and entry.size <= SMALL.get(_nature(source), 0):
                yield entry
            else:
                yield from cut(source)


def _nature(source: Source) -> str:
    try:
        return nature(source.head(), source.name)
    except OSError:
        return "unknown"  # whoever cuts it meets the same error and reports it


def package(path: Path, *, name: str, retrieved: str, retrieved_from: str) -> Iterator[Document | Refusal]:
    """Return the documents of a package that was fetched to disk, under the name given, stamped."""
    entry = Entry(path, name, path.stat().st_size, "official")
    return stamped(documents_of(entry), retrieved, retrieved_from)


def documents_of(entry: Entry | Held) -> Iterator[Document | Refusal]:
    """Return the documents of one file, package, page, of standard input or of a body that was fetched."""
    if isinstance(entry, Held):
        yield from stamped(cut(entry.source()), entry.retrieved, entry.retrieved_from)
        return
    stream = opened(entry)
    if isinstance(stream, Refusal):
        yield stream
        return
    with stream:
        yield from cut(Source(entry.name, stream, entry.origin))

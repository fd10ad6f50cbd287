"""A source is cut into documents according to its nature; packages are opened, their members cut in turn.

In: a `Source`. Out: `Document`s, and a `Refusal` for each thing that gives none.

>>> import io
>>> source = Source("a.xml", io.BufferedReader(io.BytesIO(b"<a/>")), "sample")
>>> [(one.data, one.about.name, one.about.container) for one in cut(source)]
[(b'<a/>', 'a.xml', None)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.errors import BeffroiError, Malformed, NotSupported, TooLarge, Unreadable
from beffroi.intake import gunzip, uncompress, unzip
from beffroi.intake.limits import MAX_DEPTH, MAX_DOCUMENT, MAX_MEMBERS, MAX_UNPACKED
from beffroi.intake.pages import records
from beffroi.intake.source import Refusal, Source, hidden, nature, of_bytes, printable
from beffroi.intake.tar import Tar
from beffroi.notices.document import Container, Document

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    Cutter = Callable[[Source, Container | None], Iterator[Document | Refusal]]

_ADVICE = {
    "bzip2": "packed with bzip2; unpack it on the way: `bzcat FILE | beffroi load -`",
    "xz": "packed with xz; unpack it on the way: `xzcat FILE | beffroi load -`",
    "zstd": "packed with zstd; unpack it on the way: `zstdcat FILE | beffroi load -`",
    "7z": "a 7-Zip package; unpack it into a folder first",
    "unknown": "neither XML, JSON nor a package this version opens",
}


def cut(source: Source, container: Container | None = None) -> Iterator[Document | Refusal]:
    """Return the documents of a source; `container` is the package that holds it, where one does."""
    try:
        kind = nature(source.head(), source.name)
        cutter = _CUTTERS.get(kind)
        if cutter is not None:
            yield from cutter(source, container)
        elif kind == "empty":
            yield _refusal(source, Malformed, "it is empty")
        else:
            yield _refusal(source, NotSupported, _ADVICE[kind])
    except BeffroiError as error:
        yield Refusal(source.name, type(error)(f"{source.name}: {error}"))
    except OSError as error:
        yield _refusal(source, Unreadable, f"cannot be read: {error.strerror or error}")


def _refusal(source: Source, kind: type[BeffroiError], why: str) -> Refusal:
    return Refusal(source.name, kind(f"{source.name}: {why}"))


def _xml(source: Source, container: Container | None) -> Iterator[Document | Refusal]:
    data = source.stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield _refusal(source, TooLarge, f"longer than {MAX_DOCUMENT:,} bytes: refused, not archived")
        return
    name = source.name.rsplit("/", 1)[-1]
    yield Document.of(data, name=name, origin=source.origin, container=container)


def _gzip(source: Source, container: Container | None) -> Iterator[Document | Refusal]:
    """Cut a gzip: the package or document inside; offsets are those of the unpacked bytes."""
    del container
    yield from _unpacked(source, gunzip.unpacked(source.stream), source.name.removesuffix(".gz"))


def _compress(source: Source, container: Container | None) -> Iterator[Document | Refusal]:
    """Cut what `compress` packed (.Z, .taz), in the same way."""
    del container
    yield from _unpacked(source, uncompress.unpacked(source.stream), source.name.removesuffix(".Z"))


def _unpacked(source: Source, stream: io.BufferedReader, name: str) -> Iterator[Document | Refusal]:
    inner = Source(name, stream, source.origin, source.depth + 1, source.packed or source.stream)
    if inner.depth > MAX_DEPTH:
        yield _refusal(source, NotSupported, "a package inside a package inside a package: unpack it first")
    elif nature(inner.head(), name) == "tar":
        yield from _tar(inner._replace(name=source.name), None)
    else:
        yield from cut(inner, Container(source.digest(), 0, source.name))


def _tar(source: Source, container: Container | None) -> Iterator[Document | Refusal]:
    del container
    package = Container(source.digest(), 0, source.name)
    tar = Tar(source.stream)
    for number, member in enumerate(tar):
        name = printable(member.name)
        if number >= MAX_MEMBERS or member.offset > MAX_UNPACKED:
            yield _refusal(source, TooLarge, f"more than {number:,} members or too many bytes: the rest is not read")
            return
        if hidden(member.name):
            continue
        if member.other is not None:
            yield Refusal(name, NotSupported(f"{source.name}/{name}: {member.other}, no document: passed over"))
        elif member.size > MAX_DOCUMENT:
            yield Refusal(
                name, TooLarge(f"{source.name}/{name}: {member.size:,} bytes, above {MAX_DOCUMENT:,}: refused")
            )
        else:
            yield from _member(source, name, tar.read(), Container(package.sha256, member.offset, package.name))


def _zip(source: Source, container: Container | None) -> Iterator[Document | Refusal]:
    del container
    package = Container(source.digest(), 0, source.name)
    for member in unzip.members(source.stream):
        name = printable(member.name)
        if isinstance(member.content, BeffroiError):
            kind = type(member.content)
            yield Refusal(name, kind(f"{source.name}/{name}: {member.content}"))
        else:
            yield from _member(source, name, member.content, Container(package.sha256, member.offset, package.name))


def _member(source: Source, name: str, data: bytes, container: Container) -> Iterator[Document | Refusal]:
    """Cut one member of a package; a document is taken as it is, a page or a package is cut in turn."""
    if nature(data[:4096], name) == "xml":
        yield Document.of(data, name=name, origin=source.origin, container=container)
    elif source.depth >= MAX_DEPTH:
        yield Refusal(name, NotSupported(f"{source.name}/{name}: too deep inside packages: unpack it first"))
    else:
        yield from cut(of_bytes(data, like=source, name=name), container)


_CUTTERS: dict[str, Cutter] = {
    "xml": _xml,
    "json": records,
    "gzip": _gzip,
    "compress": _compress,
    "tar": _tar,
    "zip": _zip,
}

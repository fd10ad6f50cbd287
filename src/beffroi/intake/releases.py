"""The releases a record of OCDS holds: each is a document of its own; one that is only linked is told.

In: a document. Out: its releases where it is a record that holds them in full, else the document itself. A record's
compiled release repeats its releases, so it is a document only where they are not there.

>>> from beffroi.notices.document import Document
>>> data = b'{"ocid": "ocds-x-1", "releases": [{"tag": ["tender"]}, {"url": "https://x.example/2"}]}'
>>> record = Document.of(data, name="r.json", media_type="application/json")
>>> [one.data if isinstance(one, Document) else str(one.error) for one in releases(record)]
[b'{"tag": ["tender"]}', 'r.json: release 2 of the record is only linked: https://x.example/2']
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, NamedTuple

from beffroi.errors import NotSupported
from beffroi.intake.scan import COMMA, LIST, LIST_END, OBJECT, OBJECT_END, QUOTE, Broken, Window
from beffroi.intake.source import Refusal
from beffroi.notices.document import Container, Document

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTED = re.compile(rb'"releases"\s*:\s*\[')


class _Slice(NamedTuple):
    """A release within a record: where it begins, and its bytes."""

    start: int
    data: bytes

    @property
    def full(self) -> bool:
        """Whether it is a release, no link to one: a link has an address, and may have a date and tags beside it."""
        if b'"url"' not in self.data:
            return b'"tag"' in self.data or b'"ocid"' in self.data
        value = json.loads(self.data)
        return isinstance(value, dict) and ("ocid" in value or ("tag" in value and "url" not in value))


def releases(document: Document) -> Iterator[Document | Refusal]:
    """Return the releases of a record, or the document where it holds none in full."""
    if b'"ocid"' not in document.data or not _LISTED.search(document.data):
        yield document
        return
    try:
        found = list(_slices(Window(io.BytesIO(document.data))))
    except Broken:
        yield document  # its reader says what is wrong with it
        return
    if not any(one.full for one in found):
        yield document
        return
    for number, one in enumerate(found, 1):
        yield _document(document, one, number) if one.full else _linked(document, one, number)


def _slices(window: Window) -> Iterator[_Slice]:
    """Yield the objects of the record's own list of releases; raises Broken."""
    if window.token() != OBJECT:
        return
    while (kind := window.token()) != OBJECT_END:
        if kind == COMMA:
            continue
        if kind != QUOTE:
            raise Broken(f"a name is missing at byte {window.begin:,}")
        name = window.text(window.begin + 1, window.offset - 1)
        window.token()
        kind = window.token()
        if name == b"releases" and kind == LIST:
            yield from _listed(window)
        else:
            window.value(kind)


def _listed(window: Window) -> Iterator[_Slice]:
    while (kind := window.token()) != LIST_END:
        if kind == COMMA:
            continue
        start = window.mark = window.begin
        window.value(kind)
        yield _Slice(start, window.text(start, window.offset))
        window.mark = None


def _document(record: Document, release: _Slice, number: int) -> Document:
    about = record.about
    held = about.container or Container(about.sha256, 0, about.name)
    stem, dot, extension = about.name.rpartition(".")
    return Document.of(
        release.data,
        name=f"{stem}.{number}.{extension}" if dot else f"{extension}.{number}",
        media_type=about.media_type,
        origin=about.origin,
        container=Container(held.sha256, held.offset + release.start, held.name),
    )


def _linked(record: Document, release: _Slice, number: int) -> Refusal:
    name = record.about.name
    link = json.loads(release.data)
    url = link.get("url") if isinstance(link, dict) else None
    return Refusal(name, NotSupported(f"{name}: release {number} of the record is only linked: {url or 'no address'}"))

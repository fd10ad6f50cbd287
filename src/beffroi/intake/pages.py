"""Records of a JSON stream: an API page, a list, JSON lines, or one record alone.

In: a source of JSON. Out: one `Document` a record, the exact slice of the stream.

A record that is broken does not harm the others: it ends where the next one begins (after a comma in a page, on a line
of its own in JSON lines), its bytes are a document all the same, and its reader says what is wrong with it.

>>> import io
>>> page = io.BytesIO(b'{"total_count":2,"results":[{"a":1}, {"a":2}]}')
>>> source = Source("page.json", io.BufferedReader(page), "sample")
>>> [(one.data, one.about.name, one.about.container.offset) for one in records(source)]
[(b'{"a":1}', 'page#1.json', 28), (b'{"a":2}', 'page#2.json', 37)]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.errors import Malformed, NotSupported
from beffroi.intake.scan import COLON, COMMA, END, LIST, LIST_END, NONSENSE, OBJECT, OBJECT_END, QUOTE, Broken, Window
from beffroi.intake.source import Refusal, Source
from beffroi.notices.document import Container, Document

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_NAME = re.compile(rb'\{[ \t\r\n]*+("[^"\\]{1,100}")[ \t\r\n]*+:')
_NEXT_LINE = re.compile(rb"\n(\{)")


def records(source: Source, container: Container | None = None) -> Iterator[Document | Refusal]:
    """Return the records of a JSON stream; `container` is what holds the stream itself, where something does."""
    page = _Page(source, container)
    first = page.window.token()
    if first == LIST:
        yield from page.listed()
        yield from page.rest()
    elif first == OBJECT:
        yield from page.object()
    else:
        yield Refusal(source.name, Malformed(f"{source.name}: neither a JSON record nor a list of records"))


class _Page:
    """A JSON stream being cut: its window, and how many records were met."""

    def __init__(self, source: Source, container: Container | None) -> None:
        self.source = source
        self.window = Window(source.stream)
        self.count = 0
        self._outer = container
        self._container: Container | None = None
        self._name: bytes | None = None

    def listed(self) -> Iterator[Document | Refusal]:
        """Return the records of a list whose bracket was just read."""
        window = self.window
        while True:
            kind = window.token()
            if kind == LIST_END:
                break
            if kind == COMMA:
                continue
            if kind == END:
                yield self._refusal(f"the list ends after its record {self.count}, before its bracket: cut short")
                return
            self.count += 1
            yield self._element(kind)
        if not self.count:
            yield self._refusal("the page holds no record", NotSupported)

    def _element(self, kind: int) -> Document | Refusal:
        window = self.window
        start = window.mark = window.begin
        try:
            window.value(kind)
        except Broken:
            return self._broken(start, self._next_record(start))
        window.mark = None
        if kind != OBJECT:
            return self._refusal(f"element {self.count} is no record")
        return self._document(start, window.text(start, window.offset))

    def _next_record(self, start: int) -> re.Pattern[bytes]:
        """Return what the next record of the list looks like: the first name of this one, or of the last."""
        found = _FIRST_NAME.match(self.window.text(start, start + 1024))
        self._name = found[1] if found else self._name or b'"'
        return re.compile(rb",[ \t\r\n]*+(\{[ \t\r\n]*+" + re.escape(self._name) + rb")")

    def _broken(self, start: int, following: re.Pattern[bytes]) -> Document | Refusal:
        """Return the broken record at `start`; the window then stands before the record that follows it."""
        end = self.window.seek(following, start + 1)
        self.window.mark = None
        data = self.window.text(start, self.window.offset).rstrip()
        return self._document(start, data if end is None else data.removesuffix(b",").rstrip())

    def object(self) -> Iterator[Document | Refusal]:
        """Return the records of an object whose bracket was just read: an API page, or itself and those after it."""
        window = self.window
        start = window.mark = window.begin
        try:
            within = self._to_results()
        except Broken:
            yield from self._broken_object(start)
            return
        if within is not None:
            window.mark = None
            yield from self._results() if within else (self._old_answer(),)
            return
        end = window.offset
        if self._at_end():
            yield self._alone(start, window.text(start, end))
            return
        self.count = 1
        window.mark = None
        yield self._document(start, window.text(start, end))
        yield from self.lines()

    def _results(self) -> Iterator[Document | Refusal]:
        yield from self.listed()
        yield from self._tail()

    def _to_results(self) -> bool | None:
        """Advance to the list of `results` (True), of an old answer's `records` (False), or past the object (None)."""
        window = self.window
        names: set[bytes] = set()
        while (kind := window.token()) != OBJECT_END:
            if kind != QUOTE:
                if kind == COMMA:
                    continue
                raise Broken(f"a name is missing at byte {window.begin:,}")
            name = window.text(window.begin + 1, window.offset - 1)
            if window.token() != COLON:
                raise Broken(f"a colon is missing at byte {window.begin:,}")
            kind = window.token()
            if kind == LIST and name == b"results":
                return True
            if kind == LIST and name == b"records" and names & {b"nhits", b"total_count"}:
                return False
            names.add(name)
            window.value(kind)
        return None

    def _old_answer(self) -> Refusal:
        why = "an answer of the Explore API v1 or v2.0; ask for v2.1 (/api/explore/v2.1/…), which has `results`"
        return self._refusal(why, NotSupported)

    def _tail(self) -> Iterator[Refusal]:
        """Read what follows a page's records; a page cut short is said to be."""
        try:
            while (kind := self.window.token()) not in (OBJECT_END, END):
                if kind in (OBJECT, LIST, NONSENSE):
                    self.window.value(kind)
        except Broken as error:
            yield self._refusal(f"after its records: {error}")
            return
        if kind == END:
            yield self._refusal(f"the page ends after its record {self.count}: cut short")
            return
        yield from self.rest()

    def rest(self) -> Iterator[Refusal]:
        """Report bytes after the end of the page."""
        if not self._at_end():
            yield self._refusal(f"bytes follow the end of the page, from byte {self.window.begin:,}: not read")

    def _at_end(self) -> bool:
        """Return whether nothing follows; else stand before it."""
        before = self.window.offset
        if self.window.token() == END:
            return True
        self.window.stand(before)
        return False

    def lines(self) -> Iterator[Document | Refusal]:
        """Return the records after the first, each on a line of its own."""
        window = self.window
        while (kind := window.token()) != END:
            self.count += 1
            start = window.mark = window.begin
            try:
                window.value(kind if kind == OBJECT else NONSENSE)
            except Broken:
                yield self._broken(start, _NEXT_LINE)
                continue
            window.mark = None
            yield self._document(start, window.text(start, window.offset))

    def _broken_object(self, start: int) -> Iterator[Document | Refusal]:
        """Return a first object that is broken: alone, or the first of JSON lines."""
        end = self.window.seek(_NEXT_LINE, start + 1)
        data = self.window.text(start, self.window.offset).rstrip()
        if end is None:
            yield self._alone(start, data)
            return
        self.count = 1
        self.window.mark = None
        yield self._document(start, data)
        yield from self.lines()

    def _alone(self, start: int, data: bytes) -> Document:
        """Return the one record of the stream: the stream itself, less a byte order mark or a line end."""
        name = self.source.name.rsplit("/", 1)[-1]
        whole = start == 0 and self.window.offset == len(data)
        container = self._outer if whole else self._in(start)
        return Document.of(
            data, name=name, media_type="application/json", origin=self.source.origin, container=container
        )

    def _document(self, start: int, data: bytes) -> Document:
        stem, dot, extension = self.source.name.rsplit("/", 1)[-1].rpartition(".")
        name = f"{stem}#{self.count}.{extension}" if dot else f"{extension}#{self.count}"
        origin = self.source.origin
        return Document.of(data, name=name, media_type="application/json", origin=origin, container=self._in(start))

    def _in(self, start: int) -> Container:
        if self._container is None:
            self._container = Container(self.source.digest(), 0, self.source.name)
        return Container(self._container.sha256, start, self._container.name)

    def _refusal(self, why: str, kind: type[Malformed | NotSupported] = Malformed) -> Refusal:
        return Refusal(self.source.name, kind(f"{self.source.name}: {why}"))

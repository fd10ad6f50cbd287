r"""The records of a JSON stream one after the other, each an exact slice, and the line and number of what is none.

In: a window on the stream. Out: a `Document` for a record; for a row that is none, a `Refusal` that says on which line
and which record it is, and that holds its bytes.

A row that is broken does not harm the others: it ends where the next one begins. On lines of their own that is the
next line with a brace; in a list, after a comma, what begins with the members the records begin with.

>>> import io
>>> lines = io.BytesIO(b'{"a": 1, "b": 2}\n{"a": 1, \n{"a": 3}')
>>> rows = Rows(Source("day.jsonl", io.BufferedReader(lines), "sample"), None)
>>> [one.data if isinstance(one, Document) else str(one.error) for one in rows.lines()]
[b'{"a": 1, "b": 2}', 'day.jsonl: line 2, record 2: a value stands where none can at byte 27', b'{"a": 3}']
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from beffroi.errors import Malformed, NotSupported
from beffroi.intake.scan import COMMA, END, LIST, LIST_END, NONSENSE, OBJECT, QUOTE, Broken, Window
from beffroi.intake.source import Refusal, Source
from beffroi.notices.document import Container, Document

if TYPE_CHECKING:
    from collections.abc import Iterator

_S = rb"[ \t\r\n]*+"
_NAME = rb'("[^"\\]{1,100}")'
_SHORT = rb'(?:"(?:[^"\\]|\\.){0,200}+"|-?[0-9.eE+-]{1,40}+|true|false|null)'
_FIRST = re.compile(rb"\{" + _S + _NAME + _S + b":" + _S + rb"(?:" + _SHORT + _S + b"," + _S + _NAME + _S + b":)?")
_NEXT_LINE = re.compile(rb"\n(\{)")
_BEGINNINGS = 64


class Rows:
    """A JSON stream being cut into records: its window, and how many rows were met."""

    def __init__(self, source: Source, container: Container | None) -> None:
        self.source = source
        self.window = Window(source.stream)
        self.count = 0
        self.cut_short = False
        self._outer = container
        self._container: Container | None = None
        self._beginnings: dict[tuple[bytes, bytes | None], None] = {}

    def listed(self) -> Iterator[Document | Refusal]:
        """Return the records of a list whose bracket was just read."""
        window = self.window
        while (kind := window.token()) != LIST_END:
            if kind == COMMA:
                continue
            if kind == END:
                self.cut_short = True
                yield self.refusal(f"the list ends after its record {self.count}, before its bracket: cut short")
                return
            yield self.row(kind)

    def row(self, kind: int) -> Document | Refusal:
        """Return the record of a list whose first token was just read."""
        window = self.window
        self.count += 1
        start = window.mark = window.begin
        try:
            window.value(kind)
        except Broken as error:
            return self._until(self._following(start), start, str(error))
        return self._whole(kind, start)

    def lines(self) -> Iterator[Document | Refusal]:
        """Return the records from here on, each on a line of its own."""
        while (kind := self.window.token()) != END:
            yield self.line(kind)

    def line(self, kind: int) -> Document | Refusal:
        """Return the record of a line whose first token was just read."""
        window = self.window
        self.count += 1
        start = window.mark = window.begin
        try:
            window.value(kind if kind == OBJECT else NONSENSE)
        except Broken as error:
            return self._until(_NEXT_LINE, start, str(error) if kind == OBJECT else _what(kind))
        return self._whole(kind, start)

    def broken(self, start: int, why: str) -> Document | Refusal:
        """Return an object that is broken: the document itself where it stands alone, else a line refused."""
        end = self.window.seek(_NEXT_LINE, start + 1)
        data = self.window.text(start, self.window.offset).rstrip()
        if end is None and not self.count:
            return self.alone(start, data)
        self.count += 1
        return self._bad(start, data, why)

    def alone(self, start: int, data: bytes) -> Document:
        """Return the one record of the stream: the stream itself, less a byte order mark or a line end."""
        name = self.source.name.rsplit("/", 1)[-1]
        whole = start == 0 and self.window.offset == len(data)
        container = self._outer if whole else self._in(start)
        return Document.of(
            data, name=name, media_type="application/json", origin=self.source.origin, container=container
        )

    def document(self, start: int, data: bytes) -> Document:
        """Return a record of several, named by its number."""
        stem, dot, extension = self.source.name.rsplit("/", 1)[-1].rpartition(".")
        name = f"{stem}#{self.count}.{extension}" if dot else f"{extension}#{self.count}"
        origin = self.source.origin
        return Document.of(data, name=name, media_type="application/json", origin=origin, container=self._in(start))

    def refusal(self, why: str, kind: type[Malformed | NotSupported] = Malformed) -> Refusal:
        """Return the refusal of something of the stream that is no row."""
        return Refusal(self.source.name, kind(f"{self.source.name}: {why}"))

    def _whole(self, kind: int, start: int) -> Document | Refusal:
        window = self.window
        window.mark = None
        data = window.text(start, window.offset)
        if kind != OBJECT:
            return self._bad(start, data, _what(kind))
        why = _fault(data, parsed=window.whole)
        if why is not None:
            return self._bad(start, data, why)
        if len(self._beginnings) < _BEGINNINGS:
            self._remember(data[:1024])
        return self.document(start, data)

    def _remember(self, data: bytes) -> None:
        if found := _FIRST.match(data):
            self._beginnings[found[1], found[2]] = None

    def _following(self, start: int) -> re.Pattern[bytes]:
        """Return what the next record of the list looks like: its first two members are those of one met, or of this.

        The first alone would not do: objects inside a record begin with an `id` as well.
        """
        self._remember(self.window.text(start, start + 1024))
        ways = [_beginning(first, second) for first, second in self._beginnings] or [b'"']
        return re.compile(rb"," + _S + rb"(\{" + _S + rb"(?:" + b"|".join(ways) + rb"))")

    def _until(self, following: re.Pattern[bytes], start: int, why: str) -> Refusal:
        """Return the refusal of the row at `start`; the window then stands before the row that follows it."""
        end = self.window.seek(following, start + 1)
        data = self.window.text(start, self.window.offset).rstrip()
        listed = end is not None and following is not _NEXT_LINE
        return self._bad(start, data.removesuffix(b",").rstrip() if listed else data, why)

    def _bad(self, start: int, data: bytes, why: str) -> Refusal:
        """Return the refusal of a row that is no record, by its line and number."""
        name = self.source.name
        self.window.mark = None
        error = Malformed(f"{name}: line {self.window.line(start):,}, record {self.count:,}: {why}")
        document = self.document(start, data)
        return Refusal(document.about.name, error, document)

    def _in(self, start: int) -> Container:
        if self._container is None:
            self._container = Container(self.source.digest(), 0, self.source.name)
        return Container(self._container.sha256, start, self._container.name)


def _beginning(first: bytes, second: bytes | None) -> bytes:
    one = re.escape(first) + _S + b":"
    if second is None:
        return one
    return one + _S + _SHORT + _S + rb"(?:," + _S + re.escape(second) + rb"|\})"


def _what(kind: int) -> str:
    """Return what a row is that is no object."""
    return {LIST: "a list, no record", QUOTE: "a text, no record"}.get(kind, "no record")


def _fault(data: bytes, *, parsed: bool) -> str | None:
    """Return why a slice is no JSON, or None where it is; `parsed` where all but its characters is known to be."""
    try:
        text = data.decode("utf-8")
        if not parsed:
            json.loads(text, parse_int=str, parse_float=str)
    except UnicodeDecodeError as error:
        return f"its byte {error.start:,} is not UTF-8"
    except json.JSONDecodeError as error:
        return f"no JSON: {error.msg.lower()} at its character {error.pos:,}"
    except RecursionError:
        return "nested too deeply"
    return None

"""Records of a JSON stream: an API page, a package, a list, JSON lines, or one record alone.

In: a source of JSON. Out: one `Document` a record, the exact slice of the stream, and a `Refusal` for what is none.

Lists of records are known by name: `results` (Opendatasoft Explore v2.1), `data` (the tabular API of data.gouv.fr),
`releases` and `records` (OCDS packages), `marches` (DECP of 2019) and every list below `marches` (`marche`,
`contrat-concession`: DECP of 2022). Members before and after them are passed over. A record of OCDS is cut into the
releases it holds. Several pages or packages may follow one another, as in JSON lines.

>>> import io
>>> page = io.BytesIO(b'{"total_count":2,"results":[{"a":1}, {"a":2}]}')
>>> source = Source("page.json", io.BufferedReader(page), "sample")
>>> [(one.data, one.about.name, one.about.container.offset) for one in records(source)]
[(b'{"a":1}', 'page#1.json', 28), (b'{"a":2}', 'page#2.json', 37)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.errors import Malformed, NotSupported
from beffroi.intake.releases import releases
from beffroi.intake.rows import Rows
from beffroi.intake.scan import COLON, COMMA, END, LIST, OBJECT, OBJECT_END, QUOTE, Broken
from beffroi.intake.source import Refusal, Source
from beffroi.notices.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices.document import Container

_LISTS = (b"results", b"data", b"marches", b"releases", b"records")
_QUOTED = tuple(b'"' + name + b'"' for name in _LISTS)
_OLD_API = {b"nhits", b"total_count"}
_OLD_ANSWER = "an answer of the Explore API v1 or v2.0; ask for v2.1 (/api/explore/v2.1/…), which has `results`"

_TED_SEARCH = {b"notices", b"totalNoticeCount"}
_TED_PAGE = (
    "a page of TED's search: it names notices and holds none; `beffroi get NUMBER` brings one of them, "
    "`beffroi collect ted` all of some days"
)


def records(source: Source, container: Container | None = None) -> Iterator[Document | Refusal]:
    """Return the records of a JSON stream; `container` is what holds the stream itself, where something does."""
    for one in _records(source, container):
        if isinstance(one, Document):
            yield from releases(one)
        else:
            yield one


def _records(source: Source, container: Container | None) -> Iterator[Document | Refusal]:
    page = _Pages(source, container)
    first = page.window.token()
    if first == LIST:
        yield from page.list()
    elif first == OBJECT:
        yield from page.objects()
    else:
        yield Refusal(source.name, Malformed(f"{source.name}: neither a JSON record nor a list of records"))


class _Short(Broken):
    """The stream ends inside a page."""


class _Pages(Rows):
    """A JSON stream of objects: pages, whose lists hold the records, or records themselves."""

    paged = False

    def list(self) -> Iterator[Document | Refusal]:
        """Return the records of a stream that is one list."""
        yield from self.listed()
        if not self.count:
            yield self.refusal("the page holds no record", NotSupported)
        if not self.cut_short and self.window.token() != END:
            yield self._rest()

    def objects(self) -> Iterator[Document | Refusal]:
        """Return the records of a stream of objects, the bracket of the first of which was just read."""
        kind = OBJECT
        while kind != END:
            if kind == OBJECT and (not self.count or self.paged or self._names_a_list()):
                self.paged = False
                yield from self._object()
            elif self.paged:
                yield self._rest()
                return
            else:
                yield self.line(kind)
            if self.cut_short:
                return
            kind = self.window.token()

    def _names_a_list(self) -> bool:
        """Return whether the object that begins here may be a page, though it follows records."""
        window = self.window
        line = window.text(window.begin, window.begin + 4096)
        return any(name in line for name in _QUOTED)

    def _object(self) -> Iterator[Document | Refusal]:
        """Return the records of a page, or the object itself where it is none."""
        window = self.window
        start = window.mark = window.begin
        before = self.count
        try:
            yield from self._lists()
        except _Short:
            yield self.refusal(f"the page ends after its record {self.count}: cut short")
            self.cut_short = True
        except Broken as error:
            yield self.refusal(f"after its records: {error}") if self.paged else self.broken(start, str(error))
            self.cut_short = self.paged
        else:
            if not self.paged:
                yield from self._record(start)
            elif self.count == before and not self.cut_short:
                yield self.refusal("the page holds no record", NotSupported)

    def _record(self, start: int) -> Iterator[Document | Refusal]:
        """Return an object that is a record: alone in the stream, or the first of several."""
        window = self.window
        end = window.offset
        if not self.count and window.token() == END:
            yield self.alone(start, window.text(start, end))
            return
        window.stand(start)
        yield self.line(window.token())

    def _lists(self) -> Iterator[Document | Refusal]:
        """Return the records of the lists of an object whose bracket was just read; raises Broken."""
        names: set[bytes] = set()
        for name, kind in self._members():
            if name == b"records" and kind == LIST and names & _OLD_API:
                self.paged = self.cut_short = True
                yield self.refusal(_OLD_ANSWER, NotSupported)
                return
            if name in _LISTS and kind == LIST and b"ocid" not in names:
                self._turn()
                yield from self.listed()
            elif name == b"marches" and kind == OBJECT:
                self._turn()
                yield from self._marches()
            else:
                names.add(name)
                self.window.value(kind)
            if self.cut_short:
                return
        if names >= _TED_SEARCH:
            self.paged = self.cut_short = True
            yield self.refusal(_TED_PAGE, NotSupported)

    def _turn(self) -> None:
        """Take the object for a page: what was passed over is let go."""
        self.paged = True
        self.window.mark = None

    def _marches(self) -> Iterator[Document | Refusal]:
        """Return the records of every list below `marches`; one alone may stand without a list."""
        for _, kind in self._members():
            if kind == LIST:
                yield from self.listed()
            elif kind == OBJECT:
                yield self.row(kind)
            else:
                self.window.value(kind)
            if self.cut_short:
                return

    def _members(self) -> Iterator[tuple[bytes, int]]:
        """Return name and first token of each member of an object; each value is passed over by who asks."""
        window = self.window
        while (kind := window.token()) != OBJECT_END:
            if kind == COMMA:
                continue
            if kind == END and self.paged:
                raise _Short("cut short")
            if kind != QUOTE:
                raise Broken(f"a name is missing at byte {window.begin:,}")
            name = window.text(window.begin + 1, window.offset - 1)
            if window.token() != COLON:
                raise Broken(f"a colon is missing at byte {window.begin:,}")
            yield name, window.token()

    def _rest(self) -> Refusal:
        """Report bytes after the end of the page."""
        return self.refusal(f"bytes follow the end of the page, from byte {self.window.begin:,}: not read")

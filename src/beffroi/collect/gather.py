"""One slice, whole: its pages followed to the last, its documents and packages fetched, counted, asked again if short.

In: a slice. Out: pieces to load, between the mark that begins the slice and the one that ends it.

A source that announces how much a slice holds is taken at its word: when what came differs the slice is asked for
again, up to `PASSES` times, for a notice that appears while one pages shifts the others. Then it is reported as it is.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import msgspec

from beffroi.batch import Mark
from beffroi.collect import answers
from beffroi.collect.members import fetched
from beffroi.collect.packages import Earlier, Packages, Validators
from beffroi.errors import FetchError, Garbled, NotThere, Stopped
from beffroi.intake import Held
from beffroi.store.connection import connect
from beffroi.store.slices import Begun, Ended, row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path

    from beffroi.batch import Piece
    from beffroi.bulletins.bulletin import Collectable, Slice
    from beffroi.fetch import Ask, Fetcher, Response

PASSES = 3
IDLE = 100
"""Pages in a row that name nothing new: cursors without end (the Explore API's last offset is its 100th page)."""
IN_A_ROW = 8
"""Documents in a row that cannot be had: the slice has failed, the others would fare no better."""

_FILE = re.compile(r"[^A-Za-z0-9.-]+")


class Announced(NamedTuple):
    """What the source says that the slice under way holds: for those who watch."""

    total: int


class Source(NamedTuple):
    """A bulletin as it is asked: with which addresses, through which fetcher, for which home."""

    bulletin: Collectable
    addresses: Mapping[str, str]
    fetcher: Fetcher
    home: Path
    again: bool = False
    at: str = ""

    @property
    def name(self) -> str:
        """Return the name of the bulletin."""
        return self.bulletin.BULLETIN.name

    def key(self, piece: Slice) -> str:
        """Return the key of a slice; where a bulletin is told with `--at` what to ask, the key begins with that."""
        return f"{self.at}#{piece.key}" if self.at else piece.key


def gather(source: Source, piece: Slice) -> Iterator[Piece | Mark]:
    """Return the pieces of one slice between its two marks; a slice that cannot be had ends with why."""
    yield Mark(Begun(source.name, source.key(piece), piece.way, piece.since.isoformat(), piece.until.isoformat()))
    with closing(connect(source.home)) as archive:
        yield from _passes(source, _Tally(source, piece, archive))


def _passes(source: Source, tally: _Tally) -> Iterator[Piece | Mark]:
    try:
        for attempt in range(PASSES):
            if attempt:
                source.fetcher.wait(source.fetcher.manners.first_wait * 2**attempt)
            tally.begin()
            yield from tally.one_pass()
            if tally.whole():
                break
    except Stopped:
        raise
    except FetchError as error:
        yield Mark(tally.end(error))
    else:
        yield Mark(tally.end(None))


class _Tally:
    """A slice being fetched, and what came of it so far."""

    def __init__(self, source: Source, piece: Slice, archive: sqlite3.Connection) -> None:
        self._source = source
        self._piece = piece
        self._archive = archive
        known = row(archive, source.name, source.key(piece))
        trusted = known is not None and known.state == "complete" and not source.again
        text = known.validators if known is not None and trusted else None
        validators: Validators = msgspec.json.decode(text, type=Validators) if text else {}
        earlier = Earlier(validators, known.received if known is not None and trusted else 0)
        self._name = f"{source.name}-{_FILE.sub('-', piece.key)}"
        self._packages = Packages(source.fetcher, source.home, self._name, earlier)
        self._have: set[str] = set()
        self._archived: set[str] = set()
        self._pages = 0
        self.begin()

    def begin(self) -> None:
        """Begin a pass: what is announced and named is counted anew, what came stays."""
        self._announced: int | None = None
        self._totals: dict[int, None] = {}
        self._numbers: set[str] = set()
        self._missing: dict[str, FetchError] = {}
        self._packages.begin()

    def whole(self) -> bool:
        """Return whether as much came as was announced, or asking again makes no sense.

        A total that changes while one pages may hide a loss: a notice withdrawn moves another onto a page already read.
        """
        if len(self._totals) > 1 or self._packages.wrong is not None:
            return False
        if self._missing or self._packages.unchanged:
            return not self._missing
        came = len(self._packages.places) if self._packages.met else len(self._numbers)
        return self._announced is None or self._announced == came

    def end(self, failed: FetchError | None) -> Ended:
        """Return the mark that ends the slice."""
        return Ended(
            self._source.fetcher.clock.now(),
            self._announced,
            self._named(),
            len(self._archived) + self._packages.unchanged,
            None if failed is None else str(failed),
            self._packages.validators,
            self._lacking(),
            absent=isinstance(failed, NotThere),
        )

    def _named(self) -> int | None:
        """Return how many records the last pass named, or a package of an announced size held; None where none did."""
        if not self._packages.met:
            return len(self._numbers)
        return None if self._announced is None else len(self._packages.places) + self._packages.unchanged

    def _lacking(self) -> str | None:
        """Return what could not be had, in one sentence."""
        if self._packages.wrong is not None:
            return self._packages.wrong
        if not self._missing and len(self._totals) > 1:
            return f"its total changed while it was paged ({', then '.join(f'{one:,}' for one in self._totals)})"
        if not self._missing:
            return None
        number, error = next(iter(self._missing.items()))
        return f"{len(self._missing):,} could not be had, the first of them {number}: {error}"

    def one_pass(self) -> Iterator[Piece | Mark]:
        """Return the pieces of all pages, from the first request to the last."""
        ask: Ask | None = self._source.bulletin.first(self._piece, self._source.addresses)
        asked: set[Ask] = set()
        known, idle = 0, 0
        while ask is not None:
            if ask in asked:
                raise Garbled(f"{ask.url}: the pages of {self._piece.key} go round in a circle")
            if idle > IDLE:
                raise Garbled(f"{ask.url}: {IDLE} pages in a row of {self._piece.key} brought nothing")
            asked.add(ask)
            ask = yield from self._answered(ask)
            idle = idle + 1 if len(self._numbers) == known else 0
            known = len(self._numbers)

    def _answered(self, ask: Ask) -> Generator[Piece | Mark, None, Ask | None]:
        """Fetch what one request is for; return the request that follows."""
        if ask.what == "package":
            yield from self._packages.brought(ask)
            return None
        if ask.what == "document":
            yield from self._documents((ask,))
            return None
        bulletin = self._source.bulletin
        response, page = self._source.fetcher.get(ask, lambda answer: (answer, answers.page(bulletin, ask, answer)))
        self._pages += 1
        if page.announced is not None and page.announced != self._announced:
            yield Mark(Announced(page.announced))
        if page.announced is not None:
            self._announced = page.announced
            self._totals[page.announced] = None
        self._numbers.update(page.numbers)
        if page.holds:
            yield self._held(response)
        for kind, members in (("document", self._documents), ("package", self._all_packages)):
            yield from members(tuple(one for one in page.members if one.what == kind))
        return page.following

    def _held(self, response: Response) -> Held:
        extension = "json" if response.body.lstrip()[:1] in (b"{", b"[") else "xml"
        return Held(f"{self._name}-{self._pages}.{extension}", response.body, response.retrieved, response.url)

    def _documents(self, asks: tuple[Ask, ...]) -> Iterator[Piece]:
        """Fetch single documents side by side; one that is archived already or came before is not fetched again."""
        self._numbers.update(ask.number or ask.url for ask in asks)
        wanted = [one for one in asks if (one.number or one.url) not in self._have and not self._in_archive(one)]
        in_a_row = 0
        for ask, came in fetched(self._source.fetcher, wanted):
            number = ask.number or ask.url
            if isinstance(came, FetchError):
                self._missing[number] = came
                in_a_row += 1
                if in_a_row == IN_A_ROW:
                    raise came
            else:
                in_a_row = 0
                self._have.add(number)
                name = f"{ask.number}.xml" if ask.number else urlsplit(came.url).path.rpartition("/")[2]
                yield Held(name, came.body, came.retrieved, ask.url)

    def _in_archive(self, ask: Ask) -> bool:
        if self._source.again:
            return False
        query = "SELECT 1 FROM documents WHERE retrieved_from = ? AND container_sha256 IS NULL"
        found = self._archive.execute(query, (ask.url,)).fetchone() is not None
        if found:
            self._archived.add(ask.number or ask.url)
        return found

    def _all_packages(self, asks: tuple[Ask, ...]) -> Iterator[Piece]:
        for ask in asks:
            yield from self._packages.brought(ask)

"""Collecting: what bulletins published, into archive and store.

In: a bulletin and a window of publication days. Out: documents, records and slices, each batch in one transaction; and
what came, as `Brought`.

A slice whose days are settled and that came whole is not asked for again: overlapping windows cost nothing twice. An
interrupted collection goes on where it stood. After `GIVE_UP` slices in a row that failed nothing more is asked: the
server is down (an address where there is nothing is no failure of the server).

>>> Brought("boamp", slices=1, complete=1).line()
'boamp: 1 slice asked for, 1 complete; nothing new: it brought 0 documents'
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from beffroi.batch import Mark
from beffroi.collect.alone import collecting
from beffroi.collect.answers import understood
from beffroi.collect.gather import Source, gather
from beffroi.collect.local import answered
from beffroi.collect.stream import stream
from beffroi.errors import Stopped, UsageError
from beffroi.store.load import Report, load_pieces
from beffroi.store.slices import Begun, Ended, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from beffroi.batch import Piece
    from beffroi.bulletins.bulletin import Slice, Window
    from beffroi.fetch import Response
    from beffroi.store import Store
    from beffroi.store.load import Prepared
    from beffroi.store.slices import Row

__all__ = ["Brought", "Source", "collect"]

GIVE_UP = 3
WIDTH = 3
"""Slices fetched side by side, where manners allow as many requests at once."""


class Brought(msgspec.Struct):
    """What a collection brought.

    `slices` were asked for: `complete`, `short`, `failed`, or `open` where the collection was interrupted; those that
    were whole already (`settled`) are not asked for again. `wrong` holds a sentence for each that is not complete.
    `announced` and `received` count records of the slices asked for, `loaded` is what the load did.
    """

    source: str
    since: str = ""
    until: str = ""
    slices: int = 0
    settled: int = 0
    complete: int = 0
    short: int = 0
    failed: int = 0
    open: int = 0
    requests: int = 0
    announced: int = 0
    received: int = 0
    wrong: list[str] = []
    loaded: Report = msgspec.field(default_factory=Report)

    def line(self) -> str:
        """Return the summary on one line."""
        asked = f"{self.source}: {self.slices:,} slice{'' if self.slices == 1 else 's'} asked for"
        if self.settled:
            asked += f" ({self.settled:,} whole already)"
        states = (f"{count:,} {name}" for count, name in self._states() if count)
        told = ", ".join((asked, *states))
        if not self.loaded.documents:
            return f"{told}; nothing new: it brought 0 documents"
        return f"{told}; {self.received:,} received of {self.announced:,} announced; {self.loaded.line()}"

    def _states(self) -> tuple[tuple[int, str], ...]:
        return ((self.complete, "complete"), (self.short, "short"), (self.failed, "failed"), (self.open, "interrupted"))

    def add(self, one: Row) -> None:
        """Count a slice as it stands."""
        self.slices += 1
        setattr(self, one.state, getattr(self, one.state) + 1)
        self.announced += one.announced if one.announced is not None else one.received
        self.received += one.received
        if one.why is not None:
            self.wrong.append(f"{one.source} {one.key}: {one.state}: {one.why}")


def collect(  # noqa: PLR0913 - those after * are options
    store: Store,
    source: Source,
    window: Window,
    *,
    way: str | None = None,
    jobs: int | None = None,
    told: Callable[[Prepared], None] = lambda _: None,
) -> Brought:
    """Collect what a bulletin published in a window.

    Raises FetchError where not even its calendar can be had, UsageError for a way it has not, and where another process
    collects it.
    """
    ways = source.bulletin.BULLETIN.ways
    if way is not None and way not in ways:
        raise UsageError(f"{source.name} cannot be collected via {way}; its ways are {', '.join(ways)}")
    brought = Brought(source.name, window.since.isoformat(), window.until.isoformat())
    asked: list[str] = []
    slices = _wanted(store, source, _slices(source, window, way or ways[0]), brought)
    width = min(WIDTH, source.fetcher.manners.concurrency)
    flow = _watched(source, stream(slices, lambda piece: gather(source, piece), width=width), asked, brought)
    with collecting(store.home, source.name):
        try:
            brought.loaded = load_pieces(store.connection, store.home, flow, jobs=jobs, told=told)
        finally:
            source.fetcher.stop()
    for key in asked:
        one = row(store.connection, source.name, key)
        if one is not None:
            brought.add(one)
    brought.requests = source.fetcher.requests
    return brought


def _slices(source: Source, window: Window, way: str) -> Iterator[Slice]:
    """Return the slices of a window, the calendars they depend on being asked for first."""

    def known(*answers: Response) -> tuple[Slice, ...]:
        url = answers[0].url if answers else source.name
        return understood(url, lambda: tuple(source.bulletin.slices(window, way, answers)))

    asks = source.bulletin.calendars(window, way, source.addresses)
    return iter(known(*(answered(source.fetcher, ask, known) for ask in asks)))


def _wanted(store: Store, source: Source, slices: Iterator[Slice], brought: Brought) -> Iterator[Slice]:
    """Return the slices to ask for: those that are settled and whole are passed over and counted."""
    promise = source.bulletin.BULLETIN.promise
    for piece in slices:
        known = None if source.again else row(store.connection, source.name, source.key(piece))
        if known is not None and promise is not None and settled(known, promise.settles):
            brought.settled += 1
        else:
            yield piece


def settled(known: Row, days: int) -> bool:
    """Return whether a slice came whole so many days after the last day it covers that nothing more will come."""
    if known.state != "complete" or known.ended is None:
        return False
    return date.fromisoformat(known.ended[:10]) >= date.fromisoformat(known.until) + timedelta(days)


def _watched(
    source: Source, flow: Iterator[Piece | Mark], asked: list[str], brought: Brought
) -> Iterator[Piece | Mark]:
    """Return the flow, noting which slices were begun.

    It ends after `GIVE_UP` slices in a row that failed, and where the fetcher is stopped: what came is loaded.
    """
    in_a_row = 0
    try:
        for one in flow:
            if isinstance(one, Mark) and isinstance(one.value, Begun):
                asked.append(one.value.key)
            yield one
            if isinstance(one, Mark) and isinstance(one.value, Ended):
                in_a_row = in_a_row + 1 if one.value.failed is not None and not one.value.absent else 0
                if in_a_row == GIVE_UP:
                    brought.wrong.append(f"{source.name}: {GIVE_UP} slices in a row failed: nothing more was asked")
                    return
    except Stopped:
        return

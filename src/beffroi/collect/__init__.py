"""Collecting: what bulletins published, into archive and store.

In: a bulletin and a window of publication days. Out: documents, records and slices, each batch in one transaction; and
what came, as `Brought`.

What is asked for, counted and begun again as one is a slice: a day, an issue, a package. One whose days are settled and
that came whole is not asked for again: overlapping windows cost nothing twice. An interrupted collection goes on where
it stood. After `GIVE_UP` slices in a row that failed nothing more is asked: the server is down (an address where there
is nothing is no failure of the server).

>>> Brought("boamp", "2026-09-01", "2026-09-05", days=5, whole=5, settled=5).line("en")
'boamp, 2026-09-01 to 2026-09-05: 5 of 5 days whole; all collected before, nothing new asked for'
"""

from __future__ import annotations

from datetime import date, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from beffroi.batch import Mark
from beffroi.bulletins.bulletin import Window
from beffroi.collect.alone import collecting
from beffroi.collect.answers import understood
from beffroi.collect.brought import Brought, Step
from beffroi.collect.gather import Announced, Source, gather
from beffroi.collect.local import answered
from beffroi.collect.stream import stream
from beffroi.errors import Stopped, UsageError
from beffroi.store.load import load_pieces
from beffroi.store.slices import Begun, Ended, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from beffroi.batch import Piece
    from beffroi.bulletins.bulletin import Slice
    from beffroi.fetch import Response
    from beffroi.store import Store
    from beffroi.store.load import Prepared
    from beffroi.store.slices import Row

__all__ = ["Brought", "Source", "Step", "collect"]

GIVE_UP = 3
WIDTH = 3
"""Slices fetched side by side, where manners allow as many requests at once."""


def collect(  # noqa: PLR0913 - those after * are options
    store: Store,
    source: Source,
    window: Window,
    *,
    way: str | None = None,
    jobs: int | None = None,
    told: Callable[[Prepared], None] = lambda _: None,
    steps: Callable[[Step], None] = lambda _: None,
) -> Brought:
    """Collect what a bulletin published in a window; `told` hears of each document, `steps` of each slice begun.

    Raises FetchError where not even its calendar can be had, UsageError for a way it has not, and where another process
    collects it.
    """
    ways = source.bulletin.BULLETIN.ways
    if way is not None and way not in ways:
        raise UsageError(f"{source.name} cannot be collected via {way}; its ways are {', '.join(ways)}")
    began = monotonic()
    brought = Brought(source.name, window.since.isoformat(), window.until.isoformat())
    asked: list[str] = []
    wanted = list(_wanted(store, source, _slices(source, window, way or ways[0]), brought))
    width = min(WIDTH, source.fetcher.manners.concurrency)
    flow = stream(iter(wanted), lambda piece: gather(source, piece), width=width)
    watched = _watched(source, _stepped(flow, len(wanted), steps), asked, brought)
    with collecting(store.home, source.name):
        try:
            brought.loaded = load_pieces(store.connection, store.home, watched, jobs=jobs, told=told)
        finally:
            source.fetcher.stop()
    whole = {key for key in asked if (one := row(store.connection, source.name, key)) and brought.add(one)}
    brought.left = len(wanted) - len(asked)
    if not source.bulletin.BULLETIN.given:
        lacking = {day for one in wanted if source.key(one) not in whole for day in Window(one.since, one.until).days()}
        days = set(window.days())
        brought.days, brought.whole = len(days), len(days - lacking)
    brought.requests, brought.seconds = source.fetcher.requests, round(monotonic() - began, 1)
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


def _stepped(flow: Iterator[Piece | Mark], of: int, steps: Callable[[Step], None]) -> Iterator[Piece | Mark]:
    """Return the flow, telling where it stands; what a source announces is for those who watch and goes no further."""
    step = Step(0, of)
    for one in flow:
        if isinstance(one, Mark) and isinstance(one.value, Begun):
            step = Step(step.number + 1, of, one.value.since, one.value.until)
            steps(step)
        if isinstance(one, Mark) and isinstance(one.value, Announced):
            steps(step._replace(announced=one.value.total))
        else:
            yield one


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
                    brought.wrong.append(f"{source.name}: failed {GIVE_UP} times in a row: nothing more was asked for")
                    return
    except Stopped:
        return

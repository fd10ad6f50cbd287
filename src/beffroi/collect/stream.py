"""Slices fetched side by side, in the order of their days.

In: slices, and what fetches one. Out: their pieces, all of one slice before those of the next. While one is loaded the
next are being fetched; their number and what waits of each are bounded.

>>> list(stream(iter("ab"), lambda one: iter([one, one + "!"]), width=2))
['a', 'a!', 'b', 'b!']
"""

from __future__ import annotations

from collections import deque
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from beffroi.collect.channel import Channel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from beffroi.batch import Mark, Piece

WAITING = 4
"""Pieces that wait for the loader, of each slice: a page is about a megabyte."""

T = TypeVar("T")


def stream(slices: Iterator[T], gather: Callable[[T], Iterator[Piece | Mark]], *, width: int) -> Iterator[Piece | Mark]:
    """Return the pieces of all slices in order, `width` slices being fetched at once; raises what a thread raised."""
    flying: deque[Channel] = deque()
    try:
        while True:
            while len(flying) < width and (piece := next(slices, None)) is not None:
                flying.append(_begun(piece, gather))
            if not flying:
                return
            yield from flying[0]
            flying.popleft()
    finally:
        for channel in flying:
            channel.abandon()


def _begun(piece: T, gather: Callable[[T], Iterator[Piece | Mark]]) -> Channel:
    channel = Channel(WAITING)
    Thread(target=_fill, args=(channel, piece, gather), daemon=True).start()
    return channel


def _fill(channel: Channel, piece: T, gather: Callable[[T], Iterator[Piece | Mark]]) -> None:
    error: BaseException | None = None
    try:
        for one in gather(piece):
            if not channel.put(one):
                return
    except BaseException as raised:  # noqa: BLE001 - raised again by whoever reads the channel
        error = raised
    finally:
        channel.close(error)

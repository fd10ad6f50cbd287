"""A bounded way from a thread that fetches to the one that loads.

In: pieces, put by one thread. Out: the same, in order, to another; at most a few wait between them, and of many bytes
no second one, so that memory does not grow with what is collected.

>>> channel = Channel(1)
>>> channel.put("a")
True
>>> channel.close(None)
>>> list(channel)
['a']
"""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.batch import Mark, Piece


HEAVY = 16 * 1024 * 1024
"""Bytes that wait, beyond which nothing is added: a page is about a megabyte, a document may be 256."""


class Channel:
    """Pieces on their way; `close` ends it, with the error that ended the work, `abandon` when nobody listens."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: deque[Piece | Mark] = deque()
        self._changed = Condition()
        self._weight = 0
        self._closed = False
        self._abandoned = False
        self._error: BaseException | None = None

    def put(self, piece: Piece | Mark) -> bool:
        """Add a piece, waiting for room; return False where nobody listens any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or self._room())
            if self._abandoned:
                return False
            self._waiting.append(piece)
            self._weight += _weight(piece)
            self._changed.notify_all()
            return True

    def _room(self) -> bool:
        return len(self._waiting) < self._most and self._weight < HEAVY

    def close(self, error: BaseException | None) -> None:
        """Say that nothing follows."""
        with self._changed:
            self._closed, self._error = True, error
            self._changed.notify_all()

    def abandon(self) -> None:
        """Say that nobody listens any more."""
        with self._changed:
            self._abandoned = True
            self._changed.notify_all()

    def __iter__(self) -> Iterator[Piece | Mark]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or bool(self._waiting))
                if not self._waiting:
                    if self._error is not None:
                        raise self._error
                    return
                piece = self._waiting.popleft()
                self._weight -= _weight(piece)
                self._changed.notify_all()
            yield piece


def _weight(piece: Piece | Mark) -> int:
    """Return the bytes a piece holds in memory; a file on disk and a mark hold none."""
    held: bytes = getattr(piece, "data", b"")
    return len(held)

"""What a server saw: every request with its times, and how polite its clients were.

In: requests. Out: `Politeness`.
"""

from __future__ import annotations

import time
from itertools import pairwise
from threading import Lock
from typing import NamedTuple


class Seen(NamedTuple):
    """One request: what was asked, by whom, what it was answered; `began` and `ended` in seconds (monotonic)."""

    method: str
    target: str
    agent: str
    headers: dict[str, str]
    status: int
    fault: str | None
    began: float
    ended: float


class Politeness(NamedTuple):
    """The most requests under way at once, the least seconds between two beginnings, and who asked.

    `intervals` are the seconds between each two beginnings.
    """

    requests: int
    most_at_once: int
    shortest_interval: float | None
    agents: tuple[str, ...]
    faults: int
    intervals: tuple[float, ...] = ()


class Recorder:
    """Keeps what a server saw; a request has ended just before the last byte of its answer leaves."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: list[Seen] = []
        self._begun: list[float] = []
        self._open = self._most = 0

    def begin(self) -> float:
        """Return the moment a request begins."""
        with self._lock:
            self._open += 1
            self._most = max(self._most, self._open)
            self._begun.append(now := time.monotonic())
            return now

    def end(self, seen: Seen) -> None:
        """Take note that a request ended."""
        with self._lock:
            self._open -= 1
            self._seen.append(seen._replace(ended=time.monotonic()))

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._seen, self._begun, self._most = [], [], self._open

    @property
    def seen(self) -> list[Seen]:
        """The requests answered so far, in the order of their endings.

        A client that leaves before the end of an answer may be heard of later: to count requests, ask `politeness`.
        """
        with self._lock:
            return list(self._seen)

    def politeness(self) -> Politeness:
        """Return how polite the clients were so far."""
        with self._lock:
            between = [after - before for before, after in pairwise(self._begun)]
            agents = tuple(sorted({one.agent for one in self._seen}))
            faults = sum(one.fault is not None for one in self._seen)
            shortest = min(between, default=None)
            return Politeness(len(self._begun), self._most, shortest, agents, faults, tuple(between))

"""A clock that does not wait: it notes what it was asked to sleep, and goes on at once."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from beffroi.fetch import Clock

if TYPE_CHECKING:
    from threading import Event


class Quick(Clock):
    """Time passes as it does, and by every sleep at once; chance is always the greatest."""

    def __init__(self, now: str = "2026-09-11T10:00:00Z") -> None:
        self.slept: list[float] = []
        self._now, self._ahead, self._lock = now, 0.0, Lock()

    def now(self) -> str:
        return self._now

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead

    def sleep(self, seconds: float, woken: Event) -> None:
        del woken
        with self._lock:
            self.slept.append(seconds)
            self._ahead += seconds

    def random(self) -> float:
        return 1.0

"""The pace at which one host is asked, whatever the number of threads.

In: turns asked for. Out: turns given: at most so many at once, so many seconds between two beginnings, and none while
the host asks us to wait.

>>> from threading import Event
>>> from beffroi.fetch.ask import Manners
>>> from beffroi.fetch.clock import Clock
>>> pace = Pace("example.org", Manners(concurrency=1), Clock(), stopped=Event(), told=print)
>>> with pace.turn() as turn:
...     turn.begun()
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING

from beffroi.errors import Stopped, Unavailable
from beffroi.fetch.waits import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    from beffroi.fetch.ask import Manners
    from beffroi.fetch.clock import Clock


class Turn:
    """Leave to send one request. `begun()` says that it left: the interval to the next counts from then."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._pending = True

    def begun(self) -> None:
        """Say that the request left; said once more, it changes nothing."""
        if self._pending:
            self._pending = False
            self._pace.count_from_now()


class Pace:
    """The turns of one host; every method may be called by any thread."""

    def __init__(
        self, host: str, manners: Manners, clock: Clock, *, stopped: Event, told: Callable[[str], None]
    ) -> None:
        self._host, self._manners, self._clock = host, manners, clock
        self._stopped, self._told = stopped, told
        self._changed = Condition()
        self._under_way = 0
        self._leaving = False
        self._earliest = self._held = float("-inf")
        """The moment before which no request begins: by the interval, and by what the host asks."""

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Wait for a turn and hold it; raises Unavailable beyond our patience, Stopped when we are to stop."""
        self._take()
        turn = Turn(self)
        try:
            yield turn
        finally:
            turn.begun()
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def hold(self, seconds: float) -> None:
        """Let nobody begin for so many seconds: the host asks it."""
        with self._changed:
            now = self._clock.monotonic()
            known = self._held > now
            self._held = max(self._held, now + seconds)
        if not known:
            self._told(f"{self._host} asks us to wait {spoken(seconds)}")

    def wake(self) -> None:
        """Let those who wait for a turn see that we are to stop."""
        with self._changed:
            self._changed.notify_all()

    def count_from_now(self) -> None:
        """Count the interval to the next beginning from now."""
        if self._manners.interval:
            with self._changed:
                self._leaving = False
                self._earliest = self._clock.monotonic() + self._manners.interval
                self._changed.notify_all()

    def _take(self) -> None:
        while (wait := self._tried()) > 0:
            self._clock.sleep(wait, self._stopped)

    def _tried(self) -> float:
        """Take a turn and return 0, or return the seconds after which to try again."""
        with self._changed:
            while self._leaving or self._under_way >= self._manners.concurrency:
                self._check()
                self._changed.wait()
            self._check()
            wait = max(self._earliest, self._held) - self._clock.monotonic()
            if wait > 0:
                return self._patient(wait)
            self._under_way += 1
            self._leaving = self._manners.interval > 0
            return 0.0

    def _patient(self, wait: float) -> float:
        """Return the wait, unless the host asks for one beyond our patience."""
        if self._held > self._earliest and wait > self._manners.patience:
            raise Unavailable(
                f"{self._host} asks us to wait {spoken(wait)}, longer than the {spoken(self._manners.patience)} "
                "we wait at most; ask again after that"
            )
        return wait

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Stopped(f"{self._host}: not asked, for we were told to stop")

"""Time and chance, as the fetcher asks for them; tests bring their own.

In: nothing. Out: the time, waiting, random numbers.

>>> len(Clock().now())
20
"""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Event


class Clock:
    """The real clock."""

    def now(self) -> str:
        """Return the time: UTC, ISO 8601, to the second, with Z."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float, woken: Event) -> None:
        """Wait so many seconds, or less where the event is set."""
        woken.wait(seconds)

    def random(self) -> float:
        """Return a number from 0 to 1, for jitter."""
        return random.random()  # noqa: S311 - it spreads requests, it guards nothing

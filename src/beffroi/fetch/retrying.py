"""Asking again: which failures, how often, after how long.

In: manners. Out: a tenacity `Retrying`, one for all threads (it keeps its state by thread).

>>> from threading import Event
>>> from beffroi.fetch.ask import Ask, Manners
>>> from beffroi.fetch.clock import Clock
>>> again = retrying(Manners(attempts=2, first_wait=0), Clock(), stopped=Event(), told=print)
>>> def broken(ask: Ask) -> None:
...     raise Trouble("500 Internal Server Error")
>>> again(broken, Ask("https://example.org/a"))
Traceback (most recent call last):
beffroi.errors.Unavailable: https://example.org/a: given up after 2 attempts, the last: 500 Internal Server Error
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from beffroi.errors import Garbled, Stopped, Unavailable
from beffroi.fetch.verdict import Trouble
from beffroi.fetch.waits import spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from tenacity import RetryCallState, Retrying

    from beffroi.fetch.ask import Manners
    from beffroi.fetch.clock import Clock


def retrying(manners: Manners, clock: Clock, *, stopped: Event, told: Callable[[str], None]) -> Retrying:
    """Return what calls a function of an `Ask` until it succeeds; raises Unavailable after the last attempt."""
    from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

    def wait(state: RetryCallState) -> float:
        return backoff(manners, state.attempt_number, clock.random(), asked=getattr(_error(state), "asked", None))

    def sleep(seconds: float) -> None:
        if seconds > 0:
            clock.sleep(seconds, stopped)
        if stopped.is_set():
            raise Stopped("not asked again, for we were told to stop")

    def tell(state: RetryCallState) -> None:
        pause = f" in {spoken(state.upcoming_sleep)}" if state.upcoming_sleep else ""
        told(f"{state.args[0].url}: attempt {state.attempt_number + 1} of {manners.attempts}{pause}: {_error(state)}")

    return Retrying(
        retry=retry_if_exception_type((Trouble, Garbled)),
        stop=stop_after_attempt(manners.attempts),
        wait=wait,
        sleep=sleep,
        before_sleep=tell,
        retry_error_callback=_given_up,
    )


def backoff(manners: Manners, attempt: int, chance: float, *, asked: float | None = None) -> float:
    """Return the seconds between an attempt (the first is 1) and the next one.

    The wait doubles each time, less up to a half by chance, so that clients which failed together do not come back
    together. Where the server asks for at least as much, its host's pace waits and nothing is added here.

    >>> from beffroi.fetch.ask import Manners
    >>> [backoff(Manners(), n, 1.0) for n in (1, 2, 3, 20)], backoff(Manners(), 3, 0.0)
    ([1.0, 2.0, 4.0, 120.0], 2.0)
    """
    doubled = min(manners.first_wait * 2 ** min(attempt - 1, 60), manners.longest_wait)
    wait = doubled * (1 + chance) / 2
    return 0.0 if asked is not None and asked >= wait else wait


def _given_up(state: RetryCallState) -> NoReturn:
    count = f"{state.attempt_number} attempts" if state.attempt_number > 1 else "1 attempt"
    error = _error(state)
    raise Unavailable(f"{state.args[0].url}: given up after {count}, the last: {error}") from error


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome is not None else None

"""Rounds: every source collected in turn, until stopped; then what health says that it did not say before.

In: names, settings, how a source is opened. Out: a line of facts a source. A source that fails harms no other. `stop`
may be called by any thread: what has come is loaded, the slice under way stays open and is asked for again next time.

>>> Stopper().stopped
False
"""

from __future__ import annotations

from threading import Event, Lock
from typing import TYPE_CHECKING

import msgspec

from beffroi.batch import fault
from beffroi.collect import Brought, collect
from beffroi.collect.following import following
from beffroi.collect.health import health
from beffroi.collect.opening import opened
from beffroi.errors import BeffroiError
from beffroi.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from beffroi.collect.brought import Lang
    from beffroi.collect.gather import Source
    from beffroi.collect.health import Finding
    from beffroi.settings import Settings
    from beffroi.store.load import Prepared


class Failed(msgspec.Struct):
    """A source that could not be collected, and why, in one sentence."""

    source: str
    failed: str

    def line(self, lang: Lang) -> str:
        """Return it as one line; the reason is in English, as every message of an error is."""
        return f"{self.source}: failed: {self.failed}" if lang == "en" else f"{self.source} : échec : {self.failed}"


class Stopper:
    """Ends what is under way, and what would follow."""

    def __init__(self) -> None:
        self._event = Event()
        self._lock = Lock()
        self._source: Source | None = None

    @property
    def stopped(self) -> bool:
        """Whether an end was asked for."""
        return self._event.is_set()

    def stop(self) -> None:
        """Ask for an end."""
        self._event.set()
        with self._lock:
            if self._source is not None:
                self._source.fetcher.stop()

    def wait(self, seconds: float) -> bool:
        """Wait; return at once, and True, when an end is asked for."""
        return self._event.wait(seconds)

    def begin(self, source: Source) -> None:
        """Take note of the source being collected: it is stopped with us."""
        with self._lock:
            self._source = source
            if self.stopped:
                source.fetcher.stop()


class Rounds:
    """Collects the same sources again and again."""

    def __init__(
        self,
        names: Sequence[str],
        settings: Settings,
        stopper: Stopper,
        *,
        jobs: int | None = None,
        told: Callable[[Prepared], None] = lambda _: None,
    ) -> None:
        self._names, self._settings, self._stopper = tuple(names), settings, stopper
        self._jobs, self._told = jobs, told
        self._known: frozenset[tuple[str, ...]] = frozenset()

    def collected(self, today: date) -> Iterator[Brought | Failed]:
        """Return what each source brought, as soon as it has; nothing more once an end was asked for."""
        for name in self._names:
            if self._stopper.stopped:
                return
            yield self._one(name, today)

    def _one(self, name: str, today: date) -> Brought | Failed:
        try:
            source = opened(name, self._settings)
            self._stopper.begin(source)
            with Store.open(self._settings.home, create=True) as store, source.fetcher:
                window = following(store, source.bulletin.BULLETIN, today)
                return collect(store, source, window, jobs=self._jobs, told=self._told)
        except BeffroiError as error:
            return Failed(name, str(error))
        except OSError as error:  # a full disk, a folder that may not be written
            return Failed(name, ": ".join(str(one) for one in (error.filename, error.strerror) if one))
        except Exception as error:  # noqa: BLE001 - a fault in one bulletin must not cost the others
            return Failed(name, f"a fault of ours ({fault(error)}); please report this")

    def news(self, today: date) -> tuple[Finding, ...]:
        """Return what is wrong and was not the last time."""
        with Store.open(self._settings.home, create=True) as store:
            found = health(store, today).findings
        new = tuple(one for one in found if one.key() not in self._known)
        self._known = frozenset(one.key() for one in found)
        return new

"""Asking servers: politely, again when it fails, within limits.

In: an `Ask`. Out: what is read of the answer, or a `Download` on disk.

>>> from beffroi.fetch.agent import agent
>>> from beffroi.fetch.ask import Ask, Manners
>>> with Fetcher(["https://example.org"], Manners(), agent=agent(None)) as fetcher:
...     fetcher.get(Ask("http://example.org/a"), lambda response: response.body)
Traceback (most recent call last):
beffroi.errors.Refused: http://example.org/a: not at an address that may be asked (https://example.org)
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from beffroi.errors import Garbled, Stopped
from beffroi.fetch.ask import Response
from beffroi.fetch.body import body
from beffroi.fetch.clock import Clock
from beffroi.fetch.download import Part, brought
from beffroi.fetch.retrying import retrying
from beffroi.fetch.wire import Request, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import Self

    from beffroi.fetch.ask import Ask, Download, Manners
    from beffroi.fetch.wire import Incoming

T = TypeVar("T")


def _silent(_: str) -> None:
    """Say nothing."""


def _content(_: Path, __: str) -> None:
    """Find nothing wrong with a package."""


class Fetcher:
    """Asks the servers at `origins` with these manners; every method may be called by any thread.

    `told` hears one sentence for each wait a host asks for and each attempt that follows a failure.
    """

    def __init__(
        self,
        origins: Iterable[str],
        manners: Manners,
        *,
        agent: str,
        clock: Clock | None = None,
        told: Callable[[str], None] = _silent,
    ) -> None:
        self.manners, self._agent = manners, agent
        self.clock = clock or Clock()
        self._wire = Wire(origins, manners, self.clock, told=told)
        self._lock = Lock()
        self._bringing: dict[Path, Lock] = {}
        self._retrying = retrying(manners, self.clock, stopped=self._wire.stopped, told=told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def requests(self) -> int:
        """How many requests were sent, attempts and redirects included."""
        return self._wire.requests

    def get(self, ask: Ask, parse: Callable[[Response], T]) -> T:
        """Return what `parse` makes of the answer; where it raises Garbled, it is asked again.

        Raises NotThere, Refused, Oversized at once, Unavailable after the last attempt, Stopped.
        """
        parsed: T = self._retrying(self._got, ask, parse)
        return parsed

    def download(
        self,
        ask: Ask,
        folder: Path,
        *,
        known: Mapping[str, str] | None = None,
        check: Callable[[Path, str], None] = _content,
    ) -> Download | None:
        """Return the package, whole, in `folder`; None where the server says it is still the one we know.

        `known` are `etag` and `last-modified` of `Download.headers` of an earlier time. What an interruption leaves
        (`….part`) is gone on with the next time, if the server still has the same. Where `check` (of the file and its
        address) raises Garbled, it is asked again. Raises as `get` does.
        """
        part = Part(folder, ask)
        with self._alone(part.path):
            return self._retrying(self._brought, ask, part, known or {}, check)

    def wait(self, seconds: float) -> None:
        """Wait between two attempts at what several requests bring; raises Stopped."""
        self.clock.sleep(seconds, self._wire.stopped)
        if self._wire.stopped.is_set():
            raise Stopped("nothing more is asked: we were told to stop")

    def stop(self) -> None:
        """Wake everyone who waits: this and every later call raises Stopped."""
        self._wire.stop()

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def _got(self, ask: Ask, parse: Callable[[Response], T]) -> T:
        def read(incoming: Incoming) -> Response:
            answer = incoming.response
            whole = body(answer, incoming.pulse, self.manners.most_bytes)
            return Response(str(answer.url), answer.status_code, dict(answer.headers), whole, self.clock.now())

        return parse(self._wire.asked(Request(ask.url, ask.body, self._headers(ask, "gzip")), read))

    def _brought(
        self, ask: Ask, part: Part, known: Mapping[str, str], check: Callable[[Path, str], None]
    ) -> Download | None:
        headers = {**self._headers(ask, "identity"), **part.conditions(known)}
        request = Request(ask.url, ask.body, headers, also=frozenset({206, 304, 416}))
        new = self._wire.asked(request, lambda incoming: brought(incoming, part, self.manners.most_download))
        if not new:
            return None
        came = part.finished(self.clock.now())
        try:
            check(came.path, came.url)
        except Garbled:
            came.path.unlink()
            raise
        return came

    def _alone(self, path: Path) -> Lock:
        """Return the lock that lets one thread at a time bring a package."""
        with self._lock:
            return self._bringing.setdefault(path, Lock())

    def _headers(self, ask: Ask, encoding: str) -> dict[str, str]:
        headers = {"User-Agent": self._agent, "Accept": ask.accept, "Accept-Encoding": encoding}
        return headers if ask.body is None else {**headers, "Content-Type": "application/json"}

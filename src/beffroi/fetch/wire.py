"""One request on the wire, its redirects followed by hand; the only place that opens connections.

In: a `Request`. Out: what a reader makes of the answer, while the host's turn is held.

Certificates are verified, environment proxies (HTTPS_PROXY) honoured; no cookie is kept, no password sent.

>>> from beffroi.fetch.ask import Manners
>>> from beffroi.fetch.clock import Clock
>>> with Wire(["https://example.org"], Manners(), Clock(), told=print) as wire:
...     wire.asked(Request("https://other.example/"), lambda incoming: None)
Traceback (most recent call last):
beffroi.errors.Refused: https://other.example/: not at an address that may be asked (https://example.org)
"""

from __future__ import annotations

from threading import Event, Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from beffroi.errors import FetchError, Refused, Stopped
from beffroi.fetch.body import Pulse, beginning
from beffroi.fetch.lines import Lines
from beffroi.fetch.origins import Origins
from beffroi.fetch.pace import Pace, Turn
from beffroi.fetch.verdict import Trouble, judged, succeeded
from beffroi.fetch.waits import asked, exhausted, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self

    import httpx

    from beffroi.fetch.ask import Manners
    from beffroi.fetch.clock import Clock

T = TypeVar("T")

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEPS_QUESTION = frozenset({307, 308})


class Request(NamedTuple):
    """What is sent: a POST where there is a body. `also`: statuses the reader takes besides those that succeed."""

    url: str
    body: bytes | None = None
    headers: Mapping[str, str] = {}
    also: frozenset[int] = frozenset()


class Incoming(NamedTuple):
    """An answer whose body is still to be read, and what watches the reading."""

    response: httpx.Response
    pulse: Pulse


class Moved(NamedTuple):
    """Where a redirect leads."""

    url: httpx.URL


class Wire:
    """Sends requests at the pace of their hosts; every method may be called by any thread."""

    def __init__(self, origins: Iterable[str], manners: Manners, clock: Clock, *, told: Callable[[str], None]) -> None:
        self.stopped = Event()
        self.requests = 0
        self._manners, self._clock, self._told = manners, clock, told
        self._origins = Origins(origins)
        self._paces: dict[str, Pace] = {}
        self._lines = Lines()
        self._lock = Lock()
        self._client = _client(manners, secure=self._origins.secure)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def asked(self, request: Request, read: Callable[[Incoming], T]) -> T:
        """Return what `read` makes of the answer, redirects followed.

        Raises Trouble for what may pass, NotThere and Refused for what will not, Unavailable beyond our patience.
        """
        url = self._origins.checked(request.url)
        met = {url}
        while isinstance(answer := self._sent(request, url, read), Moved):
            url = answer.url
            if url in met:
                raise Refused(f"{request.url}: redirected in a circle")
            if len(met) > MOST_REDIRECTS:
                raise Refused(f"{request.url}: redirected more than {MOST_REDIRECTS} times")
            met.add(url)
        return answer

    def stop(self) -> None:
        """Wake all who wait, for a turn or for an answer, and send nothing more."""
        self.stopped.set()
        with self._lock:
            paces = list(self._paces.values())
        for pace in paces:
            pace.wake()
        self._lines.cut()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _sent(self, request: Request, url: httpx.URL, read: Callable[[Incoming], T]) -> T | Moved:
        """Send one request in a turn of its host; return what `read` makes of the answer, or where it moved."""
        import httpx

        pace = self._pace(url.netloc.decode("ascii"))
        with pace.turn() as turn:
            with self._lock:
                self.requests += 1
            try:
                response = self._client.send(self._made(request, url, turn), stream=True)
                try:
                    return self._taken(request, Incoming(response, self._pulse()), pace, read)
                finally:
                    response.close()
            except httpx.TransportError as error:
                if self.stopped.is_set():
                    raise Stopped(f"{url}: its answer was not waited for, for we were told to stop") from error
                raise _failure(url, error, self._manners) from error
            except httpx.InvalidURL as error:
                raise Refused(f"{url}: redirects to what is no address ({error})") from error

    def _made(self, request: Request, url: httpx.URL, turn: Turn) -> httpx.Request:
        import httpx

        def heard(event: str, told: Mapping[str, object]) -> None:
            if event == "http11.send_request_body.complete":
                turn.begun()
            self._lines.heard(event, told)

        method = "GET" if request.body is None else "POST"
        extensions = {"trace": heard}
        return httpx.Request(method, url, headers=request.headers, content=request.body, extensions=extensions)

    def _taken(self, request: Request, incoming: Incoming, pace: Pace, read: Callable[[Incoming], T]) -> T | Moved:
        response, now = incoming.response, self._clock.now()
        if "x-ratelimit-remaining" in response.headers:
            pace.hold(exhausted(response.headers, now) or 0.0)
        if succeeded(response.status_code) or response.status_code in request.also:
            return read(incoming)
        message = beginning(response, incoming.pulse)
        if response.status_code in _REDIRECTS:
            return self._moved(request, response)
        error = judged(str(response.url), response.status_code, response.headers, message)
        if isinstance(error, Trouble) and (wait := asked(response.headers, now)):
            error.asked = wait
            pace.hold(wait)
        raise error

    def _moved(self, request: Request, response: httpx.Response) -> Moved:
        if "location" not in response.headers:
            raise Refused(f"{response.url}: redirects without saying where")
        if request.body is not None and response.status_code not in _KEEPS_QUESTION:
            raise Refused(f"{response.url}: redirects a question so that it would be lost ({response.status_code})")
        return Moved(self._origins.moved(response.url, response.headers["location"]))

    def _pulse(self) -> Pulse:
        return Pulse(self._manners, self._clock, self.stopped)

    def _pace(self, host: str) -> Pace:
        with self._lock:
            pace = self._paces.get(host)
            if pace is None:
                pace = Pace(host, self._manners, self._clock, stopped=self.stopped, told=self._told)
                self._paces[host] = pace
            return pace


def _client(manners: Manners, *, secure: bool) -> httpx.Client:
    """Return the HTTP client: connections kept as long as a pace may need them.

    Requests are not built by it but beside it, so that none of its cookies and defaults enters them.
    Where no origin is `secure`, no authority is loaded (it takes 50 ms): no certificate at all would be accepted.
    """
    from ssl import PROTOCOL_TLS_CLIENT, SSLContext

    import httpx

    kept = max(30.0, 2 * manners.interval)
    return httpx.Client(
        timeout=httpx.Timeout(manners.read, connect=manners.connect, pool=None),
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=kept),
        verify=True if secure else SSLContext(PROTOCOL_TLS_CLIENT),
        follow_redirects=False,
    )


def _failure(url: httpx.URL, error: httpx.TransportError, manners: Manners) -> FetchError:
    """Return what a failed connection is in our words."""
    import httpx

    reason = _cause(error)
    if reason is not None:
        return Refused(f"{url}: the server's certificate is not valid ({reason})")
    if isinstance(error, httpx.ConnectTimeout):
        return Trouble(f"no connection within {spoken(manners.connect)}")
    if isinstance(error, httpx.TimeoutException):
        return Trouble(f"silent for {spoken(manners.read)}")
    if isinstance(error, httpx.ConnectError):
        return Trouble(f"cannot connect ({error})")
    return Trouble(f"the connection broke ({error or type(error).__name__})")


def _cause(error: BaseException) -> str | None:
    """Return why a certificate was refused, where that is what happened: asking again would not help."""
    from ssl import SSLCertVerificationError

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SSLCertVerificationError):
            return cause.verify_message
        cause = cause.__cause__ or cause.__context__
    return None

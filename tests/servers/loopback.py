"""A server on loopback: a source's server says what it answers, this one adds HTTP and faults.

In: `routes`. Out: real answers on a port of 127.0.0.1.

A source's server overrides `routes` and nothing else:

    class Boamp(LoopbackServer):
        def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
            if path == "/api/explore/v2.1/catalog/datasets/boamp/records":
                return Answer.json({"total_count": 0, "results": []})
            return Answer(404)

    if __name__ == "__main__":          # python -m tests.servers.boamp --port 0 --seed 7 --rate 0.2
        main(lambda faults, port: Boamp(faults=faults, port=port))

`query` holds the values of each key in a list. An exception in `routes` becomes a 500 and is kept in `server.broken`,
which leaving the context raises. Around it, without the source's doing anything:

- HTTP/1.1 with keep-alive; gzip where the client accepts it; `ETag` (unless the Answer has one; `etags=False`: none),
  `If-None-Match` and `If-Modified-Since` → 304; `Range` with `If-Range` → 206 or 416;
- faults (`faults.py`): `Boamp(faults=Faults(seed=7, rate=0.2))`. At most `most` in a row for one address, so that
  asking again succeeds; the same seed gives the same faults whatever the threads do;
- a record of what it saw (`record.py`): `server.record.politeness()`, `server.record.seen`; over HTTP
  `GET /-/politeness` (JSON) and `POST /-/forget`, which meet no fault and are not recorded.

In a test: `with Boamp() as server: … server.address …`. In a process of its own it prints its address on one line and
ends with SIGTERM or Ctrl-C.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import signal
import socket
import struct
import time
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.servers.faults import STAND_IN, Faults
from tests.servers.record import Recorder, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

Query = dict[str, list[str]]
MOVED = "/-/moved"
_SHAPING = ("user-agent", "accept-encoding", "range", "if-range", "if-none-match", "if-modified-since")
SMALL = 256
"""Bodies below are not worth compressing."""


class Answer(NamedTuple):
    """What a source's server answers: headers as written, body not encoded."""

    status: int = 200
    headers: Mapping[str, str] = {}
    body: bytes = b""

    @classmethod
    def json(cls, value: Any, status: int = 200, **headers: str) -> Answer:
        """Return an answer in JSON; `retry_after="120"` is the header Retry-After."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, {"Content-Type": "application/json", **named}, json.dumps(value).encode())


class LoopbackServer:
    """A server of 127.0.0.1, running in a thread while its context lasts."""

    def __init__(self, *, faults: Faults | None = None, port: int = 0, etags: bool = True) -> None:
        self.faults, self.etags = faults or Faults(), etags
        self.record, self.broken = Recorder(), list[Exception]()
        self.kept: dict[tuple[object, ...], Answer] | None = None
        """Where it is a dict answers are made once and kept: for timing a client, not what makes the answers."""
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.outer = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
        """Return the true answer to a request."""
        raise NotImplementedError

    def unwelcome(self, headers: Mapping[str, str]) -> Answer | None:  # noqa: ARG002 - a source's to say
        """Return what a client is answered for the headers it sends (names in lower case), whatever it asks."""
        return None

    @property
    def address(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        if self.broken and kind is None:
            raise self.broken[0]

    def unstarted(self) -> None:
        """Give back the port of a server that never answered."""
        self._server.server_close()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def main(made: Callable[[Faults, int], LoopbackServer]) -> None:
    """Run a server as a process: print its address, answer until it is told to end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=0.0, help="probability of a fault")
    parser.add_argument("--wait", type=int, default=0, help="Retry-After of the faults that have one, in seconds")
    taken = parser.parse_args()
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with made(Faults(seed=taken.seed, rate=taken.rate, wait=taken.wait), taken.port) as server:
        print(server.address, flush=True)
        ended.wait()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    outer: LoopbackServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Do not print that a client went away: tests kill clients on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        self._answered()

    def do_POST(self) -> None:
        self._answered()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def _answered(self) -> None:
        outer = self.server.outer
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path in {"/-/politeness", "/-/forget"}:
            self._own()
            return
        began = outer.record.begin()
        target = self.path.removeprefix(MOVED)
        key = f"{self.command} {target} {hashlib.sha256(body).hexdigest() if body else ''}"
        fault = None if self.path.startswith(MOVED) else outer.faults.drawn(key)
        agent = self.headers.get("User-Agent", "")
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(self.command, target, agent, headers, 0, fault, began, 0.0)
        self._faulty(self._kept(target, headers, body), fault, seen)

    def _kept(self, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Return the answer to a request, from those that are kept where that is wanted."""
        kept = self.server.outer.kept
        if kept is None:
            return self._made(target, headers, body)
        key = (self.command, target, body, *(headers.get(name) for name in _SHAPING))
        if key not in kept:
            kept[key] = self._made(target, headers, body)
        return kept[key]

    def _made(self, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        outer = self.server.outer
        try:
            answer = outer.unwelcome(headers) or outer.routes(self.command, urlsplit(target).path, _query(target), body)
        except Exception as error:  # noqa: BLE001 - told to the test when the server closes
            outer.broken.append(error)
            answer = Answer(500, {}, repr(error).encode())
        return self._shaped(answer)

    def _own(self) -> None:
        record = self.server.outer.record
        if self.command == "POST":
            record.forget()
        body = json.dumps(record.politeness()._asdict()).encode()
        self.wfile.write(self._head(200, {"Content-Type": "application/json", "Content-Length": str(len(body))}) + body)

    def _shaped(self, answer: Answer) -> Answer:
        """Return the answer as this request has it: 304, a range, gzip."""
        if answer.status != 200 or self.command != "GET":
            return self._packed(answer)
        headers = dict(answer.headers)
        if self.server.outer.etags:
            headers.setdefault("ETag", f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"')
        if _unchanged({name.lower(): value for name, value in self.headers.items()}, headers):
            return Answer(304, {key: value for key, value in headers.items() if key != "Content-Type"})
        wanted = self.headers.get("Range")
        if wanted is None or self.headers.get("If-Range") not in {
            None,
            headers.get("ETag"),
            headers.get("Last-Modified"),
        }:
            return self._packed(answer._replace(headers=headers))
        return _part(answer._replace(headers=headers), wanted)

    def _packed(self, answer: Answer) -> Answer:
        accepts = "gzip" in self.headers.get("Accept-Encoding", "")
        if not accepts or len(answer.body) < SMALL or "Content-Encoding" in answer.headers:
            return answer
        packed = gzip.compress(answer.body, 1, mtime=0)
        return answer._replace(headers={**answer.headers, "Content-Encoding": "gzip"}, body=packed)

    def _faulty(self, answer: Answer, fault: str | None, seen: Seen) -> None:
        """Send the answer, or what a fault makes of it."""
        faults = self.server.outer.faults
        if fault in {"429", "403", "503"}:
            self._send(Answer(int(fault), {"Retry-After": str(faults.wait)}, b"slow down"), seen)
        elif fault in {"500", "502"}:
            self._send(Answer(int(fault), {}, b"something broke"), seen)
        elif fault == "challenge":
            self._send(Answer(202, {"x-amzn-waf-action": "challenge"}), seen)
        elif fault == STAND_IN:
            self._send(Answer(200, {"Content-Type": "text/html"}, b"<html><p>Maintenance</p></html>"), seen)
        elif fault == "redirect":
            self._send(Answer(307, {"Location": f"{MOVED}{seen.target}"}), seen)
        elif fault == "reset":
            self._reset(seen)
        elif fault in {"cut", "cut chunks"} and len(answer.body) > 1:
            self._cut(answer, seen)
        elif fault in {"cut gzip", "broken gzip"} and answer.body and "gzip" in self.headers.get("Accept-Encoding", ""):
            self._send(_broken(answer, fault), seen)
        elif fault in {"cut gzip", "broken gzip"} and len(answer.body) > 1:
            self._cut(answer, seen)
        else:
            self._send(answer, seen, faults.pause if fault == "slow" else 0.0)

    def _head(self, status: int, headers: Mapping[str, str]) -> bytes:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {status} Some\r\nDate: {self.date_time_string()}\r\n{lines}\r\n".encode("latin-1")

    def _send(self, answer: Answer, seen: Seen, pause: float = 0.0) -> None:
        """Send an answer whole; the request ends before its last byte leaves, for the client may then ask again."""
        bodiless = answer.status in {204, 304}
        length = {} if bodiless else {"Content-Length": str(len(answer.body))}
        whole = self._head(answer.status, {**answer.headers, **length}) + (b"" if bodiless else answer.body)
        middle = len(whole) // 2 if pause else 0
        try:
            self.wfile.write(whole[:middle])
            time.sleep(pause)
            self.wfile.write(whole[middle:-1])
        finally:
            self.server.outer.record.end(seen._replace(status=answer.status))
        self.wfile.write(whole[-1:])

    def _cut(self, answer: Answer, seen: Seen) -> None:
        """Send half of what was announced and close."""
        half = answer.body[: len(answer.body) // 2]
        if seen.fault == "cut":
            sent = self._head(answer.status, {**answer.headers, "Content-Length": str(len(answer.body))}) + half
        else:
            chunk = f"{len(half):x}\r\n".encode() + half + b"\r\n"
            sent = self._head(answer.status, {**answer.headers, "Transfer-Encoding": "chunked"}) + chunk
        self.server.outer.record.end(seen._replace(status=answer.status))
        self.wfile.write(sent)
        self.close_connection = True

    def _reset(self, seen: Seen) -> None:
        """Close the connection with RST."""
        self.server.outer.record.end(seen)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


def _query(target: str) -> Query:
    return parse_qs(urlsplit(target).query, keep_blank_values=True)


def _unchanged(asked: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Return whether the client has it already (RFC 9110, 13.1: the ETag decides where it is asked)."""
    if "if-none-match" in asked:
        return headers.get("ETag") in {one.strip() for one in asked["if-none-match"].split(",")}
    if "if-modified-since" in asked and "Last-Modified" in headers:
        since = parsedate_to_datetime(asked["if-modified-since"])
        return parsedate_to_datetime(headers["Last-Modified"]) <= since
    return False


def _part(answer: Answer, wanted: str) -> Answer:
    """Return the bytes of `bytes=N-` or `bytes=N-M`."""
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    size = len(answer.body)
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start >= size:
        return Answer(416, {"Content-Range": f"bytes */{size}"})
    headers = {**answer.headers, "Content-Range": f"bytes {start}-{end}/{size}"}
    return Answer(206, headers, answer.body[start : end + 1])


def _broken(answer: Answer, fault: str) -> Answer:
    """Return the answer in gzip that does not decode."""
    gzipped = answer.headers.get("Content-Encoding") == "gzip"
    packed = answer.body if gzipped else gzip.compress(answer.body, 1, mtime=0)
    packed = packed[: len(packed) // 2] if fault == "cut gzip" else packed[:-8] + b"\0" * 8
    return answer._replace(headers={**answer.headers, "Content-Encoding": "gzip"}, body=packed)

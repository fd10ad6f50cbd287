"""Bodies: within bounds of size and time, and whole or not at all."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from beffroi.errors import Garbled, Oversized, Stopped, Unavailable
from beffroi.fetch import Ask, Fetcher, Manners, agent
from beffroi.fetch.body import unpacked
from tests.servers.loopback import Answer, LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@given(some.lists(some.binary(max_size=300), min_size=1, max_size=4), some.integers(1, 50))
def test_any_members_in_any_chunks(members: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(one) for one in members)
    chunks = [packed[n : n + size] for n in range(0, len(packed), size)]
    assert unpacked(chunks, most=1200) == b"".join(members)
    assert unpacked([*chunks, b"\0" * 7], most=1200) == b"".join(members)


@given(some.binary(max_size=300), some.data())
def test_no_end_that_is_missing_goes_unseen(whole: bytes, draw: some.DataObject) -> None:
    packed = gzip.compress(whole)
    cut = draw.draw(some.integers(0, len(packed) - 1))
    with pytest.raises(Garbled):
        unpacked([packed[:cut]], most=300)


@given(some.integers(0, 40), some.integers(0, 40))
def test_the_limit_is_exact(size: int, most: int) -> None:
    packed = gzip.compress(b"x" * size)
    if size <= most:
        assert len(unpacked([packed], most=most)) == size
    else:
        with pytest.raises(Oversized):
            unpacked([packed], most=most)


def test_a_bomb_is_not_unpacked() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(50)) + packer.flush()
    tracemalloc.start()
    with pytest.raises(Oversized, match="limit of 1,000,000 bytes"):
        unpacked([bomb], most=1_000_000)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip"])
def test_an_encoding_not_asked_for(fetcher: Callable[..., Fetcher], encoding: str) -> None:
    class Other(LoopbackServer):
        def routes(self, *_: object) -> Answer:
            return Answer(200, {"Content-Encoding": encoding}, b"x")

    with Other() as server, pytest.raises(Unavailable, match="which was not asked for"):
        fetcher(server.address, attempts=2).get(Ask(server.address), lambda response: response.body)


class Dripping(BaseHTTPRequestHandler):
    """Sends a byte every few milliseconds, for ever; `/fast` sends a megabyte first."""

    ended = Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * (1_000_000 if self.path == "/fast" else 1))
        while not self.ended.wait(0.005):
            self.wfile.write(b"x")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """The client is meant to go away."""


@pytest.fixture
def dripping() -> Iterator[str]:
    with Quiet(("127.0.0.1", 0), Dripping) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        Dripping.ended.set()
        server.shutdown()
        thread.join()
    Dripping.ended.clear()


def test_a_page_that_drips_is_left(dripping: str) -> None:
    manners = Manners(whole=0.2, attempts=2, first_wait=0.0)
    with Fetcher([dripping], manners, agent=agent(None)) as fetcher:
        before = time.monotonic()
        with pytest.raises(
            Unavailable, match=r"given up after 2 attempts, the last: the answer was not whole after 0.2 s"
        ):
            fetcher.get(Ask(dripping), lambda response: response.body)
        assert time.monotonic() - before < 5


@pytest.mark.parametrize("path", ["/", "/fast"])
def test_a_package_that_drips_is_left(dripping: str, path: str, tmp_path: Path) -> None:
    manners = Manners(whole=0.2, slowest=10_000, attempts=1)
    slow = pytest.raises(Unavailable, match=r"the last: only \d+ bytes came in 0\.\d s")
    with Fetcher([dripping], manners, agent=agent(None)) as fetcher, slow:
        fetcher.download(Ask(f"{dripping}{path}"), tmp_path)


def test_stopping_leaves_what_drips(dripping: str) -> None:
    with Fetcher([dripping], Manners(), agent=agent(None)) as fetcher:
        ended = list[BaseException]()

        def ask() -> None:
            try:
                fetcher.get(Ask(dripping), lambda response: response.body)
            except Stopped as error:
                ended.append(error)

        thread = Thread(target=ask)
        thread.start()
        while fetcher.requests == 0:
            Event().wait(0.001)
        fetcher.stop()
        thread.join(5)
        assert len(ended) == 1

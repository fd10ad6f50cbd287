"""Packages reach the disk whole, whatever happens on the way, and under no name but ours."""

from __future__ import annotations

import hashlib
import json
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from beffroi.errors import NotThere, Oversized, Unavailable
from beffroi.fetch import Ask, Download
from tests.servers.faults import KINDS, Faults
from tests.servers.loopback import Answer, LoopbackServer
from tests.servers.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from beffroi.fetch import Fetcher

WHOLE = random.Random("200000").randbytes(200_000)


def content(download: Download | None) -> bytes:
    assert download is not None
    return download.path.read_bytes()


def begun(folder: Path, url: str, size: int, **headers: str) -> Path:
    """Leave what an interruption leaves: the first half of WHOLE, and the note of its version."""
    name = hashlib.sha256(url.encode()).hexdigest()
    (folder / f"{name}.part").write_bytes(WHOLE[: len(WHOLE) // 2])
    (folder / f"{name}.part.json").write_text(json.dumps({"url": url, "headers": headers, "size": size}))
    return folder / f"{name}.part"


class Script(LoopbackServer):
    """Answers each request with the next answer of a list, the last one for ever, and as written."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__(etags=False)
        self.answers = list(answers)

    def routes(self, *_: object) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def part_of(start: int, *, said: str | None = None, **headers: str) -> Answer:
    """Return WHOLE from a byte on, as a server sends a range."""
    said = said if said is not None else f"bytes {start}-{len(WHOLE) - 1}/{len(WHOLE)}"
    return Answer(206, {"Content-Range": said, **headers}, WHOLE[start:])


def test_a_package_and_its_headers(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Numbered() as server:
        one = fetcher(server.address)
        ask = Ask(f"{server.address}/bytes/200000")
        first = one.download(ask, tmp_path / "new")
        assert content(first) == WHOLE
        assert first is not None
        assert first.headers["etag"].startswith('"')
        assert (first.url, first.retrieved) == (ask.url, "2026-09-11T10:00:00Z")
        assert one.download(ask, tmp_path / "new", known=first.headers) is None
        assert content(one.download(ask, tmp_path / "new", known={"etag": '"another"'})) == WHOLE
    assert [path.name for path in (tmp_path / "new").iterdir()] == [first.path.name]
    assert first.path.name == hashlib.sha256(ask.url.encode()).hexdigest() + ".package"
    assert server.record.seen[0].headers["accept-encoding"] == "identity"


def test_a_date_is_a_validator_too(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    dated = {"Last-Modified": "Fri, 11 Sep 2026 10:00:00 GMT"}
    with Script(Answer(200, dated, b"x")) as server:
        one = fetcher(server.address)
        first = one.download(Ask(server.address), tmp_path)
        assert first is not None
        assert one.download(Ask(server.address), tmp_path, known=first.headers) is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_overcome(fetcher: Callable[..., Fetcher], tmp_path: Path, kind: str) -> None:
    with Numbered(faults=Faults(rate=1.0, most=3, kinds=(kind,))) as server:
        assert content(fetcher(server.address).download(Ask(f"{server.address}/bytes/200000"), tmp_path)) == WHOLE
        ranges = [one.headers.get("range") for one in server.record.seen]
    if kind == "cut":
        assert ranges == [None, "bytes=100000-", "bytes=150000-", "bytes=175000-"]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({"etag": '"a"', "last-modified": "Fri, 11 Sep 2026 10:00:00 GMT"}, '"a"'),
        ({"etag": 'W/"a"', "last-modified": "Fri, 11 Sep 2026 10:00:00 GMT"}, "Fri, 11 Sep 2026 10:00:00 GMT"),
        ({"etag": 'W/"a"'}, None),
        ({"etag": '"\u00e9"'}, None),
        ({}, None),
    ],
)
def test_only_what_can_be_told_apart_is_gone_on_with(
    fetcher: Callable[..., Fetcher], tmp_path: Path, headers: dict[str, str], asked: str | None
) -> None:
    with Script(part_of(100_000) if asked else Answer(200, {}, WHOLE)) as server:
        begun(tmp_path, server.address, 200_000, **headers)
        assert content(fetcher(server.address).download(Ask(server.address), tmp_path)) == WHOLE
        seen = server.record.seen[0].headers
    assert seen.get("if-range") == asked
    assert ("range" in seen) is (asked is not None)


@pytest.mark.parametrize(
    "strange",
    [
        part_of(100_000, ETag='"b"'),
        part_of(99_999),
        Answer(206, {"Content-Range": "bytes 50000-149999/200000"}, WHOLE[50_000:150_000]),
        part_of(100_000, said="bytes 100000-199999/300000"),
        part_of(100_000, said="bytes */200000"),
        part_of(100_000, said=""),
        Answer(416, {"Content-Range": "bytes */200000"}),
        Answer(416),
    ],
)
def test_what_does_not_join_starts_over(fetcher: Callable[..., Fetcher], tmp_path: Path, strange: Answer) -> None:
    told = list[str]()
    with Script(strange, Answer(200, {"ETag": '"b"'}, WHOLE)) as server:
        begun(tmp_path, server.address, 200_000, etag='"a"')
        found = fetcher(server.address, told=told.append).download(Ask(server.address), tmp_path)
        assert content(found) == WHOLE
        assert found is not None
        assert found.headers["etag"] == '"b"'
        assert ["range" in one.headers for one in server.record.seen] == [True, False]
    assert [line.endswith("starting over") for line in told] == [True]


def test_a_server_that_sends_all_of_it_again(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    other = random.Random(1).randbytes(150_000)
    with Script(Answer(200, {"ETag": '"b"'}, other)) as server:
        begun(tmp_path, server.address, 200_000, etag='"a"')
        assert content(fetcher(server.address).download(Ask(server.address), tmp_path)) == other
        assert len(server.record.seen) == 1


def test_a_part_already_whole_needs_one_byte(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Numbered() as server:
        one = fetcher(server.address)
        ask = Ask(f"{server.address}/bytes/200000")
        whole = one.download(ask, tmp_path)
        assert whole is not None
        whole.path.rename(begun(tmp_path, ask.url, 200_000, etag=whole.headers["etag"]))
        assert content(one.download(ask, tmp_path)) == WHOLE
        assert server.record.seen[-1].headers["range"] == "bytes=199999-"


def test_a_part_longer_than_announced_is_cut(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Script(part_of(199_999)) as server:
        begun(tmp_path, server.address, 200_000, etag='"a"').write_bytes(WHOLE + b"more")
        assert content(fetcher(server.address).download(Ask(server.address), tmp_path)) == WHOLE


@pytest.mark.parametrize("note", [b"", b"{", b'{"url":1}', b'{"url":"x","headers":{},"size":"y"}'])
def test_a_note_that_is_broken_starts_over(fetcher: Callable[..., Fetcher], tmp_path: Path, note: bytes) -> None:
    with Numbered() as server:
        ask = Ask(f"{server.address}/bytes/200000")
        begun(tmp_path, ask.url, 200_000).with_suffix(".part.json").write_bytes(note)
        assert content(fetcher(server.address).download(ask, tmp_path)) == WHOLE


def test_what_is_unchanged_leaves_nothing(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Script(Answer(200, {"ETag": '"b"'}, WHOLE)) as server:
        begun(tmp_path, server.address, 200_000, etag='"a"')
        assert fetcher(server.address).download(Ask(server.address), tmp_path, known={"etag": '"b"'}) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("chunked", [True, False])
def test_a_package_beyond_the_limit(fetcher: Callable[..., Fetcher], tmp_path: Path, *, chunked: bool) -> None:
    with Streaming(chunked=chunked) as address, pytest.raises(Oversized, match="the limit of a package is 100,000"):
        fetcher(address, most_download=100_000).download(Ask(address), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_is_not_there(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Numbered() as server, pytest.raises(NotThere):
        fetcher(server.address).download(Ask(f"{server.address}/packages/none"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_given_up_waits_for_the_next_time(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Numbered(faults=Faults(rate=1.0, most=2, kinds=("cut",))) as server:
        ask = Ask(f"{server.address}/bytes/200000")
        with pytest.raises(Unavailable):
            fetcher(server.address, attempts=2).download(ask, tmp_path)
        assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".part"]
        assert content(fetcher(server.address).download(ask, tmp_path)) == WHOLE
        assert server.record.seen[-1].headers["range"] == "bytes=150000-"


def test_a_validator_no_header_can_hold(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Script(Answer(200, {"ETag": '"\u00e9"'}, WHOLE)) as server:
        first = fetcher(server.address).download(Ask(server.address), tmp_path)
        assert first is not None
        assert content(fetcher(server.address).download(Ask(server.address), tmp_path, known=first.headers)) == WHOLE


def test_no_name_comes_from_outside(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    named = {"Content-Disposition": 'attachment; filename="../../evil.sh"'}
    with Script(Answer(200, named, b"x")) as server:
        for path in ("/../../../etc/passwd", "/a%2F..%2F..%2Fb", "/" + "x" * 2000, "/nul%00"):
            found = fetcher(server.address).download(Ask(server.address + path), tmp_path / "in")
            assert found is not None
            assert found.path.parent == tmp_path / "in"
            assert len(found.path.name) == 72
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_many_threads_and_one_package(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Numbered(faults=Faults(seed=2, rate=0.5, kinds=("cut", "500"))) as server:
        one = fetcher(server.address, concurrency=4)
        with ThreadPoolExecutor(8) as pool:
            asks = [Ask(f"{server.address}/bytes/{200_000 + n % 2}") for n in range(8)]
            sizes = [len(content(found)) for found in pool.map(lambda ask: one.download(ask, tmp_path), asks)]
    assert sizes == [200_000 + n % 2 for n in range(8)]


class Streaming:
    """A server that sends WHOLE (or the rest of it) in pieces, pausing after each; a context of its address."""

    def __init__(self, *, chunked: bool = False, pause: float = 0.0) -> None:
        self.starts = list[int]()
        ended = self._ended = Event()
        starts = self.starts

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                start = int(self.headers.get("Range", "bytes=0-")[6:-1])
                starts.append(start)
                self.send_response(206 if start else 200)
                self.send_header("ETag", '"whole"')
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(WHOLE) - 1}/{len(WHOLE)}")
                named = ("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(WHOLE) - start))
                self.send_header(*named)
                self.end_headers()
                for at in range(start, len(WHOLE), 5000):
                    piece = WHOLE[at : at + 5000]
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
                    ended.wait(pause)
                self.wfile.write(b"0\r\n\r\n" if chunked else b"")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """The client is meant to go away."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def test_a_size_that_is_never_announced(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Streaming(chunked=True) as address:
        assert content(fetcher(address).download(Ask(address), tmp_path)) == WHOLE


PROGRAM = """
import sys
from pathlib import Path
from beffroi.fetch import Ask, Fetcher, Manners, agent
address, folder = sys.argv[1:]
with Fetcher([address], Manners(), agent=agent(None)) as fetcher:
    print(fetcher.download(Ask(address), Path(folder)).path)
"""


def sizes(folder: Path) -> Iterator[int]:
    """Return again and again how much of the part is there."""
    while True:
        yield sum(path.stat().st_size for path in folder.glob("*.part"))
        Event().wait(0.002)


@pytest.mark.parametrize("chunked", [True, False])
def test_kill_9_loses_nothing_that_came(tmp_path: Path, *, chunked: bool) -> None:
    server = Streaming(chunked=chunked, pause=0.01)
    with server as address:
        command = [sys.executable, "-c", PROGRAM, address, str(tmp_path)]
        there = [0]
        for enough in (30_000, 90_000, 150_000):
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
                assert next(size for size in sizes(tmp_path) if size >= enough) < len(WHOLE)
                process.send_signal(signal.SIGKILL)
                assert process.wait(10) == -signal.SIGKILL
            there.append(next(sizes(tmp_path)))
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert server.starts == there
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [WHOLE]
    assert done.stdout.strip().endswith(".package")

"""The servers the tests rely on: their faults are drawn from the seed alone, and what they do is what they say."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest

from tests.servers.faults import KINDS, STAND_IN, Faults
from tests.servers.numbered import Numbered


@pytest.fixture
def client() -> httpx.Client:
    return httpx.Client(trust_env=False)


def outcome(client: httpx.Client, url: str) -> str:
    """Return in a word what one request brings."""
    try:
        answer = client.get(url)
    except httpx.HTTPError as error:
        return type(error).__name__
    return f"{answer.status_code}"


def test_it_answers_and_keeps_the_connection(client: httpx.Client) -> None:
    with Numbered() as server, client:
        assert [client.get(f"{server.address}/{n}").json() for n in (0, 1, 2)] == [[], [0], [0, 1]]
        assert client.post(f"{server.address}/x", content=b"hello").json() == {"asked": "hello", "where": "/x"}
        assert client.get(f"{server.address}/none").status_code == 404
        politeness = server.record.politeness()
    assert (politeness.requests, politeness.most_at_once, politeness.faults) == (5, 1, 0)
    assert politeness.agents[0].startswith("python-httpx")


def test_it_compresses_where_it_is_accepted(client: httpx.Client) -> None:
    with Numbered() as server, client:
        packed = client.get(f"{server.address}/500")
        plain = client.get(f"{server.address}/500", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content


def test_validators_and_ranges(client: httpx.Client) -> None:
    with Numbered() as server, client:
        url = f"{server.address}/bytes/1000"
        whole = client.get(url, headers={"Accept-Encoding": "identity"})
        etag = whole.headers["ETag"]
        assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
        rest = client.get(url, headers={"Range": "bytes=900-", "If-Range": etag})
        assert (rest.status_code, rest.content) == (206, whole.content[900:])
        assert rest.headers["Content-Range"] == "bytes 900-999/1000"
        assert client.get(url, headers={"Range": "bytes=900-", "If-Range": '"other"'}).status_code == 200
        assert client.get(url, headers={"Range": "bytes=1000-"}).status_code == 416


@pytest.mark.parametrize("kind", [*KINDS, STAND_IN])
def test_each_fault_is_what_it_says(client: httpx.Client, kind: str) -> None:
    expected = {
        "challenge": "202",
        "cut": "RemoteProtocolError",
        "cut chunks": "RemoteProtocolError",
        "cut gzip": "200",
        "broken gzip": "DecodingError",
        "reset": "ReadError",
        "slow": "200",
        "redirect": "307",
        STAND_IN: "200",
    }
    with Numbered(faults=Faults(rate=1.0, most=1, kinds=(kind,), wait=3)) as server, client:
        assert outcome(client, f"{server.address}/400") == expected.get(kind, kind)
        assert client.get(f"{server.address}/400").json() == list(range(400))
        assert [one.fault for one in server.record.seen] == [kind, None]


def test_the_seed_decides_whatever_the_threads_do(client: httpx.Client) -> None:
    def met(threads: int) -> dict[str, list[str | None]]:
        with Numbered(faults=Faults(seed=5, rate=0.5)) as server, ThreadPoolExecutor(threads) as pool:
            for _ in range(4):
                list(pool.map(lambda n: outcome(client, f"{server.address}/{n}"), range(300, 320)))
            faults: dict[str, list[str | None]] = {}
            for one in server.record.seen:
                faults.setdefault(one.target, []).append(one.fault)
            return faults

    with client:
        alone = met(1)
        assert met(6) == alone
    assert sum(fault is not None for faults in alone.values() for fault in faults) > 20


def test_it_runs_as_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "tests.servers.numbered", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urlopen(f"{address}/3") as answer:
            assert json.load(answer) == [0, 1, 2]
        with urlopen(f"{address}/-/politeness") as answer:
            assert json.load(answer)["requests"] == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_fault_of_the_server_itself_reaches_the_test() -> None:
    class Broken(Numbered):
        def routes(self, *_: object) -> object:  # type: ignore[override]
            raise KeyError("a slip")

    def asked() -> None:
        with Broken() as server:
            assert httpx.get(f"{server.address}/1", trust_env=False).status_code == 500

    with pytest.raises(KeyError, match="a slip"):
        asked()

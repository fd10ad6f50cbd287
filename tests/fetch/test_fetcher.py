"""What a fetcher makes of answers: the true ones, the failures that pass and those that do not."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.errors import Garbled, NotThere, Oversized, Refused, Unavailable
from beffroi.fetch import Ask, Response
from tests.servers.faults import KINDS, STAND_IN, Faults
from tests.servers.loopback import Answer, LoopbackServer
from tests.servers.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.fetch import Fetcher
    from tests.fetch.clocks import Quick


def parsed(response: Response) -> Any:
    try:
        return json.loads(response.body)
    except ValueError as error:
        raise Garbled(f"{response.url}: no JSON") from error


class Scripted(LoopbackServer):
    """Answers each request with the next answer of a list, the last one for ever."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__()
        self.answers = list(answers)

    def routes(self, *_: object) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def test_what_is_sent_and_what_comes(fetcher: Callable[..., Fetcher]) -> None:
    with Numbered() as server:
        one = fetcher(server.address)
        response = one.get(Ask(f"{server.address}/400?a=b", accept="application/json"), lambda response: response)
        assert json.loads(response.body) == list(range(400))
        assert (response.url, response.status) == (f"{server.address}/400?a=b", 200)
        assert (response.headers["content-type"], response.retrieved) == ("application/json", "2026-09-11T10:00:00Z")
        answer = one.get(Ask(f"{server.address}/x", body=b'{"query":1}'), parsed)
        assert answer == {"asked": '{"query":1}', "where": "/x"}
        get, post = server.record.seen
    assert get.agent == "Mozilla/5.0 (compatible; beffroi/0.1.0; +https://example.org)"
    assert (get.headers["accept"], get.headers["accept-encoding"]) == ("application/json", "gzip")
    assert (post.method, post.headers["content-type"]) == ("POST", "application/json")
    assert one.requests == 2


@pytest.mark.parametrize("kind", [*KINDS, STAND_IN])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_fault_is_overcome(fetcher: Callable[..., Fetcher], kind: str, method: str) -> None:
    with Numbered(faults=Faults(rate=1.0, most=2, kinds=(kind,), wait=7)) as server:
        ask = Ask(f"{server.address}/400", body=b"x" * 400 if method == "POST" else None)
        expected = list(range(400)) if method == "GET" else {"asked": "x" * 400, "where": "/400"}
        assert fetcher(server.address).get(ask, parsed) == expected


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"slow", "redirect"}])
def test_a_fault_without_end_is_given_up(fetcher: Callable[..., Fetcher], clock: Quick, kind: str) -> None:
    with Numbered(faults=Faults(rate=1.0, most=99, kinds=(kind,))) as server:
        url = f"{server.address}/400"
        with pytest.raises(Unavailable, match="given up after 6 attempts, the last: ") as caught:
            fetcher(server.address).get(Ask(url), parsed)
        assert str(caught.value).startswith(url)
        assert caught.value.__cause__ is not None
        assert server.record.politeness().requests == 6
    assert clock.slept == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_nobody_at_home(fetcher: Callable[..., Fetcher], clock: Quick) -> None:
    with Numbered() as server:
        address = server.address
    with pytest.raises(Unavailable, match=r"given up after 2 attempts, the last: cannot connect \(.*refused"):
        fetcher(address, attempts=2).get(Ask(f"{address}/1"), parsed)
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (Answer(404), NotThere, "there is nothing there"),
        (Answer(410), NotThere, "there is nothing there"),
        (Answer(400, {}, b'{"error_code": "ODSQLError"}'), Refused, '400 Bad Request, \'{"error_code": "ODSQLError"}'),
        (Answer(403, {}, b"no\x1b[31m\n\nrobots " + b"x" * 999), Refused, r"403 Forbidden, 'no \[31m robots x{185}'$"),
        (Answer(451), Refused, "451 Unavailable For Legal Reasons$"),
        (Answer(302), Refused, "redirects without saying where"),
        (Answer(200, {"Content-Encoding": "identity"}, b"x" * 1001), Oversized, "1001 bytes; the limit is 1,000"),
        (Answer(200, {}, b"\0" * 100_000), Oversized, "more than the limit of 1,000 bytes"),
    ],
)
def test_what_will_not_pass_is_asked_once(
    fetcher: Callable[..., Fetcher], answer: Answer, error: type[Exception], said: str
) -> None:
    with Scripted(answer) as server:
        with pytest.raises(error, match=said):
            fetcher(server.address, most_bytes=1000).get(Ask(server.address), parsed)
        assert server.record.politeness().requests == 1


@pytest.mark.parametrize("status", [202, 206, 304, 408])
def test_an_answer_that_is_none_is_never_empty(fetcher: Callable[..., Fetcher], status: int) -> None:
    with Scripted(Answer(status), Answer(200, {}, b"[1]")) as server:
        assert fetcher(server.address).get(Ask(server.address), parsed) == [1]


def test_importing_it_imports_no_client() -> None:
    program = "import sys, beffroi.fetch; print({'httpx', 'tenacity', 'ssl'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "set()\n"
    )

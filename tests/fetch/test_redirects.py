"""Redirects and addresses: nothing outside the allow-list is ever asked, whatever a server says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from beffroi.errors import Refused, Unavailable, UsageError
from beffroi.fetch import Ask
from beffroi.fetch.origins import Origins
from tests.servers.loopback import Answer, LoopbackServer, Query
from tests.servers.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.fetch import Fetcher, Response


def whole(response: Response) -> tuple[str, bytes]:
    return response.url, response.body


class Moving(LoopbackServer):
    """Redirects `/STATUS?to=LOCATION`, `/hops/N` N times, `/a` and `/b` to each other; else answers method and body."""

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
        if path.startswith("/hops/"):
            left = int(path.removeprefix("/hops/"))
            return Answer(302, {"Location": f"/hops/{left - 1}"}) if left else Answer(200, {}, b"there")
        if path in {"/a", "/b"}:
            return Answer(302, {"Location": "/b" if path == "/a" else "a"})
        if "to" in query:
            return Answer(int(path.strip("/")), {"Location": query["to"][0]}, b"moved")
        return Answer(200, {}, method.encode() + body)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_get_follows_each(fetcher: Callable[..., Fetcher], status: int) -> None:
    with Moving() as server:
        found = fetcher(server.address).get(Ask(f"{server.address}/{status}?to=end%3Fa"), whole)
        assert found == (f"{server.address}/end?a", b"GET")


@pytest.mark.parametrize("status", [307, 308])
def test_a_question_follows_where_it_is_kept(fetcher: Callable[..., Fetcher], status: int) -> None:
    with Moving() as server:
        found = fetcher(server.address).get(Ask(f"{server.address}/{status}?to=/end", body=b"?"), whole)
        assert found[1] == b"POST?"


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_question_is_never_lost_on_the_way(fetcher: Callable[..., Fetcher], status: int) -> None:
    with Moving() as server, pytest.raises(Refused, match="so that it would be lost"):
        fetcher(server.address).get(Ask(f"{server.address}/{status}?to=/end", body=b"?"), whole)


def test_five_are_followed_and_no_more(fetcher: Callable[..., Fetcher]) -> None:
    with Moving() as server:
        one = fetcher(server.address)
        assert one.get(Ask(f"{server.address}/hops/5"), whole) == (f"{server.address}/hops/0", b"there")
        with pytest.raises(Refused, match="redirected more than 5 times"):
            one.get(Ask(f"{server.address}/hops/6"), whole)


@pytest.mark.parametrize("path", ["/a", "/302?to=%23here", "/302?to="])
def test_a_circle_is_an_error(fetcher: Callable[..., Fetcher], path: str) -> None:
    with Moving() as server:
        with pytest.raises(Refused, match="redirected in a circle"):
            fetcher(server.address).get(Ask(server.address + path), whole)
        assert server.record.politeness().requests <= 2


def test_a_location_that_is_no_address(fetcher: Callable[..., Fetcher]) -> None:
    with Moving() as server, pytest.raises(Unavailable, match="Invalid URL in location"):
        fetcher(server.address).get(Ask(f"{server.address}/302?to=http%3A%2F%2F%5B%3A%3A1"), whole)


def test_no_redirect_leaves_the_allowed_origins(fetcher: Callable[..., Fetcher]) -> None:
    with Moving() as server, Numbered() as other:
        port = other.address.rpartition(":")[2]
        for to in (
            other.address,
            f"//127.0.0.1:{port}/1",
            f"http://localhost:{port}",
            f"{server.address}@127.0.0.1:{port}/",
            f"{server.address.replace('//', '//me@')}/",
            "https://127.0.0.1/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "javascript:alert(1)",
        ):
            with pytest.raises(Refused, match="redirects to"):
                fetcher(server.address).get(Ask(str(httpx.URL(f"{server.address}/302", params={"to": to}))), whole)
        assert other.record.politeness().requests == 0
        found = fetcher(server.address, other.address).get(Ask(f"{server.address}/302?to={other.address}/1"), whole)
        assert found == (f"{other.address}/1", b"[0]")


def test_https_is_never_left() -> None:
    origins = Origins(["https://example.org", "http://127.0.0.1:8123"])
    came = origins.checked("https://example.org/a")
    assert str(origins.moved(came, "//example.org:443/b#c")) == "https://example.org/b"
    assert (
        str(origins.moved(origins.checked("http://127.0.0.1:8123/"), "https://example.org/")) == "https://example.org/"
    )
    with pytest.raises(Refused, match=r"from https to http://127\.0\.0\.1:8123/x; it is not followed"):
        origins.moved(came, "http://127.0.0.1:8123/x")


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://example.org:8443/",
        "https://www.example.org/",
        "https://example.org.evil.test/",
        "https://example.org@evil.test/",
        "https://evil.test\\@example.org/",
        "//example.org/",
        "example.org",
        "https:///a",
        "",
        "https://example.org:bad/",
    ],
)
def test_only_the_very_origin_is_asked(address: str) -> None:
    with pytest.raises(Refused):
        Origins(["https://example.org"]).checked(address)


@given(some.text(max_size=60))
def test_no_location_makes_us_crash_or_stray(location: str) -> None:
    origins = Origins(["https://example.org"])
    try:
        found = origins.moved(origins.checked("https://example.org/a"), location)
    except Refused:
        return
    assert (found.scheme, found.host, found.port, found.userinfo) == ("https", "example.org", None, b"")


class Pointing(LoopbackServer):
    """Redirects to `location`."""

    location = ""

    def routes(self, *_: object) -> Answer:
        return Answer(302, {"Location": self.location})


def test_no_location_on_the_wire_makes_us_crash(fetcher: Callable[..., Fetcher]) -> None:
    with Pointing() as server:
        one = fetcher(server.address, attempts=1)

        @settings(max_examples=200, deadline=None)
        @given(some.text(some.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=40))
        def check(location: str) -> None:
            server.location = location
            with pytest.raises((Refused, Unavailable)):
                one.get(Ask(server.address), whole)

        check()
        assert server.record.politeness().requests == one.requests


@pytest.mark.parametrize("address", ["ftp://example.org", "example.org", ""])
def test_a_base_address_is_https_or_http(address: str) -> None:
    with pytest.raises(UsageError, match="begins with https://"):
        Origins([address])

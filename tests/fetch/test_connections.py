"""Connections: certificates, proxies, cookies; failures in words."""

from __future__ import annotations

import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from beffroi.errors import NotThere, Refused, Stopped, Unavailable, UsageError
from beffroi.fetch import Ask, Fetcher, Manners, agent
from tests.servers.loopback import Answer, LoopbackServer
from tests.servers.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from beffroi.fetch import Response


def whole(response: Response) -> bytes:
    return response.body


class Greeting(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """The client is meant to go away."""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Return the address of a server with a certificate of its own making, and that certificate."""
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    named = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*made, *named], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed: no certificate to present")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Quiet(("127.0.0.1", 0), Greeting) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"https://localhost:{server.server_address[1]}", certificate
        server.shutdown()
        thread.join()


def test_a_certificate_nobody_vouches_for(secure: tuple[str, Path], fetcher: Callable[..., Fetcher]) -> None:
    one = fetcher(secure[0])
    with pytest.raises(Refused, match=r"the server's certificate is not valid \(self.signed certificate\)"):
        one.get(Ask(secure[0]), whole)
    assert one.requests == 1


def test_a_certificate_the_system_vouches_for(
    secure: tuple[str, Path], fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    assert fetcher(secure[0]).get(Ask(secure[0]), whole) == b"hello"
    other = secure[0].replace("localhost", "127.0.0.1")
    with pytest.raises(Refused, match=r"certificate is not valid .*127\.0\.0\.1"):
        fetcher(other).get(Ask(other), whole)


def test_the_proxy_of_the_environment_is_used(fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch) -> None:
    with Numbered() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        assert fetcher("http://example.test").get(Ask("http://example.test/2"), whole) == b"[0, 1]"
        assert [one.target for one in proxy.record.seen] == ["http://example.test/2"]


def test_no_password_of_a_netrc_is_sent(
    fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with Numbered() as server:
        fetcher(server.address).get(Ask(f"{server.address}/1"), whole)
        assert "authorization" not in server.record.seen[0].headers


def test_no_cookie_is_kept(fetcher: Callable[..., Fetcher]) -> None:
    class Baker(LoopbackServer):
        def routes(self, *_: object) -> Answer:
            return Answer(200, {"Set-Cookie": "a=b; Path=/"}, b"x")

    with Baker() as server:
        one = fetcher(server.address)
        for _ in range(2):
            one.get(Ask(server.address), whole)
        assert ["cookie" in seen.headers for seen in server.record.seen] == [False, False]


def test_one_connection_serves_many_requests(fetcher: Callable[..., Fetcher]) -> None:
    with Numbered() as server:
        one = fetcher(server.address)
        for n in range(20):
            one.get(Ask(f"{server.address}/{n}"), whole)
            with pytest.raises(NotThere):
                one.get(Ask(f"{server.address}/none"), whole)
        assert len(one._wire._client._transport._pool.connections) == 1  # type: ignore[attr-defined]


def test_a_server_that_says_nothing() -> None:
    heard = Event()

    class Mute(LoopbackServer):
        def routes(self, *_: object) -> Answer:
            heard.wait(10)
            return Answer()

    manners = Manners(attempts=1, read=0.05)
    silent = pytest.raises(Unavailable, match=r"given up after 1 attempt, the last: silent for 0\.1 s")
    with Mute() as mute, Fetcher([mute.address], manners, agent=agent(None)) as fetcher, silent:
        try:
            fetcher.get(Ask(mute.address), whole)
        finally:
            heard.set()


def test_stopping_wakes_who_waits_for_an_answer() -> None:
    """Ctrl-C waits for no silent server: its answer may be minutes away."""
    reached, ended = Event(), Event()

    class Mute(LoopbackServer):
        def routes(self, *_: object) -> Answer:
            reached.set()
            ended.wait(30)
            return Answer()

    with Mute() as mute, Fetcher([mute.address], Manners(read=60.0), agent=agent(None)) as fetcher:
        with ThreadPoolExecutor(1) as threads:
            asking = threads.submit(fetcher.get, Ask(mute.address), whole)
            assert reached.wait(10)
            fetcher.stop()
            with pytest.raises(Stopped):
                asking.result(timeout=10)
        ended.set()


@pytest.mark.parametrize("contact", ["é", "a\nb", "a)b", "(x"])
def test_a_contact_no_header_can_hold(contact: str) -> None:
    with pytest.raises(UsageError, match="plain ASCII"):
        agent(contact)


def test_the_agent() -> None:
    assert agent(None) == agent("  ") == "Mozilla/5.0 (compatible; beffroi/0.1.0)"
    assert agent("me@example.org") == "Mozilla/5.0 (compatible; beffroi/0.1.0; +me@example.org)"

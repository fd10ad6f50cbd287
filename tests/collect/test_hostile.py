"""What a hostile or broken server sends costs one slice at most: no crash, nothing false called whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import bulletin
from beffroi.errors import Garbled
from beffroi.fetch import Ask, Response
from beffroi.store import Store
from tests.collect.gazette import FIRST, GazetteServer, days
from tests.collect.test_collect import collected, numbers, served
from tests.servers.loopback import Answer, Query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = FIRST.isoformat()
WEB_PAGE = b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html><p>Maintenance</p></html>'


class Hostile(GazetteServer):
    """Answers `instead` at the address that begins so, the first `times` times."""

    def __init__(self, begins: str, instead: Answer, *, times: int = 1_000_000, count: int = 2) -> None:
        super().__init__(days(count, each=3))
        self.begins, self.instead, self.times = begins, instead, times

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
        if f"{path}?{query}".startswith(self.begins) and self.times:
            self.times -= 1
            return self.instead
        return super().routes(method, path, query, body)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home", create=True) as opened:
        yield opened


def page(total: int, results: bytes = b"[]") -> bytes:
    return b'{"total_count": %d, "results": %b}' % (total, results)


@pytest.mark.parametrize(
    "body",
    [page(1, b"[" * 100_000 + b"]" * 100_000), page(10**30), b"", b"\x00\xff", page(-3)],
    ids=["nested 100,000 deep", "a total of 31 digits", "empty", "no text", "negative"],
)
def test_a_page_that_cannot_be_read_costs_its_slice_only(store: Store, body: bytes) -> None:
    with Hostile(f"/pages?{{'day': ['{DAY}']", Answer(body=body)) as server:
        brought = collected(server, store, 2, attempts=2)
    assert (brought.failed, brought.complete) == (1, 1)
    assert f"pages:{DAY}: failed" in brought.wrong[0]


@pytest.mark.parametrize("body", [WEB_PAGE, b"", b"\n"], ids=["a web page", "nothing", "a line end"])
@pytest.mark.parametrize(("way", "begins"), [("each", "/notice/"), ("package", "/packages/")])
def test_a_web_page_or_nothing_is_neither_document_nor_package(
    store: Store, body: bytes, way: str, begins: str
) -> None:
    with Hostile(begins, Answer(body=body), times=1) as server:
        brought = collected(server, store, 2, way)
        assert numbers(store) == served(server)
    assert (brought.complete, brought.loaded.without_record) == (2, 0)


def test_what_a_server_says_reaches_the_terminal_on_one_line() -> None:
    ask = Ask("https://x.example/p?cursor=a")
    body = b'{"releases": [], "links": {"next": "\\u001b[2J\\n?cursor=b"}}'
    with pytest.raises(Garbled) as caught:
        bulletin("fts").page(ask, Response(ask.url, 200, {}, body, ""))
    assert str(caught.value).isprintable()
    assert len(str(Garbled("x" * 10**6))) < 1100

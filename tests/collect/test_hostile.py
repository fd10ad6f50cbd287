"""What a hostile or broken server sends costs one slice at most: no crash, nothing false called whole."""

from __future__ import annotations

import gzip
import json
import re
import resource
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from beffroi.bulletins import Page, bulletin
from beffroi.collect import collect
from beffroi.errors import Garbled
from beffroi.fetch import Ask, Response
from beffroi.store import Store
from tests.collect.gazette import FIRST, Gazette, GazetteServer, days, record
from tests.collect.test_collect import collected, numbers, served, source, window
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


class Unannounced(Gazette):
    """The gazette, whose packages announce no total, as the DILA's archives and the files of data.gouv.fr do."""

    def page(self, ask: Ask, response: Response) -> Page:
        return super().page(ask, response)._replace(announced=None)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (gzip.compress(json.dumps([record(DAY, n) for n in range(1, 99)]).encode())[:-300], "too early|cut short"),
        (b"The service is being looked after.", "neither XML, JSON"),
        (b'[{"idweb": "26-09010001"', "cut short"),
    ],
    ids=["half a gzip", "a sentence", "half a list"],
)
def test_a_package_that_is_not_one_is_not_a_whole_slice(store: Store, body: bytes, why: str) -> None:
    with Hostile("/packages/", Answer(body=body), count=1) as server, (one := source(server, store)).fetcher:
        brought = collect(store, one._replace(bulletin=Unannounced()), window(1), way="package")
    assert (brought.complete, brought.short) == (0, 1)
    assert re.search(why, brought.wrong[0])


def test_a_row_that_is_none_is_counted_and_not_asked_for_again(store: Store) -> None:
    rows = [json.dumps(record(DAY, 1)), '{"idweb": "26-1", "dateparution": nil}', json.dumps(record(DAY, 2))]
    body = f"[{','.join(rows)}]".encode()
    with Hostile("/packages/", Answer(body=body), count=1) as server:
        brought = collected(server, store, 1, "package")
        assert sum(one.target.startswith("/packages/") for one in server.record.seen) == 1
    assert (brought.complete, brought.received, brought.loaded.without_record) == (1, 3, 1)


def test_a_notice_withdrawn_while_one_pages_costs_no_other(store: Store) -> None:
    """It moves the first row of the last page onto the page before: as many came as the last page announced."""

    def withdraw(day: str, offset: int, page: dict[str, Any]) -> dict[str, Any]:
        found = server.notices[day]
        if offset == 20 and len(found) == 25:
            del found[4]
            return {"total_count": len(found), "results": found[20:30]}
        return page

    with GazetteServer(days(1), changed=withdraw) as server:
        brought = collected(server, store, 1)
        assert set(served(server)) <= set(numbers(store))
    assert (brought.complete, brought.announced, brought.received) == (1, 24, 24)


def test_a_total_that_never_stands_still_is_reported(store: Store) -> None:
    def grow(day: str, offset: int, page: dict[str, Any]) -> dict[str, Any]:
        del day
        return {**page, "total_count": 24 + (offset == 20)}

    with GazetteServer(days(1), changed=grow) as server:
        brought = collected(server, store, 1)
    assert brought.short == 1
    assert "changed while it was paged (24, then 25)" in brought.wrong[0]


def test_an_interrupted_slice_does_not_say_what_was_wrong_before(store: Store) -> None:
    gone = record(DAY, 2)["idweb"]
    with GazetteServer(days(1), missing=frozenset({gone})) as server:
        assert collected(server, store, 1, "each").short == 1
        one = source(server, store)

        def stop(day: str, offset: int, page: dict[str, Any]) -> dict[str, Any]:
            del day, offset
            one.fetcher.stop()
            return page

        server.changed = stop
        with one.fetcher:
            brought = collect(store, one, window(1), way="each")
    assert (brought.open, brought.wrong) == (1, [])


def test_cursors_without_end_end(store: Store) -> None:
    class Endless(Gazette):
        def page(self, ask: Ask, response: Response) -> Page:
            del response
            return Page(None, (), msgspec.structs.replace(ask, url=f"{ask.url}0"), holds=False)

    with GazetteServer(days(1)) as server, (one := source(server, store)).fetcher:
        brought = collect(store, one._replace(bulletin=Endless()), window(1))
    assert brought.failed == 1
    assert "100 pages in a row" in brought.wrong[0]


def test_a_full_disk_is_named_with_its_place(store: Store) -> None:
    """The kernel refuses to make a file longer than it may be, as it does where the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Hostile("/packages/", Answer(body=b"[" + b" " * 40_000_000), count=1) as server:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000_000, before[1]))
        try:
            with pytest.raises(OSError, match=r"File too large: .*downloads"):
                collected(server, store, 1, "package")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

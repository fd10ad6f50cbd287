"""The engine brings every notice of every day once, whatever the server does, and says what it could not bring."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.bulletins import Page, Window
from beffroi.bulletins.explore import each
from beffroi.collect import Brought, Source, collect
from beffroi.collect.alone import collecting
from beffroi.collect.one import get
from beffroi.errors import Unavailable, UsageError
from beffroi.fetch import Ask, Fetcher, Manners, Response
from beffroi.store import Store
from beffroi.store.slices import rows
from tests.collect.gazette import FIRST, Gazette, GazetteServer, days, record
from tests.servers.faults import KINDS, STAND_IN, Faults
from tests.servers.loopback import Answer, Query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAYS = ("pages", "each", "package")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home", create=True) as opened:
        yield opened


def source(server: GazetteServer, store: Store, *, again: bool = False, **manners: Any) -> Source:
    polite = Manners(**{"first_wait": 0.005, "longest_wait": 0.01, "concurrency": 3, **manners})
    addresses = {"api": server.address}
    return Source(Gazette(), addresses, Fetcher(addresses.values(), polite, agent="test"), store.home, again)


def window(count: int) -> Window:
    return Window(FIRST, FIRST + timedelta(count - 1))


def collected(server: GazetteServer, store: Store, count: int, way: str = "pages", **more: Any) -> Brought:
    with (one := source(server, store, **more)).fetcher:
        return collect(store, one, window(count), way=way)


def numbers(store: Store) -> list[str]:
    return sorted(row[0] for row in store.connection.execute("SELECT number FROM notices"))


def served(server: GazetteServer) -> list[str]:
    return sorted(one["idweb"] for found in server.notices.values() for one in found)


@pytest.mark.parametrize("way", WAYS)
def test_every_notice_comes_once(store: Store, way: str) -> None:
    with GazetteServer(days(4)) as server:
        brought = collected(server, store, 4, way)
        assert numbers(store) == served(server)
    assert (brought.slices, brought.complete, brought.announced, brought.received) == (4, 4, 100, 100)
    assert brought.wrong == []
    assert brought.loaded.new == 100


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_faults_change_nothing_but_the_number_of_requests(store: Store, way: str, seed: int) -> None:
    kinds = KINDS if way == "package" else (*KINDS, STAND_IN) if way == "pages" else KINDS
    with GazetteServer(days(3), faults=Faults(seed=seed, rate=0.4, kinds=kinds)) as server:
        brought = collected(server, store, 3, way)
        assert numbers(store) == served(server)
        polite = server.record.politeness()
    assert brought.wrong == []
    assert polite.faults > 0
    assert polite.most_at_once <= 3


@pytest.mark.parametrize("way", WAYS)
def test_what_is_settled_and_whole_costs_nothing_the_second_time(store: Store, way: str) -> None:
    with GazetteServer(days(3)) as server:
        collected(server, store, 3, way)
        server.record.forget()
        again = collected(server, store, 3, way)
        assert server.record.politeness().requests == 0
    assert (again.slices, again.settled, again.requests) == (0, 3, 0)
    assert again.line("en").endswith("3 of 3 days whole; all collected before, nothing new asked for")
    assert again.line("fr").endswith("3 jours sur 3 au complet\u00a0; tout était déjà collecté, rien n'est redemandé")


def test_asking_again_brings_no_document_twice(store: Store) -> None:
    with GazetteServer(days(3)) as server:
        collected(server, store, 3)
        before = store.connection.execute("SELECT count(*) FROM documents").fetchone()
        again = collected(server, store, 3, again=True)
    assert (again.complete, again.loaded.unchanged) == (3, 75)
    assert store.connection.execute("SELECT count(*) FROM documents").fetchone() == before


def test_a_notice_that_appears_while_one_pages_is_not_lost(store: Store) -> None:
    """Inserted before what was read already: it shifts a row from the first page onto the second."""

    def insert(day: str, offset: int, page: dict[str, Any]) -> dict[str, Any]:
        if offset == 10 and len(server.notices[day]) == 25:
            server.notices[day].insert(0, record(day, 0))
            found = server.notices[day]
            return {"total_count": len(found), "results": found[offset : offset + 10]}
        return page

    with GazetteServer(days(2), changed=insert) as server:
        brought = collected(server, store, 2)
        assert numbers(store) == served(server)
    assert (brought.complete, brought.received, brought.announced) == (2, 52, 52)


def test_a_day_that_announces_more_than_it_gives_is_asked_again_then_reported(store: Store) -> None:
    lies = {(FIRST + timedelta(1)).isoformat()}

    def lie(day: str, offset: int, page: dict[str, Any]) -> dict[str, Any]:
        del offset
        return {**page, "total_count": page["total_count"] + (day in lies)}

    with GazetteServer(days(3), changed=lie) as server:
        brought = collected(server, store, 3)
        assert numbers(store) == served(server)
        first_page = f"/pages?day={min(lies)}&offset=0"
        assert sum(one.target == first_page for one in server.record.seen) == 3
    assert (brought.complete, brought.short) == (2, 1)
    assert brought.wrong == ["gazette pages:2026-09-02: short: 26 announced, 25 received"]
    assert [one.state for one in rows(store.connection)] == ["complete", "short", "complete"]


def test_a_short_day_is_asked_for_again_the_next_time(store: Store) -> None:
    def lie(day: str, offset: int, page: dict[str, Any]) -> dict[str, Any]:
        del day, offset
        return {**page, "total_count": page["total_count"] + lying}

    lying = 1
    with GazetteServer(days(1), changed=lie) as server:
        assert collected(server, store, 1).short == 1
        lying = 0
        assert collected(server, store, 1).complete == 1


def test_a_document_that_is_not_there_is_named(store: Store) -> None:
    gone = record(FIRST.isoformat(), 7)["idweb"]
    with GazetteServer(days(1), missing=frozenset({gone})) as server:
        brought = collected(server, store, 1, "each")
        assert numbers(store) == [one for one in served(server) if one != gone]
    assert (brought.short, brought.received, brought.announced) == (1, 24, 25)
    assert gone in brought.wrong[0]


def test_pages_that_go_round_in_a_circle_end(store: Store) -> None:
    class Circle(Gazette):
        def page(self, ask: Any, response: Any) -> Any:
            return super().page(ask, response)._replace(following=self.first(piece, {"api": server.address}))

    piece = next(Gazette().slices(window(1), "pages", ()))
    with GazetteServer(days(1)) as server, (one := source(server, store)).fetcher:
        brought = collect(store, one._replace(bulletin=Circle()), window(1))
    assert brought.failed == 1
    assert "circle" in brought.wrong[0]


def test_a_server_that_is_down_is_not_asked_for_every_day(store: Store) -> None:
    with GazetteServer({}) as server:
        one = source(server, store, attempts=2)
    with one.fetcher:
        brought = collect(store, one, window(30))
    assert 3 <= brought.failed <= 6
    assert "nothing more was asked" in brought.wrong[0]


def test_a_document_already_archived_is_not_fetched_again(store: Store) -> None:
    gone = record(FIRST.isoformat(), 7)["idweb"]
    with GazetteServer(days(1), missing=frozenset({gone})) as server:
        collected(server, store, 1, "each")
        server.missing = frozenset()
        server.record.forget()
        brought = collected(server, store, 1, "each")
        fetched = [one.target for one in server.record.seen if one.target.startswith("/notice/")]
    assert fetched == [f"/notice/{gone}"]
    assert (brought.complete, brought.received) == (1, 25)


def test_documents_say_when_and_from_where_they_came(store: Store) -> None:
    with GazetteServer(days(1, each=1)) as server:
        collected(server, store, 1)
        found = store.connection.execute("SELECT retrieved, retrieved_from, container_name FROM documents").fetchone()
        assert found[1] == f"{server.address}/pages?day=2026-09-01&offset=0"
    assert date.fromisoformat(found[0][:10]) >= FIRST
    assert found[2] == "gazette-pages-2026-09-01-1.json"


def test_get_brings_a_notice_and_what_it_names(store: Store) -> None:
    day = FIRST.isoformat()
    with GazetteServer(days(1, each=3)) as server:
        call = server.notices[day][0]
        server.notices[day][1]["annonce_lie"] = [call["idweb"]]
        with (one := source(server, store)).fetcher:
            found = get(store, one, server.notices[day][1]["idweb"]).ids
        assert found == [f"boamp:{server.notices[day][1]['idweb']}", f"boamp:{call['idweb']}"]
    assert list(rows(store.connection)) == []


def test_get_keeps_what_came_where_what_it_names_cannot_be_asked(store: Store) -> None:
    day = FIRST.isoformat()

    class Down(GazetteServer):
        def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
            return Answer(500) if path.endswith(call) else super().routes(method, path, query, body)

    with Down(days(1, each=3)) as server:
        call = server.notices[day][0]["idweb"]
        server.notices[day][1]["annonce_lie"] = [call]
        with (one := source(server, store, attempts=2)).fetcher:
            found = get(store, one, server.notices[day][1]["idweb"])
            assert found.ids == [f"boamp:{server.notices[day][1]['idweb']}"]
            assert len(found.wrong) == 1
            assert call in found.wrong[0]
            with pytest.raises(Unavailable):
                get(store, one, call)


def test_an_interrupted_collection_keeps_what_came_and_goes_on(store: Store) -> None:
    def stop(day: str, offset: int, page: dict[str, Any]) -> dict[str, Any]:
        if day == "2026-09-03" and offset == 10:
            one.fetcher.stop()
        return page

    with GazetteServer(days(6), changed=stop) as server:
        with (one := source(server, store, concurrency=1)).fetcher:
            first = collect(store, one, window(6))
        kept = numbers(store)
        server.changed = lambda _day, _offset, page: page
        second = collected(server, store, 6)
        assert numbers(store) == served(server)
    assert 50 <= len(kept) < 150
    assert first.complete == 2
    assert second.settled == 2
    assert second.complete == 4


def test_two_do_not_collect_one_source_at_once(store: Store) -> None:
    """They would download one package into one file."""
    with GazetteServer(days(2)) as server:
        with collecting(store.home, "gazette"), pytest.raises(UsageError, match=f"process {os.getpid()}"):
            collected(server, store, 2, "package")
        assert collected(server, store, 2, "package").complete == 2


def test_a_way_that_a_bulletin_has_not_is_refused(store: Store) -> None:
    with GazetteServer({}) as server, pytest.raises(UsageError, match="its ways are pages, each, package"):
        collected(server, store, 1, "pigeons")


@pytest.mark.parametrize("way", ["pages", "package"])
def test_a_record_that_the_source_repeats_leaves_no_day_short(store: Store, way: str) -> None:
    """The open data of the DECP hold rows twice: announced twice, received twice, archived once."""
    day = FIRST.isoformat()
    with GazetteServer(days(1, each=4)) as server:
        server.notices[day].append(server.notices[day][-1])
        one = source(server, store)
        with one.fetcher:
            brought = collect(store, one._replace(bulletin=Repeating()), window(1), way=way)
    assert (brought.complete, brought.announced, brought.received, brought.loaded.new) == (1, 5, 5, 4)


class Repeating(Gazette):
    """Tells rows of a page apart as the Explore API's reader does."""

    def page(self, ask: Ask, response: Response) -> Page:
        found = super().page(ask, response)
        return found._replace(numbers=each(found.numbers))

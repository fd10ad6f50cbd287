"""The DECP are asked for every contract of every day once, and for the file only when it has changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import Window, bulletins, decp
from beffroi.collect import Brought, Source, collect
from beffroi.collect.one import get
from beffroi.errors import Garbled
from beffroi.fetch import Fetcher, Manners, Response
from beffroi.store import Store
from tests.bulletins.golden import held, orphans
from tests.servers.decp import Decp, Plan
from tests.servers.faults import KINDS, Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from beffroi.notices import Notice

ADDRESSES = decp.BULLETIN.addresses
FIRST = date(2026, 9, 7)
CASES = {"api": Window(date(2024, 3, 31), date(2024, 4, 1)), "file": Window(FIRST, FIRST)}


class TestAsking:
    @pytest.mark.parametrize("way", decp.BULLETIN.ways)
    def test_golden(self, way: str) -> None:
        asks = [decp.first(piece, ADDRESSES) for piece in decp.slices(CASES[way], way, ())]
        held(f"decp/{way}", "".join(f"{one.what} {one.url}\n" for one in asks))

    def test_golden_of_one_contract(self, make: Callable[..., Notice]) -> None:
        notice = make(links=[{"relation": "previous", "target": "decp:21999000000016AC 1"}])
        asks = (*decp.wanted("219990000000162020-07", ADDRESSES), *decp.related(notice, ADDRESSES))
        held("decp/notice", "".join(f"{one.what} {one.url}\n" for one in asks))

    def test_no_golden_case_is_an_orphan(self) -> None:
        assert orphans("decp", {*CASES, "notice"}) == []

    def test_disjoint_windows_give_disjoint_slices(self) -> None:
        one, other = Window(date(2024, 3, 1), date(2024, 3, 31)), Window(date(2024, 4, 1), date(2024, 4, 30))
        keys = [{piece.key for piece in decp.slices(window, "api", ())} for window in (one, other)]
        assert [len(found) for found in keys] == [31 * 3, 30 * 2]
        assert keys[0].isdisjoint(keys[1])

    def test_a_maintenance_page_is_asked_for_again(self) -> None:
        (piece, *_) = decp.slices(Window(FIRST, FIRST), "api", ())
        ask = decp.first(piece, ADDRESSES)
        with pytest.raises(Garbled):
            decp.page(ask, Response(ask.url, 200, {}, b"<html/>", ""))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("decp:219990000000162020-07", "219990000000162020-07"),
        ("219990000000162020-07", "219990000000162020-07"),
        ("decp:21999000000016AC 1", "21999000000016AC 1"),
        ("20-51423", None),
        ("175835-2020", None),
        ("21999000000016", None),
        ("https://example.org/219990000000162020-07", None),
    ],
)
def test_what_a_person_means(text: str, number: str | None) -> None:
    assert decp.number(text) == number


class TestCollecting:
    """The engine, with the real bulletin."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with Store.open(tmp_path / "home", create=True) as opened:
            yield opened

    @pytest.mark.parametrize("way", decp.BULLETIN.ways)
    def test_every_contract_comes_once_whatever_the_server_does(self, store: Store, way: str) -> None:
        plan = Plan(begins=FIRST, until=date(2026, 9, 8), crowded={FIRST: 230})
        with Decp(plan, faults=Faults(seed=3, rate=0.4, kinds=KINDS)) as server:
            brought = collected(server, store, way)
            assert stored(store) == served(server)
        assert brought.wrong == []
        assert brought.loaded.unread == 0
        loaded = brought.loaded
        assert (loaded.documents, loaded.new) == (len(server.rows()), len(served(server)))
        assert loaded.duplicates + loaded.revisions == len(server.rows()) - loaded.new
        assert loaded.duplicates > 0

    def test_the_file_is_fetched_again_only_when_it_has_changed(self, store: Store) -> None:
        with Decp(Plan(begins=FIRST, until=FIRST)) as server:
            first, second = collected(server, store, "file"), collected(server, store, "file")
        assert first.loaded.documents == len(server.rows())
        assert (second.loaded.documents, second.wrong) == (0, [])

    def test_years_of_the_order_of_2019(self, store: Store) -> None:
        with Decp(Plan(begins=date(2021, 3, 1), until=date(2021, 3, 1))) as server:
            collected(server, store, "api")
            assert stored(store) == served(server)

    def test_one_contract(self, store: Store) -> None:
        with Decp(Plan(begins=FIRST, until=FIRST)) as server:
            row = server.published[decp.CONTRACTS].on(FIRST)[3].fields
            uid = f"{row['acheteur_id']}{row['id']}"
            source = opened(server, store)
            with source.fetcher:
                assert get(store, source, uid).ids == [f"decp:{uid}"]

    def test_the_last_revision_tells_of_the_modification(self, store: Store) -> None:
        with Decp(Plan(begins=FIRST, until=FIRST)) as server:
            collected(server, store, "api")
            row = next(one.fields for one in server.published[decp.CONTRACTS].on(FIRST))
        notice = store.notice(f"decp:{row['acheteur_id']}{row['id']}")
        assert notice is not None
        assert [one.kind for one in notice.awards[0].amounts if one.kind == "amended"] == ["amended"]
        assert notice.suspects == ()


def opened(server: Decp, store: Store) -> Source:
    manners = Manners(first_wait=0.005, longest_wait=0.01, concurrency=3)
    fetcher = Fetcher(server.addresses.values(), manners, agent="test")
    return Source(bulletins()["decp"], server.addresses, fetcher, store.home)


def collected(server: Decp, store: Store, way: str) -> Brought:
    source = opened(server, store)
    with source.fetcher:
        return collect(store, source, Window(server.plan.begins, server.plan.until), way=way, jobs=1)


def served(server: Decp) -> list[str]:
    rows = [row.fields for row in server.rows()]
    return sorted({f"decp:{one.get('acheteur_id') or one['autoriteconcedante_id']}{one['id']}" for one in rows})


def stored(store: Store) -> list[str]:
    return sorted(row[0] for row in store.connection.execute("SELECT id FROM notices"))

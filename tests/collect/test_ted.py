"""TED collected by the engine from its server on loopback: every way brings every notice once, whatever happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import Window, bulletin
from beffroi.collect import Brought, Source, collect
from beffroi.collect.one import get
from beffroi.fetch import Fetcher, Manners, agent
from beffroi.store import Store
from beffroi.store.slices import rows
from tests.servers.faults import STAND_IN, Faults
from tests.servers.ted import Ted
from tests.servers.ted_notices import Planted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONDAY = date(2026, 9, 7)
WEEK = Window(MONDAY, MONDAY + timedelta(6))
SIZE = (8, 12)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home", create=True) as opened:
        yield opened


def source(server: Ted, store: Store) -> Source:
    ted = bulletin("ted")
    addresses = dict.fromkeys(ted.BULLETIN.addresses, server.address)
    polite = Manners(first_wait=0.005, longest_wait=0.01, concurrency=ted.BULLETIN.manners.concurrency, attempts=8)
    return Source(ted, addresses, Fetcher(addresses.values(), polite, agent=agent(None)), store.home)


def collected(server: Ted, store: Store, window: Window, way: str) -> Brought:
    with (one := source(server, store)).fetcher:
        return collect(store, one, window, way=way)


def ids(store: Store) -> list[str]:
    return sorted(row[0] for row in store.connection.execute("SELECT id FROM notices"))


@pytest.mark.parametrize("way", bulletin("ted").BULLETIN.ways)
@pytest.mark.parametrize("seed", [1, 2])
def test_faults_change_nothing_but_the_number_of_requests(store: Store, way: str, seed: int) -> None:
    window = WEEK if way != "months" else Window(date(2026, 8, 1), date(2026, 8, 31))
    faults = Faults(seed=seed, rate=0.3)
    with Ted(size=SIZE, seed=seed, faults=faults, timeouts=0.3, guarded=True) as server:
        brought = collected(server, store, window, way)
        assert ids(store) == sorted(one.id for one in server.collected(*window))
        polite = server.record.politeness()
    assert brought.wrong == []
    assert brought.announced == brought.received == brought.loaded.new == len(ids(store))
    assert polite.faults > 0
    assert polite.most_at_once <= 3


def test_a_web_page_in_place_of_a_notice_is_asked_for_again(store: Store) -> None:
    with Ted(size=SIZE, faults=Faults(seed=3, rate=0.5, kinds=(STAND_IN,))) as server:
        brought = collected(server, store, WEEK, "api")
        assert ids(store) == sorted(one.id for one in server.collected(*WEEK))
    assert brought.wrong == []
    assert brought.loaded.without_record == 0


@pytest.mark.parametrize("padded", [False, True])
def test_a_month_is_found_however_its_address_is_written(store: Store, *, padded: bool) -> None:
    august = Window(date(2026, 8, 1), date(2026, 8, 31))
    with Ted(size=(2, 3), padded=padded) as server:
        assert collected(server, store, august, "months").wrong == []
        assert ids(store) == sorted(one.id for one in server.collected(*august))


def test_an_issue_that_is_planned_and_absent_is_named_and_the_others_come(store: Store) -> None:
    tuesday = MONDAY + timedelta(1)
    with Ted(size=SIZE, planted=Planted(missing=frozenset({tuesday}))) as server:
        brought = collected(server, store, WEEK, "packages")
        assert ids(store) == sorted(one.id for one in server.collected(*WEEK))
        issue = server.year(2026).issue_of(tuesday)
    (failed,) = (one for one in rows(store.connection, "ted") if one.state != "complete")
    assert (failed.key, failed.state) == (f"packages:2026-{issue}", "failed")
    assert "there is nothing there (404)" in (failed.why or "")
    assert len(brought.wrong) == 1


def test_without_a_calendar_the_days_are_asked(store: Store) -> None:
    with Ted(size=SIZE, calendar=False) as server:
        brought = collected(server, store, WEEK, "days")
        assert ids(store) == sorted(one.id for one in server.collected(*WEEK))
    assert (brought.slices, brought.complete) == (7, 7)


def test_a_notice_comes_with_its_correction_and_result(store: Store) -> None:
    with Ted(size=(20, 20)) as server:
        call = server.collected(MONDAY, MONDAY)[0]
        expected = [one.id for one in server.year(2026).procedure(call)]
        with (one := source(server, store)).fetcher:
            brought = get(store, one, f"{call.number}-2026").ids
    assert brought[0] == call.id
    assert sorted(brought) == sorted(expected)
    assert len(expected) == 3


def test_a_result_in_ted_xml_comes_with_its_call(store: Store) -> None:
    with Ted(size=(20, 20)) as server:
        result = next(one for one in server.collected(MONDAY, MONDAY) if one.place == 8)
        call = server.year(2026).call_of(result)
        assert call is not None
        with (one := source(server, store)).fetcher:
            assert get(store, one, result.printed).ids == [result.id, call.id]

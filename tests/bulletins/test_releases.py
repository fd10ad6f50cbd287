"""Find a Tender and Contracts Finder bring every release of every day once, through real pages and every fault."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.bulletins import Window, bulletin, contracts_finder, fts, releases
from beffroi.collect import Brought, Source, collect
from beffroi.collect.one import get
from beffroi.errors import Garbled
from beffroi.fetch import Ask, Fetcher, Manners, Response
from beffroi.store import Store
from tests.bulletins.golden import golden, orphans
from tests.servers.contracts_finder import API as PUBLISHED
from tests.servers.contracts_finder import ContractsFinder
from tests.servers.faults import KINDS, Faults
from tests.servers.fts import API, Fts
from tests.servers.release_packages import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.release_packages import ReleasePackages

DAY = date(2026, 9, 3)
CROWDED = Plan(crowded=frozenset({DAY}))
SERVERS: dict[str, tuple[type[ReleasePackages], str]] = {
    "fts": (Fts, API),
    "contracts_finder": (ContractsFinder, PUBLISHED),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home", create=True) as opened:
        yield opened


def source(name: str, server: ReleasePackages, store: Store) -> Source:
    polite = Manners(first_wait=0.005, longest_wait=0.01, concurrency=2)
    addresses = {"api": server.address + SERVERS[name][1]}
    return Source(bulletin(name), addresses, Fetcher(addresses.values(), polite, agent="test"), store.home)


def collected(name: str, server: ReleasePackages, store: Store, window: Window) -> Brought:
    with (one := source(name, server, store)).fetcher:
        return collect(store, one, window, way="api")


def ids(store: Store) -> list[str]:
    return sorted(row[0] for row in store.connection.execute("SELECT id FROM notices"))


def served(server: ReleasePackages) -> list[str]:
    return sorted(f"ocds:{one['ocid']}:{one['id']}" for one in server.releases)


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("rate", [0.0, 0.4])
def test_every_release_comes_once(name: str, rate: float, store: Store) -> None:
    made, _ = SERVERS[name]
    with made(CROWDED, faults=Faults(seed=3, rate=rate, kinds=KINDS)) as server:
        brought = collected(name, server, store, Window(CROWDED.begins, CROWDED.until))
        assert ids(store) == served(server)
    assert (brought.wrong, brought.slices, brought.complete) == ([], 4, 4)
    assert brought.received == len(served(server)) == 3 * 7 + 205


def test_a_notice_of_find_a_tender_is_brought_by_its_page(store: Store) -> None:
    number = fts.number("https://www.find-tender.service.gov.uk/Notice/000005-2026?origin=x")
    assert number == "000005-2026"
    with Fts() as server, (one := source("fts", server, store)).fetcher:
        assert get(store, one, number).ids == ["ocds:ocds-h6vhtk-000005:000005-2026"]


def test_a_process_of_contracts_finder_is_brought_as_its_releases(store: Store) -> None:
    with ContractsFinder() as server, (one := source("contracts_finder", server, store)).fetcher:
        wanted = server.releases[4]
        assert get(store, one, wanted["ocid"]).ids == [f"ocds:{wanted['ocid']}:{wanted['id']}"]


def answer(body: bytes) -> Response:
    return Response("https://x.example/a/p?q=1", 200, {}, body, "2026-09-03T00:00:00Z")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"message": "no"}',
        b'{"releases": [{"id": "1"}]}',
        b'{"releases": [], "links": {"next": "https://x.example/a/p?q=1"}}',
        b'{"releases": [], "links": {"next": "https://x.example/a/other?q=2"}}',
        b'{"releases": [], "links": {"next": "https://x.example/a/p"}}',
    ],
)
def test_an_answer_that_is_no_page_or_leads_nowhere_is_garbled(body: bytes) -> None:
    with pytest.raises(Garbled):
        releases.page(Ask("https://x.example/a/p?q=1"), answer(body))


def test_a_page_leads_on_under_the_address_it_was_asked_at() -> None:
    body = b'{"releases": [], "links": {"next": "https://evil.example/a/p?cursor=2"}}'
    found = releases.page(Ask("https://x.example/a/p?q=1"), answer(body))
    assert found.following is not None
    assert found.following.url == "https://x.example/a/p?cursor=2"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ocds:ocds-h6vhtk-0fffff:999001-2026", "999001-2026"),
        ("FTS 999001-2026", "999001-2026"),
        ("ocds-h6vhtk-0FFFFF", "ocds-h6vhtk-0fffff"),
        ("999001-2026", None),
        ("https://www.find-tender.service.gov.uk/Search", None),
    ],
)
def test_what_a_person_means_by_a_number(text: str, number: str | None) -> None:
    assert fts.number(text) == number


@pytest.mark.parametrize("name", SERVERS)
def test_the_requests_are_those_of_the_golden_file(name: str) -> None:
    module: Any = fts if name == "fts" else contracts_finder
    addresses = module.BULLETIN.addresses
    pieces = list(module.slices(Window(DAY, date(2026, 9, 4)), "api", ()))
    ocid = "ocds-h6vhtk-0fffff" if name == "fts" else "ocds-b5fd17-01234567-89ab-cdef-0123-456789abcdef"
    found = {
        "slices": [{"key": one.key, "asks": module.first(one, addresses).url} for one in pieces],
        "wanted": [ask.url for ask in module.wanted(ocid, addresses)],
    }
    golden(f"{name}/api", found)
    assert orphans(name, {"api"}) == []

"""OCDS at any address: pages that name the next, or a file of releases."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import Window
from beffroi.collect import Brought, collect
from beffroi.collect.opening import opened
from beffroi.errors import UsageError
from beffroi.settings import Settings
from beffroi.store import Store
from beffroi.store.slices import rows
from tests.servers.fts import Fts
from tests.servers.loopback import Answer, LoopbackServer, Query
from tests.servers.release_packages import Plan

if TYPE_CHECKING:
    from pathlib import Path

DAYS = Window(date(2026, 9, 1), date(2026, 9, 4))


class Publisher(LoopbackServer):
    """Serves releases as JSON lines, the same file until it changes."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:  # noqa: ARG002 - a base's method
        found = path == "/full.jsonl"
        return Answer(200, {}, "\n".join(self.lines).encode()) if found else Answer(404)


def brought(home: Path, address: str) -> Brought:
    source = opened("ocds", Settings(home, manners={"ocds": {"first_wait": 0.01}}), at=address)
    with Store.open(home, create=True) as store, source.fetcher:
        return collect(store, source, DAYS)


def test_pages_are_followed_to_the_last(tmp_path: Path) -> None:
    with Fts(Plan(daily=60)) as server:
        found = brought(tmp_path, f"{server.address}/api/1.0/ocdsReleasePackages")
    assert (found.slices, found.complete, found.received, found.loaded.new) == (1, 1, 240, 240)


def test_a_file_that_did_not_change_is_not_fetched_again(tmp_path: Path) -> None:
    with Fts(Plan(daily=2)) as fts:
        lines = [json.dumps(one) for one in fts.releases]
    with Publisher(lines) as server:
        address = f"{server.address}/full.jsonl"
        assert brought(tmp_path, address).loaded.new == 8
        again = brought(tmp_path, address)
        assert (again.received, again.loaded.documents) == (8, 0)
        server.lines = lines[:-1]
        assert brought(tmp_path, address).loaded.unchanged == 7


def test_each_address_is_a_slice_of_its_own(tmp_path: Path) -> None:
    with Fts(Plan(daily=2)) as one, Fts(Plan(daily=3)) as other:
        addresses = [f"{server.address}/api/1.0/ocdsReleasePackages" for server in (one, other)]
        for address in addresses:
            brought(tmp_path, address)
    with Store.open(tmp_path) as store:
        assert [row.key for row in rows(store.connection, "ocds")] == sorted(f"{one}#all" for one in addresses)


def test_without_an_address_it_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="say where with --at"):
        opened("ocds", Settings(tmp_path))

"""A small campaign: every bulletin that has a server, a few days, every fault; the large one is `make campaign`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bench.campaign import BEGINS, collected
from bench.kills import Extent, kills

from beffroi.bulletins import Window, bulletins
from tests.campaigns import Span, campaigns

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Span(Window(BEGINS, BEGINS + timedelta(5)), seed=1, small=True)


def test_every_bulletin_at_addresses_of_its_own_has_a_campaign() -> None:
    assert set(campaigns()) == {name for name, one in bulletins().items() if all(one.BULLETIN.addresses.values())}


def test_nothing_is_missing_nothing_twice_and_health_names_what_was_planted(tmp_path: Path) -> None:
    results = list(collected(sorted(campaigns()), SMALL, tmp_path, rate=0.2, wait=0, few=False))
    assert [(one.source, sentence) for one in results for sentence in one.wrong] == []
    assert sum(one.faults for one in results) > len(results)


def test_a_collection_killed_and_begun_again_ends_in_the_same_store(tmp_path: Path) -> None:
    found = list(kills(3, tmp_path, seed=2, extent=Extent(days=3, boamp=210, issues=2, packaged=60, single=60)))
    assert [one.wrong for one in found] == [[], [], []]

"""What holds for every bulletin there is: its declaration is whole, its slices fit windows, its server gives it all.

A bulletin is found by being there; its server is `tests/servers/NAME.py` with `contract()`. How to add one:
docs/how-to/add-a-bulletin.md.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.bulletins import Window, bulletin, bulletins
from beffroi.collect import Brought, Source, collect
from beffroi.collect.health.calendar import Calendar
from beffroi.collect.local import answered
from beffroi.fetch import Fetcher, Manners
from beffroi.fetch.clock import Clock
from beffroi.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.bulletins import Slice
    from tests.servers.contract import Contract

GOLDEN = Path(__file__).parent / "golden"
NAMES = list(bulletins())
ASKED = [name for name in NAMES if not bulletin(name).BULLETIN.given]
"""All but those that are told with `--at` what to ask: these have no server, no licence and no days of their own."""
PROMISING = [name for name in NAMES if bulletin(name).BULLETIN.promise is not None]
WAYS = [(name, way) for name in ASKED for way in bulletin(name).BULLETIN.ways]
POLITE = Manners(first_wait=0.005, longest_wait=0.01, concurrency=3)
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
AROUND = 60
"""Days around the server's own that windows are drawn from."""


class Later(Clock):
    """A clock that stands a year after a window: every day of it has settled."""

    def __init__(self, window: Window) -> None:
        self._now = f"{window.until + timedelta(365)}T06:00:00Z"

    def now(self) -> str:
        return self._now


def contracted(name: str) -> Contract:
    """Return what a bulletin's server offers; says what is missing."""
    module = f"tests.servers.{name}"
    if find_spec(module) is None:
        pytest.fail(f"{name}: there is no server for its tests: write tests/servers/{name}.py")
    if not hasattr(import_module(module), "contract"):
        pytest.fail(f"{name}: tests/servers/{name}.py has no contract(): see tests/servers/contract.py")
    found: Contract = import_module(module).contract()
    return found


@pytest.fixture
def contract(name: str) -> Iterator[Contract]:
    """Return what a bulletin's server offers, the server answering."""
    found = contracted(name)
    with found.server:
        yield found


def fetcher(contract: Contract) -> Fetcher:
    return Fetcher(contract.addresses.values(), POLITE, agent="contract", clock=Later(contract.window))


def cut(name: str, way: str, contract: Contract, window: Window) -> list[Slice]:
    """Return the slices of a window, its calendar asked of the server."""
    module = bulletin(name)
    asks = module.calendars(window, way, contract.addresses)
    with fetcher(contract) as asking:
        return list(module.slices(window, way, tuple(answered(asking, ask, repr) for ask in asks)))


@pytest.mark.parametrize("name", NAMES)
class TestDeclaration:
    def test_it_is_named_as_its_module(self, name: str) -> None:
        declared = bulletin(name).BULLETIN
        assert NAME.fullmatch(name), f"{name}: lower case letters, digits and _"
        assert bulletin(name).__name__.rpartition(".")[2] == name  # type: ignore[attr-defined] # a module
        assert declared.source, f"{name}: source, the source of its records, is empty"

    @pytest.mark.parametrize("field", ["title", "attribution"])
    def test_it_speaks_french_and_english(self, name: str, field: str) -> None:
        texts = getattr(bulletin(name).BULLETIN, field)
        assert set(texts) == {"fr", "en"}, f"{name}: {field} is needed in fr and en"
        for lang, text in texts.items():
            assert text.strip(), f"{name}: {field} in {lang} is empty"
            assert "{" not in text.replace("{date}", ""), f"{name}: {field} knows no other field than {{date}}"

    def test_it_says_who_publishes_and_under_which_licence(self, name: str) -> None:
        declared = bulletin(name).BULLETIN
        for field in ("publisher", "licence"):
            assert getattr(declared, field).strip(), f"{name}: {field} is empty"
        for field in ("homepage", "licence_url") if name in ASKED else ():
            assert getattr(declared, field).startswith("https://"), f"{name}: {field} begins with https://"

    def test_its_addresses_are_https(self, name: str) -> None:
        declared = bulletin(name).BULLETIN
        for key, address in declared.addresses.items():
            asked = urlsplit(address).scheme == "https" and bool(urlsplit(address).netloc)
            assert asked or (declared.given and not address), (
                f"{name}: address {key} = {address!r} is no https:// address"
            )

    def test_it_can_be_collected_in_some_way(self, name: str) -> None:
        ways = bulletin(name).BULLETIN.ways
        assert ways, f"{name}: ways is empty"
        assert len(set(ways)) == len(ways)

    def test_it_says_since_when_and_how_much(self, name: str) -> None:
        declared = bulletin(name).BULLETIN
        assert declared.begins <= datetime.now(UTC).date(), f"{name}: begins {declared.begins}: in the future"
        assert declared.begins >= date(1990, 1, 1) or name not in ASKED
        if declared.month is not None:
            assert min(declared.month) > 0, f"{name}: month: about how much are thirty days? {declared.month}"
        else:
            assert declared.given, f"{name}: month is needed: about how much are thirty days?"

    def test_it_answers_none_for_what_is_no_number_of_its(self, name: str) -> None:
        for text in ("", "hello", "https://example.org/", "🙂" * 500):
            assert bulletin(name).number(text) is None


@pytest.mark.parametrize("name", PROMISING)
def test_a_promise_is_sane(name: str) -> None:
    promise = bulletin(name).BULLETIN.promise
    assert promise is not None
    assert len(promise.notices) == 7
    assert min(promise.notices) >= 0
    assert max(promise.notices) > 0, f"{name}: promise.notices: no weekday has any"
    assert 1 <= promise.silence <= 60, f"{name}: promise.silence: {promise.silence} days"
    assert 0 <= promise.settles <= 60, f"{name}: promise.settles: {promise.settles} days"
    for year in (2020, 2026, 2035):
        assert {one.year for one in promise.holidays(year)} <= {year}


@pytest.mark.parametrize("name", ASKED)
def test_there_are_golden_requests(name: str) -> None:
    assert any((GOLDEN / name).glob("[!.]*")), (
        f"{name}: tests/bulletins/golden/{name}/ is empty: see tests/bulletins/golden.py"
    )


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_slices_cover_a_window_exactly(name: str, way: str, contract: Contract) -> None:
    """Each lies within the window, none comes twice, and every day that owes notices is in one."""
    promise = bulletin(name).BULLETIN.promise
    found = cut(name, way, contract, contract.window)
    days = [day for one in found for day in Window(one.since, one.until).days()]
    if way not in contract.packaged:
        assert set(days) <= set(contract.window.days()), f"{name} {way}: a slice reaches out of its window"
    assert [one.since for one in found] == sorted(one.since for one in found)
    assert len({one.key for one in found}) == len(found)
    owed = {day for day in contract.window.days() if promise is None or Calendar(promise).due(day)}
    assert owed <= set(days), f"{name} {way}: days without a slice: {sorted(owed - set(days))}"


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_disjoint_windows_ask_for_disjoint_things(name: str, way: str, contract: Contract) -> None:
    days = list(Window(contract.window.since - timedelta(AROUND), contract.window.until).days())

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(days), min_size=4, max_size=4, unique=True).map(sorted))
    def disjoint(drawn: list[date]) -> None:
        left = cut(name, way, contract, Window(drawn[0], drawn[1]))
        right = cut(name, way, contract, Window(drawn[2], drawn[3]))
        both = {one.key for one in left} & {one.key for one in right}
        if way in contract.packaged:  # a package that no window cuts belongs to every window it reaches into
            assert all(one.since <= drawn[1] and one.until >= drawn[2] for one in left if one.key in both)
            return
        assert both == set()
        asks = [{bulletin(name).first(one, contract.addresses) for one in part} for part in (left, right)]
        assert asks[0].isdisjoint(asks[1])
        assert len(asks[0]) == len(left)

    disjoint()


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_what_is_announced_is_received_and_the_second_time_costs_nothing(
    name: str, way: str, contract: Contract, tmp_path: Path
) -> None:
    first = collected(name, way, contract, tmp_path)
    assert not first.wrong, "\n".join(first.wrong)
    assert first.slices == first.complete > 0
    assert first.announced == first.received > 0, f"{name} {way}: {first.line('en')}"
    assert first.loaded.new > 0, f"{name} {way}: no reader knows what it brings: {first.line('en')}"
    assert first.loaded.without_record == 0
    if bulletin(name).BULLETIN.promise is None:
        return  # it never says when a day's total is final: every day is asked for again
    contract.server.record.forget()
    second = collected(name, way, contract, tmp_path)
    assert (second.slices, second.settled) == (0, first.slices)
    calendars = bulletin(name).calendars(contract.window, way, contract.addresses)
    assert contract.server.record.politeness().requests == len(calendars)


def collected(name: str, way: str, contract: Contract, home: Path) -> Brought:
    with Store.open(home, create=True) as store, fetcher(contract) as asking:
        source = Source(bulletin(name), contract.addresses, asking, home)
        return collect(store, source, contract.window, way=way, jobs=1)

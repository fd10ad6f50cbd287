"""The BOAMP is asked for every notice of every day once, whatever its servers do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from beffroi.bulletins import Page, Slice, Window, boamp, bulletins
from beffroi.collect import Brought, Source, collect
from beffroi.collect.one import get
from beffroi.errors import Garbled
from beffroi.fetch import Ask, Fetcher, Manners, Response
from beffroi.store import Store
from tests.bulletins.golden import held, orphans
from tests.servers.boamp import Boamp, Plan
from tests.servers.faults import KINDS, STAND_IN, Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from beffroi.notices import Notice

ADDRESSES = boamp.BULLETIN.addresses
FIRST = date(2026, 9, 7)
CASES = {
    "api": Window(date(2026, 9, 10), date(2026, 9, 11)),
    "export": Window(date(2026, 8, 31), date(2026, 9, 30)),
    "archives": Window(date(2021, 12, 31), date(2022, 1, 1)),
}


def one_day(day: date, way: str = "api") -> Slice:
    (piece,) = boamp.slices(Window(day, day), way, ())
    return piece


def answered(ask: Ask, content: bytes) -> Response:
    return Response(ask.url, 200, {}, content, "")


def pages(server: Boamp, piece: Slice) -> list[Page]:
    """Return what all pages of a slice say: the plainest client there is."""
    found: list[Page] = []
    ask: Ask | None = boamp.first(piece, server.addresses)
    with httpx.Client(trust_env=False) as client:
        while ask is not None:
            answer = client.get(ask.url)
            assert answer.status_code == 200, answer.text
            found.append(boamp.page(ask, answered(ask, answer.content)))
            ask = found[-1].following
    return found


def numbers(found: list[Page]) -> list[str]:
    return [number for one in found for number in one.numbers]


def served(server: Boamp, *days: date) -> list[str]:
    return sorted(one.number for day in days or server.plan.days() for one in server.published.on(day))


class TestAsking:
    @pytest.mark.parametrize("way", boamp.BULLETIN.ways)
    def test_golden(self, way: str) -> None:
        asks = list(boamp.calendars(CASES[way], way, ADDRESSES))
        asks += [boamp.first(piece, ADDRESSES) for piece in boamp.slices(CASES[way], way, ())]
        held(f"boamp/{way}", "".join(f"{one.what} {one.url}\n" for one in asks))

    def test_golden_of_one_notice(self, make: Callable[..., Notice]) -> None:
        notice = make(
            procedure={"id": "dddddddd-0001-4ddd-8ddd-dddddddddddd"},
            links=[
                {"relation": "changes", "target": "boamp:20-2"},
                {"relation": "previous", "target": "ted:175835-2020"},
            ],
        )
        asks = (*boamp.wanted("20-51423", ADDRESSES), *boamp.related(notice, ADDRESSES))
        held("boamp/notice", "".join(f"{one.what} {one.url}\n" for one in asks))

    def test_no_golden_case_is_an_orphan(self) -> None:
        assert orphans("boamp", {*CASES, "notice"}) == []

    @pytest.mark.parametrize("way", ["api", "export"])
    @pytest.mark.parametrize("cut", [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 17), date(2026, 9, 30)])
    def test_disjoint_windows_give_disjoint_requests_that_leave_no_day_out(self, way: str, cut: date) -> None:
        since, until = date(2026, 8, 20), date(2026, 10, 10)
        parts = [list(boamp.slices(one, way, ())) for one in (Window(since, cut), Window(cut + timedelta(1), until))]
        asked = [{boamp.first(piece, ADDRESSES) for piece in part} for part in parts]
        assert asked[0].isdisjoint(asked[1])
        covered = [day for part in parts for piece in part for day in Window(piece.since, piece.until).days()]
        assert covered == list(Window(since, until).days())

    def test_a_month_that_the_window_cuts_is_asked_for_by_days(self) -> None:
        keys = [one.key for one in boamp.slices(Window(date(2026, 2, 1), date(2026, 3, 2)), "export", ())]
        assert keys == ["export:2026-02", "export:2026-03-01", "export:2026-03-02"]

    def test_what_is_no_number_of_ours_is_not_asked_for(self, make: Callable[..., Notice]) -> None:
        links = [{"relation": "previous", "target": 'boamp:20-1" or "1"="1'}]
        assert boamp.related(make(procedure={"id": '"x" or 1=1'}, links=links), ADDRESSES) == ()


class TestNumber:
    @pytest.mark.parametrize(
        "text",
        [
            "20-51423",
            " 20-51423\n",
            "boamp:20-51423",
            "BOAMP 20-51423",
            "Boamp n° 20-51423",
            'https://www.boamp.fr/pages/avis/?q=idweb:"20-51423"',
            "https://www.boamp.fr/pages/avis/?q=idweb:20-51423",
            "https://www.boamp.fr/pages/avis/?q=idweb:%2220-51423%22",
            "https://www.boamp.fr/pages/avis/?q=idweb%3A%2220-51423%22&sort=dateparution",
            "https://www.boamp.fr/pages/avis/?q=idweb%253A%252220-51423%2522",
            "https://www.boamp.fr/pages/avis/#q=idweb:20-51423",
            "https://www.boamp.fr/avis/detail/20-51423",
            "http://boamp.fr/avis/detail/20-51423/officiel",
            "www.boamp.fr/avis/detail/20-51423",
            "HTTPS://WWW.BOAMP.FR/avis/detail/20-51423",
            "https://boamp-datadila.opendatasoft.com/explore/dataset/boamp/table/?q=idweb%3D20-51423",
            "https://echanges.dila.gouv.fr/OPENDATA/BOAMP/2020/04/14/20-51423.xml",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert boamp.number(text) == "20-51423"

    def test_an_old_one_keeps_its_form(self) -> None:
        assert boamp.number("boamp:BOAMP-06-123456") == boamp.number("BOAMP-06-123456") == "BOAMP-06-123456"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "20",
            "175835-2020",
            "000052-2020",
            "00047522-2024",
            "ted:175835-2020",
            "20-51423 or 1=1",
            "20-51423-1",
            "https://www.boamp.fr/",
            "https://www.boamp.fr/pages/recherche/?q=drones",
            "https://www.boamp.fr.evil.example/avis/detail/20-51423",
            "https://evil.example/www.boamp.fr/avis/detail/20-51423",
            "https://www.boamp.fr@evil.example/avis/detail/20-51423",
            "https://ted.europa.eu/en/notice/-/detail/175835-2020",
            "http://[::1",
            "2020-05-14",
        ],
    )
    def test_is_none_of_ours(self, text: str) -> None:
        assert boamp.number(text) is None

    def test_the_page_of_every_notice_served_leads_back_to_it(self) -> None:
        for one in Plan().on(FIRST):
            assert boamp.number(one.fields["url_avis"]) == one.number
            assert boamp.number(quote(one.fields["url_avis"], safe=":/?=")) == one.number


class TestPages:
    @pytest.mark.parametrize("day", [date(2026, 9, 7), date(2026, 9, 9), date(2026, 9, 12)])
    def test_a_day_is_followed_to_its_last_notice(self, day: date) -> None:
        with Boamp() as server:
            found = pages(server, one_day(day))
            assert numbers(found) == served(server, day)
        assert {one.announced for one in found} == {len(numbers(found))}

    def test_a_day_without_notices(self) -> None:
        with Boamp(Plan(missing=frozenset({FIRST}))) as server:
            assert pages(server, one_day(FIRST)) == [Page(0, holds=False)]

    @pytest.mark.parametrize("seed", range(1, 9))
    def test_a_notice_that_appears_while_one_pages_is_seen_in_the_total(self, seed: int) -> None:
        day = date(2026, 9, 9)
        with Boamp(Plan(seed=seed, growing=frozenset({day}))) as server:
            before, after = pages(server, one_day(day)), pages(server, one_day(day))
            assert before[-1].announced == before[0].announced + 1 == len(served(server, day))  # type: ignore[operator]
            assert set(numbers(before)) <= set(served(server, day))
            assert numbers(after) == served(server, day)

    def test_a_total_that_is_never_served_ends_one_short(self) -> None:
        with Boamp(Plan(short=frozenset({FIRST}))) as server:
            found = pages(server, one_day(FIRST))
            assert numbers(found) == served(server, FIRST)
        assert found[-1].announced == len(numbers(found)) + 1

    def test_more_than_ten_thousand_on_a_day(self) -> None:
        with Boamp(Plan(crowded={FIRST: 10_350})) as server:
            (only,) = pages(server, one_day(FIRST))
            (member,) = only.members
            with httpx.Client(trust_env=False) as client:
                lines = client.get(member.url).content.splitlines()
            assert [only.announced, len(lines)] == [10_350, 10_350]
            assert sorted(httpx.Response(200, content=one).json()["idweb"] for one in lines) == served(server, FIRST)

    def test_ten_thousand_are_still_paged(self) -> None:
        with Boamp(Plan(crowded={FIRST: 10_000})) as server:
            found = pages(server, one_day(FIRST))
            assert len(found) == 100
            assert numbers(found) == served(server, FIRST)

    def test_a_maintenance_page_is_asked_for_again(self) -> None:
        for piece in (one_day(FIRST), one_day(FIRST, "archives")):
            ask = boamp.first(piece, ADDRESSES)
            with pytest.raises(Garbled):
                boamp.page(ask, answered(ask, b"<html><p>Maintenance</p></html>"))


class TestArchives:
    def test_today_s_years_stand_at_the_root_and_the_others_in_the_history(self) -> None:
        with Boamp(Plan(begins=date(2025, 12, 31), until=date(2026, 1, 1))) as server:
            pieces = list(archived(server, date(2025, 12, 31), date(2026, 1, 1)))
            assert [one.key for one in pieces] == [
                "archives:FluxHistorique/Boamp_v240/2025/12/31",
                "archives:2026/01/01",
            ]
            for piece in pieces:
                (only,) = pages(server, piece)
                assert (
                    sorted(only.numbers)
                    == sorted(one.number or "" for one in only.members)
                    == served(server, piece.since)
                )
                assert (only.announced, only.holds) == (len(only.members), False)

    def test_a_year_of_packages_for_each_kind(self) -> None:
        with Boamp(Plan(begins=date(2015, 3, 2), until=date(2015, 3, 8))) as server:
            pieces = list(archived(server, date(2015, 3, 2), date(2015, 3, 8)))
            assert [one.key.rpartition("/")[2] for one in pieces] == ["BOAMP-J-AO", "BOAMP-N-AO", "MAPA-AO"]
            assert {(one.since, one.until) for one in pieces} == {(date(2015, 3, 1), date(2015, 12, 31))}
            found = [page for piece in pieces for page in pages(server, piece)]
            assert [[one.url.rpartition("/")[2] for one in page.members] for page in found] == [["xml.zip"]] * 3
            assert all(page.announced is None for page in found)

    def test_a_year_of_packages_for_each_day(self) -> None:
        with Boamp(Plan(begins=date(2018, 3, 2), until=date(2018, 3, 4))) as server:
            (piece,) = archived(server, date(2018, 3, 3), date(2018, 3, 3))
            (only,) = pages(server, piece)
            assert [(one.what, one.url.rpartition("_")[2]) for one in only.members] == [
                ("package", "000061.taz"),
                ("package", "000062.taz"),
                ("package", "000063.taz"),
            ]

    def test_only_names_of_the_form_that_is_expected_are_fetched(self) -> None:
        ask = boamp.first(Slice("archives:2026/09/11", "archives", FIRST, FIRST), ADDRESSES)
        links = ("26-1.xml", "26-1.html", "26-2.xml.exe", "evil.xml", "https://evil.example/26-3.xml", "../26-4.xml")
        body = "<title>Index of /</title>" + "".join(f'<a href="{one}">x</a>' for one in links) + "</html>"
        found = boamp.page(ask, answered(ask, body.encode()))
        assert [one.url for one in found.members] == [f"{ADDRESSES['archives']}/2026/09/11/26-1.xml"]
        assert found.announced == 1


def archived(server: Boamp, since: date, until: date) -> Iterator[Slice]:
    window = Window(since, until)
    with httpx.Client(trust_env=False) as client:
        asks = boamp.calendars(window, "archives", server.addresses)
        answers = tuple(answered(ask, client.get(ask.url).content) for ask in asks)
    return boamp.slices(window, "archives", answers)


class TestCollecting:
    """The engine, with the real bulletin."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with Store.open(tmp_path / "home", create=True) as opened:
            yield opened

    @pytest.mark.parametrize("way", boamp.BULLETIN.ways)
    def test_every_notice_comes_once_whatever_the_server_does(self, store: Store, way: str) -> None:
        kinds = (*KINDS, STAND_IN) if way == "api" else KINDS
        plan = Plan(begins=FIRST, until=FIRST + timedelta(1))
        with Boamp(plan, faults=Faults(seed=3, rate=0.5, kinds=kinds)) as server:
            brought = collected(server, store, plan, way)
            assert stored(store) == served(server)
            assert server.record.politeness().faults > 0
        assert (brought.wrong, brought.announced) == ([], len(stored(store)))
        assert brought.loaded.unread == 0

    def test_a_day_that_grows_while_it_is_collected_comes_whole(self, store: Store) -> None:
        day = date(2026, 9, 9)
        plan = Plan(begins=day, until=day, growing=frozenset({day}))
        with Boamp(plan) as server:
            brought = collected(server, store, plan, "api")
            assert stored(store) == served(server)
        assert (brought.complete, brought.wrong) == (1, [])

    @pytest.mark.slow
    def test_a_crowded_day_comes_whole(self, store: Store) -> None:
        plan = Plan(begins=FIRST, until=FIRST, crowded={FIRST: 10_050})
        with Boamp(plan) as server:
            brought = collected(server, store, plan, "api")
            assert stored(store) == served(server)
        assert (brought.complete, brought.announced, brought.received) == (1, 10_050, 10_050)

    def test_a_day_that_stays_short_is_told(self, store: Store) -> None:
        plan = Plan(begins=FIRST, until=FIRST, short=frozenset({FIRST}))
        with Boamp(plan) as server:
            brought = collected(server, store, plan, "api")
            assert stored(store) == served(server)
        assert brought.short == 1

    @pytest.mark.parametrize("year", [2015, 2018])
    def test_packages_of_old_years(self, store: Store, year: int) -> None:
        plan = Plan(begins=date(year, 3, 2), until=date(year, 3, 3))
        with Boamp(plan) as server:
            brought = collected(server, store, plan, "archives")
            assert stored(store) == served(server)
        assert brought.wrong == []

    def test_one_notice_with_its_call(self, store: Store) -> None:
        with Boamp(Plan(begins=date(2026, 8, 10), until=date(2026, 9, 9))) as server:
            awards = [one for one in server.published.on(date(2026, 9, 9)) if one.facts.kind == "ATTRIBUTION"]
            award = next(one for one in awards if one.facts.shape == "EFORMS")
            source = opened(server, store)
            with source.fetcher:
                found = get(store, source, award.number).ids
        assert found[0] == f"boamp:{award.number}"
        assert f"boamp:{award.facts.earlier}" in found
        assert 2 <= len(found) < 20


def opened(server: Boamp, store: Store) -> Source:
    manners = Manners(first_wait=0.005, longest_wait=0.01, concurrency=3)
    fetcher = Fetcher(server.addresses.values(), manners, agent="test")
    return Source(bulletins()["boamp"], server.addresses, fetcher, store.home)


def collected(server: Boamp, store: Store, plan: Plan, way: str) -> Brought:
    source = opened(server, store)
    with source.fetcher:
        return collect(store, source, Window(plan.begins, plan.until), way=way, jobs=1)


def stored(store: Store) -> list[str]:
    return sorted(row[0] for row in store.connection.execute("SELECT number FROM notices"))


def test_digits_of_another_script_are_no_number() -> None:
    assert boamp.number("\u0662\u0660-51423") is None

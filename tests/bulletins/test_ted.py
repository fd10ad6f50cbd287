from __future__ import annotations

import io
import tarfile
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from beffroi.bulletins import Page, Slice, Window, bulletin
from beffroi.bulletins.ted import BULLETIN, calendars, first, number, page, related, slices, wanted
from beffroi.errors import Garbled, NotThere
from beffroi.fetch import Ask, Response, agent
from beffroi.formats import read
from beffroi.intake import documents
from beffroi.notices import Document
from tests.bulletins.golden import golden
from tests.servers.ted import Ted
from tests.servers.ted_notices import Planted, Published, Year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from beffroi.notices import Notice

MONDAY = date(2026, 9, 7)
WEEK = Window(MONDAY, MONDAY + timedelta(6))
AUGUST = Window(date(2026, 8, 1), date(2026, 8, 31))
SMALL = (11, 17)


def response(body: bytes | dict[str, Any], *, retrieved: str = "2026-09-30T10:00:00Z") -> Response:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return Response("https://api.ted.europa.eu/v3/notices/search", 200, {}, content, retrieved)


def found(*numbers: str, total: int, token: str | None = None, **more: Any) -> dict[str, Any]:
    hits = [{"publication-number": one, **more} for one in numbers]
    return {"notices": hits, "totalNoticeCount": total, "iterationNextToken": token, "timedOut": False}


def asked(key: str, day: date = MONDAY, until: date | None = None) -> Ask:
    return first(Slice(key, key.partition(":")[0], day, until or day), BULLETIN.addresses)


def body(ask: Ask) -> dict[str, Any]:
    assert ask.body is not None
    return msgspec.json.decode(ask.body, type=dict[str, Any])


CALENDAR = response(b"OJS,Publication date\n172,07/09/2026\n173,08/09/2026\n174,09/09/2026\n175,10/09/2026\n")


class TestSlices:
    def test_are_the_issues_of_the_calendar_and_beyond_it_days(self) -> None:
        assert [one.key for one in slices(WEEK, "packages", (CALENDAR,))] == [
            "packages:2026-172",
            "packages:2026-173",
            "packages:2026-174",
            "packages:2026-175",
            "days:2026-09-11",
            "days:2026-09-12",
            "days:2026-09-13",
        ]

    def test_ask_for_the_calendar_of_each_year_and_only_where_it_is_needed(self) -> None:
        over = Window(date(2025, 12, 30), date(2026, 1, 4))
        assert [ask.url[-8:] for ask in calendars(over, "packages", BULLETIN.addresses)] == ["CSV/2025", "CSV/2026"]
        assert calendars(over, "days", BULLETIN.addresses) == ()

    def test_no_issue_is_guessed_where_the_year_has_no_calendar_yet(self) -> None:
        calendar = response(b"OJS,Publication date\n")
        assert {one.way for one in slices(WEEK, "packages", (calendar,))} == {"days"}

    def test_months_the_window_cuts_are_covered_by_days(self) -> None:
        window = Window(date(2026, 7, 30), date(2026, 9, 2))
        keys = [one.key for one in slices(window, "months", ())]
        assert keys == ["days:2026-07-30", "days:2026-07-31", "months:2026-08", "days:2026-09-01", "days:2026-09-02"]

    @pytest.mark.parametrize("way", BULLETIN.ways)
    def test_disjoint_windows_give_disjoint_requests(self, way: str) -> None:
        whole = Window(date(2026, 7, 15), date(2026, 10, 15))
        middle = date(2026, 9, 8)
        parts = (Window(whole.since, middle), Window(middle + timedelta(1), whole.until))
        left, right = ({first(one, BULLETIN.addresses) for one in slices(part, way, (CALENDAR,))} for part in parts)
        assert left
        assert right
        assert not left & right

    @pytest.mark.parametrize("way", BULLETIN.ways)
    def test_cover_the_window_in_order(self, way: str) -> None:
        window = Window(date(2026, 7, 15), date(2026, 10, 15))
        pieces = list(slices(window, way, (CALENDAR,)))
        assert pieces == sorted(pieces, key=lambda one: one.since)
        assert all(window.since <= one.since <= one.until <= window.until for one in pieces)
        assert len({one.key for one in pieces}) == len(pieces)


class TestRequests:
    @pytest.mark.parametrize("way", BULLETIN.ways)
    def test_are_the_golden_ones(self, way: str) -> None:
        window = Window(date(2026, 8, 31), date(2026, 9, 11)) if way != "months" else AUGUST
        pieces = list(slices(window, way, (CALENDAR,)))
        said = {
            "calendars": [ask.url for ask in calendars(window, way, BULLETIN.addresses)],
            "slices": [{"key": one.key, "asks": asks(first(one, BULLETIN.addresses))} for one in pieces],
        }
        golden(f"ted/{way}", said)

    def test_for_a_person_are_the_golden_ones(self, make: Callable[..., Notice]) -> None:
        links = [{"relation": "previous", "target": "ted:000052-2020"}, {"relation": "changes", "target": "eforms:x"}]
        notice = make(procedure={"id": "f0000000-2026-4000-8000-000000000001"}, links=links)
        said = {
            "wanted": [asks(one) for one in wanted("00047522-2024", BULLETIN.addresses)],
            "related": [asks(one) for one in related(notice, BULLETIN.addresses)],
        }
        golden("ted/get", said)

    def test_a_procedure_that_is_no_identifier_is_not_asked_for(self, make: Callable[..., Notice]) -> None:
        assert related(make(procedure={"id": 'a" OR publication-date>=20200101'}), BULLETIN.addresses) == ()


def asks(ask: Ask) -> dict[str, Any]:
    """Return a request as it goes out."""
    return {"url": ask.url, "what": ask.what, "body": body(ask) if ask.body else None, "accept": ask.accept}


class TestPage:
    def test_of_an_issue_gives_its_total_and_its_package(self) -> None:
        ask = asked("packages:2026-007")
        said = page(ask, response(found("612345-2026", total=3120, **{"ojs-number": "7/2026"})))
        assert (said.announced, said.holds, said.following) == (3120, False, None)
        assert said.members == (Ask("https://ted.europa.eu/packages/daily/202600007", what="package"),)

    def test_of_another_issue_than_was_asked_for_is_garbled(self) -> None:
        with pytest.raises(Garbled, match="issue 8/2026, not for 7/2026"):
            page(asked("packages:2026-007"), response(found("1-2026", total=1, **{"ojs-number": "8/2026"})))

    def test_of_a_day_learns_the_issue_and_never_guesses_it(self) -> None:
        ask = asked("days:2026-09-07")
        said = page(ask, response(found("612345-2026", total=3120, **{"ojs-number": "172/2026"})))
        assert [one.url for one in said.members] == ["https://ted.europa.eu/packages/daily/202600172"]
        with pytest.raises(Garbled, match="in which issue"):
            page(ask, response(found("612345-2026", total=3120)))

    def test_of_a_day_without_an_issue_holds_nothing(self) -> None:
        assert page(asked("days:2026-09-12"), response(found(total=0))) == Page(0, holds=False)

    def test_of_a_month_tries_both_ways_of_writing_it(self) -> None:
        said = page(asked("months:2026-08", *AUGUST), response(found("1-2026", total=60_000)))
        (package,) = said.members
        assert package.url == "https://ted.europa.eu/packages/monthly/2026-8"
        assert package.otherwise == Ask("https://ted.europa.eu/packages/monthly/2026-08", what="package")

    def test_beyond_ten_years_the_search_has_no_total(self) -> None:
        assert page(asked("packages:2016-170"), response(found(total=0))).announced is None
        month = Window(date(2016, 9, 1), date(2016, 9, 30))
        assert page(asked("months:2016-09", *month), response(found("1-2016", total=9))).announced is None
        for way in ("days", "api"):
            with pytest.raises(NotThere, match="reaches 10 years back"):
                page(asked(f"{way}:2016-09-07", date(2016, 9, 7)), response(found(total=0)))

    def test_of_notices_leads_to_their_documents_and_to_the_next_page(self) -> None:
        ask = asked("api:2026-09-07")
        said = page(ask, response(found("00612345-2026", "612346-2026", total=3, token="t")))
        assert said.numbers == ("612345-2026", "612346-2026")
        assert said.members[0] == Ask(
            "https://ted.europa.eu/en/notice/612345-2026/xml", what="document", number="612345-2026"
        )
        assert said.following is not None
        assert body(said.following) == {**body(ask), "iterationNextToken": "t"}

    def test_the_last_one_is_empty_though_it_bears_a_token(self) -> None:
        ask = asked("api:2026-09-07")
        later = page(ask, response(found("1-2026", total=1, token="t"))).following
        assert later is not None
        assert page(later, response(found(total=1, token="u"))).following is None

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (found("1-2026", total=2), "announces 2 notices and stops after 1"),
            (found(total=2, token="t"), "announces 2 notices and stops after 0"),
            (found("1-2026", total=1) | {"timedOut": True}, "ran out of time"),
            (found("first", total=1), "has no number: first"),
            ({"notices": []}, "totalNoticeCount"),
            (b"<html>Maintenance</html>", "something else than a page"),
            (b"", "something else than a page"),
        ],
    )
    def test_what_cannot_be_a_page_is_garbled(self, answer: Any, why: str) -> None:
        with pytest.raises(Garbled, match=why):
            page(asked("api:2026-09-07"), response(answer))

    def test_of_the_sample_names_the_notices_expected_of_it(self, data: Path) -> None:
        samples = data / "boamp" / "samples"
        expected = msgspec.json.decode((samples / "expected" / "ted-search-page.json").read_bytes())
        said = page(asked("api:2026-09-11"), response((samples / expected["file"]).read_bytes()))
        assert list(said.numbers) == expected["publication_numbers"]
        assert said.announced == len(said.numbers)

    def test_a_token_that_repeats_is_garbled(self) -> None:
        ask = page(asked("api:2026-09-07"), response(found("1-2026", total=3, token="t"))).following
        assert ask is not None
        with pytest.raises(Garbled, match="repeats its token"):
            page(ask, response(found("2-2026", total=3, token="t")))

    def test_a_calendar_is_checked_when_it_comes(self) -> None:
        (ask,) = calendars(WEEK, "packages", BULLETIN.addresses)
        assert page(ask, CALENDAR) == Page(holds=False)
        with pytest.raises(Garbled):
            page(ask, response(b"<html>Maintenance</html>"))


class TestNumber:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("175835-2020", "175835-2020"),
            (" ted:175835-2020 ", "175835-2020"),
            ("TED:00175835-2020", "175835-2020"),
            ("2020/S 074-175835", "175835-2020"),
            ("2020/S074-175835", "175835-2020"),
            ("00047522-2024", "47522-2024"),
            ("000052-2020", "52-2020"),
            ("ted:52-2020", "52-2020"),
            ("https://ted.europa.eu/en/notice/-/detail/175835-2020", "175835-2020"),
            ("https://ted.europa.eu/fr/notice/175835-2020/xml", "175835-2020"),
            ("ted.europa.eu/de/notice/175835-2020/pdf", "175835-2020"),
            ("http://ted.europa.eu/udl?uri=TED:NOTICE:175835-2020:TEXT:FR:HTML", "175835-2020"),
            ("https://ted.europa.eu/udl?uri=TED%3ANOTICE%3A175835-2020%3ATEXT%3AEN%3AHTML&src=0", "175835-2020"),
            ("20-51423", None),
            ("20-2023", None),
            ("boamp:20-51423", None),
            ("000000-2020", None),
            ("123456-1980", None),
            ("175835-2020 and more", None),
            ("https://ted.europa.eu/en/search/result?ojs-number=54%2F2026", None),
            ("https://example.org/notice/175835-2020", None),
            ("https://ted.europa.eu.example.org/notice/175835-2020", None),
            ("", None),
        ],
    )
    def test_is_the_one_a_person_means(self, text: str, meant: str | None) -> None:
        assert number(text) == meant


class Asking:
    """A plain client: every request of a way, in order, and the documents that came."""

    def __init__(self, server: Ted) -> None:
        self.addresses = dict.fromkeys(BULLETIN.addresses, server.address)
        self.announced = 0
        self.numbers: list[str] = []

    def answer(self, ask: Ask) -> Response:
        method = "POST" if ask.body else "GET"
        came = httpx.request(method, ask.url, content=ask.body, headers={"Accept": ask.accept}, timeout=30)
        if came.status_code == 404:
            raise NotThere(ask.url)
        assert came.status_code == 200, came.text
        return Response(str(came.url), 200, dict(came.headers), came.content, "2026-09-30T10:00:00Z")

    def collected(self, window: Window, way: str, folder: Path) -> set[str]:
        """Return the ids of the notices a way brings; what is announced is summed up."""
        answers = tuple(self.answer(ask) for ask in calendars(window, way, self.addresses))
        for index, piece in enumerate(slices(window, way, answers)):
            for turn, member in enumerate(self._members(piece)):
                came = self._member(member)
                name = "a.xml" if member.what == "document" else "a.tar.gz"
                (folder / f"{index}-{turn}-{name}").write_bytes(came.body)
        brought = list(documents([folder]))
        assert all(isinstance(one, Document) for one in brought), brought
        return {read(one).notice.id for one in brought if isinstance(one, Document)}

    def _members(self, piece: Slice) -> Iterator[Ask]:
        ask: Ask | None = first(piece, self.addresses)
        said = Page(0)
        while ask is not None:
            said = page(ask, self.answer(ask))
            self.numbers += said.numbers
            yield from said.members
            ask = said.following
        self.announced += said.announced or 0

    def _member(self, ask: Ask) -> Response:
        try:
            return self.answer(ask)
        except NotThere:
            if ask.otherwise is None:
                raise
            return self.answer(ask.otherwise)


def served(server: Ted, window: Window) -> set[str]:
    return {one.id for one in server.collected(*window)}


class TestCollecting:
    @pytest.mark.parametrize("way", ["packages", "days", "api"])
    def test_a_week_brings_exactly_its_notices(self, way: str, tmp_path: Path) -> None:
        with Ted(size=SMALL) as server:
            asking = Asking(server)
            assert asking.collected(WEEK, way, tmp_path) == served(server, WEEK)
            assert asking.announced == len(served(server, WEEK)) > 50

    def test_months_bring_exactly_theirs(self, tmp_path: Path) -> None:
        with Ted(size=(3, 5)) as server:
            asking = Asking(server)
            window = Window(date(2026, 7, 31), date(2026, 8, 31))
            assert asking.collected(window, "months", tmp_path) == served(server, window)
            assert asking.announced == len(served(server, window))

    def test_a_day_of_several_pages(self) -> None:
        with Ted(size=(520, 520)) as server:
            asking = Asking(server)
            list(asking._members(Slice("api:2026-09-07", "api", MONDAY, MONDAY)))
            assert len(server.record.seen) == 4  # three with notices, and an empty one
            assert (len(asking.numbers), len(set(asking.numbers))) == (520, 520)

    def test_an_issue_that_is_missing_is_not_there(self, tmp_path: Path) -> None:
        with Ted(size=SMALL, planted=Planted(missing=frozenset({MONDAY}))) as server, pytest.raises(NotThere):
            Asking(server).collected(Window(MONDAY, MONDAY), "packages", tmp_path)

    def test_a_total_that_is_overstated_is_seen(self, tmp_path: Path) -> None:
        with Ted(size=SMALL, planted=Planted(overstated=frozenset({MONDAY}))) as server:
            asking = Asking(server)
            window = Window(MONDAY, MONDAY)
            assert len(asking.collected(window, "packages", tmp_path)) == asking.announced - 1

    def test_a_notice_with_its_correction_and_result(self) -> None:
        with Ted(size=(20, 20)) as server:
            asking = Asking(server)
            call = server.collected(MONDAY, MONDAY)[0]
            assert call.place == 0
            (document,) = wanted(f"{call.number}-2026", asking.addresses)
            notice = read(Document.of(asking.answer(document).body, name="a.xml")).notice
            (search,) = related(notice, asking.addresses)
            year = server.year(2026)
            expected = {f"{one.number}-2026" for one in year.procedure(call)}
            assert set(page(search, asking.answer(search)).numbers) == expected
            assert len(expected) == 3


class TestServer:
    def test_refuses_what_the_service_refuses(self) -> None:
        good = {"query": "publication-date=20260907", "fields": ["publication-number"], "limit": 250, "scope": "ALL"}
        wrong: list[Mapping[str, Any]] = [
            {"fields": []},
            {"fields": ["number"]},
            {"limit": 251},
            {"onlyLatestVersion": True},
            {"query": "publication-date=2026-09-07"},
            {"scope": "EVERYTHING"},
            {"page": 61},
        ]
        with Ted(size=SMALL) as server:
            url = f"{server.address}/v3/notices/search"
            assert httpx.post(url, json=good).status_code == 200
            assert [httpx.post(url, json={**good, **one}).status_code for one in wrong] == [400] * len(wrong)
            bad = {**good, "paginationMode": "ITERATION", "iterationNextToken": "fa.0"}
            assert httpx.post(url, json=bad).status_code == 500

    def test_challenges_who_does_not_name_itself(self) -> None:
        with Ted(size=SMALL, guarded=True) as server:
            url = f"{server.address}/en/release-calendar/-/download/file/CSV/2026"
            challenged = httpx.get(url)
            assert (challenged.status_code, challenged.content) == (202, b"")
            named = httpx.get(url, headers={"User-Agent": agent("https://example.org")})
            assert named.status_code == 200

    def test_pages_that_ran_out_of_time_are_garbled_and_come_whole_when_asked_again(self) -> None:
        ask = asked("api:2026-09-07")
        with Ted(size=SMALL, timeouts=1.0) as server:
            url, states = f"{server.address}/v3/notices/search", []
            for _ in range(3):
                came = httpx.post(url, content=ask.body)
                states.append("whole" if came.json()["timedOut"] is False else "cut")
                if states[-1] == "cut":
                    with pytest.raises(Garbled):
                        page(ask, response(came.content))
            assert states == ["cut", "cut", "whole"]

    def test_halves_a_day_with_a_total_that_agrees(self) -> None:
        with Ted(size=SMALL) as whole, Ted(size=SMALL, planted=Planted(halved=frozenset({MONDAY}))) as halved:
            for server, share in ((whole, 1), (halved, 2)):
                came = httpx.post(f"{server.address}/v3/notices/search", content=asked("api:2026-09-07").body).json()
                assert came["totalNoticeCount"] == len(whole.collected(MONDAY, MONDAY)) // share == len(came["notices"])

    def test_falls_silent(self) -> None:
        with Ted(size=SMALL, planted=Planted(silent_from=MONDAY + timedelta(2))) as server:
            assert {server.year(2026).days[one.issue - 1].day for one in server.collected(*WEEK)} == {7, 8}

    @pytest.mark.parametrize("field", ["cpv", "amounts", "deadline", "title"])
    def test_empties_a_field_from_a_day_on(self, field: str) -> None:
        planted = Planted(emptied=field, emptied_from=MONDAY + timedelta(1))
        with Ted(size=SMALL, planted=planted) as server:
            year = server.year(2026)

            def filled(one: Published) -> bool:
                notice = read(Document.of(year.xml(one), name="a.xml")).notice
                assert not notice.unread
                return bool(getattr(notice, field))

            assert any(map(filled, server.collected(MONDAY, MONDAY)))
            assert not any(map(filled, server.collected(MONDAY + timedelta(1), WEEK.until)))

    def test_packs_a_day_into_one_folder(self) -> None:
        with Ted(size=SMALL) as server:
            issue = server.year(2026).issue_of(MONDAY)
            assert issue is not None
            came = httpx.get(f"{server.address}/packages/daily/2026{issue:05}")
            names = tarfile.open(fileobj=io.BytesIO(came.content)).getnames()  # noqa: SIM115
            numbers = [one.printed.replace("-", "_") for one in server.collected(MONDAY, MONDAY)]
            assert names == [f"20260907_{issue:03}/{one}.xml" for one in numbers]
            part = httpx.get(came.url, headers={"Range": "bytes=100-"})
            assert (part.status_code, part.content) == (206, came.content[100:])

    def test_gives_the_same_notices_to_the_same_seed(self) -> None:
        first_, again, other = (Year(2026, seed=seed, size=SMALL, planted=Planted()) for seed in (3, 3, 4))
        assert [first_.xml(one) for one in first_.notices(1)] == [again.xml(one) for one in again.notices(1)]
        assert first_.counts != other.counts

    def test_knows_nothing_of_what_is_not_published_yet(self) -> None:
        with Ted(size=SMALL, today=MONDAY) as server:
            assert server.collected(MONDAY + timedelta(1), WEEK.until) == []
            issue = server.year(2026).issue_of(MONDAY + timedelta(1))
            assert httpx.get(f"{server.address}/packages/daily/2026{issue:05}").status_code == 404


def test_the_bulletin_is_found_by_its_name() -> None:
    assert bulletin("ted").BULLETIN is BULLETIN

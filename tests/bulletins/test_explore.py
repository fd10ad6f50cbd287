"""Pages of the Explore API: what is asked, what follows, and what is told of records that do not come."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from beffroi.bulletins import Page, explore
from beffroi.errors import Garbled
from beffroi.fetch import Ask, Response
from tests.servers.odsql import condition

BASE = "https://example.org/api/explore/v2.1/"


class Row(msgspec.Struct):
    key: object = None


def asked(offset: int = 0) -> Ask:
    return explore.records(BASE, "d", where="a=1", order_by="key", offset=offset)


def page(ask: Ask, body: Any) -> Page:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    answer = Response(ask.url, 200, {}, content, "")
    return explore.page(ask, answer, explore.Answer[Row], lambda row: str(row.key) if row.key else None)


def rows(count: int, first: int = 0) -> list[dict[str, Any]]:
    return [{"key": f"k{first + n}", "other": {"deep": [n]}} for n in range(count)]


def offset(ask: Ask | None) -> str | None:
    return parse_qs(urlsplit(ask.url).query)["offset"][0] if ask else None


def test_a_page_and_those_after_it() -> None:
    one = page(asked(), {"total_count": 250, "results": rows(100)})
    assert (one.announced, len(one.numbers), one.members, one.holds) == (250, 100, (), True)
    assert one.following == asked(100)
    last = page(asked(200), {"total_count": 250, "results": rows(50, 200)})
    assert last.following is None


def test_a_page_that_is_too_short_is_followed_by_what_it_left_out() -> None:
    assert offset(page(asked(), {"total_count": 250, "results": rows(60)}).following) == "60"
    assert offset(page(asked(100), {"total_count": 250, "results": []}).following) == "200"
    assert page(asked(200), {"total_count": 250, "results": []}).following is None


def test_a_total_that_is_never_reached_ends_all_the_same() -> None:
    ask: Ask | None = asked()
    steps = 0
    while ask is not None:
        found = page(ask, {"total_count": 9_999, "results": []})
        ask, steps = found.following, steps + 1
    assert steps == 100
    assert [one.what for one in found.members] == []


def test_nothing_reaches_beyond_what_the_platform_answers() -> None:
    one = page(asked(9_850), {"total_count": 10_050, "results": rows(100)})
    assert one.following is None
    assert len(one.numbers) == 100
    (member,) = one.members
    assert (member.what, member.url) == ("package", f"{BASE}catalog/datasets/d/exports/jsonl?where=a%3D1&order_by=key")


def test_more_than_can_be_paged_is_exported_at_once() -> None:
    one = page(asked(), {"total_count": 10_001, "results": rows(100)})
    assert (one.announced, one.numbers, one.following, one.holds) == (10_001, (), None, False)
    assert [member.what for member in one.members] == ["package"]
    assert page(asked(), {"total_count": 10_000, "results": rows(100)}).members == ()


def test_a_census_brings_the_total_and_the_export() -> None:
    ask = explore.census(BASE, "d", where="a=1", order_by="key")
    one = page(ask, {"total_count": 3, "results": rows(1)})
    assert (one.announced, one.numbers, one.holds) == (3, (), False)
    assert one.members == (explore.export(BASE, "d", where="a=1", order_by="key"),)
    assert page(ask, {"total_count": 0, "results": []}).members == ()


def test_records_without_a_key_are_counted_apart() -> None:
    one = page(asked(100), {"total_count": 103, "results": [{}, {"key": None}, {"key": "k"}]})
    assert one.numbers == ("?100", "?101", "k")


def test_an_empty_page_holds_nothing() -> None:
    assert page(asked(), {"total_count": 0, "results": []}) == Page(0, holds=False)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"total_count": 2, "results": [{"key": "a"}',
        b"<html>",
        b"\xff\xfe",
        {"results": []},
        {"total_count": 1},
        {"total_count": "1", "results": []},
        {"total_count": -1, "results": []},
        {"total_count": 1, "results": {}},
        {"error_code": "ODSQLError", "message": "x"},
        [],
    ],
)
def test_what_is_no_page_is_asked_for_again(body: Any) -> None:
    with pytest.raises(Garbled):
        page(asked(), body)


@pytest.mark.parametrize("text", ["a", 'a"b', "a'b", 'a\\"b', '" or "1"="1', "é\n", "\\"])
def test_a_text_is_never_a_condition(text: str) -> None:
    test = condition(explore.same("key", text), {"key": "text"})
    assert test({"key": text})
    assert not test({"key": text + "x"})


def test_days() -> None:
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    test = condition(explore.between("day", first, last), {"day": "date"})
    assert [test({"day": day}) for day in ("2026-08-31", "2026-09-01", "2026-09-30", "2026-10-01")] == [
        False,
        True,
        True,
        False,
    ]

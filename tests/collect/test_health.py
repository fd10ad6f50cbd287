"""Health names the faults that are planted, and nothing else."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.bulletins import Window, bulletin
from beffroi.collect.health import Health, health
from beffroi.collect.health.words import as_json, sentence, well
from beffroi.errors import UsageError
from tests.collect.planted import Planted

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2026, 10, 20)
BEGIN = ON - timedelta(100)
DAY = timedelta(1)
FAULT = date(2026, 10, 8)  # a Thursday


LAST = ON - DAY


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a hundred ordinary days."""
    home = tmp_path_factory.mktemp("ordinary")
    planted = Planted(home)
    planted.history(BEGIN, LAST)
    planted.slice(ON, ended=f"{ON}T04:00:00Z")
    planted.store.close()
    return home


@pytest.fixture
def planted(ordinary: Path, tmp_path: Path) -> Planted:
    """Return a copy of the ordinary days, to plant something in."""
    copytree(ordinary, tmp_path / "home")
    return Planted(tmp_path / "home", seed=2)


def judged(planted: Planted, days: int = 30) -> Health:
    return health(planted.store, ON, days=days)


def named(found: Health) -> list[tuple[str, str, str]]:
    return [(one.rule, one.since, one.until) for one in found.findings]


def test_a_history_without_a_fault_is_well(planted: Planted) -> None:
    found = judged(planted)
    assert (named(found), found.well, found.sources, found.days) == ([], True, ("boamp",), 30)
    assert well(len(found.sources), found.days, "fr") == "1 source, 30 jours : rien ne manque."


def test_a_missing_day(planted: Planted) -> None:
    planted.instead(FAULT, FAULT, lambda day: planted.day(day, 0))
    found = judged(planted)
    assert named(found) == [("missing", "2026-10-08", "2026-10-08")]
    assert sentence(found.findings[0], "en") == (
        "boamp: no notice on 2026-10-08 (Thursday), where at least 150 are promised: "
        "ask again with `beffroi collect boamp --since 2026-10-08 --until 2026-10-08 --again`."
    )


def test_a_halved_total(planted: Planted) -> None:
    planted.instead(FAULT, FAULT, lambda day: planted.day(day, 108))
    found = judged(planted)
    assert named(found) == [("drop", "2026-10-08", "2026-10-08")]
    assert found.findings[0].figures["notices"] == 108
    assert 200 < found.findings[0].figures["usual"] < 230
    assert "108 notices on 2026-10-08 (Thursday), " in sentence(found.findings[0], "en")


def test_two_halved_days_are_both_named(planted: Planted) -> None:
    halved = {FAULT: 108, FAULT + 6 * DAY: 105}
    for day, size in halved.items():
        planted.instead(day, day, partial(planted.day, size=size))
    assert named(judged(planted)) == [("drop", str(day), str(day)) for day in halved]


def test_fewer_than_promised_without_a_history_to_compare_with(tmp_path: Path) -> None:
    planted = Planted(tmp_path / "home")
    planted.day(FAULT, 10)
    found = health(planted.store, FAULT + 3 * DAY)
    assert [one.rule for one in found.findings] == ["late", "few"]
    found = health(planted.store, FAULT + 2 * DAY)
    assert [one.rule for one in found.findings] == ["few"]
    assert "10 avis le 2026-10-08 (jeudi), alors que 150 au moins" in sentence(found.findings[0], "fr")


def test_a_silent_source_is_one_fault_not_many(planted: Planted) -> None:
    planted.instead(date(2026, 10, 15), LAST, lambda day: planted.day(day, 0))
    found = judged(planted)
    assert named(found) == [("silence", "2026-10-15", "2026-10-19")]
    assert "(5 days)" in sentence(found.findings[0], "en")


def test_a_source_that_is_not_asked_is_our_fault(planted: Planted) -> None:
    planted.instead(date(2026, 10, 15), ON)
    found = judged(planted)
    assert named(found) == [("late", "2026-10-15", "2026-10-20")]
    assert sentence(found.findings[0], "en") == (
        "boamp: nothing was asked for since 2026-10-14 (6 days): run `beffroi collect boamp`."
    )


def test_days_never_asked_for_are_one_gap(planted: Planted) -> None:
    planted.instead(date(2026, 10, 5), date(2026, 10, 7))
    found = judged(planted)
    assert named(found) == [("gap", "2026-10-05", "2026-10-07")]
    assert found.findings[0].figures == {"state": "never", "days": 3}


def test_a_short_a_failed_and_an_interrupted_slice(planted: Planted) -> None:
    states: dict[date, dict[str, Any]] = {
        FAULT: {"state": "short", "announced": 9, "received": 8, "why": "9 announced, 8 received"},
        FAULT + DAY: {"state": "failed", "why": "https://example.org/: 503 six times."},
        FAULT + 2 * DAY: {"state": "failed", "why": "https://example.org/: 503 six times."},
        FAULT + 4 * DAY: {"state": "open", "ended": None},
    }
    for day, state in states.items():
        planted.instead(day, day, partial(planted.slice, **state))
    found = judged(planted)
    assert [(one.figures["state"], one.since, one.until) for one in found.findings] == [
        ("short", "2026-10-08", "2026-10-08"),
        ("failed", "2026-10-09", "2026-10-10"),
        ("open", "2026-10-12", "2026-10-12"),
    ]
    assert sentence(found.findings[0], "en") == (
        "boamp: what came on 2026-10-08 (Thursday) is not whole (api:2026-10-08: 9 announced, 8 received): "
        "ask again with `beffroi collect boamp --since 2026-10-08 --until 2026-10-08 --via api`."
    )


def test_two_failures_with_a_whole_day_between_them_are_two(planted: Planted) -> None:
    for day in (FAULT - 7 * DAY, FAULT, FAULT + DAY):
        planted.instead(day, day, partial(planted.slice, state="failed", why="404"))
    found = [(one.since, one.until) for one in judged(planted).findings]
    assert found == [("2026-10-01", "2026-10-01"), ("2026-10-08", "2026-10-09")]


def test_a_failed_way_whose_days_another_way_brought_is_no_gap(planted: Planted) -> None:
    planted.slice(FAULT, key="archives:2026/10/08", way="archives", state="failed", why="no such folder")
    assert judged(planted).well


def test_a_part_of_a_day_that_failed_is_named_and_its_other_part_not_taken_for_the_day(planted: Planted) -> None:
    planted.slice(FAULT, state="failed", why="503 six times")
    planted.slice(FAULT, key=f"api:concessions:{FAULT}", received=1, announced=1)
    assert [(one.rule, one.figures["key"]) for one in judged(planted).findings] == [("gap", f"api:{FAULT}")]


def test_a_day_in_two_parts_is_judged_by_their_sum(planted: Planted) -> None:
    planted.slice(FAULT, received=100)
    planted.slice(FAULT, key=f"api:other:{FAULT}", received=110)
    assert judged(planted).well


def test_a_closing_day_that_the_calendar_of_issues_leaves_out_is_no_gap(tmp_path: Path) -> None:
    planted = Planted(tmp_path / "home", name="ted")
    for day in Window(date(2026, 9, 1), date(2026, 9, 14)).days():
        if day not in {date(2026, 9, 3), date(2026, 9, 5), date(2026, 9, 6), date(2026, 9, 12), date(2026, 9, 13)}:
            planted.slice(day, way="packages", received=2_500)
    assert health(planted.store, date(2026, 9, 14), names=["ted"]).findings == ()
    for day in (date(2026, 9, 4), date(2026, 9, 7)):
        planted.instead(day, day)
    assert named(health(planted.store, date(2026, 9, 14), names=["ted"])) == [("gap", "2026-09-03", "2026-09-07")]


def test_a_day_asked_for_too_early_and_never_again(planted: Planted) -> None:
    planted.slice(FAULT, received=210, ended=f"{FAULT}T04:00:00Z")
    found = judged(planted)
    assert [(one.rule, one.figures["state"], one.since) for one in found.findings] == [("gap", "early", "2026-10-08")]


def test_a_holiday_and_the_thin_days_around_it_are_not_named(tmp_path: Path) -> None:
    thin = {date(2026, 7, 13): 40, date(2026, 7, 14): 0, date(2026, 7, 16): 60}
    planted = Planted(tmp_path / "home")
    planted.history(date(2026, 4, 20), date(2026, 7, 29))
    planted.slice(date(2026, 7, 30), ended="2026-07-30T04:00:00Z")
    for day, size in thin.items():
        planted.instead(day, day, partial(planted.day, size=size))
    assert health(planted.store, date(2026, 7, 30)).findings == ()


def test_an_emptied_field_is_named_once_with_a_notice_to_look_at(planted: Planted) -> None:
    planted.instead(FAULT, LAST, lambda day: planted.day(day, title=None))
    found = judged(planted)
    assert named(found) == [("shape", "2026-10-08", "2026-10-19")]
    figures = found.findings[0].figures
    assert (figures["field"], figures["kinds"], figures["filled"]) == ("title", ["call", "result"], 0)
    assert figures["example"].startswith("boamp:26-")
    assert "the title, always filled before, is missing from " in sentence(found.findings[0], "en")


@pytest.mark.parametrize(
    ("field", "emptied"),
    [
        ("buyer", {"buyers": None}),
        ("buyer_ids", {"buyers": [{"name": "Commune", "role": "buyer"}]}),
        ("cpv", {"cpv": None}),
        ("description", {"description": None}),
        ("kind", {"kind": None}),
        ("lots", {"lots": None}),
    ],
)
def test_each_emptied_field_has_its_name(planted: Planted, field: str, emptied: dict[str, Any]) -> None:
    planted.instead(FAULT, FAULT, lambda day: planted.day(day, **emptied))
    found = judged(planted)
    assert [(one.rule, one.figures["field"], one.since) for one in found.findings] == [("shape", field, "2026-10-08")]


def test_an_emptied_publication_date_is_seen_by_the_day_it_was_collected(planted: Planted) -> None:
    planted.store.connection.execute(
        "INSERT INTO documents (sha256, media_type, bytes, name, origin, retrieved)"
        " VALUES (?, 'application/xml', 1, 'a.xml', 'official', ?)",
        ("ab" * 32, f"{FAULT}T05:00:00Z"),
    )
    planted.instead(FAULT, FAULT, lambda day: planted.day(day, published=None))
    assert [(one.rule, one.figures["field"]) for one in judged(planted).findings] == [("shape", "published")]


def test_growing_unread_is_named_and_what_is_usual_is_not(planted: Planted) -> None:
    passage = {"place": "X", "text": "x", "why": "not known"}
    planted.instead(FAULT - 3 * DAY, FAULT - 3 * DAY, lambda day: planted.day(day, unread=[passage]))
    planted.instead(FAULT, LAST, lambda day: planted.day(day, unread=[passage] * 3))
    found = judged(planted)
    assert named(found) == [("unread", "2026-10-05", "2026-10-19")]
    assert "passages non interprétés par avis du 2026-10-05 au 2026-10-19 (" in sentence(found.findings[0], "fr")


def test_documents_without_a_record(planted: Planted) -> None:
    planted.slice(FAULT, received=210, without_record=2)
    found = judged(planted)
    assert [(one.rule, one.figures["documents"]) for one in found.findings] == [("without_record", 2)]


def test_what_is_older_than_the_days_judged_is_not_named_again(planted: Planted) -> None:
    old = ON - timedelta(40)
    planted.instead(old, old, lambda day: planted.day(day, 0))
    assert judged(planted).well
    assert named(judged(planted, 60)) == [("missing", str(old), str(old))]


def test_bulletins_that_share_a_source_are_told_apart_by_the_ids_of_their_notices(tmp_path: Path) -> None:
    """Two bulletins of OCDS, one of which lost its titles."""
    planted = Planted(tmp_path / "home", name="fts")
    for day in Window(FAULT - timedelta(10), FAULT + DAY).days():
        for name in ("fts", "contracts_finder"):
            title = None if name == "fts" and day >= FAULT else "Benches"
            drafts = planted.drafts(day, 30, title=title, source="ocds")
            ids = bulletin(name).BULLETIN.ids
            planted.notices({**one, "id": f"{ids}{one['number']}:1"} for one in drafts)
            planted.name = name
            planted.slice(day, received=200)
    found = health(planted.store, FAULT + 2 * DAY)
    assert [(one.source, one.rule, one.figures["notices"]) for one in found.findings] == [("fts", "shape", 60)]


def test_json_has_a_sentence_and_the_figures(planted: Planted) -> None:
    planted.instead(FAULT, FAULT)
    assert json.loads(as_json(judged(planted).findings, "en")) == [
        {
            "source": "boamp",
            "rule": "gap",
            "day": "2026-10-08",
            "figures": {"state": "never", "days": 1},
            "sentence": "boamp: nothing was asked for on 2026-10-08 (Thursday): "
            "ask again with `beffroi collect boamp --since 2026-10-08 --until 2026-10-08`.",
        }
    ]


def test_a_source_that_was_never_collected_is_a_mistaken_request(tmp_path: Path) -> None:
    planted = Planted(tmp_path / "home")
    with pytest.raises(UsageError, match="boamp was never collected here: begin with `beffroi collect boamp`"):
        health(planted.store, ON, names=["boamp"])
    assert not health(planted.store, ON).well

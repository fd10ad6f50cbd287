"""`beffroi sources`, and whom licences ask to be named."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import attribution, bulletins
from beffroi.bulletins.offer import offer
from beffroi.cli import main
from beffroi.render import notice_page
from beffroi.render.page_notice import documents_section
from beffroi.store import Store
from tests.collect.planted import Planted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from beffroi.notices import Notice

BOAMP = "Source: DILA, Bulletin officiel des annonces des marchés publics (BOAMP), data of "


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in (("BEFFROI_HOME", str(tmp_path)), ("COLUMNS", "220"), ("LC_ALL", "en_GB.UTF-8")):
        monkeypatch.setenv(name, value)
    return tmp_path


def test_every_source_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "sources")
    for name, one in bulletins().items():
        assert f"\n{name} " in f"\n{out}"
        assert one.BULLETIN.ways[0] in out
    assert "9,000 notices, 200 MB to fetch," in out


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_list_fits_a_narrow_terminal(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, said(capsys, "sources", "--lang", lang).splitlines())) <= 60


def test_one_source_has_everything_with_the_settings_in_force(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    settings = '[addresses]\n"boamp.api" = "http://127.0.0.1:8123"\n[manners.boamp]\ninterval = 2.5\n'
    (home / "beffroi.toml").write_text(settings, encoding="utf-8")
    out = said(capsys, "sources", "boamp")
    assert "boamp.api = http://127.0.0.1:8123" in out
    assert "interval 2.5" in out
    assert f"attribution to print: {BOAMP}" in out
    assert "mention à publier : Source : DILA" in said(capsys, "sources", "boamp", "--lang", "fr").replace(
        "\u00a0", " "
    )


def test_json_is_a_list_or_one(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    planted = Planted(home)
    planted.day(date(2026, 9, 11), 1)
    planted.store.close()
    found = {one["name"]: one for one in json.loads(said(capsys, "sources", "--json"))}
    assert list(found) == list(bulletins())
    assert (found["boamp"]["last"], found["boamp"]["month"]["notices"]) == ("2026-09-11", 9000)
    assert json.loads(said(capsys, "sources", "ted", "--json"))["name"] == "ted"


def test_an_unknown_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "gazette"]) == 2
    assert "gazette: no such source; there are boamp, " in capsys.readouterr().err


def test_a_notice_shown_names_its_source_and_a_sample_does_not(make: Callable[..., Notice]) -> None:
    official = make(published="2026-09-11", title="Bancs")
    page = " ".join(notice_page(official, "en", 300).split())
    assert f"Attribution: {BOAMP}11 September 2026" in page
    assert "Attribution" not in notice_page(make(origin="sample", title="Bancs"), "en", 300)


def test_a_page_ends_with_whom_to_name() -> None:
    assert documents_section([], "en", ["Source: DILA & co."]).endswith("<p>Source: DILA &amp; co.</p></footer>")


def test_stats_carry_the_attribution_of_every_source_held(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    planted = Planted(home)
    planted.day(date(2026, 9, 11), 1)
    planted.store.close()
    found = json.loads(said(capsys, "stats", "--json"))["attribution"]
    assert set(found) == {"boamp"}
    assert found["boamp"]["en"].startswith(f"{BOAMP}2026-09-11")
    assert attribution("nowhere:1", "en", "2026-09-11") is None


def test_a_source_that_several_share_is_acknowledged_by_the_id_of_the_notice() -> None:
    assert attribution("ocds:ocds-x1y2z3-1:1", "en", "2026-09-11") is None
    finder = attribution("ocds:ocds-h6vhtk-0fffff:999001-2026", "en", "2026-09-11")
    assert finder is not None
    assert "(Find a Tender, 2026-09-11)" in finder


def test_an_empty_archive_offers_the_demo_and_thirty_days(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["search", "drones"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"beffroi: no archive at {home}: fill one with `beffroi load PATH…`, or begin with one of\n")
    assert "  beffroi demo" in err
    Store.open(home, create=True).close()
    assert main(["health"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == offer(home, "en").splitlines()[0]
    assert "Voyez comment cela marche" in offer(None, "fr")
    assert "9\u202f000 avis" in offer(None, "fr")


def test_health_says_that_all_is_well_and_exits_1_where_it_is_not(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    planted = Planted(home)
    planted.day(date(2026, 9, 10), 200)
    planted.store.close()
    assert said(capsys, "health", "--on", "2026-09-12") == "1 source, 30 days: nothing missing.\n"
    assert main(["health", "--on", "2026-09-20", "--json"]) == 1
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)] == ["late"]
    assert main(["health", "--on", "2026-09-20", "--lang", "fr"]) == 1
    assert "rien n'a été demandé depuis le 2026-09-10" in capsys.readouterr().out

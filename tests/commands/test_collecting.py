"""`beffroi collect` and `beffroi get` on the command line: what is said, on one line, and with which status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from beffroi.cli import main
from tests.servers.boamp import Boamp, Plan
from tests.servers.loopback import Answer, Query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = datetime.now(UTC).date()
pytestmark = pytest.mark.usefixtures("server")
PLAN = Plan(begins=TODAY - timedelta(9), until=TODAY, crowded={TODAY - timedelta(n): 3 for n in range(10)})


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Boamp]:
    with Boamp(PLAN) as opened:
        down = "http://127.0.0.1:9"
        addresses = {
            **dict.fromkeys(("ted.api", "ted.site", "decp.api", "decp.file", "fts.api", "contracts_finder.api"), down),
            "boamp.api": f"{opened.address}/api/explore/v2.1/",
        }
        monkeypatch.setenv("BEFFROI_HOME", str(tmp_path / "the tower"))
        monkeypatch.setenv("BEFFROI_ADDRESSES", ", ".join(f"{name}={one}" for name, one in addresses.items()))
        (tmp_path / "the tower").mkdir()
        names = ("boamp", "ted", "decp", "fts", "contracts_finder")
        manners = "".join(f"[manners.{one}]\ninterval = 0\nattempts = 1\nfirst_wait = 0\n" for one in names)
        (tmp_path / "the tower" / "beffroi.toml").write_text(manners, encoding="utf-8")
        yield opened


def test_json_is_one_valid_line_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collect", "boamp", "ted", "--json", "--since", str(TODAY), "--jobs", "1"]) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["source"] for line in said.out.splitlines()] == ["boamp"]
    assert all(line.startswith("beffroi: ") for line in said.err.splitlines())
    assert "ted" in said.err


def test_days_before_a_bulletin_begins_cost_no_other_source(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["collect", "fts", "boamp", "--since", "2020-12-31", "--until", "2020-12-31", "--lang", "en"])
    said = capsys.readouterr()
    assert status == 2
    assert "fts begins on 2021-01-01" in said.err
    assert "boamp, 2020-12-31: 1 of 1 days whole" in said.out


@pytest.mark.parametrize("until", ["0001-01-01", "1999-12-31"])
def test_an_end_before_the_bulletin_begins_is_refused(until: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collect", "boamp", "--until", until]) == 2
    assert "boamp begins on 2015-03-01" in capsys.readouterr().err


def test_what_get_prints_steers_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = {
        "idweb": "26-1",
        "dateparution": str(TODAY),
        "objet": "Bancs\x1b[2J\nboamp:26-2  \x9b5m",
        "famille": "FNS",
    }
    hostile = {**record, "gestion": "{}", "donnees": '{"DIVERS": {}}'}

    def routes(self: Boamp, method: str, path: str, query: Query, body: bytes) -> Answer:
        del self, method, path, query, body
        return Answer.json({"total_count": 1, "results": [hostile]})

    monkeypatch.setattr(Boamp, "routes", routes)
    assert main(["get", "26-1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert lines[0].isprintable()


def test_a_window_over_a_leap_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collect", "boamp", "--since", "2024-02-28", "--until", str(date(2024, 3, 1)), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["slices"] == 3


def test_a_collection_told_to_end_says_so(tmp_path: Path) -> None:
    """With SIGTERM it used to die where it stood, its processes' semaphores reported as leaked."""
    asked, ended = Event(), Event()

    class Slow(Boamp):
        def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
            asked.set()
            ended.wait(60)
            return super().routes(method, path, query, body)

    with Slow(PLAN) as slow:
        addresses = {"BEFFROI_ADDRESSES": f"boamp.api={slow.address}/api/explore/v2.1"}
        command = [sys.executable, "-m", "beffroi", "collect", "boamp", "--home", str(tmp_path / "home")]
        process = subprocess.Popen(command, env={**os.environ, **addresses}, stderr=subprocess.PIPE, text=True)
        try:
            assert asked.wait(60)
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=30)[1]
        finally:
            process.kill()
            ended.set()
    assert process.returncode == 130
    assert said.splitlines()[-1].startswith("beffroi: interrupted; what was written stays")
    assert "Warning" not in said

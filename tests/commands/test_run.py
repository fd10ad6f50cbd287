"""`beffroi run` as people run it: a process of its own, stopped with signals, against a server on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import IO, TYPE_CHECKING

import pytest

from beffroi.store import Store
from beffroi.store.slices import rows
from tests.servers.boamp import Boamp, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.loopback import Answer, Query

TODAY = datetime.now(UTC).date()
SMALL = {TODAY - timedelta(n): 3 for n in range(60)}
PLAN = Plan(begins=TODAY - timedelta(60), until=TODAY, crowded=SMALL)
PATIENCE = 60


class Gated(Boamp):
    """A BOAMP that answers for one day only once a gate is opened."""

    def __init__(self, day: date) -> None:
        super().__init__(PLAN)
        self.day, self.asked, self.gate = str(day), Event(), Event()

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
        if self.day in query.get("where", [""])[0]:
            self.asked.set()
            self.gate.wait(PATIENCE)
        return super().routes(method, path, query, body)


class Runner:
    """Starts `beffroi run` in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.started: list[subprocess.Popen[str]] = []

    def start(self, server: Boamp, *words: str, ted: str = "http://127.0.0.1:9") -> subprocess.Popen[str]:
        self.home.mkdir(exist_ok=True)
        manners = "[manners.{}]\ninterval = 0.0\nattempts = 2\nfirst_wait = 0.01\n"
        (self.home / "beffroi.toml").write_text(manners.format("boamp") + manners.format("ted"), encoding="utf-8")
        addresses = f"boamp.api={server.address}/api/explore/v2.1, ted.api={ted}, ted.site={ted}"
        own = {"BEFFROI_HOME": str(self.home), "BEFFROI_ADDRESSES": addresses, "LC_ALL": "en_GB.UTF-8"}
        process = subprocess.Popen(
            [sys.executable, "-m", "beffroi", "run", *words, "--jobs", "1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **own},
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    runner = Runner(tmp_path / "home")
    yield runner
    runner.end()


def until(stream: IO[str] | None, words: str) -> str:
    """Return the first line that holds the words; the process ends or writes it: nothing waits for a time."""
    assert stream is not None
    read: list[str] = []
    for line in stream:
        read.append(line)
        if words in line:
            return line
    raise AssertionError(f"{words}: not in {read}")


def test_one_round_says_what_came_and_what_is_wrong(runner: Runner) -> None:
    with Boamp(PLAN) as server:
        process = runner.start(server, "boamp", "--once")
        out, err = process.communicate(timeout=PATIENCE)
    lines = out.splitlines()
    assert (process.returncode, err) == (0, "")
    assert lines[0][20:].startswith(" boamp, ")
    assert ": 30 of 30 days whole; 90 notices received of 90 announced: 90 new; " in lines[0]
    datetime.strptime(lines[0][:20], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert "3 notices on " in lines[1]
    assert "are promised: ask again with `beffroi collect boamp" in lines[1]


def test_json_lines_and_a_source_that_fails_harms_no_other(runner: Runner) -> None:
    with Boamp(PLAN) as server:
        process = runner.start(server, "ted", "boamp", "--once", "--json")
        out, _ = process.communicate(timeout=PATIENCE)
    found = [json.loads(line) for line in out.splitlines()]
    assert process.returncode == 1
    assert [one["source"] for one in found[:2]] == ["ted", "boamp"]
    assert "127.0.0.1:9" in found[0]["failed"]
    assert (found[1]["complete"], found[1]["loaded"]["new"]) == (30, 90)
    assert {one["rule"] for one in found[2:]} == {"few"}
    assert all(one["time"].endswith("Z") and one["sentence"] for one in found[2:])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_between_two_rounds_ends_it_at_once(runner: Runner, number: signal.Signals) -> None:
    with Boamp(PLAN) as server:
        process = runner.start(server, "boamp", "--every", "1h")
        line = until(process.stderr, "next round at ")
        following = datetime.strptime(line.split()[-1], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        assert timedelta(minutes=59) < following - datetime.now(UTC) < timedelta(minutes=67)
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert err.splitlines()[-1] == "beffroi: stopped: what has come is written; the rest will be asked for next time"


def test_the_next_round_says_only_what_is_new(runner: Runner) -> None:
    with Boamp(PLAN) as server:
        process = runner.start(server, "boamp", "--every", "1s", "--json")
        assert process.stdout is not None
        rounds: list[list[str]] = []
        for line in process.stdout:
            found = json.loads(line)
            if "settled" in found:
                rounds.append([])
                if len(rounds) == 4:
                    break
            else:
                rounds[-1].append(found["rule"])
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert set(rounds[0]) == {"few"}
    assert rounds[1:] == [[], [], []]


def test_a_signal_while_collecting_keeps_what_came_and_the_next_run_goes_on(runner: Runner) -> None:
    with Gated(TODAY - timedelta(5)) as server:
        process = runner.start(server, "boamp", "--every", "1h")
        assert server.asked.wait(PATIENCE)
        process.send_signal(signal.SIGTERM)
        until(process.stderr, "stopping when what has come is written")
        server.gate.set()
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        with Store.open(runner.home) as store:
            whole = [one.key for one in rows(store.connection) if one.state == "complete"]
            assert 0 < len(store) < 90
        assert whole
        again = runner.start(server, "boamp", "--once")
        again.communicate(timeout=PATIENCE)
    assert again.returncode == 0
    with Store.open(runner.home) as store:
        assert len(store) == 90
        assert {one.state for one in rows(store.connection)} == {"complete"}


def test_a_second_signal_ends_it_at_once(runner: Runner) -> None:
    with Gated(TODAY - timedelta(29)) as server:
        process = runner.start(server, "boamp", "--once")
        assert server.asked.wait(PATIENCE)
        process.send_signal(signal.SIGTERM)
        until(process.stderr, "stopping when what has come is written")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        server.gate.set()
    assert process.returncode in {0, -signal.SIGTERM}


def test_two_runs_on_one_home_never_meet_and_a_killed_one_leaves_no_lock(runner: Runner) -> None:
    with Boamp(PLAN) as server:
        first = runner.start(server, "boamp", "--every", "1h")
        until(first.stderr, "next round at ")
        second = runner.start(server, "boamp", "--once")
        _, err = second.communicate(timeout=PATIENCE)
        assert second.returncode == 2
        assert f"is at work on {runner.home} already (process {first.pid}): stop that one first" in err
        first.kill()
        first.wait(PATIENCE)
        third = runner.start(server, "boamp", "--once")
        third.communicate(timeout=PATIENCE)
        assert third.returncode == 0


def test_a_source_without_an_address_cannot_run(runner: Runner) -> None:
    with Boamp(PLAN) as server:
        process = runner.start(server, "files")
        _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err.startswith("beffroi: files has no address of its own")) == (2, True)

"""A round goes on whatever becomes of one source, and says in plain words what became of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beffroi.collect.rounds import Failed, Rounds, Stopper
from beffroi.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_a_home_that_cannot_be_written_is_no_fault_of_ours(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "collect-boamp.lock").mkdir()  # what a disk refuses, whoever runs the tests
    manners = {"boamp": {"attempts": 1, "first_wait": 0.0}}
    addresses = {"boamp.api": "http://127.0.0.1:9"}
    rounds = Rounds(["boamp"], Settings(home, addresses=addresses, manners=manners), Stopper())
    (found,) = rounds.collected(date(2026, 9, 11))
    assert isinstance(found, Failed)
    assert found.failed == f"{home / 'collect-boamp.lock'}: Is a directory"

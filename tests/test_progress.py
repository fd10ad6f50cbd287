"""Progress: a bar on a terminal, plain sentences elsewhere, and nothing ever on standard output."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from beffroi.intake import plain_bytes
from beffroi.progress import progress
from tests.servers.boamp import Boamp
from tests.servers.faults import Faults
from tests.store.invented import many

if TYPE_CHECKING:
    from pathlib import Path


def test_the_whole_is_known_for_plain_files_only(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"12345")
    (tmp_path / "b.json").write_bytes(b"123")
    assert plain_bytes([tmp_path]) == 8
    (tmp_path / "c.tar.gz").write_bytes(b"1")
    assert plain_bytes([tmp_path]) is None
    assert plain_bytes(["-"]) is None


def test_elsewhere_than_on_a_terminal_only_what_is_wrong_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    def asked() -> int:
        pytest.fail("the whole is counted though nobody watches")

    with progress("read", asked) as told:
        told(None)
        told("a.xml: broken", 12)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "beffroi: a.xml: broken\n")


def on_terminal(folder: Path, *words: str) -> tuple[bytes, str]:
    """Return the standard output of a command, and what it wrote to a terminal as standard error."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "BEFFROI_HOME": str(folder / "home")}
    with subprocess.Popen(
        [sys.executable, "-m", "beffroi", *words], stdout=subprocess.PIPE, stderr=theirs, env=environment, cwd=folder
    ) as running:
        out = running.communicate()[0]
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:  # Linux: the other end of the terminal is closed
        pass
    os.close(ours)
    return out, seen.decode()


def test_on_a_terminal_read_shows_its_share_and_writes_only_records_to_standard_output(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(many(20))
    out, seen = on_terminal(tmp_path, "read", "a.json")
    assert [line[:13] for line in out.splitlines()] == [b'{"id":"boamp:'] * 20
    assert "read 20" in seen
    assert "%" in seen
    assert "left" in seen


def test_on_a_terminal_verify_counts(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(many(3))
    assert b"3 new notices" in on_terminal(tmp_path, "load", "a.json")[0]
    out, seen = on_terminal(tmp_path, "verify")
    assert out == b"3 documents are sound or redacted, 0 are not\n"
    assert "100%" in seen


def test_on_a_terminal_collect_shows_the_day_what_came_of_what_was_announced_and_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Boamp(faults=Faults(seed=1, rate=0.5, kinds=("503",), wait=1)) as server:
        told = [f"boamp.{key}={address}" for key, address in server.addresses.items()]
        monkeypatch.setenv("BEFFROI_ADDRESSES", ", ".join(told))
        words = ("collect", "boamp", "--since", "2026-09-01", "--until", "2026-09-02", "--lang", "fr")
        out, seen = on_terminal(tmp_path, *words)
    assert "2 jours sur 2 au complet" in out.decode()
    assert "boamp 2026-09-02 (2 of 2)" in seen
    assert " announced" in seen
    assert "asks us to wait" in seen
    assert "beffroi search" in seen

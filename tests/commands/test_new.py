"""`beffroi new bulletin`: what it writes passes lint and fails the contract with sentences that say what to fill in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from beffroi.cli import main

ROOT = Path(__file__).resolve().parents[2]
NAME = "journal_of_valbourg"
WRITTEN = [
    f"src/beffroi/bulletins/{NAME}.py",
    f"tests/servers/{NAME}.py",
    f"tests/bulletins/golden/{NAME}/.gitkeep",
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of this checkout: what lint and the contract need of it."""
    for part in ("src", "tests/servers"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "archive"))
    (tmp_path / "tests" / "bulletins").mkdir()
    for name in ("tests/__init__.py", "tests/bulletins/__init__.py", "tests/bulletins/test_contract.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def in_checkout(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    line = [sys.executable, "-m", *words]
    return subprocess.run(line, cwd=checkout, env=environment, check=False, capture_output=True, text=True)


def test_the_stub_passes_lint_and_fails_the_contract_saying_why(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "bulletin", NAME, "--folder", str(checkout / "src")]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[:3] == WRITTEN
    assert f"-k {NAME}" in printed[3]
    for check in (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)):
        done = in_checkout(checkout, *check, *WRITTEN[:2])
        assert done.returncode == 0, done.stdout + done.stderr
    contract = in_checkout(
        checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/bulletins/test_contract.py", "-k", NAME
    )
    assert contract.returncode == 1
    for said in (
        "title in fr is empty",
        "attribution in fr is empty",
        "publisher is empty",
        "is no https:// address",
        "promise.notices: no weekday has any",
        "begins 2999-01-01: in the future",
        f"tests/bulletins/golden/{NAME}/ is empty",
        f"write page() in bulletins/{NAME}.py",
    ):
        assert said in contract.stdout, contract.stdout


def test_nothing_that_is_there_is_overwritten(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "tests" / "servers" / f"{NAME}.py").write_text("mine", encoding="utf-8")
    assert main(["new", "bulletin", NAME, "--folder", str(checkout)]) == 2
    assert f"tests/servers/{NAME}.py exists already: nothing was written" in capsys.readouterr().err
    assert not (checkout / WRITTEN[0]).exists()


@pytest.mark.parametrize("name", ["Gazette", "a-b", "2026", "a b", "../a", "bulletin", "a__b", ""])
def test_a_name_that_names_nothing(name: str, checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "bulletin", "--folder", str(checkout), "--", name]) == 2
    said = "a module of ours has this name" if name == "bulletin" else "write a bulletin's name in lower case letters"
    assert said in capsys.readouterr().err


def test_outside_of_a_checkout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "bulletin", NAME, "--folder", str(tmp_path)]) == 2
    assert "not in a checkout of beffroi" in capsys.readouterr().err

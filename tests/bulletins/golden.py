"""Golden cases: what a bulletin asks for, held against files that are reviewed like code.

In: the name of a case and its value, or its text. Out: nothing, or a failure. `GOLDEN=write pytest …` writes them anew;
a case that has no file yet is written and fails all the same, so that it is looked at; a file without a case fails in
`orphans`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

FOLDER = Path(__file__).parent / "golden"


def golden(case: str, value: Any) -> None:
    """Fail unless a case's value is that of its file, in JSON."""
    _same(FOLDER / f"{case}.json", msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1).decode())


def held(case: str, text: str) -> None:
    """Fail unless a case's text is that of its file."""
    _same(FOLDER / f"{case}.txt", text)


def _same(path: Path, found: str) -> None:
    missing = not path.exists()
    found = found.rstrip("\n") + "\n"
    if missing or os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
    if missing:
        pytest.fail(f"{path.name} was written: look at it, and commit it")
    assert found == path.read_text(encoding="utf-8").rstrip("\n") + "\n"


def orphans(bulletin: str, cases: set[str]) -> list[str]:
    """Return the files of a bulletin that no case is held against."""
    return sorted(one.stem for one in (FOLDER / bulletin).glob("*") if one.stem not in cases)

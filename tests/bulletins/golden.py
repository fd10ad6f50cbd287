"""Golden cases: what a bulletin asks for, held against files that are reviewed like code.

In: the name of a case and its text. Out: nothing, or a failure. `GOLDEN=write pytest …` writes them anew; a case that
has no file yet is written and fails all the same, so that it is looked at; a file without a case fails in `orphans`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


def held(case: str, text: str) -> None:
    """Fail unless a case's text is that of its file."""
    path = FOLDER / f"{case}.txt"
    missing = not path.exists()
    if missing or os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if missing:
        pytest.fail(f"{path.name} was written: look at it, and commit it")
    assert text == path.read_text(encoding="utf-8")


def orphans(bulletin: str, cases: set[str]) -> list[str]:
    """Return the files of a bulletin that no case is held against."""
    return sorted(one.stem for one in (FOLDER / bulletin).glob("*") if one.stem not in cases)

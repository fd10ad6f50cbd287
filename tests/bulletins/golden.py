"""Golden requests: what a bulletin asks, as JSON beside the tests; a missing file is written and the test fails.

In: a name and the value found. Out: nothing, or a failure. `GOLDEN=write pytest …` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

FOLDER = Path(__file__).parent / "golden"


def golden(name: str, value: Any) -> None:
    """Compare a value with its golden file, `golden/NAME.json`."""
    path = FOLDER / f"{name}.json"
    found = msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1) + b"\n"
    if os.environ.get("GOLDEN") == "write" or not path.exists():
        missing = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found)
        if missing:
            pytest.fail(f"{path.name} was missing and is written: read it, then run again")
    assert found.decode() == path.read_text(encoding="utf-8")

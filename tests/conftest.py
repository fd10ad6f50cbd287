"""What tests share: where the real data is, and the rule that tests needing it skip, saying so, where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
DATA = next(
    (up / "shared" / "data" for up in HERE.parents if (up / "shared" / "data").is_dir()), HERE / "shared" / "data"
)


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder of real notices and gold facts, or skip."""
    if not DATA.is_dir():
        pytest.skip(f"the real data is not here: {DATA}")
    return DATA

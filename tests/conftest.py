"""What tests share: where the real data is, and the rule that tests needing it skip, saying so, where it is absent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.notices import from_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.notices import Notice

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


@pytest.fixture
def make() -> Callable[..., Notice]:
    """Return a function that builds a notice from the fields a test is about."""

    def build(*, origin: str = "official", **fields: Any) -> Notice:
        document = {"sha256": "ab" * 32, "media_type": "application/xml", "bytes": 1, "name": "a.xml", "origin": origin}
        return from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "document": document, **fields})

    return build

"""A notice in the making, for tests of what is derived from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from beffroi.notices import Notice, from_draft

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def make() -> Callable[..., Notice]:
    """Return a function that builds a notice from the fields a test is about."""

    def build(**fields: Any) -> Notice:
        document = {
            "sha256": "0" * 64,
            "media_type": "application/xml",
            "bytes": 1,
            "name": "a.xml",
            "origin": "sample",
        }
        return from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "document": document, **fields})

    return build

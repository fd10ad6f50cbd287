"""Opening a source: every bulletin as it is declared, at its real addresses (nothing is asked)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import bulletins
from beffroi.collect.opening import opened
from beffroi.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", sorted(bulletins()))
def test_every_bulletin_opens_as_it_is_declared(name: str, tmp_path: Path) -> None:
    given = bulletins()[name].BULLETIN.given
    source = opened(name, Settings(tmp_path), at="https://example.org/open" if given else None)
    with source.fetcher:
        assert source.name == name
        assert source.fetcher.requests == 0

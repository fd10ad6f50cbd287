"""A bulletin as the settings say it is to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import bulletins
from beffroi.collect.opening import opened
from beffroi.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

OWN = [name for name, one in bulletins().items() if all(one.BULLETIN.addresses.values())]


@pytest.mark.parametrize("name", OWN)
def test_every_bulletin_opens_at_its_own_addresses(tmp_path: Path, name: str) -> None:
    with opened(name, Settings(tmp_path)).fetcher as fetcher:
        assert fetcher.requests == 0

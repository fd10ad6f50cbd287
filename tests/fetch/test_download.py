"""Packages reach the disk whole, whatever happens on the way, and under no name but ours."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from beffroi.fetch import Ask, Download
from tests.servers.faults import KINDS, Faults
from tests.servers.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.fetch import Fetcher

WHOLE = random.Random("200000").randbytes(200_000)


def content(download: Download | None) -> bytes:
    assert download is not None
    return download.path.read_bytes()


def test_a_package_and_its_headers(fetcher: Callable[..., Fetcher], tmp_path: Path) -> None:
    with Numbered() as server:
        one = fetcher(server.address)
        first = one.download(Ask(f"{server.address}/bytes/200000"), tmp_path / "new")
        assert content(first) == WHOLE
        assert first is not None
        assert first.headers["etag"].startswith('"')
        assert (first.url, first.retrieved) == (f"{server.address}/bytes/200000", "2026-09-11T10:00:00Z")
        assert one.download(Ask(f"{server.address}/bytes/200000"), tmp_path / "new", known=first.headers) is None
    assert [path.name for path in (tmp_path / "new").iterdir()] == [first.path.name]
    assert first.path.stem.isalnum()


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_overcome(fetcher: Callable[..., Fetcher], tmp_path: Path, kind: str) -> None:
    with Numbered(faults=Faults(rate=1.0, most=3, kinds=(kind,))) as server:
        assert content(fetcher(server.address).download(Ask(f"{server.address}/bytes/200000"), tmp_path)) == WHOLE
        ranges = [one.headers.get("range") for one in server.record.seen]
    if kind == "cut":
        assert ranges == [None, "bytes=100000-", "bytes=150000-", "bytes=175000-"]
    assert len(list(tmp_path.iterdir())) == 1

"""A folder of files someone else downloaded: each file is a slice, and one that did not change costs nothing."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from beffroi.bulletins import Window
from beffroi.collect import Brought, collect
from beffroi.collect.opening import opened, where
from beffroi.errors import UsageError
from beffroi.settings import Settings
from beffroi.store import Store
from beffroi.store.slices import rows
from tests.store.invented import page, record, xml

if TYPE_CHECKING:
    from pathlib import Path

WINDOW = Window(date(2026, 9, 1), date(2026, 9, 30))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "from a colleague"
    (folder / "2026").mkdir(parents=True)
    (folder / "a.json").write_bytes(page(record("26-1"), record("26-2")))
    (folder / "2026" / "26-3 é.xml").write_bytes(xml("26-3"))
    return folder


def brought(home: Path, folder: Path) -> Brought:
    source = opened("files", Settings(home), at=str(folder))
    with Store.open(home, create=True) as store, source.fetcher:
        return collect(store, source, WINDOW)


def test_every_file_is_a_slice_and_its_records_keep_their_source(tmp_path: Path, folder: Path) -> None:
    found = brought(tmp_path / "home", folder)
    assert (found.slices, found.complete, found.loaded.new, found.requests) == (2, 2, 3, 0)
    with Store.open(tmp_path / "home") as store:
        assert [(one.key, one.state, one.received) for one in rows(store.connection, "files")] == [
            (f"{folder.as_uri()}#2026/26-3 é.xml", "complete", 1),
            (f"{folder.as_uri()}#a.json", "complete", 2),
        ]
        assert {one.source for one in store.notices()} == {"boamp"}


def test_a_file_that_did_not_change_is_not_opened_again(tmp_path: Path, folder: Path) -> None:
    brought(tmp_path / "home", folder)
    assert brought(tmp_path / "home", folder).loaded.documents == 0
    (folder / "a.json").write_bytes(page(record("26-1"), record("26-2"), record("26-4")))
    os.utime(folder / "a.json", ns=(1, 1))
    again = brought(tmp_path / "home", folder)
    assert (again.complete, again.loaded.documents, again.loaded.new, again.loaded.unchanged) == (2, 3, 1, 2)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: there is no such folder"):
        brought(tmp_path / "home", tmp_path / "nowhere")


def test_what_at_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert where("~/x y") == (tmp_path / "x y").as_uri()
    assert where("x") == (tmp_path / "x").as_uri()
    assert where("http://127.0.0.1:1/a") == "http://127.0.0.1:1/a"


def test_at_is_for_sources_without_an_address(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="files has no address of its own: say where with --at"):
        opened("files", Settings(tmp_path))
    with pytest.raises(UsageError, match="boamp has addresses of its own"):
        opened("boamp", Settings(tmp_path), at="x")

"""The demo's home: made twice it is the same, and it is never anyone else's."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from beffroi.cli import main
from beffroi.commands.demo import _typed
from beffroi.demo import ARCHIVE, home
from beffroi.demo.tour import farewell
from beffroi.errors import UsageError
from beffroi.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def dump(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return list(store.connection.iterdump())


def digest(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that another process filled with one notice, and that nothing holds open."""
    folder = tmp_path_factory.mktemp("archived") / "home"
    command = [
        sys.executable,
        "-m",
        "beffroi",
        "load",
        str(ARCHIVE / "sample" / "ted" / "900301-2020.xml"),
        "--home",
        str(folder),
    ]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    return folder


@pytest.fixture
def own(archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of a user with an archive of one notice, and make it the one in force."""
    folder = tmp_path / "own"
    shutil.copytree(archived, folder)
    monkeypatch.setenv("BEFFROI_HOME", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


def test_a_second_run_changes_nothing_and_prints_the_same(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    assert main(["demo", "--home", str(folder), "--lang", "fr"]) == 0
    first, records = capsys.readouterr().out, dump(folder)
    page = (folder / "page" / "beffroi-demo.fr.html").read_bytes()
    assert main(["demo", "--home", str(folder), "--lang", "fr"]) == 0
    assert capsys.readouterr().out == first
    assert dump(folder) == records
    assert (folder / "page" / "beffroi-demo.fr.html").read_bytes() == page
    assert own.exists()


def test_without_a_home_it_takes_its_own_and_leaves_the_users_alone(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digest(own)
    assert main(["demo", "--lang", "en"]) == 0
    assert digest(own) == before
    made = tmp_path / "data" / "beffroi-demo"
    assert (made / home.MARK).exists()
    assert (made / "page" / "beffroi-demo.en.html").resolve().as_uri() in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_tells_the_figures_of_the_drone_call(
    lang: str, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--home", str(tmp_path / "demo"), "--lang", lang]) == 0
    told = capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")
    banner, sums = {
        "fr": ("RECONSTITUTION, NE PAS CITER", ("3 555 000 € HT", "3 795 000 € HT")),
        "en": ("RECONSTRUCTION, DO NOT CITE", ("€3,555,000 excl. VAT", "€3,795,000 excl. VAT")),
    }[lang]
    assert banner in told
    for figure in (*sums, "565", "66", "20", "300", "20-900101", "17/072020 à 16 h 00", "19/06/2020 à 16 h 00"):
        assert figure in told
    assert own.exists()


def test_the_users_own_home_is_refused_even_before_it_exists(own: Path, tmp_path: Path) -> None:
    before = digest(own)
    with pytest.raises(UsageError, match="your own archive"):
        home.opened(own, own=own)
    assert digest(own) == before
    with pytest.raises(UsageError, match="your own archive"):
        home.opened(tmp_path / "later", own=tmp_path / "x" / ".." / "later")
    assert not (tmp_path / "later").exists()


def test_another_archive_is_refused_in_one_sentence_and_left_alone(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = own.rename(tmp_path / "other")
    before = digest(other)
    assert main(["demo", "--home", str(other)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert digest(other) == before


def test_a_folder_with_something_in_it_and_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x", encoding="utf-8")
    for name in ("mine", "mine/notes.txt"):
        with pytest.raises(UsageError):
            home.opened(tmp_path / name, own=tmp_path / "own")
    assert (tmp_path / "mine" / "notes.txt").read_text(encoding="utf-8") == "x"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with home.opened(tmp_path / "empty", own=tmp_path / "own") as store:
        assert len(store) > 30


def test_a_demo_that_holds_documents_of_the_users_is_refused(tmp_path: Path) -> None:
    official = tmp_path / "mine.xml"
    official.write_bytes((ARCHIVE / "sample" / "ted" / "900301-2020.xml").read_bytes().replace(b"2020-17", b"2020-18"))
    with home.opened(tmp_path / "demo", own=tmp_path / "own") as store:
        store.load([official], jobs=1)
    with pytest.raises(UsageError, match="of yours"):
        home.opened(tmp_path / "demo", own=tmp_path / "own")


def test_files_copies_the_documents_and_refuses_a_folder_that_exists(tmp_path: Path) -> None:
    target = tmp_path / "files"
    assert main(["demo", "--files", str(target)]) == 0
    assert digest(target) == {name: one for name, one in digest(ARCHIVE).items() if name != "manifest.json"}
    assert main(["demo", "--files", str(target)]) == 2


def test_what_to_type_next_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _typed(".venv/bin/beffroi") == ".venv/bin/beffroi"
    assert _typed("/x/beffroi/__main__.py") == "beffroi"
    (tmp_path / "beffroi").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "beffroi").chmod(0o755)
    assert _typed(".venv/bin/beffroi") == "beffroi"
    assert "  .venv/bin/beffroi verify --home" in farewell(tmp_path, "file:///p", "en", command=".venv/bin/beffroi")

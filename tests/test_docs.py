"""The documentation is true: its generated parts are fresh, every field and command is in it, its consoles run."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from beffroi.cli import parser
from beffroi.collect import Brought
from beffroi.demo import home
from beffroi.fetch import Manners
from beffroi.notices import Citation, Notice
from beffroi.store.load import Report

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SQL = re.compile(r"^```sql\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="session")
def generate() -> ModuleType:
    """Return the module that writes the generated parts."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_schema_is_fresh(generate: ModuleType) -> None:
    assert (DOCS / "record.schema.json").read_text(encoding="utf-8") == generate.schema(), "run `make docs`"


def test_the_command_reference_is_fresh(generate: ModuleType) -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == generate.commands(), "run `make docs`"


def test_every_field_of_the_record_is_explained_and_no_other(generate: ModuleType) -> None:
    explained = generate.field_texts((DOCS / "record.md").read_text(encoding="utf-8"))
    _, components = msgspec.json.schema_components([Notice, Citation])
    fields = {name: sorted(one["properties"]) for name, one in components.items()}
    assert {name: sorted(texts) for name, texts in explained.items()} == fields


def test_every_command_has_a_help_line_examples_and_a_place_in_the_reference(generate: ModuleType) -> None:
    reference = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in generate._subcommands(parser()).items():
        assert f"## beffroi {name}\n" in reference
        assert command.description
        assert f"beffroi {name}" in (command.epilog or ""), f"`beffroi {name} --help` shows no example"


def test_every_field_of_a_collections_json_and_every_manner_is_explained() -> None:
    page = (DOCS / "how-to" / "collect.md").read_text(encoding="utf-8")
    assert [name for name in (*Brought.__struct_fields__, *Report.__struct_fields__) if f"`{name}`" not in page] == []
    assert [name for name in Manners.__struct_fields__ if f"\n{name} = " not in page] == []


def test_every_argument_has_a_help_line(generate: ModuleType) -> None:
    silent = [
        f"{name} {action.dest}"
        for name, command in generate._subcommands(parser()).items()
        for action in command._actions
        if not action.help
    ]
    assert silent == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


class Step(NamedTuple):
    """One command of a console and the output shown below it."""

    command: str
    shown: str


def steps(page: str) -> list[Step]:
    """Return the commands of a page's consoles, in order, each with what it is said to print."""
    found: list[Step] = []
    for console in _CONSOLE.findall(page):
        for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append(Step(command, shown))
    return found


def as_pattern(shown: str) -> re.Pattern[str]:
    """Return the pattern of an output; a line `…` stands for any lines, `…` within a line for any of its characters."""
    lines = [
        r"(?:[^\n]*\n)*?" if line.strip() == "…" else ".*?".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
        for line in shown.rstrip("\n").split("\n")
    ]
    return re.compile("".join(lines)) if shown.strip() else re.compile(r"\s*")


def test_an_elided_output_matches_what_it_stands_for_and_nothing_else() -> None:
    pattern = as_pattern("one\n…\nsum … EUR\n")
    assert pattern.fullmatch("one\ntwo\nthree\nsum 3 EUR\n")
    assert not pattern.fullmatch("one\ntwo\nsum 3 USD\n")
    assert not pattern.fullmatch("one\nsum 3 EUR\nfour\n")


def session(folder: Path) -> dict[str, str]:
    """Return the environment of a reader's shell: a home of its own, and this package's command."""
    binaries = folder / "bin"
    binaries.mkdir()
    command = binaries / "beffroi"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m beffroi "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    own = {"PATH": f"{binaries}:{os.environ['PATH']}", "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    own |= {"PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "100", "LANG": "C.UTF-8", "NO_COLOR": "1"}
    return {name: value for name, value in os.environ.items() if name != "BEFFROI_HOME"} | own


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if steps(page.read_text(encoding="utf-8"))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_consoles_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    environment = session(tmp_path)
    (tmp_path / "work").mkdir()
    for command, shown in steps(page.read_text(encoding="utf-8")):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path / "work",
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stderr}"
        printed = done.stdout.replace(str(tmp_path), "/home/you")
        assert as_pattern(shown).fullmatch(printed or "\n"), f"$ {command}\n{printed}\n--- shown:\n{shown}"


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if _SQL.search(page.read_text(encoding="utf-8"))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_questions_of_a_page_have_the_answers_it_shows(page: Path, tmp_path: Path) -> None:
    with home.opened(tmp_path / "demo", own=tmp_path / "own") as store:
        for question, shown in _SQL.findall(page.read_text(encoding="utf-8")):
            rows = store.connection.execute(question).fetchall()
            answer = "".join(" | ".join("" if one is None else str(one) for one in row) + "\n" for row in rows)
            assert as_pattern(shown).fullmatch(answer or "\n"), f"{question}\n{answer}"

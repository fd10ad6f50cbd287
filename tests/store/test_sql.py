"""The examples of docs/sql.md run, and find something, on the archive of the demo."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from beffroi.demo.home import opened
from beffroi.store.rows import TABLES

if TYPE_CHECKING:
    from beffroi.store import Store

PAGE = (Path(__file__).parents[2] / "docs" / "sql.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
MAY_BE_EMPTY = ("FROM unread",)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return opened(tmp_path_factory.mktemp("demo") / "home", own=Path("/nowhere"))


@pytest.mark.parametrize("query", EXAMPLES)
def test_an_example_runs_and_finds_something(store: Store, query: str) -> None:
    rows = store.connection.execute(query).fetchall()
    assert rows or any(words in query for words in MAY_BE_EMPTY)


def test_every_table_is_named() -> None:
    assert [
        table for table in (*TABLES, "documents", "contents", "redactions", "revisions") if f"`{table}`" not in PAGE
    ] == []


def test_the_columns_written_are_those_of_the_schema(store: Store) -> None:
    for table, columns in TABLES.items():
        made = [row[1] for row in store.connection.execute(f"PRAGMA table_info({table})")]
        assert made == list(columns), table

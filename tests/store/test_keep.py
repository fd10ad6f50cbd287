"""What is archived stays: verified, rebuilt, redacted on purpose only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bench.crash import differences, logical

from beffroi.errors import StoreError, UsageError
from beffroi.store import Store
from beffroi.store.connection import NAME
from tests.store.invented import many, page, record, xml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "home", create=True)
    contents = {
        "a.json": many(230),
        "b.json": page(record("26-1", value="99"), record("26-2", value="98")),
        "c.xml": xml("26-3", "Bancs de la rue 3", "4.25"),
        "d.json": b'{"hello": 1}',
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        store.load([tmp_path / name])
    return store


def damages(store: Store) -> list[str]:
    return [damage.why for damage in store.verify() if damage is not None]


def test_a_sound_archive_verifies(store: Store) -> None:
    assert damages(store) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE contents SET data = zeroblob(20) WHERE document = 5", "damaged"),
        (
            "UPDATE contents SET data = (SELECT data FROM contents WHERE document = 6) WHERE document = 5",
            "another SHA-256",
        ),
        ("DELETE FROM contents WHERE document = 5", "missing"),
        ("UPDATE documents SET bytes = 1 WHERE arrival = 5", "1 are stated"),
        ("UPDATE contents SET dictionary = 9 WHERE document = 231", "dictionary 9 is missing"),
    ],
)
def test_each_document_that_changed_is_reported(store: Store, change: str, why: str) -> None:
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute(change)
    (found,) = damages(store)
    assert why in found


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rebuild_makes_the_same_rows(store: Store, jobs: int) -> None:
    before = logical(store.home)
    done = store.rebuild(jobs=jobs)
    assert (done.documents, done.notices, done.revisions, done.without_record) == (234, 230, 232, 1)
    assert differences(before, logical(store.home)) == []


def test_a_rebuild_repairs_the_tables(store: Store) -> None:
    before = logical(store.home)
    store.connection.execute("UPDATE amounts SET value = '1'")
    store.connection.execute("DELETE FROM lots")
    store.rebuild()
    assert differences(before, logical(store.home)) == []


def test_a_rebuild_over_a_damaged_document_changes_nothing(store: Store) -> None:
    store.connection.execute("UPDATE contents SET data = zeroblob(20) WHERE document = 230")
    before = store.connection.execute("SELECT * FROM revisions").fetchall()
    with pytest.raises(StoreError, match="nothing was changed"):
        store.rebuild(jobs=1)
    assert store.connection.execute("SELECT * FROM revisions").fetchall() == before


def test_a_redaction_removes_bytes_and_leaves_digest_date_and_reason(store: Store) -> None:
    (digest,) = store.documents("26-9")
    store.redact("26-9", reason=" court order ", date="2026-10-01")
    with pytest.raises(UsageError, match="its bytes were removed on 2026-10-01: court order"):
        store.document(digest)
    assert store.documents("26-9") == (digest,)
    assert store.notice("26-9") is not None
    assert damages(store) == []


def test_no_byte_of_a_redacted_document_stays_in_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(page(record("26-1")))
    with Store.open(tmp_path, create=True) as store:
        store.load([tmp_path / "a.json"])
        (packed,) = store.connection.execute("SELECT data FROM contents").fetchone()
        assert packed[20:] in (tmp_path / NAME).read_bytes() + (tmp_path / f"{NAME}-wal").read_bytes()
        store.redact("26-1", reason="x", date="2026-10-01")
        assert packed[20:60] not in (tmp_path / NAME).read_bytes() + (tmp_path / f"{NAME}-wal").read_bytes()


def test_a_redacted_document_keeps_its_record_through_a_rebuild_and_stays_redacted(
    tmp_path: Path, store: Store
) -> None:
    store.redact("26-1", reason="x", date="2026-10-01")
    before = logical(store.home)
    store.rebuild()
    assert differences(before, logical(store.home)) == []
    report = store.load([tmp_path / "a.json"])
    assert report.unchanged == 230
    assert differences(before, logical(store.home)) == []


def test_a_redaction_says_when_a_dictionary_was_trained_on_the_document(store: Store) -> None:
    assert [one.dictionary for one in store.redact("26-5", reason="x", date="2026-10-01")] == [1]
    assert [one.dictionary for one in store.redact("26-225", reason="x", date="2026-10-01")] == [None]


def test_a_redaction_by_digest_touches_that_document_only(store: Store) -> None:
    first, second = store.documents("26-1")
    assert [one.sha256 for one in store.redact(first.upper(), reason="x", date="2026-10-01")] == [first]
    assert store.document(second).data


@pytest.mark.parametrize(("what", "reason"), [("26-999", "x"), ("ab" * 32, "x"), ("26-1", " ")])
def test_a_redaction_that_cannot_be_is_refused(store: Store, what: str, reason: str) -> None:
    with pytest.raises(UsageError):
        store.redact(what, reason=reason, date="2026-10-01")
    assert damages(store) == []


def test_a_second_redaction_is_refused_and_removes_nothing(store: Store) -> None:
    first, second = store.documents("26-1")
    store.redact(second, reason="x", date="2026-10-01")
    with pytest.raises(UsageError, match="its bytes were removed on 2026-10-01"):
        store.redact("26-1", reason="x", date="2026-10-02")
    assert store.document(first).data

"""Loading is idempotent; another encoding is a further document; a changed record is a revision."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from bench.crash import differences, logical

from beffroi.errors import StoreError, UsageError
from beffroi.store import Store
from beffroi.store import load as loading
from beffroi.store.connection import NAME
from tests.store.invented import many, page, record, xml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "home", create=True)


def put(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def one(store: Store, query: str) -> object:
    return store.connection.execute(query).fetchone()[0]


def test_a_notice_is_found_by_any_of_its_names(tmp_path: Path, store: Store) -> None:
    store.load([put(tmp_path, "a.json", page(record("26-1")))])
    for name in ("26-1", "boamp:26-1", "BOAMP 26-1", " 26-1 "):
        notice = store.notice(name)
        assert notice is not None
        assert (notice.id, notice.title) == ("boamp:26-1", "Fourniture de bancs")
    assert store.notice("26-2") is None
    assert store.notice("ted:26-1") is None


def test_the_same_documents_twice_change_nothing(tmp_path: Path, store: Store) -> None:
    path = put(tmp_path, "a.json", many(40))
    first = store.load([path])
    before = logical(store.home)
    second = store.load([path, path])
    assert (first.documents, first.new, first.unchanged) == (40, 40, 0)
    assert (second.documents, second.new, second.unchanged) == (80, 0, 80)
    assert differences(before, logical(store.home)) == []


def test_the_same_document_twice_in_one_load(tmp_path: Path, store: Store) -> None:
    report = store.load([put(tmp_path, "a.json", page(record("26-1"), record("26-1")))])
    assert (report.new, report.unchanged, one(store, "SELECT count(*) FROM documents")) == (1, 1, 1)


@pytest.mark.parametrize("together", [True, False])
def test_another_encoding_of_a_record_is_a_further_document(tmp_path: Path, store: Store, together: bool) -> None:
    paths = [put(tmp_path, "a.json", page(record("26-1"))), put(tmp_path, "a.xml", xml("26-1"))]
    reports = [store.load(paths)] if together else [store.load([path]) for path in paths]
    assert sum(report.further for report in reports) == 1
    assert (len(store.revisions("26-1")), len(store.documents("26-1"))) == (1, 2)


def test_another_encoding_that_says_something_else_is_a_revision(tmp_path: Path, store: Store) -> None:
    paths = [put(tmp_path, "a.json", page(record("26-1"))), put(tmp_path, "a.xml", xml("26-1", value="13000"))]
    assert store.load(paths).revisions == 1
    assert len(store.revisions("26-1")) == 2


@pytest.mark.parametrize("together", [True, False])
def test_a_changed_record_is_a_revision_and_both_stay(tmp_path: Path, store: Store, together: bool) -> None:
    paths = [
        put(tmp_path, "1.json", page(record("26-1", lots=2), record("26-2"))),
        put(tmp_path, "2.json", page(record("26-1", "Fourniture de bancs et de tables", value="15000"))),
        put(tmp_path, "3.json", page(record("26-1", value="16000"))),
    ]
    for chosen in [paths] if together else [[path] for path in paths]:
        store.load(chosen)
    assert [(notice.revision, notice.amounts[0].value) for notice in store.revisions("26-1")] == [
        (1, "12000.5"),
        (2, "15000"),
        (3, "16000"),
    ]
    rows = store.connection.execute("SELECT notice, value FROM amounts ORDER BY notice").fetchall()
    assert rows == [("boamp:26-1", "16000"), ("boamp:26-2", "12000.5")]
    assert one(store, "SELECT revision FROM notices WHERE id = 'boamp:26-1'") == 3
    latest = store.notice("26-1")
    assert latest is not None
    assert latest.revision == 3


def test_a_revision_seen_before_is_a_further_document_of_it(tmp_path: Path, store: Store) -> None:
    paths = [
        put(tmp_path, "1.json", page(record("26-1"))),
        put(tmp_path, "2.json", page(record("26-1", value="15000"))),
        put(tmp_path, "3.json", json.dumps(record("26-1"), indent=2).encode()),
    ]
    report = store.load(paths)
    assert (report.new, report.revisions, report.further) == (1, 1, 1)
    assert one(store, "SELECT revision FROM documents WHERE name = '3.json'") == 1


def test_a_document_without_a_record_is_archived_and_counted_every_time(tmp_path: Path, store: Store) -> None:
    path = put(tmp_path, "a.json", b'{"results": [{"hello": 1}]}')
    for _ in range(2):
        report = store.load([path])
        assert (report.documents, report.without_record) == (1, 1)
    (digest,) = store.connection.execute("SELECT sha256 FROM documents").fetchone()
    assert store.document(digest).data == b'{"hello": 1}'
    assert "no format of this version" in str(one(store, "SELECT error FROM documents"))


def test_a_document_comes_back_byte_for_byte(tmp_path: Path, store: Store) -> None:
    content = many(3)
    store.load([put(tmp_path, "a.json", content)])
    notice = store.notice("26-2")
    assert notice is not None
    document = store.document(notice.document.sha256)
    assert document.about == notice.document
    assert document.about.container is not None
    assert content[document.about.container.offset :].startswith(document.data)


def test_a_dictionary_is_trained_once_a_source_has_200_documents(tmp_path: Path, store: Store) -> None:
    store.load([put(tmp_path, "a.json", many(199))])
    assert one(store, "SELECT count(*) FROM dictionaries") == 0
    store.load([put(tmp_path, "b.json", page(record("26-500")))])
    store.load([put(tmp_path, "c.json", page(record("26-501")))])
    assert store.connection.execute("SELECT source, documents FROM dictionaries").fetchall() == [("boamp", 200)]
    sizes = store.connection.execute("SELECT dictionary, length(data) FROM contents ORDER BY document").fetchall()
    assert [row[0] for row in sizes] == [None] * 200 + [1]
    assert sizes[-1][1] < sizes[0][1] / 2
    assert (
        store.document(store.documents("26-501")[0]).data == json.dumps(record("26-501"), ensure_ascii=False).encode()
    )


def test_processes_and_batches_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.json", page(*(record(f"26-{n % 90}", value=str(n)) for n in range(400))))
    homes = []
    for jobs, batch in ((1, 500), (2, 500), (2, 7)):
        monkeypatch.setattr(loading, "BATCH_DOCUMENTS", batch)
        with Store.open(tmp_path / f"{jobs}-{batch}", create=True) as store:
            store.load([path], jobs=jobs)
            homes.append(logical(store.home))
    assert [differences(homes[0], other) for other in homes[1:]] == [[], []]


def test_numbers_of_two_bulletins_must_be_told_apart(tmp_path: Path, store: Store) -> None:
    store.load([put(tmp_path, "a.json", page(record("20-2020")))])
    store.connection.execute(
        "INSERT INTO notices SELECT 'ted:000020-2020', short, 'ted', '000020-2020', revision, version, url, form, kind,"
        " call, nature, instrument, method, language, published, dispatched, deadline, deadline_kind, title,"
        " description,"
        " buyer, country, cpv, lots, awards, suspects, unread, origin, document FROM notices"
    )
    with pytest.raises(UsageError, match="boamp:20-2020 or ted:000020-2020"):
        store.id("20-2020")
    assert store.id("boamp:20-2020") == "boamp:20-2020"
    assert store.id("ted:20-2020") == "ted:000020-2020"


def test_no_archive_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fill one with `beffroi load PATH…`"):
        Store.open(tmp_path)


def test_another_schema_version_is_refused(tmp_path: Path, store: Store) -> None:
    store.connection.execute("PRAGMA user_version = 7")
    store.close()
    with pytest.raises(StoreError, match="has schema version 7, this Beffroi knows 2"):
        Store.open(tmp_path / "home")


def test_a_home_of_the_first_version_gains_what_it_lacks(tmp_path: Path, store: Store) -> None:
    store.load([put(tmp_path, "a.json", page(record("26-1")))])
    for table in ("slices", "names", "groups"):
        store.connection.execute(f"DROP TABLE {table}")
    store.connection.execute("DROP INDEX documents_alone")
    store.connection.execute("PRAGMA user_version = 1")
    store.close()
    with Store.open(tmp_path / "home") as again:
        assert again.notice("26-1") is not None
        assert again.connection.execute("SELECT count(*) FROM slices").fetchone() == (0,)
        assert again.connection.execute("PRAGMA user_version").fetchone() == (2,)


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00 but broken" * 100])
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(tmp_path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(StoreError, match="another program's database"):
        Store.open(tmp_path)


def test_a_second_writer_is_told_so(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.connection.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("beffroi.store.connection.PATIENCE", 0.05)
    with Store.open(store.home) as second, pytest.raises(StoreError, match="another process is writing"):
        second.load([put(tmp_path, "a.json", page(record("26-1")))])
    store.connection.execute("ROLLBACK")


def test_readers_see_the_store_while_it_is_written(tmp_path: Path, store: Store) -> None:
    store.load([put(tmp_path, "a.json", page(record("26-1")))])
    with Store.open(store.home) as reader:
        store.connection.execute("BEGIN IMMEDIATE")
        store.connection.execute("DELETE FROM notices")
        assert len(reader) == 1
        store.connection.execute("ROLLBACK")

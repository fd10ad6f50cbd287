"""A batch keeps its order, its memory and its other documents, whatever one document does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from beffroi import batch
from beffroi.batch import Mark, Outcome, Read, marked, read_all, spread
from beffroi.errors import BeffroiError, Malformed, NotSupported, TooLarge, Unreadable, UsageError
from beffroi.intake import Held, Refusal
from beffroi.notices import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = {"idweb": "26-1", "objet": "Bancs", "famille": "FNS", "gestion": "{}", "donnees": '{"DIVERS": {}}'}


class Measure(msgspec.Struct, frozen=True):
    """A task that tells the length of each document; one named `deadly` kills the process that reads it."""

    def read(self, document: Document) -> str:
        if document.about.name == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        return f"{document.about.name} {len(document.data)}"

    def refuse(self, name: str, error: BeffroiError, document: Document | None = None) -> str:
        return f"{name} {type(error).__name__} {document is not None}"


def documents(count: int, length: int = 20_000) -> list[Document]:
    return [Document.of(bytes(length + n), name=f"d{n}") for n in range(count)]


def records(count: int, tmp_path: Path) -> Path:
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"results": [RECORD | {"idweb": f"26-{n}"} for n in range(1, count + 1)]}))
    return path


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_input_order(jobs: int) -> None:
    assert list(spread(documents(200), Measure(), jobs=jobs)) == [f"d{n} {20_000 + n}" for n in range(200)]


def test_a_refusal_keeps_its_place() -> None:
    pieces: list[Document | Refusal] = [*documents(50), Refusal("lost", Malformed("x")), *documents(50)]
    assert list(spread(pieces, Measure(), jobs=2))[50] == "lost Malformed False"


def test_a_document_that_kills_its_reader_is_named_and_the_others_are_read() -> None:
    pieces = documents(120)
    pieces[40] = Document.of(b"x", name="deadly")
    pieces[90] = Document.of(b"y", name="deadly")
    results = list(spread(pieces, Measure(), jobs=2))
    assert results[40] == results[90] == "deadly Unreadable True"
    assert [one for one in results if not one.startswith("deadly")] == [
        f"d{n} {20_000 + n}" for n in range(120) if n not in {40, 90}
    ]


def test_nothing_gives_nothing() -> None:
    assert list(spread([], Measure(), jobs=2)) == []


def test_a_small_batch_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "workers", None)
    assert len(list(spread(documents(5), Measure(), jobs=2))) == 5


def test_paths_in_processes_give_what_they_give_here(tmp_path: Path) -> None:
    for n in range(80):
        (tmp_path / f"{n:03}.json").write_text(json.dumps(RECORD | {"idweb": f"26-{n + 1}", "filename": "x" * 20_000}))
    (tmp_path / "040.json").write_text("[7]")
    here = list(read_all([tmp_path], jobs=1))
    there = list(read_all([tmp_path], jobs=2))
    assert [(one.name, one.record, str(one.error)) for one in here] == [
        (one.name, one.record, str(one.error)) for one in there
    ]
    assert [one.name for one in here if one.record is None] == ["040#1.json"]


def test_an_outcome_holds_the_record_or_the_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(RECORD))
    (tmp_path / "b.txt").write_text("hello")
    first, second = read_all([tmp_path])
    assert first.record is not None
    assert json.loads(first.record)["id"] == "boamp:26-1"
    assert (second.record, type(second.error)) == (None, NotSupported)


def test_citations_are_part_of_the_line(tmp_path: Path) -> None:
    (outcome,) = read_all([records(1, tmp_path)], cite=True)
    assert outcome.record is not None
    assert "citations" in json.loads(outcome.record)


def test_a_missing_path_is_refused_at_once() -> None:
    with pytest.raises(UsageError):
        read_all(["nowhere.xml"])


def test_a_fault_of_ours_costs_one_document_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document, *, cite: bool) -> None:
        raise KeyError(document.about.name, cite)

    monkeypatch.setattr("beffroi.formats.read", fail)
    outcome = Read().read(Document.of(b"<a/>", name="a.xml"))
    assert isinstance(outcome, Outcome)
    assert isinstance(outcome.error, Unreadable)
    assert "KeyError: ('a.xml', False) in test_batch.py" in str(outcome.error)


def test_a_document_above_64_mb_is_refused_and_the_others_read(tmp_path: Path) -> None:
    with (tmp_path / "a.xml").open("wb") as out:
        out.truncate(65 * 1024 * 1024)
    (tmp_path / "b.json").write_text(json.dumps(RECORD))
    first, second = read_all([tmp_path], jobs=2)
    assert isinstance(first.error, TooLarge)
    assert second.record is not None


MEASURED = """
import multiprocessing, sys
from pathlib import Path
from beffroi.batch import read_all

def peak(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])

if __name__ == "__main__":
    count = 0
    for outcome in read_all([sys.argv[1]], jobs=2):
        count += outcome.record is not None
        processes = multiprocessing.active_children() or processes
        if count % 50 == 0:
            print(count, peak("self") + sum(peak(one.pid) for one in processes))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peaks of memory are read from /proc")
def test_a_page_of_200_mb_stays_within_a_gigabyte(tmp_path: Path) -> None:
    with (tmp_path / "page.json").open("w") as out:
        out.write('{"results":[' + json.dumps(RECORD))
        for _ in range(199):
            out.write("," + json.dumps(RECORD | {"filename": "x" * 1_000_000}))
        out.write("]}")
    (tmp_path / "read.py").write_text(MEASURED)
    words = [sys.executable, str(tmp_path / "read.py"), str(tmp_path / "page.json")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    count, peak = map(int, done.stdout.splitlines()[-1].split())
    assert count == 200
    assert peak < 1024 * 1024  # KiB, of the parent and the processes that read together


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_mark_comes_out_where_it_went_in(jobs: int) -> None:
    found = documents(100)
    work: list[Document | Mark] = [Mark("begin"), *found[:40], Mark("middle"), *found[40:], Mark("end")]
    results = list(marked(work, Measure(), jobs=jobs))
    assert [n for n, one in enumerate(results) if isinstance(one, Mark)] == [0, 41, 102]
    assert results[42] == "d40 20040"


def test_a_page_that_was_fetched_is_cut_where_it_is_read_and_says_where_it_came_from() -> None:
    body = b'{"total_count": 2, "results": [{"idweb": "26-1"}, {"idweb": "26-2"}]}'
    held = Held("page.json", body, "2026-09-11T08:00:00Z", "https://example.org/page")

    class Origins(Measure, frozen=True):
        def read(self, document: Document) -> str:
            return f"{document.about.name} {document.about.retrieved} {document.about.retrieved_from}"

    assert list(spread([held], Origins(), jobs=1)) == [
        f"page#{n}.json 2026-09-11T08:00:00Z https://example.org/page" for n in (1, 2)
    ]


class Touch(msgspec.Struct, frozen=True):
    """A task that leaves a file for each document it was given."""

    folder: str

    def read(self, document: Document) -> str:
        Path(self.folder, document.about.name).touch()
        return document.about.name

    def refuse(self, name: str, error: BeffroiError, document: Document | None = None) -> str:
        del document
        return f"{name}: {error}"


def test_what_comes_slowly_is_not_kept_back(tmp_path: Path) -> None:
    came: list[str] = []
    by_then: list[int] = []

    def slowly() -> Iterator[Document]:
        for n in range(2 * batch.FLIGHT_CHUNKS):
            yield Document.of(bytes([n]) * (batch.CHUNK_BYTES + 1), name=f"{n}")
            end = time.monotonic() + 30
            while n > 1 and not (tmp_path / f"{n - 1}").exists() and time.monotonic() < end:
                time.sleep(0.005)
            by_then.append(len(came))

    for one in spread(slowly(), Touch(str(tmp_path)), jobs=2):
        came.append(one)  # noqa: PERF402 - the generator looks at it meanwhile
    assert came == [f"{n}" for n in range(2 * batch.FLIGHT_CHUNKS)]
    assert by_then[-1] > 0

"""The sample package: every expected fact, and the process its releases leave."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, cast

import pytest
from bench.ocds_facts import readings, wrong

from beffroi.formats.proof import verify_citations
from beffroi.intake.pages import records
from beffroi.intake.source import Refusal, Source
from beffroi.notices import Document
from beffroi.notices.compiled import compiled
from tests.formats.ocds.ocds_build import release

if TYPE_CHECKING:
    from pathlib import Path


def test_every_expected_fact_of_the_sample_is_read(data: Path) -> None:
    samples = data / "boamp" / "samples"
    expected = json.loads((samples / "expected" / "fts-release-package.json").read_text("utf-8"))
    found = list(readings(samples / expected["file"]))
    for document, reading in found:
        assert (reading.uncited, reading.notice.unread) == ((), ())
        assert reading.citations is not None
        assert verify_citations(document, reading.notice, reading.citations) == []
    assert wrong(expected, [reading.notice for _, reading in found]) == []


def test_the_sample_compiles_to_its_latest_deadline(data: Path) -> None:
    package = data / "boamp" / "samples" / "ocds" / "fts-release-package.json"
    notices = [reading.notice for _, reading in readings(package)]
    whole = compiled(notices)
    assert (whole.deadline, whole.kind, len(whole.lots)) == ("2026-10-12T12:00:00+01:00", "call", 1)
    assert [one.label for one in whole.changes] == [notices[1].id]


def cut(package: object, name: str = "p.json") -> list[Document | Refusal]:
    stream = cast("io.BufferedReader", io.BytesIO(json.dumps(package).encode()))
    return list(records(Source(name, stream, "sample")))


class TestPackages:
    def test_each_release_of_a_package_is_a_document(self) -> None:
        found = cut({"version": "1.1", "releases": [release("tender"), release("award")], "links": {}})
        assert [one.about.name for one in found if isinstance(one, Document)] == ["p#1.json", "p#2.json"]

    def test_a_record_is_cut_into_the_releases_it_holds(self) -> None:
        record = {"ocid": "ocds-x1-1", "releases": [release("tender"), release("award")], "compiledRelease": {}}
        package = {"records": [record, record]}
        found = [one for one in cut(package) if isinstance(one, Document)]
        assert [one.about.name for one in found] == ["p#1.1.json", "p#1.2.json", "p#2.1.json", "p#2.2.json"]
        whole = json.dumps(package).encode()
        for one in found:
            assert one.about.container is not None
            assert whole[one.about.container.offset :].startswith(one.data)

    def test_a_linked_release_beside_a_full_one_is_told(self) -> None:
        record = {"ocid": "ocds-x1-1", "releases": [release("tender"), {"url": "https://x.example/2"}]}
        found = cut({"records": [record]})
        assert isinstance(found[0], Document)
        assert isinstance(found[1], Refusal)
        assert "release 2 of the record is only linked: https://x.example/2" in str(found[1].error)

    @pytest.mark.parametrize("releases", [[], [{"url": "https://x.example/1"}]])
    def test_a_record_without_full_releases_is_the_document(self, releases: list[dict[str, str]]) -> None:
        record = {"ocid": "ocds-x1-1", "releases": releases, "compiledRelease": release("compiled")}
        (found,) = cut({"records": [record]})
        assert isinstance(found, Document)
        assert b"compiledRelease" in found.data

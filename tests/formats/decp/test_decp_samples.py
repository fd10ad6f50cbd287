"""Every expected fact of the samples, cited where it stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bench.decp_facts import wrong

from beffroi.formats import read
from beffroi.formats.proof import verify_citations
from beffroi.intake import documents
from beffroi.notices import Document

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["decp-2019", "decp-2022", "decp-2022-ods-page"])
def test_a_sample_says_what_is_expected(data: Path, name: str) -> None:
    samples = data / "boamp" / "samples"
    expected = json.loads((samples / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    notices = []
    for document in documents([samples / expected["file"]]):
        assert isinstance(document, Document)
        reading = read(document, cite=True)
        assert reading.citations is not None
        assert verify_citations(document, reading.notice, reading.citations) == []
        assert reading.notice.unread == ()
        notices.append(reading.notice)
    assert wrong(expected, notices) == []

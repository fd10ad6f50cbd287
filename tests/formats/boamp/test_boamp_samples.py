from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from bench.boamp_facts import readable, records, wrong

from beffroi.formats import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def samples(data: Path) -> Path:
    return data / "boamp" / "samples"


def test_every_expected_fact_of_the_samples_is_read(samples: Path) -> None:
    problems, read_ones = [], 0
    for document in records(samples):
        notice = read(document).notice
        expected = json.loads((samples / "expected" / f"{notice.number}.json").read_text())
        read_ones += 1
        problems += [f"{document.about.name} {one}" for one in wrong(expected, notice, readable(document.data))]
    assert problems == []
    assert read_ones > 40


def test_both_encodings_of_one_notice_give_the_same_facts(samples: Path) -> None:
    by_number: dict[str, list[dict[str, object]]] = {}
    for document in records(samples):
        notice = read(document).notice
        facts = {name: getattr(notice, name) for name in ("title", "deadline", "lots", "awards", "amounts", "buyers")}
        by_number.setdefault(notice.number, []).append(facts)
    pairs = [several for several in by_number.values() if len(several) > 1]
    assert len(pairs) >= 8
    for several in pairs:
        assert all(one == several[0] for one in several), several[0]["title"]

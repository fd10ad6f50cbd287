"""Real notices held against gold facts, and invalid ones that must not break the reader."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path  # noqa: TC003 - the fixtures' type
from typing import TYPE_CHECKING

import msgspec
import pytest

from beffroi.errors import Unreadable
from beffroi.formats import read
from beffroi.formats.cursor import Cursor
from beffroi.formats.eforms import draft
from beffroi.notices import Document, from_draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices import Amount, Notice


def document(path: Path) -> Document:
    return Document.of(path.read_bytes(), name=path.name)


def numbers(amounts: tuple[Amount, ...], *kinds: str) -> list[Decimal]:
    return sorted(Decimal(one.value) for one in amounts if one.kind in kinds and one.value is not None)


def words(texts: Iterator[str]) -> set[str]:
    return {" ".join(text.split()).casefold() for text in texts}


def facts(notice: Notice) -> dict[str, object]:
    suppliers = [one for award in notice.awards for one in award.suppliers if one.role != "subcontractor"]
    return {
        "buyer_name": words(one.name or "" for one in notice.buyers),
        "title": words(iter([notice.title or ""])),
        "main_cpv": notice.cpv[0] if notice.cpv else "",
        "dispatch_date": notice.dispatched,
        "deadline": (notice.deadline or "")[:16],
        "n_lots": len(notice.lots),
        "lot_estimates": sorted(value for lot in notice.lots for value in numbers(lot.amounts, "estimate")),
        "estimated_value": numbers(notice.amounts, "estimate"),
        "awarded_total": numbers(notice.amounts, "award", "amended"),
        "tender_values": sorted(
            value for one in notice.awards for value in numbers(one.amounts, "award", "amended", "tender")
        ),
        "n_awards": sum(one.status == "awarded" for one in notice.awards),
        "winners": words(one.name or "" for one in suppliers),
    }


def gold_facts(row: dict[str, str]) -> dict[str, object]:
    lists = {"lot_estimates", "estimated_value", "awarded_total", "tender_values"}
    names = {"buyer_name", "winners"}
    found: dict[str, object] = {}
    for field in facts_of_gold(row):
        text = row[field]
        if field in lists:
            found[field] = sorted(Decimal(one) for one in text.split("|"))
        elif field in names:
            found[field] = words(iter(text.split("|")))
        else:
            found[field] = {"title": words(iter([text])), "deadline": text[:16]}.get(field, text)
    return found


def facts_of_gold(row: dict[str, str]) -> list[str]:
    fields = ["buyer_name", "title", "main_cpv", "dispatch_date", "deadline", "n_lots", "lot_estimates"]
    fields += ["estimated_value", "awarded_total", "tender_values", "n_awards", "winners"]
    return [field for field in fields if row[field]]


def test_facts_agree_with_gold(data: Path) -> None:
    outcome: Counter[str] = Counter()
    differences = []
    with (data / "ted" / "gold_eforms.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            ours = facts(read(document(data / "ted" / "eforms" / f"{row['notice_id']}.xml")).notice)
            for field, gold in gold_facts(row).items():
                same = ours[field] == gold or str(ours[field]) == str(gold)
                outcome["right" if same else "other"] += 1
                if not same:
                    differences.append((row["notice_id"], field, gold, ours[field]))
    assert outcome["right"] > 400
    assert outcome["other"] / outcome.total() < 0.002, differences


def test_every_value_read_has_a_field_in_the_record(data: Path) -> None:
    for path in sorted((data / "ted").glob("eforms*/*.xml")):
        found = draft(Cursor(), one := document(path))
        record = msgspec.to_builtins(from_draft({**found, "document": one.about}))
        assert list(lost(found, record, "")) == [], path.name


def lost(written: object, kept: object, path: str) -> Iterator[str]:
    """Yield the paths of a draft that its record does not hold."""
    if isinstance(written, dict) and isinstance(kept, dict):
        for field, value in written.items():
            if field in kept:
                yield from lost(value, kept[field], f"{path}.{field}")
            elif value not in (False, "unknown", "other"):  # a field's default is left out of the record
                yield f"{path}.{field}"
    elif isinstance(written, list) and isinstance(kept, list | tuple):
        for index, (one, other) in enumerate(zip(written, kept, strict=True)):
            yield from lost(one, other, f"{path}[{index}]")
    elif written != kept:
        yield path


def test_little_is_unread(data: Path) -> None:
    left = Counter({path.name: len(read(document(path)).notice.unread) for path in (data / "ted/eforms").glob("*.xml")})
    assert left.total() < 20, left.most_common(5)


def test_invalid_notices_give_a_record_or_one_line(data: Path) -> None:
    paths = sorted((data / "ted" / "eforms_invalid").glob("*.xml"))
    assert paths
    assert [line for path in paths if "\n" in (line := outcome(path))] == []


def outcome(path: Path) -> str:
    """Return the record's id, or the one line that says why there is none; any other exception fails the test."""
    try:
        return read(document(path)).notice.id
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("name", ["26-900021", "26-900024"])
def test_a_notice_in_the_present_dress_of_boamp(data: Path, name: str) -> None:
    from beffroi.formats.eforms import read_tree
    from beffroi.formats.nodes import parse_xml

    root = parse_xml((data / "boamp" / "samples" / "xml" / f"{name}.xml").read_bytes())
    (tree,) = next(child for part in root for child in part if child.tag == "EFORMS")
    found: dict[str, object] = {}
    read_tree(Cursor(), tree, found)
    record = from_draft({**found, "id": f"boamp:{name}", "source": "boamp", "number": name, "document": ABOUT})
    assert record.buyers[0].ids[0].value == "21999000000107"
    assert [one.id for one in record.lots] == ["LOT-0001", "LOT-0002"]


ABOUT = {"sha256": "00", "media_type": "application/xml", "bytes": 1, "name": "a.xml", "origin": "sample"}

"""Real defence and transport notices: held to gold facts, and to what a plain search of their XML finds."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from beffroi.formats import read
from beffroi.notices import Document, decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from beffroi.notices import Amount, Notice

FORMS = {"F16", "F17", "F18", "T01", "T02"}
CONTRADICTORY = {"368559-2021"}
"""The form's deadline (13 September) and the header's (11 October), which gold follows, are two days."""


@pytest.fixture(scope="module")
def notices(data: Path) -> list[tuple[dict[str, str], bytes, Notice]]:
    """Return every real notice of these forms with its gold row and bytes."""
    with (data / "ted" / "gold_legacy.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["form"] in FORMS]
    paths = [data / "ted" / "legacy" / f"{row['notice_id']}.xml" for row in rows]
    found = [(row, path.read_bytes(), path.name) for row, path in zip(rows, paths, strict=True)]
    return [(row, content, read(Document.of(content, name=name)).notice) for row, content, name in found]


def facts(notice: Notice) -> dict[str, str]:
    places = [*notice.places, *(place for lot in notice.lots for place in lot.places)]
    nuts = {place.nuts for place in places if place.nuts}
    return {
        "form": notice.form or "",
        "buyer_name": " ".join((notice.buyers[0].name or "").split()),
        "dispatch_date": notice.dispatched or "",
        "publication_date": notice.published or "",
        "deadline": (notice.deadline or "")[:16],
        "procedure_type": (notice.procedure.method if notice.procedure else None) or "",
        "n_lots": str(len(notice.lots)),
        "n_awards": str(sum(award.status == "awarded" for award in notice.awards)),
        "original_languages": "|".join(notice.languages).upper(),
        "nuts": "|".join(sorted(nuts)),
    }


def test_real_notices_agree_with_gold(notices: list[tuple[dict[str, str], bytes, Notice]]) -> None:
    count = 0
    wrong: list[tuple[str, str, str, str]] = []
    for gold, _, notice in notices:
        for field, said in facts(notice).items():
            wanted = " ".join(gold[field].split())
            count += bool(wanted)
            agreed = not wanted or said == wanted or (field == "nuts" and set(said.split("|")) < set(wanted.split("|")))
            if not agreed and not (field == "deadline" and gold["notice_id"] in CONTRADICTORY):
                wrong.append((gold["notice_id"], field, said, wanted))
    assert count > 600
    assert wrong == []


def sums(content: bytes) -> set[str | None]:
    """Return every sum of money a notice writes in the elements that hold one."""
    names = ["VALUE_COST", "LOW_VALUE", "HIGH_VALUE", "EXCLUDING_VAT_VALUE", "DOCUMENT_COST", "VAL_TOTAL"]
    return {decimal_text(one.get("FMTVAL") or one.text or "") for name in names for one in named(content, name)}


def named(content: bytes, name: str, inside: str = "FORM_SECTION") -> Iterator[etree._Element]:
    tree = etree.fromstring(content)
    found = tree.xpath(f"//*[local-name()='{inside}']//*[local-name()='{name}']")
    assert isinstance(found, list)
    yield from (one for one in found if isinstance(one, etree._Element))


def texts(content: bytes, name: str, inside: str = "FORM_SECTION") -> list[str]:
    return [" ".join((one.text or "").split()) for one in named(content, name, inside)]


def amounts(notice: Notice) -> Iterator[Amount]:
    yield from notice.amounts
    for lot in notice.lots:
        yield from lot.amounts
    for award in notice.awards:
        yield from award.amounts


def test_every_sum_reaches_the_record_and_no_other(notices: list[tuple[dict[str, str], bytes, Notice]]) -> None:
    for gold, content, notice in notices:
        read_sums = {text for one in amounts(notice) for text in (one.value, one.low, one.high) if text is not None}
        assert read_sums == sums(content), gold["notice_id"]


def test_every_supplier_and_lot_reaches_the_record(notices: list[tuple[dict[str, str], bytes, Notice]]) -> None:
    for gold, content, notice in notices:
        suppliers = {one.name for award in notice.awards for one in award.suppliers}
        holders = ("ECONOMIC_OPERATOR_NAME_ADDRESS", "ADDRESS_CONTRACTOR")
        wanted = {
            " ".join((one.text or "").split()) for name in holders for one in named(content, "OFFICIALNAME", name)
        }
        numbers = {" ".join((one.text or "").split()) for one in named(content, "LOT_NUMBER")}
        assert suppliers == wanted, gold["notice_id"]
        assert not numbers or {lot.id for lot in notice.lots} == numbers, gold["notice_id"]


def test_nothing_but_codes_without_a_field_is_unread(notices: list[tuple[dict[str, str], bytes, Notice]]) -> None:
    for gold, _, notice in notices:
        left = [one for one in notice.unread if "supplementary CPV" not in one.why]
        known = {"no lot is described", "another deadline"}
        assert all(any(why in one.why for why in known) for one in left), (gold["notice_id"], left)

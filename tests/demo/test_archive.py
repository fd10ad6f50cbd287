"""The bundled archive: declared whole, read whole, true to what is known of the drone call, invented for the rest."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from beffroi import demo
from beffroi.formats import Reading, read
from beffroi.notices.sums import Reconciliation, reconcile

if TYPE_CHECKING:
    from beffroi.notices import Document, Notice

FILES = sorted(
    str(path.relative_to(demo.ARCHIVE)) for path in demo.ARCHIVE.rglob("*.*") if path.name != "manifest.json"
)
DOCUMENTS = list(demo.documents())
OURS = re.compile(r"https?://([^/\"'<>\s\\]+)")
OUTLETS = {"www.boamp.fr", "ted.europa.eu", "publications.europa.eu", "www.w3.org", "data.europa.eu"}


@cache
def readings() -> tuple[Reading, ...]:
    return tuple(read(document, cite=True) for document in DOCUMENTS)


def notice(name: str, *, media_type: str | None = None) -> Notice:
    found = [one.notice for one in readings() if one.notice.id == name]
    return next(one for one in found if media_type in (None, one.document.media_type))


def luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if i % 2 else 1) for i, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def test_the_manifest_lists_every_file_and_no_other() -> None:
    assert sorted(demo.manifest().documents) == FILES


def test_the_package_stays_small() -> None:
    assert sum(path.stat().st_size for path in demo.ARCHIVE.rglob("*.*")) < 600_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.about.name)
def test_every_document_gives_a_record_that_is_not_official(document: Document) -> None:
    record = read(document).notice
    assert record.document.origin in ("reconstruction", "sample")
    assert record.source in ("boamp", "ted")


def test_reading_with_citations_gives_the_same_records() -> None:
    assert [one.notice for one in readings()] == [read(document).notice for document in DOCUMENTS]


def test_only_the_drone_chain_is_a_reconstruction_and_only_the_call_has_two_encodings() -> None:
    rebuilt = Counter(one.notice.id for one in readings() if one.notice.document.origin == "reconstruction")
    assert rebuilt == {"boamp:20-51423": 2, "boamp:20-66279": 1, "boamp:21-56487": 1, "ted:175835-2020": 1}
    invented = Counter(one.notice.id for one in readings() if one.notice.document.origin == "sample")
    assert set(invented.values()) == {1}
    assert 30 <= len(invented) <= 45


@pytest.mark.parametrize("path", [one for one, entry in demo.manifest().documents.items() if entry.origin == "sample"])
def test_an_invented_notice_names_no_host_and_no_company_that_exists(path: str) -> None:
    text = (demo.ARCHIVE / path).read_text(encoding="utf-8")
    assert {host for host in OURS.findall(text) if not host.endswith(".example")} <= OUTLETS
    assert [digits for digits in re.findall(r"(?<!\d)\d{14}(?!\d)", text) if luhn(digits) or luhn(digits[:9])] == []
    assert re.findall(r"\w@\w", text) == []


DRONES = [
    ("1", "Micro-drones du quotidien", 565, "1800000", "3185.84"),
    ("2", "Drones de capacité nationale", 66, "1580000", "23939.39"),
    ("3", "Nano-drones spécialisés", 20, "175000", "8750"),
    ("4", "Passerelles de réception des trames wifi des drones collaboratifs", 300, "240000", "800"),
]
CALLS = [("boamp:20-51423", "application/json"), ("boamp:20-51423", "application/xml"), ("ted:175835-2020", None)]


@pytest.mark.parametrize(("name", "media_type"), CALLS)
def test_the_drone_call_states_four_lots_with_estimated_quantities_and_values_without_vat(
    name: str, media_type: str | None
) -> None:
    call = notice(name, media_type=media_type)
    rows = [
        (lot.id, lot.title, lot.quantities[0].value, lot.amounts[0].value, lot.unit_amounts[0].value)
        for lot in call.lots
    ]
    assert rows == DRONES
    for lot in call.lots:
        assert [one.kind for one in lot.quantities] == ["estimated"]
        assert [(one.kind, one.vat, one.currency) for one in lot.amounts] == [("estimate", "excluded", "EUR")]
        assert [(one.of, one.vat) for one in lot.unit_amounts] == [("estimate", "excluded")]
        assert lot.duration
        assert (lot.duration.value, lot.duration.unit) == (24, "month")
        assert lot.eu_funds is True
    assert [(one.kind, one.value, one.vat) for one in call.amounts] == [("estimate", "3795000", "excluded")]
    assert call.cpv == ()
    assert call.suspects == ()


@pytest.mark.parametrize(("name", "media_type"), CALLS)
def test_lots_1_to_3_make_3555000_and_all_four_the_stated_total(name: str, media_type: str | None) -> None:
    said: list[Reconciliation] = reconcile(notice(name, media_type=media_type))
    assert [(one.of, one.kind, one.vat, one.outcome, one.sum) for one in said] == [
        ("lots", "estimate", "excluded", "equal", "3795000")
    ]
    assert said[0].running == ("1800000", "3380000", "3555000", "3795000")


def test_the_drone_call_closes_on_19_june_at_16_in_paris() -> None:
    call = notice("boamp:20-51423")
    assert (call.deadline, call.deadline_kind) == ("2020-06-19T16:00:00+02:00", "tenders")
    assert call.published == "2020-04-12"
    journal = notice("ted:175835-2020")
    assert (journal.published, journal.dispatched, journal.deadline) == (
        "2020-04-15",
        "2020-04-10",
        "2020-06-19T16:00:00",
    )
    assert [buyer.name for buyer in (*call.buyers, *journal.buyers)] == ["SAELSI", "SAELSI"]


def test_both_encodings_of_the_call_give_the_same_record_but_for_its_document() -> None:
    by_json, by_xml = (notice("boamp:20-51423", media_type=f"application/{one}") for one in ("json", "xml"))
    assert (by_json.lots, by_json.amounts, by_json.deadline) == (by_xml.lots, by_xml.amounts, by_xml.deadline)


def test_the_correction_keeps_its_slip_as_written() -> None:
    correction = notice("boamp:20-66279")
    assert correction.kind == "change"
    assert correction.title is None
    moved = correction.changes[0]
    assert "19/06/2020 à 16 h 00" in (moved.old or "")
    assert "17/072020 à 16 h 00" in (moved.new or "")
    assert "boamp:20-51423" in [link.target for link in correction.links]


def test_the_closing_notice_states_only_what_is_known() -> None:
    closing = notice("boamp:21-56487")
    assert [buyer.name for buyer in closing.buyers] == ["DEPAFI"]
    assert (closing.published, closing.title, closing.lots, closing.awards, closing.amounts) == (None, None, (), (), ())
    assert {"boamp:20-51423", "boamp:20-66279"} <= {link.target for link in closing.links}


@pytest.mark.parametrize(("day", "source", "count"), [("2020-04-12", "boamp", 14), ("2020-04-15", "ted", 12)])
def test_the_days_shown_have_a_bulletin_of_a_dozen_lines(day: str, source: str, count: int) -> None:
    found = {one.notice.id for one in readings() if (one.notice.published, one.notice.source) == (day, source)}
    assert len(found) == count


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("boamp:20-900104", "symbolic"),
        ("boamp:20-900105", "thousandfold"),
        ("boamp:20-900107", "identifier_as_amount"),
    ],
)
def test_a_trap_is_marked_and_its_value_kept(name: str, rule: str) -> None:
    trap = notice(name)
    assert [(one.path, one.rule) for one in trap.suspects] == [("amounts[0].value", rule)]
    assert trap.amounts[0].value


def test_lots_1a_and_1b_are_two_lots() -> None:
    assert [lot.id for lot in notice("boamp:20-900101").lots] == ["1a", "1b", "2"]


def test_a_ceiling_repeated_on_each_lot_is_one_ceiling() -> None:
    assert [one.outcome for one in reconcile(notice("boamp:20-900102"))] == ["repeated_ceiling"]


def test_a_group_a_subcontractor_a_losing_tender_and_a_withheld_value_are_told_apart() -> None:
    result = notice("ted:00900402-2024")
    first, second = result.awards
    assert [one.role for one in first.suppliers] == ["leader", "member", "subcontractor"]
    assert {(one.kind, one.value) for one in first.amounts} >= {("award", "1310400"), ("tender", "1402000")}
    assert [one for one in second.amounts if one.kind == "award"] == []
    assert [(one.field, one.until) for one in result.withheld] == [("BT-720", "2026-12-31")]
    assert {one.decided for one in result.awards} == {"2024-03-20"}

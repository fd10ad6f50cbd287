"""Real notices against gold facts: a sample of every form, held to the goals of `make accuracy`."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from beffroi.formats import read
from beffroi.notices import Document

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.notices import Amount, Notice

EVERY = 15


def money(amounts: tuple[Amount, ...], kind: str) -> list[Decimal]:
    return sorted(Decimal(one.value) for one in amounts if one.kind == kind and one.value is not None)


def listed(text: str) -> list[Decimal]:
    return sorted(Decimal(one) for one in text.split("|") if one)


def checks(notice: Notice, gold: dict[str, str]) -> dict[str, bool]:
    """Return the fields gold fills and whether the record agrees."""
    lots = tuple(amount for lot in notice.lots for amount in lot.amounts)
    awards = tuple(amount for award in notice.awards for amount in award.amounts)
    found: dict[str, bool] = {
        "title": (notice.title or "").split() == gold["title"].split(),
        "main_cpv": notice.cpv[:1] == (gold["main_cpv"],),
        "dispatch_date": notice.dispatched == gold["dispatch_date"],
        "deadline": (notice.deadline or "").startswith(gold["deadline"]),
        "n_lots": str(len(notice.lots)) == gold["n_lots"],
        "lot_estimates": money(lots, "estimate") == listed(gold["lot_estimates"]),
        "estimated_value": money(notice.amounts, "estimate") == listed(gold["estimated_value"]),
        "awarded_total": money(notice.amounts, "award") == listed(gold["awarded_total"]),
        "award_values": money(awards, "award") == listed(gold["award_values"]),
        "n_awards": str(sum(one.status == "awarded" for one in notice.awards)) == gold["n_awards"],
    }
    return {field: right for field, right in found.items() if gold[field]}


def test_a_sample_of_every_form_agrees_with_gold(data: Path) -> None:
    with (data / "ted" / "gold_legacy.csv").open(encoding="utf-8", newline="") as rows:
        sample = [row for row in csv.DictReader(rows) if row["form"].startswith("F") and row["form"] not in DEFENCE]
    count: Counter[bool] = Counter()
    wrong: list[tuple[str, str]] = []
    for row in sample[::EVERY]:
        path = data / "ted" / "legacy" / f"{row['notice_id']}.xml"
        agreed = checks(read(Document.of(path.read_bytes(), name=path.name)).notice, row)
        count.update(agreed.values())
        wrong += [(row["notice_id"], field) for field, right in agreed.items() if not right]
    assert count.total() > 500
    assert count[True] / count.total() >= 0.995, wrong


DEFENCE = {"F16", "F17", "F18"}

"""Sums of lots and awards against the stated total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.notices.derive import derived
from beffroi.notices.sums import Reconciliation, Subset, reconcile, subset

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.notices import Notice


def _amount(value: str, kind: str = "estimate", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value, "currency": "EUR", "vat": "excluded", **more}


def _lots(*values: str | None) -> list[dict[str, Any]]:
    return [{"id": str(i), "amounts": [_amount(value)] if value else []} for i, value in enumerate(values, 1)]


@pytest.fixture
def said(make: Callable[..., Notice]) -> Callable[..., Reconciliation]:
    def only(total: str | None, *values: str | None) -> Reconciliation:
        notice = make(lots=_lots(*values), amounts=[_amount(total)] if total else [])
        [one] = reconcile(derived(notice))
        return one

    return only


DRONES = ("1800000", "1580000", "175000", "240000")


def test_four_lots_make_the_total_and_the_first_three_are_known(said: Callable[..., Reconciliation]) -> None:
    one = said("3795000", *DRONES)
    assert (one.outcome, one.sum, one.total, one.difference) == ("equal", "3795000", "3795000", None)
    assert one.running == ("1800000", "3380000", "3555000", "3795000")


def test_a_total_of_some_lots_names_them(said: Callable[..., Reconciliation]) -> None:
    one = said("3555000", *DRONES)
    assert (one.outcome, one.difference, one.explained_by) == ("above", "240000", ("1", "2", "3"))


@pytest.mark.parametrize(
    ("total", "outcome"), [("3800000", "rounding"), ("3795000.4", "below"), ("4000000", "below"), ("3700000", "above")]
)
def test_rounding_lies_within_the_written_precision(
    said: Callable[..., Reconciliation], total: str, outcome: str
) -> None:
    assert said(total, *DRONES).outcome == outcome


def test_cents_that_lots_write_and_the_total_does_not_are_rounding(said: Callable[..., Reconciliation]) -> None:
    one = said("1001", "500.3", "500.5")
    assert (one.outcome, one.sum, one.difference) == ("rounding", "1000.8", "-0.2")


def test_lots_without_a_value_are_named(said: Callable[..., Reconciliation]) -> None:
    one = said("900", "300", None, "400", None)
    assert (one.outcome, one.difference, one.silent) == ("below", "200", ("2", "4"))


def test_the_same_ceiling_on_each_lot_and_on_the_notice_does_not_add_up(make: Callable[..., Notice]) -> None:
    lots = [{"id": one, "amounts": [_amount("500000", "framework_max")]} for one in "123"]
    [one] = reconcile(make(lots=lots, amounts=[_amount("500000", "framework_max")]))
    assert one.outcome == "repeated_ceiling"


def test_several_explanations_are_none(said: Callable[..., Reconciliation]) -> None:
    one = said("300", "100", "100", "100", "100")
    assert (one.outcome, one.explained_by, one.searched) == ("above", (), True)


def test_without_a_total_the_sum_stands_alone(said: Callable[..., Reconciliation]) -> None:
    one = said(None, "100", "200")
    assert (one.outcome, one.sum, one.total) == ("no_total", "300", None)


def test_kinds_vat_and_currencies_never_mix(make: Callable[..., Notice]) -> None:
    lots = [
        {"id": "1", "amounts": [_amount("100"), _amount("120", vat="included"), _amount("500", "framework_max")]},
        {"id": "2", "amounts": [_amount("200"), _amount("240", vat="included"), _amount("900", currency="PLN")]},
    ]
    found = {(one.kind, one.vat, one.currency): one.sum for one in reconcile(make(lots=lots, amounts=[_amount("300")]))}
    assert found == {
        ("estimate", "excluded", "EUR"): "300",
        ("estimate", "included", "EUR"): "360",
        ("framework_max", "excluded", "EUR"): "500",
        ("estimate", "excluded", "PLN"): "900",
    }


def test_a_range_is_not_summed(make: Callable[..., Notice]) -> None:
    lots = [
        *_lots("100"),
        {"id": "2", "amounts": [{"kind": "estimate", "low": "1", "high": "2", "currency": "EUR", "vat": "excluded"}]},
    ]
    assert reconcile(make(lots=lots, amounts=[_amount("102")])) == []


def test_amounts_a_year_are_not_summed_with_those_of_the_term(make: Callable[..., Notice]) -> None:
    lots = [{"id": "1", "amounts": [_amount("100"), _amount("25", period="year")]}, *_lots(None, "200")[1:]]
    [one] = reconcile(make(lots=lots, amounts=[_amount("300")]))
    assert one.outcome == "equal"


def _award(name: str, value: str | None, **more: Any) -> dict[str, Any]:
    amounts = [_amount(value, "award")] if value else []
    return {"id": name, "lot_ids": [name], "status": "awarded", "amounts": amounts, **more}


def test_awards_are_summed_and_what_was_not_awarded_is_not_missed(make: Callable[..., Notice]) -> None:
    awards = [_award("1", "100"), _award("2", "200"), _award("3", None, status="not_awarded"), _award("4", None)]
    notice = make(lots=_lots(None, None, None, None), awards=awards, amounts=[_amount("300", "award")])
    [one] = reconcile(notice)
    assert (one.of, one.outcome, one.silent) == ("awards", "equal", ("4",))


def test_the_ceiling_several_holders_share_is_not_added(make: Callable[..., Notice]) -> None:
    holders = [{"name": "A", "role": "sole"}, {"name": "B", "role": "sole"}]
    awards = [_award("1", "100", holding="several", suppliers=holders), _award("2", "200")]
    assert reconcile(make(lots=_lots(None, None), awards=awards)) == []


@pytest.mark.parametrize("fields", [{"amounts": [_amount("300", "award")]}, {"instrument": "framework"}])
def test_a_ceiling_each_award_of_a_lot_repeats_is_added_once(make: Callable[..., Notice], fields: Any) -> None:
    awards = [
        {**_award("a", "250"), "lot_ids": ["A"]},
        {**_award("b", "250"), "lot_ids": ["A"]},
        {**_award("c", "50"), "lot_ids": ["B"]},
        {**_award("d", "50"), "lot_ids": ["B"]},
    ]
    [one] = reconcile(make(lots=[{"id": "A"}, {"id": "B"}], awards=awards, **fields))
    assert (one.sum, one.once) == ("300", ("b", "d"))


def test_equal_prices_that_make_the_total_are_all_added(make: Callable[..., Notice]) -> None:
    awards = [{**_award(name, "150"), "lot_ids": ["A"]} for name in "ab"]
    [one] = reconcile(
        make(lots=[{"id": "A"}], awards=awards, amounts=[_amount("300", "award")], instrument="framework")
    )
    assert (one.sum, one.once, one.outcome) == ("300", (), "equal")


def test_a_group_shares_one_price(make: Callable[..., Notice]) -> None:
    group = [{"name": "A", "role": "leader"}, {"name": "B", "role": "member"}]
    awards = [_award("1", "100", holding="group", suppliers=group), _award("2", "200")]
    [one] = reconcile(make(lots=_lots(None, None), awards=awards))
    assert one.sum == "300"


def test_beyond_twenty_values_only_one_or_two_are_left_out_and_that_is_said() -> None:
    values = [Decimal(2) ** i for i in range(25)]
    whole = sum(values, Decimal(0))
    assert subset(values, whole - 8 - 32) == Subset(
        tuple(i for i in range(25) if i not in (3, 5)), unique=True, searched=False
    )
    assert subset(values, whole - 7) == Subset((), unique=False, searched=False)


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=9), st.data())
def test_a_found_subset_makes_the_total_and_none_larger_does(values: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(range(len(values))), min_size=1))
    total = Decimal(sum(values[i] for i in chosen))
    found = subset([Decimal(one) for one in values], total)
    assert sum(Decimal(values[i]) for i in found.kept) == total
    assert len(found.kept) >= len(chosen)
    every = [
        mask
        for mask in range(1 << len(values))
        if sum(value for i, value in enumerate(values) if mask >> i & 1) == total
    ]
    fullest = max(mask.bit_count() for mask in every)
    assert len(found.kept) == fullest
    assert found.unique == (sum(mask.bit_count() == fullest for mask in every) == 1)

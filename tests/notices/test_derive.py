"""Average amounts per unit: only where one quantity is stated, never between kinds that do not match."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.notices import Notice, UnitAmount
from beffroi.notices.derive import derived

if TYPE_CHECKING:
    from collections.abc import Callable


def _amount(value: str | None = "1800000", kind: str = "estimate", **more: Any) -> dict[str, Any]:
    stated = {} if value is None else {"value": value}
    return {"kind": kind, "currency": "EUR", "vat": "excluded", **stated, **more}


def _quantity(value: int = 565, kind: str = "estimated", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value, **more}


def _lot(amounts: list[dict[str, Any]], quantities: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"id": "1", "amounts": amounts, "quantities": quantities, **more}


def test_the_average_says_its_formula_its_kind_and_its_vat(make: Callable[..., Notice]) -> None:
    notice = derived(make(lots=[_lot([_amount()], [_quantity()])]))
    assert notice.lots[0].unit_amounts == (
        UnitAmount(value="3185.84", of="estimate", formula="1800000 / 565", currency="EUR", vat="excluded"),
    )


@pytest.mark.parametrize(
    ("value", "quantity", "average"),
    [("1", 8, "0.12"), ("3", 8, "0.38"), ("100", 3, "33.33"), ("175000", 20, "8750"), ("0.5", 4, "0.12")],
)
def test_cents_are_rounded_half_to_even(make: Callable[..., Notice], value: str, quantity: int, average: str) -> None:
    """The values are symbolic: `paid` and the rest of the rules are not at stake, so a minimum carries them."""
    lot = _lot([_amount(value, "minimum")], [_quantity(quantity, "minimum")])
    assert [one.value for one in derived(make(lots=[lot])).lots[0].unit_amounts] == [average]


NONE_DERIVED: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "no quantity": ([_amount()], []),
    "no amount": ([], [_quantity()]),
    "a stated range": ([_amount(None, low="100000", high="200000")], [_quantity()]),
    "a range of quantities": ([_amount()], [{"kind": "estimated", "low": 10, "high": 40}]),
    "two quantities of one thing": ([_amount()], [_quantity(10), _quantity(12)]),
    "two things": ([_amount()], [_quantity(12, noun="bus"), _quantity(12, noun="bornes")]),
    "an estimate and only a maximum quantity": ([_amount()], [_quantity(40, "maximum")]),
    "a ceiling and only a minimum quantity": ([_amount(kind="framework_max")], [_quantity(10, "minimum")]),
    "two estimates": ([_amount(), _amount("900000")], [_quantity()]),
    "an amount a year": ([_amount(period="year")], [_quantity()]),
    "one unit": ([_amount()], [_quantity(1)]),
    "a penalty": ([_amount(kind="penalty")], [_quantity()]),
    "a tender": ([_amount(kind="tender")], [_quantity()]),
    "a symbolic amount": ([_amount("1")], [_quantity()]),
    "less than a cent": ([_amount("100")], [_quantity(100000)]),
}


@pytest.mark.parametrize("case", NONE_DERIVED)
def test_no_average_where_it_would_mislead(make: Callable[..., Notice], case: str) -> None:
    amounts, quantities = NONE_DERIVED[case]
    assert derived(make(lots=[_lot(amounts, quantities)])).lots[0].unit_amounts == ()


def test_a_ceiling_goes_with_the_maximum_and_a_guarantee_with_the_minimum(make: Callable[..., Notice]) -> None:
    amounts = [_amount("400000", "framework_max"), _amount("50000", "minimum")]
    lot = _lot(amounts, [_quantity(10, "minimum"), _quantity(40, "maximum")])
    found = {one.of: one.formula for one in derived(make(lots=[lot])).lots[0].unit_amounts}
    assert found == {"framework_max": "400000 / 40", "minimum": "50000 / 10"}


def test_amounts_with_and_without_vat_are_divided_apart(make: Callable[..., Notice]) -> None:
    lot = _lot([_amount("1000"), _amount("1200", vat="included")], [_quantity(10)])
    found = derived(make(lots=[lot])).lots[0].unit_amounts
    assert [(one.value, one.vat) for one in found] == [("100", "excluded"), ("120", "included")]


def test_words_that_several_lots_repeat_count_the_whole_purchase(make: Callable[..., Notice]) -> None:
    quantity = _quantity(40, noun="logements", stated_in="description")
    lots = [_lot([_amount()], [quantity], description="Construction de 40 logements", title=name) for name in "AB"]
    assert [lot.unit_amounts for lot in derived(make(lots=lots)).lots] == [(), ()]
    alone = derived(make(lots=lots[:1])).lots[0].unit_amounts
    assert [one.formula for one in alone] == ["1800000 / 40"]


def _award(**more: Any) -> dict[str, Any]:
    return {"id": "1", "status": "awarded", "amounts": [_amount("250000", "award")], **more}


def test_an_award_of_exactly_one_lot_is_averaged_on_the_lot(make: Callable[..., Notice]) -> None:
    notice = derived(make(lots=[_lot([], [_quantity(50)])], awards=[_award(lot_ids=["1"])]))
    assert [(one.of, one.value) for one in notice.lots[0].unit_amounts] == [("award", "5000")]


def test_an_undivided_notice_with_one_award_is_averaged(make: Callable[..., Notice]) -> None:
    notice = derived(make(lots=[_lot([], [_quantity(50)])], awards=[_award()]))
    assert len(notice.lots[0].unit_amounts) == 1


@pytest.mark.parametrize(
    "awards",
    [
        [_award(lot_ids=["1", "2"])],
        [_award(lot_ids=["1"]), _award(id="2", lot_ids=["1"])],
        [_award(lot_ids=["1"], holding="several")],
        [_award(lot_ids=["1"], status="not_awarded")],
        [_award(lot_ids=["2"])],
    ],
    ids=["two lots", "two awards", "several holders", "not awarded", "another lot"],
)
def test_no_average_of_an_award_that_is_not_the_lots_alone(make: Callable[..., Notice], awards: list[Any]) -> None:
    notice = derived(make(lots=[_lot([], [_quantity(50)])], awards=awards))
    assert notice.lots[0].unit_amounts == ()


def test_a_notice_without_amounts_is_returned_as_it_is(make: Callable[..., Notice]) -> None:
    notice = make(lots=[{"id": "1"}], published="2020-04-12")
    assert derived(notice) is notice


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.decimals("0.01", "1e9", places=2), st.integers(2, 10**6))
def test_deriving_twice_changes_nothing_and_the_average_is_within_half_a_cent(
    make: Callable[..., Notice], value: Decimal, quantity: int
) -> None:
    once = derived(make(lots=[_lot([_amount(f"{value:f}")], [_quantity(quantity)])]))
    assert derived(once) == once
    for one in once.lots[0].unit_amounts:
        assert abs(Decimal(one.value) - value / quantity) <= Decimal("0.005")

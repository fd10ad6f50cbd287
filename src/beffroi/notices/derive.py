"""What follows from a record without being stated: average amounts per unit, and values to verify.

In: a `Notice` as read. Out: the same with `unit_amounts` and `suspects`; stated values are never changed, and deriving
twice changes nothing.

>>> from beffroi.notices import from_draft
>>> lot = {"id": "1", "quantities": [{"kind": "estimated", "value": 565}],
...        "amounts": [{"kind": "estimate", "value": "1800000", "currency": "EUR", "vat": "excluded"}]}
>>> notice = from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "lots": [lot], "document": {
...     "sha256": "00", "media_type": "application/json", "bytes": 1, "name": "a.json", "origin": "sample"}})
>>> derived(notice).lots[0].unit_amounts[0].formula, derived(notice).lots[0].unit_amounts[0].value
('1800000 / 565', '3185.84')
"""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

import msgspec

from beffroi.notices.amount import Amount, UnitAmount, decimal_text
from beffroi.notices.suspects import RULES, suspect_paths, suspects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices.amount import AmountKind, Quantity
    from beffroi.notices.lot import Award, Lot
    from beffroi.notices.notice import Notice

_DIVIDED = frozenset(("estimate", "framework_max", "minimum", "award", "reestimated", "amended", "paid"))
_MATCHING: dict[AmountKind, str] = {"framework_max": "maximum", "minimum": "minimum"}
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_CENT = Decimal("0.01")


def derived(notice: Notice) -> Notice:
    """Return the notice with its derived values."""
    kept = tuple(one for one in notice.suspects if one.rule not in RULES)
    found = (*kept, *suspects(notice))
    if found != notice.suspects:
        notice = msgspec.structs.replace(notice, suspects=found)
    if not any(lot.quantities or lot.unit_amounts for lot in notice.lots):
        return notice
    left_out = suspect_paths(notice)
    lots = tuple(_with_unit_amounts(notice, index, lot, left_out) for index, lot in enumerate(notice.lots))
    return msgspec.structs.replace(notice, lots=lots)


def _with_unit_amounts(notice: Notice, index: int, lot: Lot, left_out: frozenset[str]) -> Lot:
    units: tuple[UnitAmount, ...] = ()
    if lot.quantities and not _whole_purchase(notice, lot):
        units = tuple(_unit_amounts(notice, index, lot, left_out))
    return lot if units == lot.unit_amounts else msgspec.structs.replace(lot, unit_amounts=units)


def _whole_purchase(notice: Notice, lot: Lot) -> bool:
    """Return whether the quantity stands in words that several lots repeat: then it counts the whole purchase."""
    stated_in = {one.stated_in for one in lot.quantities}
    for field in stated_in & {"title", "description"}:
        text = getattr(lot, field or "")
        if text and sum(1 for other in notice.lots if getattr(other, field or "") == text) > 1:
            return True
    return False


def _unit_amounts(notice: Notice, index: int, lot: Lot, left_out: frozenset[str]) -> Iterator[UnitAmount]:
    amounts = [one for i, one in enumerate(lot.amounts) if f"lots[{index}].amounts[{i}]" not in left_out]
    amounts += _awarded(notice, lot, left_out)
    alike = Counter((one.kind, one.currency, one.vat) for one in amounts)
    for one in amounts:
        quantity = _quantity(lot, one)
        if quantity is None or one.value is None or alike[one.kind, one.currency, one.vat] > 1:
            continue
        average = _EXACT.divide(Decimal(one.value), quantity).quantize(_CENT, context=_EXACT)
        if average < _CENT:
            continue
        yield UnitAmount(
            value=decimal_text(str(average)) or str(average),
            of=one.kind,
            formula=f"{one.value} / {quantity}",
            currency=one.currency,
            vat=one.vat,
        )


def _quantity(lot: Lot, amount: Amount) -> Decimal | None:
    """Return the one quantity an amount of this kind may be divided by, or None where none or several are stated.

    A ceiling goes with a maximum quantity and a guaranteed minimum with a minimum one; the other kinds with a quantity
    that is neither.
    """
    if amount.kind not in _DIVIDED or amount.period == "year" or len({_named(one) for one in lot.quantities}) > 1:
        return None
    bounds = [one for one in lot.quantities if one.kind in ("minimum", "maximum")]
    wanted = _MATCHING.get(amount.kind)
    candidates = [one for one in bounds if one.kind == wanted] or [one for one in lot.quantities if one not in bounds]
    values = {one.value for one in candidates}
    value = values.pop() if len(values) == 1 else None
    return Decimal(str(value)) if value is not None and value > 1 else None


def _named(quantity: Quantity) -> str:
    return (quantity.noun or quantity.unit or "").casefold()


def _awarded(notice: Notice, lot: Lot, left_out: frozenset[str]) -> list[Amount]:
    """Return the awarded amounts of a lot where one award covers exactly this lot and one price was agreed."""
    alone = len(notice.lots) == 1 and len(notice.awards) == 1
    covering = [(i, one) for i, one in enumerate(notice.awards) if lot.id in one.lot_ids or (alone and not one.lot_ids)]
    if len(covering) != 1:
        return []
    index, award = covering[0]
    if not _one_price(award):
        return []
    paths = (f"awards[{index}].amounts[{j}]" for j in range(len(award.amounts)))
    return [one for path, one in zip(paths, award.amounts, strict=True) if one.kind == "award" and path not in left_out]


def _one_price(award: Award) -> bool:
    return len(award.lot_ids) <= 1 and award.status == "awarded" and award.holding != "several"

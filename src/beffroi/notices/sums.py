"""The sum of lots against the stated total: equal, rounded, or by how much, and which lots would explain it.

In: a `Notice`. Out: one `Reconciliation` per kind, VAT and currency that lots or awards state. Arithmetic is exact.
Ranges are not summed, values to verify are left out, and a ceiling that several holders share is added once.

>>> subset([Decimal(5), Decimal(3), Decimal(2)], Decimal(8))
Subset(kept=(0, 1), unique=True, searched=True)
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from beffroi.notices.amount import AmountKind, Vat
from beffroi.notices.suspects import placed_amounts, suspect_paths

if TYPE_CHECKING:
    from beffroi.notices.lot import Award, Lot
    from beffroi.notices.notice import Notice
    from beffroi.notices.suspects import Placed

Outcome = Literal["no_total", "equal", "rounding", "repeated_ceiling", "above", "below"]


class Reconciliation(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What lots (or awards) of one kind, VAT and currency sum to, and how that stands to the notice's stated total.

    `above`: the sum exceeds the total, `below`: it falls short, by `difference`. `running` are the sums of the first
    1, 2, … values. `once` are the ids of awards whose value repeats that of another holder of the same lots, and is added
    once. `explained_by` are the ids whose values alone make the total; `searched` is False where there are
    too many lots to try every combination.
    """

    of: Literal["lots", "awards"]
    kind: AmountKind
    currency: str | None = None
    vat: Vat | None = None
    outcome: Outcome
    sum: str
    total: str | None = None
    difference: str | None = None
    ids: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    explained_by: tuple[str, ...] = ()
    searched: bool = True
    silent: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Subset(NamedTuple):
    """Which values make a total, whether no other choice of as many does, and whether every choice was tried."""

    kept: tuple[int, ...]
    unique: bool
    searched: bool


SUMMED = frozenset(
    ("estimate", "framework_max", "minimum", "award", "reestimated", "before", "amended", "concession_value", "paid")
)
"""Kinds that add up over lots; tenders do not: losing ones stand beside the winning one."""
_MOST = 20
"""Up to this number of values every combination is tried; beyond, only leaving out one or two."""
_ROUNDED = Decimal("0.005")


def reconcile(notice: Notice) -> list[Reconciliation]:
    """Return the sums of the notice's lots and awards, each against the total of its kind."""
    left_out = suspect_paths(notice)
    placed = [one for one in placed_amounts(notice) if one.amount.kind in SUMMED and one.amount.period != "year"]
    keys = dict.fromkeys(_key(one) for one in placed)
    found = [
        _reconciled(notice, [one for one in placed if _key(one) == key], of, left_out)
        for of in ("lots", "awards")
        for key in keys
    ]
    return [one for one in found if one is not None]


def _key(one: Placed) -> tuple[str, str | None, str | None]:
    return one.amount.kind, one.amount.currency, one.amount.vat


def _reconciled(notice: Notice, alike: list[Placed], of: str, left_out: frozenset[str]) -> Reconciliation | None:
    """Return the sum of the values of lots or awards of one key, or None where nothing can be summed."""
    totals = [one for one in alike if one.path.startswith("amounts[") and one.path not in left_out]
    parts = [one for one in alike if one.path.startswith(f"{of}[")]
    stated = {_owner(one): one for one in parts if one.path not in left_out}
    if not stated or len(stated) < sum(1 for one in parts if one.path not in left_out) or len(totals) > 1:
        return None
    if any(one.amount.value is None for one in stated.values()) or any(_shared(notice, of, owner) for owner in stated):
        return None
    divided: tuple[Lot | Award, ...] = notice.lots if of == "lots" else notice.awards
    total = totals[0].amount.value if totals else None
    if len(divided) == 1 and total is None:
        return None
    summed, once = _holders_once(stated, total, framework=notice.instrument in ("framework", "dps"))
    values = [Decimal(one.amount.value or "0") for one in summed.values()]
    said = _against(values, None if total is None else Decimal(total), tuple(divided[owner].id for owner in summed))
    return msgspec.structs.replace(
        said,
        of=of,
        kind=alike[0].amount.kind,
        currency=alike[0].amount.currency,
        vat=alike[0].amount.vat,
        total=total,
        once=tuple(divided[owner].id for owner in once),
        silent=tuple(one.id for i, one in enumerate(divided) if i not in stated and _expected(notice, of, i)),
        left_out=tuple(one.path for one in parts if one.path in left_out),
    )


def _owner(one: Placed) -> int:
    """Return the index of the lot or award an amount belongs to."""
    return int(one.path[one.path.index("[") + 1 : one.path.index("]")])


def _holders_once(
    stated: dict[int, Placed], total: str | None, *, framework: bool
) -> tuple[dict[int, Placed], list[int]]:
    """Return what to add, and the awards that repeat the value of another award of the same lots.

    Awards of the same lots with the same value are the holders of one framework, each stating its ceiling, where the
    notice says that it is a framework, or where only adding each ceiling once makes the stated total.
    """
    first: dict[tuple[tuple[str, ...], str | None], int] = {}
    for owner, one in stated.items():
        if one.path.startswith("awards["):
            first.setdefault((one.lots, one.amount.value), owner)
    kept = set(first.values())
    once = [owner for owner, one in stated.items() if one.path.startswith("awards[") and owner not in kept]
    unique = {owner: one for owner, one in stated.items() if owner not in once}
    goal = None if total is None else Decimal(total)
    if not once or _whole(stated) == goal or not (framework or _whole(unique) == goal):
        return stated, []
    return unique, once


def _whole(stated: dict[int, Placed]) -> Decimal:
    return sum((Decimal(one.amount.value or "0") for one in stated.values()), Decimal(0))


def _shared(notice: Notice, of: str, owner: int) -> bool:
    """Return whether several holders repeat a framework's ceiling, so that their values add up to nothing."""
    return of == "awards" and notice.awards[owner].holding == "several" and len(notice.awards[owner].suppliers) > 1


def _expected(notice: Notice, of: str, owner: int) -> bool:
    """Return whether a value is missed: an award that was not made has none."""
    return of == "lots" or notice.awards[owner].status == "awarded"


def _against(values: list[Decimal], total: Decimal | None, ids: tuple[str, ...]) -> Reconciliation:
    whole, running = Decimal(0), []
    for value in values:
        whole += value
        running.append(_text(whole))
    base = Reconciliation(
        of="lots", kind="other", outcome="no_total", sum=_text(whole), ids=ids, running=tuple(running)
    )
    if total is None:
        return base
    gap = whole - total
    if gap == 0:
        return msgspec.structs.replace(base, outcome="equal")
    if abs(gap) <= _half_unit(total) and abs(gap) <= abs(total) * _ROUNDED:
        return msgspec.structs.replace(base, outcome="rounding", difference=_text(gap))
    if len(values) > 1 and set(values) == {total}:
        return msgspec.structs.replace(base, outcome="repeated_ceiling", difference=_text(gap))
    best = subset(values, total) if gap > 0 else Subset((), unique=False, searched=True)
    return msgspec.structs.replace(
        base,
        outcome="above" if gap > 0 else "below",
        difference=_text(abs(gap)),
        explained_by=tuple(ids[i] for i in best.kept) if best.unique else (),
        searched=best.searched,
    )


def _text(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _half_unit(total: Decimal) -> Decimal:
    """Return half of the last significant digit a total is written with: 50000 for 3800000."""
    exponent = total.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a stated amount is finite
    return Decimal(5).scaleb(exponent - 1)


def subset(values: list[Decimal], total: Decimal) -> Subset:
    """Return the largest choice of values that makes the total; leaving out the fewest explains the most."""
    if len(values) > _MOST:
        return _few_left_out(values, total)
    middle = len(values) // 2
    left, right = _choices(values[:middle]), _choices(values[middle:])
    best, ways = 0, 0
    for made, (mask, count) in left.items():
        other, others = right.get(total - made, (0, 0))
        if not others:
            continue
        joined = mask | other << middle
        if joined.bit_count() > best.bit_count():
            best, ways = joined, count * others
        elif joined.bit_count() == best.bit_count():
            ways += count * others
    return Subset(tuple(i for i in range(len(values)) if best >> i & 1), unique=ways == 1, searched=True)


def _choices(values: list[Decimal]) -> dict[Decimal, tuple[int, int]]:
    """Return for each sum the fullest choice that makes it, and how many choices are as full."""
    made: dict[Decimal, tuple[int, int]] = {}
    for mask in range(1 << len(values)):
        whole = sum((value for i, value in enumerate(values) if mask >> i & 1), Decimal(0))
        held, count = made.get(whole, (0, 0))
        if count == 0 or mask.bit_count() > held.bit_count():
            made[whole] = (mask, 1)
        elif mask.bit_count() == held.bit_count():
            made[whole] = (held, count + 1)
    return made


def _few_left_out(values: list[Decimal], total: Decimal) -> Subset:
    gap = sum(values, Decimal(0)) - total
    for size in (1, 2):
        found = [
            omitted for omitted in combinations(range(len(values)), size) if sum(values[i] for i in omitted) == gap
        ]
        if found:
            kept = tuple(i for i in range(len(values)) if i not in found[0])
            return Subset(kept, unique=len(found) == 1, searched=False)
    return Subset((), unique=False, searched=False)

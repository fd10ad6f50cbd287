"""Values to verify: stated amounts and dates that cannot mean what they say, each marked by a named rule.

In: a `Notice`. Out: `Suspect`s. The stated value is kept, and left out of every sum. The rules are conservative: a
value is marked only where an innocent reading is all but excluded.

>>> RULES["symbolic"]
'an amount of 10 or less stands for a value that is not stated, or is a price per unit'
>>> luhn("73282932000074")
True
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from beffroi.notices.notice import Suspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices.amount import Amount
    from beffroi.notices.lot import Lot, LotGroup
    from beffroi.notices.notice import Notice
    from beffroi.notices.organization import Organization

RULES = {
    "identifier_as_amount": "the digits are those of an identifier, a code, a telephone number or a date",
    "thousandfold": "the value is a thousand times (or a thousandth of) what the other values of the notice imply",
    "symbolic": "an amount of 10 or less stands for a value that is not stated, or is a price per unit",
    "negative": "a purchase has no negative value",
    "implausible": "a million million euros or more: no purchase has ever cost as much",
    "lot_above_total": "one lot alone exceeds the total stated for all lots",
    "date_out_of_range": "the year lies outside 1990 to 2100",
    "deadline_before_publication": "answers would have been due before the notice was published",
    "sentinel_date": "the date is a software's default for a date that is not stated",
}

VALUED = frozenset(
    (
        "estimate",
        "framework_max",
        "award",
        "tender",
        "lowest_tender",
        "highest_tender",
        "reestimated",
        "before",
        "amended",
        "subcontracted",
        "concession_value",
        "paid",
    )
)
"""Kinds that state the value of a purchase; a minimum of 0, a fee or a penalty of 5 are no symbols."""

_SENTINELS = frozenset(("1900-01-01", "1970-01-01", "2000-01-01"))
_CALLS = frozenset(("call", "consultation", "planning", "qualification"))
_SYMBOLIC = Decimal(10)
_IMPLAUSIBLE = 13
"""Digits before the dot from which a sum in euros is a slip of the keyboard (1e17 stands in published files)."""
_BY_MUCH = Decimal("1.01")
_A_PRICE, _LOW, _HIGH = 100, 900, 1100
"""An estimate above a price per unit, and how near to a thousand times it an award must be."""
_SIREN, _SIRET, _TELEPHONE, _DAY = 9, 14, 11, 8
"""How many digits each has; a telephone number with its country code."""
_ROUND = "000"
_SAME_YEAR = 400
_LONGEST_SYMBOL = 4


class Placed(NamedTuple):
    """An amount, its path in the record, and the lots it is about ("" for the notice)."""

    path: str
    amount: Amount
    lots: tuple[str, ...] = ()


def placed_amounts(notice: Notice) -> list[Placed]:
    """Return every amount of the notice with its path, the notice's own first."""
    found = [Placed(f"amounts[{i}]", one) for i, one in enumerate(notice.amounts)]
    divisions: tuple[tuple[str, tuple[Lot | LotGroup, ...]], ...] = (
        ("lots", notice.lots),
        ("parts", notice.parts),
        ("lot_groups", notice.lot_groups),
    )
    for name, divided in divisions:
        for i, lot in enumerate(divided):
            found += [Placed(f"{name}[{i}].amounts[{j}]", one, (lot.id,)) for j, one in enumerate(lot.amounts)]
    for i, award in enumerate(notice.awards):
        found += [Placed(f"awards[{i}].amounts[{j}]", one, award.lot_ids) for j, one in enumerate(award.amounts)]
    return found


def luhn(digits: str) -> bool:
    """Return whether a number carries a valid Luhn check digit, as every SIREN and SIRET does."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(n // 10 + n % 10 for n in doubled)) % 10 == 0


def suspects(notice: Notice) -> list[Suspect]:
    """Return the values of the notice to verify, in the order of their paths' rules."""
    placed = placed_amounts(notice)
    found = list(_dates(notice))
    if placed:
        found += chain(_single_amounts(notice, placed), _compared(placed), _immense(placed))
    seen: set[str] = set()
    return [one for one in found if not (one.path in seen or seen.add(one.path))]  # type: ignore[func-returns-value]


def suspect_paths(notice: Notice) -> frozenset[str]:
    """Return the paths of the amounts a sum leaves out (`lots[0].amounts[1]`)."""
    return frozenset(one.path.rpartition(".")[0] for one in notice.suspects if "amounts[" in one.path)


def _suspect(path: str, rule: str, detail: str = "") -> Suspect:
    return Suspect(path, rule, f"{RULES[rule]}: {detail}" if detail else RULES[rule])


def _values(one: Placed) -> Iterator[tuple[str, str]]:
    for field in ("value", "low", "high"):
        text = getattr(one.amount, field)
        if text is not None:
            yield f"{one.path}.{field}", text


def _single_amounts(notice: Notice, placed: list[Placed]) -> Iterator[Suspect]:
    known: dict[str, str] | None = None
    for one in placed:
        for path, text in _values(one):
            if text.startswith("-"):
                if one.amount.kind in VALUED:
                    yield _suspect(path, "negative")
            elif len(text) <= _LONGEST_SYMBOL or "." in text:
                if one.amount.kind in VALUED and not path.endswith(".low") and Decimal(text) <= _SYMBOLIC:
                    yield _suspect(path, "symbolic")
            elif not text.endswith(_ROUND):
                if known is None:
                    known = _known_digits(notice)
                meaning = known.get(text) or _shape(text, notice, placed)
                if meaning:
                    yield _suspect(path, "identifier_as_amount", meaning)


def _immense(placed: list[Placed]) -> Iterator[Suspect]:
    """Yield sums beyond any purchase; in euros only: elsewhere a unit of money is worth less."""
    for one in placed:
        for path, text in _values(one):
            if one.amount.currency == "EUR" and len(text.partition(".")[0].lstrip("-")) >= _IMPLAUSIBLE:
                yield _suspect(path, "implausible")


def _known_digits(notice: Notice) -> dict[str, str]:
    """Return the digits the record holds as something else than money, and what they are."""
    known: dict[str, str] = {}
    bodies: Iterator[Organization] = chain(notice.buyers, notice.others, *(award.suppliers for award in notice.awards))
    for body in bodies:
        for identifier in body.ids:
            digits = "".join(char for char in identifier.value if char.isdigit())
            if len(digits) >= _SIREN:
                known[digits] = f"it is the identifier of {body.name or 'an organisation of the notice'}"
                known.setdefault(digits[:_SIREN], known[digits])
        if body.postcode and body.postcode.isdigit() and not body.postcode.endswith("00"):
            known.setdefault(body.postcode, "it is a postcode of the notice")
    for code in chain(notice.cpv, *(lot.cpv for lot in notice.lots)):
        if not code.endswith("0000"):
            known.setdefault(code, "it is a CPV code of the notice")
    number = "".join(char for char in notice.number if char.isdigit())
    if len(number) >= _DAY - 1:
        known.setdefault(number.lstrip("0"), "it is the number of the notice")
    return known


def _shape(text: str, notice: Notice, placed: list[Placed]) -> str:
    """Return what an amount of this shape must be, or ""."""
    if len(text) == _SIRET and luhn(text):
        return "it is a valid SIRET"
    if len(text) == _TELEPHONE and text.startswith("33"):
        return "it reads as a French telephone number"
    if len(text) == _DAY and text.startswith("20") and _near(text, notice.published or notice.dispatched):
        return "it reads as a date close to the notice's own"
    if len(text) == _SIREN and luhn(text) and not text.endswith("00") and _in_france(notice) and _towers(text, placed):
        return "it is a valid SIREN and a hundred times every other amount"
    return ""


def _in_france(notice: Notice) -> bool:
    return any(buyer.country == "FR" for buyer in notice.buyers)


def _near(text: str, stated: str | None) -> bool:
    try:
        return abs((date.fromisoformat(text) - date.fromisoformat((stated or "")[:10])).days) < _SAME_YEAR
    except ValueError:
        return False


def _towers(text: str, placed: list[Placed]) -> bool:
    others = [Decimal(value) for one in placed for _, value in _values(one) if value != text]
    return bool(others) and Decimal(text) >= 100 * max(others)


def _compared(placed: list[Placed]) -> Iterator[Suspect]:
    """Yield what the values of one kind, currency and VAT say of each other."""
    groups: dict[tuple[str, str | None, str | None], list[Placed]] = {}
    for one in placed:
        if one.amount.value is not None and one.amount.kind in VALUED and one.amount.period != "year":
            groups.setdefault((one.amount.kind, one.amount.currency, one.amount.vat), []).append(one)
    for group in groups.values():
        totals = [one for one in group if one.path.startswith("amounts[")]
        lots = [one for one in group if one.path.startswith(("lots[", "awards["))]
        if len(totals) == 1 and lots:
            yield from _against_total(totals[0], lots)
    yield from _against_estimates(placed)


def _against_total(total: Placed, lots: list[Placed]) -> Iterator[Suspect]:
    stated, values = _value(total), [_value(one) for one in lots]
    whole = sum(values)
    if stated <= _SYMBOLIC or not whole:
        return
    if stated in (whole * 1000, whole / 1000):
        yield _suspect(f"{total.path}.value", "thousandfold", f"the lots sum to {whole}")
        if len(lots) == 1:  # which of the two errs is not known
            yield _suspect(f"{lots[0].path}.value", "thousandfold", f"the total is {stated}")
        return
    if len(lots) == 1:
        return
    for one, value in zip(lots, values, strict=True):
        if value <= _SYMBOLIC:
            continue
        if whole - value + value / 1000 == stated or whole - value + value * 1000 == stated:
            yield _suspect(f"{one.path}.value", "thousandfold", f"corrected, the lots sum to {stated}")
        elif value > stated * _BY_MUCH and one.amount.kind == "estimate":
            yield _suspect(f"{one.path}.value", "lot_above_total", f"the total is {stated}")


def _against_estimates(placed: list[Placed]) -> Iterator[Suspect]:
    """Yield awards a thousand times their lot's estimate, and the estimate too: which of the two errs is not known."""
    estimates: dict[tuple[str, ...], Placed] = {}
    estimates |= {one.lots: one for one in placed if one.amount.kind == "estimate" and len(one.lots) == 1}
    for one in placed:
        other = estimates.get(one.lots)
        if other is None or one.amount.kind != "award" or not one.amount.value or not other.amount.value:
            continue
        high, low = _value(one), _value(other)
        if low > _A_PRICE and one.amount.currency == other.amount.currency and _LOW <= high / low <= _HIGH:
            detail = f"award {high}, estimate {low}"
            yield _suspect(f"{one.path}.value", "thousandfold", detail)
            yield _suspect(f"{other.path}.value", "thousandfold", detail)


def _value(one: Placed) -> Decimal:
    return Decimal(one.amount.value or "0")


def _dates(notice: Notice) -> Iterator[Suspect]:
    dates = [("published", notice.published), ("dispatched", notice.dispatched), ("deadline", notice.deadline)]
    dates += [(f"lots[{i}].deadline", lot.deadline) for i, lot in enumerate(notice.lots) if lot.deadline]
    for path, text in dates:
        if text is not None and not "1990" <= text[:4] <= "2100":
            yield _suspect(path, "date_out_of_range")
        elif "deadline" in path and text and notice.kind in _CALLS and text[:10] < (notice.published or text)[:10]:
            yield _suspect(path, "deadline_before_publication", f"published {notice.published}")
    for i, award in enumerate(notice.awards):
        for field, text in (("decided", award.decided), ("concluded", award.concluded)):
            if text is None:
                continue
            if text[:10] in _SENTINELS:
                yield _suspect(f"awards[{i}].{field}", "sentinel_date")
            elif not "1990" <= text[:4] <= "2100":
                yield _suspect(f"awards[{i}].{field}", "date_out_of_range")

"""Money, quantities and durations, each of its own kind: kinds never mix.

In: values a format has read. Out: immutable structs whose JSON names are those of `docs/record.md`.

>>> decimal_text("1 234,50")
'1234.5'
>>> decimal_text("0.00")
'0'
>>> decimal_text("12,34,56") is None
True
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

AmountKind = Literal[
    "estimate",
    "framework_max",
    "minimum",
    "award",
    "tender",
    "lowest_tender",
    "highest_tender",
    "reestimated",
    "before",
    "amended",
    "subcontracted",
    "prize",
    "option",
    "concession_value",
    "revenue_user",
    "revenue_buyer",
    "fee",
    "penalty",
    "paid",
    "other",
]
Vat = Literal["excluded", "included", "unknown"]
Scope = Literal["notice", "lot", "award"]
Period = Literal["whole_term", "initial_term", "year", "unknown"]
YesNo = Literal["yes", "no", "unknown"]
Unit = Literal["day", "week", "month", "year"]


class Includes(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether an amount includes renewals and options."""

    renewals: YesNo = "unknown"
    options: YesNo = "unknown"


class Amount(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One stated sum of money; `value`, or `low` and `high` for one stated range, as canonical decimal strings."""

    kind: AmountKind
    value: str | None = None
    low: str | None = None
    high: str | None = None
    currency: str | None = None
    vat: Vat | None = None
    scope: Scope | None = None
    period: Period | None = None
    includes: Includes | None = None
    note: str | None = None


class Quantity(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How many units a lot states; `stated_in` tells where (element, title, description)."""

    kind: Literal["estimated", "minimum", "maximum", "firm", "unknown"] = "unknown"
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    noun: str | None = None
    stated_in: Literal["element", "title", "description"] | None = None


class UnitAmount(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Derived, never stated: a lot's amount divided by its quantity ("Montant moyen par unité (calculé)")."""

    value: str
    of: AmountKind
    formula: str
    currency: str | None = None
    vat: Vat | None = None


class Duration(msgspec.Struct, frozen=True, omit_defaults=True):
    """A length of time as stated, in its stated unit."""

    value: float | int
    unit: Unit


_SPACE = r"[\s\u00a0\u202f\u2009'’]"
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        r"([0-9]+)(?:[.,]([0-9]+))?",
        rf"([0-9]{{1,3}}(?:{_SPACE}{{1,2}}[0-9]{{3}})+)(?:[.,]([0-9]+))?",
        r"([0-9]{1,3}(?:\.[0-9]{3}){2,})(?:,([0-9]+))?",
        r"([0-9]{1,3}(?:,[0-9]{3}){2,})(?:\.([0-9]+))?",
        r"([0-9]{1,3}\.[0-9]{3}),([0-9]+)",
        r"([0-9]{1,3},[0-9]{3})\.([0-9]+)",
    )
)
_PLAIN = re.compile(r"(0|[1-9][0-9]*)(?:\.0+)?")  # the usual way: nothing to change but zeros after the dot
_EXPONENT = re.compile(r"([0-9]+)\.?([0-9]*)[eE]\+?([0-9]{1,2})")
_NOT_DIGITS = re.compile(r"[^0-9]+")
MAX_DIGITS = 24
"""More digits are no sum of money and no count; so many can be added exactly."""


def decimal_text(text: str) -> str | None:
    """Return the canonical decimal string of a written number, or None where two readings remain.

    Canonical: a dot, no grouping, no trailing zeros after the dot. One separator followed by digits is a decimal
    separator; grouping is by threes: spaces, two or more dots or commas, or one before a decimal separator of the other
    kind. What software writes with an exponent (Java's 1.5E7) is the number it stands for.

    >>> decimal_text("1.234,50"), decimal_text("1.5E7"), decimal_text("1 23"), decimal_text("12,34.5")
    ('1234.5', '15000000', None, None)
    """
    if plain := _PLAIN.fullmatch(text):
        return plain[1] if len(plain[1]) <= MAX_DIGITS else None
    bare = text.strip()
    sign = "-" if bare.startswith("-") else ""
    if bare.startswith(("+", "-")):
        bare = bare[1:].lstrip()
    if found := _EXPONENT.fullmatch(bare):
        places = int(found[3])
        digits = found[2].ljust(places, "0")
        whole, part = found[1] + digits[:places], digits[places:]
    elif found := next((one for pattern in _WRITTEN if (one := pattern.fullmatch(bare))), None):
        whole, part = _NOT_DIGITS.sub("", found[1]), found[2] or ""
    else:
        return None
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    if len(whole) + len(part) > MAX_DIGITS:
        return None
    number = f"{whole}.{part}" if part else whole
    return number if number == "0" else sign + number

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


_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_COMMAED = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")


def decimal_text(text: str) -> str | None:
    """Return the canonical decimal string of a written number, or None where two readings remain.

    Canonical: a dot, no grouping, no trailing zeros after the dot. One separator followed by digits is a decimal
    separator; grouping is accepted as spaces, or as two or more regular dots or commas.
    """
    compact = _SPACES.sub("", text)
    if _DOTTED.fullmatch(compact) or (compact.count(",") == 1 and compact.rfind(".") < compact.rfind(",")):
        compact = compact.replace(".", "").replace(",", ".")
    elif _COMMAED.fullmatch(compact) or (compact.count(".") == 1 and compact.rfind(",") < compact.rfind(".")):
        compact = compact.replace(",", "")
    if not _NUMBER.fullmatch(compact):
        return None
    whole, _, part = compact.replace(",", ".").partition(".")
    part = part.rstrip("0")
    sign = "-" if whole.startswith("-") else ""
    whole = whole.lstrip("+-").lstrip("0") or "0"
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"

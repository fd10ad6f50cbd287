r"""Numbers, money and dates as a language writes them.

In: canonical values of the record. Out: text for people.

>>> money("3795000", "EUR", "excluded", "en")
'€3,795,000 excl. VAT'
>>> money("3795000", "EUR", "excluded", "fr")
'3\u202f795\u202f000\xa0€ HT'
>>> day("2020-06-19T16:00:00+02:00", "fr")
'19 juin 2020 à 16:00 (UTC+02:00)'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, Protocol

from beffroi.render.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.notices import Quantity

Lang = Literal["fr", "en"]

_SYMBOLS = {"EUR": "€", "GBP": "£"}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")


def number(value: str | float, lang: Lang) -> str:
    """Return a number with its thousands grouped; decimals as they are, money apart."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, part = digits.partition(".")
    grouped = f"{int(whole):,}" if whole.isdigit() else whole
    if lang == "fr":
        return sign + grouped.replace(",", "\u202f") + ("," if dot else "") + part
    return sign + grouped + dot + part


def money(value: str, currency: str | None, vat: str | None, lang: Lang) -> str:
    """Return an amount with its currency and its VAT basis; two decimals where it has cents."""
    return span((value,), currency, vat, lang)


def span(ends: Sequence[str], currency: str | None, vat: str | None, lang: Lang) -> str:
    """Return an amount, or the two ends of a range, with its currency and its VAT basis said once."""
    figures = [number(_with_cents(one), lang) for one in ends]
    if currency is None:
        written = f"{' – '.join(figures)} ({word('no_currency', lang)})"
    elif lang == "fr":
        written = f"{' – '.join(figures)}\u00a0{_SYMBOLS.get(currency, currency)}"
    else:
        mark = _SYMBOLS.get(currency, f"{currency}\u00a0")
        written = " – ".join(mark + one for one in figures)
    return f"{written} {word(vat, lang)}" if vat in ("excluded", "included") else f"{written} ({word('unknown', lang)})"


def _with_cents(value: str) -> str:
    whole, dot, part = value.partition(".")
    return f"{whole}.{part:0<2}" if dot else whole


class Bounded(Protocol):
    """One stated sum of money, or the ends of a stated range."""

    @property
    def value(self) -> str | None: ...
    @property
    def low(self) -> str | None: ...
    @property
    def high(self) -> str | None: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def vat(self) -> str | None: ...


def amount_text(amount: Bounded, lang: Lang) -> str:
    """Return an amount's value or range, without its kind."""
    if amount.value is not None:
        return money(amount.value, amount.currency, amount.vat, lang)
    ends = [one for one in (amount.low, amount.high) if one is not None]
    if not ends:
        return "–"
    bound = "" if len(ends) > 1 else "≤ " if amount.low is None else "≥ "
    return bound + span(ends, amount.currency, amount.vat, lang)


def quantity_text(quantity: Quantity, lang: Lang) -> str:
    """Return a quantity, its name and its kind: "565 micro-drones (quantité estimée)"."""
    named = counted(quantity, lang)
    return named if quantity.kind == "unknown" else f"{named} ({word('quantity.' + quantity.kind, lang)})"


def counted(quantity: Quantity, lang: Lang) -> str:
    """Return a quantity and its name: "565 micro-drones"."""
    if quantity.value is not None:
        figure = number(quantity.value, lang)
    else:
        ends = [number(one, lang) for one in (quantity.low, quantity.high) if one is not None]
        figure = " – ".join(ends) or "–"
    return " ".join(one for one in (figure, quantity.unit, quantity.noun) if one)


def formula(text: str, lang: Lang) -> str:
    """Return the formula of a derived amount with its numbers as the language writes them."""
    return " / ".join(number(one, lang) for one in text.split(" / "))


def day(stamp: str, lang: Lang) -> str:
    """Return a date or date-time in words; what is not of that form is shown as it stands."""
    match = _STAMP.fullmatch(stamp)
    if match is None or not 1 <= int(match[2]) <= len(_MONTHS["en"].split()):
        return stamp
    first = "1er" if lang == "fr" and match[3] == "01" else str(int(match[3]))
    date = f"{first} {_MONTHS[lang].split()[int(match[2]) - 1]} {match[1]}"
    if match[4] is None:
        return date
    offset = "" if match[5] is None else f" (UTC{'' if match[5] == 'Z' else match[5]})"
    return f"{date} {'à' if lang == 'fr' else 'at'} {match[4]}{offset}"

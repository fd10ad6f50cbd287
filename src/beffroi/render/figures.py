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
from typing import TYPE_CHECKING, Literal

from beffroi.render.words import word

if TYPE_CHECKING:
    from beffroi.notices import Amount, Quantity

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
    whole, dot, part = value.partition(".")
    figure = number(f"{whole}.{part:0<2}" if dot else whole, lang)
    if currency is None:
        written = f"{figure} ({word('no_currency', lang)})"
    elif lang == "fr":
        written = f"{figure}\u00a0{_SYMBOLS.get(currency, currency)}"
    else:
        symbol = _SYMBOLS.get(currency)
        written = f"{symbol}{figure}" if symbol else f"{currency}\u00a0{figure}"
    return f"{written} {word(vat, lang)}" if vat in ("excluded", "included") else f"{written} ({word('unknown', lang)})"


def amount_text(amount: Amount, lang: Lang) -> str:
    """Return an amount's value or range, without its kind."""
    if amount.value is not None:
        return money(amount.value, amount.currency, amount.vat, lang)
    ends = [money(one, amount.currency, amount.vat, lang) for one in (amount.low, amount.high) if one is not None]
    if len(ends) > 1:
        return f"{ends[0]} – {ends[1]}"
    return f"{'≤' if amount.low is None else '≥'} {ends[0]}" if ends else "–"


def quantity_text(quantity: Quantity, lang: Lang) -> str:
    """Return a quantity, its name and its kind: "565 micro-drones (quantité estimée)"."""
    if quantity.value is not None:
        figure = number(quantity.value, lang)
    else:
        ends = [number(one, lang) for one in (quantity.low, quantity.high) if one is not None]
        figure = " – ".join(ends) or "–"
    named = " ".join(one for one in (figure, quantity.unit, quantity.noun) if one)
    return named if quantity.kind == "unknown" else f"{named} ({word('quantity.' + quantity.kind, lang)})"


def day(stamp: str, lang: Lang) -> str:
    """Return a date or date-time in words; what is not of that form is shown as it stands."""
    match = _STAMP.fullmatch(stamp)
    if match is None or not 1 <= int(match[2]) <= len(_MONTHS["en"].split()):
        return stamp
    date = f"{int(match[3])} {_MONTHS[lang].split()[int(match[2]) - 1]} {match[1]}"
    if match[4] is None:
        return date
    offset = "" if match[5] is None else f" (UTC{'' if match[5] == 'Z' else match[5]})"
    return f"{date} {'à' if lang == 'fr' else 'at'} {match[4]}{offset}"

"""Sums, dates, periods, quantities and codes, as OCDS writes them.

In: nodes of a release. Out: drafts and texts of the record; what is not of the form OCDS prescribes is left unread.

>>> moment("2026-10-05T12:00:00.000+0100"), day("2026-10-05T00:00:00Z"), day("2026-02-30"), day("2026-10-05T09:30:00Z")
('2026-10-05T12:00:00+01:00', '2026-10-05', None, '2026-10-05T09:30:00Z')
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, cast

from beffroi.formats.json_values import Number
from beffroi.formats.ocds.frame import OBJECT_WANTED, add, keep, leave, scalar, written
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Frame
    from beffroi.formats.ocds.tree import Node
    from beffroi.notices import Draft

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,]\d{1,9})?(?:(Z)|([+-]\d\d):?(\d\d)?)?)?", re.ASCII
)
_MIDNIGHT = re.compile(r"T(?:00:00(?::00)?|23:59(?::59)?)(?:Z|[+-]\d\d:\d\d)?$")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,20})(?:\.[0-9]{1,2})?", re.ASCII)
_CPV = re.compile(r"([0-9]{8})(?:-[0-9])?", re.ASCII)
_CURRENCY = re.compile(r"[A-Za-z]{3}", re.ASCII)
_NOT_A_DATE, _NOT_A_SUM = "not a date", "not a sum of money"
NET = "the amount without taxes, for the amount with them stands beside it"
GROSS = "the field states the amount with taxes"
LABEL = "the name of a CPV code, which the code itself says"


def moment(text: str) -> str | None:
    """Return a date, or a date and time with the offset it states, to the second; None where it is none."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    date, clock, seconds, utc, hours, minutes = found.groups()
    stamp = date if clock is None else f"{date}T{clock}{seconds or ''}"
    stamp += utc or (f"{hours}:{minutes or '00'}" if hours else "")
    try:
        datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return stamp


def day(text: str) -> str | None:
    """Return a day: publishers write it as its first or last moment, which says no more than the day."""
    stamp = moment(text)
    return _MIDNIGHT.sub("", stamp) if stamp else None


def dated(field: str, *, timed: bool = False) -> Handler:
    """Return a handler that reads a date into a field: a moment, or a day."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = written(cursor, element)
        found = moment(text) if timed else day(text)
        if found is None:
            leave(cursor, element, frame, _NOT_A_DATE)
        elif frame.draft.setdefault(field, found) != found:
            keep(cursor, element, frame)
        else:
            cursor.cite(frame.draft, field, element)

    return read


def decimal(cursor: Cursor, element: Element) -> str | None:
    """Return a number as a decimal string; a text is read where it can mean one number only, else None."""
    text = written(cursor, element)
    number = isinstance(cast("Node", element).value, Number)
    return decimal_text(text) if number or _PLAIN.fullmatch(text) else None


def money(cursor: Cursor, element: Element, kind: str, scope: str, note: str | None = None) -> list[Draft]:
    """Return the sums of a Value: with and without taxes are two sums, each of which says which it is.

    `amount` says nothing of taxes, but stands for the sum without them beside `amountGross` (the UK's extension).
    `amountNet`, `amountGross` and `valueAddedTaxIncluded` are those of the extensions that state it.
    """
    if scalar(element):
        cursor.leave(element, OBJECT_WANTED)
        return []
    fields = {one.tag: one for one in element}
    found: list[Draft] = []
    for name, vat in (("amountNet", "excluded"), ("amount", _vat(cursor, fields)), ("amountGross", "included")):
        part = fields.get(name)
        value = decimal(cursor, part) if part is not None else None
        if part is None:
            continue
        if value is None:
            cursor.leave(part, _NOT_A_SUM)
        elif name != "amount" or vat != "unknown" or all(one["value"] != value for one in found):
            draft: Draft = {"kind": kind, "value": value, "vat": vat, "scope": scope}
            _place(cursor, draft, element, part, note)
            _tax(cursor, draft, name, fields)
            found.append(draft)
    _currency(cursor, element, fields, found)
    return found


def _vat(cursor: Cursor, fields: dict[str, Element]) -> str:
    said = written(cursor, fields.get("valueAddedTaxIncluded")).casefold()
    if said in ("true", "false"):
        return "included" if said == "true" else "excluded"
    return "excluded" if "amountGross" in fields and "amountNet" not in fields else "unknown"


def _place(cursor: Cursor, draft: Draft, element: Element, part: Element, note: str | None) -> None:
    cursor.anchor(draft, element)
    cursor.cite(draft, "value", part)
    if note:
        draft["note"] = note
        cursor.cite(draft, "note", element, rule="the field it stands in")


def _tax(cursor: Cursor, draft: Draft, name: str, fields: dict[str, Element]) -> None:
    """Say where taxes are stated."""
    said = fields.get("valueAddedTaxIncluded")
    if name != "amount":
        cursor.cite(draft, "vat", fields[name], rule=GROSS if name == "amountGross" else "the field states it")
    elif said is not None and draft["vat"] != "unknown":
        cursor.cite(draft, "vat", said, rule="the field states it")
    elif draft["vat"] == "excluded":
        cursor.cite(draft, "vat", fields["amountGross"], rule=NET)


_READ = frozenset({"amount", "amountNet", "amountGross", "currency", "valueAddedTaxIncluded"})


def _currency(cursor: Cursor, element: Element, fields: dict[str, Element], found: list[Draft]) -> None:
    """Give sums their currency; leave what else stands beside them."""
    currency = fields.get("currency")
    code = written(cursor, currency)
    if currency is not None and not _CURRENCY.fullmatch(code):
        if code or not scalar(currency):
            cursor.leave(currency, "not a currency")
    elif currency is not None:
        for draft in found:
            draft["currency"] = code.upper()
            cursor.cite(draft, "currency", currency)
    for one in element:
        if one.tag not in _READ or one is not fields[one.tag]:
            cursor.leave(one, "beside a sum of money")


def sums(kind: str, scope: str, note: str | None = None) -> Handler:
    """Return a handler that adds the sums of a Value to the draft's amounts."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        for one in money(cursor, element, kind, scope, note):
            add(frame.draft, "amounts", one)

    return read


def duration(unit: str) -> Handler:
    """Return a handler of a length of time in a unit."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        value = decimal(cursor, element)
        if value is None or value.startswith("-") or value == "0":
            leave(cursor, element, frame, "not a length of time")
        elif "duration" in frame.draft:
            keep(cursor, element, frame)
        else:
            one: Draft = {"value": number(value), "unit": unit}
            cursor.anchor(one, element)
            cursor.cite(one, "value", element)
            frame.draft["duration"] = one

    return read


def number(text: str) -> int | float:
    """Return a decimal string as the record holds counts.

    >>> number("12"), number("1.5")
    (12, 1.5)
    """
    return float(text) if "." in text else int(text)


def cpv(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a classification: a CPV code into the draft's codes; one of another scheme is kept."""
    fields = {one.tag: one for one in element}
    scheme, code = fields.get("scheme"), fields.get("id")
    if written(cursor, scheme).upper() != "CPV":
        keep(cursor, element, frame)
        return
    found = _CPV.fullmatch(written(cursor, code))
    if found is None or code is None:
        leave(cursor, element, frame, "not a CPV code of eight digits")
        return
    for one in element:
        if one.tag in ("description", "uri"):
            cursor.ignore(one, LABEL)
        elif one.tag not in ("scheme", "id"):
            keep(cursor, one, frame)
    if found[1] not in frame.draft.setdefault("cpv", []):
        cursor.cite(frame.draft, f"cpv[{add(frame.draft, 'cpv', found[1])}]", code)

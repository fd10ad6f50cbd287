"""Small readers every TED form shares: texts, dates, hours, sums of money, codes.

In: one element. Out: its value in the draft, cited; a value that cannot be read is left as unread, never guessed.

>>> day("20191229"), day("2019-12-29+01:00"), day("29.12.2019")
('2019-12-29', '2019-12-29', None)
>>> hour("9:30"), hour("24:00")
('09:30:00', None)
>>> notice_id("2017/S 184-376443"), notice_id("see above")
('ted:376443-2017', None)
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.tags import tags
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

EXCLUDED = "the form asks for values excluding VAT"
CPV_CODE = tags("CPV_CODE")
SECOND = "a second value for a field that holds one"


def prose(field: str) -> Handler:
    """Return a reader of an element's text, paragraphs included, into a field."""

    def read(cursor: Cursor, element: Element, draft: Draft) -> None:
        if field in draft:
            cursor.leave(element, SECOND)
            return
        text = cursor.prose(element)
        if text:
            draft[field] = text
            cursor.cite(draft, field, element)

    return read


def flag(field: str, value: Any = True, rule: str | None = None) -> Handler:
    """Return a reader of an empty element: that it is there gives the field its value."""

    def read(cursor: Cursor, element: Element, draft: Draft) -> None:
        cursor.used(element)
        draft[field] = value
        cursor.cite(draft, field, element, rule=rule or f"{local_name(element.tag)} is ticked")

    return read


def code(field: str, attribute: str) -> Handler:
    """Return a reader of a code held by an attribute."""

    def read(cursor: Cursor, element: Element, draft: Draft) -> None:
        value = cursor.attribute(element, attribute)
        if value and field not in draft:
            draft[field] = value
            cursor.cite_attribute(draft, field, element, attribute)
        elif value and draft[field] != value:
            cursor.leave(element, SECOND)

    return read


def dated(field: str) -> Handler:
    """Return a reader of a date."""
    return _parsed(field, day, "no date this reader knows")


def counted(field: str) -> Handler:
    """Return a reader of a whole number."""
    return _parsed(field, whole, "no whole number")


def _parsed(field: str, parse: Callable[[str], str | int | None], why: str) -> Handler:
    def read(cursor: Cursor, element: Element, draft: Draft) -> None:
        value = parse(cursor.value(element))
        if value is None or field in draft:
            cursor.leave(element, why if value is None else SECOND)
            return
        draft[field] = value
        cursor.cite(draft, field, element)

    return read


def day(text: str) -> str | None:
    """Return an ISO date of a written one (`20191229`, `2019-12-29`, an offset after it dropped), else None."""
    compact = text[:10] if text[4:5] == "-" else text[:8]
    try:
        return date.fromisoformat(compact).isoformat() if len(compact) in {8, 10} and compact[4] != "W" else None
    except ValueError:
        return None


def hour(text: str) -> str | None:
    """Return `HH:MM:SS` of a written hour, else None."""
    hours, colon, rest = text.partition(":")
    minutes = rest[:2]
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):  # noqa: PLR2004 - two digits
        return None
    if int(hours) > 23 or int(minutes) > 59:  # noqa: PLR2004 - a clock
        return None
    return f"{int(hours):02}:{minutes}:00"


def whole(text: str) -> int | None:
    """Return a whole number of its digits, else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - no count has more


def notice_id(text: str) -> str | None:
    """Return the id of the notice an Official Journal reference names, else None."""
    head, dash, number = text.rpartition("-")
    year = head[:4]
    if not (dash and number.isdigit() and year.isdigit() and head[4:6] == "/S"):
        return None
    return f"ted:{number}-{year}"


def add_amount(cursor: Cursor, holder: Draft, element: Element, kind: str, scope: str) -> Draft | None:
    """Add the sum an element states (its text, or LOW and HIGH below it) to the holder's amounts; None if unread."""
    amount: Draft = {"kind": kind, "vat": "excluded", "scope": scope}
    if len(element):
        _read_range(cursor, element, amount)
    else:
        _read_sum(cursor, element, amount, "value")
    if len(amount) == 3:  # noqa: PLR2004 - nothing was read beside kind, vat and scope
        return None
    cursor.anchor(amount, element, EXCLUDED)
    currency = cursor.attribute(element, "CURRENCY")
    if currency:
        amount["currency"] = currency
        cursor.cite_attribute(amount, "currency", element, "CURRENCY")
    holder.setdefault("amounts", []).append(amount)
    return amount


def _read_range(cursor: Cursor, element: Element, amount: Draft) -> None:
    for child in element:
        name = local_name(child.tag)
        if name in {"LOW", "HIGH"}:
            _read_sum(cursor, child, amount, name.lower())
        else:
            cursor.leave(child)


def _read_sum(cursor: Cursor, element: Element, amount: Draft, field: str) -> None:
    value = decimal_text(cursor.value(element))
    if value is None:
        cursor.leave(element, "no sum of money with one reading")
        return
    amount[field] = value
    cursor.cite(amount, field, element)


def add_cpv(cursor: Cursor, element: Element, holder: Draft) -> None:
    """Add the code of a CPV_MAIN or CPV_ADDITIONAL to the holder's `cpv`; a supplementary code has no field."""
    for child in element:
        if child.tag not in CPV_CODE:
            cursor.leave(child, "a supplementary CPV code has no field of the record")
            continue
        value = cursor.attribute(child, "CODE")
        codes = holder.setdefault("cpv", [])
        if value and value not in codes:
            cursor.cite_attribute(holder, f"cpv[{len(codes)}]", child, "CODE")
            codes.append(value)

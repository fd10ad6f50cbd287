"""Single values: a sum, a count, a day, a SIRET, as the many writers of these files put them.

In: an element. Out: its value and the rule to cite where it is not written just so, or None: the element is then left
unread, never guessed.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.nodes import JsonNode
>>> day(Cursor(), JsonNode("d", "18/03/2019")), day(Cursor(), JsonNode("d", "2021-11-22T23:00:00Z"))
(('2019-03-18', None), ('2021-11-23', 'the day in Paris of the instant stated'))
>>> siret("219 990 000 00016"), siret("2.1999E13"), siret("1999000000016")
('21999000000016', None, None)
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from beffroi.formats.json_values import Number
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:?\d\d)?)?")
_FRENCH = re.compile(r"(\d\d)/(\d\d)/(\d{4})(?: 00:00(?::00)?)?")
_IN_PARIS = "the day in Paris of the instant stated"
_SPACE = re.compile(r"[\s\u00a0\u202f]+")
_FOURTEEN = re.compile(r"[0-9]{14}")
_TEN_THOUSAND = 10_000
_THOUSAND = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


def amount(cursor: Cursor, element: Element) -> str | None:
    """Return a sum as a canonical decimal string; one that has two readings, or none, is left unread.

    A text such as "12.345" may be twelve thousand, as some write in France; the same as a number of JSON may not.
    """
    text = cursor.value(element)
    written = not isinstance(getattr(element, "value", None), Number)
    value = None if written and _THOUSAND.fullmatch(text) else decimal_text(text)
    if value is None:
        cursor.leave(element, "no sum of money with one reading")
    return value


def count(cursor: Cursor, element: Element, what: str) -> int | None:
    """Return a whole number from 0 on ("48", "48.0"); another is left unread."""
    text = decimal_text(cursor.value(element))
    if text is None or not text.isdecimal() or int(text) >= _TEN_THOUSAND:
        cursor.leave(element, f"no {what}")
        return None
    return int(text)


def day(cursor: Cursor, element: Element) -> tuple[str, str | None] | None:
    """Return a day and the rule to cite; what is no day of the calendar is left unread."""
    found = _day(cursor.value(element))
    if found is None:
        cursor.leave(element, "no day of the calendar")
    return found


def _day(text: str) -> tuple[str, str | None] | None:
    try:
        if found := _ISO.fullmatch(text):
            if found[3] is None:
                return date.fromisoformat(found[1]).isoformat(), None
            when = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3]}")
            return _in_paris(when), _IN_PARIS
        if found := _FRENCH.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat(), None
    except (ValueError, OverflowError):
        return None
    return None


def _in_paris(when: datetime) -> str:
    from zoneinfo import ZoneInfo

    return when.astimezone(ZoneInfo("Europe/Paris")).date().isoformat()


def siret(text: str) -> str | None:
    """Return the fourteen digits of a SIRET, spaces left out, or None: digits that were lost are not guessed."""
    digits = _SPACE.sub("", text)
    return digits if _FOURTEEN.fullmatch(digits) else None


def cpv(text: str) -> str | None:
    """Return the eight digits of a CPV code, its check digit left out, or None where it is no code.

    >>> cpv("45316110-9"), cpv("9310000"), cpv("45316110 - 9")
    ('45316110', None, '45316110')
    """
    found = re.fullmatch(r"([0-9]{8})(?:\s?-\s?[0-9])?", text)
    return found[1] if found else None

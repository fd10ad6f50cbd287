"""Days and moments, as eForms writes them.

In: texts such as `2024-03-18+01:00` and `12:00:00+01:00`. Out: ISO 8601; a date without time loses its offset.

>>> day("2024-03-18+01:00"), day("2024-02-30"), moment("2024-03-18+01:00", "12:00:00.000+01:00")
('2024-03-18', None, '2024-03-18T12:00:00+01:00')
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.eforms.gathered import Section
    from beffroi.formats.nodes import Element

MASKED_DAY = "1970-01-01"
"""What stands for a date that is withheld."""


def day(text: str) -> str | None:
    """Return a date without its offset, or None where it is none."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return None
    return text[:10] if text[10:] in ("", "Z") or text[10:11] in ("+", "-") else None


def moment(date_text: str, time_text: str) -> str | None:
    """Return date and time with the offset the time states (else the date's), to the second; None where unreadable."""
    written = day(date_text)
    clock, offset = time_text[:8], time_text[8:]
    if offset.startswith("."):
        offset = offset.lstrip(".0123456789")
    found = f"{written}T{clock}{offset or date_text[10:]}"
    try:
        datetime.fromisoformat(found)
    except ValueError:
        return None
    return found if written else None


def dated(field: str) -> Handler:
    """Return a handler that reads a date into a field of the section."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text = cursor.value(element)
        if not text:
            return
        found = day(text)
        if found is None:
            cursor.leave(element, "not a date")
        elif found == MASKED_DAY:
            section.notice.masked.append(element)
        else:
            section.draft[field] = found
            cursor.cite(section.draft, field, element)

    return read

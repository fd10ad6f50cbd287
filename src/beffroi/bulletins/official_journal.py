r"""The Official Journal, series S: its issues, when they appear, and how its notices are numbered.

In: the release calendar TED publishes for each year (CSV), or how a person writes a notice's number. Out: issues, and
numbers without leading zeros.

The calendar's columns are the issue and the day (`OJS,Publication date` / `174,11/09/2026`); what stands around them is
not relied on: a row is an issue where one of its cells is a day and another a number.

>>> issues(b"OJS,Publication date\n1,02/01/2026\n2,05/01/2026\n")[1]
Issue(year=2026, number=2, day=datetime.date(2026, 1, 5))
>>> notice_number("2020/S 074-175835"), notice_number("00047522-2024"), notice_number("20-51423")
('175835-2020', '47522-2024', None)
"""

from __future__ import annotations

import csv
import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from beffroi.errors import Garbled

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST_YEAR = 1993
"""The first year of the Official Journal S in electronic form."""

_DAY = (
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
)
_ISSUE = re.compile(r"(?:OJ\s*)?(?:S\s*)?(\d{1,3})(?:\s*/\s*\d{4})?|\d{4}\s*/\s*S\s*(\d{1,3})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:ted:)?\s*(?P<number>\d{3,8})-(?P<year>(?:19|20)\d{2})", re.IGNORECASE)
_NAMED = re.compile(r"ted:\s*(?P<number>\d{1,8})-(?P<year>(?:19|20)\d{2})", re.IGNORECASE)
_REFERENCE = re.compile(r"(?P<year>(?:19|20)\d{2})\s*/\s*S\s*\d{1,3}\s*-\s*(?P<number>\d{1,8})", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<!\d)(?P<number>\d{1,8})-(?P<year>(?:19|20)\d{2})(?!\d)")
_SITE = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)*ted\.europa\.eu/", re.IGNORECASE)


class Issue(NamedTuple):
    """One issue of the Official Journal S and the day it appears."""

    year: int
    number: int
    day: date


def issues(body: bytes) -> tuple[Issue, ...]:
    """Return the issues of a release calendar, in order; raises Garbled for what can be no such calendar."""
    text = _text(body)
    found = sorted(one for one in map(_issue, _rows(text)) if one is not None)
    if not found and not (re.search(r"\bOJ", text.partition("\n")[0]) and "<" not in text):
        raise Garbled("the release calendar of TED holds no issue: it is no calendar, or one of an unknown form")
    for earlier, later in pairwise(found):
        if (earlier.year, earlier.number) == (later.year, later.number) or earlier.day >= later.day:
            raise Garbled(
                f"the release calendar of TED contradicts itself: issue {earlier.number} on {earlier.day}, "
                f"issue {later.number} on {later.day}"
            )
    return tuple(found)


def _text(body: bytes) -> str:
    encoding = "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise Garbled(f"the release calendar of TED is no text: {error}") from error


def _rows(text: str) -> Iterable[list[str]]:
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=separator)]
    except csv.Error as error:
        raise Garbled(f"the release calendar of TED cannot be read: {error}") from error


def _issue(row: list[str]) -> Issue | None:
    """Return the issue of a row; None for one without a day or without a number (a heading, a holiday)."""
    days = [(index, day) for index, cell in enumerate(row) if (day := _day(cell))]
    numbers = [(index, found) for index, cell in enumerate(row) if (found := _ISSUE.fullmatch(cell))]
    if numbers and not days and any("/" in cell or "-" in cell for cell in row):
        raise Garbled(f"a row of TED's release calendar has no day that can be read: {', '.join(row)[:80]}")
    for place, day in days:
        for index, found in numbers:
            if index != place:
                return Issue(day.year, int(found[1] or found[2]), day)
    return None


def _day(cell: str) -> date | None:
    for form in _DAY:
        found = form.fullmatch(cell)
        if found:
            return _real_day(int(found["year"]), int(found["month"]), int(found["day"]))
    return None


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def issue_number(text: str) -> tuple[int, int] | None:
    """Return year and number of an issue as TED's search writes it, or None.

    >>> issue_number("174/2026"), issue_number("007/2024"), issue_number("soon")
    ((2026, 174), (2024, 7), None)
    """
    found = re.fullmatch(r"\s*(\d{1,3})\s*/\s*(\d{4})\s*", text)
    return (int(found[2]), int(found[1])) if found else None


def notice_number(text: str) -> str | None:
    """Return the number a person means, without leading zeros, or None where it is none of TED's.

    A bare number of fewer than three digits is left to other bulletins (`20-2023` is one of BOAMP's): `ted:20-2023` is
    not.

    >>> notice_number("https://ted.europa.eu/en/notice/-/detail/175835-2020")
    '175835-2020'
    >>> notice_number("http://ted.europa.eu/udl?uri=TED:NOTICE:175835-2020:TEXT:FR:HTML")
    '175835-2020'
    """
    text = text.strip()
    if _SITE.match(text):
        parts = urlsplit(text if "://" in text else f"https://{text}")
        found = _IN_ADDRESS.search(unquote(f"{parts.path}?{parts.query}"))
    else:
        found = _NUMBER.fullmatch(text) or _NAMED.fullmatch(text) or _REFERENCE.fullmatch(text)
    if found is None or int(found["year"]) < FIRST_YEAR or not int(found["number"]):
        return None
    return f"{int(found['number'])}-{found['year']}"

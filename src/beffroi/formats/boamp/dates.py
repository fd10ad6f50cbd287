"""Dates and hours of the BOAMP: false offsets, absent ones, UTC, and dates written in French.

In: what a field or a sentence says. Out: ISO 8601, or None where it says nothing possible.

The legacy form stamps `+01:00` on every hour of the year though it means the wall clock in Paris; the open data gives
UTC, which for the legacy form is therefore the wall clock less one hour, in June as in January.

>>> wall_clock("2020-06-19T16:00:00+01:00")
'2020-06-19T16:00:00+02:00'
>>> from_utc("2020-06-19T15:00:00+00:00", wall=True), from_utc("2026-10-26T11:00:00+00:00", wall=False)
('2020-06-19T16:00:00+02:00', '2026-10-26T12:00:00+01:00')
>>> stated("2026-09-29T16:00:00.000+02:00"), stated("2026-10-05T12:00:00"), stated("7017-07-24")
('2026-09-29T16:00:00+02:00', '2026-10-05T12:00:00+02:00', None)
>>> [(found.iso, found.words) for found in in_french("le 1er mars 2026 puis le 06/10/2026 à 16 h 30")]
[('2026-03-01', '1er mars 2026'), ('2026-10-06T16:30:00+02:00', '06/10/2026 à 16 h 30')]
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

EARLIEST, LATEST = 1980, 2100
WHY_IMPOSSIBLE = f"not a date, or outside {EARLIEST}-{LATEST}"

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.ASCII)


class Moment(NamedTuple):
    """A date, its time of day when it has one, and the offset it states."""

    day: datetime
    timed: bool
    offset: str | None


def moment(text: str) -> Moment | None:
    """Return the date or date-time a field states, or None where it is none or of an impossible year."""
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    if not EARLIEST <= int(year) <= LATEST:
        return None
    try:
        when = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return None
    if offset and offset != "Z" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return Moment(when, hour is not None, "+00:00" if offset == "Z" else offset)


def date(text: str) -> str | None:
    """Return the day a field states."""
    when = moment(text)
    return None if when is None else when.day.date().isoformat()


def wall_clock(text: str) -> str | None:
    """Return a legacy hour: its wall clock is that of Paris whatever offset it bears."""
    when = moment(text)
    return None if when is None else paris(when.day) if when.timed else when.day.date().isoformat()


def stated(text: str) -> str | None:
    """Return an hour with the offset it states; without one it is a wall clock in Paris."""
    when = moment(text)
    if when is None or not when.timed:
        return None if when is None else when.day.date().isoformat()
    return paris(when.day) if when.offset is None else when.day.isoformat() + when.offset


def from_utc(text: str, *, wall: bool) -> str | None:
    """Return the hour in Paris of a UTC value of the open data; `wall` for a notice of the legacy form."""
    when = moment(text)
    if when is None or not when.timed:
        return None if when is None else when.day.date().isoformat()
    if wall:
        return paris(when.day + timedelta(hours=1))
    return paris(when.day + timedelta(hours=2 if _summer_in_utc(when.day) else 1))


def paris(clock: datetime) -> str:
    """Return a wall clock in Paris with its offset (directive 2000/84/EC; an hour said twice is the first)."""
    return clock.isoformat() + ("+02:00" if _summer_in_utc(clock - timedelta(hours=2)) else "+01:00")


def _summer_in_utc(moment_in_utc: datetime) -> bool:
    return _change(moment_in_utc.year, 3) <= moment_in_utc < _change(moment_in_utc.year, 10)


def _change(year: int, month: int) -> datetime:
    """Return the last Sunday of March or October at 01:00 UTC, when clocks change."""
    last = datetime(year, month, 31, 1)  # noqa: DTZ001 - UTC by the name of its callers
    return last - timedelta(days=(last.weekday() + 1) % 7)


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv."), ("février", "fevrier", "févr.", "fév."), ("mars",), ("avril", "avr."), ("mai",),
            ("juin",), ("juillet", "juil."), ("août", "aout"), ("septembre", "sept."), ("octobre", "oct."),
            ("novembre", "nov."), ("décembre", "decembre", "déc."),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?"
_CLOCK = r"(?:\s*(?:,|à|a|-)?\s*(?P<hour>[01]?\d|2[0-3])\s*(?:h(?:eures?|rs)?|:)\s*(?P<minute>[0-5]\d)?(?![\d/]))?"
_FRENCH = re.compile(
    rf"\b{_WEEKDAY}(?:(?P<d>\d{{1,2}})(?P<sep>[/.\-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d\d)\b"
    rf"|(?P<wd>\d{{1,2}}|1er)\s+(?P<wm>{'|'.join(re.escape(name) for name in MONTHS)})\s+(?P<wy>\d{{4}})\b){_CLOCK}",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """A date found in a sentence: where, its words, and what it says."""

    start: int
    end: int
    words: str
    iso: str


def in_french(text: str) -> list[Found]:
    """Return the dates a French text writes out in full; a date without its year is none."""
    return [one for found in _FRENCH.finditer(text) if (one := _found(found)) is not None]


def _found(found: re.Match[str]) -> Found | None:
    day = found["d"] or found["wd"].lower().removesuffix("er")
    month = int(found["m"]) if found["m"] else MONTHS[found["wm"].lower()]
    year = found["y"] or found["wy"]
    clock = f"T{int(found['hour']):02}:{found['minute'] or '00'}:00" if found["hour"] else ""
    iso = stated(f"{year if len(year) == 4 else '20' + year}-{month:02}-{int(day):02}{clock}")  # noqa: PLR2004
    words = found[0].rstrip()
    return None if iso is None else Found(found.start(), found.start() + len(words), words, iso)

"""Days on which a bulletin need not appear: public holidays, computed for any year.

In: a year. Out: its holidays. What is fixed by law is listed, what moves with Easter is computed; nothing is looked up.

>>> easter(2026).isoformat(), date(2026, 5, 14) in french(2026), date(2026, 5, 9) in european(2026)
('2026-04-05', True, False)
"""

from __future__ import annotations

from datetime import date, timedelta

_DAY = timedelta(1)
_SATURDAY = 5


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    leaps, after_leap = divmod(century, 4)
    lunar = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - lunar + 15) % 30
    quarter, rest = divmod(of_century, 4)
    weekday = (32 + 2 * after_leap + 2 * quarter - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def french(year: int) -> frozenset[date]:
    """Return the public holidays of France (code du travail, article L3133-1)."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return frozenset(date(year, *one) for one in fixed) | _after_easter(year, 1, 39, 50)


def european(year: int) -> frozenset[date]:
    """Return the closing days of the European institutions in Luxembourg, where the Official Journal is made.

    Those that come back each year: 1 and 2 January, Maundy Thursday to Easter Monday, 1 May, 9 May, Ascension and the
    day after, Whit Monday, 23 June, 15 August, 1 November, and 24 December to the end of the year. The Commission
    publishes each year's list; days it adds or moves (2 November, a bridge) are not known here.
    """
    fixed = ((1, 1), (1, 2), (5, 1), (5, 9), (6, 23), (8, 15), (11, 1), *((12, day) for day in range(24, 32)))
    days = frozenset(date(year, *one) for one in fixed) | _after_easter(year, -3, -2, 1, 39, 40, 50)
    return frozenset(one for one in days if one.weekday() < _SATURDAY)


def british(year: int) -> frozenset[date]:
    """Return the bank holidays of England and Wales (Banking and Financial Dealings Act 1971).

    One that falls on a weekend is kept on the next weekday. Days proclaimed once and the two that were moved: see
    `_PROCLAIMED` and `_MOVED`.
    """
    days = {_weekday_from(date(year, 1, 1)), *_after_easter(year, -2, 1)}
    days |= {_monday_from(date(year, 5, 1)), _last_monday(date(year, 6, 1)), _last_monday(date(year, 9, 1))}
    christmas = _weekday_from(date(year, 12, 25))
    boxing = _weekday_from(date(year, 12, 26))
    days |= {christmas, boxing if boxing != christmas else boxing + _DAY}
    moved = {_MOVED.get(one, one) for one in days}
    return frozenset(moved | {one for one in _PROCLAIMED if one.year == year})


_MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),  # 75 years of the end of the war in Europe
    date(2022, 5, 30): date(2022, 6, 2),  # the Platinum Jubilee
}
_PROCLAIMED = (
    date(2022, 6, 3),  # the Platinum Jubilee
    date(2022, 9, 19),  # the funeral of Elizabeth II
    date(2023, 5, 8),  # the coronation of Charles III
)


def _after_easter(year: int, *days: int) -> frozenset[date]:
    sunday = easter(year)
    return frozenset(sunday + timedelta(one) for one in days)


def _weekday_from(day: date) -> date:
    """Return the day, or the Monday after the weekend it falls on."""
    return day if day.weekday() < _SATURDAY else _monday_from(day)


def _monday_from(day: date) -> date:
    return day + timedelta(-day.weekday() % 7)


def _last_monday(following: date) -> date:
    """Return the last Monday before the first of a month."""
    return following - timedelta((following.weekday() - 1) % 7 + 1)

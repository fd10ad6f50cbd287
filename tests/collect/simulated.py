"""Days as bulletins have them: weekdays, seasons, chance and some more, holidays and what they leave behind.

In: a seed, a size, a spread. Out: totals by day. For measuring how often health names an ordinary day.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

from beffroi.bulletins.holidays import french

WEEK = (48, 48, 110, 112, 112, 68, 85)
"""The BOAMP's week of 2020, as far as its days are known."""
SEASON = (0.9, 1.0, 1.05, 1.0, 0.95, 1.0, 0.85, 0.55, 0.85, 1.0, 1.05, 1.1)


def totals(seed: int, *, scale: float, spread: float, since: date, until: date) -> dict[date, int]:
    """Return the totals of a span; `spread` is the days' own, beside chance, as a share of their mean."""
    random = Random(seed)
    found: dict[date, int] = {}
    for n in range((until - since).days + 1):
        day = since + timedelta(n)
        month, part = divmod((day.timetuple().tm_yday - 15) / 30.4, 1)
        season = SEASON[int(month) % 12] * (1 - part) + SEASON[(int(month) + 1) % 12] * part
        mean = WEEK[day.weekday()] * season * scale * math.exp(random.gauss(0, spread))
        after = any(day - timedelta(back) in french(day.year) for back in range(3))
        found[day] = max(0, round(random.gauss(mean, math.sqrt(mean)) * (0.3 if after else 1.0)))
    return found

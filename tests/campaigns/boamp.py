"""The BOAMP of a campaign, by the way `api`.

In: a span. Out: its plan, and what must be found.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.campaigns import Campaign, Span, earlier, halvable, named, short, silence, wrong
from tests.servers.boamp import ARCHIVES, Boamp, Plan
from tests.servers.boamp_notices import RHYTHM
from tests.servers.explore import BASE
from tests.servers.faults import KINDS, STAND_IN

if TYPE_CHECKING:
    from datetime import date

FIELD = "title"


def campaign(span: Span) -> Campaign:
    """Return the BOAMP: each day as many notices as its rhythm gives, or as it promises."""
    days = earlier(span)
    found = wrong("boamp", span, halvable=halvable(lambda day: size(span, day)))
    plan = Plan(
        seed=span.seed,
        begins=days.since,
        until=days.until,
        silent=found.silent,
        missing=frozenset({found.missing}),
        halved=frozenset({found.halved}),
        emptied=(FIELD, found.emptied),
        short=frozenset({found.lying}),
        growing=frozenset({found.growing}),
        crowded={day: size(span, day) for day in days.days()},
    )
    served = {f"boamp:{one.number}": day for day in days.days() for one in plan.on(day)}
    key = f"api:{found.lying}"
    return Campaign(
        server=lambda faults: Boamp(plan, faults=faults),
        addresses=lambda base: {"api": base + BASE, "archives": base + ARCHIVES},
        collected=days,
        served=served,
        documents=len(served),
        expected=frozenset({*named(found, FIELD, served.values()), *silence(found, days.until), short(found, key)}),
        wanting={key: "short"},
        kinds=(*KINDS, STAND_IN),
    )


def size(span: Span, day: date) -> int:
    """Return how many notices a day is made with."""
    chance = Random(f"{span.seed} size {day}")
    if span.small:
        return chance.randint(240, 290)
    return round(span.size * chance.randint(*RHYTHM[day.weekday()]))

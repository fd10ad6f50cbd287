"""The DECP of a campaign, by the way `api`.

In: a span. Out: its plan, and what must be found.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from beffroi.bulletins.decp import CONCESSIONS, CONTRACTS
from tests.campaigns import Campaign, Span, earlier, halvable, named, short, silence, wrong
from tests.servers.decp import Decp, Plan
from tests.servers.explore import BASE
from tests.servers.faults import KINDS, STAND_IN

if TYPE_CHECKING:
    from datetime import date

FIELD, COLUMN = "title", "objet"


def campaign(span: Span) -> Campaign:
    """Return the DECP: some 690 contracts a day, or as many as it promises."""
    days = earlier(span)
    found = wrong("decp", span, halvable=halvable(lambda day: size(span, day)))
    plan = Plan(
        seed=span.seed,
        begins=days.since,
        until=days.until,
        silent=found.silent,
        missing=frozenset({found.missing}),
        halved=frozenset({found.halved}),
        emptied=(COLUMN, found.emptied),
        short=frozenset({found.lying}),
        growing=frozenset({found.growing}),
        crowded={day: size(span, day) for day in days.days()},
    )
    rows = [(row, day) for day in days.days() for name in (CONTRACTS, CONCESSIONS) for row in plan.on(name, day)]
    served = {f"decp:{row.buyer}{row.fields['id']}": day for row, day in rows}
    key = f"api:{CONTRACTS}:{found.lying}"
    return Campaign(
        server=lambda faults: Decp(plan, faults=faults),
        addresses=lambda base: {"api": base + BASE, "file": f"{base}/r"},
        collected=days,
        served=served,
        documents=len(rows),
        expected=frozenset({*named(found, FIELD, served.values()), *silence(found, days.until), short(found, key)}),
        wanting={key: "short"},
        kinds=(*KINDS, STAND_IN),
    )


def size(span: Span, day: date) -> int:
    """Return how many contracts a day is made with."""
    chance = Random(f"{span.seed} size {day}")
    return chance.randint(100, 110) if span.small else round(span.size * chance.randint(560, 820))

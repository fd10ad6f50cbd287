"""Find a Tender of a campaign: nothing is announced, so that no total can lie.

In: a span. Out: its plan, and what must be found.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.campaigns import Campaign, Span, earlier, halvable, named, silence, wrong
from tests.servers.faults import KINDS, STAND_IN
from tests.servers.fts import API, Fts
from tests.servers.release_packages import Plan, published

if TYPE_CHECKING:
    from datetime import date

FIELD = "title"


def campaign(span: Span) -> Campaign:
    """Return Find a Tender: some 340 releases a day, or as many as it promises."""
    days = earlier(span)
    found = wrong("fts", span, halvable=halvable(lambda day: size(span, day)))
    plan = Plan(
        begins=days.since,
        until=days.until,
        sizes={day: size(span, day) for day in days.days()},
        silent=found.silent,
        missing=frozenset({found.missing}),
        halved=frozenset({found.halved}),
        emptied=found.emptied,
    )
    served = {f"ocds:{one['ocid']}:{one['id']}": day for one, day in published(plan, Fts.names)}
    return Campaign(
        server=lambda faults: Fts(plan, faults=faults),
        addresses=lambda base: {"api": base + API},
        collected=days,
        served=served,
        documents=len(served),
        expected=frozenset({*named(found, FIELD, served.values()), *silence(found, days.until)}),
        wanting={},
        kinds=(*KINDS, STAND_IN),
    )


def size(span: Span, day: date) -> int:
    """Return how many releases a day is made with."""
    chance = Random(f"{span.seed} size {day}")
    return chance.randint(150, 165) if span.small else round(span.size * chance.randint(290, 390))

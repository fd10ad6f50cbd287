"""Contracts Finder of a campaign: it promises nothing, so that only an emptied field can be told.

In: a span. Out: its plan, and what must be found.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.campaigns import Campaign, Span, named, wrong
from tests.servers.contracts_finder import API, ContractsFinder
from tests.servers.faults import KINDS, STAND_IN
from tests.servers.release_packages import Plan, published

if TYPE_CHECKING:
    from datetime import date

FIELD = "title"


def campaign(span: Span) -> Campaign:
    """Return Contracts Finder: some 150 releases a day, as small as it is."""
    found = wrong("contracts_finder", span)
    plan = Plan(
        begins=span.window.since,
        until=span.window.until,
        sizes={day: size(span, day) for day in span.window.days()},
        missing=frozenset({found.missing}),
        halved=frozenset({found.halved}),
        emptied=found.emptied,
    )
    served = {f"ocds:{one['ocid']}:{one['id']}": day for one, day in published(plan, ContractsFinder.names)}
    shape = {one for one in named(found, FIELD, served.values()) if one.about == FIELD}
    return Campaign(
        server=lambda faults: ContractsFinder(plan, faults=faults),
        addresses=lambda base: {"api": base + API},
        collected=span.window,
        served=served,
        documents=len(served),
        expected=frozenset(shape),
        wanting={},
        kinds=(*KINDS, STAND_IN),
    )


def size(span: Span, day: date) -> int:
    """Return how many releases a day is made with."""
    chance = Random(f"{span.seed} size {day}")
    return chance.randint(60, 70) if span.small else round(span.size * chance.randint(120, 180))

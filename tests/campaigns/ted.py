"""TED of a campaign, by the way `packages`: an issue that is planned and absent cannot be had, and says so.

In: a span. Out: its plan, and what must be found.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.campaigns import Campaign, Expected, Span, named, short, wrong
from tests.servers.ted import Ted
from tests.servers.ted_notices import Planted, planned

if TYPE_CHECKING:
    from tests.servers.faults import Faults

FIELD = "cpv"
SIZE = (3_600, 4_600)
SMALL, ORDINARY = (400, 400), 1_850
"""Issues of a small span; the one that is judged by its total has as many notices as TED promises."""


def campaign(span: Span) -> Campaign:
    """Return TED: more notices an issue than on busy days, or few."""
    found = wrong("ted", span)
    planted = Planted(
        silent_from=found.silent or date.max,
        missing=frozenset({found.missing}),
        halved=frozenset({found.halved}),
        emptied=FIELD,
        emptied_from=found.emptied,
        overstated=frozenset({found.lying}),
        crowded={found.emptied: ORDINARY} if span.small else {},
    )
    least, most = SMALL if span.small else SIZE

    def server(faults: Faults | None = None) -> Ted:
        return Ted(
            seed=span.seed,
            size=(round(span.size * least), round(span.size * most)),
            today=span.window.until,
            planted=planted,
            faults=faults,
            timeouts=faults.rate if faults else 0.0,
        )

    made = server()
    served = {one.id: made.year(one.year).days[one.issue - 1] for one in made.collected(*span.window)}
    made.unstarted()
    absent = [day for day in issues(span) if found.silent and day >= found.silent]
    wanting = {_key(found.lying): "short", **{_key(day): "failed" for day in (found.missing, *absent)}}
    gaps = {
        short(found, _key(found.lying)),
        Expected(frozenset({"gap"}), found.missing, found.missing, _key(found.missing)),
    }
    if absent:
        gaps.add(Expected(frozenset({"gap"}), absent[0], absent[-1], _key(absent[0])))
    return Campaign(
        server=server,
        addresses=lambda base: {"api": base, "site": base},
        collected=span.window,
        served=served,
        documents=len(served),
        expected=frozenset({*named(found, FIELD, served.values()), *gaps}),
        wanting=wanting,
    )


def issues(span: Span) -> list[date]:
    """Return the days of the issues that are planned."""
    years = range(span.window.since.year, span.window.until.year + 1)
    return [day for year in years for day in planned(year) if span.window.since <= day <= span.window.until]


def _key(day: date) -> str:
    return f"packages:{day.year}-{planned(day.year).index(day) + 1:03}"

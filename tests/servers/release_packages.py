"""Release packages on loopback: pages of at most 100 releases, the newest first, each naming the next by a cursor.

In: a `Plan`. Out: what Find a Tender and Contracts Finder answer; each of their servers names its own paths.

A cursor is a token that says nothing to whoever holds it, and the link bears the service's own host, whatever the name
it was asked under. What a service refuses is refused: a parameter it does not know, a limit above 100, a broken cursor.
"""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.servers.loopback import Answer, LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.servers.faults import Faults
    from tests.servers.loopback import Query

MOST = 100


class Plan(NamedTuple):
    """What is published from `begins` to `until`: so many releases a day, and what is wrong with it.

    `crowded` days hold `crowd`, those of `sizes` as many as it says. From `silent` on nothing appears; on `missing`
    days neither; on `halved` days every second release; from `emptied` on no release has a title.
    """

    begins: date = date(2026, 9, 1)
    until: date = date(2026, 9, 4)
    daily: int = 7
    crowded: frozenset[date] = frozenset()
    crowd: int = 205
    sizes: Mapping[date, int] = {}
    silent: date | None = None
    missing: frozenset[date] = frozenset()
    halved: frozenset[date] = frozenset()
    emptied: date = date.max

    def ranks(self, day: date) -> range:
        """Return the places of a day that are taken."""
        if day in self.missing or (self.silent is not None and day >= self.silent):
            return range(0)
        size = self.sizes.get(day, self.crowd if day in self.crowded else self.daily)
        return range(0, size, 2 if day in self.halved else 1)


class Names(NamedTuple):
    """How a service names things: its paths, its parameters, its ids, its own host."""

    search: str
    since: str
    until: str
    others: frozenset[str]
    ocid: str
    id: str
    host: str


class ReleasePackages(LoopbackServer):
    """Serves the releases of a plan."""

    names: Names

    def __init__(self, plan: Plan | None = None, *, faults: Faults | None = None, port: int = 0) -> None:
        super().__init__(faults=faults, port=port)
        self.releases = [release for release, _ in published(plan or Plan(), self.names)]

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:  # noqa: ARG002 - a base's method
        """Return a page, one process, one release, or the refusal of a request the service would refuse."""
        if path == self.names.search:
            return self._page(query)
        wanted = path.rpartition("/")[2]
        found = [one for one in self.releases if wanted in (one["ocid"], one["id"])]
        return self.one(path, found) if found else Answer(404, {}, b"nothing here")

    def one(self, path: str, found: list[dict[str, Any]]) -> Answer:
        """Return one process or release."""
        del path
        return self._package(found, None)

    def _page(self, query: Query) -> Answer:
        if set(query) - {self.names.since, self.names.until, "limit", "cursor", *self.names.others}:
            return Answer.json({"message": "unknown parameter"}, 400)
        asked = {name: values[0] for name, values in query.items()}
        limit = int(asked.get("limit", MOST))
        if not 1 <= limit <= MOST:
            return Answer.json({"message": "limit"}, 400)
        start = 0
        if "cursor" in asked:
            try:
                asked = json.loads(base64.urlsafe_b64decode(asked["cursor"]))
            except ValueError:
                return Answer.json({"message": "cursor"}, 400)
            start, limit = asked["at"], asked["limit"]
        since, until = asked.get(self.names.since, ""), asked.get(self.names.until, "9999")
        found = [one for one in reversed(self.releases) if since <= one["date"][:19] <= until]
        rest = {**asked, "at": start + limit, "limit": limit} if start + limit < len(found) else None
        return self._package(found[start : start + limit], rest)

    def _package(self, releases: list[dict[str, Any]], rest: dict[str, Any] | None) -> Answer:
        package: dict[str, Any] = {
            "uri": self.names.host,
            "version": "1.1",
            "publishedDate": "2026-09-30T00:00:00+01:00",
        }
        package |= {"publisher": {"name": "Invented"}, "releases": releases}
        if rest is not None:
            token = base64.urlsafe_b64encode(json.dumps(rest).encode()).decode()
            package["links"] = {"next": f"{self.names.host}{self.names.search}?cursor={token}"}
        return Answer.json(package)


def published(plan: Plan, names: Names) -> Iterator[tuple[dict[str, Any], date]]:
    """Return the invented releases of a plan, each with its day, the earliest first."""
    days = [plan.begins + timedelta(n) for n in range((plan.until - plan.begins).days + 1)]
    for total, (day, rank) in enumerate(((one, place) for one in days for place in plan.ranks(one)), 1):
        release = _release(names, day, rank, total)
        if day >= plan.emptied:
            del release["tender"]["title"]
        yield release, day


def _release(names: Names, day: date, rank: int, total: int) -> dict[str, Any]:
    hour, minute = divmod(rank, 60)
    amount = {"amount": 10_000 + total, "currency": "GBP"}
    return {
        "ocid": names.ocid.format(total),
        "id": names.id.format(total, day.year),
        "date": f"{day}T{hour:02}:{minute:02}:00+01:00",
        "tag": ["tender"],
        "language": "en",
        "buyer": {"id": f"GB-COH-{total:08}", "name": f"Parish {total}"},
        "tender": {"id": f"T{total}", "title": f"Benches {total}", "status": "active", "value": amount},
    }

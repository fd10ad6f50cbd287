"""The BOAMP on loopback: its open data, and the archives of the DILA.

In: a `Plan`, which says what is wrong with the bulletin. Out: the Explore API at `/api/explore/v2.1`, the folders of
the archives at `/OPENDATA/BOAMP/`. Run it with `python -m tests.servers.boamp`.
"""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from beffroi.bulletins import Window
from tests.servers.boamp_notices import Record, notices
from tests.servers.contract import Contract
from tests.servers.explore import BASE, Asked, Explore
from tests.servers.loopback import Answer, LoopbackServer, main

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.servers.faults import Faults
    from tests.servers.loopback import Query

ARCHIVES = "/OPENDATA/BOAMP"
_PACKAGED, _HISTORY = "FluxHistorique/Boamp_v230", "FluxHistorique/Boamp_v240"
_KINDS = ("BOAMP-J-AO", "BOAMP-N-AO", "MAPA-AO")


class Plan(NamedTuple):
    """A bulletin and what is wrong with it.

    It publishes from `begins` to `until`. From `silent` on nothing appears; on `missing` days neither; on `halved` days
    every second notice, the total agreeing; `emptied` names a fact (buyer, title, cpv) that is empty from a day on; the
    total of `short` days is for ever one more than they serve; on `growing` days a notice appears once the second page
    was asked for; `crowded` days hold so many notices.
    """

    seed: int = 1
    begins: date = date(2026, 9, 1)
    until: date = date(2026, 9, 30)
    silent: date | None = None
    missing: frozenset[date] = frozenset()
    halved: frozenset[date] = frozenset()
    emptied: tuple[str, date] | None = None
    short: frozenset[date] = frozenset()
    growing: frozenset[date] = frozenset()
    crowded: Mapping[date, int] = {}

    def on(self, day: date) -> list[Record]:
        """Return what is published on a day, in the end."""
        silent = self.silent is not None and day >= self.silent
        if not self.begins <= day <= self.until or silent or day in self.missing:
            return []
        empty = frozenset({self.emptied[0]} if self.emptied and day >= self.emptied[1] else ())
        found = notices(day, self.seed, count=self.crowded.get(day), empty=empty)
        return found[::2] if day in self.halved else found

    def days(self) -> list[date]:
        """Return the days from beginning to end."""
        return [self.begins + timedelta(n) for n in range((self.until - self.begins).days + 1)]


class Published:
    """The dataset `boamp`."""

    day = "dateparution"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.types = dict.fromkeys(notices(date(2026, 9, 9), 0)[0].fields, "text") | {
            "dateparution": "date",
            "datefindiffusion": "date",
            "datelimitereponse": "date",
        }
        self._on = lru_cache(1000)(plan.on)
        self._lock = RLock()
        self._grown: set[date] = set()

    def on(self, day: date) -> list[Record]:
        """Return all that is published on a day."""
        with self._lock:
            return self._on(day)

    def near(self, asked: Asked) -> Iterable[Record]:
        """Return what the days of a request hold by now."""
        days = [day for day in self.plan.days() if _within(day, asked)]
        with self._lock:
            if len(days) == 1 and asked.offset:
                self._grown.add(days[0])
            return [one for day in days for one in self._now(day)]

    def _now(self, day: date) -> list[Record]:
        found = self._on(day)
        if day not in self.plan.growing or day in self._grown:
            return found
        late = random.Random(f"{self.plan.seed} late {day}").randrange(len(found))
        return found[:late] + found[late + 1 :]

    def total(self, asked: Asked, found: int) -> int:
        """Return how many are announced."""
        return found + sum(_within(day, asked) for day in self.plan.short) * bool(asked.since)


def _within(day: date, asked: Asked) -> bool:
    return (asked.since or day) <= day <= (asked.until or day)


class Boamp(LoopbackServer):
    """The open data and the archives of one plan."""

    def __init__(
        self, plan: Plan | None = None, *, faults: Faults | None = None, port: int = 0, quota: int = 2_000_000
    ) -> None:
        super().__init__(faults=faults, port=port)
        self.plan = plan or Plan()
        self.published = Published(self.plan)
        self._api = Explore({"boamp": self.published}, quota)

    @property
    def addresses(self) -> dict[str, str]:
        """Return the addresses under which the bulletin is asked."""
        return {"api": self.address + BASE, "archives": self.address + ARCHIVES}

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:  # noqa: ARG002 - a base's method
        """Return the true answer to a request."""
        if path.startswith(BASE):
            return self._api.answer(path, query)
        if path.startswith(f"{ARCHIVES}/"):
            return self._archived(path.removeprefix(f"{ARCHIVES}/"))
        return Answer(404, {}, b"nothing here")

    def _archived(self, path: str) -> Answer:
        """Return a folder of the archives, one of its documents or one of its packages."""
        days = {self._folder(day): day for day in self.plan.days() if day.year > 2021}
        folder, _, name = path.rpartition("/")
        if folder in days:
            found = {f"{one.number}.xml": one for one in self.published.on(days[folder])}
            if name in found:
                return Answer(200, {"Content-Type": "application/xml"}, found[name].xml)
            return listing(path, found) if not name and found else Answer(404)
        if path.startswith(f"{_PACKAGED}/"):
            return self._packaged(path.removeprefix(f"{_PACKAGED}/"))
        if not path:
            years = {f"{day.year}/" for day in self.plan.days() if day.year == self.plan.until.year > 2021}
            return listing(path, [*sorted(years), "Documentation/", "FluxHistorique/", "Schemas/", "note.pdf"])
        return Answer(404)

    def _folder(self, day: date) -> str:
        """Return where a day is: the years before the last one have been moved to the history."""
        return f"{day:%Y/%m/%d}" if day.year == self.plan.until.year else f"{_HISTORY}/{day:%Y/%m/%d}"

    def _packaged(self, path: str) -> Answer:
        """Return a year of packages: of 2015 and 2016 a zip for each kind, later one a day."""
        year, _, rest = path.partition("/")
        days = [day for day in self.plan.days() if f"{day.year}" == year <= "2021"]
        if not days:
            return Answer(404)
        if year <= "2016":
            kind, _, name = rest.partition("/")
            if not kind:
                return listing(path, [f"{one}/" for one in _KINDS])
            if not name and kind in _KINDS:
                return listing(path, ["htm.zip", "xml.zip"])
            found = [one for day in days for one in self.published.on(day)][_KINDS.index(kind) :: len(_KINDS)]
            return Answer(200, {"Content-Type": "application/zip"}, zipped(found)) if name == "xml.zip" else Answer(404)
        named = {f"BOAMP-N-AO_{year}_{day.timetuple().tm_yday:06}.taz": day for day in days}
        if not rest:
            return listing(path, named)
        if rest not in named:
            return Answer(404)
        return Answer(200, {"Content-Type": "application/octet-stream"}, tarred(self.published.on(named[rest])))


def listing(path: str, names: Iterable[str]) -> Answer:
    """Return the page Apache makes of a folder."""
    rows = "".join(
        f'<tr><td><a href="{escape(one)}">{escape(one)}</a></td><td align="right">2026-09-11 04:46</td></tr>\n'
        for one in names
    )
    title = f"Index of {ARCHIVES}/{path.rstrip('/')}"
    body = (
        f"<html>\n <head><title>{title}</title></head>\n <body>\n<h1>{title}</h1>\n<table>\n"
        '<tr><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th></tr>\n'
        f'<tr><td><a href="{ARCHIVES}/">Parent Directory</a></td></tr>\n{rows}</table>\n</body></html>\n'
    )
    return Answer(200, {"Content-Type": "text/html;charset=ISO-8859-1"}, body.encode("latin-1"))


def zipped(found: Iterable[Record]) -> bytes:
    """Return notices as a zip, the same bytes each time."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for one in found:
            package.writestr(zipfile.ZipInfo(f"xml/{one.number}.xml"), one.xml)
    return whole.getvalue()


def tarred(found: Iterable[Record]) -> bytes:
    """Return notices as a tar."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as package:
        for one in found:
            about = tarfile.TarInfo(f"BOAMP/{one.number}.xml")
            about.size = len(one.xml)
            package.addfile(about, io.BytesIO(one.xml))
    return whole.getvalue()


def contract() -> Contract:
    """Return ten days, small, for the contract of all bulletins."""
    window = Window(date(2026, 9, 1), date(2026, 9, 10))
    server = Boamp(Plan(begins=window.since, until=window.until, crowded=dict.fromkeys(window.days(), 7)))
    return Contract(server, server.addresses, window)


if __name__ == "__main__":
    main(lambda faults, port: Boamp(faults=faults, port=port))

"""The DECP on loopback: the open data of the ministry of the economy, and the consolidated file.

In: a `Plan`. Out: the Explore API at `/api/explore/v2.1` with three datasets; the consolidated files at `/r/NUMBER`,
with their validators. Run it with `python -m tests.servers.decp`.
"""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from beffroi.bulletins import Window
from beffroi.bulletins.decp import CONCESSIONS, CONTRACTS, EARLIER, FILES
from tests.servers.contract import Contract
from tests.servers.explore import BASE, Asked, Explore
from tests.servers.loopback import Answer, LoopbackServer, main

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.servers.faults import Faults
    from tests.servers.loopback import Query

_NUMBERS = {"dureemois": "int", "montant": "double", "valeurglobale": "double", "offresrecues": "int"}
_DATES = {"datenotification": "date", "datepublicationdonnees": "date"}


class Row(NamedTuple):
    """One row of a dataset."""

    fields: Mapping[str, Any]

    @property
    def buyer(self) -> str:
        """Return the SIRET of who buys or concedes."""
        return str(self.fields.get("acheteur_id") or self.fields.get("autoriteconcedante_id"))

    @property
    def json(self) -> bytes:
        """Return the row as the API writes it."""
        return msgspec.json.encode(self.fields)


class Plan(NamedTuple):
    """What is published from `begins` to `until`, and what is wrong with it.

    A day has `usual` contracts, `crowded` days so many. From `silent` on nothing appears; on `missing` days neither; on
    `halved` days half the contracts; `emptied` names a column that is empty from a day on; the total of `short` days is
    for ever one more than they serve; on `growing` days a row appears once the second page was asked for.
    """

    seed: int = 1
    begins: date = date(2026, 9, 1)
    until: date = date(2026, 9, 5)
    usual: int = 12
    crowded: Mapping[date, int] = {}
    silent: date | None = None
    missing: frozenset[date] = frozenset()
    halved: frozenset[date] = frozenset()
    emptied: tuple[str, date] | None = None
    short: frozenset[date] = frozenset()
    growing: frozenset[date] = frozenset()

    def days(self) -> list[date]:
        """Return the days from beginning to end."""
        return [self.begins + timedelta(n) for n in range((self.until - self.begins).days + 1)]

    def on(self, dataset: str, day: date) -> list[Row]:
        """Return what a dataset holds of a day; some contracts come by two platforms, some are modified."""
        if day in self.missing or (self.silent is not None and day >= self.silent):
            return []
        if dataset == CONCESSIONS:
            return [Row(_concession(day))] if day.day % 2 and day.year >= 2024 else []
        if (dataset == EARLIER) != (day.year < 2024):
            return []
        count = self.crowded.get(day, self.usual) // (2 if day in self.halved else 1)
        blank = {self.emptied[0]: None} if self.emptied and day >= self.emptied[1] else {}
        rows = [_contract(day, n, self.seed) | blank for n in range(count)]
        again = [one | {"source": "pes", "id": one["id"]} for one in rows[::10]]
        steps = [one | {"idmodification": "1", "montantmodification": str(one["montant"] + 1)} for one in rows[::7]]
        return [Row(one) for one in (*rows, *again, *steps)]


def _contract(day: date, n: int, seed: int) -> dict[str, Any]:
    chance = random.Random(f"{seed} {day} {n}")
    return {
        "id": f"{day:%Y%m%d}-{n:05}",
        "acheteur_id": f"2199900000{chance.randrange(10000):04}",
        "nature": "Marché",
        "objet": f"Entretien des espaces verts, secteur {n}",
        "codecpv": "77310000-6",
        "procedure": "Procédure adaptée",
        "dureemois": chance.choice((12, 24, 48)),
        "datenotification": str(day - timedelta(chance.randrange(60))),
        "datepublicationdonnees": str(day),
        "montant": round(chance.uniform(40_000, 900_000), 2),
        "techniques": chance.choice(("Sans objet", "Accord-cadre")),
        "titulaire_id_1": f"9899900000{chance.randrange(10000):04}",
        "titulaire_typeidentifiant_1": "SIRET",
        "titulaire_id_2": "CDL",
        "titulaire_typeidentifiant_2": "CDL",
        "idaccordcadre": "CDL",
        "idmodification": "CDL",
        "montantmodification": "CDL",
        "idactesoustraitance": "CDL",
        "source": "atexo",
    }


def _concession(day: date) -> dict[str, Any]:
    return {
        "id": f"DSP{day:%Y%m%d}",
        "autoriteconcedante_id": "21999000000040",
        "nature": "Délégation de service public",
        "objet": "Piscine intercommunale",
        "procedure": "Procédure négociée ouverte",
        "dureemois": 72,
        "datesignature": str(day),
        "datepublicationdonnees": str(day),
        "valeurglobale": 5_200_000.0,
        "concessionnaire_id_1": "98999000000071",
        "concessionnaire_typeidentifiant_1": "SIRET",
        "source": "atexo",
    }


class Published:
    """One dataset of a plan."""

    day = "datepublicationdonnees"

    def __init__(self, plan: Plan, name: str) -> None:
        self.plan = plan
        sample = _concession(date(2026, 1, 1)) if name == CONCESSIONS else _contract(date(2026, 1, 1), 0, 0)
        self.types = dict.fromkeys(sample, "text") | _NUMBERS | _DATES
        self.on = lru_cache(1000)(lambda day: plan.on(name, day))
        self._lying = frozenset() if name == CONCESSIONS else plan.short
        self._growing = set(() if name == CONCESSIONS else plan.growing)
        self._lock = Lock()

    def near(self, asked: Asked) -> Iterable[Row]:
        """Return what the days of a request hold by now."""
        days = [day for day in self.plan.days() if _within(day, asked)]
        with self._lock:
            if len(days) == 1 and asked.offset:
                self._growing.discard(days[0])
            return [one for day in days for one in self.on(day)[day in self._growing :]]

    def total(self, asked: Asked, found: int) -> int:
        """Return how many are announced."""
        return found + sum(_within(day, asked) for day in self._lying) * bool(asked.since)


def _within(day: date, asked: Asked) -> bool:
    return (asked.since or day) <= day <= (asked.until or day)


class Decp(LoopbackServer):
    """The open data and the consolidated file of one plan."""

    def __init__(self, plan: Plan | None = None, *, faults: Faults | None = None, port: int = 0) -> None:
        super().__init__(faults=faults, port=port)
        self.plan = plan or Plan()
        self.published = {name: Published(self.plan, name) for name in (CONTRACTS, CONCESSIONS, EARLIER)}
        self._api = Explore(self.published)

    @property
    def addresses(self) -> dict[str, str]:
        """Return the addresses under which the bulletin is asked."""
        return {"api": self.address + BASE, "file": f"{self.address}/r"}

    def rows(self) -> list[Row]:
        """Return every row of every dataset."""
        return [row for one in self.published.values() for day in self.plan.days() for row in one.on(day)]

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:  # noqa: ARG002 - a base's method
        """Return the true answer to a request."""
        if path.startswith(BASE):
            return self._api.answer(path, query)
        for number, held in FILES.values():
            if path == f"/r/{number}":
                rows = [row for row in self.rows() if str(held.since) <= row.fields[Published.day] <= str(held.until)]
                whole = b'{"marches": [\n' + b",\n".join(row.json for row in rows) + b"\n]}"
                return Answer(200, {"ETag": f'"{hashlib.sha256(whole).hexdigest()}"'}, whole)
        return Answer(404, {}, b"nothing here")


def contract() -> Contract:
    """Return five small days for the contract of all bulletins; the consolidated files are of whole years."""
    plan = Plan()
    server = Decp(plan)
    return Contract(server, server.addresses, Window(plan.begins, plan.until), packaged=("file",))


if __name__ == "__main__":
    main(lambda faults, port: Decp(faults=faults, port=port))

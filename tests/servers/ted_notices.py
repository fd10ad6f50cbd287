"""Invented notices of TED: the issues of a year, and the XML of each of their notices, small and valid.

In: a seed, how many notices an issue has, what is planted. Out: issues and bytes, the same for the same arguments.

In every ten notices of an issue six are calls, three results and one a change; two calls and a result are TED XML
(R2.0.9), the others eForms. Most results and changes belong to a call of the issue before: by its procedure in eForms,
by its number in the Official Journal in TED XML.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from beffroi.bulletins.holidays import easter
from tests.servers.ted_templates import Facts, Town, eforms, ted_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = timedelta(1)
LEGACY = frozenset({3, 4, 8})
"""Which notices of ten are TED XML: two calls and the result of the second."""
RESULTS = frozenset({6, 7, 8})
CALL_OF = {6: 6, 7: 6, 8: 4, 9: 9}
"""How far before a result or a change its call stands, in the issue before."""

TOWNS = (
    Town("Brumeval", "Ville de Brumeval", "FRB03", "FRA", "FRA", "FR", "FR"),
    Town("Lindenau am Bach", "Stadt Lindenau am Bach", "DEG03", "DEU", "DEU", "DE", "DE"),
    Town("Villarrosal", "Ayuntamiento de Villarrosal", "ES424", "ESP", "SPA", "ES", "ES"),
    Town("Brzozowiec", "Gmina Brzozowiec", "PL843", "POL", "POL", "PL", "PL"),
    Town("Castelpetroso", "Comune di Castelpetroso", "ITC11", "ITA", "ITA", "IT", "IT"),
)
OBJECTS = (
    ("50312000", "Entretien du parc informatique", "services", 120_000),
    ("45233140", "Travaux de voirie", "works", 900_000),
    ("34144910", "Autobus électriques", "supplies", 4_000_000),
    ("55524000", "Restauration scolaire", "services", 430_000),
    ("90620000", "Déneigement", "services", 75_000),
    ("33140000", "Consommables médicaux", "supplies", 260_000),
    ("48000000", "Logiciel de gestion des avis", "supplies", 88_000),
)


class Planted(NamedTuple):
    """Faults a health check must find.

    `silent_from`: nothing is published from this day on. `missing`: days whose issue is planned and absent. `halved`:
    days with half their notices, and a total that agrees. `emptied`: a field (cpv, amounts, deadline, title) that is
    empty from the day `emptied_from` on. `overstated`: days whose total is one more than what is served. `crowded`:
    days that are made with so many notices.
    """

    silent_from: date = date.max
    missing: frozenset[date] = frozenset()
    halved: frozenset[date] = frozenset()
    emptied: str | None = None
    emptied_from: date = date.max
    overstated: frozenset[date] = frozenset()
    crowded: Mapping[date, int] = MappingProxyType({})


class Published(NamedTuple):
    """A notice: the number of its issue, its own, and its XML's file name."""

    issue: int
    year: int
    number: int
    place: int

    @property
    def legacy(self) -> bool:
        """Whether it is TED XML."""
        return self.place % 10 in LEGACY

    @property
    def printed(self) -> str:
        """The number as its document prints it: six digits in TED XML, eight in eForms."""
        return f"{self.number:06}-{self.year}" if self.legacy else f"{self.number:08}-{self.year}"

    @property
    def id(self) -> str:
        """The id of its record."""
        return f"ted:{self.printed}"


def closed(year: int) -> frozenset[date]:
    """Return the weekdays without an issue: 1 January and May, Good Friday, Easter Monday, Ascension, Whit Monday."""
    sunday = easter(year)
    moving = {sunday + timedelta(days) for days in (-2, 1, 39, 50)}
    return frozenset({date(year, 1, 1), date(year, 5, 1), date(year, 12, 25), *moving})


@lru_cache(16)
def planned(year: int) -> tuple[date, ...]:
    """Return the days of a year's issues; the first issue is number 1."""
    days = (date(year, 1, 1) + n * DAY for n in range(366))
    return tuple(day for day in days if day.year == year and day.weekday() < 5 and day not in closed(year))


class Year:
    """The issues of one year."""

    def __init__(self, year: int, *, seed: int, size: tuple[int, int], planted: Planted) -> None:
        self.year, self.seed, self.planted = year, seed, planted
        self.days = planned(year)
        self._size = size

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How many notices each issue was made with; a planted fault leaves the numbers of the others alone."""
        least, most = self._size
        return tuple(
            self.planted.crowded.get(day, least + drawn(self.seed, self.year, n) % (most - least + 1))
            for n, day in enumerate(self.days, 1)
        )

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """The number of the first notice of each issue."""
        found = [1]
        for count in self.counts:
            found.append(found[-1] + count)
        return tuple(found)

    def served(self, issue: int) -> int:
        """Return how many notices an issue holds after what is planted."""
        if not 1 <= issue <= len(self.days):
            return 0
        day, count = self.days[issue - 1], self.counts[issue - 1]
        if day >= self.planted.silent_from or day in self.planted.missing:
            return 0
        return count // 2 if day in self.planted.halved else count

    def notices(self, issue: int) -> list[Published]:
        """Return the notices of an issue, in the order of their numbers."""
        count = self.served(issue)
        return [Published(issue, self.year, self.firsts[issue - 1] + n, n) for n in range(count)]

    def issue_of(self, day: date) -> int | None:
        """Return the number of a day's issue."""
        return self.days.index(day) + 1 if day in self.days else None

    def published(self, number: int) -> Published | None:
        """Return the notice of a number that is served."""
        for issue, first in enumerate(self.firsts[:-1], 1):
            if first <= number < first + self.served(issue):
                return Published(issue, self.year, number, number - first)
        return None

    def call_of(self, notice: Published) -> Published | None:
        """Return the call a result or a change belongs to, if the issue before holds it."""
        back = CALL_OF.get(notice.place % 10)
        if back is None or notice.issue == 1:
            return None
        place = notice.place - back
        if place >= self.served(notice.issue - 1):
            return None
        return Published(notice.issue - 1, self.year, self.firsts[notice.issue - 2] + place, place)

    def procedure(self, notice: Published) -> tuple[Published, ...]:
        """Return the notices of the procedure a call begins, the call first."""
        following = []
        if notice.issue < len(self.days):
            first, count = self.firsts[notice.issue], self.served(notice.issue + 1)
            for back in CALL_OF.values():
                place = notice.place + back
                one = Published(notice.issue + 1, self.year, first + place, place)
                if place < count and self.call_of(one) == notice and one not in following:
                    following.append(one)
        return (notice, *sorted(following))

    def xml(self, notice: Published) -> bytes:
        """Return the notice's document."""
        facts = self._facts(notice)
        written = ted_xml if notice.legacy else eforms
        return written(facts, result=notice.place % 10 in RESULTS).encode()

    def _facts(self, notice: Published) -> Facts:
        call = self.call_of(notice)
        own = call or notice
        n = own.number * 7919 + self.seed
        day = self.days[notice.issue - 1]
        cpv, title, nature, value = OBJECTS[n % len(OBJECTS)]
        emptied = self.planted.emptied if day >= self.planted.emptied_from else None
        return Facts(
            number=notice.printed,
            issue=notice.issue,
            day=day,
            folder=folder(own),
            notice_id=f"a0000000-{notice.year}-4000-8000-{notice.number:012}",
            call=None if call is None else call.printed,
            call_id=None if call is None else f"a0000000-{call.year}-4000-8000-{call.number:012}",
            call_issue=call.issue if call else 0,
            changes=notice.place % 10 == 9 and call is not None,
            town=TOWNS[n % len(TOWNS)],
            title="" if emptied == "title" else f"{title} {own.number}",
            cpv="" if emptied == "cpv" else cpv,
            nature=nature,
            value=0 if emptied == "amounts" else value + own.number % 997,
            lots=1 + n % 3,
            deadline=None if emptied == "deadline" else day + timedelta(30 + n % 9),
        )


def drawn(*key: int) -> int:
    """Return a number that depends on the key alone."""
    return int.from_bytes(hashlib.blake2b(repr(key).encode(), digest_size=6).digest())


def folder(call: Published) -> str:
    """Return the identifier of the procedure that a notice begins."""
    return f"f0000000-{call.year}-4000-8000-{call.number:012}"

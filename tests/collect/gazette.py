"""A small gazette for tests: its bulletin, and its server on loopback.

In: how many notices each day has. Out: a `Collectable`, and a server of its API. Its notices have the shape of the
BOAMP's, the simplest that has a reader.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from beffroi.bulletins import Bulletin, Page, Promise, Slice, Window
from beffroi.errors import Garbled
from beffroi.fetch import Ask, Manners
from tests.servers.loopback import Answer, LoopbackServer, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from beffroi.fetch import Response
    from beffroi.notices import Notice
    from tests.servers.faults import Faults

LIMIT = 10
FIRST = date(2026, 9, 1)


def record(day: str, number: int, **fields: Any) -> dict[str, Any]:
    """Return one notice as its API gives it."""
    about = {"idweb": f"26-{day[5:7]}{day[8:]}{number:04}", "dateparution": day, "objet": f"Bancs, place {number}"}
    return {**about, "famille": "FNS", "gestion": "{}", "donnees": '{"DIVERS": {}}', **fields}


class Gazette:
    """The bulletin: pages of a day, or a day's notices one by one (`each`), or a day as a package (`package`)."""

    BULLETIN = Bulletin(
        name="gazette",
        source="boamp",
        title={"fr": "La Gazette", "en": "The Gazette"},
        publisher="The Gazette",
        homepage="https://gazette.example",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        attribution={"fr": "La Gazette, le {date}", "en": "The Gazette, {date}"},
        addresses={"api": "https://gazette.example"},
        ways=("pages", "each", "package"),
        manners=Manners(first_wait=0.01, longest_wait=0.02, concurrency=3),
        promise=Promise(notices=(5, 5, 5, 5, 5, 0, 0), silence=4, settles=2, holidays=lambda _: frozenset()),
        begins=date(2020, 1, 1),
        month=None,
    )

    def calendars(self, window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
        del window, way, addresses
        return ()

    def slices(self, window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:
        del answers
        return (Slice(f"{way}:{day}", way, day, day) for day in window.days())

    def first(self, piece: Slice, addresses: Mapping[str, str]) -> Ask:
        return Ask(f"{addresses['api']}/{piece.way}?{urlencode({'day': piece.since, 'offset': 0})}")

    def page(self, ask: Ask, response: Response) -> Page:
        try:
            answer = json.loads(response.body)
            total, results = answer["total_count"], answer["results"]
        except (ValueError, KeyError) as error:
            raise Garbled(f"{ask.url}: no page of the gazette: {error}") from error
        query = parse_qs(urlsplit(ask.url).query)
        day, offset = query["day"][0], int(query["offset"][0])
        base, _, _ = ask.url.partition("?")
        following = Ask(f"{base}?{urlencode({'day': day, 'offset': offset + LIMIT})}")
        numbers = tuple(one["idweb"] for one in results)
        root = base.rpartition("/")[0]
        if base.endswith("/each"):
            members = tuple(Ask(f"{root}/notice/{one}", what="document", number=one) for one in numbers)
            return Page(total, (), following if offset + LIMIT < total else None, members, holds=False)
        if base.endswith("/package"):
            return Page(total, members=(Ask(f"{root}/packages/{day}", what="package"),), holds=False)
        return Page(total, numbers, following if offset + LIMIT < total else None)

    def number(self, text: str) -> str | None:
        return text if text.startswith("26-") else None

    def wanted(self, number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
        return (Ask(f"{addresses['api']}/notice/{number}", what="document", number=number),)

    def related(self, notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
        return tuple(ask for link in notice.links for ask in self.wanted(link.target.partition(":")[2], addresses))


class GazetteServer(LoopbackServer):
    """Serves `counts[day]` notices a day; `changed` may alter what a request is answered (a total, a row)."""

    def __init__(
        self,
        counts: Mapping[str, int],
        *,
        faults: Faults | None = None,
        changed: Callable[[str, int, dict[str, Any]], dict[str, Any]] = lambda _day, _offset, page: page,
        missing: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(faults=faults)
        self.notices = {day: [record(day, n) for n in range(1, count + 1)] for day, count in counts.items()}
        self.changed, self.missing = changed, missing
        self.lock = Lock()

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:
        del method, body
        if path in {"/pages", "/each", "/package"}:
            day, offset = query["day"][0], int(query["offset"][0])
            with self.lock:
                found = self.notices.get(day, [])
                page = {"total_count": len(found), "results": found[offset : offset + LIMIT]}
                return Answer.json(self.changed(day, offset, page))
        if path.startswith("/packages/"):
            return Answer.json(self.notices.get(path.rpartition("/")[2], []))
        number = path.rpartition("/")[2]
        every = {one["idweb"]: one for notices in self.notices.values() for one in notices}
        return Answer(404) if number in self.missing or number not in every else Answer.json(every[number])


def days(count: int, each: int = 25) -> dict[str, int]:
    """Return the same number of notices for so many days from `FIRST` on."""
    return {(FIRST + timedelta(n)).isoformat(): each for n in range(count)}

"""TED on loopback: search v3, notices, daily and monthly packages, the release calendar.

In: a seed, how many notices an issue has, the day it is, what is planted. Out: answers like the real service's, where
those are known: 400 with a type, pages by token with an empty last one, `timedOut` on a page that is incomplete, no
notice older than ten years in the search, 404 for an issue that is not there, packages without ETag.

Run it alone: `python -m tests.servers.ted --port 8124 --today 2026-09-30`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import re
import sys
import tarfile
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from beffroi.bulletins import Window
from tests.servers.contract import Contract
from tests.servers.faults import Faults
from tests.servers.loopback import Answer, LoopbackServer, Query, main
from tests.servers.ted_notices import RESULTS, Planted, Published, Year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS = frozenset({
    "query", "fields", "page", "limit", "scope", "paginationMode", "iterationNextToken", "onlyLatestVersions",
    "checkQuerySyntax",
})  # fmt: skip
FIELDS = frozenset({"publication-number", "publication-date", "ojs-number", "links", "notice-type"})
MOST, WINDOW, PRICE = 250, 15_000, 10_000
TIMED_OUT = "timed out"

_ISSUE = re.compile(r'ojs-number="?(\d+)/(\d{4})"?')
_DAY = re.compile(r"publication-date=(\d{4})(\d\d)(\d\d)")
_DAYS = re.compile(r"publication-date>=(\d{4})(\d\d)(\d\d) AND publication-date<=(\d{4})(\d\d)(\d\d)")
_NUMBER = re.compile(r'publication-number="?0*(\d+)-(\d{4})"?')
_PROCEDURE = re.compile(r'procedure-identifier="f0000000-(\d{4})-4000-8000-(\d{12})"')
_OTHER_PROCEDURE = re.compile(r'procedure-identifier="[^"]*"')


class Found(NamedTuple):
    """What a query finds: notices in order, and one more where the total is overstated."""

    notices: list[Published]
    overstated: int = 0


class Ted(LoopbackServer):
    """The service; `size` is the least and the most notices of an issue, `today` the last day it has published."""

    def __init__(
        self,
        *,
        seed: int = 1,
        size: tuple[int, int] = (2_500, 3_500),
        today: date = date(2026, 9, 30),
        planted: Planted = Planted(),  # noqa: B008 - immutable
        faults: Faults | None = None,
        timeouts: float = 0.0,
        calendar: bool = True,
        etags: bool = False,
        guarded: bool = False,
        padded: bool = False,
        port: int = 0,
    ) -> None:
        super().__init__(faults=faults, port=port, etags=etags)
        self.seed, self.size, self.today, self.planted, self.calendar = seed, size, today, planted, calendar
        self.guarded, self.padded = guarded, padded
        self._slow = Faults(seed=seed, rate=timeouts, kinds=(TIMED_OUT,))
        self.year = lru_cache(maxsize=None)(self._year)
        self.package = lru_cache(maxsize=8)(self._package)

    def _year(self, year: int) -> Year:
        published = self.planted._replace(silent_from=min(self.planted.silent_from, self.today + timedelta(1)))
        return Year(year, seed=self.seed, size=self.size, planted=published)

    def routes(self, method: str, path: str, query: Query, body: bytes) -> Answer:  # noqa: ARG002 - a base's method
        """Return the answer to a request."""
        if method == "POST" and path == "/v3/notices/search":
            return self._search(body)
        if method == "GET":
            for form, answered in (
                (r"/[a-z]{2}/notice/(\d+)-(\d{4})/xml", self._notice),
                (r"/packages/daily/(\d{4})(\d{5})", self._daily),
                (r"/packages/monthly/(\d{4})-(\d{1,2})", self._monthly),
                (r"/[a-z]{2}/release-calendar/-/download/file/(CSV)/(\d{4})", self._calendar),
            ):
                found = re.fullmatch(form, path)
                if found:
                    return answered(found[1], found[2])
        return Answer(404)

    def unwelcome(self, headers: Mapping[str, str]) -> Answer | None:
        """Challenge a client that does not name itself as crawlers do: 202 without a body."""
        if not self.guarded or re.match(r"Mozilla/5\.0 \(compatible; [\w.-]+/[\w.]+", headers.get("user-agent", "")):
            return None
        return Answer(202, {"x-amzn-waf-action": "challenge"})

    def collected(self, since: date, until: date) -> list[Published]:
        """Return every notice published in a window."""
        return [one for issue, year in self._issues(since, until) for one in self.year(year).notices(issue)]

    def _issues(self, since: date, until: date) -> Iterator[tuple[int, int]]:
        for year in range(since.year, until.year + 1):
            for issue, day in enumerate(self.year(year).days, 1):
                if since <= day <= until:
                    yield issue, year

    def _notice(self, number: str, year: str) -> Answer:
        found = self.year(int(year)).published(int(number))
        if found is None or number.startswith("0"):
            return Answer(404, {}, b"Invalid document number")
        return Answer(200, {"Content-Type": "application/xml"}, self.year(int(year)).xml(found))

    def _daily(self, year: str, issue: str) -> Answer:
        packed = self.package(int(year), int(issue))
        return Answer(404) if packed is None else _tar_answer(packed)

    def _package(self, year: int, issue: int) -> bytes | None:
        of_year = self.year(year)
        notices = of_year.notices(issue)
        if not notices:
            return None
        folder = f"{of_year.days[issue - 1]:%Y%m%d}_{issue:03}"
        return tarred((f"{folder}/{one.printed.replace('-', '_')}.xml", of_year.xml(one)) for one in notices)

    def _monthly(self, year: str, month: str) -> Answer:
        """Return a month's package, at the address with or without a leading zero, never at both."""
        if month != (f"{int(month):02}" if self.padded else f"{int(month)}"):
            return Answer(404)
        since = date(int(year), int(month), 1)
        until = (since + timedelta(31)).replace(day=1) - timedelta(1)
        issues = [one for one in self._issues(since, until) if self.year(one[1]).served(one[0])]
        if not issues or until > self.today:
            return Answer(404)
        days = (
            (f"{month}/{self.year(of).days[issue - 1]:%Y%m%d}_{of}{issue:03}.tar.gz", issue, of) for issue, of in issues
        )
        return _tar_answer(tarred((name, self.package(of, issue) or b"") for name, issue, of in days))

    def _calendar(self, _: str, year: str) -> Answer:
        if not self.calendar:
            return Answer(404)
        rows = (f"{issue},{day:%d/%m/%Y}" for issue, day in enumerate(self.year(int(year)).days, 1))
        text = "\r\n".join(("OJS ,Publication date ", *rows, ""))
        return Answer(200, {"Content-Type": "text/csv;charset=UTF-8"}, text.encode())

    def _search(self, body: bytes) -> Answer:
        try:
            asked = json.loads(body)
        except ValueError:
            return _refused("BAD_REQUEST", "JSON parse error")
        wrong = _wrong(asked)
        if wrong:
            return wrong
        found = self._found(asked["query"])
        if found is None:
            return _refused("QUERY_SYNTAX_ERROR", f"cannot parse {asked['query']!r}")
        start = self._start(asked)
        if start is None:
            return Answer.json({"message": "Internal error"}, 500)
        return Answer.json(self._page(asked, found, start, hashlib.sha256(body).hexdigest()))

    def _start(self, asked: dict[str, Any]) -> int | None:
        """Return where a page begins; None for a token that was not given for this query."""
        if asked.get("paginationMode") != "ITERATION":
            return int((asked.get("page", 1) - 1) * asked["limit"])
        token = asked.get("iterationNextToken")
        if token is None:
            return 0
        start = int(str(token).partition(".")[0], 16) if re.match(r"[0-9a-f]+\.", str(token)) else 0
        return start if token == self._token(asked["query"], start) else None

    def _token(self, query: str, start: int) -> str:
        return f"{start:x}.{hashlib.sha256(f'{self.seed} {query} {start}'.encode()).hexdigest()[:24]}"

    def _page(self, asked: dict[str, Any], found: Found, start: int, key: str) -> dict[str, Any]:
        limit = asked["limit"]
        notices = found.notices[start : start + limit]
        timed_out = self._slow.drawn(key) == TIMED_OUT
        token = None
        if asked.get("paginationMode") == "ITERATION":
            token = self._token(asked["query"], start + len(notices))
        return {
            "notices": [self._hit(one, asked["fields"]) for one in (notices[: limit // 2] if timed_out else notices)],
            "totalNoticeCount": len(found.notices) + found.overstated,
            "iterationNextToken": token,
            "timedOut": timed_out,
        }

    def _hit(self, one: Published, fields: list[str]) -> dict[str, Any]:
        number = f"{one.number}-{one.year}"
        every = {
            "publication-number": number,
            "publication-date": f"{self.year(one.year).days[one.issue - 1]}+02:00",
            "ojs-number": f"{one.issue}/{one.year}",
            "notice-type": "can-standard" if one.place % 10 in RESULTS else "cn-standard",
            "links": {"xml": {"MUL": f"{self.address}/en/notice/{number}/xml"}},
        }
        return {name: every[name] for name in fields}

    @cached_property
    def floor(self) -> date:
        """The first day the search knows."""
        return self.today.replace(year=self.today.year - 10, day=min(self.today.day, 28))

    def _found(self, query: str) -> Found | None:
        query = query.partition(" SORT BY ")[0].strip()
        if found := _ISSUE.fullmatch(query):
            issue, year = int(found[1]), int(found[2])
            days = self.year(year).days
            return self._of(days[issue - 1], days[issue - 1]) if 1 <= issue <= len(days) else Found([])
        if found := _DAY.fullmatch(query):
            day = date(*map(int, found.groups()))
            return self._of(day, day)
        if found := _DAYS.fullmatch(query):
            ends = [int(one) for one in found.groups()]
            return self._of(date(*ends[:3]), date(*ends[3:]))
        if found := _NUMBER.fullmatch(query):
            one = self.year(int(found[2])).published(int(found[1]))
            return Found([one] if one else [])
        if found := _PROCEDURE.fullmatch(query):
            of_year = self.year(int(found[1]))
            call = of_year.published(int(found[2]))
            return Found([one for one in of_year.procedure(call) if not one.legacy] if call else [])
        return Found([]) if _OTHER_PROCEDURE.fullmatch(query) else None

    def _of(self, since: date, until: date) -> Found:
        since = max(since, self.floor)
        overstated = sum(since <= day <= until for day in self.planted.overstated)
        return Found(self.collected(since, until) if since <= until else [], overstated)


def _wrong(asked: dict[str, Any]) -> Answer | None:
    """Return why a search is refused, if it is."""
    unknown = asked.keys() - KEYS
    if unknown:
        return _refused("BAD_REQUEST", f"JSON parse error: Unrecognized field {min(unknown)!r}")
    fields, limit = asked.get("fields"), asked.get("limit", 10)
    if not fields or not set(fields) <= FIELDS:
        return _refused("SEARCH_UNSUPPORTED_FIELD", f"fields {fields!r}: supported are {sorted(FIELDS)}")
    if not 1 <= limit <= MOST:
        return _refused("SEARCH_EXCEEDS_MAX_LIMIT", f"limit {limit} exceeds {MOST}")
    if len(fields) * limit > PRICE:
        return _refused("SEARCH_FIELDS_PER_PAGE_EXCEEDS_MAX_LIMIT", f"{len(fields) * limit} exceeds {PRICE}")
    if asked.get("paginationMode") != "ITERATION" and asked.get("page", 1) * limit > WINDOW:
        return _refused("SEARCH_WINDOW_TOO_WIDE", f"page times limit exceeds {WINDOW}")
    if asked.get("scope", "ACTIVE") not in {"ACTIVE", "LATEST", "ALL"}:
        return _refused("BAD_REQUEST", "no such scope")
    return None


def _refused(kind: str, message: str) -> Answer:
    return Answer.json({"message": message, "error": {"type": kind}}, 400)


def _tar_answer(packed: bytes) -> Answer:
    return Answer(200, {"Content-Type": "application/gzip", "Accept-Ranges": "bytes"}, packed)


def tarred(members: Iterator[tuple[str, bytes]]) -> bytes:
    """Return members as a tar in gzip, the same for the same members."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, content in members:
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return gzip.compress(plain.getvalue(), 1, mtime=0)


def run() -> None:
    """Run the server as a process, with its own options before those of every server on loopback."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 9, 30))
    parser.add_argument("--size", type=int, nargs=2, default=(2_500, 3_500), metavar=("LEAST", "MOST"))
    parser.add_argument("--timeouts", type=float, default=0.0, help="probability of an incomplete page of the search")
    parser.add_argument("--silent-from", type=date.fromisoformat, default=date.max)
    parser.add_argument("--emptied", choices=("cpv", "amounts", "deadline", "title"))
    parser.add_argument("--emptied-from", type=date.fromisoformat, default=date.max)
    parser.add_argument("--guarded", action="store_true", help="challenge clients that do not name themselves")
    parser.add_argument("--no-calendar", action="store_true", help="404 for the release calendar")
    for name in ("missing", "halved", "overstated"):
        parser.add_argument(f"--{name}", type=date.fromisoformat, nargs="*", default=())
    own, sys.argv[1:] = parser.parse_known_args()
    missing, halved, overstated = (frozenset(getattr(own, name)) for name in ("missing", "halved", "overstated"))
    planted = Planted(own.silent_from, missing, halved, own.emptied, own.emptied_from, overstated)
    options: dict[str, Any] = {"size": tuple(own.size), "today": own.today, "timeouts": own.timeouts}
    options |= {"guarded": own.guarded, "calendar": not own.no_calendar}
    main(lambda faults, port: Ted(seed=faults.seed, planted=planted, faults=faults, port=port, **options))


def contract() -> Contract:
    """Return two weeks of small issues for the contract of all bulletins."""
    server = Ted(size=(3, 5))
    return Contract(
        server, {"api": server.address, "site": server.address}, Window(date(2026, 9, 1), date(2026, 9, 14))
    )


if __name__ == "__main__":
    run()

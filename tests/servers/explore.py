"""The Explore API v2.1 of Opendatasoft on loopback: what it answers and what it refuses.

In: datasets. Out: pages of records, exports, and the platform's errors.

A source's server gives its datasets to `Explore`, which answers what lies below `/api/explore/v2.1/`. A dataset says
which records a condition is about at all (`near`: those of some days): a page must not cost a look at them all.
"""

from __future__ import annotations

import re
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec

from tests.servers.loopback import Answer
from tests.servers.odsql import Malformed, condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.servers.loopback import Query

BASE = "/api/explore/v2.1"
_PATH = re.compile(rf"{BASE}/catalog/datasets/([^/]+)/(records|exports/jsonl?|exports/json)$")
_DAYS = re.compile(r"(\w+)\s*(>=|<=|=)\s*date'(\d{4}-\d{2}-\d{2})'")
_KNOWN = {"where", "order_by", "limit", "offset", "select", "timezone", "lang", "include_links"}
MOST, REACH = 100, 10_000


class Record(Protocol):
    """A record: its fields by name, and its bytes as the API writes them."""

    @property
    def fields(self) -> Mapping[str, Any]: ...

    @property
    def json(self) -> bytes: ...


class Asked(NamedTuple):
    """What a request asks of a dataset; `since` and `until` are the days its condition is about, where it says so."""

    where: str
    offset: int
    limit: int
    since: date | None
    until: date | None


class Dataset(Protocol):
    """What the API serves under a name."""

    @property
    def types(self) -> Mapping[str, str]:
        """Return the fields, each `text`, `date`, `int` or `double`."""

    @property
    def day(self) -> str:
        """Return the field that holds the day of publication."""

    def near(self, asked: Asked) -> Iterable[Record]:
        """Return at least the records that the days of a request hold."""

    def total(self, asked: Asked, found: int) -> int:
        """Return the total that is announced for what was found: `found`, unless a fault is planted."""


class Explore:
    """Answers the requests of the API; `quota` is how many it grants a day."""

    def __init__(self, datasets: Mapping[str, Dataset], quota: int = 2_000_000) -> None:
        self._datasets, self._quota, self._spent, self._lock = datasets, quota, 0, Lock()

    def answer(self, path: str, query: Query) -> Answer:
        """Return what the API answers."""
        with self._lock:
            self._spent += 1
            left = self._quota - self._spent
        limits = {"X-RateLimit-Limit": str(self._quota), "X-RateLimit-Remaining": str(max(left, 0))}
        limits["X-RateLimit-Reset"] = "2026-09-12 00:00:00+00:00"
        if left < 0:
            answer = _refused(429, "RateLimitExceeded", "Too many requests. You have exceeded the daily quota.")
        else:
            answer = self._answered(path, query)
        return answer._replace(headers={**answer.headers, **limits})

    def _answered(self, path: str, query: Query) -> Answer:
        found = _PATH.fullmatch(path)
        if found is None or found[1] not in self._datasets:
            return _refused(404, "DatasetNotFound", "The requested dataset does not exist.")
        if unknown := query.keys() - _KNOWN:
            return _refused(400, "InvalidRESTParameterError", f"Unknown API parameter: {min(unknown)}")
        try:
            return self._page(self._datasets[found[1]], found[2], query)
        except _Wrong as error:
            return _refused(400, "InvalidRESTParameterError", str(error))
        except Malformed as error:
            return _refused(400, "ODSQLError", str(error))

    def _page(self, dataset: Dataset, what: str, query: Query) -> Answer:
        asked = _asked(query, dataset.day, exported=what != "records")
        test = condition(asked.where, dataset.types) if asked.where else lambda _: True
        found = _ordered([one for one in dataset.near(asked) if test(one.fields)], query, dataset.types)
        shown = _written(found[asked.offset :][: asked.limit], query, dataset.types)
        if what == "exports/jsonl":
            return Answer(
                200, {"Content-Type": "application/jsonl; charset=utf-8"}, b"".join(one + b"\n" for one in shown)
            )
        if what == "exports/json":
            return Answer(200, {"Content-Type": "application/json"}, b"[" + b",\n".join(shown) + b"]")
        total = dataset.total(asked, len(found))
        body = b'{"total_count": %d, "results": [%s]}' % (total, b", ".join(shown))
        return Answer(200, {"Content-Type": "application/json; charset=utf-8"}, body)


class _Wrong(Exception):  # noqa: N818 - a parameter
    """A parameter is wrong."""


def _refused(status: int, code: str, message: str) -> Answer:
    return Answer.json({"error_code": code, "message": message}, status)


def _asked(query: Query, day: str, *, exported: bool) -> Asked:
    limit = _number(query, "limit", -1 if exported else 10)
    offset = _number(query, "offset", 0)
    if not exported and not -1 <= limit <= MOST:
        raise _Wrong(f"Invalid value for limit API parameter: {limit} was found but -1 <= limit <= 100 is expected.")
    if not exported and offset + limit > REACH:
        raise _Wrong(
            "Invalid value for sum of offset + limit API parameter: "
            f"{offset + limit} was found but <= 10000 is expected."
        )
    where = query.get("where", [""])[-1]
    return Asked(where, offset, (10**9 if exported else MOST) if limit == -1 else limit, *_days(where, day))


def _number(query: Query, name: str, otherwise: int) -> int:
    value = query.get(name, [str(otherwise)])[-1]
    if not re.fullmatch(r"-?\d+", value):
        raise _Wrong(f"Invalid value for {name} API parameter: {value} is not an integer.")
    return int(value)


def _days(where: str, day: str) -> tuple[date | None, date | None]:
    """Return the days a condition is about, as far as it is a conjunction."""
    since = until = None
    if " or " not in where.lower():
        for field, mark, text in _DAYS.findall(where):
            if field == day:
                since = date.fromisoformat(text) if mark in {"=", ">="} else since
                until = date.fromisoformat(text) if mark in {"=", "<="} else until
    return since, until


def _ordered(found: list[Record], query: Query, types: Mapping[str, str]) -> list[Record]:
    """Return the records in the order asked for, the last criterion first."""
    for order in reversed([one for text in query.get("order_by", []) for one in text.split(",")]):
        field, _, direction = order.strip().partition(" ")
        if field not in types or direction.lower() not in {"", "asc", "desc"}:
            raise Malformed(f"ODSQL query is malformed: Unknown field: {field}")
        found.sort(key=lambda one: str(one.fields[field] or ""), reverse=direction.lower() == "desc")
    return found


def _written(found: Sequence[Record], query: Query, types: Mapping[str, str]) -> list[bytes]:
    selected = [one.strip() for text in query.get("select", []) for one in text.split(",")]
    for one in selected:
        if one not in types:
            raise Malformed(f"ODSQL query is malformed: Unknown field: {one}")
    if not selected:
        return [one.json for one in found]
    return [msgspec.json.encode({name: one.fields[name] for name in selected}) for one in found]

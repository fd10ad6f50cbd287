r"""The Explore API v2.1 of Opendatasoft, which serves the BOAMP and the essential data of contracts (DECP).

In: what is wanted of a dataset. Out: requests; from an answer, its total and the keys of its records; the next request.

Pages hold at most 100 records and no page reaches beyond the 10,000th (the platform answers 400): what holds more is
exported instead, whose length is not bounded. Records move between pages unless they are asked for in a total order.

>>> ask = records("https://example.org/api/explore/v2.1", "boamp", where=same("idweb", '20-1"'), order_by="idweb")
>>> ask.url.partition("?")[2]
'where=idweb%3D%2220-1%5C%22%22&order_by=idweb&limit=100&offset=0'
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import msgspec

from beffroi.bulletins.bulletin import Page
from beffroi.errors import Garbled
from beffroi.fetch.ask import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from beffroi.fetch.ask import Response

LIMIT = 100
"""Records on a page, at most (the default is 10)."""

REACH = 10_000
"""The highest offset + limit that is answered."""

Row = TypeVar("Row")


class Answer(msgspec.Struct, Generic[Row], frozen=True):
    """A page of records. `Row` has the fields that are decoded; all others are passed over unread."""

    total_count: int
    results: list[Row]


def text(value: str) -> str:
    r"""Return a text as ODSQL writes it, so that nothing in it is taken for a condition.

    >>> print(text('l"avis \\'))
    "l\"avis \\"
    """
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def same(field: str, *values: str) -> str:
    """Return the condition that a field, or one value of its list, is one of the values.

    >>> same("annonce_lie", "20-1", "20-2")
    'annonce_lie="20-1" or annonce_lie="20-2"'
    """
    return " or ".join(f"{field}={text(one)}" for one in values)


def between(field: str, since: date, until: date) -> str:
    """Return the condition that a date lies between two days, both included.

    >>> from datetime import date
    >>> between("dateparution", date(2026, 9, 11), date(2026, 9, 11))
    "dateparution=date'2026-09-11'"
    """
    if since == until:
        return f"{field}=date'{since}'"
    return f"{field}>=date'{since}' and {field}<=date'{until}'"


def records(base: str, dataset: str, *, where: str, order_by: str, offset: int = 0) -> Ask:
    """Return the request for a page of records, in the order of a field that tells them apart."""
    asked = {"where": where, "order_by": order_by, "limit": LIMIT, "offset": offset}
    return _ask(base, dataset, "records", asked)


def census(base: str, dataset: str, *, where: str, order_by: str) -> Ask:
    """Return the request that only asks how many records there are: one key of one record comes with it."""
    asked = {"select": order_by, "where": where, "order_by": order_by, "limit": 1}
    return _ask(base, dataset, "records", asked)


def export(base: str, dataset: str, *, where: str, order_by: str) -> Ask:
    """Return the request for all records at once, one a line, to be downloaded."""
    ask = _ask(base, dataset, "exports/jsonl", {"where": where, "order_by": order_by})
    return msgspec.structs.replace(ask, what="package")


def _ask(base: str, dataset: str, what: str, asked: Mapping[str, object]) -> Ask:
    address = f"{base.rstrip('/')}/catalog/datasets/{quote(dataset, safe='')}/{what}"
    return Ask(f"{address}?{urlencode(asked)}", accept="application/json")


def is_answer(ask: Ask) -> bool:
    """Return whether a request asks this API for records."""
    return urlsplit(ask.url).path.endswith("/records")


def page(ask: Ask, response: Response, answers: type[Answer[Row]], key: Callable[[Row], str | None]) -> Page:
    """Return what an answer says of its slice; raises Garbled where it is no page of records.

    A record without a key counts under its place, so that it is missed when it does not come; one that stands twice on
    a page counts twice: no shift of the pages does that, the dataset repeats it. A page that is shorter
    than it should be is followed by what it left out; the last request is the one that reaches the total.
    """
    answer = _decoded(response, answers)
    asked = dict(parse_qsl(urlsplit(ask.url).query))
    if "select" in asked:
        export_ = _exported(ask, asked)
        return Page(answer.total_count, members=(export_,) if answer.total_count else (), holds=False)
    offset = int(asked.get("offset", "0"))
    if not offset and answer.total_count > REACH:
        return Page(answer.total_count, members=(_exported(ask, asked),), holds=False)
    numbers = each(key(row) or f"?{offset + place}" for place, row in enumerate(answer.results))
    found = Page(answer.total_count, numbers, holds=bool(numbers))
    after = offset + (len(numbers) or LIMIT)
    if after >= answer.total_count:
        return found
    if after + LIMIT > REACH:
        return found._replace(members=(_exported(ask, asked),))
    return found._replace(following=_at(ask, asked, after))


def each(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of a page, those that repeat told apart.

    >>> each(["a", "b", "a"])
    ('a', 'b', 'a (2)')
    """
    met: Counter[str] = Counter()
    found = []
    for one in keys:
        met[one] += 1
        found.append(one if met[one] == 1 else f"{one} ({met[one]})")
    return tuple(found)


def _decoded(response: Response, answers: type[Answer[Row]]) -> Answer[Row]:
    try:
        answer = msgspec.json.decode(response.body, type=answers)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Garbled(f"{response.url}: no page of records: {error}") from error
    if answer.total_count < 0:
        raise Garbled(f"{response.url}: a total of {answer.total_count}")
    return answer


def _at(ask: Ask, asked: dict[str, str], offset: int) -> Ask:
    address = ask.url.partition("?")[0]
    return msgspec.structs.replace(ask, url=f"{address}?{urlencode(asked | {'offset': str(offset)})}")


def _exported(ask: Ask, asked: dict[str, str]) -> Ask:
    """Return the export of what a request for records asks for."""
    address = ask.url.partition("?")[0].removesuffix("/records")
    query = urlencode([(name, value) for name, value in asked.items() if name in {"where", "order_by"}])
    return msgspec.structs.replace(ask, url=f"{address}/exports/jsonl?{query}", what="package")

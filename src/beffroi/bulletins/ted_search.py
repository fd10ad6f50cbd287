"""The search of TED, version 3: how it is asked, and what it answers.

In: an expert query, an answer's bytes. Out: requests, `Answer`s.

A body may hold no key and no field that the service does not know (400), `fields` may not be empty, `limit` is at most
250. With `ITERATION` each page bears a token for the next one; the last page is empty and may bear one, too. A page
with `timedOut` is incomplete although its status is 200. The search reaches ten years back, from the day it is asked.

>>> ask = listed("publication-date=20260907", {"api": "https://api.example", "site": "https://site.example"})
>>> ask.url, search_of(ask).limit, ask.base
('https://api.example/v3/notices/search', 250, 'https://site.example')
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import msgspec

from beffroi.bulletins.official_journal import notice_number
from beffroi.errors import Garbled
from beffroi.fetch.ask import Ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.fetch.ask import Response

MOST = 250
"""The most notices of one page; more is refused (SEARCH_EXCEEDS_MAX_LIMIT)."""
REACH = 10
"""Years that the search looks back; it moves on by a day each day."""


class Search(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """What is asked."""

    query: str
    fields: tuple[str, ...]
    limit: int
    scope: str
    pagination_mode: str
    page: int | None = None
    iteration_next_token: str | None = None


class Hit(msgspec.Struct, frozen=True, rename="kebab"):
    """A notice that was found: its number, and the issue it is in where that was asked for."""

    publication_number: str
    ojs_number: str | None = None


class Answer(msgspec.Struct, frozen=True, rename="camel"):
    """A page of what was found; `total_notice_count` counts all pages."""

    notices: tuple[Hit, ...]
    total_notice_count: Annotated[int, msgspec.Meta(ge=0)]
    iteration_next_token: str | None = None
    timed_out: bool = False

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of its notices, without leading zeros."""
        return tuple(one for hit in self.notices if (one := own_number(hit.publication_number)))


def counted(query: str, addresses: Mapping[str, str]) -> Ask:
    """Return the request for the total of a query, and for the issue of its first notice."""
    fields = ("publication-number", "ojs-number")
    return _asked(Search(query, fields, 1, "ALL", "PAGE_NUMBER", page=1), addresses)


def listed(query: str, addresses: Mapping[str, str]) -> Ask:
    """Return the request for the first page of a query."""
    return _asked(Search(query, ("publication-number",), MOST, "ALL", "ITERATION"), addresses)


def _asked(search: Search, addresses: Mapping[str, str]) -> Ask:
    url = f"{addresses['api'].rstrip('/')}/v3/notices/search"
    body = msgspec.json.encode(search)
    return Ask(url, body=body, accept="application/json", base=addresses["site"].rstrip("/"))


def search_of(ask: Ask) -> Search:
    """Return what a request asks of the search."""
    return msgspec.json.decode(ask.body or b"", type=Search)


def next_page(ask: Ask, token: str) -> Ask:
    """Return the request for the page a token stands for."""
    body = msgspec.json.encode(msgspec.structs.replace(search_of(ask), iteration_next_token=token))
    return msgspec.structs.replace(ask, body=body)


def answer_of(body: bytes) -> Answer:
    """Return a page of the search; raises Garbled for what is none, or incomplete."""
    try:
        answer = msgspec.json.decode(body, type=Answer)
    except msgspec.DecodeError as error:
        raise Garbled(f"TED's search answered something else than a page of notices: {error}") from error
    if answer.timed_out:
        raise Garbled("TED's search ran out of time: its page is incomplete")
    for hit in answer.notices:
        if own_number(hit.publication_number) is None:
            raise Garbled(f"TED's search names a notice that has no number: {hit.publication_number[:40]}")
    return answer


def own_number(text: str) -> str | None:
    """Return the number of a text that can only be a number of TED's, however short.

    >>> own_number("7-2026"), own_number("first")
    ('7-2026', None)
    """
    return notice_number(f"ted:{text}")


def reach(response: Response) -> date:
    """Return the day up to which the search knew nothing any more when it answered, give or take two."""
    return date.fromisoformat(response.retrieved[:10]) - timedelta(REACH * 365)

r"""Release packages served a page at a time, each naming the next: how Find a Tender and Contracts Finder publish.

In: an answer. Out: the releases it holds, by their ids, and the request for the next page.

No total is ever announced: a window is whole when a page names no next one. A next page elsewhere than under the same
address, or the same page again, is an answer that cannot be what was asked for.

>>> from beffroi.fetch.ask import Ask, Response
>>> body = b'{"releases": [{"ocid": "ocds-x-1", "id": "1-2026"}], "links": {"next": "https://x.example/p?cursor=b"}}'
>>> found = page(Ask("https://x.example/p?cursor=a"), Response("https://x.example/p", 200, {}, body, ""))
>>> found.numbers, found.following.url
(('ocds-x-1:1-2026',), 'https://x.example/p?cursor=b')
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import msgspec

from beffroi.bulletins.bulletin import Page
from beffroi.errors import Garbled

if TYPE_CHECKING:
    from beffroi.fetch.ask import Ask, Response

LIMIT = 100
"""Releases on a page, at most."""


class _Release(msgspec.Struct):
    ocid: str
    id: str


class _Links(msgspec.Struct):
    next: str | None = None


class _Package(msgspec.Struct):
    releases: list[_Release]
    links: _Links | None = None


def page(ask: Ask, response: Response) -> Page:
    """Return what a page says; raises Garbled where it is no release package."""
    try:
        package = msgspec.json.decode(response.body, type=_Package)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Garbled(f"{response.url}: no release package: {error}") from error
    numbers = tuple(f"{one.ocid}:{one.id}" for one in package.releases)
    link = package.links.next if package.links else None
    return Page(None, numbers, _next(ask, link) if link else None, holds=bool(numbers))


def _next(ask: Ask, link: str) -> Ask:
    """Return the request for the next page, under the address that was asked whatever host the link names.

    A service behind another name links to its own; what follows the path is the cursor.
    """
    asked, named = urlsplit(ask.url), urlsplit(urljoin(ask.url, link))
    if named.path.rpartition("/")[2] != asked.path.rpartition("/")[2] or named.query == asked.query or not named.query:
        raise Garbled(f"{ask.url}: its next page is {link}, no page that follows it")
    return msgspec.structs.replace(ask, url=asked._replace(query=named.query, fragment="").geturl())

"""Any publisher of OCDS: release or record packages, JSON lines, at an address told with `--at`.

In: an address. Out: one slice: a file (`.json`, `.jsonl`, packed or not) is fetched to disk and opened as a package;
another address answers pages of releases, each naming the next.

What is at an address has no publication days: every window brings all of it, and nothing is promised.

>>> piece = next(slices(Window(date(2026, 9, 1), date(2026, 9, 30)), "address", ()))
>>> first(piece, {"url": "https://data.example/full.jsonl.gz"}).what, first(piece, {"url": "https://x.example/api"}).what
('package', 'page')
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from beffroi.bulletins import releases
from beffroi.bulletins.bulletin import Bulletin, Page, Slice, Window
from beffroi.fetch.ask import Ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.fetch.ask import Response
    from beffroi.notices import Notice

BULLETIN = Bulletin(
    name="ocds",
    source="ocds",
    title={"fr": "Un éditeur de données OCDS, à son adresse", "en": "A publisher of OCDS, at its address"},
    publisher="–",
    homepage="",
    licence="–",
    licence_url="",
    attribution={
        "fr": "Données OCDS collectées le {date} : licence et mention sont celles que leur éditeur indique.",
        "en": "OCDS data collected on {date}: licence and acknowledgement are those that their publisher states.",
    },
    addresses={"url": ""},
    ways=("address",),
    promise=None,
    begins=date(1900, 1, 1),
    month=None,
    given=True,
)
_FILE = re.compile(r"\.(?:json|jsonl|ndjson)(?:\.gz|\.zip)?$|\.(?:zip|gz|tgz|tar)$", re.IGNORECASE)


def calendars(window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return nothing: the address is all that is asked."""
    del window, way, addresses
    return ()


def slices(window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:
    """Return the one slice there is."""
    del answers
    yield Slice("all", way, *window)


def first(piece: Slice, addresses: Mapping[str, str]) -> Ask:
    """Return the request for the file, or for the first page."""
    del piece
    url = addresses["url"]
    return Ask(url, what="package" if _FILE.search(urlsplit(url).path) else "page")


def page(ask: Ask, response: Response) -> Page:
    """Return what a page of releases says; raises Garbled."""
    return releases.page(ask, response)


def number(text: str) -> None:
    """Return None: no number tells at which address a process is published."""
    del text


def wanted(number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return nothing: an address is collected whole."""
    del number, addresses
    return ()


def related(notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return nothing, for the same reason."""
    del notice, addresses
    return ()

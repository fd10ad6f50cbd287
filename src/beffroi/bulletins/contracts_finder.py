"""Contracts Finder, England's bulletin of smaller contracts: release packages of OCDS, by day of publication.

In: windows, answers. Out: slices, requests, what pages say.

Pages hold 100 releases at most, each names the next by a cursor. Too many requests are refused with 403 or 429: the
service then wants five minutes.

>>> from datetime import date
>>> first(next(slices(Window(date(2026, 9, 3), date(2026, 9, 3)), "api", ())), BULLETIN.addresses).url.partition("?")[2]
'publishedFrom=2026-09-03T00%3A00%3A00&publishedTo=2026-09-03T23%3A59%3A59&limit=100'
>>> number("ocds-b5fd17-01234567-89ab-cdef-0123-456789abcdef")
'ocds-b5fd17-01234567-89ab-cdef-0123-456789abcdef'
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from beffroi.bulletins import releases
from beffroi.bulletins.bulletin import Bulletin, Page, Promise, Size, Slice, Window
from beffroi.bulletins.holidays import british
from beffroi.fetch.ask import Ask, Manners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.fetch.ask import Response
    from beffroi.notices import Notice

BULLETIN = Bulletin(
    name="contracts_finder",
    source="ocds",
    ids="ocds:ocds-b5fd17-",
    title={"fr": "Contracts Finder (Royaume-Uni)", "en": "Contracts Finder (United Kingdom)"},
    publisher="Cabinet Office",
    homepage="https://www.contractsfinder.service.gov.uk/",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    attribution={
        "fr": "Contient des informations du secteur public sous Open Government Licence v3.0 "
        "(Contracts Finder, {date}).",
        "en": "Contains public sector information licensed under the Open Government Licence v3.0 "
        "(Contracts Finder, {date}).",
    },
    addresses={"api": "https://www.contractsfinder.service.gov.uk/Published"},
    ways=("api",),
    manners=Manners(concurrency=1, interval=1.0, first_wait=300.0, longest_wait=300.0),
    # On 11 March 2025, after the Procurement Act 2023, 53 releases came in two hours of a morning.
    promise=Promise(notices=(20, 20, 20, 20, 20, 0, 0), silence=5, settles=2, holidays=british),
    begins=date(2015, 1, 1),
    month=Size(notices=4500, megabytes=40, minutes=3),
)

_GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OCID = rf"ocds-b5fd17-{_GUID}"
_NAMED = re.compile(rf"(?:ocds:)?({_OCID})(?::\S+)?", re.IGNORECASE)


def calendars(window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return nothing: each day can be asked for."""
    del window, way, addresses
    return ()


def slices(window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:
    """Return the days of the window."""
    del answers
    return (Slice(f"{way}:{day}", way, day, day) for day in window.days())


def first(piece: Slice, addresses: Mapping[str, str]) -> Ask:
    """Return the request for a day's first page."""
    asked = {
        "publishedFrom": f"{piece.since}T00:00:00",
        "publishedTo": f"{piece.until}T23:59:59",
        "limit": releases.LIMIT,
    }
    return Ask(f"{addresses['api']}/Notices/OCDS/Search?{urlencode(asked)}", accept="application/json")


def page(ask: Ask, response: Response) -> Page:
    """Return what a page of releases says; raises Garbled."""
    return releases.page(ask, response)


def number(text: str) -> str | None:
    """Return the ocid in an ocid or in an id of ours; a notice's page bears another number."""
    named = _NAMED.fullmatch(text.strip())
    return named[1].lower() if named else None


def wanted(number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the request for the record of a process."""
    return (Ask(f"{addresses['api']}/OCDS/Record/{number}", what="document", accept="application/json", number=number),)


def related(notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the request for the record of a notice's process."""
    ocid = notice.procedure.id if notice.procedure else None
    return wanted(ocid, addresses) if ocid and re.fullmatch(_OCID, ocid) else ()

"""Find a Tender, the United Kingdom's service of public procurement: release packages of OCDS, by day of update.

In: windows, answers. Out: slices, requests, what pages say.

`updatedFrom` and `updatedTo` are local time in the United Kingdom; pages hold 100 releases at most, the newest first,
and each names the next by a cursor. Asked for by a notice's number or an ocid, the service answers that one alone.

>>> from datetime import date
>>> first(next(slices(Window(date(2026, 9, 3), date(2026, 9, 3)), "api", ())), BULLETIN.addresses).url.partition("?")[2]
'updatedFrom=2026-09-03T00%3A00%3A00&updatedTo=2026-09-03T23%3A59%3A59&limit=100'
>>> number("https://www.find-tender.service.gov.uk/Notice/011531-2025"), number("ocds-h6vhtk-0fffff"), number("7-2026")
('011531-2025', 'ocds-h6vhtk-0fffff', None)
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
    name="fts",
    source="ocds",
    ids="ocds:ocds-h6vhtk-",
    title={"fr": "Find a Tender (Royaume-Uni)", "en": "Find a Tender (United Kingdom)"},
    publisher="Cabinet Office",
    homepage="https://www.find-tender.service.gov.uk/",
    licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    attribution={
        "fr": "Contient des informations du secteur public sous Open Government Licence v3.0 (Find a Tender, {date}).",
        "en": "Contains public sector information licensed under the Open Government Licence v3.0 "
        "(Find a Tender, {date}).",
    },
    addresses={"api": "https://www.find-tender.service.gov.uk/api/1.0"},
    ways=("api",),
    # "Rate limit of 12 exceeded", Retry-After 120: twelve requests in two minutes pass.
    manners=Manners(concurrency=1, interval=10.0),
    # Notice 041267 came out on 5 May 2026, 086253 on 11 September: 340 a day, weekends included.
    promise=Promise(notices=(150, 150, 150, 150, 150, 0, 0), silence=4, settles=2, holidays=british),
    begins=date(2021, 1, 1),
    month=Size(notices=10000, megabytes=150, minutes=25),
)

_PACKAGES = "ocdsReleasePackages"
_NUMBER, _OCID = r"\d{6}-\d{4}", r"ocds-h6vhtk-[0-9a-f]{6}"
_NAMED = re.compile(rf"(?:ocds:{_OCID}:|fts\s*:?\s*)({_NUMBER})|(?:ocds:)?({_OCID})", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"(?:https?://)?(?:www\.)?find-tender\.service\.gov\.uk/(?:\S*/)?({_NUMBER}|{_OCID})(?![\w-])", re.IGNORECASE
)


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
        "updatedFrom": f"{piece.since}T00:00:00",
        "updatedTo": f"{piece.until}T23:59:59",
        "limit": releases.LIMIT,
    }
    return Ask(f"{addresses['api']}/{_PACKAGES}?{urlencode(asked)}", accept="application/json")


def page(ask: Ask, response: Response) -> Page:
    """Return what a page of releases says; raises Garbled."""
    return releases.page(ask, response)


def number(text: str) -> str | None:
    """Return a notice's number or its process's ocid; a bare number might as well be one of TED's, and is none."""
    stated = text.strip()
    named = _NAMED.fullmatch(stated) or _ADDRESS.match(stated)
    return next((one.lower() for one in named.groups() if one), None) if named else None


def wanted(number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the request for one notice, or for those of a process."""
    return (Ask(f"{addresses['api']}/{_PACKAGES}/{number}", accept="application/json"),)


def related(notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the request for all notices of a notice's process."""
    ocid = notice.procedure.id if notice.procedure else None
    return wanted(ocid, addresses) if ocid and re.fullmatch(_OCID, ocid) else ()

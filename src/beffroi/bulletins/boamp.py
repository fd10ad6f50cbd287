"""The BOAMP, France's bulletin of public procurement, published by the DILA seven days a week, twice a day.

In: windows, answers. Out: slices, requests, what pages say.

Three ways: `api`, the open data a publication day at a time (in the order of the numbers, which is total); `export`,
the same a month at a time, for long histories; `archives`, the XML that the DILA deposits. An archive of 2022 or later
is a folder a day with a document a notice; those of 2015 to 2021 are packages in a folder a year (schema v2.3.0), which
cannot be cut by day: the whole year belongs to each window that touches it.

>>> from datetime import date
>>> [one.key for one in slices(Window(date(2026, 8, 31), date(2026, 9, 30)), "export", ())]
['export:2026-08-31', 'export:2026-09']
>>> number("https://www.boamp.fr/pages/avis/?q=idweb:%2220-51423%22")
'20-51423'
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from beffroi.bulletins import explore
from beffroi.bulletins.bulletin import Bulletin, Page, Promise, Size, Slice, Window
from beffroi.bulletins.holidays import french
from beffroi.bulletins.listing import names
from beffroi.fetch.ask import Ask, Manners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.fetch.ask import Response
    from beffroi.notices import Notice

BULLETIN = Bulletin(
    name="boamp",
    source="boamp",
    title={
        "fr": "Bulletin officiel des annonces des marchés publics (BOAMP)",
        "en": "BOAMP, the French bulletin of public procurement",
    },
    publisher="DILA (Direction de l'information légale et administrative)",
    homepage="https://www.boamp.fr/",
    licence="Licence Ouverte / Open Licence 2.0 (etalab-2.0)",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    attribution={
        "fr": "Source : DILA, Bulletin officiel des annonces des marchés publics (BOAMP), données du {date}, "
        "Licence Ouverte 2.0.",
        "en": "Source: DILA, Bulletin officiel des annonces des marchés publics (BOAMP), data of {date}, "
        "Licence Ouverte (Open Licence) 2.0.",
    },
    addresses={
        "api": "https://boamp-datadila.opendatasoft.com/api/explore/v2.1",
        "archives": "https://echanges.dila.gouv.fr/OPENDATA/BOAMP",
    },
    ways=("api", "export", "archives"),
    manners=Manners(concurrency=2, interval=0.1),
    # In 2020 every single day had notices; Mondays and Tuesdays the fewest, about four in ten of a Wednesday's; in
    # September 2026 a day had 105 to 414. A day's second publication comes in the evening, and the API follows it.
    promise=Promise(notices=(50, 50, 150, 150, 150, 70, 70), silence=1, settles=2, holidays=french),
    begins=date(2015, 3, 1),
    month=Size(notices=9000, megabytes=200, minutes=3),
)

_DATASET = "boamp"
_KEY = "idweb"
_PACKAGED, _HISTORY = "FluxHistorique/Boamp_v230", "FluxHistorique/Boamp_v240"
_PACKAGED_UNTIL = 2021
"""Schema v2.3.0 ends with 2021 (DILA's description of the open data); until then a year is a folder of packages."""

_NUMBER = r"[0-9]{2}-[0-9]{1,7}"
_PLAIN = re.compile(rf"(?:boamp\s*:?\s*)?(?:n[°o]\s*)?({_NUMBER})", re.IGNORECASE)
_OLDER = re.compile(r"(?:boamp:)?(BOAMP-\d{2}-\d{1,7})")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:(?:www\.)?boamp\.fr|boamp-datadila\.opendatasoft\.com|echanges\.dila\.gouv\.fr)(?=[/?#])",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(rf"(?:idweb\W{{1,6}}|/avis/detail/|/)({_NUMBER})(?![\d-])")
_FOLDER_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_LISTED = re.compile(
    rf"(?P<document>{_NUMBER})\.xml"
    r"|(?P<package>xml\.zip|[A-Z]{1,8}(?:-[A-Z]{1,3}){1,3}_\d{4}_\d{1,9}\.(?:taz|tar\.Z|tar\.gz|tgz|zip))"
    r"|(?P<folder>(?:BOAMP-[JN]|MAPA)-(?:AO|IC-AA)(?:_\d{4}_\d{1,9})?/)"
    r"|(?P<year>\d{4}/)"
)
_YEAR = re.compile(r"/Boamp_v230/(\d{4})/$")
_NAMED_AT_ONCE = 20


class _Row(msgspec.Struct):
    idweb: object = None


def calendars(window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the requests for the folders that say how the archives are laid out (the other ways need none).

    A year up to 2021 lists its packages, or a folder for each kind of them; the root lists the years that are not yet
    moved to the history.
    """
    if way != "archives":
        return ()
    years = range(max(window.since, BULLETIN.begins).year, min(window.until.year, _PACKAGED_UNTIL) + 1)
    root = [f"{addresses['archives']}/"] if window.until.year > _PACKAGED_UNTIL else []
    return tuple(Ask(one) for one in (*(f"{addresses['archives']}/{_PACKAGED}/{year}/" for year in years), *root))


def slices(window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:
    """Return days (`api`); months, and days of months that the window cuts (`export`); days and years (`archives`)."""
    if way == "api":
        yield from (_slice(way, str(day), day, day) for day in window.days())
    elif way == "export":
        for month in window.months():
            if window.since <= month.since and month.until <= window.until:
                yield _slice(way, f"{month.since:%Y-%m}", *month)
            else:
                cut = Window(max(month.since, window.since), min(month.until, window.until))
                yield from (_slice(way, str(day), day, day) for day in cut.days())
    else:
        yield from _archived(window, answers)


def _slice(way: str, name: str, since: date, until: date) -> Slice:
    return Slice(f"{way}:{name}", way, since, until)


def _archived(window: Window, answers: tuple[Response, ...]) -> Iterator[Slice]:
    present: set[str] = set()
    for answer in answers:
        listed = [one for one in map(_LISTED.fullmatch, names(answer.url, answer.body)) if one]
        if folder := _YEAR.search(answer.url):
            year = int(folder[1])
            days = Window(max(date(year, 1, 1), BULLETIN.begins), date(year, 12, 31))
            if any(one.lastgroup != "folder" for one in listed):
                yield _slice("archives", f"{_PACKAGED}/{year}", *days)
            kinds = (one[0].rstrip("/") for one in listed if one.lastgroup == "folder")
            yield from (_slice("archives", f"{_PACKAGED}/{year}/{kind}", *days) for kind in kinds)
        else:
            present = {one[0] for one in listed if one.lastgroup == "year"}
    for day in Window(max(window.since, date(_PACKAGED_UNTIL + 1, 1, 1)), window.until).days():
        moved = "" if f"{day.year}/" in present else f"{_HISTORY}/"
        yield _slice("archives", f"{moved}{day:%Y/%m/%d}", day, day)


def first(piece: Slice, addresses: Mapping[str, str]) -> Ask:
    """Return the request that begins a slice: its first page, its total, its folder."""
    if piece.way == "archives":
        return Ask(f"{addresses['archives']}/{piece.key.partition(':')[2]}/")
    where = explore.between("dateparution", piece.since, piece.until)
    asking = explore.records if piece.way == "api" else explore.census
    return asking(addresses["api"], _DATASET, where=where, order_by=_KEY)


def page(ask: Ask, response: Response) -> Page:
    """Return what an answer says: a page of records, or a folder of the archives; raises Garbled for another."""
    if explore.is_answer(ask):
        return explore.page(ask, response, explore.Answer[_Row], _key)
    found = [one for one in map(_LISTED.fullmatch, names(ask.url, response.body)) if one]
    numbers = tuple(one["document"] for one in found if one.lastgroup == "document")
    documents = (Ask(f"{ask.url}{one}.xml", what="document", number=one) for one in numbers)
    packages = [Ask(ask.url + one[0], what="package") for one in found if one.lastgroup == "package"]
    return Page(None if packages else len(numbers), numbers, members=(*documents, *packages), holds=False)


def _key(row: _Row) -> str | None:
    return row.idweb if isinstance(row.idweb, str) and row.idweb else None


def number(text: str) -> str | None:
    """Return the number in a number, an identifier of ours, or the address of a notice's page, as often encoded.

    >>> number(" boamp:20-51423"), number("www.boamp.fr/avis/detail/20-51423/officiel"), number("175835-2020")
    ('20-51423', '20-51423', None)
    """
    stated = text.strip()
    plain = _PLAIN.fullmatch(stated) or _OLDER.fullmatch(stated)
    if plain:
        return plain[1]
    address = _ADDRESS.match(stated)
    found = _IN_ADDRESS.search(unquote(unquote(stated[address.end() :]))) if address else None
    return found[1] if found else None


def wanted(number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the requests for the record of a number and for those that name it (`annonce_lie`)."""
    return (_where(addresses, explore.same(_KEY, number)), _where(addresses, explore.same("annonce_lie", number)))


def related(notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the requests for the notices of the same procedure (eForms) and for those it names, with their kin."""
    asks = []
    folder = notice.procedure.id if notice.procedure else None
    if folder and _FOLDER_ID.fullmatch(folder):
        asks.append(_where(addresses, explore.same("contractfolderid", folder)))
    targets = (number(link.target) for link in notice.links if link.target.startswith("boamp:"))
    linked = sorted({one for one in targets if one})
    for at in range(0, len(linked), _NAMED_AT_ONCE):
        some = linked[at : at + _NAMED_AT_ONCE]
        asks += [_where(addresses, explore.same(field, *some)) for field in (_KEY, "annonce_lie")]
    return tuple(asks)


def _where(addresses: Mapping[str, str], where: str) -> Ask:
    return explore.records(addresses["api"], _DATASET, where=where, order_by=_KEY)

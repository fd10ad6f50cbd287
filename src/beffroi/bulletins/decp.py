"""The DECP, essential data of public contracts in France, published by the ministry of the economy.

In: windows, answers. Out: slices, requests, what pages say.

Two ways: `api`, the open data a publication day at a time, each dataset by itself: contracts and concessions of the
order of 2022 (from January 2024 on), contracts of the order of 2019 (frozen in February 2024); `file`, the consolidated
files of data.gouv.fr, one a year, downloaded anew only when they have changed. A file of a later year than those named
here is not known: the address of each is an arbitrary number. Platforms hand in late: a day's total grows for weeks.

A contract has a row for each of its modifications and acts of subcontracting: they are asked for in that order, so that
the last revision tells of the last modification.

>>> from datetime import date
>>> [one.key for one in slices(Window(date(2026, 9, 11), date(2026, 9, 11)), "api", ())]
['api:decp-2022-marches-valides:2026-09-11', 'api:decp-2022-concessions-valides:2026-09-11']
>>> number("decp:219990000000162020-07"), number("20-51423")
('219990000000162020-07', None)
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from beffroi.bulletins import explore
from beffroi.bulletins.bulletin import Bulletin, Page, Promise, Size, Slice, Window
from beffroi.bulletins.holidays import french
from beffroi.fetch.ask import Ask, Manners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.fetch.ask import Response
    from beffroi.notices import Notice

BULLETIN = Bulletin(
    name="decp",
    source="decp",
    title={
        "fr": "Données essentielles de la commande publique (DECP)",
        "en": "DECP, the essential data of public contracts in France",
    },
    publisher="Ministère de l'économie (data.economie.gouv.fr)",
    homepage="https://data.economie.gouv.fr/explore/dataset/decp-2022-marches-valides/",
    licence="Licence Ouverte / Open Licence 2.0 (etalab-2.0)",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    attribution={
        "fr": "Source : ministère de l'économie, données essentielles de la commande publique, données du {date}, "
        "Licence Ouverte 2.0.",
        "en": "Source: French ministry of the economy, essential data of public contracts, data of {date}, "
        "Licence Ouverte (Open Licence) 2.0.",
    },
    addresses={
        "api": "https://data.economie.gouv.fr/api/explore/v2.1",
        "file": "https://www.data.gouv.fr/fr/datasets/r",
    },
    redirects=("static.data.gouv.fr", "files.data.gouv.fr"),
    ways=("api", "file"),
    manners=Manners(concurrency=2, interval=0.1),
    # 689,062 contracts in 33 months: 690 a day; platforms hand in what they have, some of them once a week.
    promise=Promise(notices=(100, 100, 100, 100, 100, 0, 0), silence=5, settles=30, holidays=french),
    begins=date(2018, 10, 1),
    month=Size(notices=20_000, megabytes=25, minutes=2),
)

CONTRACTS, CONCESSIONS, EARLIER = (
    "decp-2022-marches-valides",
    "decp-2022-concessions-valides",
    "decp-v3-marches-valides",
)
_DATASETS = {
    CONTRACTS: Window(date(2024, 1, 1), date.max),
    CONCESSIONS: Window(date(2024, 1, 1), date.max),
    EARLIER: Window(BULLETIN.begins, date(2024, 3, 31)),
}
"""The days of publication each dataset may hold: in the first months of 2024 both orders were in use."""
FILES = {
    "2019": ("16962018-5c31-4296-9454-5998585496d2", Window(BULLETIN.begins, date(2024, 3, 31))),
    "2024": ("4fafdaff-b697-4494-9523-e9f56916fea8", Window(date(2024, 1, 1), date(2024, 12, 31))),
    "2025": ("d00a6a5a-beef-442e-8aee-5867f47a87d0", Window(date(2025, 1, 1), date(2025, 12, 31))),
    "2026": ("2551ad40-584a-42fd-b3cc-e8906183287e", Window(date(2026, 1, 1), date(2026, 12, 31))),
}
"""The consolidated files: their numbers at data.gouv.fr, and the days of publication each holds."""
_DAY = "datepublicationdonnees"
_ORDERS = {
    CONTRACTS: "acheteur_id,id,idmodification,idactesoustraitance,source",
    CONCESSIONS: "autoriteconcedante_id,id,source",
    EARLIER: "acheteur_id,id,idmodification,source",
}
_BUYERS = {CONCESSIONS: "autoriteconcedante_id"}
"""The column of the buyer's SIRET, where it is not `acheteur_id`."""
_PLAIN = re.compile(r"(?:decp:\s*(\d{14}\S.{0,60})|(\d{14}[^\s/]\S{0,60}))", re.IGNORECASE)
_SIRET = 14


class _Row(msgspec.Struct):
    """What tells a row from others: several platforms publish one contract."""

    id: object = None
    acheteur_id: object = None
    autoriteconcedante_id: object = None
    source: object = None
    montant: object = None
    valeurglobale: object = None
    datenotification: object = None
    titulaire_id_1: object = None
    idmodification: object = None
    idactesoustraitance: object = None
    idmodificationactesoustraitance: object = None


def calendars(window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:  # noqa: ARG001 - the protocol
    """Return no requests: days are known."""
    return ()


def slices(window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:  # noqa: ARG001 - the protocol
    """Return each day of each dataset that may hold it (`api`), or the files that hold any of the days (`file`)."""
    if way == "file":
        for name, (_, held) in FILES.items():
            if held.since <= window.until and window.since <= held.until:
                yield Slice(f"{way}:{name}", way, held.since, held.until)
        return
    for day in window.days():
        for name, held in _DATASETS.items():
            if held.since <= day <= held.until:
                yield Slice(f"{way}:{name}:{day}", way, day, day)


def first(piece: Slice, addresses: Mapping[str, str]) -> Ask:
    """Return the request that begins a slice: the first page of a day, or the file."""
    if piece.way == "file":
        return Ask(f"{addresses['file']}/{FILES[piece.key.partition(':')[2]][0]}", what="package")
    dataset = piece.key.split(":")[1]
    where = explore.between(_DAY, piece.since, piece.until)
    return explore.records(addresses["api"], dataset, where=where, order_by=_ORDERS[dataset])


def page(ask: Ask, response: Response) -> Page:
    """Return what an answer says; raises Garbled where it is no page of records."""
    return explore.page(ask, response, explore.Answer[_Row], _key)


def _key(row: _Row) -> str | None:
    """Return what names a row: the contract, its platform, its first values, its step; None where it has no number."""
    if row.id in (None, ""):
        return None
    buyer = row.acheteur_id or row.autoriteconcedante_id or ""
    first = (row.source, row.montant or row.valeurglobale, row.datenotification, row.titulaire_id_1)
    rest = (*first, row.idmodification, row.idactesoustraitance, row.idmodificationactesoustraitance)
    return f"{buyer}{row.id}|" + "|".join("" if one is None else str(one) for one in rest)


def number(text: str) -> str | None:
    """Return the `uid` a person means: the buyer's SIRET and the number of the contract.

    >>> number("21999000000016"), number("DECP:21999000000016 20 07")
    (None, None)
    """
    found = _PLAIN.fullmatch(text.strip())
    return (found[1] or found[2]) if found else None


def wanted(number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the requests for a contract, in each dataset, and for those called off from it."""
    buyer, contract = number[:_SIRET], number[_SIRET:]
    asks = []
    for dataset in _DATASETS:
        column = _BUYERS.get(dataset, "acheteur_id")
        where = f"{explore.same(column, buyer)} and {explore.same('id', contract)}"
        asks.append(explore.records(addresses["api"], dataset, where=where, order_by=_ORDERS[dataset]))
    called_off = f"{explore.same('acheteur_id', buyer)} and {explore.same('idaccordcadre', contract)}"
    asks.append(explore.records(addresses["api"], CONTRACTS, where=called_off, order_by=_ORDERS[CONTRACTS]))
    return tuple(asks)


def related(notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the requests for the frameworks a contract is called off from."""
    targets = sorted({one for link in notice.links if (one := number(link.target)) and link.target.startswith("decp:")})
    return tuple(ask for one in targets for ask in wanted(one, addresses)[:-1])

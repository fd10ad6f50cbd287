"""What a bulletin declares of itself, and the words in which it is asked: windows, slices, pages.

In: nothing. Out: plain values. A bulletin is a module of this folder that has `BULLETIN` and the functions of
`Collectable`; it never touches the network.

>>> from datetime import date
>>> [one.isoformat() for one in Window(date(2026, 9, 30), date(2026, 10, 1)).days()]
['2026-09-30', '2026-10-01']
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from beffroi.fetch.ask import Ask, Manners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.fetch.ask import Response
    from beffroi.notices import Notice


class Window(NamedTuple):
    """Publication days, both included."""

    since: date
    until: date

    def days(self) -> Iterator[date]:
        """Return each day, the first one first."""
        return (self.since + timedelta(n) for n in range((self.until - self.since).days + 1))

    def months(self) -> Iterator[Window]:
        """Return the calendar months it touches, whole, the first one first."""
        first = self.since.replace(day=1)
        while first <= self.until:
            following = (first + timedelta(31)).replace(day=1)
            yield Window(first, following - timedelta(1))
            first = following


class Slice(NamedTuple):
    """The unit of completeness: what is asked as one, counted as one and begun again as one.

    `key` names it within its source (`2026-09-11`, `api:2026-09-11`, `issue 2026-174`, `packages/2026-08`); two ways to
    the same notices have keys of their own. `since` and `until` are the publication days it covers.
    """

    key: str
    way: str
    since: date
    until: date


class Page(NamedTuple):
    """What one answer says of its slice.

    `announced`: how many records the source says the slice holds in all, or None where it never says. `numbers`: the
    records on this page, by their numbers. `following`: the request for the next page. `members`: requests for single
    documents or packages. `holds`: whether the body itself holds records, to be archived.
    """

    announced: int | None = None
    numbers: tuple[str, ...] = ()
    following: Ask | None = None
    members: tuple[Ask, ...] = ()
    holds: bool = True


class Promise(msgspec.Struct, frozen=True):
    """What a bulletin is expected to publish.

    `notices`: the least of an ordinary Monday … Sunday (0: it need not publish). `silence`: the most days in a row
    without a notice. `settles`: days after which the total of a day no longer changes. `holidays`: the days of a year
    on which nothing need appear.
    """

    notices: tuple[int, int, int, int, int, int, int]
    silence: int
    settles: int
    holidays: Callable[[int], frozenset[date]]


class Size(NamedTuple):
    """About how much thirty days are: notices, megabytes to fetch, minutes at the bulletin's own pace."""

    notices: int
    megabytes: int
    minutes: int


class Bulletin(msgspec.Struct, frozen=True, kw_only=True):
    """A bulletin's declaration.

    `name` is what `beffroi collect` calls it, `source` the source of its records, `ids` how the ids of its notices
    begin where several bulletins have that source; `title` and `attribution` are by language (fr, en); an attribution
    accompanies every export. `addresses` are base addresses by name: settings may replace each. `redirects`: further
    hosts its redirects may lead to. `ways`: how it can be collected, the usual first. `begins`: the first publication
    day it serves. `month`: about how much thirty days are. `given`: it has no address of its own, whoever collects it
    says where, with `--at`.
    """

    name: str
    source: str
    ids: str = ""
    title: dict[str, str]
    publisher: str
    homepage: str
    licence: str
    licence_url: str
    attribution: dict[str, str]
    addresses: dict[str, str]
    redirects: tuple[str, ...] = ()
    ways: tuple[str, ...]
    manners: Manners = Manners()
    promise: Promise | None
    begins: date
    month: Size | None
    given: bool = False


class Collectable(Protocol):
    """What a module of this folder offers. All are pure: the same arguments give the same answer."""

    BULLETIN: Bulletin

    def calendars(self, window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
        """Return requests that must be answered before the slices of a window are known (mostly none)."""

    def slices(self, window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:
        """Return the slices that cover a window, the earliest first; disjoint windows of days have none in common."""

    def first(self, piece: Slice, addresses: Mapping[str, str]) -> Ask:
        """Return the request that begins a slice."""

    def page(self, ask: Ask, response: Response) -> Page:
        """Return what an answer says; raises Garbled for one that cannot be what was asked for (it is asked again)."""

    def number(self, text: str) -> str | None:
        """Return the number of the notice a person means (a number, its page), or None if it is none of ours."""

    def wanted(self, number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
        """Return the requests that bring one notice and those that name it."""

    def related(self, notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
        """Return the requests that bring what one notice names: its call, corrections, result."""

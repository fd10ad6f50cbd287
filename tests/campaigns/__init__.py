"""Campaigns: what each bulletin serves over some weeks, what is wrong with it, and what must be found.

In: a module of this folder, `NAME.py`, found by being there, with `campaign(around: Span) -> Campaign`. Out: campaigns
by the names of their bulletins; `serve.py` runs the server of one as a process of its own.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from beffroi.bulletins import Window, bulletin
from tests.servers.faults import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import ModuleType

    from tests.servers.faults import Faults
    from tests.servers.loopback import LoopbackServer

_DAY = timedelta(1)
_WORKING, _SMALL, _WEEKS = 5, 8, 4


class Span(NamedTuple):
    """The days that are judged, the seed of all chance, and how much is published.

    `size` 1.0 is about as much as a bulletin publishes in fact; `small` as little as it promises at least.
    """

    window: Window
    seed: int = 1
    size: float = 1.0
    small: bool = False


class Expected(NamedTuple):
    """What `beffroi health` must say of a planted fault: one of the rules, on these days, of this field or state."""

    rules: frozenset[str]
    since: date
    until: date
    about: str = ""


class Wrong(NamedTuple):
    """The faults planted in a source, each drawn from the seed.

    Nothing is published from `silent` on nor on the day `missing`; the day `halved` has every second notice, its total
    agreeing; a field is empty from `emptied` on; the total of the day `lying` is one more than it serves; on the day
    `growing` a notice appears while one pages.
    """

    silent: date | None
    missing: date
    halved: date
    emptied: date
    lying: date
    growing: date


class Campaign(NamedTuple):
    """A source: what it serves, and what must be found.

    `server` makes it, not started; `collected` are the days to collect, which begin before those that are judged where
    a fault can only be told from weeks before; `served` gives the day of each record by its id, `documents` how many
    there are; `expected` is what health must name; `wanting` are the slices that are not whole: state by key.
    """

    server: Callable[[Faults], LoopbackServer]
    addresses: Callable[[str], Mapping[str, str]]
    collected: Window
    served: Mapping[str, date]
    documents: int
    expected: frozenset[Expected]
    wanting: Mapping[str, str]
    kinds: tuple[str, ...] = KINDS


def campaigns() -> dict[str, ModuleType]:
    """Return the modules of this folder that have a `campaign`, by the name of their bulletin."""
    modules = {one.name: import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)}
    return {name: one for name, one in modules.items() if hasattr(one, "campaign")}


def wrong(name: str, span: Span, *, halvable: Callable[[date], bool] = lambda _: True) -> Wrong:
    """Return the faults of a source; `halvable`: whether half of a day is less than an ordinary day may be.

    A silence fits only where four working days stay before it.
    """
    chance = Random(f"{span.seed} {name}")
    promise = bulletin(name).BULLETIN.promise
    assert promise is not None, "a bulletin that promises nothing needs a campaign of its own kind"
    silent = span.window.until - promise.silence * _DAY
    working = [day for day in span.window.days() if day.weekday() < _WORKING]
    before = [day for day in working if day < silent]
    if len(before) < _SMALL:
        fits = len(before) >= _WEEKS
        lying, missing, halved, emptied = (before if fits else working)[:_WEEKS]
        return Wrong(silent if fits else None, missing, halved, emptied, lying, growing=emptied)
    third = len(before) // 3
    missing, lying, growing = chance.sample(before[third : 2 * third], 3)
    halved = chance.choice([day for day in before[2 * third :] if halvable(day)])
    return Wrong(silent, missing, halved, chance.choice(before[third:]), lying, growing)


def named(found: Wrong, field: str, days: Iterable[date]) -> set[Expected]:
    """Return what health must say of the halved day and of the field that is empty; `days` have notices."""
    empty = [day for day in days if day >= found.emptied]
    half = Expected(frozenset({"drop", "few"}), found.halved, found.halved)
    return {half, Expected(frozenset({"shape"}), min(empty), max(empty), field)}


def silence(found: Wrong, until: date) -> set[Expected]:
    """Return what health must say of the silence and of the missing day, where both are answered."""
    absent = {Expected(frozenset({"missing"}), found.missing, found.missing)}
    return absent if found.silent is None else absent | {Expected(frozenset({"silence"}), found.silent, until)}


def short(found: Wrong, key: str) -> Expected:
    """Return what health must say of a slice whose total lies."""
    return Expected(frozenset({"gap"}), found.lying, found.lying, key)


def earlier(span: Span) -> Window:
    """Return the window with five weeks before it, for usual totals to be known; a small one as it is."""
    return span.window if span.small else Window(span.window.since - 35 * _DAY, span.window.until)


def halvable(size: Callable[[date], int]) -> Callable[[date], bool]:
    """Return whether half of a day is less than half of the usual of its weekday: health promises to name no more."""

    def less(day: date) -> bool:
        same = sorted(size(day - 7 * week * _DAY) for week in range(1, _WEEKS + 1))
        return size(day) // 2 < sum(same[1:3]) / 4

    return less

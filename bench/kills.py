"""Collecting killed (SIGKILL) at random moments, begun again, must end in the store of an undisturbed collection.

In: how many kills, a seed. Out: a line a kill, and how many stores differ. Every second kill takes the whole group of
processes, the others the parent alone, whose processes must end by themselves. What is compared is everything a store
says (`bench.crash.logical`) except what an interruption is bound to change: when documents came and slices ended, and
how often a slice was asked for.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.collecting import CONTACT, started
from bench.crash import committed, differences, logical
from tests.servers import faults
from tests.servers.boamp import Boamp, Plan
from tests.servers.faults import Faults
from tests.servers.ted import Ted

from beffroi.bulletins import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONDAY = date(2025, 9, 8)
LEFT_OUT = {"documents": ("retrieved",), "slices": ("asked", "ended")}
KINDS = tuple(kind for kind in faults.KINDS if kind != "redirect")
"""A document that came by a redirect says so (`retrieved_from`): which do differs from one asking to the next."""
_RETRIEVED = re.compile(r'("retrieved":")[^"]*')
ORPHANED = 30.0
"""Seconds within which the processes of a parent that was killed must have ended."""
_DAY = timedelta(1)


class Extent(NamedTuple):
    """How much is collected: days and notices a day of the BOAMP, issues and notices of each of TED's two ways."""

    days: int = 10
    boamp: int = 250
    issues: int = 3
    packaged: int = 600
    single: int = 400

    def commands(self) -> list[list[str]]:
        """Return what is collected, a way after the other."""
        wednesday = MONDAY + self.issues * _DAY
        ways = (
            ("boamp", "api", Window(MONDAY, MONDAY + (self.days - 1) * _DAY)),
            ("ted", "packages", Window(MONDAY, wednesday - _DAY)),
            ("ted", "api", Window(wednesday, wednesday)),
        )
        return [
            ["collect", name, "--via", way, "--since", str(days.since), "--until", str(days.until)]
            for name, way, days in ways
        ]


class Kill(NamedTuple):
    """A kill: when, of what, how many documents were in the store by then, and which tables differ in the end."""

    moment: float
    group: bool
    committed: int
    wrong: list[str]


def kills(count: int, folder: Path, *, seed: int = 1, extent: Extent = Extent(), rate: float = 0.02) -> Iterator[Kill]:  # noqa: B008 - immutable
    """Return each kill as it is done; raises RuntimeError where an undisturbed collection fails."""
    chance = random.Random(seed)
    with _servers(extent, seed, rate) as settings:
        calm = _home(folder / "calm", settings)
        begun = time.perf_counter()
        _ends(calm, extent)
        length = time.perf_counter() - begun
        expected = _said(calm)
        for number in range(count):
            home = _home(folder / f"kill{number}", settings)
            moment, group = chance.uniform(0, length), bool(number % 2)
            _killed(home, extent, moment, group=group)
            reached = committed(home)
            _ends(home, extent)
            wrong = differences(expected, _said(home))
            left = [one.name for one in (home / "downloads").glob("*")]
            yield Kill(moment, group, reached, [*wrong, *left])


@contextmanager
def _servers(extent: Extent, seed: int, rate: float) -> Iterator[str]:
    """Serve both bulletins without anything planted; return the settings of a home."""
    days = [MONDAY + n * _DAY for n in range(extent.days)]
    plan = Plan(seed, MONDAY, days[-1], crowded=dict.fromkeys(days, extent.boamp))
    planned = [extent.packaged] * extent.issues
    with ExitStack() as stack:
        met = partial(Faults, seed=seed, rate=rate, kinds=KINDS)
        boamp = stack.enter_context(Boamp(plan, faults=met()))
        size = (min(*planned, extent.single), max(*planned, extent.single))
        ted = stack.enter_context(
            Ted(seed=seed, size=size, today=days[-1], faults=Faults(seed=seed, rate=rate, kinds=KINDS))
        )
        lines = [f'contact = "{CONTACT}"', "[addresses]"]
        lines += [f'"boamp.{key}" = "{at}"' for key, at in boamp.addresses.items()]
        lines += [f'"ted.{key}" = "{ted.address}"' for key in ("api", "site")]
        for name in ("boamp", "ted"):
            lines += [f"[manners.{name}]", "interval = 0", "first_wait = 0.01", "longest_wait = 0.05"]
        yield "\n".join(lines) + "\n"


def _home(home: Path, settings: str) -> Path:
    home.mkdir(parents=True)
    (home / "beffroi.toml").write_text(settings, encoding="utf-8")
    return home


def _ends(home: Path, extent: Extent) -> None:
    """Collect everything."""
    for words in extent.commands():
        process = started(home, *words)
        _, err = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{' '.join(words)}: status {process.returncode}: {err.strip()[-500:]}")


def _killed(home: Path, extent: Extent, moment: float, *, group: bool) -> None:
    """Collect until the moment comes, and kill."""
    end = time.perf_counter() + moment
    for words in extent.commands():
        process = started(home, *words, start_new_session=True)
        try:
            process.communicate(timeout=max(0.0, end - time.perf_counter()))
        except subprocess.TimeoutExpired:
            (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
            process.communicate(timeout=ORPHANED)
            return


def _said(home: Path) -> dict[str, list[Any]]:
    """Return what a store says, less what is left out."""
    found = logical(home, LEFT_OUT)
    found["revisions"] = [tuple(_timeless(value) for value in row) for row in found["revisions"]]
    return found


def _timeless(value: object) -> object:
    return _RETRIEVED.sub(r"\1", value) if isinstance(value, str) else value

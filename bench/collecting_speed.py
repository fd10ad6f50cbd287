"""Collecting against loading: the same documents from a server on loopback and from files, timed in turn in one run.

In: nothing. Out: a line a source: medians, their ratio, how much of the processor the server itself took. The server is
a process of its own that meets no fault and has each answer ready; its bulletin is asked without an interval. Pages and
packages are the same bytes as files; both run the command line on a fresh home.

    python -m bench.collecting_speed [--rounds 5] [--sources boamp ted]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.checks import collect
from bench.collecting import CONTACT, Served, ran, serving, settled
from tests.campaigns import Span

from beffroi.bulletins import Window, bulletin
from beffroi.collect.local import answered
from beffroi.fetch import Fetcher, Manners, agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.bulletins import Slice
    from beffroi.fetch import Ask

GOAL = 1.3
DAYS = {"boamp": 14, "ted": 2, "decp": 7, "fts": 14}
"""How many days are collected: the first of a campaign, before anything is planted."""
SPAN = Span(Window(date(2025, 9, 2), date(2025, 10, 1)))


class Timed(NamedTuple):
    """A source: how many documents, and seconds of each round: loading, collecting, the server's own."""

    name: str
    documents: int
    loading: list[float]
    collecting: list[float]
    serving: list[float]

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(one / other for one, other in zip(self.collecting, self.loading, strict=True))

    def line(self) -> str:
        """Return the figures on one line."""
        load, brought, server = (statistics.median(one) for one in (self.loading, self.collecting, self.serving))
        return (
            f"collect / load, {self.name:<6}{self.ratio:5.2f}   (goal <= {GOAL}; {self.documents:,} documents: "
            f"{load:.2f} s from files, {brought:.2f} s collected, of which the server's process took {server:.2f} s)"
        )


def timed(name: str, folder: Path, rounds: int) -> Timed:
    """Return how long a source's documents take, loaded and collected in turn; the first time does not count."""
    with serving(name, SPAN, keep=True) as served:
        since = served.campaign.collected.since
        window = Window(since, since + timedelta(DAYS[name] - 1))
        files = folder / "files"
        files.mkdir(parents=True)
        _written(served, window, files)
        found = Timed(name, 0, [], [], [])
        for number in range(rounds + 1):
            home = folder / f"loaded{number}"
            loaded = ran(home, "load", str(files))
            other = folder / f"collected{number}"
            settled(other, [served], interval=0.0)
            before = served.seconds()
            brought = collect(other, served, window)
            if brought.status or loaded.status:
                raise RuntimeError(f"{name}: {loaded.err.strip()[-300:]} {brought.err.strip()[-300:]}")
            if number:
                found.loading.append(loaded.seconds)
                found.collecting.append(brought.seconds)
                found.serving.append(served.seconds() - before)
        return found._replace(documents=_same(folder / f"loaded{rounds}", folder / f"collected{rounds}"))


def _same(loaded: Path, collected: Path) -> int:
    """Return how many documents both homes hold; raises RuntimeError where they are not the same."""
    from beffroi.store import Store

    digests = []
    for home in (loaded, collected):
        with Store.open(home) as store:
            digests.append({row[0] for row in store.connection.execute("SELECT sha256 FROM documents")})
    if digests[0] != digests[1]:
        raise RuntimeError(f"{len(digests[0]):,} documents were loaded, {len(digests[1]):,} others collected")
    return len(digests[0])


def _written(served: Served, window: Window, files: Path) -> None:
    """Write the pages and packages of a window as files."""
    one = bulletin(served.name)
    addresses = served.campaign.addresses(served.address)
    number = count()
    with Fetcher(addresses.values(), Manners(), agent=agent(CONTACT)) as fetcher:
        asks = one.calendars(window, one.BULLETIN.ways[0], addresses)
        answers = tuple(answered(fetcher, ask, lambda answer: answer) for ask in asks)
        for piece in one.slices(window, one.BULLETIN.ways[0], answers):
            for body in _bodies(served, piece, fetcher, files):
                (files / f"{next(number):05}.json").write_bytes(body)


def _bodies(served: Served, piece: Slice, fetcher: Fetcher, files: Path) -> Iterator[bytes]:
    one = bulletin(served.name)
    ask: Ask | None = one.first(piece, served.campaign.addresses(served.address))
    while ask is not None:
        response = fetcher.get(ask, lambda answer: answer)
        page = one.page(ask, response)
        if page.holds:
            yield response.body
        for member in page.members:
            brought = fetcher.download(member, files)
            assert brought is not None
            brought.path.rename(files / f"{piece.since}.tar.gz")
        ask = page.following


def print_all(rounds: int, names: list[str]) -> bool:
    """Print a line a source; return whether all are within the goal."""
    well = True
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            found = timed(name, Path(folder), rounds)
        print(found.line(), flush=True)
        well = well and found.ratio <= GOAL
    return well


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sources", nargs="*", choices=sorted(DAYS), default=list(DAYS))
    args = parser.parse_args()
    return 0 if print_all(args.rounds, args.sources) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Thirty days of every bulletin collected through all faults: nothing missing, nothing twice, politely, and told.

In: the servers of `tests/campaigns/`, each in a process of its own, with faults of transport at random from a seed and
faults planted in what they serve. Out: a table, and a sentence for each thing that is not as it must be; exit status 1
where there is one. The sources are collected one after the other into one home by the command line. With `--kills`
collections are killed and begun again instead (`bench/kills.py`).

    python -m bench.campaign [--sources boamp ted] [--days 30] [--seed 1] [--rate 0.05] [--kills 0] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.checks import again, collect, complete, polite, told
from bench.collecting import serving, settled
from bench.kills import kills
from tests.campaigns import Span, campaigns

from beffroi.bulletins import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.collecting import Served

BEGINS = date(2025, 9, 2)
"""A Tuesday five weeks after which no bulletin has a holiday; everything has settled since."""
FEW, GROWTH, CACHE = 10, 1.25, 64
"""Memory over these days; over all of them it may be so much more, and what SQLite keeps of a large archive (MB)."""
_DAY = timedelta(1)


class Result(NamedTuple):
    """What a source's campaign gave; `wrong` holds a sentence for each thing that is not as it must be."""

    source: str
    served: int
    documents: int
    requests: int
    faults: int
    at_once: int
    interval: float
    planted: int
    seconds: float
    peak: float
    peak_few: float
    wrong: list[str]


def main(words: Sequence[str] | None = None) -> int:
    """Run the campaign; 0 where everything is as it must be."""
    args = _arguments().parse_args(words)
    if args.kills:
        return _killed(args.kills, args.seed)
    names = args.sources or sorted(campaigns())
    span = Span(Window(BEGINS, BEGINS + (args.days - 1) * _DAY), args.seed, args.size, args.small)
    with tempfile.TemporaryDirectory() as folder:
        results = list(collected(names, span, Path(folder), rate=args.rate, wait=args.wait, few=args.memory))
    if args.json:
        print(json.dumps([one._asdict() for one in results]))
    else:
        _table(results)
    return 1 if any(one.wrong for one in results) else 0


def _killed(count: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        same = 0
        for number, one in enumerate(kills(count, Path(folder), seed=seed), 1):
            what = "all its processes" if one.group else "the parent alone"
            told = f"{number:3}: {what} killed at {one.moment:5.2f} s with {one.committed:6,} documents in the store"
            print(f"{told}: {one.wrong or 'same store'}", flush=True)
            same += not one.wrong
    print(f"{same} of {count} stores are the same")
    return int(same != count)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sources", nargs="*", choices=sorted(campaigns()), help="bulletins (default: all)")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=float, default=1.0, help="1: about as much as is published in fact")
    parser.add_argument("--small", action="store_true", help="as little as each bulletin promises")
    parser.add_argument("--rate", type=float, default=0.05, help="probability of a fault of transport")
    parser.add_argument("--wait", type=int, default=1, help="Retry-After of the faults that have one, in seconds")
    parser.add_argument("--kills", type=int, default=0, metavar="N", help="instead: kill collections so many times")
    parser.add_argument("--no-memory", dest="memory", action="store_false", help=f"do not collect {FEW} days apart")
    parser.add_argument("--json", action="store_true")
    return parser


def collected(  # noqa: PLR0913 - those after * are options
    names: Sequence[str], span: Span, folder: Path, *, rate: float, wait: int, few: bool
) -> Iterator[Result]:
    """Collect the sources in turn into one home, and hold what came against what was served."""
    with ExitStack() as stack:
        served = [stack.enter_context(serving(name, span, rate=rate, wait=wait)) for name in names]
        home = folder / "home"
        settled(home, served)
        for one in served:
            first = collect(home, one, one.campaign.collected)
            seen = one.polite()
            wrong = [*complete(home, one, first), *polite(one, seen), *again(home, one), *told(home, one, span)]
            peak_few = _few(folder, one) if few else 0.0
            if few and first.peak > GROWTH * peak_few + CACHE:
                wrong.append(f"memory grew from {peak_few:.0f} MB ({FEW} days) to {first.peak:.0f} MB")
            yield Result(
                source=one.name,
                served=sum(day >= span.window.since for day in one.campaign.served.values()),
                documents=one.campaign.documents,
                requests=seen["requests"],
                faults=seen["faults"],
                at_once=seen["most_at_once"],
                interval=round(seen["shortest_interval"] or 0, 4),
                planted=len(one.campaign.expected),
                seconds=round(first.seconds, 1),
                peak=round(first.peak),
                peak_few=round(peak_few),
                wrong=wrong,
            )


def _few(folder: Path, one: Served) -> float:
    """Return the most memory that the first days alone take, in a home of their own."""
    home = folder / f"few-{one.name}"
    settled(home, [one])
    since = one.campaign.collected.since
    return collect(home, one, Window(since, since + (FEW - 1) * _DAY)).peak


def _table(results: Sequence[Result]) -> None:
    head = ("source", "notices", "documents", "requests", "faults", "at once", "interval", "planted")
    print(_line((*head, "seconds", "MB", f"MB/{FEW} d")))
    for one in results:
        print(_line(one[:-1]))
    print(f"{sum(one.served for one in results):,} notices of the days that are judged")
    for one in results:
        for sentence in one.wrong:
            print(f"{one.source}: {sentence}")
    print("NOT as it must be" if any(one.wrong for one in results) else "nothing missing, nothing twice")


def _line(cells: Sequence[object]) -> str:
    shown = [f"{cell:,}" if isinstance(cell, int) else f"{cell}" for cell in cells]
    return shown[0].ljust(17) + "".join(cell.rjust(10) for cell in shown[1:])


if __name__ == "__main__":
    sys.exit(main())

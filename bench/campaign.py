"""Thirty days of every bulletin collected through all faults: nothing missing, nothing twice, politely, and told.

In: the servers of `tests/campaigns/`, each in a process of its own, with faults of transport at random from a seed and
faults planted in what they serve. Out: a table, and a sentence for each thing that is not as it must be; exit status 1
where there is one. The sources are collected one after the other into one home by the command line.

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
from typing import TYPE_CHECKING, Any, NamedTuple

from beffroi.bulletins import Window, bulletin
from beffroi.fetch import agent
from beffroi.store import Store
from beffroi.store.slices import rows
from bench.collecting import CONTACT, INTERVAL, Ran, Served, ran, serving, settled
from tests.campaigns import Span, campaigns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BEGINS = date(2025, 9, 2)
"""A Tuesday five weeks after which no bulletin has a holiday; everything has settled since."""
GRAIN = 0.02
"""Seconds by which two requests may seem nearer to each other at the server than they left the client."""
FEW, GROWTH = 5, 1.25
"""Memory over these days; over all of them it may be so much more, and no more."""
CAME = ("new", "revisions", "further", "duplicates", "without_record")
"""What may come of a document that was not there."""
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
    names = args.sources or sorted(campaigns())
    span = Span(Window(BEGINS, BEGINS + (args.days - 1) * _DAY), args.seed, args.size, args.small)
    with tempfile.TemporaryDirectory() as folder:
        results = list(collected(names, span, Path(folder), rate=args.rate, wait=args.wait, few=args.memory))
    for one in results:
        print(json.dumps(one._asdict())) if args.json else None
    if not args.json:
        _table(results)
    return 1 if any(one.wrong for one in results) else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sources", nargs="*", choices=sorted(campaigns()), help="bulletins (default: all)")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=float, default=1.0, help="1: about as much as is published in fact")
    parser.add_argument("--small", action="store_true", help="as little as each bulletin promises")
    parser.add_argument("--rate", type=float, default=0.05, help="probability of a fault of transport")
    parser.add_argument("--wait", type=int, default=1, help="Retry-After of the faults that have one, in seconds")
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
            first = _collect(home, one, one.campaign.collected)
            polite = one.polite()
            wrong = [*_complete(home, one, first), *_polite(one, polite)]
            wrong += _again(home, one)
            wrong += _told(home, one, span)
            peak_few = _few(folder, one) if few else 0.0
            if first.peak > GROWTH * peak_few > 0:
                wrong.append(f"memory grew from {peak_few:.0f} MB ({FEW} days) to {first.peak:.0f} MB")
            yield _result(one, span, first, polite, peak_few, wrong)


def _result(  # noqa: PLR0913 - one table's columns
    one: Served, span: Span, first: Ran, polite: dict[str, Any], peak_few: float, wrong: list[str]
) -> Result:
    judged = sum(day >= span.window.since for day in one.campaign.served.values())
    return Result(
        one.name,
        judged,
        one.campaign.documents,
        polite["requests"],
        polite["faults"],
        polite["most_at_once"],
        round(polite["shortest_interval"] or 0, 4),
        len(one.campaign.expected),
        round(first.seconds, 1),
        round(first.peak),
        round(peak_few),
        wrong,
    )


def _collect(home: Path, one: Served, window: Window) -> Ran:
    return ran(home, "collect", one.name, "--since", str(window.since), "--until", str(window.until), "--json")


def _few(folder: Path, one: Served) -> float:
    """Return the most memory that the first days alone take, in a home of their own."""
    home = folder / f"few-{one.name}"
    settled(home, [one])
    since = one.campaign.collected.since
    return _collect(home, one, Window(since, since + (FEW - 1) * _DAY)).peak


def _complete(home: Path, one: Served, first: Ran) -> Iterator[str]:
    """Return what is missing, twice or wrongly called whole."""
    if first.status != (1 if one.campaign.wanting else 0):
        yield f"collecting ended with status {first.status}: {first.err.strip()[-300:]}"
    with Store.open(home) as store:
        held = [row[0] for row in store.connection.execute("SELECT notice FROM documents WHERE notice IS NOT NULL")]
        found = {row[0] for row in store.connection.execute("SELECT id FROM notices")} & set(held)
        states = {row.key: row.state for row in rows(store.connection, one.name) if row.state != "complete"}
    mine = [notice for notice in held if notice in one.campaign.served]
    lacking = one.campaign.served.keys() - found
    if lacking:
        yield f"{len(lacking):,} of {len(one.campaign.served):,} notices missing, among them {min(lacking)}"
    if len(mine) != one.campaign.documents:
        yield f"{one.campaign.documents:,} documents served, {len(mine):,} in the store"
    loaded = json.loads(first.out)["loaded"] if first.out else {}
    brought = sum(loaded.get(came, 0) for came in CAME)
    if brought != one.campaign.documents:
        yield f"{one.campaign.documents:,} documents served, {brought:,} brought"
    if states != one.campaign.wanting:
        yield f"slices that are not whole: {states}, where there must be {dict(one.campaign.wanting)}"


def _polite(one: Served, polite: dict[str, Any]) -> Iterator[str]:
    """Return how the server saw politeness neglected."""
    most = bulletin(one.name).BULLETIN.manners.concurrency
    if polite["most_at_once"] > most:
        yield f"{polite['most_at_once']} requests at once, where {most} are polite"
    if (polite["shortest_interval"] or 0) < INTERVAL - GRAIN:
        yield f"two requests within {polite['shortest_interval']:.4f} s, where {INTERVAL} s are polite"
    if polite["agents"] != [agent(CONTACT)]:
        yield f"asked by {polite['agents']}"


def _again(home: Path, one: Served) -> Iterator[str]:
    """Return what collecting once more brings or asks for though it is settled."""
    before = _asked(home, one)
    one.polite(forget=True)
    second = _collect(home, one, one.campaign.collected)
    more = {key for key, asked in _asked(home, one).items() if asked != before.get(key)}
    if more - one.campaign.wanting.keys():
        yield f"asked once more for {len(more - one.campaign.wanting.keys())} slices that were settled and whole"
    loaded = json.loads(second.out)["loaded"]
    if any(loaded[came] for came in CAME):
        yield f"collecting once more brought {loaded}"
    if not one.campaign.wanting and one.polite()["requests"]:
        yield f"collecting once more asked {one.polite()['requests']} times"


def _asked(home: Path, one: Served) -> dict[str, int]:
    with Store.open(home) as store:
        return {row.key: row.asked for row in rows(store.connection, one.name)}


def _told(home: Path, one: Served, span: Span) -> Iterator[str]:
    """Return what health does not name, and what it names though nothing is wrong."""
    days = (span.window.until - span.window.since).days + 2
    on = span.window.until + _DAY
    said = ran(home, "health", one.name, "--json", "--on", str(on), "--days", str(days), "--lang", "en")
    named = json.loads(said.out)
    expected = set(one.campaign.expected)
    for finding in named:
        since = finding.get("since") or finding["day"]
        until = finding.get("until") or finding["day"]
        figures = finding["figures"]
        about = str(figures.get("key") or figures.get("field") or "")
        meant = [
            fault
            for fault in expected
            if finding["rule"] in fault.rules
            and (str(fault.since), str(fault.until), fault.about) == (since, until, about)
        ]
        expected -= set(meant)
        if not meant:
            yield f"health names what was not planted: {finding['sentence']}"
    for fault in sorted(expected):
        yield f"health does not name {'/'.join(fault.rules)} {fault.about} from {fault.since} to {fault.until}"
    if said.status != bool(one.campaign.expected):
        yield f"health ended with status {said.status}"


def _table(results: Sequence[Result]) -> None:
    head = (
        "source",
        "notices",
        "documents",
        "requests",
        "faults",
        "at once",
        "interval",
        "planted",
        "s",
        "MB",
        f"MB/{FEW}d",
    )
    print("".join(f"{one:>17}" if not n else f"{one:>11}" for n, one in enumerate(head)))
    for one in results:
        cells = (one.source, f"{one.served:,}", f"{one.documents:,}", f"{one.requests:,}", one.faults, one.at_once)
        cells += (one.interval, one.planted, one.seconds, one.peak, one.peak_few)
        print("".join(f"{cell:>17}" if not n else f"{cell:>11}" for n, cell in enumerate(cells)))
    print(f"{sum(one.served for one in results):,} notices of the days that are judged")
    for one in results:
        for sentence in one.wrong:
            print(f"{one.source}: {sentence}")
    print("nothing missing, nothing twice" if not any(one.wrong for one in results) else "NOT as it must be")


if __name__ == "__main__":
    sys.exit(main())

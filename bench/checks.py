"""What must hold of a source that was collected: complete, once, politely, not again, and its faults told.

In: the home of a campaign, a source, how its server saw us. Out: a sentence for each thing that is not as it must be.
"""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bench.collecting import CONTACT, INTERVAL, Ran, Served, ran

from beffroi.bulletins import Window, bulletin
from beffroi.fetch import agent
from beffroi.store import Store
from beffroi.store.slices import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.campaigns import Expected, Span

GRAIN = 0.05
"""Seconds by which two requests may seem nearer to each other at the server than they left the client: it notes a
request when a thread of its own has read it, which on two busy cores comes late."""
CAME = ("new", "revisions", "further", "duplicates", "without_record")
"""What may come of a document that was not there."""
_DAY = timedelta(1)


def collect(home: Path, one: Served, window: Window) -> Ran:
    """Collect a source's days by the command line."""
    return ran(home, "collect", one.name, "--since", str(window.since), "--until", str(window.until), "--json")


def complete(home: Path, one: Served, first: Ran) -> Iterator[str]:
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
    left = sorted(path.name for path in (home / "downloads").glob("*"))
    if left:
        yield f"left in downloads: {', '.join(left)}"
    if states != one.campaign.wanting:
        yield f"slices that are not whole: {states}, where there must be {dict(one.campaign.wanting)}"


def polite(one: Served, seen: dict[str, Any]) -> Iterator[str]:
    """Return how the server saw politeness neglected."""
    most = bulletin(one.name).BULLETIN.manners.concurrency
    at_once, hurried, agents = seen["most_at_once"], _hurried(seen["intervals"]), seen["agents"]
    if at_once > most:
        yield f"{at_once} requests at once, where {most} are polite"
    if hurried:
        yield f"{len(hurried)} requests within {min(hurried):.4f} s of another, where {INTERVAL} s are polite"
    if agents != [agent(CONTACT)]:
        yield f"asked by {agents}"


def _hurried(intervals: list[float]) -> list[float]:
    """Return the intervals that are too short though the request before was not noted late.

    Where it was, the interval before is longer by as much.

    >>> _hurried([INTERVAL, 1.9 * INTERVAL, 0.1 * INTERVAL, INTERVAL]), len(_hurried([INTERVAL, 0.1 * INTERVAL]))
    ([], 1)
    """
    pairs = pairwise([INTERVAL, *intervals])
    return [one for before, one in pairs if one < INTERVAL - GRAIN and before + one < 2 * INTERVAL - GRAIN]


def again(home: Path, one: Served) -> Iterator[str]:
    """Return what collecting once more brings or asks for though it is settled."""
    before = _asked(home, one)
    one.polite(forget=True)
    second = collect(home, one, one.campaign.collected)
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


def told(home: Path, one: Served, span: Span) -> Iterator[str]:
    """Return what health does not name, and what it names though nothing is wrong."""
    days = (span.window.until - span.window.since).days + 2
    on = span.window.until + _DAY
    said = ran(home, "health", one.name, "--json", "--on", str(on), "--days", str(days), "--lang", "en")
    expected = set(one.campaign.expected)
    for finding in json.loads(said.out):
        meant = {fault for fault in expected if _meant(fault, finding)}
        expected -= meant
        if not meant:
            yield f"health names what was not planted: {finding['sentence']}"
    for fault in sorted(expected, key=str):
        yield f"health does not name {'/'.join(sorted(fault.rules))} {fault.about} from {fault.since} to {fault.until}"
    if said.status != bool(one.campaign.expected):
        yield f"health ended with status {said.status}"


def _meant(fault: Expected, finding: dict[str, Any]) -> bool:
    """Return whether a finding names a fault: its rule, its days, its slice or field."""
    figures = finding["figures"]
    days = (finding.get("since") or finding["day"], finding.get("until") or finding["day"])
    about = str(figures.get("key") or figures.get("field") or "")
    return finding["rule"] in fault.rules and (str(fault.since), str(fault.until)) == days and fault.about == about

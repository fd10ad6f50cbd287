"""`beffroi health`: what is missing of what was collected, and what has changed.

In: an archive. Out: one sentence a fault, or JSON; the exit status is 1 when something is wrong.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from beffroi.settings import day, language, positive

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "say what is missing of what was collected, and what has changed; exit status 1 if anything"
EXAMPLES = """  beffroi health
  beffroi health boamp --days 90
  beffroi health --on 2026-09-30 --json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `health` takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a bulletin (default: all that were collected)")
    parser.add_argument("--on", type=day, metavar="DAY", help="the day of judging (default: today)")
    parser.add_argument("--days", type=positive, default=30, metavar="N", help="how many days are judged (default: 30)")
    parser.add_argument("--lang", choices=("fr", "en"), help="language (default: the locale's, else fr)")
    parser.add_argument("--json", action="store_true", help="print a list of what is wrong, as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print what is wrong; 0 where nothing is, else 1."""
    from beffroi.bulletins.offer import offer
    from beffroi.collect.health import health
    from beffroi.collect.health.words import as_json, sentence, well
    from beffroi.store import Store

    lang = args.lang or language(os.environ)
    on = args.on or datetime.now(UTC).date()
    with Store.open(settings.home) as store:
        found = health(store, on, days=args.days, names=args.sources)
    if args.json:
        print(as_json(found.findings, lang))
    elif not found.sources:
        print(offer(settings.home, lang))
    elif found.well:
        print(well(len(found.sources), found.days, lang))
    for one in () if args.json else found.findings:
        print(sentence(one, lang))
    return 0 if found.well else 1

"""`beffroi run`: every source collected on a schedule, until it is stopped.

In: sources and when. Out: a line a source and round, and what health has to say that is new; on standard error, when
the next round begins. SIGTERM and SIGINT end it once what has come is written, the second one at once.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from beffroi.errors import BeffroiError, UsageError
from beffroi.settings import language, positive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import time, timedelta

    from beffroi.collect.rounds import Rounds, Stopper
    from beffroi.collect.schedule import Schedule
    from beffroi.settings import Settings

HELP = "collect on a schedule until stopped"
EXAMPLES = """  beffroi run                                   every source, every six hours
  beffroi run boamp ted --at 06:30,18:30        at hours of the day (UTC)
  beffroi run --every 1h --json >> beffroi.log
  beffroi run --once
"""
EVERY = "6h"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `run` takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a bulletin (default: all that have an address)")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--every", type=duration, metavar="DURATION", help=f"30m, 6h, 1d (default: {EVERY})")
    when.add_argument("--at", type=hours, metavar="HH:MM", help="hours of the day, UTC: 06:30 or 06:30,18:30")
    when.add_argument("--once", action="store_true", help="one round, then end; exit status 1 if a source is not whole")
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes that read (default: all cores)")
    parser.add_argument("--lang", choices=("fr", "en"), help="language (default: the locale's, else fr)")
    parser.add_argument("--json", action="store_true", help="print lines of JSON")


def duration(text: str) -> timedelta:
    """Return a span of time; the room it is read in is opened when one is given, not to print the help."""
    from beffroi.collect import schedule

    return schedule.duration(text)


def hours(text: str) -> tuple[time, ...]:
    """Return hours of the day, read where they are given."""
    from beffroi.collect import schedule

    return schedule.hours(text)


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Collect until stopped; raises UsageError where another run is at work on the home."""
    from beffroi.collect.alone import alone
    from beffroi.collect.rounds import Rounds, Stopper
    from beffroi.collect.schedule import Schedule
    from beffroi.progress import said

    stopper = Stopper()
    rounds = Rounds(_names(args.sources), settings, stopper, jobs=args.jobs, told=lambda one: said(one.error))
    schedule = Schedule() if args.once else Schedule(None if args.at else args.every or duration(EVERY), args.at or ())
    with alone(settings.home):
        _listen(stopper)
        status = _rounds(rounds, stopper, schedule, args)
    if stopper.stopped:
        _tell("stopped: what has come is written; the rest will be asked for next time")
        return 0
    return status


def _names(asked: Sequence[str]) -> list[str]:
    """Return the sources to collect; raises UsageError for one that is not, or has no address."""
    from beffroi.bulletins import bulletin, bulletins

    for name in asked:
        if bulletin(name).BULLETIN.given:
            raise UsageError(f"{name} has no address of its own: collect it with `beffroi collect {name} --at WHERE`")
    return list(asked) or [name for name, one in bulletins().items() if not one.BULLETIN.given]


def _rounds(rounds: Rounds, stopper: Stopper, schedule: Schedule, args: argparse.Namespace) -> int:
    """Go round until stopped, or once; return 1 where a source of the last round was not whole, else 0."""
    from random import random

    while True:
        wrong = max([_say(one, args) for one in _round(rounds, stopper, args)], default=0)
        if stopper.stopped or args.once:
            return wrong
        now = datetime.now(UTC)
        following = schedule.after(now, random())  # noqa: S311 - spreads load, hides nothing
        _tell(f"next round at {_stamp(following)}")
        if stopper.wait((following - now).total_seconds()):
            return wrong


def _round(rounds: Rounds, stopper: Stopper, args: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Return what there is to say of a round: a line, the same as JSON, and whether a source is not whole."""
    import msgspec

    from beffroi.collect.health.words import fields
    from beffroi.collect.rounds import Failed

    lang = args.lang or language(os.environ)
    today = datetime.now(UTC).date()
    for one in rounds.collected(today):
        yield one.line(lang), msgspec.to_builtins(one), isinstance(one, Failed) or bool(one.wrong)
        for sentence in () if isinstance(one, Failed) else one.wrong:
            _tell(sentence)
    if not stopper.stopped:
        try:
            news = rounds.news(today)
        except BeffroiError as error:  # a full disk now is none at the next round
            _tell(str(error))
            return
        for found in news:
            told = fields(found, lang)
            yield told["sentence"], told, False


def _say(found: tuple[str, dict[str, Any], bool], args: argparse.Namespace) -> int:
    """Print one line, stamped; return 1 where it is of a source that is not whole."""
    import msgspec

    line, fields, wrong = found
    now = _stamp(datetime.now(UTC))
    print(msgspec.json.encode({"time": now, **fields}).decode() if args.json else f"{now} {line}", flush=True)
    return int(wrong)


def _tell(sentence: str) -> None:
    print(f"beffroi: {sentence}", file=sys.stderr, flush=True)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _listen(stopper: Stopper) -> None:
    """End at the first SIGTERM or SIGINT once what has come is written, at the second at once."""
    import signal
    from queue import SimpleQueue
    from threading import Thread

    asked: SimpleQueue[int] = SimpleQueue()

    def heard(number: int, _: object) -> None:
        asked.put(number)  # reentrant, as locks are not: a signal comes between any two steps of this thread
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)

    def listen() -> None:
        asked.get()
        _tell("stopping when what has come is written; a second signal ends it at once")
        stopper.stop()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, heard)
    Thread(target=listen, daemon=True).start()

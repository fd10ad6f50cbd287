"""`beffroi collect`: what bulletins published, into the archive.

In: sources and a window of publication days. Out: a line a source; on standard error one for each day (or package) that
is not whole, and what to do next; on a terminal, meanwhile, which day it is at, how many notices came, who makes us
wait.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from beffroi.errors import FetchError, UsageError
from beffroi.settings import day, language, positive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from beffroi.bulletins import Bulletin, Window
    from beffroi.collect import Brought
    from beffroi.settings import Settings
    from beffroi.store import Store

HELP = "collect what bulletins published"
EXAMPLES = """  beffroi collect boamp                         what is missing of the last 30 days
  beffroi collect boamp --since 2020-04-01 --until 2020-04-30 --via export
  beffroi collect --all --json
  beffroi collect files --at ~/downloads/ted
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `collect` takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a bulletin: see `beffroi sources`")
    parser.add_argument("--all", action="store_true", help="every bulletin that has an address of its own")
    parser.add_argument("--since", type=day, metavar="DAY", help="first publication day (2026-09-01)")
    parser.add_argument("--until", type=day, metavar="DAY", help="last publication day (default: today)")
    parser.add_argument("--via", metavar="WAY", help="how: api, export, packages, … (see `beffroi sources`)")
    parser.add_argument("--at", metavar="WHERE", help="the address or folder of a source that has none of its own")
    parser.add_argument("--again", action="store_true", help="ask for what is whole already, too")
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes that read (default: all cores)")
    parser.add_argument("--lang", choices=("fr", "en"), help="language (default: the locale's, else fr)")
    parser.add_argument("--json", action="store_true", help="print a line of JSON a source")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Collect; 0 when every slice asked for came whole, else 1."""
    from beffroi.bulletins import bulletin, bulletins
    from beffroi.store import Store

    if args.all == bool(args.sources):
        raise UsageError("name the sources, or say --all; `beffroi sources` lists them")
    names = [bulletin(name).BULLETIN.name for name in args.sources]  # before there is an archive: a typo makes none
    if args.all:
        names = [name for name, one in bulletins().items() if not one.BULLETIN.given]
    with _terminable(), Store.open(settings.home, create=True) as store:
        states = [_collected(name, store, settings, args) for name in names]
    return max(states, default=0)


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM (a container, systemd, a timeout of cron) end a collection as Ctrl-C does: in order, and said."""
    import signal
    from threading import current_thread, main_thread

    if current_thread() is not main_thread():  # whose signals these are not
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _collected(name: str, store: Store, settings: Settings, args: argparse.Namespace) -> int:
    """Collect one source and say what came; return its exit status. One that cannot be had does not harm the others."""
    try:
        return _brought(name, store, settings, args)
    except (FetchError, UsageError) as error:
        if not args.all and len(args.sources) == 1:
            raise
        print(f"beffroi: {name}: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1


def _brought(name: str, store: Store, settings: Settings, args: argparse.Namespace) -> int:
    from beffroi.collect import collect
    from beffroi.collect.opening import opened
    from beffroi.progress import Watch

    watch = Watch(name)
    source = opened(name, settings, at=args.at, again=args.again, told=watch.note)
    with source.fetcher:
        window = _window(source.bulletin.BULLETIN, store, args)
        with watch:
            brought = collect(store, source, window, way=args.via, jobs=args.jobs, told=watch.told, steps=watch.step)
    _say(brought, args)
    return 1 if brought.wrong or brought.open or brought.left else 0


def _window(declared: Bulletin, store: Store, args: argparse.Namespace) -> Window:
    """Return the days to collect: those asked for, else those that following the bulletin asks for."""
    from beffroi.bulletins import Window
    from beffroi.collect.following import DAYS, following
    from beffroi.store.slices import latest

    today = datetime.now(UTC).date()
    until = min(args.until or today, today)
    if min(args.since or until, until) < declared.begins:
        raise UsageError(f"{declared.name} begins on {declared.begins}: nothing can be collected from before")
    if args.since is None:
        if latest(store.connection, declared.name) is None and declared.month is not None:
            size = declared.month
            print(
                f"beffroi: {declared.name} was never collected here: its last {DAYS} days are about {size.notices:,} "
                f"notices, {size.megabytes:,} MB to fetch, {size.minutes:,} minutes",
                file=sys.stderr,
            )
        return following(store, declared, until)
    if args.since > until:
        raise UsageError(f"--since {args.since} is later than {until}: no day lies between them")
    return Window(args.since, until)


def _say(brought: Brought, args: argparse.Namespace) -> None:
    import msgspec

    line = msgspec.json.encode(brought).decode() if args.json else brought.line(args.lang or language(os.environ))
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    for sentence in brought.wrong:
        print(f"beffroi: {sentence}", file=sys.stderr)
    if brought.wrong or brought.open or brought.left:
        print("beffroi: run the same command again: only what is missing is asked for", file=sys.stderr)
    elif brought.loaded.new and sys.stderr.isatty():
        print("beffroi: next: `beffroi search WORDS`, `beffroi show NUMBER`, `beffroi health`", file=sys.stderr)

"""`beffroi demo`: the main job on a small bundled archive, in a home of its own.

In: nothing. Out: the days' bulletins, the call for drones with its lots and sums, its correction, and a page to open.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "see it work on a small bundled archive, apart from your own"
EXAMPLES = """  beffroi demo
  beffroi demo --lang en
  beffroi demo --home /tmp/beffroi-demo
  beffroi demo --files archive
"""
_WIDTH, _WIDEST = 100, 120
"""Columns of the pages where there is no terminal, and at most."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `demo` takes."""
    parser.add_argument("--lang", choices=("fr", "en"), help="language of the pages (default: the locale's, else fr)")
    parser.add_argument(
        "--files", metavar="DIR", help="only copy the bundled documents to a new folder, to try other commands on"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Fill the demo's home, print the tour, write the page."""
    import shutil

    from beffroi.demo import copied, home, site, tour
    from beffroi.settings import language

    if args.files:
        copied(Path(args.files))
        return 0

    lang = args.lang or language(os.environ)
    width = min(shutil.get_terminal_size((_WIDTH, 24)).columns, _WIDEST)
    own = settings.of(os.environ).home
    with home.opened(settings.home if args.home else _folder(), own=own) as store:
        shown = tour.gathered(store)
        files = site.written(store, shown)
        sys.stdout.write(tour.told(shown, lang, width))
        address = files[lang].resolve().as_uri()
        sys.stdout.write("\n" + tour.farewell(store.home, address, lang, command=_typed(sys.argv[0])))
    return 0


def _typed(started: str) -> str:
    """Return what a person types to run this program again: its name where the shell finds it, else its path."""
    from shutil import which

    return started if Path(started).name == "beffroi" and which("beffroi") is None else "beffroi"


def _folder() -> Path:
    """Return the demo's own folder, beside the default home."""
    from platformdirs import user_data_path

    return Path(user_data_path("beffroi-demo"))

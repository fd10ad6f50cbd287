"""`beffroi demo`: the main job on a small bundled archive, in a home of its own.

In: nothing. Out: the days' bulletins, the call for drones with its lots and sums, its correction, and a page to open.
"""

from __future__ import annotations

import os
import shutil
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
"""
_WIDEST = 110


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `demo` takes."""
    parser.add_argument("--lang", choices=("fr", "en"), help="language of the pages (default: the locale's, else fr)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Fill the demo's home, print the tour, write the page."""
    from beffroi.commands.show import language
    from beffroi.demo import home, site, tour

    lang = args.lang or language(os.environ)
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    own = settings.of(os.environ).home
    with home.opened(settings.home if args.home else _folder(), own=own) as store:
        shown = tour.gathered(store)
        files = site.written(store, shown)
        sys.stdout.write(tour.told(shown, lang, width))
        sys.stdout.write("\n" + tour.farewell(store.home, files[lang].resolve().as_uri(), lang))
    return 0


def _folder() -> Path:
    """Return the demo's own folder, beside the default home."""
    from platformdirs import user_data_path

    return Path(user_data_path("beffroi-demo"))

"""`beffroi load`: documents into the archive, their records into the store.

In: files, folders, packages, pages, `-`. Out: a summary; one line on standard error for each that gave no record.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from beffroi.settings import positive

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "archive documents and store their records"
EXAMPLES = """  beffroi load notices/
  beffroi load 2024001.tar.gz --home /srv/beffroi
  curl -s "$PAGE" | beffroi load -
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `load` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, a package (.tar.gz), a page, or -")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes (default: all cores)")
    parser.add_argument(
        "--origin",
        choices=("official", "sample", "reconstruction"),
        default="official",
        help="what the documents are (default: official)",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Load the documents; 0 when every one gave a record, else 1."""
    import msgspec

    from beffroi.progress import progress
    from beffroi.store import Store

    with Store.open(settings.home, create=True) as store, progress("loaded") as told:
        report = store.load(args.paths, origin=args.origin, jobs=args.jobs, told=lambda one: told(one.error))
    sys.stdout.write((msgspec.json.encode(report).decode() if args.json else report.line()) + "\n")
    return 1 if report.without_record else 0

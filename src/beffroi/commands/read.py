"""`beffroi read`: records of documents, one JSON line each, on standard output.

In: files, folders, packages, pages, `-`. Out: records in input order; a summary on standard error.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from beffroi.settings import positive

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "read documents and print one record a line (JSON)"
EXAMPLES = """  beffroi read notice.xml --jsonl
  beffroi read 2024001.tar.gz --jsonl --cite > records.jsonl
  curl -s "$PAGE" | beffroi read - --jsonl
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `read` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, a package (.tar.gz), a page, or -")
    parser.add_argument("--jsonl", action="store_true", help="one record a line (the only form, and the default)")
    parser.add_argument("--cite", action="store_true", help="add citations: the place of every value")
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes (default: all cores)")
    parser.add_argument(
        "--origin",
        choices=("official", "reconstruction", "sample"),
        default="official",
        help="what the documents are (default: official)",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the records; 0 when every document gave one, else 1."""
    del settings
    from beffroi.batch import read_all

    records = refused = unread = 0
    for outcome in read_all(args.paths, cite=args.cite, jobs=args.jobs, origin=args.origin):
        if outcome.record is None:
            refused += 1
            print(f"beffroi: {outcome.error}", file=sys.stderr)
            continue
        records += 1
        unread += outcome.unread
        sys.stdout.buffer.write(outcome.record + b"\n")
    sys.stdout.buffer.flush()
    print(f"{records} records, {refused} without; {unread} unread passages", file=sys.stderr)
    return 1 if refused else 0

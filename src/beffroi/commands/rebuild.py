"""`beffroi rebuild`: the records and the tables for questions made anew from the archive.

In: an archive. Out: a summary; one line on standard error for each document that gave no record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.settings import positive

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "make the records anew from the archived documents"
EXAMPLES = "  beffroi rebuild\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `rebuild` takes."""
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes (default: all cores)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Rebuild; 0 when every document gave a record, else 1."""
    from beffroi.progress import progress
    from beffroi.store import Store

    with Store.open(settings.home) as store, progress("read again", store.stats().documents) as told:
        done = store.rebuild(jobs=args.jobs, told=lambda one: told(one.error))
    print(
        f"{done.documents:,} documents read again: {done.notices:,} notices, {done.revisions:,} revisions; "
        f"{done.without_record:,} gave no record"
    )
    return 1 if done.without_record else 0

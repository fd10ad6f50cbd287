"""`beffroi redact`: a document's bytes removed; its digest, the date and the reason stay.

In: a SHA-256, or a notice for all its documents; a reason. Out: a line for each document.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "remove a document's bytes; digest, date and reason stay, and so does its record"
EXAMPLES = """  beffroi redact 20-51423 --reason "names a private person; request of 3 May 2026"
  beffroi redact 8ab7ac80ae62528ed5451a1e9ae48e4b3a7031e51e2cf6de18ec2cb25561dacf --reason "court order"
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `redact` takes."""
    parser.add_argument("what", metavar="SHA256|ID", help="a document, or a notice for all its documents")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; it is kept and shown")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Redact and say what was done."""
    from datetime import UTC, datetime

    from beffroi.store import Store

    today = datetime.now(UTC).date().isoformat()
    with Store.open(settings.home) as store:
        done = store.redact(args.what, reason=args.reason, date=today)
    for one in done:
        print(f"{one.sha256}: bytes removed; digest, date and reason stay, and so does its record")
        if one.dictionary is not None:
            print(
                f"beffroi: dictionary {one.dictionary} was trained on this document among others and may hold passages "
                "of it; to be rid of them, load what remains into a new --home",
                file=sys.stderr,
            )
    return 0

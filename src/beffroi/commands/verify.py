"""`beffroi verify`: every archived document hashed again.

In: an archive. Out: one line for each document that is not what its digest says; 1 where there is any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "hash every archived document again and report each that changed"
EXAMPLES = "  beffroi verify\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `verify` takes: nothing."""
    del parser


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Verify; 0 when every document is sound, else 1."""
    del args
    from beffroi.progress import progress
    from beffroi.store import Store

    sound = damaged = 0
    with Store.open(settings.home) as store, progress("verified", lambda: store.stats().documents) as told:
        for damage in store.verify():
            told(None)
            if damage is None:
                sound += 1
            else:
                damaged += 1
                print(f"{damage.sha256} ({damage.name}): {damage.why}")
    verb, others = ("document is" if sound == 1 else "documents are"), ("is" if damaged == 1 else "are")
    print(f"{sound:,} {verb} sound or redacted, {damaged:,} {others} not")
    return 1 if damaged else 0

"""`beffroi stats`: what the archive holds, in figures.

In: an archive. Out: a table, or JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings
    from beffroi.store.stats import Stats

HELP = "say what the archive holds"
EXAMPLES = "  beffroi stats\n  beffroi stats --json\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `stats` takes."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the figures."""
    import shutil

    import msgspec

    from beffroi.bulletins.offer import choices
    from beffroi.render.layout import wrap
    from beffroi.store import Store

    with Store.open(settings.home) as store:
        found = store.stats()
        collected = {row[0] for row in store.connection.execute("SELECT DISTINCT source FROM slices")}
    if args.json:
        print(
            msgspec.json.encode(msgspec.to_builtins(found) | {"attribution": _attribution(found, collected)}).decode()
        )
        return 0
    print(f"archive     {settings.home}")
    if not found.documents:
        print("it is empty: fill it with `beffroi load PATH…`, or begin with one of")
        print(choices("en"))
        return 0
    room = shutil.get_terminal_size((100, 24)).columns - 12
    for name, text in _lines(found):
        first, *rest = wrap(text, room)
        print(f"{name:<11} {first}", *(f"{'':<11} {line}" for line in rest), sep="\n")
    return 0


def _attribution(found: Stats, collected: set[str]) -> dict[str, dict[str, str]]:
    """Return by bulletin and language whom its licence asks to be named, with the last day of what is held.

    A bulletin is named where its source is held; one that shares its source with others, where it was collected.
    """
    from beffroi.bulletins import bulletins

    day = found.last or "?"
    declared = (one.BULLETIN for one in bulletins().values())
    return {
        one.name: {lang: text.replace("{date}", day) for lang, text in one.attribution.items()}
        for one in declared
        if one.source in found.sources and (one.name in collected or (one.name == one.source and not one.given))
    }


def _lines(found: Stats) -> list[tuple[str, str]]:
    """Return the figures as lines for a person."""
    kept = f"{found.bytes / 1e6:,.1f} MB kept in {found.stored / 1e6:,.1f} MB"
    again = f"; {found.duplicates:,} repeat a contract" if found.duplicates else ""
    bare = f"{found.redacted:,} redacted; {found.without_record:,} no record"
    return [
        ("documents", f"{found.documents:,} ({kept}); {bare}{again}"),
        ("notices", f"{found.notices:,} in {found.revisions:,} revisions; {_counts(found.sources)}"),
        ("of which", f"{found.distinct_notices:,} different notices, in {found.procedures:,} procedures"),
        ("kinds", _counts(found.kinds)),
        ("origins", _counts(found.origins)),
        ("published", f"{found.first or '?'} to {found.last or '?'}"),
        ("lots", f"{found.lots:,}; awards {found.awards:,}"),
        ("to verify", f"{found.suspects:,} values; {found.unread:,} unread passages"),
    ]


def _counts(counts: dict[str, int]) -> str:
    return " · ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"

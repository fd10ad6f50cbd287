"""`beffroi coverage`: what became of every text of documents, so that nothing is lost.

In: files, folders, packages, pages, `-`. Out: a table by format, what was ignored and why, what was lost.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from beffroi.formats.coverage import Coverage
    from beffroi.settings import Settings

HELP = "count what became of every text: used, ignored, unread, lost"
EXAMPLES = """  beffroi coverage notices/
  beffroi coverage 2024001.tar.gz --json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `coverage` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, a package (.tar.gz), a page, or -")
    parser.add_argument("--json", action="store_true", help="everything counted, as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print what was counted; 0 when every document gave a record and no text was lost, else 1."""
    del settings
    from beffroi.errors import Unreadable
    from beffroi.formats.coverage import Coverage, coverage
    from beffroi.intake import Refusal, documents, plain_bytes
    from beffroi.progress import progress

    counted: dict[str, Coverage] = {}
    refused = 0
    with progress("counted", lambda: plain_bytes(args.paths)) as told:
        for document in documents(args.paths):
            part = 0 if isinstance(document, Refusal) else len(document.data)
            try:
                if isinstance(document, Refusal):
                    raise document.error
                name, one = coverage(document)
            except Unreadable as error:
                refused += 1
                told(str(error), part)
            else:
                counted.setdefault(name, Coverage()).add(one)
                told(None, part)
    whole = Coverage()
    for one in counted.values():
        whole.add(one)
    print(as_json(counted) if args.json else as_text({**counted, "all": whole}, whole))
    many = "" if whole.documents == 1 else "s"
    print(f"{whole.documents:,} document{many}, {refused:,} without a record", file=sys.stderr)
    return 1 if refused or whole.lost else 0


def as_text(counted: Mapping[str, Coverage], whole: Coverage) -> str:
    """Return the table by format, then what was ignored (by path and reason), lost and not looked at."""
    lines = [f"{'format':<14}{'documents':>10}{'characters':>13}{'used':>9}{'ignored':>9}{'unread':>9}{'lost':>9}"]
    for name, one in counted.items():
        shares = (one.used, one.ignored.total(), one.unread, one.lost.total())
        cells = "".join(f"{share / (one.characters or 1):>9.2%}" for share in shares)
        lines.append(f"{name:<14}{one.documents:>10,}{one.characters:>13,}{cells}")
    rows = [(f"{path}  ({reason})", number) for (path, reason), number in whole.ignored.most_common()]
    lines += _listing("ignored on purpose, characters by path and reason", rows)
    lines += _listing("LOST, characters by path", whole.lost.most_common())
    lines += _listing("attributes no reader looked at", whole.attributes.most_common())
    lines += _listing("empty elements no reader looked at", whole.flags.most_common())
    return "\n".join(lines)


def _listing(title: str, rows: list[tuple[str, int]]) -> list[str]:
    return ["", f"{title}:", *(f"{number:>12,}  {what}" for what, number in rows)] if rows else []


def as_json(counted: Mapping[str, Coverage]) -> str:
    """Return everything counted, by format."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode({name: _plain(one) for name, one in counted.items()})).decode()


def _plain(one: Coverage) -> dict[str, Any]:
    ignored = [{"path": path, "reason": why, "characters": n} for (path, why), n in one.ignored.most_common()]
    return {
        "documents": one.documents,
        "characters": one.characters,
        "used": one.used,
        "ignored": one.ignored.total(),
        "unread": one.unread,
        "lost": one.lost.total(),
        "ignored_by_path": ignored,
        "lost_by_path": dict(one.lost.most_common()),
        "attributes_not_looked_at": dict(one.attributes.most_common()),
        "flags_not_looked_at": dict(one.flags.most_common()),
    }

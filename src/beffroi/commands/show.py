"""`beffroi show`: one notice as a page a reporter can read, or as its record.

In: an id ("20-51423", "boamp:20-51423", "ted:175835-2020"), or an ocid, which stands for all releases of its process.
Out: the page, or one line of JSON with `--json`.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from beffroi.errors import UsageError
from beffroi.settings import language

if TYPE_CHECKING:
    import argparse

    from beffroi.notices import Citation, Notice
    from beffroi.settings import Settings
    from beffroi.store import Store

HELP = "show a notice: lots, quantities, amounts, dates, awards, and where each value stands"
EXAMPLES = """  beffroi show 20-51423
  beffroi show ted:175835-2020 --cite --lang en
  beffroi show 20-51423 --all | less
  beffroi show 20-51423 --json --cite
  beffroi show ocds-h6vhtk-0fffff
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `show` takes."""
    parser.add_argument("id", metavar="ID", help="a notice's number or id: 20-51423, ted:175835-2020; or an ocid")
    parser.add_argument("--json", action="store_true", help="print the record as one line of JSON")
    parser.add_argument("--cite", action="store_true", help="add where each value stands in the document")
    parser.add_argument("--all", action="store_true", help="cut nothing: long texts, every lot, award and passage")
    parser.add_argument("--unread", action="store_true", help="list the passages that were not interpreted")
    parser.add_argument("--lang", choices=("fr", "en"), help="language of the page (default: the locale's, else fr)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the notice; raises UsageError where the archive holds none of that number."""
    from beffroi.notices.compiled import compiled_from
    from beffroi.store import Store

    with Store.open(settings.home) as store:
        notice = store.notice(args.id) or _compiled(store, args.id)
        if notice is None:
            raise UsageError(_unknown(args.id, store))
        if args.cite and compiled_from(notice):
            raise UsageError(f"{args.id}: compiled from several notices: ask for one of them to see where values stand")
        citations = _citations(store, notice) if args.cite else None
        if args.json:
            sys.stdout.buffer.write(_record(notice, citations).encode() + b"\n")
            sys.stdout.buffer.flush()
        else:
            sys.stdout.write(_page(store, notice, args, citations))
    return 0


def _compiled(store: Store, asked: str) -> Notice | None:
    """Return the procedure of an ocid as its notices leave it, or None where the archive holds none of them."""
    from beffroi.notices.compiled import compiled

    found = store.process(asked)
    if not found:
        return None
    print(f"beffroi: {asked}: compiled from {', '.join(one.id for one in found)}", file=sys.stderr)
    return compiled(found)


def _unknown(asked: str, store: Store) -> str:
    held = len(store)
    todo = "load it with `beffroi load PATH…`, or look for it with `beffroi search`"
    return f"{asked}: not in this archive, which holds {held:,} notice{'' if held == 1 else 's'}; {todo}"


def _citations(store: Store, notice: Notice) -> dict[str, Citation]:
    """Return where each value stands, by reading the archived document again with its places."""
    import msgspec

    from beffroi.formats import read

    reading = read(store.document(notice.document.sha256), cite=True)
    if msgspec.structs.replace(reading.notice, revision=notice.revision) != notice:
        print("beffroi: the stored record was read by another version; run `beffroi rebuild`", file=sys.stderr)
    return reading.citations or {}


def _record(notice: Notice, citations: dict[str, Citation] | None) -> str:
    """Return the record as one line of JSON, `citations` last; nothing in it steers the terminal it is printed on."""
    import msgspec

    from beffroi.notices import to_json
    from beffroi.render import escaped

    line = to_json(notice)
    if citations is not None:
        line = line[:-1] + b',"citations":' + msgspec.json.encode(citations) + b"}"
    return escaped(line.decode())


def _page(store: Store, notice: Notice, args: argparse.Namespace, citations: dict[str, Citation] | None) -> str:
    from beffroi.render import Extras, notice_page
    from beffroi.render.procedure import Kin

    lang = args.lang or language(os.environ)
    later = _later(store, notice)
    held = {link.target: store.notice(link.target) for one in (notice, *later) for link in one.links}
    linked = {target: one for target, one in held.items() if one is not None}
    extras = Extras(linked, citations or {}, args.unread, later, args.all, Kin(*store.kin(notice.id)))
    return notice_page(notice, lang, shutil.get_terminal_size((100, 24)).columns, extras)


def _later(store: Store, notice: Notice) -> tuple[Notice, ...]:
    """Return the notices that link to this one, the first published first."""
    rows = store.connection.execute("SELECT DISTINCT notice FROM links WHERE target = ?", (notice.id,))
    found = [one for one in (store.notice(row[0]) for row in rows.fetchall()) if one is not None]
    return tuple(sorted(found, key=lambda one: one.published or ""))

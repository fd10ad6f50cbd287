"""`beffroi get`: one notice, with its corrections and result, in seconds.

In: a number, or the address of a notice's page. Out: a line a notice that came; `beffroi show` then shows each.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from beffroi.errors import FetchError, UsageError

if TYPE_CHECKING:
    import argparse

    from beffroi.notices import Notice
    from beffroi.settings import Settings
    from beffroi.store import Store

HELP = "bring one notice with its corrections and result"
EXAMPLES = """  beffroi get 20-51423
  beffroi get 175835-2020
  beffroi get "https://ted.europa.eu/en/notice/-/detail/175835-2020"
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `get` takes."""
    parser.add_argument("notice", metavar="NOTICE", help="its number, or the address of its page")
    parser.add_argument("--json", action="store_true", help="print the records, a line each")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Bring the notice; 0 when it came, else 1."""
    from beffroi.bulletins import bulletins
    from beffroi.store import Store

    meant = {name: number for name, one in bulletins().items() if (number := one.number(args.notice)) is not None}
    if not meant:
        raise UsageError(f"{args.notice}: no number of a notice, and no page of one, that a bulletin here knows")
    with Store.open(settings.home, create=True) as store:
        brought = [id_ for name, number in meant.items() for id_ in _brought(store, name, number, settings)]
        for id_ in dict.fromkeys(brought):
            notice = store.notice(id_)
            assert notice is not None
            sys.stdout.write(_line(notice, as_json=args.json))
    return 0 if brought else 1


def _brought(store: Store, name: str, number: str, settings: Settings) -> list[str]:
    """Return what one bulletin brought; what it has not, or why it cannot be asked, is said."""
    from beffroi.collect.one import get
    from beffroi.collect.opening import opened

    source = opened(name, settings)
    try:
        with source.fetcher:
            found = get(store, source, number)
    except FetchError as error:
        print(f"beffroi: {name}: {error}", file=sys.stderr)
        return []
    if not found:
        print(f"beffroi: {name} has no notice {number}", file=sys.stderr)
    return found


def _line(notice: Notice, *, as_json: bool) -> str:
    if as_json:
        from beffroi.notices import to_json

        return to_json(notice).decode() + "\n"
    said = (notice.id, notice.kind or "", notice.published or "", notice.title or "")
    return "  ".join(one for one in said if one) + "\n"

"""`beffroi get`: one notice, with its corrections and result, in seconds.

In: a number, or the address of a notice's page. Out: a line a notice that came; `beffroi show` then shows each.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from beffroi.errors import FetchError, UsageError

if TYPE_CHECKING:
    import argparse

    from beffroi.collect.one import Got
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
    """Bring the notice; 0 when it came with all that it names, else 1."""
    from beffroi.bulletins import bulletins
    from beffroi.store import Store

    meant = {name: number for name, one in bulletins().items() if (number := one.number(args.notice)) is not None}
    if not meant:
        raise UsageError(f"{args.notice}: no number of a notice, and no page of one, that a bulletin here knows")
    with Store.open(settings.home, create=True) as store:
        brought = [_brought(store, name, number, settings) for name, number in meant.items()]
        for id_ in dict.fromkeys(id_ for one in brought for id_ in one.ids):
            notice = store.notice(id_)
            assert notice is not None
            sys.stdout.write(_line(notice, as_json=args.json))
    return 0 if any(one.ids for one in brought) and not any(one.wrong for one in brought) else 1


def _brought(store: Store, name: str, number: str, settings: Settings) -> Got:
    """Return what one bulletin brought; what it has not, or why it cannot be asked, is said."""
    from beffroi.collect.one import Got, get
    from beffroi.collect.opening import opened

    source = opened(name, settings)
    try:
        with source.fetcher:
            found = get(store, source, number)
    except FetchError as error:
        found = Got([], (str(error),))
    for sentence in found.wrong:
        print(f"beffroi: {name}: {sentence}", file=sys.stderr)
    if not (found.ids or found.wrong):
        print(f"beffroi: {name} has no notice {number}", file=sys.stderr)
    return found


def _line(notice: Notice, *, as_json: bool) -> str:
    from beffroi.render.clean import clean, escaped

    if as_json:
        from beffroi.notices import to_json

        return escaped(to_json(notice).decode()) + "\n"
    said = (notice.id, notice.kind or "", notice.published or "", notice.title or "")
    return "  ".join(" ".join(clean(one).split()) for one in said if one) + "\n"

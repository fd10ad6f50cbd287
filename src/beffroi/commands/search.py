"""`beffroi search`: notices that hold every word, the best first.

In: words. Out: a line or two for each notice, or JSON lines.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from beffroi.settings import language, positive

if TYPE_CHECKING:
    import argparse

    from beffroi.render.figures import Lang
    from beffroi.settings import Settings
    from beffroi.store.search import Hit, MainAmount

HELP = "find notices by words"
EXAMPLES = """  beffroi search drones gendarmerie
  beffroi search '"vol de nuit" préf*' --limit 5
  beffroi search 35613000 --json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `search` takes."""
    parser.add_argument("words", nargs="+", metavar="WORD", help='a word, a "phrase", a beginning*, a number or a code')
    parser.add_argument("--limit", type=positive, default=20, metavar="N", help="how many at most (default: 20)")
    parser.add_argument("--lang", choices=("fr", "en"), help="language of the list (default: the locale's, else fr)")
    parser.add_argument("--json", action="store_true", help="one notice a line, as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print what was found; finding nothing is no failure."""
    import msgspec

    from beffroi.render.clean import escaped
    from beffroi.store import Store

    with Store.open(settings.home) as store:
        hits = store.search(" ".join(args.words), limit=args.limit)
        held = len(store)
    lang = args.lang or language(os.environ)
    for hit in hits:
        print(escaped(msgspec.json.encode(hit._asdict()).decode()) if args.json else line(hit, lang))
    if not hits:
        advice = "try fewer words, or a beginning with *" if held else "fill it with `beffroi load PATH…`"
        print(f"nothing found among the {held:,} notices of {settings.home}: {advice}", file=sys.stderr)
    elif len(hits) == args.limit:
        print(f"the first {args.limit}; for more: --limit {args.limit * 5}", file=sys.stderr)
    return 0


def line(hit: Hit, lang: Lang) -> str:
    """Return a notice found as two lines for a person."""
    from beffroi.render.clean import clean
    from beffroi.render.words import word, word_in

    revision = f", {word('revision', lang)} {hit.revision}" if hit.revision > 1 else ""
    kind = word_in("short", hit.kind or "kind.other", lang)
    origin = "" if hit.origin == "official" else f" [{word(hit.origin, lang).lower()}]"
    buyer = f"{hit.buyer or word('no_buyer', lang)}{f' ({hit.country})' if hit.country else ''}"
    head = f"{hit.published or '????-??-??'}  {hit.id}{revision}  {kind}{origin}  {buyer}"
    lots = f"{hit.lots} {word('lot' if hit.lots < 2 else 'lots', lang).lower()}" if hit.lots else word("no_lots", lang)  # noqa: PLR2004 - one lot, two lots
    amount = money(hit.amount, lang) if hit.amount is not None else word("no_amount", lang)
    return clean(f"{head}\n            {hit.title or word('no_title', lang)} · {lots} · {amount}")


def money(amount: MainAmount, lang: Lang) -> str:
    """Return an amount with its kind.

    >>> from beffroi.store.search import MainAmount
    >>> money(MainAmount("estimate", "709130.5", None, None, "EUR", "excluded"), "en")
    'Estimate: €709,130.50 excl. VAT'
    """
    from beffroi.render.figures import amount_text
    from beffroi.render.words import COLON, word

    return f"{word(amount.kind, lang)}{COLON[lang]} {amount_text(amount, lang)}"

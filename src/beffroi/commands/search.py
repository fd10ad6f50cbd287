"""`beffroi search`: notices that hold every word, the best first.

In: words. Out: a line or two for each notice, or JSON lines.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from beffroi.settings import positive

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings
    from beffroi.store.search import Hit, MainAmount

HELP = "find notices by words"
EXAMPLES = """  beffroi search drones gendarmerie
  beffroi search '"vol de nuit" préf*' --limit 5
  beffroi search 35613000 --json
"""

_KINDS = {
    "award": "Awarded",
    "amended": "After change",
    "framework_max": "Framework ceiling",
    "reestimated": "Re-estimated",
    "concession_value": "Concession value",
    "estimate": "Estimate",
    "minimum": "Guaranteed minimum",
    "before": "Before change",
    "prize": "Prize",
    "option": "Option",
    "paid": "Paid",
    "fee": "Fee",
}
_VAT = {"excluded": "excl. VAT", "included": "incl. VAT", "unknown": "VAT not stated"}
_ORIGINS = {"reconstruction": " [reconstruction, do not cite]", "sample": " [invented sample]"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `search` takes."""
    parser.add_argument("words", nargs="+", metavar="WORD", help='a word, a "phrase", a beginning*, a number or a code')
    parser.add_argument("--limit", type=positive, default=20, metavar="N", help="how many at most (default: 20)")
    parser.add_argument("--json", action="store_true", help="one notice a line, as JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print what was found; finding nothing is no failure."""
    import msgspec

    from beffroi.render import clean, escaped
    from beffroi.store import Store

    with Store.open(settings.home) as store:
        hits = store.search(" ".join(args.words), limit=args.limit)
        held = len(store)
    for hit in hits:
        print(escaped(msgspec.json.encode(hit._asdict()).decode()) if args.json else clean(line(hit)))
    if not hits:
        advice = "try fewer words, or a beginning with *" if held else "fill it with `beffroi load PATH…`"
        print(f"nothing found among the {held:,} notices of {settings.home}: {advice}", file=sys.stderr)
    elif len(hits) == args.limit:
        print(f"the first {args.limit}; for more: --limit {args.limit * 5}", file=sys.stderr)
    return 0


def line(hit: Hit) -> str:
    """Return a notice found as two lines for a person."""
    lots = f"{hit.lots} lot{'s' if hit.lots > 1 else ''}" if hit.lots else "no lot"
    amount = money(hit.amount) if hit.amount is not None else "no amount stated for the whole"
    revision = f", revision {hit.revision}" if hit.revision > 1 else ""
    where = f"{hit.buyer or 'buyer not stated'}{f' ({hit.country})' if hit.country else ''}"
    kind = f"{hit.kind or 'unknown kind'}{_ORIGINS.get(hit.origin, '')}"
    head = f"{hit.published or '????-??-??'}  {hit.id}{revision}  {kind}  {where}"
    return f"{head}\n            {hit.title or 'no title'} · {lots} · {amount}"


def money(amount: MainAmount) -> str:
    """Return an amount with its kind.

    >>> from beffroi.store.search import MainAmount
    >>> money(MainAmount("estimate", "709130.5", None, None, "EUR", "excluded"))
    'Estimate 709 130.5 EUR excl. VAT'
    """
    figures = [amount.value] if amount.value is not None else [amount.low or "?", amount.high or "?"]
    written = " to ".join(f"{part}{dot}{rest}" for part, dot, rest in map(_grouped, figures))
    return " ".join(filter(None, (_KINDS[amount.kind], written, amount.currency, _VAT.get(amount.vat or ""))))


def _grouped(figure: str) -> tuple[str, str, str]:
    whole, dot, part = figure.partition(".")
    return (f"{int(whole):,}".replace(",", " ") if whole.lstrip("-").isdigit() else whole), dot, part

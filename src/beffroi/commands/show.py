"""`beffroi show`: one notice as a page a reporter can read, or as its record.

In: an id ("20-51423", "boamp:20-51423", "ted:175835-2020"). Out: the page, or one line of JSON with `--json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping


HELP = "show a notice: lots, quantities, amounts, dates, awards, and where each value stands"
EXAMPLES = """  beffroi show 20-51423
  beffroi show ted:175835-2020 --cite --lang en
  beffroi show 20-51423 --json --cite
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `show` takes."""
    parser.add_argument("id", metavar="ID", help="a notice's number or id: 20-51423, boamp:20-51423, ted:175835-2020")
    parser.add_argument("--json", action="store_true", help="print the record as one line of JSON")
    parser.add_argument("--cite", action="store_true", help="add where each value stands in the document")
    parser.add_argument("--unread", action="store_true", help="list the passages that were not interpreted")
    parser.add_argument("--lang", choices=("fr", "en"), help="language of the page (default: the locale's, else fr)")


def language(environment: Mapping[str, str]) -> str:
    """Return the language of the locale: English where it says so, else French.

    >>> language({"LANG": "en_GB.UTF-8"}), language({"LC_ALL": "fr_FR.UTF-8", "LANG": "en_GB"}), language({})
    ('en', 'fr', 'fr')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].lower().startswith("en") else "fr"
    return "fr"

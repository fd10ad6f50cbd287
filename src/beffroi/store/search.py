"""Plain search: notices that hold every word, the best first.

In: words (`drones gendarmerie`, `"micro-drones"`, `20-51423`). Out: `Hit`s. Accents and case do not matter; a word
ending in `*` stands for all that begin so. Titles weigh most, then buyers and suppliers, then lots; of equals
the latest comes first.

>>> expression('Drônes "vol de nuit" préf*')
'"Drônes" "vol de nuit" "préf"*'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from beffroi.errors import UsageError

if TYPE_CHECKING:
    import sqlite3

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WEIGHTS = "10.0, 6.0, 6.0, 3.0, 1.0, 4.0"

_MAIN_KINDS = (
    *("award", "amended", "framework_max", "reestimated", "concession_value", "estimate"),
    *("minimum", "before", "prize", "option", "paid", "fee"),
)
"""Which stated sum stands for a notice in a list: the first of these that it has. Never a sum of ours, never the price
of a tender."""


class Hit(NamedTuple):
    """A notice found, as a line of a list; `amount` is one stated sum of it, or of its only lot or award."""

    id: str
    revision: int
    kind: str | None
    published: str | None
    deadline: str | None
    buyer: str | None
    country: str | None
    title: str | None
    lots: int
    origin: str
    amount: MainAmount | None = None


class MainAmount(NamedTuple):
    """The sum shown for a notice: its kind, its value or its range, as stated."""

    kind: str
    value: str | None
    low: str | None
    high: str | None
    currency: str | None
    vat: str | None


def expression(words: str) -> str:
    """Return the words as an FTS5 expression; raises UsageError where there is nothing to look for."""
    terms = []
    for phrase, word in _TERM.findall(words):
        text = (phrase or word).replace('"', " ")
        if any(one.isalnum() for one in text):
            terms.append(f'"{text.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    if not terms:
        raise UsageError("no word to look for: `beffroi search drones gendarmerie`")
    return " ".join(terms)


_BUYER = (  # the DECP name their bodies by identifiers only
    "coalesce(n.buyer, (SELECT i.scheme || ' ' || i.value FROM organisation_ids i"
    " WHERE i.notice = n.id AND i.path = 'buyers[0]' ORDER BY i.n LIMIT 1))"
)


def search(connection: sqlite3.Connection, words: str, limit: int) -> list[Hit]:
    """Return the best notices that hold every word, in their latest revision."""
    rows = connection.execute(
        f"SELECT n.id, n.revision, n.kind, n.published, n.deadline, {_BUYER}, n.country, n.title, n.lots, n.origin"  # noqa: S608
        " FROM search_index JOIN revisions r ON r.key = search_index.rowid"
        " JOIN notices n ON n.id = r.notice AND n.revision = r.revision"
        f" WHERE search_index MATCH ? ORDER BY bm25(search_index, {_WEIGHTS}), n.published DESC, n.id LIMIT ?",
        (expression(words), limit),
    ).fetchall()
    return [Hit(*row)._replace(amount=main_amount(connection, row[0])) for row in rows]


def main_amount(connection: sqlite3.Connection, notice: str) -> MainAmount | None:
    """Return the sum that stands for a notice: its own, else its only lot's or award's; none to verify, none summed."""
    rows = connection.execute(
        "SELECT a.kind, a.value, a.low, a.high, a.currency, a.vat FROM amounts a JOIN notices n ON n.id = a.notice"
        " WHERE a.notice = ? AND NOT a.suspect AND (a.path LIKE 'amounts[%'"
        " OR (n.lots = 1 AND a.path LIKE 'lots[0].amounts[%') OR (n.awards = 1 AND a.path LIKE 'awards[0].amounts[%'))"
        " ORDER BY a.path NOT LIKE 'amounts[%', a.path",
        (notice,),
    ).fetchall()
    for kind in _MAIN_KINDS:
        for row in rows:
            if row[0] == kind:
                return MainAmount(*row)
    return None

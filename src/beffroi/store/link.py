"""Linking: which notices are one notice, and which one procedure, kept true with every batch.

In: the notices a transaction wrote. Out: their rows of `groups`, and those of every notice they belong with.

What a notice names is in `names`, rows like any other table of questions. The notices reached from each other through
any identifier form a cluster; after each batch the clusters it touches are grouped anew (`group`), so that groups
depend on what is stored, never on the order in which it came: a cluster of n notices costs a batch in proportion to n.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from beffroi.store.claims import claims
from beffroi.store.group import Member, clusters, grouped

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

BATCH = 1000
_MEMBERS = """
WITH touched (notice) AS (SELECT value FROM json_each(?1)),
  nodes (node) AS MATERIALIZED (SELECT DISTINCT node FROM touched JOIN names USING (notice)),
  met (notice) AS MATERIALIZED (SELECT notice FROM touched UNION SELECT notice FROM nodes JOIN names USING (node)),
  near (cluster) AS MATERIALIZED (SELECT DISTINCT cluster FROM met JOIN groups USING (notice)),
  known (notice) AS (SELECT notice FROM met UNION SELECT notice FROM near JOIN groups USING (cluster))
SELECT n.id, n.kind, n.call, n.instrument FROM known JOIN notices n ON n.id = known.notice ORDER BY n.id
"""
_NAMES = (
    "SELECT notice, node, how FROM names WHERE notice IN (SELECT value FROM json_each(?)) ORDER BY notice, node, how"
)
_KNOWN = "SELECT notice, same_notice, procedure, cluster FROM groups WHERE notice IN (SELECT value FROM json_each(?))"
_WRITE = "INSERT OR REPLACE INTO groups (notice, same_notice, procedure, cluster) VALUES (?, ?, ?, ?)"


def link(connection: sqlite3.Connection, touched: Collection[str]) -> None:
    """Group anew, inside the open transaction, what the touched notices belong or belonged with."""
    if not touched:
        return
    members = _members(connection, touched)
    known = {row[0]: row for row in connection.execute(_KNOWN, (json.dumps(list(members)),))}
    rows = []
    for cluster in clusters(members):
        first = min(cluster)
        alone = len(cluster) == 1
        labels = {first: (first, first)} if alone else grouped({one: members[one] for one in cluster})
        rows += [(notice, same, procedure, first) for notice, (same, procedure) in labels.items()]
    connection.executemany(_WRITE, (row for row in rows if known.get(row[0]) != row))


def _members(connection: sqlite3.Connection, touched: Collection[str]) -> dict[str, Member]:
    """Return the touched notices, and every one of the clusters they meet, with what each names."""
    found = connection.execute(_MEMBERS, (json.dumps(sorted(touched)),)).fetchall()
    named: dict[str, list[tuple[str, str]]] = {row[0]: [] for row in found}
    for notice, node, how in connection.execute(_NAMES, (json.dumps(list(named)),)):
        named[notice].append((node, how))
    return {
        notice: Member(kind, bool(call), instrument, tuple(named[notice])) for notice, kind, call, instrument in found
    }


def fill(connection: sqlite3.Connection) -> None:
    """Group every stored record, inside the open transaction: for a home that a version without groups made."""
    from beffroi.notices import from_json

    last = ""
    query = (
        "SELECT n.id, r.record FROM notices n JOIN revisions r ON r.notice = n.id AND r.revision = n.revision"
        " WHERE n.id > ? ORDER BY n.id LIMIT ?"
    )
    while rows := connection.execute(query, (last, BATCH)).fetchall():
        for notice, record in rows:
            named = claims(from_json(record))
            connection.executemany("INSERT INTO names VALUES (?, ?, ?)", ((notice, *one) for one in named))
        link(connection, [row[0] for row in rows])
        last = rows[-1][0]

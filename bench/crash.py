"""Crash campaign: a load is killed (SIGKILL) at random moments, begun again, and must end in the same store.

In: a folder of documents (default: the real data beside the checkout). Out: one line a kill, and the number of stores
that differ from that of an undisturbed load. The moments are drawn from the length of an undisturbed load, with a seed.

    python bench/crash.py [PATH] [--kills 50] [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from beffroi.store.archive import Codec, dictionaries
from beffroi.store.connection import NAME, connect

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "ted" / "legacy"
NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def logical(home: Path, left_out: Mapping[str, tuple[str, ...]] = NOTHING) -> dict[str, list[Any]]:
    """Return all that a store says: every row of every table, the bytes of documents unpacked, the words indexed.

    `left_out` names columns by table that are not compared.

    Left out: how documents are packed, for a document packed just before a dictionary is trained has none, and which
    those are depends on how far ahead the processes had read.
    """
    connection = connect(home)
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%' AND name <> 'contents'"
    ).fetchall()
    found = {name: _rows(connection, name, left_out.get(name, ())) for (name,) in names}
    codec = Codec(dictionaries(connection))
    rows = connection.execute("SELECT document, dictionary, data FROM contents ORDER BY document")
    found["contents"] = [(row, sha256(codec.unpack(data, number)).hexdigest()) for row, number, data in rows]
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search_index', 'instance')")
    found["words"] = connection.execute("SELECT * FROM temp.words ORDER BY doc, col, offset, term").fetchall()
    found["integrity"] = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    return found


def _rows(connection: sqlite3.Connection, table: str, left_out: tuple[str, ...]) -> list[Any]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in left_out]
    return connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    """Return the names of the tables that differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def begin(path: Path, home: Path) -> subprocess.Popen[bytes]:
    """Start a load in a process of its own."""
    words = [sys.executable, "-m", "beffroi", "load", str(path), "--home", str(home)]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def committed(home: Path) -> int:
    """Return how many documents a store holds."""
    if not (home / NAME).exists():
        return 0
    connection = sqlite3.connect(f"file:{home / NAME}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def main() -> int:
    """Run the campaign; 0 when no store differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=DATA)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        calm = Path(folder) / "calm"
        start = time.perf_counter()
        begin(args.path, calm).wait()
        length = time.perf_counter() - start
        expected = logical(calm)
        print(f"undisturbed: {committed(calm):,} documents in {length:.1f} s")
        failed = 0
        for kill in range(1, args.kills + 1):
            home = Path(folder) / f"kill{kill}"
            moment = chance.uniform(0, length)
            process = begin(args.path, home)
            time.sleep(moment)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            reached = committed(home)
            begin(args.path, home).wait()
            found = differences(expected, logical(home))
            failed += bool(found)
            print(
                f"{kill:3}: killed at {moment:5.2f} s with {reached:6,} committed: {found or 'same store'}", flush=True
            )
    print(f"{args.kills - failed} of {args.kills} stores are the same")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

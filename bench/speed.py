"""Speed as ratios in one run: reading against hardened parsing alone, citing against not, loading against reading.

In: the folder of real data (default: beside the checkout). Out: one table. Every ratio compares two things timed in
turn in this very run (medians of rounds), so that the machine's drift cancels; nothing here is a test.

    python bench/speed.py [DATA] [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.formats import read
from beffroi.formats.nodes import parse_xml
from beffroi.notices import Document

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratios(works: list[Callable[[], object]], rounds: int) -> tuple[list[float], list[float]]:
    """Run the works in turn; return each one's median seconds and its median ratio to the first."""
    for work in works:
        work()
    timed = [[seconds(work) for work in works] for _ in range(rounds)]
    medians = [statistics.median(column) for column in zip(*timed, strict=True)]
    return medians, [statistics.median(row[i] / row[0] for row in timed) for i in range(len(works))]


def documents(data: Path, kind: str, most: int) -> list[Document]:
    """Return documents of one format, spread over the folder."""
    paths = sorted((data / "ted" / kind).glob("*.xml"))
    step = max(1, len(paths) // most)
    return [Document.of(path.read_bytes(), name=path.name) for path in paths[::step]]


def parse_all(found: list[Document]) -> None:
    """Parse each document, nothing more."""
    for one in found:
        parse_xml(one.data)


def read_all(found: list[Document], *, cite: bool) -> None:
    """Read each document into its full record."""
    for one in found:
        read(one, cite=cite)


def readers(data: Path, rounds: int) -> None:
    """Print what reading costs against parsing alone, and citing against reading."""
    for kind, goal in (("legacy", 4.5), ("eforms", 7.0)):
        found = documents(data, kind, 300)
        size = sum(len(one.data) for one in found) / 1e6
        medians, ratio = ratios(
            [
                partial(parse_all, found),
                partial(read_all, found, cite=False),
                partial(read_all, found, cite=True),
            ],
            rounds,
        )
        each = [1000 * one / len(found) for one in medians]
        print(f"{kind}: {len(found)} documents, {size:.1f} MB; parsing alone {each[0]:.2f} ms a document")
        print(f"  full record / parsing alone      {ratio[1]:5.2f}   (goal <= {goal}; {each[1]:.2f} ms a document)")
        print(f"  with citations / without         {medians[2] / medians[1]:5.2f}   (goal <= 2)")


def command(*words: str, home: Path) -> None:
    """Run the command in a process of its own, as a user would."""
    environment = {**os.environ, "BEFFROI_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "beffroi", *words], check=False, env=environment, capture_output=True)


def loading(data: Path, rounds: int) -> None:
    """Print what loading reaches of what two processes reach that only read."""
    folder = str(data / "ted" / "legacy")
    shares = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as fresh:
            home = Path(fresh)
            reading = seconds(partial(command, "read", folder, "--jobs", "2", home=home))
            shares.append(reading / seconds(partial(command, "load", folder, "--jobs", "2", home=home)))
    print(f"load / read, two processes         {statistics.median(shares):5.0%}   (goal >= 45 %)")


def lookups(data: Path, rounds: int) -> None:
    """Print how long one notice by its identifier and `--help` take."""
    from beffroi.store import Store

    with tempfile.TemporaryDirectory() as fresh:
        home = Path(fresh)
        command("load", str(data / "ted" / "legacy"), home=home)
        store = Store.open(home)
        ids = [path.stem for path in sorted((data / "ted" / "legacy").glob("*.xml"))]
        medians, _ = ratios([lambda: [store.notice(one) for one in ids]], rounds)
        print(f"one notice by id                   {1000 * medians[0] / len(ids):5.2f} ms   (goal < 1 ms)")
        store.close()
    start, _ = ratios([partial(command, "--help", home=Path())], max(5, rounds))
    print(f"beffroi --help                     {1000 * start[0]:5.0f} ms   (goal < 120 ms)")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    if not args.data.is_dir():
        print(f"the real data is not at {args.data}: nothing to measure", file=sys.stderr)
        return 2
    readers(args.data, args.rounds)
    loading(args.data, max(1, args.rounds // 2))
    lookups(args.data, args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Hold the readers against gold facts: a table per field and format, every disagreement listed.

In: the folder of real data (default: beside the checkout) and `bench/gold_errors.csv`, the disagreements that a
document itself proves to be errors of the gold, each with the words of the document that prove it. Out: the table; the
exit status is 1 where a goal is missed.

    python -m bench.accuracy [DATA] [--json]
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench import decp_facts, ocds_facts
from bench.boamp_facts import NOTES, readable, records, wrong

from beffroi.errors import Unreadable
from beffroi.formats import read
from beffroi.intake import documents
from beffroi.notices import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from beffroi.notices import Amount, Notice, Organization

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
GOALS = {"legacy": (0.995, 0.99), "eforms": (0.99, 0.0)}
"""Pooled and per-field goal of each format."""
MOST_WRONG = 0.002
Row = dict[str, str]


class Verdict(NamedTuple):
    """One field of one notice: what gold says, what we read, and how they compare."""

    notice: str
    field: str
    gold: str
    ours: str
    outcome: str


def words(text: str) -> str:
    """Fold white space, case and quotes: names and titles are compared as a reader would."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def money(text: str) -> str:
    """Return a number without its trailing zeros."""
    return str(Decimal(text).normalize()) if text else text


def many(texts: Iterator[str] | list[str], fold: Callable[[str], str]) -> str:
    """Return a list as one sorted text."""
    return "|".join(sorted(fold(text) for text in texts if text))


def values(amounts: tuple[Amount, ...], kind: str) -> list[str]:
    """Return the single values of a kind."""
    return [one.value for one in amounts if one.kind == kind and one.value is not None]


def all_amounts(notice: Notice) -> Iterator[Amount]:
    """Return every amount of a notice."""
    yield from notice.amounts
    for lot in (*notice.lots, *notice.parts):
        yield from lot.amounts
    for group in notice.lot_groups:
        yield from group.amounts
    for award in notice.awards:
        yield from award.amounts


def lot_estimates(notice: Notice) -> str:
    """Return the estimates of all lots."""
    return "|".join(value for lot in notice.lots for value in values(lot.amounts, "estimate"))


def award_values(notice: Notice) -> str:
    """Return the values of all awards."""
    return "|".join(value for award in notice.awards for value in values(award.amounts, "award"))


def currency(notice: Notice) -> str:
    """Return the currencies of a notice, most used first."""
    found = Counter(one.currency for one in all_amounts(notice) if one.currency)
    return "|".join(str(code) for code, _ in found.most_common())


def minute(text: str) -> str:
    """Return a date-time to the minute, as gold states it, with its offset where there is one."""
    return re.sub(r"(T\d\d:\d\d):\d\d(\.\d+)?", r"\1", text).replace("Z", "+00:00")


def names(text: str) -> str:
    """Return a list of names as a set: gold repeats none."""
    return "|".join(sorted({words(name) for name in text.split("|") if name.strip()}))


def tender_values(notice: Notice) -> str:
    """Return the values of all tenders, winning and losing: what the eForms gold lists (BT-720)."""
    losing = (value for award in notice.awards for value in values(award.amounts, "tender"))
    return "|".join((*filter(None, award_values(notice).split("|")), *losing))


def joined(bodies: Iterable[Organization]) -> str:
    """Return names as gold joins them: a bar inside a name is written as a stroke."""
    return "|".join(one.name.replace("|", "/") for one in bodies if one.name)


def winners(notice: Notice) -> str:
    """Return the names of those who won (no subcontractors)."""
    return joined(one for award in notice.awards for one in award.suppliers if one.role != "subcontractor")


def numbers(text: str) -> str:
    """Return a list of numbers, sorted."""
    return many(text.split("|"), money)


FIELDS: dict[str, tuple[str, Callable[[Notice], str], Callable[[str], str]]] = {
    "buyer": ("buyer_name", lambda n: joined(n.buyers), names),
    "title": ("title", lambda n: n.title or "", words),
    "main CPV": ("main_cpv", lambda n: n.cpv[0] if n.cpv else "", words),
    "dispatch": ("dispatch_date", lambda n: n.dispatched or "", words),
    "deadline": ("deadline", lambda n: n.deadline or "", minute),
    "lots": ("n_lots", lambda n: str(len(n.lots)), words),
    "lot estimates": ("lot_estimates", lot_estimates, numbers),
    "estimate": ("estimated_value", lambda n: "|".join(values(n.amounts, "estimate")), numbers),
    "award total": ("awarded_total", lambda n: "|".join(values(n.amounts, "award")), numbers),
    "award values": ("award_values", award_values, numbers),
    "tender values": ("tender_values", tender_values, numbers),
    "awards": ("n_awards", lambda n: str(sum(a.status == "awarded" for a in n.awards)), words),
    "winners": ("winners", winners, names),
    "currency": ("currency", currency, words),
}  # fmt: skip


def compare(row: Row, notice: Notice) -> Iterator[Verdict]:
    """Return the verdict on every field that gold fills."""
    for field, (column, ours, fold) in FIELDS.items():
        gold = row.get(column, "")
        if not gold:
            continue
        found = ours(notice)
        right = fold(gold) == fold(found) or (field == "currency" and fold(gold) in fold(found).split("|"))
        empty = not found or (field in {"lots", "awards"} and found == "0")
        yield Verdict(row["notice_id"], field, gold, found, "right" if right else "missing" if empty else "wrong")


def judge(task: tuple[Path, Row]) -> list[Verdict]:
    """Read one notice and compare it; a document that gives no record misses every field."""
    path, row = task
    try:
        notice = read(Document.of(path.read_bytes(), name=path.name)).notice
    except Unreadable as error:
        return [
            Verdict(row["notice_id"], field, row[column], str(error), "missing")
            for field, (column, _, _) in FIELDS.items()
            if row.get(column)
        ]
    return list(compare(row, notice))


def tasks(data: Path, kind: str) -> list[tuple[Path, Row]]:
    """Return the documents of one format with their gold rows."""
    with (data / "ted" / f"gold_{kind}.csv").open(encoding="utf-8", newline="") as rows:
        return [(data / "ted" / kind / f"{row['notice_id']}.xml", row) for row in csv.DictReader(rows)]


def gold_errors(data: Path) -> dict[tuple[str, str], str]:
    """Return the proven errors of the gold; each proof must stand in its document, else this fails."""
    proven: dict[tuple[str, str], str] = {}
    with (HERE / "gold_errors.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            path = next((data / "ted").glob(f"*/{row['notice']}.xml"), None)
            if path is None or row["proof"] not in path.read_text("utf-8"):
                raise SystemExit(f"gold_errors.csv: the document of {row['notice']} does not hold {row['proof']!r}")
            proven[row["notice"], row["field"]] = f"{row['why']} (the document: {row['proof']})"
    return proven


def table(verdicts: list[Verdict], kind: str, proven: dict[tuple[str, str], str]) -> bool:
    """Print one format's table; return whether its goals are met."""
    pooled, per_field = GOALS[kind]
    met = True
    print(f"\n{kind:<15}{'right':>8}{'missing':>9}{'wrong':>7}{'gold err.':>11}{'accuracy':>10}")
    total: Counter[str] = Counter()
    for field in FIELDS:
        ours = [one for one in verdicts if one.field == field]
        count = Counter(
            "proven" if one.outcome != "right" and (one.notice, field) in proven else one.outcome for one in ours
        )
        total += count
        met &= line(field, count) >= per_field
    met &= line("pooled", total) >= pooled
    share = total["wrong"] / max(1, total.total() - total["proven"])
    print(f"wrong: {share:.2%} (goal < {MOST_WRONG:.1%})")
    return met and share < MOST_WRONG


def line(field: str, count: Counter[str]) -> float:
    """Print one line; return its accuracy."""
    judged = count["right"] + count["missing"] + count["wrong"]
    accuracy = count["right"] / judged if judged else 1.0
    print(
        f"{field:<15}{count['right']:>8}{count['missing']:>9}{count['wrong']:>7}{count['proven']:>11}{accuracy:>10.2%}"
    )
    return accuracy


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true", help="the disagreements as JSON lines instead of the tables")
    args = parser.parse_args()
    if not args.data.is_dir():
        print(f"the real data is not at {args.data}: nothing to measure", file=sys.stderr)
        return 2
    proven = gold_errors(args.data)
    met = True
    with ProcessPoolExecutor() as pool:
        for kind in GOALS:
            found = pool.map(judge, tasks(args.data, kind), chunksize=20)
            verdicts = [one for verdict in found for one in verdict]
            if not args.json:
                met &= table(verdicts, kind, proven)
            for one in verdicts:
                if one.outcome != "right":
                    proof = proven.get((one.notice, one.field))
                    shown = {**one._asdict(), "gold_error": proof}
                    print(json.dumps(shown, ensure_ascii=False) if args.json else disagreement(one, proof))
    if not args.json:
        met &= boamp(args.data / "boamp" / "samples")
        met &= decp(args.data / "boamp" / "samples")
        met &= ocds(args.data / "boamp" / "samples")
    return 0 if met else 1


def decp(samples: Path) -> bool:
    """Print the DECP samples' table: every expected fact; return whether none is wrong."""
    problems: list[str] = []
    asked = files = count = 0
    for path in sorted((samples / "expected").glob("decp-*.json")):
        expected = json.loads(path.read_text())
        notices = [read(one).notice for one in documents([samples / expected["file"]]) if isinstance(one, Document)]
        problems += [f"{path.stem} {one}" for one in decp_facts.wrong(expected, notices)]
        asked += 2 + sum(len(one) - 1 for one in expected.get("contracts_facts", ()))
        files, count = files + 1, count + len(notices)
    print(f"\ndecp: {count} records of {files} files, {asked} expected facts, {len(problems)} not read as expected")
    for one in problems:
        print(f"  {one}")
    return not problems


def boamp(samples: Path) -> bool:
    """Print the BOAMP samples' table: every expected fact, of both encodings; return whether none is wrong."""
    asked, problems = 0, []
    found = list(records(samples))
    for document in found:
        notice = read(document).notice
        expected = json.loads((samples / "expected" / f"{notice.number}.json").read_text("utf-8"))
        asked += sum(1 for fact in expected if fact not in NOTES)
        problems += [f"{document.about.name} {one}" for one in wrong(expected, notice, readable(document.data))]
    print(f"\nboamp: {len(found)} documents, {asked} expected facts, {len(problems)} not read as expected")
    for one in problems:
        print(f"  {one}")
    return not problems


def ocds(samples: Path) -> bool:
    """Print the OCDS sample's line: its expected facts; return whether none is wrong."""
    expected = json.loads((samples / "expected" / "fts-release-package.json").read_text("utf-8"))
    found = [reading.notice for _, reading in ocds_facts.readings(samples / expected["file"])]
    asked = sum(1 for fact in expected if fact not in ocds_facts.NOTES)
    problems = ocds_facts.wrong(expected, found)
    print(f"\nocds: {len(found)} documents, {asked} expected facts, {len(problems)} not read as expected")
    for one in problems:
        print(f"  {one}")
    return not problems


def disagreement(one: Verdict, proof: str | None) -> str:
    """Return one disagreement as a line."""
    said = f"gold error: {proof}" if proof else one.outcome
    return f"  {one.notice} {one.field}: gold {one.gold[:90]!r}, ours {one.ours[:90]!r}: {said}"


if __name__ == "__main__":
    sys.exit(main())

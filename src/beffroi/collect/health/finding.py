"""What is wrong with a source: one `Finding` a fault, its figures apart from its words.

In: nothing. Out: plain values. `words.py` makes the sentence.

>>> Finding("boamp", "missing", "2026-09-11", "2026-09-11").about()
{'day': '2026-09-11'}
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Rule = Literal["gap", "late", "silence", "missing", "few", "drop", "shape", "without_record", "unread"]
"""`gap`: no complete slice covers the days. `late`: nothing was asked of late. `silence`: no notice for too long.
`missing`, `few`, `drop`: a day without a notice, below the promise, below the usual. `shape`: a field that was always
filled. `without_record`: documents that gave no record. `unread`: more unread passages than before."""


class Finding(NamedTuple):
    """One fault: its source, its rule, the days it concerns (both included), its figures by name."""

    source: str
    rule: Rule
    since: str
    until: str
    figures: Mapping[str, Any] = MappingProxyType({})

    def about(self) -> dict[str, str]:
        """Return its days: `day`, or `since` and `until`."""
        if self.since == self.until:
            return {"day": self.since}
        return {"since": self.since, "until": self.until}

    def key(self) -> tuple[str, ...]:
        """Return what tells it from another finding of the next round: a fault that goes on keeps its beginning."""
        return (self.source, self.rule, self.since, str(self.figures.get("key") or self.figures.get("field") or ""))


def asking(finding: Finding, *, again: bool = False) -> str:
    """Return the command that asks for the days of a finding.

    >>> asking(Finding("boamp", "missing", "2026-09-11", "2026-09-11"), again=True)
    '`beffroi collect boamp --since 2026-09-11 --until 2026-09-11 --again`'
    """
    via = f" --via {finding.figures['way']}" if "way" in finding.figures else ""
    more = " --again" if again else ""
    return f"`beffroi collect {finding.source} --since {finding.since} --until {finding.until}{via}{more}`"


def why(finding: Finding) -> str:
    """Return why a slice is not whole, as part of a sentence."""
    return str(finding.figures.get("why", "?")).rstrip(".")

"""Which notices are one notice, and which one procedure, by what they name (docs/decisions/010).

In: notices with what they name (`claims`). Out: for each the first id of its notice and of its procedure. Pure: the
same notices give the same groups in any order.

>>> call = Member("call", claims=(("boamp:20-1", "own"),))
>>> change = Member("change", claims=(("boamp:20-2", "own"), ("boamp:20-1", "link")))
>>> grouped({"boamp:20-1": call, "boamp:20-2": change})
{'boamp:20-1': ('boamp:20-1', 'boamp:20-1'), 'boamp:20-2': ('boamp:20-2', 'boamp:20-1')}
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from beffroi.store.claims import PRECEDES_SEVERAL, SEVERAL_PURCHASES, spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from beffroi.store.claims import Claim

_FOLLOWS = frozenset({"link", "award", "call", "intention"})


class Member(NamedTuple):
    """A notice as far as grouping asks: its kind, whether a planning notice calls for competition, what it names."""

    kind: str | None
    call: bool = False
    instrument: str | None = None
    claims: tuple[Claim, ...] = ()

    def precedes_several(self) -> bool:
        """Return whether several purchases may follow it, so that naming it does not make them one."""
        calls = self.kind == "planning" and self.call
        return (self.kind in PRECEDES_SEVERAL and not calls) or self.instrument in SEVERAL_PURCHASES

    def named(self, how: str) -> Iterator[str]:
        """Yield the nodes it names so."""
        return (node for node, named in self.claims if named == how)

    def procedures(self) -> Iterator[str]:
        """Yield the procedures it states."""
        return (node for node in self.named("procedure") if node.startswith("procedure:"))


class Sets:
    """Disjoint sets of names (union by size, paths halved): nearly constant time for each union."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._size: dict[str, int] = {}

    def of(self, one: str) -> str:
        """Return what stands for the set of a name."""
        parent = self._parent
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(self, one: str, other: str) -> None:
        """Make one set of the sets of two names."""
        large, small = self.of(one), self.of(other)
        if large == small:
            return
        if self._size.get(large, 1) < self._size.get(small, 1):
            large, small = small, large
        self._parent[small] = large
        self._size[large] = self._size.get(large, 1) + self._size.pop(small, 1)

    def one(self, names: Iterable[str]) -> bool:
        """Return whether names are in one set."""
        return len({self.of(name) for name in names}) <= 1


def clusters(members: Mapping[str, Member]) -> list[list[str]]:
    """Return the notices that share any identifier, directly or through others: only within these is there a group."""
    shared = Counter(node for member in members.values() for node in {node for node, _ in member.claims})
    sets = Sets()
    for notice, member in members.items():
        for node, _ in member.claims:
            if shared[node] > 1:
                sets.join(notice, f"node {node}")
    return _lists(members, sets.of)


def _lists(members: Iterable[str], key: Callable[[str], str]) -> list[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for notice in members:
        found[key(notice)].append(notice)
    return list(found.values())


def grouped(members: Mapping[str, Member]) -> dict[str, tuple[str, str]]:
    """Return for each notice the first id of the publications of the same notice, and of its procedure."""
    grouping = _Grouping(members)
    grouping.same_notice()
    same = grouping.labels()
    grouping.stated()
    grouping.settled()
    procedure = grouping.labels()
    return {notice: (same[notice], procedure[notice]) for notice in members}


class _Grouping:
    """The sets of some notices in the making: first those of one notice, then joined to those of one procedure."""

    def __init__(self, members: Mapping[str, Member]) -> None:
        self.members = members
        self.sets = Sets()
        self.named: dict[tuple[str, str], list[str]] = defaultdict(list)
        for notice, member in members.items():
            for node, how in member.claims:
                self.named[how, node].append(notice)
        self.several: list[tuple[str, list[str]]] = []

    def labels(self) -> dict[str, str]:
        """Return for each notice the first id of its set."""
        lists = _lists(self.members, lambda notice: self.sets.of(f"notice {notice}"))
        return {notice: first for group in lists for first in [min(group)] for notice in group}

    def same_notice(self) -> None:
        """Join what is published under one identifier, and what a later notice says to be one."""
        for (how, node), notices in self.named.items():
            if how == "own":
                self.sets_of(node, self.holders(node, notices))
        for boamp, ted in self._pairs():
            self.sets.join(boamp, ted)

    def sets_of(self, node: str, notices: Iterable[str]) -> None:
        """Join notices by a node."""
        for notice in notices:
            self.sets.join(node, f"notice {notice}")

    def holders(self, node: str, notices: list[str]) -> list[str]:
        """Return who is published under an identifier.

        An identifier under which notices of procedures with different identifiers are published is a fault (a notice
        copied with its UUID): it joins none; a number remains that of the notice it is printed on.
        """
        stated = {one for notice in notices for one in self.members[notice].procedures()}
        return notices if len(stated) <= 1 else [one for one in notices if spelled(one) == node]

    def _pairs(self) -> list[tuple[str, str]]:
        """Return the numbers of one notice in two bulletins: named together, with no other, both held, of one kind.

        A later notice names a call by its number in the BOAMP and in TED. Where one of them is another notice (its
        correction, its prior information), the kinds differ or the pairing is not the only one.
        """
        pairs = {(one[0], one[1]) for how, node in self.named if how == "pair" for one in [node.split(" ")]}
        partners: dict[str, set[str]] = defaultdict(set)
        for boamp, ted in pairs | {pair for notice in self.members for pair in self._published(notice)}:
            partners[boamp].add(ted)
            partners[ted].add(boamp)
        return [
            pair
            for pair in sorted(pairs)
            if len(partners[pair[0]]) == len(partners[pair[1]]) == 1 and self._alike(*pair)
        ]

    def _published(self, notice: str) -> Iterator[tuple[str, str]]:
        """Yield the pairs a notice states of itself."""
        own = list(self.members[notice].named("own"))
        return ((one, other) for one in own for other in own if one.startswith("boamp:") and other.startswith("ted:"))

    def _alike(self, boamp: str, ted: str) -> bool:
        ours, theirs = self.named["own", boamp], self.named["own", ted]
        return bool(ours and theirs) and len({self.members[one].kind for one in (*ours, *theirs)}) == 1

    def stated(self) -> None:
        """Join by identifiers of procedures, and each notice with the one notice it follows."""
        for (how, node), notices in self.named.items():
            contracts = [one for one in notices if self.members[one].kind == "contract"]
            if how == "procedure":
                self.sets_of(node, self.holders(node, notices))
            elif how == "contract" and contracts:
                self.sets_of(node, contracts)
        for notice in self.members:
            targets = [
                node for node, how in self.members[notice].claims if how in _FOLLOWS and self._believed(node, how)
            ]
            if len({node.partition(":")[0] for node in targets}) == len(targets):
                for node in targets:
                    self.sets.join(node, f"notice {notice}")
            else:
                self.several.append((notice, targets))

    def _believed(self, node: str, how: str) -> bool:
        """Return whether a target is followed; what is not in the archive is taken for what its name says.

        A correction of what precedes several purchases precedes them too.
        """
        if how == "link":
            return True
        held = [self.members[one] for one in self.named.get(("own", node), ())]
        if how == "intention":
            return bool(held) and all(one.kind == "intention" for one in held)
        changed = (self.named.get(("own", to), ()) for one in held for to in one.named("link"))
        before = [*held, *(self.members[one] for notices in changed for one in notices)]
        return bool(held or how == "award") and not any(one.precedes_several() for one in before)

    def settled(self) -> None:
        """Join what names several, or a contract, where all it names are of one procedure already."""
        joins: list[tuple[str, str]] = []
        for notice, targets in self.several:
            if self.sets.one(targets):
                joins.append((targets[0], f"notice {notice}"))
        for (how, node), notices in self.named.items():
            others = [f"notice {one}" for one in notices if self.members[one].kind != "contract"]
            if how == "contract" and 0 < len(others) < len(notices) and self.sets.one(others):
                joins.append((node, others[0]))
        for one, other in joins:
            self.sets.join(one, other)

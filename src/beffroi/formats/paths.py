"""Paths of elements, worked out once per family of siblings.

In: elements of a tree. Out: their paths, as `nodes.path_of` writes them, at a cost that does not grow with the number
of siblings: a form with ten thousand lots stays linear.

>>> from beffroi.formats.nodes import parse_xml
>>> root = parse_xml(b"<a><b/><c/><b/></a>")
>>> paths = Paths()
>>> [paths.of(child) for child in root]
['/a/b[1]', '/a/c[1]', '/a/b[2]']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.nodes import local_name

if TYPE_CHECKING:
    from beffroi.formats.nodes import Element


class Paths:
    """Remembers the path of every element asked for, and of its siblings; holding them keeps their identity."""

    def __init__(self) -> None:
        self._known: dict[Element, str] = {}

    def of(self, element: Element) -> str:
        """Return the element's place: local names from the root, numbered among siblings of the same name."""
        known = self._known
        waiting: list[Element] = []
        node = element
        while node not in known:
            parent = node.getparent()
            if parent is None:
                known[node] = "/" + local_name(node.tag)
                break
            waiting.append(parent)
            node = parent
        for parent in reversed(waiting):
            self._number(parent)
        return known[element]

    def _number(self, parent: Element) -> None:
        above = self._known[parent]
        counts: dict[str, int] = {}
        for child in parent:
            tag = child.tag
            counts[tag] = number = counts.get(tag, 0) + 1
            self._known[child] = f"{above}/{local_name(tag)}[{number}]"

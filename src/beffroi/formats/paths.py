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
        self._numbers: dict[Element, dict[Element, int]] = {}

    def of(self, element: Element) -> str:
        """Return the element's place: local names from the root, numbered among siblings of the same name."""
        path = self._known.get(element)
        if path is not None:
            return path
        below: list[Element] = []
        node = element
        while path is None:
            parent = node.getparent()
            if parent is None:
                path = self._known[node] = "/" + local_name(node.tag)
                break
            below.append(node)
            node = parent
            path = self._known.get(node)
        for child in reversed(below):
            numbers = self._numbers.get(node) or self._number(node)
            path = self._known[child] = f"{path}/{local_name(child.tag)}[{numbers[child]}]"
            node = child
        return path

    def _number(self, parent: Element) -> dict[Element, int]:
        """Return the number of each child among those of its name."""
        counts: dict[str, int] = {}
        numbers: dict[Element, int] = {}
        for child in parent:
            tag = child.tag
            numbers[child] = counts[tag] = counts.get(tag, 0) + 1
        self._numbers[parent] = numbers
        return numbers

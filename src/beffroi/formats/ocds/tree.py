r"""One release of OCDS as a tree: keys are children, lists repeat, numbers stay as they are written.

In: the bytes of a release or a record. Out: a `Node`. Nothing in OCDS is an attribute: a key that begins with `@` is a
child like any other. `null` gives no child: `nulls` lists where one stands, for in an update it takes a value back.

>>> root = release_tree(b'{"ocid": "ocds-x-1", "tag": ["a", "b"], "tender": {"title": null}}')
>>> [(child.tag, child.text) for child in root]
[('ocid', 'ocds-x-1'), ('tag', 'a'), ('tag', 'b'), ('tender', None)]
>>> [(one.path, one.text) for one in nulls(root)]
[(('tender', 'title'), 'null')]
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from beffroi.errors import Malformed
from beffroi.formats.json_values import Number, parsed
from beffroi.formats.nodes import JsonNode

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 60
"""OCDS with every extension nests 12 deep."""


class Node(JsonNode):
    """A value of the document: an object, a text, a number, true or false."""

    __slots__ = ()

    @property
    def text(self) -> str | None:
        value = self.value
        kind = type(value)
        if kind is str:
            return cast("str", value)
        if kind is Number:
            return str(value)  # a plain text: what fills the record is JSON
        if kind is dict or kind is list:
            return None
        return "true" if value else "false"  # nothing else is left: `null` makes no node

    def get(self, name: str, /) -> str | None:
        del name
        return None

    def keys(self) -> list[str]:
        return []

    def _make(self) -> list[JsonNode]:
        if type(self.value) is str:  # as most are
            return []
        if isinstance(self.value, list):
            items = enumerate(self.value)
            return [Node(self.tag, one, parent=self, path=(*self.path, i)) for i, one in items if one is not None]
        children: list[JsonNode] = []
        for key, value in self.value.items() if isinstance(self.value, dict) else ():
            if isinstance(value, list):
                path = (*self.path, key)
                children += [
                    Node(key, one, parent=self, path=(*path, i)) for i, one in enumerate(value) if one is not None
                ]
            elif value is not None:
                children.append(Node(key, value, parent=self, path=(*self.path, key)))
        return children


def release_tree(data: bytes) -> Node:
    """Return the tree of a release or a record; raises Malformed where the bytes are no JSON object."""
    try:
        value = parsed(data.decode(json.detect_encoding(data)))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the document is not well-formed JSON: {' '.join(str(error).split())}") from error
    if not isinstance(value, dict):
        raise Malformed("the document is JSON but no release: an object was expected")
    if _deeper(value, MAX_DEPTH):
        raise Malformed(f"the document nests deeper than {MAX_DEPTH} levels, as no release does")
    return Node("release", value)


def _deeper(value: Any, levels: int) -> bool:
    """Return whether a value nests deeper than so many levels."""
    if levels < 0:
        return True
    below = value.values() if isinstance(value, dict) else value
    return any(_deeper(one, levels - 1) for one in below if isinstance(one, dict | list))


def nulls(node: Node) -> Iterator[Node]:
    """Yield a node for every `null` that stands for a field at or below an object; its text is `null`."""
    for key, value in node.value.items() if isinstance(node.value, dict) else ():
        if value is None:
            yield Node(key, Number("null"), parent=node, path=(*node.path, key))
    for child in node:
        assert isinstance(child, Node)
        yield from nulls(child)

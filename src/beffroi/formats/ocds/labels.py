"""Labels a person can follow: a value's path in OCDS, and the lot or award it belongs to.

In: a place of a release. Out: "tender/lots/value (lot 2)".

>>> from beffroi.formats.ocds.tree import release_tree
>>> tree = release_tree(b'{"tender": {"lots": [{"id": "2", "value": {"amount": 5}}]}}')
>>> label(list(list(list(list(tree)[0])[0])[1])[0])
'tender/lots/value/amount (lot 2)'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import child, place_of

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element

_NAMED = {"lots": "lot", "awards": "award", "contracts": "contract"}


def label(place: Place) -> str:
    """Return the path of a place, with what bears an id around it."""
    element: Element = place.element if isinstance(place, tuple) else place
    node: Element | None = element
    while node is not None:
        number = child(node, "id") if node.tag in _NAMED else None
        if number is not None and number.text:
            return f"{place_of(element)} ({_NAMED[node.tag]} {' '.join(number.text.split())})"
        node = node.getparent()
    return place_of(element)

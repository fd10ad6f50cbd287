"""Labels of eForms fields: the field's number and what it belongs to.

In: a place in an eForms tree. Out: the label a person can follow ("BT-27, LOT-0001").

>>> from beffroi.formats.nodes import JsonNode
>>> label(next(iter(JsonNode("x", {"cbc:IssueDate": "2024-01-01"}))))
'BT-05'
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from beffroi.formats.eforms.lists import LISTS
from beffroi.formats.eforms.names import family
from beffroi.formats.eforms.paths import PATHS
from beffroi.formats.eforms.paths_results import PATHS_OF_RESULTS

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element

_TECHNIQUES = {"framework-agreement": "BT-765", "dps-usage": "BT-766"}
_HOLDERS = frozenset(
    tag
    for name in (
        "cac:ProcurementProjectLot",
        "efac:LotResult",
        "efac:LotTender",
        "efac:SettledContract",
        "efac:TenderingParty",
        "efac:Company",
    )
    for tag in family(name)
)
"""Elements whose identifier tells a person which lot, tender or organisation a field belongs to."""


def _by_last_step() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the paths by their last step: the steps above it, upwards, with the field; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    fields = PATHS | PATHS_OF_RESULTS
    for path in sorted(fields, key=lambda one: -one.count("/")):
        last, *above = reversed(path.split("/"))
        found.setdefault(last, []).append((tuple(above), fields[path]))
    return found


_BY_LAST_STEP = _by_last_step()


def label(place: Place) -> str:
    """Return the field's number and what it belongs to ("BT-27, LOT-0001"), else the element's name."""
    element = cast("Element", getattr(place, "element", place))
    name = _local(element.tag)
    found = _by_path(element, name) or _by_list(element) or _reason(element, name) or name
    holder: Element | None = element
    while holder is not None and holder.tag not in _HOLDERS:
        holder = holder.getparent()
    identifier = _identifier(holder) if holder is not None else ""
    return f"{found}, {identifier}" if identifier else found


@cache
def _local(tag: str) -> str:
    """Return a tag without namespace or prefix; eForms has some hundred names."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def _by_path(element: Element, name: str) -> str | None:
    """Return the field of the longest path that ends in this element."""
    for above, field in _BY_LAST_STEP.get(name, ()):
        node: Element | None = element
        for step in above:
            node = node.getparent() if node is not None else None
            if node is None or _local(node.tag) != step:
                break
        else:
            return field
    return None


def _by_list(element: Element) -> str | None:
    name = element.get("listName") or ""
    return _TECHNIQUES.get(name) or LISTS.get(name)


def reason_field(element: Element) -> str:
    """Return the field of a ProcessReason: why the procedure is accelerated, else why awarded directly."""
    beside = element.getparent()
    lists = [child.get("listName") for child in beside] if beside is not None else []
    return "BT-1351" if "accelerated-procedure" in lists else "BT-135"


def _reason(element: Element, name: str) -> str | None:
    return reason_field(element) if name == "ProcessReason" else None


def _identifier(element: Element) -> str:
    """Return the identifier of a lot, a tender, an organisation."""
    for child in element:
        name = _local(child.tag)
        if name == "ID":
            return (child.text or "").strip()
        if name == "PartyIdentification":
            return _identifier(child)
    return ""

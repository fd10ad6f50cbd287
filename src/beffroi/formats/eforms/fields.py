"""Numbers of eForms fields: which field an element is, for labels and for passages.

In: a place in an eForms tree. Out: the label a person can follow ("BT-27, LOT-0001").

The numbers are facts of the eForms SDK (fields BT-…, OPP-…, OPT-…).

>>> from beffroi.formats.nodes import JsonNode
>>> label(next(iter(JsonNode("x", {"cbc:IssueDate": "2024-01-01"}))), "dispatched")
'BT-05'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from beffroi.formats.eforms.lists import LISTS
from beffroi.formats.eforms.paths import PATHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element

_TECHNIQUES = {"framework-agreement": "BT-765", "dps-usage": "BT-766"}
_HOLDERS = ("ProcurementProjectLot", "LotResult", "LotTender", "SettledContract", "TenderingParty", "Company")
"""Elements whose identifier tells a person which lot, tender or organisation a field belongs to."""


def label(place: Place, path: str) -> str:
    """Return the field's number and what it belongs to ("BT-27, LOT-0001"), else the element's name."""
    del path
    element = cast("Element", getattr(place, "element", place))
    lineage = list(_lineage(element))
    names = [_local(one) for one in lineage]
    found = _by_path(names) or _by_list(element) or _reason(element, names[0]) or names[0]
    holder = next((one for one, name in zip(lineage, names, strict=True) if name in _HOLDERS), None)
    identifier = _identifier(holder) if holder is not None else ""
    return f"{found}, {identifier}" if identifier else found


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2]


def _lineage(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.getparent()


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


def _by_path(names: list[str]) -> str | None:
    """Return the field whose last steps these are, the longest first; `names` run from the element upwards."""
    for length in range(min(len(names), 4), 0, -1):
        found = PATHS.get("/".join(reversed(names[:length])))
        if found is not None:
            return found
    return None


def _identifier(element: Element) -> str:
    """Return the identifier of a lot, a tender, an organisation."""
    for child in element:
        name = _local(child)
        if name == "ID":
            return (child.text or "").strip()
        if name == "PartyIdentification":
            return _identifier(child)
    return ""

"""Lots, groups of lots and parts: `cac:ProcurementProjectLot`.

In: the element. Out: `lots`, `lot_groups` and `parts` of the record. The identifier's prefix tells them apart (LOT-,
GLO-, PAR-: BT-137), else its scheme; parts of a planning notice and groups are no lots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.gathered import Section
from beffroi.formats.eforms.process import GROUP_PROCESS, LOT_PROCESS
from beffroi.formats.eforms.project import GROUP_PROJECT, lot_project
from beffroi.formats.eforms.terms import GROUP_TERMS, LOT_TERMS, group_draft
from beffroi.formats.eforms.values import extension, into, keep, pointer
from beffroi.formats.quantities import read_quantities

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.eforms.gathered import Due
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

PREFIXES = {"LOT": "lots", "PAR": "parts", "GLO": "lot_groups"}
SCHEMES = {"Lot": "lots", "Part": "parts", "LotsGroup": "lot_groups"}
DUE_FIELDS = {"tenders": "BT-131", "requests": "BT-1311", "interest": "BT-630"}
"""Kinds of deadline in the order that decides which is a lot's."""

_LOT = into(
    {
        "cbc:ID": pointer("id"),
        "cac:ProcurementProject": lot_project,
        "cac:TenderingProcess": LOT_PROCESS,
        "cac:TenderingTerms": LOT_TERMS,
        "ext:UBLExtensions": extension({}),
    }
)
_GROUP = into(
    {
        "cbc:ID": pointer("id"),
        "cac:ProcurementProject": GROUP_PROJECT,
        "cac:TenderingProcess": GROUP_PROCESS,
        "cac:TenderingTerms": GROUP_TERMS,
    }
)


def lot(cursor: Cursor, element: Element, section: Section) -> None:
    """Read one lot, group of lots or part into the notice."""
    written = next((child for child in element if child.tag.endswith("}ID")), None)
    identifier = cursor.value(written) if written is not None else ""
    where = _where(identifier, written.get("schemeName") if written is not None else None)
    found = _section(section, identifier, where)
    cursor.anchor(found.draft, element)
    if written is not None and identifier:
        cursor.cite(found.draft, "id", written)
    if where == "lot_groups":
        _GROUP(cursor, element, found)
        return
    _LOT(cursor, element, found)
    _deadline(cursor, found)
    if (title := found.spoken.get("title")) is not None:
        read_quantities(cursor, found.draft, title[1], "title")
    if (description := found.spoken.get("description")) is not None:
        read_quantities(cursor, found.draft, description[1], "description")


def _where(identifier: str, scheme: str | None) -> str:
    return PREFIXES.get(identifier.partition("-")[0]) or SCHEMES.get(scheme or "", "lots")


def _section(section: Section, identifier: str, where: str) -> Section:
    """Return the section of a new lot; one without an identifier is numbered among its like."""
    if where == "lot_groups" and identifier:
        return Section(section.notice, group_draft(section, identifier), identifier)
    listed: list[Draft] = section.notice.draft.setdefault(where, [])
    draft: Draft = {"id": identifier or str(len(listed) + 1)}
    listed.append(draft)
    return Section(section.notice, draft, draft["id"])


def _deadline(cursor: Cursor, section: Section) -> None:
    """Fill the lot's deadline: tenders, else requests, else interest; the others are kept as passages."""
    section.notice.due += section.due
    due = sorted(section.due, key=lambda one: list(DUE_FIELDS).index(one.kind))
    if not due:
        return
    state_deadline(cursor, section.draft, due[0])
    for one in due[1:]:
        keep(cursor, section, DUE_FIELDS[one.kind], one.moment, *one.places)


def state_deadline(cursor: Cursor, draft: Draft, due: Due) -> None:
    """Fill the deadline of a lot or a notice."""
    draft["deadline"] = due.moment
    draft["deadline_kind"] = due.kind
    cursor.cite(draft, "deadline", *due.places)
    cursor.cite(draft, "deadline_kind", due.places[0], rule=f"{DUE_FIELDS[due.kind]} gives the kind")

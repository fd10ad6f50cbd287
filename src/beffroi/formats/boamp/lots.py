"""From objects to the notice and its lots: what is stated once holds for each lot.

In: the frames of the objects. Out: `title`, `description`, `cpv`, `amounts`, `places` of the notice and its lots.

An undivided object is one lot. Several objects (prior information) are each at least one; their lots bear the object's
rank before their own number. The notice is titled by its first object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.frame import passage, spelled
from beffroi.formats.boamp.terms import settle_quantities
from beffroi.formats.boamp.vat import settle_vat
from beffroi.formats.quantities import read_quantities

if TYPE_CHECKING:
    from beffroi.formats.boamp.frame import Frame, Sheet
    from beffroi.formats.cursor import Cursor
    from beffroi.notices import Draft

EACH = ("duration", "max_duration", "starts", "ends", "renewals", "options", "criteria", "framework", "eu_funds")
"""Fields of an object that hold for each of its lots."""
SHORT = 200
"""A description up to this length serves as the title of a lot or notice without one."""


def settle_objects(cursor: Cursor, sheet: Sheet) -> None:
    """Give the notice what its objects state, and make its lots."""
    several = len(sheet.objects) > 1
    awarded = {lot for award in sheet.notice.get("awards", ()) for lot in award.get("lot_ids", ())}
    for rank, thing in enumerate(sheet.objects, 1):
        _to_notice(cursor, sheet, thing, first=rank == 1, several=several)
        if thing.parts:
            _divided(cursor, sheet, thing, f"{rank}." if several else "")
        elif "divided" in thing.elements or len(awarded) > 1 or sheet.kind in ("change", "cancellation"):
            _undescribed(cursor, thing)
        else:
            sheet.notice.setdefault("lots", []).append(_undivided(cursor, sheet, thing, str(rank)))


def _to_notice(cursor: Cursor, sheet: Sheet, thing: Frame, *, first: bool, several: bool) -> None:
    for field in ("title", "description"):
        if first and field in thing.draft and field not in sheet.notice:
            sheet.notice[field] = thing.draft[field]
            cursor.cite(sheet.notice, field, thing.elements[field], rule=spelled(thing.elements[field]))
    only = thing.parts[0] if not several and len(thing.parts) == 1 and "cpv" not in thing.draft else thing
    codes = sheet.notice.setdefault("cpv", []) if "cpv" in only.draft else []
    for index, code in enumerate(only.draft.get("cpv", ())):
        if code not in codes:
            codes.append(code)
            cursor.cite(sheet.notice, f"cpv[{len(codes) - 1}]", only.elements[f"cpv[{index}]"])
    for field in () if several else ("places", "amounts"):
        if field in thing.draft:
            sheet.notice.setdefault(field, []).extend(thing.draft[field])
    if not several:
        settle_vat(cursor, thing.draft.get("amounts", ()), thing.elements.get("description"))


def _undescribed(cursor: Cursor, thing: Frame) -> None:
    """Keep what an object states for lots it does not describe: it is of no lot the record has.

    So do a correction and a cancellation, which name an object and do not say how it is divided.
    """
    for field, element in thing.elements.items():
        if field not in ("title", "description", "divided") and not field.startswith("cpv"):
            passage(cursor, element, thing)


def _divided(cursor: Cursor, sheet: Sheet, thing: Frame, prefix: str) -> None:
    for frame in thing.parts:
        lot = frame.draft
        if prefix:
            lot["id"] = prefix + lot["id"]
            place = frame.elements.get("id", thing.elements.get("title"))
            if place is not None:
                cursor.cite(lot, "id", place, rule="the rank of the object before the number of the lot")
        _inherit(lot, thing.draft)
        _inherit(lot, sheet.shared)
        _finish(cursor, frame)
        sheet.notice.setdefault("lots", []).append(lot)


def _undivided(cursor: Cursor, sheet: Sheet, thing: Frame, rank: str) -> Draft:
    """Return the one lot of an undivided object; its sums stay the notice's, unless there are several objects."""
    lot = thing.draft
    lot["id"] = rank
    if len(sheet.objects) == 1:
        lot.pop("amounts", None)
    for one in lot.get("amounts", ()):
        one["scope"] = "lot"
    _inherit(lot, sheet.shared)
    _finish(cursor, thing)
    return lot


def _inherit(lot: Draft, stated: Draft) -> None:
    for field in EACH:
        if field in stated:
            lot.setdefault(field, stated[field])


def _finish(cursor: Cursor, frame: Frame) -> None:
    lot, description, title = frame.draft, frame.elements.get("description"), frame.elements.get("title")
    lot.pop("reference", None)
    if "title" not in lot and description is not None and len(lot["description"]) <= SHORT:
        lot["title"] = lot["description"]
        cursor.cite(lot, "title", description, rule="no title of its own: its description")
    settle_vat(cursor, lot.get("amounts", ()), description)
    settle_quantities(cursor, lot, description)
    if title is not None:
        read_quantities(cursor, lot, title, "title")
    if description is not None:
        read_quantities(cursor, lot, description, "description")

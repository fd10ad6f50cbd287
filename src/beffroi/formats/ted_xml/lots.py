"""Section II.2: one lot, or the whole of an undivided object.

In: OBJECT_DESCR. Out: a draft lot with the id it prints; quantities are read from its title and description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, Tag, walk
from beffroi.formats.quantities import read_quantities
from beffroi.formats.ted_xml.criteria import CRITERIA
from beffroi.formats.ted_xml.form_draft import amount_of, clauses, same, section, ticked
from beffroi.formats.ted_xml.tags import table, tags
from beffroi.formats.ted_xml.values import SECOND, add_cpv, day, whole

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Table
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.form_draft import FormDraft
    from beffroi.notices import Draft

UNITS = {"DAY": "day", "MONTH": "month", "YEAR": "year", "WEEK": "week"}
UNDIVIDED = "1"
"""The id of the one lot of an undivided notice, which no element states."""
LOT_NO = tags("LOT_NO")


def read_lot(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read one OBJECT_DESCR: a lot, or the whole of an undivided object."""
    lot: Draft = {}
    form.lot = lot
    cursor.anchor(lot, element, "an undivided object is one lot")
    number = _lot_number(cursor, element, form, lot)
    lot["id"] = _unique(number or cursor.attribute(element, "ITEM") or UNDIVIDED, form)
    if number and lot["id"] != number:
        cursor.cite(lot, "id", Tag(element), rule=f"another lot is printed {number} as well: told apart by their order")
    walk(cursor, element, FOREIGN_LOT if form.foreign else LOT, form)
    form.notice.setdefault("lots", []).append(lot)
    form.objects[-1]["lots"].append(lot)
    form.lot = None


def _lot_number(cursor: Cursor, element: Element, form: FormDraft, lot: Draft) -> str:
    for child in element:
        if child.tag in LOT_NO:
            number = cursor.value(child)
            if number:
                form.objects[-1]["lot_no"] = form.divided = True
                cursor.cite(lot, "id", child)
            return number
    return ""


def _unique(number: str, form: FormDraft) -> str:
    """Return the lot's id: its number as printed, told apart where two lots of the notice print the same."""
    if number in form.lot_ids:
        wanted = f"{len(form.objects)}.{number}" if len(form.objects) > 1 else number
        number, count = wanted, 2
        while number in form.lot_ids:
            number, count = f"{wanted} ({count})", count + 1
    form.lot_ids.add(number)
    return number


def _lot_words(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        lot = form.lot
        assert lot is not None
        if field in lot:
            cursor.leave(element, SECOND)
            return
        text = cursor.prose(element)
        if text:
            lot[field] = text
            cursor.cite(lot, field, element)
            if not form.foreign:
                read_quantities(cursor, lot, element, field)  # type: ignore[arg-type]

    return read


def _lot_cpv(cursor: Cursor, element: Element, form: FormDraft) -> None:
    add_cpv(cursor, element, form.lot or {})


def _region(cursor: Cursor, element: Element, form: FormDraft) -> None:
    code = cursor.attribute(element, "CODE")
    if code and form.lot is not None:
        place = {"nuts": code}
        cursor.cite_attribute(place, "nuts", element, "CODE")
        form.lot.setdefault("places", []).append(place)


def _site(cursor: Cursor, element: Element, form: FormDraft) -> None:
    place: Draft = {}
    form.add_words(cursor, element, place, field="text", rubric="II.2.3")
    if place and form.lot is not None:
        form.lot.setdefault("places", []).append(place)


def _duration(cursor: Cursor, element: Element, form: FormDraft) -> None:
    number = whole(cursor.value(element))
    unit = UNITS.get(cursor.attribute(element, "TYPE"))
    lot = form.lot
    assert lot is not None
    if number is None or unit is None or "duration" in lot:
        cursor.leave(element, "no duration this reader knows")
        return
    lot["duration"] = duration = {"value": number, "unit": unit}
    cursor.cite(duration, "value", element)
    cursor.cite(duration, "unit", Attribute(element, "TYPE"), rule="the form's codes")


def _lot_day(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        value = day(cursor.value(element))
        lot = form.lot
        assert lot is not None
        if value is None or field in lot:
            cursor.leave(element, "no date this reader knows" if value is None else SECOND)
            return
        lot[field] = value
        cursor.cite(lot, field, element)

    return read


def _allowed(field: str, allowed: bool) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        lot = form.lot
        assert lot is not None
        terms = lot.setdefault(field, {})
        terms["allowed"] = allowed
        cursor.cite(terms, "allowed", element, rule="a box of the form")

    return read


def _terms(field: str, rubric: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        lot = form.lot
        assert lot is not None
        form.add_words(cursor, element, lot.setdefault(field, {}), field="text", rubric=rubric)

    return read


def _eu_funds(funded: bool) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        lot = form.lot
        assert lot is not None
        lot["eu_funds"] = funded
        cursor.cite(lot, "eu_funds", element, rule="a box of the form")
        if funded:
            form.add_clause(cursor, element, "II.2.13")

    return read


LOT = table(
    {
        **CRITERIA,
        "LOT_NO": lambda cursor, element, form: None,  # noqa: ARG005 - read before the rest of its lot
        "TITLE": _lot_words("title"),
        "SHORT_DESCR": _lot_words("description"),
        "CPV_ADDITIONAL": _lot_cpv,
        "NUTS": _region,
        "MAIN_SITE": _site,
        "VAL_OBJECT": amount_of("lot", "estimate", "lot"),
        "DURATION": _duration,
        "INDEFINITE_DURATION": ticked,
        "QS": section({"INDEFINITE_DURATION": ticked, "DATE_START": _lot_day("starts"), "DATE_END": _lot_day("ends")}),
        "DATE_START": _lot_day("starts"),
        "DATE_END": _lot_day("ends"),
        "RENEWAL": _allowed("renewals", True),
        "NO_RENEWAL": _allowed("renewals", False),
        "RENEWAL_DESCR": _terms("renewals", "II.2.7"),
        "OPTIONS": _allowed("options", True),
        "NO_OPTIONS": _allowed("options", False),
        "OPTIONS_DESCR": _terms("options", "II.2.11"),
        "EU_PROGR_RELATED": _eu_funds(True),
        "NO_EU_PROGR_RELATED": _eu_funds(False),
        "ACCEPTED_VARIANTS": ticked,
        "NO_ACCEPTED_VARIANTS": ticked,
        **clauses(
            "OBJECT_DESCR",
            "JUSTIFICATION",
            "NB_ENVISAGED_CANDIDATE",
            "NB_MIN_LIMIT_CANDIDATE",
            "NB_MAX_LIMIT_CANDIDATE",
            "CRITERIA_CANDIDATE",
            "ECATALOGUE_REQUIRED",
            "INFO_ADD",
        ),
    }
)

FOREIGN_LOT: Table = {**LOT, **table(dict.fromkeys(("CPV_ADDITIONAL", "NUTS", "DURATION", "RENEWAL", "OPTIONS"), same))}
"""A lot in another language: codes and figures without words are the original's, read there."""

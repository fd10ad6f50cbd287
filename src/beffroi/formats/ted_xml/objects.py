"""Section II: the objects of a notice and their lots.

In: OBJECT_CONTRACT, one or (in planning notices) several. Out: title, description, CPV and totals of the notice, and its
lots: an undivided object is one lot.

A planning notice may list several objects: the first one's title is the notice's, each undivided object's title and
total are its lot's, and each object's CPV begins its lots'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, Cursor, walk
from beffroi.formats.quantities import read_quantities
from beffroi.formats.ted_xml.criteria import CRITERIA
from beffroi.formats.ted_xml.form_draft import FormDraft, amount_of, clause, clauses, section, ticked
from beffroi.formats.ted_xml.rubrics import RUBRICS
from beffroi.formats.ted_xml.tags import table, tags
from beffroi.formats.ted_xml.values import SECOND, add_amount, add_cpv, day, whole

if TYPE_CHECKING:
    from beffroi.formats.cursor import Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

NATURES = {"WORKS": "works", "SUPPLIES": "supplies", "SERVICES": "services"}
UNITS = {"DAY": "day", "MONTH": "month", "YEAR": "year", "WEEK": "week"}
UNDIVIDED = "1"
"""The id of the one lot of an undivided notice, which no element states."""


def read_object(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read one OBJECT_CONTRACT."""
    thing: Draft = {"lots": []}
    form.objects.append(thing)
    walk(cursor, element, OBJECT, form)
    if len(thing["lots"]) == 1 and "lot_no" not in thing:
        thing["undivided"] = True


def _title(cursor: Cursor, element: Element, form: FormDraft) -> None:
    thing = form.objects[-1]
    thing["title"] = element
    if len(form.objects) == 1:
        form.notice["title"] = cursor.prose(element)
        cursor.cite(form.notice, "title", element)


def _description(cursor: Cursor, element: Element, form: FormDraft) -> None:
    if "description" in form.notice:
        form.add_clause(cursor, element, RUBRICS["OBJECT_CONTRACT"]["SHORT_DESCR"])
        return
    text = cursor.prose(element)
    if text:
        form.notice["description"] = text
        cursor.cite(form.notice, "description", element)


def _reference(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.objects[-1]["reference"] = element
    if len(form.objects) == 1:
        form.procedure["reference"] = cursor.prose(element)
        cursor.cite(form.procedure, "reference", element)


def _main_cpv(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.objects[-1]["cpv"] = element
    add_cpv(cursor, element, form.notice)


def _nature(cursor: Cursor, element: Element, form: FormDraft) -> None:
    nature = NATURES.get(cursor.attribute(element, "CTYPE"))
    if nature is None:
        cursor.leave(element)
        return
    known = form.notice.get("nature")
    form.notice["nature"] = nature if known in {None, nature} else "mixed"
    cursor.cite(form.notice, "nature", Attribute(element, "CTYPE"), rule="the form's codes")


def _total(kind: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        amount = add_amount(cursor, form.objects[-1], element, kind, "notice")
        if amount is not None:
            form.objects[-1].setdefault("totals", []).append((amount, element))

    return read


def _most_lots(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        number = whole(cursor.value(element))
        if number is None or field in form.procedure:
            cursor.leave(element, "no whole number" if number is None else SECOND)
            return
        form.procedure[field] = number
        cursor.cite(form.procedure, field, element)

    return read


def _one_lot(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.procedure["max_lots_tendered"] = 1
    cursor.cite(form.procedure, "max_lots_tendered", element, rule="tenders may be submitted for one lot only")


def read_lot(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read one OBJECT_DESCR: a lot, or the whole of an undivided object."""
    lot: Draft = {}
    form.lot = lot
    cursor.anchor(lot, element, "an undivided object is one lot")
    number = _lot_number(cursor, element, form, lot)
    lot["id"] = _unique(number or cursor.attribute(element, "ITEM") or UNDIVIDED, form)
    walk(cursor, element, LOT, form)
    form.notice.setdefault("lots", []).append(lot)
    form.objects[-1]["lots"].append(lot)
    form.lot = None


def _lot_number(cursor: Cursor, element: Element, form: FormDraft, lot: Draft) -> str:
    for child in element:
        if child.tag in LOT_NO:
            number = cursor.value(child)
            if number:
                form.objects[-1]["lot_no"] = True
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
        cursor.cite(place, "nuts", Attribute(element, "CODE"))
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


def finish_objects(cursor: Cursor, form: FormDraft) -> None:
    """Give the notice the totals of its object; where there are several objects, give each undivided one's to its lot."""
    several = len(form.objects) > 1
    for thing in form.objects:
        owner = thing["lots"][0] if several and "undivided" in thing else None
        for amount, element in thing.get("totals", ()):
            _place_total(form, thing, amount, owner)
            if several and owner is None and "title" in thing:
                amount["note"] = cursor.prose(thing["title"])
                cursor.cite(amount, "note", thing["title"], element)
        if several:
            _name_lots(cursor, thing, owner)


def _place_total(form: FormDraft, thing: Draft, amount: Draft, owner: Draft | None) -> None:
    """Put a total where it belongs; one that repeats its only lot's own value is not said twice."""
    if owner is None:
        form.notice.setdefault("amounts", []).append(amount)
        return
    amount["scope"] = "lot"
    known = owner.setdefault("amounts", [])
    if not any(one["kind"] == amount["kind"] and one.get("value") == amount.get("value") for one in known):
        known.append(amount)


def _name_lots(cursor: Cursor, thing: Draft, owner: Draft | None) -> None:
    """Give the lots of one of several objects what only their object says: title, reference, main CPV."""
    if owner is not None:
        for field in ("title", "reference"):
            if field in thing and field not in owner:
                owner[field] = cursor.prose(thing[field])
                cursor.cite(owner, field, thing[field])
    for lot in thing["lots"]:
        if "cpv" in thing:
            _main_first(cursor, lot, thing["cpv"])


def _main_first(cursor: Cursor, lot: Draft, element: Element) -> None:
    main: Draft = {}
    for child in element:
        code = child.get("CODE")
        if child.tag in CPV_CODE and code and code not in lot.get("cpv", ()):
            main.setdefault("cpv", []).append(code)
            cursor.cite(lot, f"cpv[{len(lot.get('cpv', ()))}]", Attribute(child, "CODE"))
    lot["cpv"] = [*lot.get("cpv", ()), *main.get("cpv", ())]


LOT_NO = tags("LOT_NO")
CPV_CODE = tags("CPV_CODE")

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

OBJECT = table(
    {
        "TITLE": _title,
        "REFERENCE_NUMBER": _reference,
        "CPV_MAIN": _main_cpv,
        "TYPE_CONTRACT": _nature,
        "SHORT_DESCR": _description,
        "VAL_ESTIMATED_TOTAL": _total("estimate"),
        "VAL_TOTAL": _total("award"),
        "VAL_RANGE_TOTAL": _total("award"),
        "CALCULATION_METHOD": clause("OBJECT_CONTRACT", "CALCULATION_METHOD"),
        "NO_LOT_DIVISION": ticked,
        "LOT_DIVISION": section(
            {
                "LOT_ALL": ticked,
                "LOT_ONE_ONLY": _one_lot,
                "LOT_MAX_NUMBER": _most_lots("max_lots_tendered"),
                "LOT_MAX_ONE_TENDERER": _most_lots("max_lots_awarded"),
                "LOT_COMBINING_CONTRACT_RIGHT": clause("LOT_DIVISION", "LOT_COMBINING_CONTRACT_RIGHT"),
            }
        ),
        "OBJECT_DESCR": read_lot,
        "DATE_PUBLICATION_NOTICE": clause("OBJECT_CONTRACT", "DATE_PUBLICATION_NOTICE"),
    }
)

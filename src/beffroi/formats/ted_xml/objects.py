"""Section II: the objects of a notice and their lots.

In: OBJECT_CONTRACT, one or (in planning notices) several. Out: title, description, CPV and totals of the notice, and
its lots: an undivided object is one lot.

A planning notice may list several objects: the first one's title is the notice's, each undivided object's title and
total are its lot's, and each object's CPV begins its lots'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, walk
from beffroi.formats.ted_xml.form_draft import clause, section, ticked, withheld
from beffroi.formats.ted_xml.lots import read_lot
from beffroi.formats.ted_xml.rubrics import RUBRICS
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import CPV_CODE, SECOND, add_amount, add_cpv, whole

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.form_draft import FormDraft
    from beffroi.notices import Draft

NATURES = {"WORKS": "works", "SUPPLIES": "supplies", "SERVICES": "services"}


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
        if withheld(cursor, element, form):
            return
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


def finish_objects(cursor: Cursor, form: FormDraft) -> None:
    """Give the notice the totals of its object; of several objects, give each undivided one's to its lot."""
    several = len(form.objects) > 1
    for thing in form.objects:
        owner = thing["lots"][0] if several and "undivided" in thing else None
        for amount, element in thing.get("totals", ()):
            _place_total(form, amount, owner)
            if several and owner is None and "title" in thing:
                amount["note"] = cursor.prose(thing["title"])
                cursor.cite(amount, "note", thing["title"], element)
        if several:
            _name_lots(cursor, thing, owner)


def _place_total(form: FormDraft, amount: Draft, owner: Draft | None) -> None:
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

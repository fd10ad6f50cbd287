"""Section II of the defence forms: what is bought, in which lots, for how much, for how long.

In: the object section of F16 to F19 (R2.0.8). Out: title, description, CPV, places, estimates, frameworks and lots.

F16 and F17 ask for estimates excluding VAT. What the form says once (duration, framework, no options) holds for each
lot of a divided notice unless the lot's annex says its own; an undivided notice has one lot, which is the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, ignoring, walk
from beffroi.formats.quantities import read_quantities
from beffroi.formats.ted_xml.defence_terms import (
    PERIOD,
    TERM,
    read_estimate,
    read_framework,
    read_framework_answer,
    read_involved,
    refused,
    terms,
)
from beffroi.formats.ted_xml.defence_values import (
    BOX,
    add_amount,
    add_clause,
    add_words,
    clause,
    inside,
    share,
)
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import add_cpv, prose

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Table
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.defence_values import Form
    from beffroi.notices import Draft

NATURES = {"WORKS": "works", "SUPPLIES": "supplies", "SERVICES": "services"}

WHOLE = ("nature", "framework", "criteria")


def read_object(cursor: Cursor, element: Element, form: Form) -> None:
    """Read one object; F16 may hold several, each with its own lots."""
    close_object(cursor, form)
    form.object = element
    walk(cursor, element, OBJECT, form)


def close_object(cursor: Cursor, form: Form) -> None:
    """Give the notice the lots of the object read, and make ready for the next."""
    if form.object is None:
        return
    _close_term(cursor, form)
    lots: list[Draft] = form.notice.setdefault("lots", [])
    if len(form.lots) > 1 or (form.lots and not form.award):
        for lot in form.lots:
            _inherit(cursor, lot, form)
        lots += form.lots
    else:
        _close_whole(cursor, form, str(len(lots) + 1))
        lots.append(form.whole)
    form.begin_object()


def _close_whole(cursor: Cursor, form: Form, rank: str) -> None:
    """Make the whole the object's one lot; where the awards of a result all name one lot, it is that lot."""
    assert form.object is not None
    cursor.anchor(form.whole, form.object, "an undivided object is one lot")
    form.whole["id"] = rank
    if form.lots:
        form.whole["id"] = form.lots[0]["id"]
        cursor.cite(form.whole, "id", *form.places["id"])


def _close_term(cursor: Cursor, form: Form) -> None:
    """Give a framework's own length to lots without a term; beside a stated term it stays a clause."""
    if form.term is None:
        return
    length, element = form.term
    if form.whole.keys().isdisjoint(TERM):
        form.whole["duration"] = length
    else:
        cursor.cite(add_clause(cursor, form, element, cursor.value(element)), "text", element)


def _inherit(cursor: Cursor, lot: Draft, form: Form) -> None:
    """Give a lot what the form says once for all lots and the lot's annex does not say otherwise."""
    fields = [field for field in WHOLE if field not in lot]
    if lot.keys().isdisjoint(TERM):
        fields += TERM
    fields += [field for field in ("options", "renewals") if field not in lot]
    for field in fields:
        if field in form.whole:
            lot[field] = form.whole[field]
            if field in form.places:
                cursor.cite(lot, field, *form.places[field], rule="stated for the whole notice")


def _text(field: str, stated_in: str) -> Handler:
    """Return a reader of the title or description of the whole, or of a lot inside its annex."""
    into = prose(field)

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        if form.lot is not form.whole:
            into(cursor, element, form.lot)
        elif field in form.notice and field not in form.whole:
            _further(cursor, element, form)
        else:
            into(cursor, element, form.notice)
            if field in form.notice and field not in form.whole:
                form.whole[field] = form.notice[field]
                cursor.cite(form.whole, field, element)
        if not form.foreign:
            read_quantities(cursor, form.lot, element, stated_in)  # type: ignore[arg-type]

    def _further(cursor: Cursor, element: Element, form: Form) -> None:
        into(cursor, element, form.whole)
        clause(cursor, element, form)

    return read


def _lot(cursor: Cursor, element: Element, form: Form) -> None:
    """Read one lot (annex B of F17, a lot of F16)."""
    lot: Draft = {"id": str(len(form.lots) + 1)}
    cursor.anchor(lot, element, "the lot's number; its rank where it has none")
    form.lots.append(lot)
    form.lot = lot
    walk(cursor, element, LOT, form)
    form.lot = form.whole


def _lot_number(cursor: Cursor, element: Element, form: Form) -> None:
    number = cursor.value(element)
    if number:
        form.lot["id"] = number
        cursor.cite(form.lot, "id", element)


def _lots(cursor: Cursor, element: Element, form: Form) -> None:
    """Read the division into lots; a form that ticks it without describing a lot says so in `unread`."""
    if len(element) == 0:
        cursor.leave(element, "divided into lots, but no lot is described")
        return
    walk(cursor, element, OBJECT, form)


def _nature(cursor: Cursor, element: Element, form: Form) -> None:
    """Read TYPE_CONTRACT."""
    nature = NATURES.get(cursor.attribute(element, "VALUE"))
    if nature is None:
        cursor.leave(element, "no nature this reader knows")
        return
    place = Attribute(element, "VALUE")
    for draft in (form.notice, form.whole):
        draft["nature"] = nature
        cursor.cite(draft, "nature", place)
    form.places["nature"] = (place,)


def _cpv(cursor: Cursor, element: Element, form: Form) -> None:
    add_cpv(cursor, element, form.notice if form.lot is form.whole else form.lot)


def _nuts(cursor: Cursor, element: Element, form: Form) -> None:
    code = cursor.attribute(element, "CODE")
    cursor.used(element)
    if code:
        place = {"nuts": code}
        cursor.cite(place, "nuts", Attribute(element, "CODE"))
        _place(cursor, element, form, place)


def _site(cursor: Cursor, element: Element, form: Form) -> None:
    place: Draft = {}
    add_words(cursor, element, form, place, "text")
    if place:
        _place(cursor, element, form, place)


def _place(cursor: Cursor, element: Element, form: Form, place: Draft) -> None:
    cursor.anchor(place, element)
    form.lot.setdefault("places", []).append(place)
    if form.lot is form.whole:
        form.notice.setdefault("places", []).append(place)


def _scope(cursor: Cursor, element: Element, form: Form) -> None:
    """Keep the words on quantity or scope (II.2.1) as a clause, and look for quantities in them."""
    clause(cursor, element, form)
    if not form.foreign:
        read_quantities(cursor, form.lot, element, "description")


def _within(cursor: Cursor, element: Element, form: Form) -> None:
    walk(cursor, element, OBJECT, form)


def _final(cursor: Cursor, element: Element, form: Form) -> None:
    """Read F18's total final value: an award for the whole notice, its VAT as ticked."""
    for child in element:
        add_amount(cursor, form.notice, child, {"kind": "award", "scope": "notice"})


SERVICE = ignoring("a category of services of the directive's annexes, which CPV states finer")

CPV = table({"CPV_MAIN": _cpv, "CPV_ADDITIONAL": _cpv})

SUBCONTRACTING: dict[str, Handler] = {
    "INDICATE_ANY_SHARE": BOX,
    "INDICATE_ANY_CHANGE": BOX,
    "SUBCONTRACT_AWARD_PART": BOX,
    "IDENTIFY_SUBCONTRACT": BOX,
    "SUBCONTRACT_SHARE": inside({"MIN_PERCENTAGE": share, "MAX_PERCENTAGE": share}),
}

LOT = table(
    {
        "LOT_NUMBER": _lot_number,
        "LOT_TITLE": _text("title", "title"),
        "LOT_DESCRIPTION": _text("description", "description"),
        "CPV": lambda cursor, element, form: walk(cursor, element, CPV, form),
        "NATURE_QUANTITY_SCOPE": inside({"TOTAL_QUANTITY_OR_SCOPE": _scope, "COSTS_RANGE_AND_CURRENCY": read_estimate}),
        "PERIOD_WORK_DATE_STARTING": inside(PERIOD),
        "SCHEDULED_DATE_PERIOD": inside({**PERIOD, "PERIOD_WORK_DATE_STARTING": inside(PERIOD)}),
        "ADDITIONAL_INFORMATION": clause,
        "ADDITIONAL_INFORMATION_ABOUT_LOTS": clause,
    }
)

OBJECT: Table = table(
    {
        "DESCRIPTION_CONTRACT_INFORMATION_DEFENCE": _within,
        "DESCRIPTION_AWARD_NOTICE_INFORMATION_DEFENCE": _within,
        "DESCRIPTION_CONTRACT_SUB_DEFENCE": _within,
        "TYPE_CONTRACT_DEFENCE": _within,
        "TYPE_CONTRACT_PI_DEFENCE": _within,
        "TYPE_CONTRACT_PLACE_DELIVERY_DEFENCE": _within,
        "TYPE_CONTRACT_W_PUB_DEFENCE": _within,
        "LOCATION_NUTS": _within,
        "SITE_OR_LOCATION": _within,
        "QUANTITY_SCOPE": _within,
        "QUANTITY_SCOPE_WORKS_DEFENCE": _within,
        "NATURE_QUANTITY_SCOPE": _within,
        "F16_DIVISION_INTO_LOTS": _within,
        "F17_DIVISION_INTO_LOTS": _within,
        "TITLE_CONTRACT": _text("title", "title"),
        "SHORT_CONTRACT_DESCRIPTION": _text("description", "description"),
        "SHORT_DESCRIPTION_CONTRACT": _text("description", "description"),
        "TYPE_CONTRACT": _nature,
        "TYPE_SUPPLIES_CONTRACT": BOX,
        "TYPE_WORK_CONTRACT": inside(
            {
                "DESIGN_EXECUTION": BOX,
                "EXECUTION": BOX,
                "REALISATION_REQUIREMENTS_SPECIFIED_CONTRACTING_AUTHORITIES": BOX,
            }
        ),
        "SERVICE_CATEGORY_DEFENCE": SERVICE,
        "SERVICE_CATEGORY_PUB_DEFENCE": SERVICE,
        "LOCATION": _site,
        "LABEL": _site,
        "NUTS": _nuts,
        "CPV": lambda cursor, element, form: walk(cursor, element, CPV, form),
        "NOTICE_INVOLVES_DEFENCE": read_involved,
        "NOTICE_INVOLVES_DESC_DEFENCE": read_involved,
        "FRAMEWORK_AGREEMENT": read_framework_answer,
        "F17_FRAMEWORK": read_framework,
        "F19_FRAMEWORK": read_framework,
        "SUBCONTRACTING": inside(SUBCONTRACTING),
        "DIV_INTO_LOT_NO": BOX,
        "F16_DIV_INTO_LOT_YES": _lots,
        "F17_DIV_INTO_LOT_YES": _lots,
        "LOT_PRIOR_INFORMATION": _lot,
        "F17_ANNEX_B": _lot,
        "ACCEPTED_VARIANTS": BOX,
        "TOTAL_QUANTITY_OR_SCOPE": _scope,
        "COSTS_RANGE_AND_CURRENCY": read_estimate,
        "OPTIONS": terms("options"),
        "NO_OPTIONS": refused("options"),
        "RECURRENT_CONTRACT": terms("renewals"),
        "NO_RECURRENT_CONTRACT": refused("renewals"),
        "SCHEDULED_DATE_PERIOD": _within,
        "PERIOD_WORK_DATE_STARTING": _within,
        **PERIOD,
        "ADDITIONAL_INFORMATION": clause,
        "TOTAL_FINAL_VALUE": _final,
    }
)

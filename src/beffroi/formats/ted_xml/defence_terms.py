"""Terms of section II of the defence forms: estimates, framework agreement, options, renewals, duration, dates.

In: the elements below an object or a lot's annex (R2.0.8). Out: terms of the whole or of the lot being read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, walk
from beffroi.formats.ted_xml.defence_values import (
    add_amount,
    add_words,
    clause,
    dated,
    dated_clause,
    duration,
    for_lot,
    inside,
    lasting,
)
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import EXCLUDED, SECOND, counted, flag

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Table
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.defence_values import Form
    from beffroi.notices import Draft

TERM = ("duration", "starts", "ends")


def read_framework(cursor: Cursor, element: Element, form: Form) -> None:
    """Read the box or section that says that a framework agreement is meant."""
    form.notice["instrument"] = "framework"
    cursor.cite(form.notice, "instrument", element, rule="the form describes a framework agreement")
    terms: Draft = form.whole.setdefault("framework", {})
    cursor.anchor(terms, element)
    walk(cursor, element, FRAMEWORK, form)
    if not form.whole["framework"]:
        del form.whole["framework"]


def read_involved(cursor: Cursor, element: Element, form: Form) -> None:
    """Read what a notice involves: ESTABLISHMENT_ or CONCLUSION_FRAMEWORK_AGREEMENT."""
    if "FRAMEWORK_AGREEMENT" in cursor.attribute(element, "VALUE"):
        form.notice["instrument"] = "framework"
        cursor.cite(form.notice, "instrument", Attribute(element, "VALUE"), rule="the VALUE names it")


def read_framework_answer(cursor: Cursor, element: Element, form: Form) -> None:
    """Read F16's question whether a framework agreement is meant."""
    if cursor.attribute(element, "VALUE") == "YES":
        form.notice["instrument"] = "framework"
        cursor.cite(form.notice, "instrument", Attribute(element, "VALUE"), rule="FRAMEWORK_AGREEMENT is YES")


def _long(cursor: Cursor, element: Element, form: Form) -> None:
    add_words(cursor, element, form, form.whole["framework"], "justification")


def _for_framework(reader: Handler) -> Handler:
    return lambda cursor, element, form: reader(cursor, element, form.whole["framework"])


def _several(cursor: Cursor, element: Element, form: Form) -> None:
    flag("operators", "several")(cursor, element, form.whole["framework"])
    walk(cursor, element, FRAMEWORK, form)


def _framework_term(unit: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: Form) -> None:
        length = duration(cursor, element, unit)
        if length is not None:
            form.term = (length, element)

    return read


def terms(field: str) -> Handler:
    """Return a reader of options or renewals: of the lot, or clauses where the notice has several lots."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        terms: Draft = {"allowed": True}
        cursor.anchor(terms, element, "the box is ticked")
        kept = not form.lots and field not in form.whole
        if kept:
            form.whole[field] = terms
        walk(cursor, element, TERMS, _Terms(form, terms if kept else None))

    return read


class _Terms:
    """Options or renewals in the reading: their draft, or none where they cannot be given to one lot."""

    __slots__ = ("form", "terms")

    def __init__(self, form: Form, terms: Draft | None) -> None:
        self.form = form
        self.terms = terms


def _words(cursor: Cursor, element: Element, state: _Terms) -> None:
    if state.terms is None:
        clause(cursor, element, state.form)
    else:
        add_words(cursor, element, state.form, state.terms, "text")


def _maximum(cursor: Cursor, element: Element, state: _Terms) -> None:
    if state.terms is None:
        clause(cursor, element, state.form)
    else:
        counted("maximum")(cursor, element, state.terms)


def _detail(cursor: Cursor, element: Element, state: _Terms) -> None:
    """Keep a detail that options and renewals have no field for."""
    clause(cursor, element, state.form)


def refused(field: str) -> Handler:
    """Return a reader of the box that there are no options or no renewals: so it is for every lot."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        if field in form.whole:
            cursor.leave(element, SECOND)
            return
        terms: Draft = {"allowed": False}
        cursor.anchor(terms, element, "the box is ticked")
        form.whole[field] = terms

    return read


def read_estimate(cursor: Cursor, element: Element, form: Form) -> None:
    """Read an estimated value; F16 and F17 ask for it excluding VAT.

    F17 asks for a framework's total twice (II.1.4, II.2.1): the same sum is stated once.
    """
    inner = form.lot is not form.whole
    holder = form.lot if inner else form.notice
    amount = {"kind": "estimate", "scope": "lot" if inner else "notice", "vat": "excluded"}
    if not add_amount(cursor, holder, element, amount):
        return
    cursor.cite(amount, "vat", element, rule=EXCLUDED)
    if amount in holder["amounts"][:-1]:
        holder["amounts"].pop()


def _day(field: str) -> Handler:
    """Return a reader of a day the works start or end on."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        places = dated(cursor, element, form.lot, field)
        if places and form.lot is form.whole:
            form.places[field] = tuple(places)

    return read


def _renewal_range(cursor: Cursor, element: Element, state: _Terms) -> None:
    walk(cursor, element, TERMS, state)


PERIOD: dict[str, Handler] = {
    "MONTHS": for_lot(lasting("month")),
    "DAYS": for_lot(lasting("day")),
    "INTERVAL_DATE": inside({"START_DATE": _day("starts"), "END_DATE": _day("ends")}),
    "PROCEDURE_DATE_STARTING": dated_clause,
}

TERMS: Table = table(
    {
        "OPTION_DESCRIPTION": _words,
        "PROVISIONAL_TIMETABLE_MONTH": _detail,
        "PROVISIONAL_TIMETABLE_DAY": _detail,
        "NUMBER_POSSIBLE_RENEWALS": _maximum,
        "NUMBER_POSSIBLE_RENEWALS_RANGE": _renewal_range,
        "NUMBER_POSSIBLE_RENEWALS_RANGE_MIN": _detail,
        "NUMBER_POSSIBLE_RENEWALS_RANGE_MAX": _maximum,
        "TIME_FRAME_SUBSEQUENT_CONTRACTS_MONTH": _detail,
        "TIME_FRAME_SUBSEQUENT_CONTRACTS_DAY": _detail,
    }
)

FRAMEWORK: Table = table(
    {
        "SINGLE_OPERATOR": _for_framework(flag("operators", "single")),
        "SEVERAL_OPERATORS": _several,
        "MAX_NUMBER_PARTICIPANTS": _for_framework(counted("max_participants")),
        "DURATION_FRAMEWORK_MONTH": _framework_term("month"),
        "DURATION_FRAMEWORK_YEAR": _framework_term("year"),
        "JUSTIFICATION": _long,
        "TOTAL_ESTIMATED": inside({"COSTS_RANGE_AND_CURRENCY": read_estimate, "FREQUENCY_AWARDED_CONTRACTS": clause}),
    }
)

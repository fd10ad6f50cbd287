"""Section V: awards, declared non-awards, and the results of a design contest.

In: AWARD_CONTRACT or RESULTS. Out: `awards`: one for each, with its lots as printed, suppliers in their role, and sums.

Several contractors are a group where the form says so (its leader is not told: all are members), else each holds the
contract alone (`several`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Span, walk
from beffroi.formats.ted_xml.bodies import organisation
from beffroi.formats.ted_xml.contracting_body import NAME
from beffroi.formats.ted_xml.form_draft import amount_of, clauses, section, ticked, withheld
from beffroi.formats.ted_xml.lot_numbers import Named, lots_named, numbered
from beffroi.formats.ted_xml.tags import table, tags
from beffroi.formats.ted_xml.values import SECOND, day, whole

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Table
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.form_draft import FormDraft
    from beffroi.notices import Draft

SUBMISSIONS = {
    "NB_TENDERS_RECEIVED_SME": "t-sme",
    "NB_TENDERS_RECEIVED_OTHER_EU": "t-oth-eea",
    "NB_TENDERS_RECEIVED_NON_EU": "t-no-eea",
    "NB_TENDERS_RECEIVED_EMEANS": "t-esubm",
    "NB_PARTICIPANTS": "participants",
    "NB_PARTICIPANTS_SME": "participants-sme",
    "NB_PARTICIPANTS_OTHER_EU": "participants-oth-eea",
}
"""Counts of section V as eForms BT-760 codes; those of a contest (V.3.2) have codes of our own."""


def read_award(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read one AWARD_CONTRACT."""
    award = begin_award(cursor, element, form)
    walk(cursor, element, AWARD, form)
    end_award(cursor, element, form, award)


def read_results(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read the RESULTS of a contest."""
    award = begin_award(cursor, element, form)
    walk(cursor, element, RESULTS, form)
    end_award(cursor, element, form, award)


def begin_award(cursor: Cursor, element: Element, form: FormDraft) -> Draft:
    """Return a new award of the notice, for its only lot where it has one, as the award in hand."""
    awards: list[Draft] = form.notice.setdefault("awards", [])
    taken = {award["id"] for award in awards}
    number = cursor.attribute(element, "ITEM")
    award: Draft = {"id": number if number and number not in taken else str(len(awards) + 1)}
    cursor.anchor(award, element, "its position in section V")
    lots = form.notice.get("lots", ())
    if len(lots) == 1:
        award["lot_ids"] = [lots[0]["id"]]
        cursor.cite(award, "lot_ids[0]", element, rule="the notice has one lot")
    awards.append(award)
    form.award = award
    return award


def end_award(cursor: Cursor, element: Element, form: FormDraft, award: Draft) -> None:
    """Say how the award's suppliers hold it, and in which role each."""
    suppliers = award.get("suppliers", ())
    group = award.pop("group", False)
    if suppliers:
        award["holding"] = "group" if group else "several" if len(suppliers) > 1 else "sole"
        cursor.cite(award, "holding", element, rule="a box of V.2.3, else how many contractors are named")
        for supplier in suppliers:
            supplier["role"] = "member" if group else "sole"
    form.award = None


def award_of(form: FormDraft) -> Draft:
    """Return the award in hand."""
    assert form.award is not None
    return form.award


def _lot_number(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read which lots were awarded; an undivided notice's printed number, of a larger whole, becomes a clause."""
    text = cursor.value(element)
    if not text:
        return
    award = award_of(form)
    if "lot_ids" in award and not form.divided:
        if text not in award["lot_ids"]:
            form.add_clause(cursor, element, "V")
        return
    if form.lot_numbers is None:
        form.lot_numbers = numbered(form.lot_ids)
    award["lot_ids"] = []
    for index, named in enumerate(lots_named(text, form.lot_numbers)):
        award["lot_ids"].append(named.lot)
        place = element if named.lot == text else _passage(element, named)
        rule = None if named.lot in text else "the lot that bears this number"
        cursor.cite(award, f"lot_ids[{index}]", place, rule=rule)


def _passage(element: Element, named: Named) -> Span:
    """Return the passage that names a lot, in the element's text as it is written."""
    text = element.text or ""
    lead = len(text) - len(text.lstrip())
    return Span(element, lead + named.start, lead + named.end)


def _contract_number(cursor: Cursor, element: Element, form: FormDraft) -> None:
    number = cursor.prose(element)
    if number:
        contracts: list[str] = award_of(form).setdefault("contracts", [])
        cursor.cite(award_of(form), f"contracts[{len(contracts)}]", element)
        contracts.append(number)


def _title(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.add_words(cursor, element, award_of(form), field="title", rubric="V")


def awarded(readers: Table) -> Handler:
    """Return a reader of an award that was made, described by the children these readers know."""

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        award = award_of(form)
        award["status"] = "awarded"
        cursor.cite(award, "status", element, rule="the award is described")
        walk(cursor, element, readers, form)

    return read


def _not_awarded(cursor: Cursor, element: Element, form: FormDraft) -> None:
    award = award_of(form)
    award["status"] = "not_awarded"
    cursor.cite(award, "status", element, rule="section V.1 is filled")
    walk(cursor, element, NOT_AWARDED, form)


def _reason(kind: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        reason = {"kind": kind, "code": element.tag.rpartition("}")[2]}
        cursor.anchor(reason, element, "a box of V.1")
        award_of(form)["reason"] = reason
        walk(cursor, element, ORIGINAL, form)

    return read


def _group(cursor: Cursor, element: Element, form: FormDraft) -> None:
    ticked(cursor, element, form)
    award_of(form)["group"] = True


def _contractor(cursor: Cursor, element: Element, form: FormDraft) -> None:
    for child in element:
        if child.tag in ADDRESSES:
            supplier = organisation(cursor, child, "sole")
            award_of(form).setdefault("suppliers", []).append(supplier)
            if form.foreign:
                _foreign_name(cursor, child, form)
        elif child.tag in SIZES:
            ticked(cursor, child, form)
        else:
            cursor.leave(child)


def _foreign_name(cursor: Cursor, element: Element, form: FormDraft) -> None:
    for child in element:
        if child.tag in NAME:
            form.add_clause(cursor, child, "V.2.3")


def _count(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        number = whole(cursor.value(element))
        owner = award_of(form) if field == "tenders_received" else award_of(form).setdefault("submissions", {})
        if number is None or field in owner:
            cursor.leave(element, "no whole number" if number is None else SECOND)
            return
        owner[field] = number
        cursor.cite(owner, field, element)

    return read


def _dated(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        value = day(cursor.value(element))
        award = award_of(form)
        if value is None or field in award:
            cursor.leave(element, "no date this reader knows" if value is None else SECOND)
            return
        award[field] = value
        cursor.cite(award, field, element)

    return read


def _wrapped(readers: dict[str, Handler]) -> Handler:
    """Return a reader of an element that only groups others and says whether they may be published."""
    inner = section(readers)

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        if not withheld(cursor, element, form):
            inner(cursor, element, form)

    return read


ADDRESSES = tags("ADDRESS_CONTRACTOR", "ADDRESS_WINNER")
SIZES = tags("SME", "NO_SME")

ORIGINAL = table(clauses("AWARD_CONTRACT", "NO_AWARDED_CONTRACT"))

NOT_AWARDED = table(
    {"PROCUREMENT_UNSUCCESSFUL": _reason("unsuccessful"), "PROCUREMENT_DISCONTINUED": _reason("abandoned")}
)

COUNTS: dict[str, Handler] = {
    "NB_TENDERS_RECEIVED": _count("tenders_received"),
    **{name: _count(code) for name, code in SUBMISSIONS.items()},
}

CONTRACTORS: dict[str, Handler] = {
    "CONTRACTOR": _contractor,
    "WINNER": _contractor,
    "AWARDED_TO_GROUP": _group,
    "NO_AWARDED_TO_GROUP": ticked,
}

VALUES: dict[str, Handler] = {
    "VAL_ESTIMATED_TOTAL": amount_of("award", "estimate", "award"),
    "VAL_TOTAL": amount_of("award", "award", "award"),
    "VAL_RANGE_TOTAL": amount_of("award", "award", "award"),
    "VAL_REVENUE": amount_of("award", "revenue_user", "award"),
    "VAL_PRICE_PAYMENT": amount_of("award", "revenue_buyer", "award"),
}

AWARDED = table(
    {
        "DATE_CONCLUSION_CONTRACT": _dated("concluded"),
        **COUNTS,
        "TENDERS": _wrapped(COUNTS),
        **CONTRACTORS,
        "CONTRACTORS": _wrapped(CONTRACTORS),
        **VALUES,
        "VALUES": _wrapped(VALUES),
        "VALUE": _wrapped(VALUES),
        "VAL_BARGAIN_PURCHASE": amount_of("award", "paid", "award"),
        "VAL_SUBCONTRACTING": amount_of("award", "subcontracted", "award"),
        "LIKELY_SUBCONTRACTED": ticked,
        "COUNTRY_ORIGIN": ticked,
        **clauses("AWARDED_CONTRACT", "INFO_ADD_VALUE", "PCT_SUBCONTRACTING", "INFO_ADD_SUBCONTRACTING"),
    }
)

AWARD = table(
    {
        "CONTRACT_NO": _contract_number,
        "LOT_NO": _lot_number,
        "TITLE": _title,
        "AWARDED_CONTRACT": awarded(AWARDED),
        "NO_AWARDED_CONTRACT": _not_awarded,
    }
)

PRIZE = table(
    {
        "DATE_DECISION_JURY": _dated("decided"),
        **COUNTS,
        "PARTICIPANTS": _wrapped(COUNTS),
        **CONTRACTORS,
        "WINNERS": _wrapped(CONTRACTORS),
        "VAL_PRIZE": amount_of("award", "prize", "award"),
    }
)

RESULTS = table(
    {
        "AWARDED_PRIZE": awarded(PRIZE),
        "NO_AWARDED_PRIZE": _not_awarded,
    }
)

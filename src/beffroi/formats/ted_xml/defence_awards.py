"""Section V of F18: the contracts awarded, their suppliers and values.

In: AWARD_OF_CONTRACT_DEFENCE. Out: a draft `Award`, and the lot it names: F18 has no annex of lots.

V.4 asks for the initial estimate and the final value. A value per year or month is told by a box whose number says for
how many: such a value is of no known period, and the number is its note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import walk
from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.defence_bodies import body
from beffroi.formats.ted_xml.defence_values import BOX, add_amount, add_words, clause, dated, for_award, share
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import EXCLUDED, counted

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Table
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.defence_values import Form
    from beffroi.notices import Draft


def read_award(cursor: Cursor, element: Element, form: Form) -> None:
    """Add one award; it is awarded where it names a supplier, otherwise the form does not say what became of it."""
    awards: list[Draft] = form.notice.setdefault("awards", [])
    form.award = {"id": str(len(awards) + 1)}
    cursor.anchor(form.award, element, "the award's rank")
    awards.append(form.award)
    walk(cursor, element, AWARD, form)
    form.lot = form.whole
    suppliers = form.award.get("suppliers")
    if suppliers:
        form.award["status"] = "awarded"
        if len(suppliers) == 1:
            form.award["holding"] = "sole"


def link_awards(notice: Draft) -> None:
    """Give the awards of an undivided notice its one lot."""
    lots, awards = notice.get("lots", ()), notice.get("awards", ())
    if len(lots) == 1 and not any("lot_ids" in award for award in awards):
        for award in awards:
            award["lot_ids"] = [lots[0]["id"]]


def _lot_number(cursor: Cursor, element: Element, form: Form) -> None:
    """Read the lot an award is for; a lot no award named before is one more lot of the notice."""
    number = cursor.value(element)
    if not number:
        return
    form.award["lot_ids"] = [number]
    cursor.cite(form.award, "lot_ids[0]", element)
    known = [lot for lot in form.lots if lot["id"] == number]
    if known:
        form.lot = known[0]
        return
    form.lot = {"id": number}
    cursor.anchor(form.lot, element, "the award names the lot")
    form.lots.append(form.lot)
    form.places["id"] = (element,)


def _title(cursor: Cursor, element: Element, form: Form) -> None:
    """Read the title of the contract; whether it is the lot's as well, the form does not say."""
    add_words(cursor, element, form, form.award, "title")


def _contract(cursor: Cursor, element: Element, form: Form) -> None:
    number = cursor.prose(element)
    if number:
        contracts = form.award.setdefault("contracts", [])
        cursor.cite(form.award, f"contracts[{len(contracts)}]", element)
        contracts.append(number)


def _decided(cursor: Cursor, element: Element, form: Form) -> None:
    dated(cursor, element, form.award, "decided")


def _supplier(cursor: Cursor, element: Element, form: Form) -> None:
    for child in element:
        found = body(cursor, child, form, "sole")
        if "name" in found:
            form.award.setdefault("suppliers", []).append(found)


def _electronically(cursor: Cursor, element: Element, form: Form) -> None:
    """Read how many tenders came by electronic means (t-esubm of eForms BT-760)."""
    counted("t-esubm")(cursor, element, form.award.setdefault("submissions", {}))
    if not form.award["submissions"]:
        del form.award["submissions"]


def _estimate(cursor: Cursor, element: Element, form: Form) -> None:
    add_amount(cursor, form.award, element, {"kind": "estimate", "scope": "award"})


def _value(cursor: Cursor, element: Element, form: Form) -> None:
    add_amount(cursor, form.award, element, {"kind": "award", "scope": "award"})


def _per_period(cursor: Cursor, element: Element, form: Form) -> None:
    """Mark the final value as given per year or month, for so many of them."""
    finals = [amount for amount in form.award.get("amounts", ()) if amount["kind"] == "award"]
    for child in element:
        number = cursor.value(child)
        if not number:
            continue
        if not finals:
            cursor.leave(child, "a number of years or months without a value")
            continue
        name = local_name(child.tag)
        rule = "the box for an annual or monthly value"
        note = f"{finals[0]['note']}; {name} {number}" if "note" in finals[0] else f"{name} {number}"
        finals[0].update(period="unknown", note=note)
        cursor.cite(finals[0], "note", child, rule=rule)
        cursor.cite(finals[0], "period", child, rule=rule)


def _subcontracted(cursor: Cursor, element: Element, form: Form) -> None:
    """Read V.5's value of what will be subcontracted, asked for excluding VAT."""
    amount = {"kind": "subcontracted", "scope": "award", "vat": "excluded"}
    if add_amount(cursor, form.award, element, amount):
        cursor.cite(amount, "vat", element, rule=EXCLUDED)


AWARD: Table = table(
    {
        **dict.fromkeys(
            (
                "CONTRACT_VALUE_INFORMATION",
                "MORE_INFORMATION_TO_SUB_CONTRACTED",
                "CONTRACT_LIKELY_SUB_CONTRACTED_WITH_DEFENCE",
                "SUBCONTRACT_DEFENCE",
                "SUBCONTRACT_SHARE",
            ),
            lambda cursor, element, form: walk(cursor, element, AWARD, form),
        ),
        "CONTRACT_NUMBER": _contract,
        "LOT_NUMBER": _lot_number,
        "CONTRACT_TITLE": _title,
        "CONTRACT_AWARD_DATE": _decided,
        "OFFERS_RECEIVED_NUMBER": for_award(counted("tenders_received")),
        "OFFERS_RECEIVED_NUMBER_MEANING": _electronically,
        "ECONOMIC_OPERATOR_NAME_ADDRESS": _supplier,
        "INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT": _estimate,
        "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE": _value,
        "MORE_INFORMATION_IF_ANNUAL_MONTHLY": _per_period,
        "NO_CONTRACT_LIKELY_SUB_CONTRACTED": BOX,
        "EXCLUDING_VAT_VALUE": _subcontracted,
        "EXCLUDING_VAT_PRCT": share,
        "UNKNOWN_VALUE": BOX,
        "ADDITIONAL_INFORMATION": clause,
        "SUBCONTRACT_AWARD_PART": BOX,
        "MIN_PERCENTAGE": share,
        "MAX_PERCENTAGE": share,
    }
)

"""Contracts: what was signed for an award, what was paid under it.

In: `contracts` of a release. Out: the award each belongs to (`awardID`). A contract's value repeats the award's, or is
the award's where that has none; another value is kept beside it, never added to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.awards import fill_suppliers, lot_id
from beffroi.formats.ocds.changes import amendment
from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    into,
    keep,
    keep_but,
    keeping,
    passed,
    put,
    scalar,
    used,
    written,
)
from beffroi.formats.ocds.links import related
from beffroi.formats.ocds.values import dated, money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet
    from beffroi.notices import Draft


SIGNED = "value of the signed contract"


def read_contract(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Read a contract into its award, or into one that only its contract names."""
    if scalar(element):
        cursor.leave(element, "a text where a contract is expected")
        return
    named = child(element, "awardID")
    number = written(cursor, named)
    draft = sheet.awards.get(number)
    if draft is None and not number and len(sheet.notice.get("awards", ())) == 1:
        draft = sheet.notice["awards"][0]
    if draft is None:
        draft = _unannounced(cursor, element, sheet)
    frame = Frame(sheet, draft)
    before = {**draft}
    into(_CONTRACT)(cursor, element, frame)
    fill_suppliers(cursor, element, frame)
    _value(cursor, element, frame, held=[one for one in before.get("amounts", ()) if one["kind"] == "award"])


def _unannounced(cursor: Cursor, element: Element, sheet: Sheet) -> Draft:
    """Return the award of a contract whose award is in another release."""
    place = child(element, "awardID")
    number = written(cursor, place) or written(cursor, place := child(element, "id"))
    draft: Draft = {"id": number or str(len(sheet.notice.get("awards", ())) + 1)}
    cursor.anchor(draft, element, "the award this contract belongs to, told in another release")
    if place is not None and number:
        cursor.cite(draft, "id", place)
    add(sheet.notice, "awards", draft)
    sheet.awards.setdefault(draft["id"], draft)
    return draft


def _value(cursor: Cursor, element: Element, frame: Frame, *, held: list[Draft]) -> None:
    """Read a contract's value: as amended; as its award's; or, beside another value of the award, as what it is."""
    value = child(element, "value")
    if value is None:
        return
    if frame.sheet.amended and not any(child(one, "value") is not None for one in element if one.tag == "amendments"):
        found = money(cursor, value, "amended", "award")
    else:
        own = not held or any(one.get("note", "") == SIGNED for one in held)
        found = money(cursor, value, "award" if own else "other", "award", SIGNED)
    stated = {(one["value"], one.get("currency")) for one in held}
    for one in found:
        if one["kind"] == "amended" or one.get("note") != SIGNED or (one["value"], one.get("currency")) not in stated:
            add(frame.draft, "amounts", one)


def _contract_id(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = written(cursor, element)
    if text and text not in frame.draft.get("contracts", ()):
        cursor.cite(frame.draft, f"contracts[{add(frame.draft, 'contracts', text)}]", element)


def _first_title(cursor: Cursor, element: Element, frame: Frame) -> None:
    put("title")(cursor, element, frame)


def _transaction(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a payment: what was paid; who, whom and when are kept."""
    _with_sum(cursor, element, frame, ("value", "paid", "transaction"))


def _failure(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a failure of performance: its penalty, and its words."""
    _with_sum(cursor, element, frame, ("penaltyValue", "penalty", None))


def _with_sum(cursor: Cursor, element: Element, frame: Frame, read: tuple[str, str, str | None]) -> None:
    """Read the sum of an object (field, kind, note); keep the rest. `amount` is what 1.0 calls a `value`."""
    field, kind, note = read
    value = child(element, field)
    value = child(element, "amount") if value is None and field == "value" else value
    read_sum = value is not None and not scalar(value)
    for one in money(cursor, value, kind, "award", note) if value is not None and read_sum else ():
        add(frame.draft, "amounts", one)
    keep_but(cursor, element, frame, frozenset({value.tag}) if value is not None and read_sum else frozenset())


_CONTRACT: Mapping[str, Handler] = {
    "id": _contract_id,
    "awardID": used,
    "title": _first_title,
    "dateSigned": dated("concluded"),
    "value": passed,
    "suppliers": used,
    "relatedLots": lot_id,
    "relatedLot": lot_id,
    "implementation": into(
        {
            "transactions": _transaction,
            "performanceFailures": _failure,
            "charges": keep,
            **keeping("milestones", "documents", "finalValue", "finalValueDetails", "endDate", "purchaseOrders"),
            **keeping("metrics", "tariffs", "financialProgress", "status", "finalStatus", "budgetBreakdown"),
        }
    ),
    "amendments": amendment,
    "amendment": amendment,
    "performanceFailures": _failure,
    "relatedProcesses": related,
    **keeping(
        *("description", "status", "statusDetails", "period", "items", "documents", "milestones", "finalStatus"),
        *("finalStatusDetails", "aboveThreshold", "terminationRationaleClassification", "noAgreedMetricsRationale"),
        *("proposedAmendments", "publicationDate", "signatories", "buyer", "agreedMetrics", "finance", "guarantees"),
        *("tariffs", "valueBreakdown", "identifiers", "contractTerms", "extendsContractID", "datePublished", "url"),
        *("riskAllocation", "finalStatusDate", "surveys", "taskOrders"),
    ),
}

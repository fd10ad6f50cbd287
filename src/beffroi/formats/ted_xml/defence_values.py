"""Small readers the R2.0.8 defence forms share: sums with FMTVAL, dates in parts, clauses, addresses one level deeper.

In: one element and the state of the form being read. Out: values of its drafts, cited; the rest left as unread.

>>> iso("2021", "02", "5", "13:00"), iso("2021", "2", "30", ""), iso("2021", "02", "05", "at noon")
(('2021-02-05T13:00:00', True), None, ('2021-02-05', False))
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from beffroi.formats.cursor import Attribute, Handler, walk
from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.defence_rubrics import ANNEX_B
from beffroi.formats.ted_xml.form_draft import ticked
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import SECOND, flag, hour, prose
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler, Table
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

IN_PARTS = "a date in parts"

BOX: Handler = ticked
"""A box of the form that the record has no field for."""


class Form:
    """A defence form in the reading.

    `notice` is the draft of the record, `buyer` its contracting authority (`stated`: where its kind and activity are).
    `object` is the section II being read, `whole` what it says once for all its lots (`places`: where), `lots` those
    read of it, `lot` the one being read (`whole` outside the annexes), `term` a framework's own length. `award` is the
    one being read, `rubrics` the form's numbers by element name. A form in another language than the record's is
    `foreign`: words the record has in one language only are clauses there.
    """

    __slots__ = (
        "award",
        "buyer",
        "foreign",
        "lot",
        "lots",
        "notice",
        "object",
        "places",
        "rubrics",
        "stated",
        "term",
        "whole",
    )

    def __init__(self, notice: Draft, rubrics: Mapping[str, str]) -> None:
        self.notice = notice
        self.rubrics = rubrics
        self.foreign = "language" in notice and notice["language"] != notice.get("languages", [None])[0]
        self.award: Draft = {}
        self.buyer: Draft = {}
        self.stated: dict[str, list[Any]] = {}
        self.begin_object()

    def begin_object(self) -> None:
        """Forget the object read, for the next one."""
        self.object: Element | None = None
        self.whole: Draft = {}
        self.lot = self.whole
        self.lots: list[Draft] = []
        self.places: dict[str, tuple[Any, ...]] = {}
        self.term: tuple[Draft, Element] | None = None


def for_notice(reader: Handler) -> Handler:
    """Return the reader applied to the draft of the notice."""
    return lambda cursor, element, form: reader(cursor, element, form.notice)


def for_lot(reader: Handler) -> Handler:
    """Return the reader applied to the lot being read."""
    return lambda cursor, element, form: reader(cursor, element, form.lot)


def for_award(reader: Handler) -> Handler:
    """Return the reader applied to the award being read."""
    return lambda cursor, element, form: reader(cursor, element, form.award)


def for_part(field: str, reader: Handler) -> Handler:
    """Return the reader applied to one draft inside the notice (`procedure`), made when first needed."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        reader(cursor, element, form.notice.setdefault(field, {}))

    return read


def inside(readers: Mapping[str, Handler]) -> Handler:
    """Return a reader of a container: its children by these readers, containers of the same name included."""
    inner = table(readers)

    def read(cursor: Cursor, element: Element, state: Any) -> None:
        walk(cursor, element, inner, state)

    return read


def clause(cursor: Cursor, element: Element, form: Form) -> None:
    """Keep a passage in full: the record has no field of its own for it; within an annex it belongs to the lot."""
    text = cursor.prose(element)
    if text:
        cursor.cite(add_clause(cursor, form, element, text), "text", element)


def add_words(cursor: Cursor, element: Element, form: Form, owner: Draft, field: str) -> None:
    """Give the owner its words; a clause where they are in another language or the field is filled."""
    if form.foreign or field in owner:
        clause(cursor, element, form)
        return
    prose(field)(cursor, element, owner)


def add_clause(cursor: Cursor, form: Form, element: Element, text: str) -> Draft:
    """Add a clause at the element's rubric (its name where the form gives no number), for the caller to cite."""
    name = local_name(element.tag)
    passage: Draft = {"place": form.rubrics.get(name, name), "text": text}
    if form.lot is not form.whole:
        passage["lot"] = form.lot["id"]
        if not form.award:
            passage["place"] = ANNEX_B
    cursor.anchor(passage, element, "the rubric is the element's")
    form.notice.setdefault("clauses", []).append(passage)
    return passage


def share(cursor: Cursor, element: Element, form: Form) -> None:
    """Keep a share in per cent as a clause: it is no sum of money."""
    rate = cursor.value(element)
    if rate:
        passage = add_clause(cursor, form, element, f"{rate} %")
        cursor.cite(passage, "text", element, rule="the element is a share in per cent")


def boxes(*names: str) -> dict[str, Handler]:
    """Return readers of boxes the record has no field for."""
    return dict.fromkeys(names, BOX)


def clauses(*names: str) -> dict[str, Handler]:
    """Return readers of passages kept in full."""
    return dict.fromkeys(names, clause)


def dated_clause(cursor: Cursor, element: Element, form: Form) -> None:
    """Keep a date the record has no field for (dispatch of invitations, clearance) as a clause, in ISO 8601."""
    read = moment(cursor, element)
    if read is None:
        return
    text, places = read
    cursor.cite(add_clause(cursor, form, element, text), "text", *places, rule=IN_PARTS)


def moment(cursor: Cursor, element: Element) -> tuple[str, list[Element]] | None:
    """Return the date (and hour) of DAY, MONTH, YEAR, TIME with their elements, year first; leave what is no date."""
    parts = {local_name(child.tag): child for child in element}
    texts = {name: cursor.value(part) for name, part in parts.items()}
    if not any(texts.values()):
        return None
    read = iso(*(texts.get(name, "") for name in ("YEAR", "MONTH", "DAY", "TIME")))
    if read is None or len(parts) != len(element) or parts.keys() - PARTS:
        cursor.leave(element, "no date this reader knows")
        return None
    text, timed = read
    if texts.get("TIME") and not timed:
        cursor.leave(parts["TIME"], "no hour this reader knows")
    return text, [parts[name] for name in PARTS if texts.get(name) and (timed or name != "TIME")]


PARTS = {"YEAR": 0, "MONTH": 1, "DAY": 2, "TIME": 3}
"""The parts of a date in the order ISO 8601 writes them."""


def iso(year: str, month: str, day: str, time: str) -> tuple[str, bool] | None:
    """Return the ISO date (with its hour) and whether it holds the hour; None where the parts make no date."""
    try:
        text = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    at = hour(time)
    return (f"{text}T{at}", True) if at else (text, False)


def dated(cursor: Cursor, element: Element, draft: Draft, field: str) -> list[Element]:
    """Read a date in parts into a field of the draft; the parts, none where it is no date."""
    if field in draft:
        cursor.leave(element, SECOND)
        return []
    found = moment(cursor, element)
    if found is None:
        return []
    draft[field], places = found
    cursor.cite(draft, field, *places, rule=IN_PARTS)
    return places


def lasting(unit: str) -> Handler:
    """Return a reader of a length of time in that unit into `duration`."""

    def read(cursor: Cursor, element: Element, lot: Draft) -> None:
        length = duration(cursor, element, unit)
        if length is not None and "duration" in lot:
            cursor.leave(element, SECOND)
        elif length is not None:
            lot["duration"] = length

    return read


def duration(cursor: Cursor, element: Element, unit: str) -> Draft | None:
    """Return the length of time an element states in a unit its name gives; leave what is no number."""
    text = cursor.value(element)
    value = decimal_text(text) if text else None
    if value is None or "." in value:
        if text:
            cursor.leave(element, "no whole number")
        return None
    length: Draft = {"value": int(value), "unit": unit}
    cursor.anchor(length, element, "the unit is the element's")
    cursor.cite(length, "value", element)
    return length


def add_amount(cursor: Cursor, holder: Draft, element: Element, amount: Draft) -> Draft | None:
    """Complete an amount (its kind and scope are given) with what its element states; None where that is no sum."""
    if len(element):
        walk(cursor, element, MONEY, amount)
    else:
        _SUM(cursor, element, amount)
    if not amount.keys() & {"value", "low", "high"}:
        return None
    cursor.anchor(amount, element, "kind and scope are the element's; no VAT box ticked reads unknown")
    amount.setdefault("vat", "unknown")
    currency = cursor.attribute(element, "CURRENCY")
    if currency:
        amount["currency"] = currency
        cursor.cite(amount, "currency", Attribute(element, "CURRENCY"))
    holder.setdefault("amounts", []).append(amount)
    return amount


def _sum(field: str) -> Handler:
    """Return a reader of a sum: FMTVAL holds the number, the text how the buyer's country writes it."""

    def read(cursor: Cursor, element: Element, amount: Draft) -> None:
        stated, written = cursor.attribute(element, "FMTVAL"), cursor.value(element)
        value = decimal_text(stated or written)
        if value is None or field in amount:
            if stated or written:
                cursor.leave(element, SECOND if field in amount else "no sum with one reading")
            return
        amount[field] = value
        cursor.cite(amount, field, Attribute(element, "FMTVAL") if stated else element)
        if stated and written and decimal_text(written) != value:
            cursor.leave(element, "the text says otherwise than FMTVAL, which was read")

    return read


_SUM = _sum("value")


def _vat_rate(cursor: Cursor, element: Element, amount: Draft) -> None:
    rate = cursor.value(element)
    if rate:
        amount["note"] = f"VAT {rate} %"
        cursor.cite(amount, "note", element, rule="VAT_PRCT is a rate in per cent")


def _including(cursor: Cursor, element: Element, amount: Draft) -> None:
    amount["vat"] = "included"
    cursor.cite(amount, "vat", element, rule="INCLUDING_VAT is ticked")
    walk(cursor, element, MONEY, amount)


MONEY: Table = table(
    {
        "VALUE_COST": _SUM,
        "RANGE_VALUE_COST": lambda cursor, element, amount: walk(cursor, element, MONEY, amount),
        "LOW_VALUE": _sum("low"),
        "HIGH_VALUE": _sum("high"),
        "EXCLUDING_VAT": flag("vat", "excluded"),
        "INCLUDING_VAT": _including,
        "VAT_PRCT": _vat_rate,
    }
)

"""Sums of money the BOAMP states in elements, each of its own kind.

In: VALEUR, MONTANT and their kin with `@DEVISE`. Out: drafts of amounts, cited.

The forms never tag VAT: the words beside an amount say it, else its rubric does (`vat`). VALEUR_MIN and VALEUR_MAX of
an object, a lot or a framework are the two ends of one estimated range: both the European form of 2011 (II.1.4, II.2.1)
and the national one print them as "fourchette : entre … et …", also for a framework agreement. They are no guaranteed
minimum and no ceiling. MONTANT_MINI and MONTANT_MAXI of an award are: the form prints them as minimum and maximum of
orders.

>>> from beffroi.formats.boamp.frame import Sheet
>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.nodes import JsonNode
>>> frame = Frame(Sheet({}))
>>> amount("estimate", "notice")(Cursor(), JsonNode("VALEUR", {"@DEVISE": "EUR", "#text": "3795000.0"}), frame)
>>> frame.draft["amounts"]
[{'kind': 'estimate', 'scope': 'notice', 'value': '3795000', 'currency': 'EUR'}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.figures import sums, vat_in
from beffroi.formats.boamp.frame import Frame, add
from beffroi.formats.boamp.kinds import child
from beffroi.formats.boamp.typography import cleaned
from beffroi.formats.cursor import Attribute
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft
    from beffroi.notices.amount import AmountKind, Scope

WHY = "not one amount of money"
_CURRENCY = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR"}


def money(text: str) -> str | None:
    """Return the amount an element states: a number, or a sentence with one sum and nothing else in figures."""
    value = decimal_text(text)
    if value is not None or not text:
        return value
    found = sums(text, bare=True)
    return found[0].value if len(found) == 1 else None


def read_value(cursor: Cursor, element: Element, draft: Draft, field: str) -> bool:
    """Read an element's amount into `draft[field]` with its currency; False where it holds none, which is reported."""
    text = cleaned(cursor.value(element))
    value = money(text)
    if value is None:
        if text:
            cursor.leave(element, WHY)
        return False
    draft[field] = value
    cursor.cite(draft, field, element)
    vat = vat_in(text)
    if vat:
        draft["vat"] = vat
        cursor.cite(draft, "vat", element)
    currency(cursor, element, draft)
    return True


def currency(cursor: Cursor, element: Element, draft: Draft) -> None:
    """Read the currency an element states in an attribute."""
    for name in ("DEVISE", "devise"):
        code = cursor.attribute(element, name).upper()
        if code:
            draft["currency"] = _CURRENCY.get(code, code)
            cursor.cite(draft, "currency", Attribute(element, name))


def new_amount(cursor: Cursor, element: Element, frame: Frame, *, kind: AmountKind, scope: Scope) -> Draft:
    """Return the draft of an amount of a kind; the sheet remembers it until its VAT is settled."""
    one: Draft = {"kind": kind, "scope": scope}
    cursor.anchor(one, element, "the element's place in the form")
    frame.sheet.amounts.append((one, element))
    return one


def amount(kind: AmountKind, scope: Scope, note: str | None = None) -> Handler:
    """Return a handler that reads one amount into `draft["amounts"]`."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        one = new_amount(cursor, element, frame, kind=kind, scope=scope)
        if note:
            one["note"] = note
        if read_value(cursor, element, one, "value"):
            add(frame.draft, "amounts", one)

    return read


def bound(field: str, scope: Scope) -> Handler:
    """Return a handler that reads one end of an estimated range; the other end joins the same amount."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        parent = element.getparent()
        other = "high" if field == "low" else "low"
        open_ends = [one for one in frame.draft.get("amounts", ()) if other in one and field not in one]
        sibling = child(parent, "VALEUR_MAX" if field == "low" else "VALEUR_MIN")
        if open_ends and sibling is not None:
            one = open_ends[-1]
        else:
            one = new_amount(cursor, element, frame, kind="estimate", scope=scope)
        if read_value(cursor, element, one, field) and one not in open_ends:
            add(frame.draft, "amounts", one)

    return read

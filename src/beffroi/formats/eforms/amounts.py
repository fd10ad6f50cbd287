"""Sums of money, each of its own kind.

In: elements such as `cbc:PayableAmount`. Out: drafts of `Amount`, cited; masked, unstated or unreadable ones give none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.eforms.gathered import Gathered, Section
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

KIND_RULE = "the element's name gives the kind; eForms values exclude VAT (Implementing Regulation (EU) 2019/1780)"
AFTER = "after the modification"
AFTER_RULE = "in a notice of a modification BT-161 and BT-720 are the values after it; they exclude VAT"


_FOREIGN = frozenset(",eE")
"""No xs:decimal holds them: who writes one writes a number this format has not."""


def amount(cursor: Cursor, element: Element, notice: Gathered, kind: str, scope: str | None) -> Draft | None:
    """Return a sum of money as a draft, or None where it is masked, unstated or unreadable."""
    text = cursor.value(element)
    value = decimal_text(text) if text and _FOREIGN.isdisjoint(text) else None
    if value is None:
        if text:
            cursor.leave(element, "not a number as eForms writes them")
        return None
    if value == "-1":
        notice.masked.append(element)
        return None
    if value in notice.unstated:
        cursor.leave(element, "by this bulletin's convention the amount is not stated")
        return None
    draft: Draft = {"kind": kind, "value": value}
    currency = cursor.attribute(element, "currencyID")
    if currency:
        draft["currency"] = currency
        cursor.cite(draft, "currency", Attribute(element, "currencyID"))
    if kind not in ("paid", "penalty"):  # BT-779 and BT-782 do not say
        draft["vat"] = "excluded"
    if scope is not None:
        draft["scope"] = scope
    after = kind == "award" and notice.modifies
    if after:
        draft["note"] = AFTER
    cursor.anchor(draft, element, AFTER_RULE if after else KIND_RULE)
    cursor.cite(draft, "value", element)
    return draft


def money(kind: str, scope: str | None) -> Handler:
    """Return a handler that adds a sum of money to the section's amounts."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        found = amount(cursor, element, section.notice, kind, scope)
        if found is not None:
            section.draft.setdefault("amounts", []).append(found)

    return read

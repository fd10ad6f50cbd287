"""A contract in the making: its draft, its fields, and how each value is put and cited.

In: the fields of one record. Out: a draft that grows; `put` and `kept` say where each value stands.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.decp.fields import Fields, tree
>>> sheet = Sheet(Fields(Cursor(), tree(b'{"objet": "Drones", "ccag": "Travaux"}')))
>>> sheet.put(sheet.notice, "title", "objet"); sheet.keep("ccag"); sheet.notice
{'title': 'Drones', 'clauses': [{'place': 'ccag', 'text': 'Travaux'}]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.decp import values

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.decp.fields import Fields
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


class Sheet:
    """The record read so far, and what later fields need to know of earlier ones."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.cursor: Cursor = fields.cursor
        self.notice: Draft = {}
        self.lot: Draft = {"id": "1"}
        self.award: Draft = {"id": "1", "status": "awarded", "suppliers": [], "amounts": []}
        self.concession = False
        self.order = ""
        self.buyer: tuple[str, Element] | None = None
        self.number: Element | None = None
        self.months: Element | None = None

    def put(self, draft: Draft, field: str, *names: str) -> None:
        """Put a text as it stands."""
        element = self.fields.one(*names)
        if element is not None:
            draft[field] = self.cursor.prose(element)
            self.cursor.cite(draft, field, element)

    def put_day(self, draft: Draft, field: str, element: Element | None, rule: str | None = None) -> None:
        """Put a day."""
        found = values.day(self.cursor, element) if element is not None else None
        if element is not None and found is not None:
            draft[field] = found[0]
            self.cursor.cite(draft, field, element, rule=rule or found[1])

    def keep(self, name: str) -> None:
        """Keep a field that has none of its own in the record, in its own words."""
        element = self.fields.one(name.casefold())
        if element is not None:
            self.kept(name, self.cursor.prose(element), element)

    def keep_words(self, name: str, inner: str) -> list[tuple[str, Element]]:
        """Keep each word of a list, and return them with their places."""
        found = [(self.cursor.prose(one), one) for one in self.fields.words(name.casefold(), inner.casefold())]
        for text, element in found:
            self.kept(name, text, element)
        return found

    def kept(self, place: str, text: str, *elements: Element, rule: str | None = None) -> None:
        """Keep a passage, cited where it stands."""
        clause: Draft = {"place": place, "text": text}
        self.cursor.anchor(clause, elements[0], "the field's name")
        self.cursor.cite(clause, "text", *elements, rule=rule)
        self.notice.setdefault("clauses", []).append(clause)

    def amount(self, element: Element, kind: str, *, vat: str | None, rule: str, note: str | None = None) -> Draft:
        """Return a sum of money in euros, over the whole term where it is a price; {} where it has no reading."""
        value = values.amount(self.cursor, element)
        if value is None:
            return {}
        draft: Draft = {"kind": kind, "value": value, "currency": "EUR", "vat": vat or "unknown", "scope": "award"}
        if note:
            draft["note"] = note
        self.cursor.anchor(draft, element, rule)
        self.cursor.cite(draft, "value", element)
        self.award["amounts"].append(draft)
        return draft

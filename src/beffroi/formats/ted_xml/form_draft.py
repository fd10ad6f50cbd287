"""What the readers of a form's sections share: the notice's draft, and the object, lot and award they are in.

In: a notice's draft. Out: readers of clauses, words and amounts that know where they are.

A form in another language than the record's (`foreign`) is read by the same readers; words for which the record has a
field of one language only (a criterion's name, a place, an option) become clauses there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, walk
from beffroi.formats.ted_xml.rubrics import RUBRICS
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import SECOND, add_amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


class FormDraft:
    """A form in the making: the notice's draft, and the object, lot and award at hand.

    `terms` are the framework's, given to every lot at the end; `type` is the attribute TYPE of NOTICE.
    """

    __slots__ = (
        "award",
        "divided",
        "due",
        "foreign",
        "lot",
        "lot_ids",
        "lot_numbers",
        "notice",
        "objects",
        "procedure",
        "terms",
        "type",
    )

    def __init__(self, notice: Draft) -> None:
        self.notice = notice
        self.foreign = "language" in notice and notice["language"] != notice.get("languages", [None])[0]
        self.lot: Draft | None = None
        self.lot_ids: set[str] = set()
        self.lot_numbers: dict[str, str] | None = None
        self.divided = False
        self.award: Draft | None = None
        self.objects: list[Draft] = []
        self.procedure: Draft = {}
        self.terms: Draft = {}
        self.due: list[tuple[Element, str | None]] = []
        self.type = ""

    def scope(self) -> str | None:
        """Return the lot a passage belongs to, if it belongs to one."""
        if self.lot is not None:
            return str(self.lot["id"]) if "id" in self.lot else None
        if self.award is not None and len(self.award.get("lot_ids", ())) == 1:
            return str(self.award["lot_ids"][0])
        return None

    def add_clause(self, cursor: Cursor, element: Element, rubric: str) -> None:
        """Keep a passage in full under its rubric."""
        text = cursor.prose(element)
        if not text:
            return
        clause = {"place": rubric, "text": text}
        lot = self.scope()
        if lot is not None:
            clause["lot"] = lot
        cursor.anchor(clause, element, "the rubric it stands in")
        cursor.cite(clause, "text", element)
        self.notice.setdefault("clauses", []).append(clause)

    def add_words(self, cursor: Cursor, element: Element, owner: Draft, *, field: str, rubric: str) -> None:
        """Give the owner its words; a clause where they are in another language or the field is filled."""
        if self.foreign or field in owner:
            self.add_clause(cursor, element, rubric)
            return
        text = cursor.prose(element)
        if text:
            owner[field] = text
            cursor.cite(owner, field, element)


def clause(section: str, name: str) -> Handler:
    """Return a reader that keeps an element's passage under its rubric."""
    rubric = RUBRICS[section][name]

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.add_clause(cursor, element, rubric)

    return read


def clauses(section: str, *names: str) -> dict[str, Handler]:
    """Return readers that keep these elements' passages, each under its rubric."""
    return {name: clause(section, name) for name in names}


def measured(rubric: str, attribute: str) -> Handler:
    """Return a reader that keeps a number with the unit an attribute gives ("6 MONTH")."""

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        number, unit = cursor.value(element), cursor.attribute(element, attribute)
        passage = {"place": rubric, "text": f"{number} {unit}".strip()}
        cursor.anchor(passage, element, "the rubric it stands in")
        cursor.cite(passage, "text", element, Attribute(element, attribute))
        form.notice.setdefault("clauses", []).append(passage)

    return read


def ticked(cursor: Cursor, element: Element, form: FormDraft) -> None:  # noqa: ARG001 - the handlers' one signature
    """Read an empty element whose absence or presence no field keeps; texts below it are left."""
    if element.text or len(element):
        cursor.leave(element)


def section(readers: Mapping[str, Handler]) -> Handler:
    """Return a reader that reads each child by its own reader."""
    inner = table(readers)

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        walk(cursor, element, inner, form)

    return read


def amount_of(owner: str, kind: str, scope: str) -> Handler:
    """Return a reader of a sum for the `notice`, `lot` or `award` in hand."""

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        if not withheld(cursor, element, form):
            add_amount(cursor, getattr(form, owner), element, kind, scope)

    return read


def withheld(cursor: Cursor, element: Element, form: FormDraft) -> bool:
    """Return whether the buyer agreed not to publish an element; its texts are left, out of every field and sum."""
    if element.get("PUBLICATION") != "NO":
        return False
    entry = {"field": element.tag.rpartition("}")[2], "reason": "PUBLICATION=NO"}
    lot = form.scope()
    if lot is not None:
        entry["lot"] = lot
    cursor.anchor(entry, element, "PUBLICATION is NO")
    form.notice.setdefault("withheld", []).append(entry)
    cursor.leave(element, "marked as not to be published")
    return True


__all__ = ["SECOND", "FormDraft", "amount_of", "clause", "clauses", "measured", "section", "ticked", "withheld"]

"""The other languages of a form: what each says in words, beside the record read from the first original.

In: the draft of one language's form, read by the reader of all forms. Out: a draft `Text`.

>>> text_of({"title": "Drones", "cpv": ["34711200"], "lots": [{"id": "1", "title": "Tethered", "amounts": []}]})
{'title': 'Drones', 'lots': [{'id': '1', 'title': 'Tethered'}]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.formats.nodes import path_of

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

TEXT = frozenset({"title", "description", "lots", "clauses"})
LOT = frozenset({"id", "title", "description"})


def text_of(draft: Draft) -> Draft:
    """Return the words of one language: the draft itself, cut to the fields of a `Text`.

    It is the same dictionary, so that what was cited stays cited.
    """
    for key in draft.keys() - TEXT:
        del draft[key]
    for lot in draft.get("lots", ()):
        for key in lot.keys() - LOT:
            del lot[key]
    return draft


def figures(draft: Draft) -> list[Any]:
    """Return what must not differ between languages: the deadline, the counts of lots and awards, every sum."""
    sums = [
        (amount["kind"], amount.get("value"), amount.get("low"), amount.get("high"), amount.get("currency"))
        for owner in (draft, *draft.get("lots", ()), *draft.get("awards", ()))
        for amount in owner.get("amounts", ())
    ]
    return [draft.get("deadline"), len(draft.get("lots", ())), len(draft.get("awards", ())), *sums]


def report_difference(cursor: Cursor, form: Element, language: str) -> None:
    """Report that a language's form states other figures than the first original, which the record follows."""
    why = "this language's form states other figures than the first original, which the record follows"
    cursor.unread.append({"place": path_of(form), "text": language, "why": why})

"""Award criteria (II.2.5), however a form nests them.

In: AC or its parts. Out: the lot's criteria, in the form's order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ted_xml.form_draft import section, ticked, withheld
from beffroi.formats.ted_xml.tags import tags
from beffroi.formats.ted_xml.values import prose

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.form_draft import FormDraft
    from beffroi.notices import Draft

NAME = tags("AC_CRITERION")
WEIGHT = tags("AC_WEIGHTING")
_weight = prose("weight")


def _criterion(kind: str) -> Handler:
    """Return a reader of a criterion: its name and weight are children, or it holds its name itself."""

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        criterion: Draft = {"kind": kind}
        cursor.anchor(criterion, element, "the kind is what the element stands for")
        for child in element:
            if child.tag in NAME:
                form.add_words(cursor, child, criterion, field="name", rubric="II.2.5")
            elif child.tag in WEIGHT:
                _weight(cursor, child, criterion)
            else:
                cursor.leave(child)
        if form.lot is not None:
            form.lot.setdefault("criteria", []).append(criterion)

    return read


def _named(cursor: Cursor, element: Element, form: FormDraft) -> None:
    criterion: Draft = {"kind": "other"}
    cursor.anchor(criterion, element, "the form does not say of which kind it is")
    form.add_words(cursor, element, criterion, field="name", rubric="II.2.5")
    if form.lot is not None:
        form.lot.setdefault("criteria", []).append(criterion)


PARTS: dict[str, Handler] = {
    "AC_PRICE": _criterion("price"),
    "AC_COST": _criterion("cost"),
    "AC_QUALITY": _criterion("quality"),
    "AC_CRITERIA": _criterion("other"),
    "AC_CRITERION": _named,
    "AC_PROCUREMENT_DOC": ticked,
}

_all = section(PARTS)


def _criteria(cursor: Cursor, element: Element, form: FormDraft) -> None:
    if not withheld(cursor, element, form):
        _all(cursor, element, form)


_nested = section({**PARTS, "AC": _criteria})

CRITERIA: dict[str, Handler] = {
    **PARTS,
    "AC": _criteria,
    "DIRECTIVE_2014_24_EU": _nested,
    "DIRECTIVE_2014_25_EU": _nested,
    "DIRECTIVE_2014_23_EU": _nested,
    "DIRECTIVE_2009_81_EC": _nested,
}

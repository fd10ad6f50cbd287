"""Organisations of the defence forms: contact data one level deeper than in R2.0.9.

In: an element holding contact data. Out: a draft `Organization` in the role its element gives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import ignoring, walk
from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.bodies import ADDRESS
from beffroi.formats.ted_xml.defence_values import BOX, clause
from beffroi.formats.ted_xml.tags import table, tags

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.defence_values import Form
    from beffroi.notices import Draft


def body(cursor: Cursor, element: Element, form: Form, role: str | None) -> Draft:
    """Return the organisation of contact data: R2.0.8 puts its name and identifier one level deeper.

    A name in another language than the record's is kept as a clause.
    """
    found: Draft = {"role": role} if role else {}
    cursor.anchor(found, element, "the role is what the element stands for")
    walk(cursor, element, CONTACT, found)
    if form.foreign:
        _keep_name(cursor, element, form)
    return found


def _keep_name(cursor: Cursor, element: Element, form: Form) -> None:
    for child in element:
        if child.tag in ORGANISATION:
            _keep_name(cursor, child, form)
        elif local_name(child.tag) == "OFFICIALNAME":
            clause(cursor, child, form)


def add_body(cursor: Cursor, element: Element, form: Form, role: str | None) -> None:
    """Add the organisation of contact data to the notice's others; data without a name is no organisation."""
    found = body(cursor, element, form, role)
    if "name" in found:
        form.notice.setdefault("others", []).append(found)


def others(role: str | None) -> Handler:
    """Return a reader of further organisations in that role: the children that are not "the same as above"."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        for child in element:
            if child.tag in IDEM:
                BOX(cursor, child, form)
            else:
                add_body(cursor, child, form, role)

    return read


IDEM = tags("IDEM")
ORGANISATION = tags("ORGANISATION")
_PERSONAL = ignoring("personal contact")

CONTACT = {
    **ADDRESS,
    **table(
        {
            "ORGANISATION": lambda cursor, element, found: walk(cursor, element, ADDRESS, found),
            "E_MAILS": _PERSONAL,
        }
    ),
}

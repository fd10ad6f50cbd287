"""Section I: who buys, with whom, and where documents and answers go.

In: CONTRACTING_BODY. Out: `buyers` (the first leads), `others`, clauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, walk
from beffroi.formats.ted_xml.bodies import organisation
from beffroi.formats.ted_xml.form_draft import clauses, ticked
from beffroi.formats.ted_xml.tags import table, tags

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.form_draft import FormDraft
    from beffroi.notices import Draft

NAME = tags("OFFICIALNAME")


def body(field: str, role: str | None, rubric: str) -> Handler:
    """Return a reader of an address into a list of organisations; a name in another language is kept as a clause."""

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.notice.setdefault(field, []).append(organisation(cursor, element, role))
        if form.foreign:
            for child in element:
                if child.tag in NAME:
                    form.add_clause(cursor, child, rubric)

    return read


def read_contracting_body(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read section I."""
    walk(cursor, element, SECTION, form)


def _first(form: FormDraft) -> Draft:
    buyers: list[Draft] = form.notice.setdefault("buyers", [{"role": "buyer"}])
    return buyers[0]


def _central(cursor: Cursor, element: Element, form: FormDraft) -> None:
    buyer = _first(form)
    buyer["role"] = "central_purchasing"
    cursor.cite(buyer, "role", element, rule="the contract is awarded by a central purchasing body")


def _code(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        value = cursor.attribute(element, "VALUE")
        buyer = _first(form)
        if value and field not in buyer:
            buyer[field] = value
            cursor.cite(buyer, field, Attribute(element, "VALUE"))

    return read


def _other(field: str, rubric: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.add_words(cursor, element, _first(form), field=field, rubric=rubric)

    return read


SECTION = table(
    {
        "ADDRESS_CONTRACTING_BODY": body("buyers", "buyer", "I.1"),
        "ADDRESS_CONTRACTING_BODY_ADDITIONAL": body("buyers", "joint_buyer", "I.1"),
        "JOINT_PROCUREMENT_INVOLVED": ticked,
        "CENTRAL_PURCHASING": _central,
        "DOCUMENT_FULL": ticked,
        "DOCUMENT_RESTRICTED": ticked,
        "ADDRESS_FURTHER_INFO": body("others", "information", "I.3"),
        "ADDRESS_FURTHER_INFO_IDEM": ticked,
        "ADDRESS_PARTICIPATION": body("others", "submission", "I.3"),
        "ADDRESS_PARTICIPATION_IDEM": ticked,
        "CA_TYPE": _code("kind"),
        "CA_TYPE_OTHER": _other("kind", "I.4"),
        "CA_ACTIVITY": _code("activity"),
        "CA_ACTIVITY_OTHER": _other("activity", "I.5"),
        "CE_ACTIVITY": _code("activity"),
        "CE_ACTIVITY_OTHER": _other("activity", "I.6"),
        **clauses("CONTRACTING_BODY", "PROCUREMENT_LAW", "URL_DOCUMENT", "URL_PARTICIPATION", "URL_TOOL"),
    }
)

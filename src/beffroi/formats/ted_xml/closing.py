"""Section VI: what completes a notice; section VII of corrections and of contract modifications.

In: COMPLEMENTARY_INFO, CHANGES, MODIFICATIONS_CONTRACT. Out: `dispatched`, review bodies, `changes`, sums before and
after a modification, clauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, ignoring, walk
from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.bodies import ADDRESS
from beffroi.formats.ted_xml.contracting_body import body
from beffroi.formats.ted_xml.form_draft import amount_of, clauses, section, ticked, withheld
from beffroi.formats.ted_xml.procedures import read_previous
from beffroi.formats.ted_xml.rubrics import RUBRICS
from beffroi.formats.ted_xml.tags import tags
from beffroi.formats.ted_xml.values import day

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Place
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.form_draft import FormDraft
    from beffroi.notices import Draft


def _dispatched(cursor: Cursor, element: Element, form: FormDraft) -> None:
    value = day(cursor.value(element))
    if value is None:
        cursor.leave(element, "no date this reader knows")
        return
    form.notice["dispatched"] = value
    cursor.cite(form.notice, "dispatched", element)


read_closing = section(
    {
        "RECURRENT_PROCUREMENT": ticked,
        "NO_RECURRENT_PROCUREMENT": ticked,
        "EORDERING": ticked,
        "EINVOICING": ticked,
        "EPAYMENT": ticked,
        "ADDRESS_REVIEW_BODY": body("others", "review", "VI.4.1"),
        "ADDRESS_MEDIATION_BODY": body("others", "mediation", "VI.4.2"),
        "ADDRESS_REVIEW_INFO": body("others", "information", "VI.4.4"),
        "DATE_DISPATCH_NOTICE": _dispatched,
        "NOTICE_NUMBER_OJ": read_previous,
        "ESENDER_LOGIN": ignoring("login of the sender"),
        "CUSTOMER_LOGIN": ignoring("login of the sender"),
        **clauses(
            "COMPLEMENTARY_INFO",
            "ESTIMATED_TIMING",
            "INFO_ADD",
            "REVIEW_PROCEDURE",
            "NO_DOC_EXT",
            "DATE_DISPATCH_ORIGINAL",
        ),
    }
)
"""Read COMPLEMENTARY_INFO."""


def _change(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read one CHANGE: where, and what is replaced by what; in another language its texts become clauses."""
    if withheld(cursor, element, form):
        return
    if form.foreign:
        form.add_clause(cursor, element, "VII.1.2")
        return
    change: Draft = {}
    cursor.anchor(change, element)
    for child in element:
        name = local_name(child.tag)
        if name == "WHERE":
            _where(cursor, child, change)
        elif name in {"OLD_VALUE", "NEW_VALUE"}:
            _changed_value(cursor, child, change, name[:3].lower())
        else:
            cursor.leave(child)
    form.notice.setdefault("changes", []).append(change)


def _where(cursor: Cursor, element: Element, change: Draft) -> None:
    """Read the section, the lot and the label of the text to be corrected."""
    place: list[Element] = []
    for child in element:
        if local_name(child.tag) == "LABEL":
            change["label"] = cursor.prose(child)
            cursor.cite(change, "label", child)
        elif cursor.value(child):
            place.append(child)
    if place:
        change["place"] = ", ".join(cursor.value(child) for child in place)
        cursor.cite(change, "place", *place)


def _changed_value(cursor: Cursor, element: Element, change: Draft, field: str) -> None:
    """Read a value of a change: its texts, date and hour, and the codes it names, one a line."""
    lines: list[str] = []
    places: list[Place] = []
    for child in element:
        for place, text in _said(cursor, child):
            if text:
                lines.append(text)
                places.append(place)
    if lines:
        change[field] = "\n".join(lines)
        cursor.cite(change, field, *places)


def _said(cursor: Cursor, element: Element) -> list[tuple[Place, str]]:
    """Return what an element of a value says: its text, or the codes below it."""
    if any(child.get("CODE") is not None for child in element):
        return [(Attribute(child, "CODE"), cursor.attribute(child, "CODE")) for child in element]
    if element.get("CODE") is not None:
        return [(Attribute(element, "CODE"), cursor.attribute(element, "CODE"))]
    return [(element, cursor.prose(element))]


read_changes = section(
    {
        "CHANGE": _change,
        "MODIFICATION_ORIGINAL": ticked,
        "PUBLICATION_TED": ticked,
        **clauses("CHANGES", "INFO_ADD"),
    }
)
"""Read CHANGES (F14)."""


def _after(name: str) -> Handler:
    """Return a reader of a passage that describes the procurement after the modification (VII.1)."""
    rubric = RUBRICS["DESCRIPTION_PROCUREMENT"][name]

    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        if form.foreign:
            form.add_clause(cursor, element, rubric)
            return
        change: Draft = {"place": rubric}
        cursor.anchor(change, element, "the rubric it stands in")
        _changed_value(cursor, [element], change, "new")  # type: ignore[arg-type]
        if "new" in change:
            form.notice.setdefault("changes", []).append(change)

    return read


def _duration_after(cursor: Cursor, element: Element, form: FormDraft) -> None:
    number, unit = cursor.value(element), cursor.attribute(element, "TYPE")
    change: Draft = {"place": "VII.1.5", "new": f"{number} {unit}".strip()}
    cursor.anchor(change, element, "the rubric it stands in")
    cursor.cite(change, "new", element, Attribute(element, "TYPE"))
    if not form.foreign:
        form.notice.setdefault("changes", []).append(change)


def _contractors_after(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read the contractors after the modification: a change of place VII.1.7 each, by name."""
    if local_name(element.tag) != "CONTRACTOR":
        for child in element:
            _contractors_after(cursor, child, form)
        return
    for child in element:
        if child.tag in CONTRACTOR_ADDRESS:
            _contractor_name(cursor, child, form)
        else:
            ticked(cursor, child, form)


def _contractor_name(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Keep a contractor after the modification as a change: its name, town and country."""
    walk(cursor, element, ADDRESS, {})
    if form.foreign:
        for child in element:
            if child.tag in NAMING:
                form.add_clause(cursor, child, "VII.1.7")
        return
    change: Draft = {"place": "VII.1.7", "label": "CONTRACTOR"}
    cursor.anchor(change, element, "the rubric it stands in")
    said = [(child, cursor.prose(child)) for child in element if child.tag in NAMING]
    change["new"] = "\n".join(text for _, text in said if text)
    cursor.cite(change, "new", *(child for child, text in said if text))
    form.notice.setdefault("changes", []).append(change)


NAMING = tags("OFFICIALNAME", "TOWN")
CONTRACTOR_ADDRESS = tags("ADDRESS_CONTRACTOR")

AMENDED = {"VAL_TOTAL": amount_of("notice", "amended", "notice")}

INCREASE: dict[str, Handler] = {
    "VAL_TOTAL_BEFORE": amount_of("notice", "before", "notice"),
    "VAL_TOTAL_AFTER": amount_of("notice", "amended", "notice"),
}


def _text_change(place: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        if form.foreign:
            form.add_clause(cursor, element, place)
            return
        text = cursor.prose(element)
        if text:
            change = {"place": place, "text": text}
            cursor.anchor(change, element, "the rubric it stands in")
            cursor.cite(change, "text", element)
            form.notice.setdefault("changes", []).append(change)

    return read


read_modifications = section(
    {
        "DESCRIPTION_PROCUREMENT": section(
            {
                "DURATION": _duration_after,
                "VALUES": section(AMENDED),
                **AMENDED,
                "CONTRACTORS": _contractors_after,
                "CONTRACTOR": _contractors_after,
                "AWARDED_TO_GROUP": ticked,
                "NO_AWARDED_TO_GROUP": ticked,
                **{
                    name: _after(name)
                    for name in (
                        "CPV_MAIN",
                        "CPV_ADDITIONAL",
                        "NUTS",
                        "MAIN_SITE",
                        "SHORT_DESCR",
                        "DATE_START",
                        "DATE_END",
                        "JUSTIFICATION",
                    )
                },
            }
        ),
        "INFO_MODIFICATIONS": section(
            {
                "SHORT_DESCR": _text_change("VII.2.1"),
                "ADDITIONAL_NEED": _text_change("VII.2.2"),
                "UNFORESEEN_CIRCUMSTANCE": _text_change("VII.2.2"),
                "VALUES": section(INCREASE),
                **INCREASE,
            }
        ),
    }
)
"""Read MODIFICATIONS_CONTRACT (F20)."""

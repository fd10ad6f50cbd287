"""The defence forms of R2.0.8 (Directive 2009/81/EC), published in that shape until 2023.

In: a child of FORM_SECTION. Out: the draft filled.

| form | element | kind |
|---|---|---|
| F16 | PRIOR_INFORMATION_DEFENCE | planning |
| F17 | CONTRACT_DEFENCE | call |
| F18 | CONTRACT_AWARD_DEFENCE | result |
| F19 | CONTRACT_CONCESSIONAIRE_DEFENCE | call, by a contractor who subcontracts |

>>> sorted(FORMS)[0]
'CONTRACT_AWARD_DEFENCE'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, Tag, walk
from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.defence_awards import link_awards, read_award
from beffroi.formats.ted_xml.defence_bodies import body, others
from beffroi.formats.ted_xml.defence_conditions import COMPLEMENTARY, CONDITIONS
from beffroi.formats.ted_xml.defence_objects import close_object, read_object
from beffroi.formats.ted_xml.defence_procedure import PROCEDURE
from beffroi.formats.ted_xml.defence_rubrics import NUMBERS, RUBRICS
from beffroi.formats.ted_xml.defence_values import BOX, Form, clause
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import prose

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Table
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

FORMS = frozenset(NUMBERS)

KINDS = {"F16": "planning", "F17": "call", "F18": "result", "F19": "call"}


def read_form(cursor: Cursor, form: Element, draft: Draft) -> None:
    """Read a defence form into the draft."""
    number = NUMBERS[local_name(form.tag)]
    draft["form"] = number
    cursor.cite(draft, "form", Tag(form), rule="the number of the form this element holds")
    draft["kind"] = KINDS[number]
    cursor.cite(draft, "kind", Tag(form), rule="the kind of notice this form is for")
    state = Form(draft, RUBRICS[number])
    for document in form:
        walk(cursor, document, SECTIONS, state)
    close_object(cursor, state)
    link_awards(draft)


def _buyer(cursor: Cursor, element: Element, form: Form) -> None:
    form.buyer = body(cursor, element, form, "buyer")
    form.notice.setdefault("buyers", []).append(form.buyer)


def _of_buyer(field: str, attribute: str | None) -> Handler:
    """Return a reader of the buyer's kind or activity: a code, or words under OTHER; several are joined."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        if form.foreign and not attribute:
            clause(cursor, element, form)
            return
        text = cursor.attribute(element, attribute) if attribute else cursor.prose(element)
        if not text:
            return
        if field in form.buyer:
            text = f"{form.buyer[field]}; {text}"
        form.buyer[field] = text
        form.stated.setdefault(field, []).append(Attribute(element, attribute) if attribute else element)
        cursor.cite(form.buyer, field, *form.stated[field])

    return read


def for_buyer(reader: Handler) -> Handler:
    """Return the reader applied to the contracting authority."""
    return lambda cursor, element, form: reader(cursor, element, form.buyer)


def _within(cursor: Cursor, element: Element, form: Form) -> None:
    walk(cursor, element, SECTIONS, form)


def _section(readers: Table) -> Handler:
    return lambda cursor, element, form: walk(cursor, element, readers, form)


SECTIONS: Table = table(
    {
        **dict.fromkeys(
            (
                "AUTHORITY_PRIOR_INFORMATION_DEFENCE",
                "CONTRACTING_AUTHORITY_INFORMATION_DEFENCE",
                "CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_AWARD_DEFENCE",
                "CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_SUB_DEFENCE",
                "NAME_ADDRESSES_CONTACT_PRIOR_INFORMATION",
                "NAME_ADDRESSES_CONTACT_CONTRACT",
                "NAME_ADDRESSES_CONTACT_CONTRACT_AWARD",
                "TYPE_AND_ACTIVITIES_OR_CONTRACTING_ENTITY_AND_PURCHASING_ON_BEHALF",
                "TYPE_AND_ACTIVITIES",
                "ACTIVITIES_OF_CONTRACTING_ENTITY",
                "PURCHASING_ON_BEHALF",
            ),
            _within,
        ),
        **dict.fromkeys(
            (
                "INTERNET_ADDRESSES_PRIOR_INFORMATION",
                "INTERNET_ADDRESSES_CONTRACT",
                "INTERNET_ADDRESSES_CONTRACT_AWARD",
                "INTERNET_ADDRESSES_CONTRACT_DEFENCE",
            ),
            _within,
        ),
        "URL_GENERAL": for_buyer(prose("url")),
        "URL_BUYER": for_buyer(prose("profile_url")),
        "URL_INFORMATION": clause,
        "URL_PARTICIPATE": clause,
        **dict.fromkeys(("FURTHER_INFORMATION", "SPECIFICATIONS_AND_ADDITIONAL_DOCUMENTS"), others("information")),
        "TENDERS_REQUESTS_APPLICATIONS_MUST_BE_SENT_TO": others("submission"),
        "CA_CE_CONCESSIONAIRE_PROFILE": _buyer,
        "TYPE_OF_CONTRACTING_AUTHORITY": _of_buyer("kind", "VALUE"),
        "TYPE_OF_CONTRACTING_AUTHORITY_OTHER": _of_buyer("kind", None),
        "TYPE_OF_ACTIVITY": _of_buyer("activity", "VALUE"),
        "TYPE_OF_ACTIVITY_OTHER": _of_buyer("activity", None),
        "ACTIVITY_OF_CONTRACTING_ENTITY": _of_buyer("activity", "VALUE"),
        "ACTIVITY_OF_CONTRACTING_ENTITY_OTHER": _of_buyer("activity", None),
        "PURCHASING_ON_BEHALF_NO": BOX,
        "PURCHASING_ON_BEHALF_YES": others("beneficiary"),
        "OBJECT_WORKS_SUPPLIES_SERVICES_PRIOR_INFORMATION": read_object,
        "OBJECT_CONTRACT_INFORMATION_DEFENCE": read_object,
        "OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE_DEFENCE": read_object,
        "OBJECT_CONTRACT_SUB_DEFENCE": read_object,
        **dict.fromkeys(
            ("LEFTI_PRIOR_INFORMATION", "LEFTI_CONTRACT_DEFENCE", "LEFTI_CONTRACT_SUB_DEFENCE"), _section(CONDITIONS)
        ),
        **dict.fromkeys(
            (
                "PROCEDURE_DEFINITION_CONTRACT_NOTICE_DEFENCE",
                "PROCEDURE_DEFINITION_CONTRACT_AWARD_NOTICE_DEFENCE",
                "PROCEDURE_DEFINITION_CONTRACT_SUB_DEFENCE",
            ),
            _section(PROCEDURE),
        ),
        "AWARD_OF_CONTRACT_DEFENCE": read_award,
        **dict.fromkeys(
            (
                "OTH_INFO_PRIOR_INFORMATION",
                "COMPLEMENTARY_INFORMATION_CONTRACT_NOTICE",
                "COMPLEMENTARY_INFORMATION_CONTRACT_NOTICE_DEFENCE",
                "COMPLEMENTARY_INFORMATION_CONTRACT_AWARD",
            ),
            _section(COMPLEMENTARY),
        ),
    }
)

"""The form MOVE of public passenger transport (Regulation (EC) 1370/2007): T01 prior information, T02 award.

In: MOVE. Out: the draft filled. Its sections are those of the standard forms with some of their own: essential assets,
conditions and quality targets of the service, kilometres, who owns and controls the operator.

| form | kind |
|---|---|
| T01 | planning |
| T02 | result |

A form MOVE has one object, undivided. Kilometres stay a clause: the form does not say whether they are of one year or
of the whole contract.

>>> "MOVE" in FORMS
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, ignoring, walk
from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.awards import AWARD, AWARDED, CONTRACTORS, award_of, awarded, begin_award, end_award
from beffroi.formats.ted_xml.bodies import organisation
from beffroi.formats.ted_xml.closing import read_closing
from beffroi.formats.ted_xml.contracting_body import NAME, body, read_contracting_body
from beffroi.formats.ted_xml.form_draft import FormDraft, section, ticked
from beffroi.formats.ted_xml.forms import read_legal_basis
from beffroi.formats.ted_xml.lots import LOT, UNDIVIDED
from beffroi.formats.ted_xml.objects import OBJECT, finish_objects
from beffroi.formats.ted_xml.procedures import finish_procedure
from beffroi.formats.ted_xml.tags import table

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

FORMS = frozenset({"MOVE"})

KINDS = {"T01": "planning", "T02": "result"}


def read_form(cursor: Cursor, form: Element, draft: Draft) -> None:
    """Read a form MOVE into the draft."""
    kind = KINDS.get(cursor.attribute(form, "FORM"))
    if kind:
        draft["kind"] = kind
        cursor.cite(draft, "kind", Attribute(form, "FORM"), rule="the kind of notice this form is for")
    state = FormDraft(draft)
    walk(cursor, form, SECTIONS, state)
    finish_objects(cursor, state)
    finish_procedure(cursor, state)


def _object(cursor: Cursor, element: Element, form: FormDraft) -> None:
    thing: Draft = {"lots": []}
    form.objects.append(thing)
    walk(cursor, element, MOVE_OBJECT, form)
    if len(thing["lots"]) == 1:
        thing["undivided"] = True


def _lot(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read the OBJECT_DESCR of a service, its only lot."""
    form.lot = {"id": cursor.attribute(element, "ITEM") or UNDIVIDED}
    cursor.anchor(form.lot, element, "an undivided object is one lot")
    walk(cursor, element, MOVE_LOT, form)
    form.notice.setdefault("lots", []).append(form.lot)
    form.objects[-1]["lots"].append(form.lot)
    form.lot = None


def _award(cursor: Cursor, element: Element, form: FormDraft) -> None:
    award = begin_award(cursor, element, form)
    walk(cursor, element, MOVE_AWARD, form)
    end_award(cursor, element, form, award)


def _contractor(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read an operator, and the party or parties that control it (article 7(3) of the regulation)."""
    for child in element:
        name = local_name(child.tag)
        if name == "ADDRESS_CONTRACTOR":
            award_of(form).setdefault("suppliers", []).append(organisation(cursor, child, "sole"))
            _foreign_name(cursor, child, form)
        elif name == "ADDRESS_PARTY":
            _CONTROLLING(cursor, child, form)
        elif name == "OWNERSHIP":
            form.add_clause(cursor, child, name)
        elif name in {"SME", "NO_SME"}:
            ticked(cursor, child, form)
        else:
            cursor.leave(child)


def _foreign_name(cursor: Cursor, element: Element, form: FormDraft) -> None:
    for child in element if form.foreign else ():
        if child.tag in NAME:
            form.add_clause(cursor, child, "V.2.3")


def _direct(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Keep the box that justifies a direct award by its name: no method of BT-105 says as much."""
    codes: list[str] = form.procedure.setdefault("justification_codes", [])
    cursor.cite(form.procedure, f"justification_codes[{len(codes)}]", element, rule="a box of IV.1.1")
    codes.append(local_name(element.tag))
    ticked(cursor, element, form)


def _tendered(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Keep the box of competitive tendering as a clause: the regulation does not say by which method of BT-105."""
    name = local_name(element.tag)
    passage = {"place": "IV.1.1", "text": name}
    cursor.anchor(passage, element, "the box is ticked")
    form.notice.setdefault("clauses", []).append(passage)
    ticked(cursor, element, form)


def _passage(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Keep a passage in full under its element's name."""
    form.add_clause(cursor, element, local_name(element.tag))


def _share(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Keep the share of ticket revenue left to the operator, in per cent."""
    share = cursor.value(element)
    if share:
        passage = {"place": local_name(element.tag), "text": f"{share} %"}
        cursor.anchor(passage, element, "the element is a share in per cent")
        cursor.cite(passage, "text", element, rule="the element is a share in per cent")
        form.notice.setdefault("clauses", []).append(passage)


_CONTROLLING = body("others", None, "ADDRESS_PARTY")

MOVE_LOT = {
    **LOT,
    **table(
        {
            "ESSENTIAL_ASSETS": section(
                {
                    "EXTENDED_CONTRACT_DURATION": ticked,
                    "NO_EXTENDED_CONTRACT_DURATION": ticked,
                    "LIST": _passage,
                    "SIGNIFICANCE": _passage,
                    "PREDOMINANCE": _passage,
                }
            )
        }
    ),
}

MOVE_OBJECT = {
    **OBJECT,
    **table({"OBJECT_DESCR": _lot, "CATEGORY": ignoring("a category of services, which CPV states finer")}),
}

_CONTRACTORS: dict[str, Handler] = {**CONTRACTORS, "CONTRACTOR": _contractor}

MOVE_AWARD = {
    **AWARD,
    **table(
        {
            "AWARDED_CONTRACT": awarded(
                {
                    **AWARDED,
                    **table(
                        {
                            **_CONTRACTORS,
                            "CONTRACTORS": section(_CONTRACTORS),
                            "NB_KILOMETRES": _passage,
                        }
                    ),
                }
            )
        }
    ),
}

SECTIONS = table(
    {
        "LEGAL_BASIS": read_legal_basis,
        "CONTRACTING_BODY": read_contracting_body,
        "OBJECT_CONTRACT": _object,
        "LEFTI": section(
            {
                **dict.fromkeys(
                    (
                        "COST_PARAMETERS",
                        "EXCLUSIVE_RIGHTS_GRANTED",
                        "SOCIAL_STANDARDS",
                        "PUBLIC_SERVICE_OBLIGATIONS",
                        "OTHER_PARTICULAR_CONDITIONS",
                        "INFORMATION_TICKETS",
                        "PUNCTUALITY_RELIABILITY",
                        "CANCELLATIONS_SERVICES",
                        "CLEANLINESS_ROLLING_STOCK",
                        "CUST_SATISFACTION_SURVEY",
                        "COMPLAINT_HANDLING",
                        "ASSIST_PERSONS_REDUCTED_MOB",
                        "OTHER_QUALITY_TARGET",
                        "REWARDS_PENALITIES",
                    ),
                    _passage,
                ),
                "NO_EXCLUSIVE_RIGHTS_GRANTED": ticked,
                "PCT_ALLOCATED_OPERATOR": _share,
            }
        ),
        "PROCEDURE": section(
            {
                "PT_COMPETITIVE_TENDERING": _tendered,
                **dict.fromkeys(
                    (
                        "PT_DA_INTERNAL_OPERATOR",
                        "PT_DA_SMALL_CONTRACT",
                        "PT_DA_MEDIUM_ENTERPRISE",
                        "PT_DA_RAILWAY_TRANSPORT",
                        "PT_DA_EXCEPTIONAL_CIRCUMSTANCE_RAIL",
                        "PT_DA_MARKET_NETWORK_RAIL",
                        "PT_DA_OPERATOR_MANAGER_RAIL",
                    ),
                    _direct,
                ),
            }
        ),
        "AWARD_CONTRACT": _award,
        "COMPLEMENTARY_INFO": read_closing,
    }
)

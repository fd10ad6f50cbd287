"""Section IV: the procedure, its framework, and when answers are due.

In: PROCEDURE. Out: `procedure`, `instrument`, the framework's terms for every lot, `deadline`, links, clauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.formats.cursor import Attribute, walk
from beffroi.formats.ted_xml.form_draft import clauses, measured, section, ticked
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import SECOND, day, hour, notice_id, whole

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.form_draft import FormDraft

METHODS = {
    "PT_OPEN": "open",
    "PT_RESTRICTED": "restricted",
    "PT_COMPETITIVE_NEGOTIATION": "neg-w-call",
    "PT_NEGOTIATED_WITH_PRIOR_CALL": "neg-w-call",
    "PT_INVOLVING_NEGOTIATION": "neg-w-call",
    "PT_COMPETITIVE_DIALOGUE": "comp-dial",
    "PT_INNOVATION_PARTNERSHIP": "innovation",
    "PT_NEGOTIATED_WITHOUT_PUBLICATION": "neg-wo-call",
    "PT_AWARD_CONTRACT_WITHOUT_CALL": "neg-wo-call",
    "PT_AWARD_CONTRACT_WITHOUT_PUBLICATION": "neg-wo-call",
}
"""Boxes of IV.1.1 as eForms BT-105 methods."""

RELATIONS = {"change": "changes", "modification": "modifies"}
"""How a notice of this kind relates to the one it names; others just follow it (IV.2.1)."""


def _method(method: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.procedure["method"] = method
        cursor.cite(form.procedure, "method", element, rule="the box ticked in IV.1.1")
        walk(cursor, element, DIRECT, form)

    return read


def _fact(field: str, value: Any) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.procedure[field] = value
        cursor.cite(form.procedure, field, element, rule="a box of the form")

    return read


def _accelerated(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.procedure["accelerated"] = True
    cursor.cite(form.procedure, "accelerated", element, rule="a box of the form")
    form.add_clause(cursor, element, "IV.1.1")


def _words(field: str, rubric: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.add_words(cursor, element, form.procedure, field=field, rubric=rubric)

    return read


def _reasons(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Keep the boxes ticked to justify a direct award (Annex D) by the names of their elements."""
    for child in element:
        _reason(cursor, child, form)


def _reason(cursor: Cursor, element: Element, form: FormDraft) -> None:
    codes: list[str] = form.procedure.setdefault("justification_codes", [])
    cursor.cite(form.procedure, f"justification_codes[{len(codes)}]", element, rule="a box of Annex D")
    codes.append(element.tag.rpartition("}")[2])
    ticked(cursor, element, form)


def _instrument(instrument: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.notice["instrument"] = instrument
        cursor.cite(form.notice, "instrument", element, rule="a box of IV.1.3")
        walk(cursor, element, FRAMEWORK, form)

    return read


def _operators(operators: str) -> Handler:
    def read(cursor: Cursor, element: Element, form: FormDraft) -> None:
        form.terms["operators"] = operators
        cursor.cite(form.terms, "operators", element, rule="a box of IV.1.3")

    return read


def _participants(cursor: Cursor, element: Element, form: FormDraft) -> None:
    number = whole(cursor.value(element))
    if number is None or "max_participants" in form.terms:
        cursor.leave(element, "no whole number" if number is None else SECOND)
        return
    form.terms["max_participants"] = number
    cursor.cite(form.terms, "max_participants", element)


def _long_framework(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.add_words(cursor, element, form.terms, field="justification", rubric="IV.1.3")


def _other_purchasers(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.terms["dps"] = "dps-nlist"
    cursor.cite(form.terms, "dps", element, rule="the system may be used by additional purchasers (BT-766)")


def read_previous(cursor: Cursor, element: Element, form: FormDraft) -> None:
    """Read the number of the notice this one follows."""
    target = notice_id(cursor.value(element))
    if target is None:
        cursor.leave(element, "no Official Journal reference")
        return
    link = {"relation": RELATIONS.get(form.notice.get("kind", ""), "previous"), "target": target}
    cursor.anchor(link, element, "the relation is that of the notice's kind")
    cursor.cite(link, "target", element)
    form.notice.setdefault("links", []).append(link)


def _due_day(cursor: Cursor, element: Element, form: FormDraft) -> None:
    form.due = [(element, day(cursor.value(element)))]
    if form.due[0][1] is None:
        cursor.leave(element, "no date this reader knows")
        form.due = []


def _due_hour(cursor: Cursor, element: Element, form: FormDraft) -> None:
    at = hour(cursor.value(element))
    if at is None or len(form.due) != 1:
        cursor.leave(element, "no hour of a day this reader knows")
        return
    form.due.append((element, at))


def _languages(cursor: Cursor, element: Element, form: FormDraft) -> None:
    places = [Attribute(child, "VALUE") for child in element]
    codes = [cursor.attribute(child, "VALUE") for child in element]
    if any(codes):
        passage = {"place": "IV.2.4", "text": " ".join(codes)}
        cursor.anchor(passage, element, "the rubric it stands in")
        cursor.cite(passage, "text", *places)
        form.notice.setdefault("clauses", []).append(passage)


def finish_procedure(cursor: Cursor, form: FormDraft) -> None:
    """Set the deadline, its kind, and what holds for every lot of a framework."""
    if form.due:
        on, *at = form.due
        form.notice["deadline"] = f"{on[1]}T{at[0][1]}" if at else on[1]
        cursor.cite(form.notice, "deadline", *(place for place, _ in form.due))
        _deadline_kind(cursor, form, on[0])
    if form.procedure:
        form.notice["procedure"] = form.procedure
    if form.terms:
        for lot in form.notice.get("lots", ()):
            lot["framework"] = form.terms


def _deadline_kind(cursor: Cursor, form: FormDraft, element: Element) -> None:
    """Say what is due (IV.2.2): tenders in an open procedure, else requests; interest after a planning notice.

    Concession forms ask for "applications or tenders": what is due stays unsaid.
    """
    method = form.procedure.get("method")
    if form.notice.get("kind") == "planning" and form.notice.get("instrument") != "concession":
        kind = "interest"
    elif method == "open":
        kind = "tenders"
    elif method in {"restricted", "neg-w-call", "comp-dial", "innovation"}:
        kind = "requests"
    else:
        return
    form.notice["deadline_kind"] = kind
    cursor.cite(form.notice, "deadline_kind", element, rule="what is due follows from the kind of procedure (IV.1.1)")


DIRECT = table(
    {
        "D_ACCORDANCE_ARTICLE": _reasons,
        "D_OUTSIDE_SCOPE": _reason,
        "D_SERVICES_LISTED": _reason,
        "D_JUSTIFICATION": _words("justification", "IV.1.1"),
    }
)

FRAMEWORK = table(
    {
        "SINGLE_OPERATOR": _operators("single"),
        "SEVERAL_OPERATORS": _operators("several"),
        "NB_PARTICIPANTS": _participants,
        "JUSTIFICATION": _long_framework,
    }
)

_methods: dict[str, Handler] = {name: _method(method) for name, method in METHODS.items()}
_by_directive = section({**_methods, "PT_AWARD_CONTRACT_WITH_PRIOR_PUBLICATION": ticked})

read_procedure = section(
    {
        **_methods,
        "PT_AWARD_CONTRACT_WITH_PRIOR_PUBLICATION": ticked,
        "DIRECTIVE_2014_24_EU": _by_directive,
        "DIRECTIVE_2014_25_EU": _by_directive,
        "DIRECTIVE_2014_23_EU": _by_directive,
        "DIRECTIVE_2009_81_EC": _by_directive,
        "ACCELERATED_PROC": _accelerated,
        "FRAMEWORK": _instrument("framework"),
        "DPS": _instrument("dps"),
        "DPS_ADDITIONAL_PURCHASERS": _other_purchasers,
        "EAUCTION_USED": _fact("electronic_auction", True),
        "CONTRACT_COVERED_GPA": _fact("gpa", True),
        "NO_CONTRACT_COVERED_GPA": _fact("gpa", False),
        "URL_NATIONAL_PROCEDURE": _words("national", "IV.1.10"),
        "MAIN_FEATURES_AWARD": _words("features", "IV.1.11"),
        "NOTICE_NUMBER_OJ": read_previous,
        "DATE_RECEIPT_TENDERS": _due_day,
        "TIME_RECEIPT_TENDERS": _due_hour,
        "LANGUAGES": _languages,
        "DURATION_TENDER_VALID": measured("IV.2.6", "TYPE"),
        "OPENING_CONDITION": section(
            {
                name: clauses("PROCEDURE", "OPENING_CONDITION")["OPENING_CONDITION"]
                for name in ("DATE_OPENING_TENDERS", "TIME_OPENING_TENDERS", "PLACE", "INFO_ADD")
            }
        ),
        **dict.fromkeys(
            (
                "REDUCTION_RECOURSE",
                "RIGHT_CONTRACT_INITIAL_TENDERS",
                "TERMINATION_DPS",
                "TERMINATION_PIN",
                "PRIZE_AWARDED",
                "NO_PRIZE_AWARDED",
                "FOLLOW_UP_CONTRACTS",
                "NO_FOLLOW_UP_CONTRACTS",
                "DECISION_BINDING_CONTRACTING",
                "NO_DECISION_BINDING_CONTRACTING",
            ),
            ticked,
        ),
        **clauses(
            "PROCEDURE",
            "INFO_ADD_EAUCTION",
            "CRITERIA_EVALUATION",
            "DATE_DISPATCH_INVITATIONS",
            "DATE_AWARD_SCHEDULED",
            "DATE_TENDER_VALID",
            "NB_PARTICIPANTS",
            "NB_MIN_PARTICIPANTS",
            "NB_MAX_PARTICIPANTS",
            "PARTICIPANT_NAME",
            "NUMBER_VALUE_PRIZE",
            "DETAILS_PAYMENT",
            "MEMBER_NAME",
        ),
    }
)
"""Read PROCEDURE."""

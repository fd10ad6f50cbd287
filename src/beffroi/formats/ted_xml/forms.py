"""The standard forms F01 to F25 of R2.0.9: their sections, and what kind of notice each is.

In: a child of FORM_SECTION. Out: the draft filled.

>>> kind_of("F21", "AWARD_CONTRACT"), kind_of("F01", "PRI_CALL_COMPETITION"), kind_of("F07", "")
('result', 'planning', 'qualification')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, walk
from beffroi.formats.ted_xml.awards import read_award, read_results
from beffroi.formats.ted_xml.closing import read_changes, read_closing, read_modifications
from beffroi.formats.ted_xml.conditions import read_conditions
from beffroi.formats.ted_xml.contracting_body import read_contracting_body
from beffroi.formats.ted_xml.form_draft import FormDraft
from beffroi.formats.ted_xml.objects import finish_objects, read_object
from beffroi.formats.ted_xml.procedures import finish_procedure, read_procedure
from beffroi.formats.ted_xml.tags import table, tags

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

FORMS = frozenset(f"F{number:02}_2014" for number in (1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25))

KINDS = {
    "F01": "planning",
    "F02": "call",
    "F03": "result",
    "F04": "planning",
    "F05": "call",
    "F06": "result",
    "F07": "qualification",
    "F08": "planning",
    "F12": "call",
    "F13": "result",
    "F14": "change",
    "F15": "intention",
    "F20": "modification",
    "F24": "call",
    "F25": "result",
}

TYPES = {
    "PRI": "planning",
    "PRI_ONLY": "planning",
    "PRI_REDUCING_TIME_LIMITS": "planning",
    "PRI_CALL_COMPETITION": "planning",
    "PER_ONLY": "planning",
    "PER_REDUCING_TIME_LIMITS": "planning",
    "PER_CALL_COMPETITION": "planning",
    "CONTRACT": "call",
    "AWARD_CONTRACT": "result",
    "CONCESSION_AWARD_CONTRACT": "result",
    "QSU_ONLY": "qualification",
    "QSU_CALL_COMPETITION": "qualification",
}
"""Types of NOTICE; for F21 to F23 they alone tell the kind."""

INSTRUMENTS = {
    "F07": "qualification_system",
    "F12": "contest",
    "F13": "contest",
    "F23": "concession",
    "F24": "concession",
    "F25": "concession",
}


def kind_of(code: str, kind: str) -> str | None:
    """Return the kind of a form's notice, by its code and the type its NOTICE states."""
    return KINDS.get(code) or TYPES.get(kind)


def read_form(cursor: Cursor, form: Element, draft: Draft) -> None:
    """Read a standard form into the draft."""
    state = FormDraft(draft)
    code = form.tag.rpartition("}")[2][:3]
    _set_kind(cursor, form, state, code)
    walk(cursor, form, SECTIONS, state)
    finish_objects(cursor, state)
    finish_procedure(cursor, state)


def _set_kind(cursor: Cursor, form: Element, state: FormDraft, code: str) -> None:
    """Set kind, call and instrument, before the sections that depend on them."""
    notice = next((child for child in form if child.tag in NOTICE), None)
    stated = cursor.attribute(notice, "TYPE") if notice is not None else ""
    draft = state.notice
    kind = kind_of(code, stated)
    if kind:
        draft["kind"] = kind
        place = Attribute(notice, "TYPE") if notice is not None and code not in KINDS else Attribute(form, "FORM")
        cursor.cite(draft, "kind", place, rule="the kind of notice this form is for")
    if notice is not None and (stated.endswith("CALL_COMPETITION") or (code == "F23" and stated == "PRI")):
        draft["call"] = True
        cursor.cite(draft, "call", Attribute(notice, "TYPE"), rule="this prior information notice is the call")
    instrument = "qualification_system" if kind == "qualification" else INSTRUMENTS.get(code)
    if instrument:
        draft["instrument"] = instrument
        cursor.cite(draft, "instrument", Attribute(form, "FORM"), rule="the instrument this form is for")


def read_legal_basis(cursor: Cursor, element: Element, state: FormDraft) -> None:
    """Read the directive or regulation a form rests on."""
    value = cursor.attribute(element, "VALUE")
    if value and "legal_basis" not in state.procedure:
        state.procedure["legal_basis"] = value
        cursor.cite(state.procedure, "legal_basis", Attribute(element, "VALUE"))


def _other_legal_basis(cursor: Cursor, element: Element, state: FormDraft) -> None:
    state.add_clause(cursor, element, "LEGAL_BASIS_OTHER")


NOTICE = tags("NOTICE")

SECTIONS = table(
    {
        "LEGAL_BASIS": read_legal_basis,
        "LEGAL_BASIS_OTHER": _other_legal_basis,
        "DIRECTIVE": read_legal_basis,
        "NOTICE": lambda cursor, element, state: None,  # noqa: ARG005 - read before the sections
        "CONTRACTING_BODY": read_contracting_body,
        "OBJECT_CONTRACT": read_object,
        "LEFTI": read_conditions,
        "PROCEDURE": read_procedure,
        "AWARD_CONTRACT": read_award,
        "RESULTS": read_results,
        "COMPLEMENTARY_INFO": read_closing,
        "CHANGES": read_changes,
        "MODIFICATIONS_CONTRACT": read_modifications,
    }
)

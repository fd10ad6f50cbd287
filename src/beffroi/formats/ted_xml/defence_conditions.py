"""Sections III and VI of the defence forms: conditions, EU funds, appeals, the day of dispatch.

In: those sections of F16 to F19 (R2.0.8). Out: clauses in full, reviewing bodies, whether EU funds pay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import walk
from beffroi.formats.ted_xml.defence_bodies import add_body, others
from beffroi.formats.ted_xml.defence_values import (
    BOX,
    IN_PARTS,
    boxes,
    clause,
    clauses,
    dated_clause,
    for_part,
    moment,
)
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import flag

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Table
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.defence_values import Form


def _funded(cursor: Cursor, element: Element, form: Form) -> None:
    flag("eu_funds")(cursor, element, form.notice.setdefault("procedure", {}))
    clause(cursor, element, form)


def _dispatched(cursor: Cursor, element: Element, form: Form) -> None:
    """Read the day the form was sent, which the header states as well."""
    found = moment(cursor, element)
    if found is not None:
        form.notice["dispatched"], places = found
        cursor.cite(form.notice, "dispatched", *places, rule=IN_PARTS)


CONDITIONS: Table = table(
    {
        **dict.fromkeys(
            (
                "CONTRACT_RELATING_CONDITIONS",
                "F17_CONDITIONS_FOR_PARTICIPATION",
                "F19_CONDITIONS_FOR_PARTICIPATION",
                "F17_ECONOMIC_FINANCIAL_CAPACITY",
                "F17_ECONOMIC_FINANCIAL_CAPACITY_SUBCONTRACTORS",
                "TECHNICAL_CAPACITY_LEFTI",
                "TECHNICAL_CAPACITY_LEFTI_SUBCONTRACTORS",
                "SERVICES_CONTRACTS_SPECIFIC_CONDITIONS",
                "RESERVED_CONTRACTS",
            ),
            lambda cursor, element, form: walk(cursor, element, CONDITIONS, form),
        ),
        **clauses(
            "DEPOSITS_GUARANTEES_REQUIRED",
            "MAIN_FINANCING_CONDITIONS",
            "LEGAL_FORM",
            "EXISTENCE_OTHER_PARTICULAR_CONDITIONS",
            "ECONOMIC_OPERATORS_PERSONAL_SITUATION",
            "ECONOMIC_OPERATORS_PERSONAL_SITUATION_SUBCONTRACTORS",
            "EAF_CAPACITY_INFORMATION",
            "EAF_CAPACITY_MIN_LEVEL",
            "T_CAPACITY_INFORMATION",
            "T_CAPACITY_MIN_LEVEL",
            "EXECUTION_SERVICE_RESERVED_PARTICULAR_PROFESSION",
            "CRITERIA_SELECTION",
        ),
        **boxes(
            "NO_EXISTENCE_OTHER_PARTICULAR_CONDITIONS",
            "RESTRICTED_TO_SHELTERED_WORKSHOPS",
            "RESTRICTED_TO_FRAMEWORK",
            "NO_EXEC_SERVICE_RESERVED_PARTICULAR_PROFESSION",
            "REQUESTS_NAMES_PROFESSIONAL_QUALIFICATIONS",
        ),
        "CLEARING_LAST_DATE": dated_clause,
    }
)

COMPLEMENTARY: Table = table(
    {
        **dict.fromkeys(
            (
                "PROCEDURES_FOR_APPEAL",
                "LODGING_OF_APPEALS",
                "INFORMATION_REGULATORY_FRAMEWORK",
                "TAX_LEGISLATION",
                "ENVIRONMENTAL_PROTECTION_LEGISLATION",
                "EMPLOYMENT_PROTECTION_WORKING_CONDITIONS",
            ),
            lambda cursor, element, form: walk(cursor, element, COMPLEMENTARY, form),
        ),
        "APPEAL_PROCEDURE_BODY_RESPONSIBLE": others("review"),
        "MEDIATION_PROCEDURE_BODY_RESPONSIBLE": others("mediation"),
        "LODGING_INFORMATION_FOR_SERVICE": others("information"),
        "CONTACT_DATA": lambda cursor, element, form: add_body(cursor, element, form, "information"),
        "RELATES_TO_EU_PROJECT_YES": _funded,
        "RELATES_TO_EU_PROJECT_NO": for_part("procedure", flag("eu_funds", value=False)),
        "NOTICE_DISPATCH_DATE": _dispatched,
        "NO_RECURRENT_PROCUREMENT": BOX,
        **clauses(
            "RECURRENT_PROCUREMENT",
            "ADDITIONAL_INFORMATION",
            "LODGING_OF_APPEALS_PRECISION",
            "TAX_LEGISLATION_VALUE",
            "ENVIRONMENTAL_PROTECTION_LEGISLATION_VALUE",
            "EMPLOYMENT_PROTECTION_WORKING_CONDITIONS_VALUE",
        ),
    }
)

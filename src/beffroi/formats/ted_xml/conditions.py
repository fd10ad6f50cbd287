"""Section III: conditions of participation and of the contract, kept in full under their rubric.

In: LEFTI (the legal, economic, financial and technical information). Out: clauses.
"""

from __future__ import annotations

from beffroi.formats.ted_xml.form_draft import clauses, section, ticked

read_conditions = section(
    {
        **clauses(
            "LEFTI",
            "SUITABILITY",
            "ECONOMIC_FINANCIAL_INFO",
            "ECONOMIC_FINANCIAL_MIN_LEVEL",
            "TECHNICAL_PROFESSIONAL_INFO",
            "TECHNICAL_PROFESSIONAL_MIN_LEVEL",
            "RULES_CRITERIA",
            "DEPOSIT_GUARANTEE_REQUIRED",
            "MAIN_FINANCING_CONDITION",
            "LEGAL_FORM",
            "CRITERIA_SELECTION",
            "PARTICULAR_PROFESSION",
            "REFERENCE_TO_LAW",
            "PERFORMANCE_CONDITIONS",
        ),
        "QUALIFICATION": section(clauses("QUALIFICATION", "CONDITIONS", "METHODS")),
        "ECONOMIC_CRITERIA_DOC": ticked,
        "TECHNICAL_CRITERIA_DOC": ticked,
        "RESTRICTED_SHELTERED_WORKSHOP": ticked,
        "RESTRICTED_SHELTERED_PROGRAM": ticked,
        "RESERVED_ORGANISATIONS_SERVICE_MISSION": ticked,
        "NO_PARTICULAR_PROFESSION": ticked,
        "PERFORMANCE_STAFF_QUALIFICATION": ticked,
    }
)
"""Read LEFTI."""

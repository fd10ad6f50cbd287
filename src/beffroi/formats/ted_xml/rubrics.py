"""The rubrics of the standard forms (Regulation (EU) 2015/1986): which section a value stands in.

In: a place in a document. Out: its label, "Rubrique II.2.6, lot 1".

>>> RUBRICS["OBJECT_DESCR"]["VAL_OBJECT"]
'II.2.6'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute, Span
from beffroi.formats.nodes import local_name

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element

RUBRICS: dict[str, dict[str, str]] = {
    "NOTICE_FORM": {
        "LEGAL_BASIS": "base juridique",
        "LEGAL_BASIS_OTHER": "base juridique",
        "DIRECTIVE": "base juridique",
    },
    "CONTRACTING_BODY": {
        "ADDRESS_CONTRACTING_BODY": "I.1",
        "ADDRESS_CONTRACTING_BODY_ADDITIONAL": "I.1",
        "JOINT_PROCUREMENT_INVOLVED": "I.2",
        "PROCUREMENT_LAW": "I.2",
        "CENTRAL_PURCHASING": "I.2",
        "DOCUMENT_FULL": "I.3",
        "DOCUMENT_RESTRICTED": "I.3",
        "URL_DOCUMENT": "I.3",
        "URL_PARTICIPATION": "I.3",
        "URL_TOOL": "I.3",
        "ADDRESS_FURTHER_INFO": "I.3",
        "ADDRESS_PARTICIPATION": "I.3",
        "CA_TYPE": "I.4",
        "CA_TYPE_OTHER": "I.4",
        "CA_ACTIVITY": "I.5",
        "CA_ACTIVITY_OTHER": "I.5",
        "CE_ACTIVITY": "I.6",
        "CE_ACTIVITY_OTHER": "I.6",
    },
    "OBJECT_CONTRACT": {
        "TITLE": "II.1.1",
        "REFERENCE_NUMBER": "II.1.1",
        "CPV_MAIN": "II.1.2",
        "TYPE_CONTRACT": "II.1.3",
        "SHORT_DESCR": "II.1.4",
        "VAL_ESTIMATED_TOTAL": "II.1.5",
        "CALCULATION_METHOD": "II.1.5",
        "LOT_DIVISION": "II.1.6",
        "NO_LOT_DIVISION": "II.1.6",
        "VAL_TOTAL": "II.1.7",
        "VAL_RANGE_TOTAL": "II.1.7",
        "DATE_PUBLICATION_NOTICE": "II.3",
    },
    "LOT_DIVISION": {
        "LOT_MAX_NUMBER": "II.1.6",
        "LOT_MAX_ONE_TENDERER": "II.1.6",
        "LOT_COMBINING_CONTRACT_RIGHT": "II.1.6",
    },
    "OBJECT_DESCR": {
        "TITLE": "II.2.1",
        "LOT_NO": "II.2.1",
        "CPV_ADDITIONAL": "II.2.2",
        "NUTS": "II.2.3",
        "MAIN_SITE": "II.2.3",
        "SHORT_DESCR": "II.2.4",
        "AC": "II.2.5",
        "AC_PRICE": "II.2.5",
        "AC_COST": "II.2.5",
        "AC_QUALITY": "II.2.5",
        "AC_CRITERION": "II.2.5",
        "AC_CRITERIA": "II.2.5",
        "AC_PROCUREMENT_DOC": "II.2.5",
        "VAL_OBJECT": "II.2.6",
        "DURATION": "II.2.7",
        "DATE_START": "II.2.7",
        "DATE_END": "II.2.7",
        "RENEWAL": "II.2.7",
        "NO_RENEWAL": "II.2.7",
        "RENEWAL_DESCR": "II.2.7",
        "JUSTIFICATION": "II.2.7",
        "INDEFINITE_DURATION": "II.2.8",
        "QS": "II.2.8",
        "NB_ENVISAGED_CANDIDATE": "II.2.9",
        "NB_MIN_LIMIT_CANDIDATE": "II.2.9",
        "NB_MAX_LIMIT_CANDIDATE": "II.2.9",
        "CRITERIA_CANDIDATE": "II.2.9",
        "ACCEPTED_VARIANTS": "II.2.10",
        "NO_ACCEPTED_VARIANTS": "II.2.10",
        "OPTIONS": "II.2.11",
        "NO_OPTIONS": "II.2.11",
        "OPTIONS_DESCR": "II.2.11",
        "ECATALOGUE_REQUIRED": "II.2.12",
        "EU_PROGR_RELATED": "II.2.13",
        "NO_EU_PROGR_RELATED": "II.2.13",
        "INFO_ADD": "II.2.14",
    },
    "LEFTI": {
        "SUITABILITY": "III.1.1",
        "ECONOMIC_FINANCIAL_INFO": "III.1.2",
        "ECONOMIC_FINANCIAL_MIN_LEVEL": "III.1.2",
        "ECONOMIC_CRITERIA_DOC": "III.1.2",
        "TECHNICAL_PROFESSIONAL_INFO": "III.1.3",
        "TECHNICAL_PROFESSIONAL_MIN_LEVEL": "III.1.3",
        "TECHNICAL_CRITERIA_DOC": "III.1.3",
        "RULES_CRITERIA": "III.1.4",
        "RESTRICTED_SHELTERED_WORKSHOP": "III.1.5",
        "RESTRICTED_SHELTERED_PROGRAM": "III.1.5",
        "RESERVED_ORGANISATIONS_SERVICE_MISSION": "III.1.5",
        "DEPOSIT_GUARANTEE_REQUIRED": "III.1.6",
        "MAIN_FINANCING_CONDITION": "III.1.7",
        "LEGAL_FORM": "III.1.8",
        "QUALIFICATION": "III.1.9",
        "CRITERIA_SELECTION": "III.1.10",
        "PARTICULAR_PROFESSION": "III.2.1",
        "NO_PARTICULAR_PROFESSION": "III.2.1",
        "REFERENCE_TO_LAW": "III.2.1",
        "PERFORMANCE_CONDITIONS": "III.2.2",
        "PERFORMANCE_STAFF_QUALIFICATION": "III.2.3",
    },
    "QUALIFICATION": {"CONDITIONS": "III.1.9", "METHODS": "III.1.9"},
    "PROCEDURE": {
        "ACCELERATED_PROC": "IV.1.1",
        "FRAMEWORK": "IV.1.3",
        "DPS": "IV.1.3",
        "DPS_ADDITIONAL_PURCHASERS": "IV.1.3",
        "REDUCTION_RECOURSE": "IV.1.4",
        "RIGHT_CONTRACT_INITIAL_TENDERS": "IV.1.5",
        "EAUCTION_USED": "IV.1.6",
        "INFO_ADD_EAUCTION": "IV.1.6",
        "NB_PARTICIPANTS": "IV.1.2",
        "NB_MIN_PARTICIPANTS": "IV.1.2",
        "NB_MAX_PARTICIPANTS": "IV.1.2",
        "PARTICIPANT_NAME": "IV.1.7",
        "CONTRACT_COVERED_GPA": "IV.1.8",
        "NO_CONTRACT_COVERED_GPA": "IV.1.8",
        "CRITERIA_EVALUATION": "IV.1.9",
        "URL_NATIONAL_PROCEDURE": "IV.1.10",
        "MAIN_FEATURES_AWARD": "IV.1.11",
        "NOTICE_NUMBER_OJ": "IV.2.1",
        "DATE_RECEIPT_TENDERS": "IV.2.2",
        "TIME_RECEIPT_TENDERS": "IV.2.2",
        "DATE_DISPATCH_INVITATIONS": "IV.2.3",
        "LANGUAGES": "IV.2.4",
        "DATE_AWARD_SCHEDULED": "IV.2.5",
        "DATE_TENDER_VALID": "IV.2.6",
        "DURATION_TENDER_VALID": "IV.2.6",
        "OPENING_CONDITION": "IV.2.7",
        "TERMINATION_DPS": "IV.2.8",
        "TERMINATION_PIN": "IV.2.9",
        "PRIZE_AWARDED": "IV.3.1",
        "NO_PRIZE_AWARDED": "IV.3.1",
        "NUMBER_VALUE_PRIZE": "IV.3.1",
        "DETAILS_PAYMENT": "IV.3.2",
        "FOLLOW_UP_CONTRACTS": "IV.3.3",
        "NO_FOLLOW_UP_CONTRACTS": "IV.3.3",
        "DECISION_BINDING_CONTRACTING": "IV.3.4",
        "NO_DECISION_BINDING_CONTRACTING": "IV.3.4",
        "MEMBER_NAME": "IV.3.5",
    },
    "AWARD_CONTRACT": {
        "CONTRACT_NO": "V",
        "LOT_NO": "V",
        "TITLE": "V",
        "NO_AWARDED_CONTRACT": "V.1",
        "AWARDED_CONTRACT": "V.2",
    },
    "AWARDED_CONTRACT": {
        "DATE_CONCLUSION_CONTRACT": "V.2.1",
        "TENDERS": "V.2.2",
        "NB_TENDERS_RECEIVED": "V.2.2",
        "NB_TENDERS_RECEIVED_SME": "V.2.2",
        "NB_TENDERS_RECEIVED_OTHER_EU": "V.2.2",
        "NB_TENDERS_RECEIVED_NON_EU": "V.2.2",
        "NB_TENDERS_RECEIVED_EMEANS": "V.2.2",
        "CONTRACTORS": "V.2.3",
        "CONTRACTOR": "V.2.3",
        "AWARDED_TO_GROUP": "V.2.3",
        "NO_AWARDED_TO_GROUP": "V.2.3",
        "VALUES": "V.2.4",
        "VALUE": "V.2.4",
        "VAL_ESTIMATED_TOTAL": "V.2.4",
        "VAL_TOTAL": "V.2.4",
        "VAL_RANGE_TOTAL": "V.2.4",
        "VAL_REVENUE": "V.2.4",
        "VAL_PRICE_PAYMENT": "V.2.4",
        "INFO_ADD_VALUE": "V.2.4",
        "LIKELY_SUBCONTRACTED": "V.2.5",
        "VAL_SUBCONTRACTING": "V.2.5",
        "PCT_SUBCONTRACTING": "V.2.5",
        "INFO_ADD_SUBCONTRACTING": "V.2.5",
        "VAL_BARGAIN_PURCHASE": "V.2.6",
    },
    "RESULTS": {"NO_AWARDED_PRIZE": "V.1", "AWARDED_PRIZE": "V.3"},
    "AWARDED_PRIZE": {
        "DATE_DECISION_JURY": "V.3.1",
        "PARTICIPANTS": "V.3.2",
        "NB_PARTICIPANTS": "V.3.2",
        "NB_PARTICIPANTS_SME": "V.3.2",
        "NB_PARTICIPANTS_OTHER_EU": "V.3.2",
        "WINNERS": "V.3.3",
        "WINNER": "V.3.3",
        "VAL_PRIZE": "V.3.4",
    },
    "COMPLEMENTARY_INFO": {
        "RECURRENT_PROCUREMENT": "VI.1",
        "NO_RECURRENT_PROCUREMENT": "VI.1",
        "ESTIMATED_TIMING": "VI.1",
        "EORDERING": "VI.2",
        "EINVOICING": "VI.2",
        "EPAYMENT": "VI.2",
        "INFO_ADD": "VI.3",
        "ADDRESS_REVIEW_BODY": "VI.4.1",
        "ADDRESS_MEDIATION_BODY": "VI.4.2",
        "REVIEW_PROCEDURE": "VI.4.3",
        "ADDRESS_REVIEW_INFO": "VI.4.4",
        "DATE_DISPATCH_NOTICE": "VI.5",
        "NOTICE_NUMBER_OJ": "VI.6",
        "NO_DOC_EXT": "VI.6",
        "DATE_DISPATCH_ORIGINAL": "VI.6",
    },
    "CHANGES": {"CHANGE": "VII.1.2", "INFO_ADD": "VII.2"},
    "DESCRIPTION_PROCUREMENT": {
        "CPV_MAIN": "VII.1.1",
        "CPV_ADDITIONAL": "VII.1.2",
        "NUTS": "VII.1.3",
        "MAIN_SITE": "VII.1.3",
        "SHORT_DESCR": "VII.1.4",
        "DURATION": "VII.1.5",
        "DATE_START": "VII.1.5",
        "DATE_END": "VII.1.5",
        "JUSTIFICATION": "VII.1.5",
        "VALUES": "VII.1.6",
        "VAL_TOTAL": "VII.1.6",
        "CONTRACTORS": "VII.1.7",
        "CONTRACTOR": "VII.1.7",
        "AWARDED_TO_GROUP": "VII.1.7",
        "NO_AWARDED_TO_GROUP": "VII.1.7",
    },
    "INFO_MODIFICATIONS": {
        "SHORT_DESCR": "VII.2.1",
        "ADDITIONAL_NEED": "VII.2.2",
        "UNFORESEEN_CIRCUMSTANCE": "VII.2.2",
        "VALUES": "VII.2.3",
        "VAL_TOTAL_BEFORE": "VII.2.3",
        "VAL_TOTAL_AFTER": "VII.2.3",
    },
}
"""The rubric of an element below its section; what is deeper has the rubric of the nearest element listed."""

SECTIONS = {
    "CONTRACTING_BODY": "I",
    "LEFTI": "III",
    "PROCEDURE": "IV",
    "CHANGES": "VII",
    "MODIFICATIONS_CONTRACT": "VII",
}

HEADER = frozenset({"CODED_DATA_SECTION", "TRANSLATION_SECTION", "TECHNICAL_SECTION", "LINKS_SECTION"})


def label(place: Place, path: str) -> str:  # noqa: ARG001 - every format's signature
    """Return the rubric of a place in words a person can follow, with its lot where it stands in one."""
    element: Element = place.element if isinstance(place, Attribute | Span) else place
    names: list[str] = []
    rubric: str | None = None
    lot: str | None = None
    node: Element | None = element
    while node is not None:
        parent = node.getparent()
        name = local_name(node.tag)
        if rubric is None and parent is not None:
            rubric = RUBRICS.get(local_name(parent.tag), {}).get(name) or SECTIONS.get(name)
        if lot is None:
            lot = _lot_of(node)
        names.append(name)
        node = parent
    return _worded(names, rubric, lot)


def _lot_of(element: Element) -> str | None:
    if local_name(element.tag) not in {"OBJECT_DESCR", "AWARD_CONTRACT"}:
        return None
    for child in element:
        if local_name(child.tag) == "LOT_NO":
            return " ".join((child.text or "").split()) or None
    return None


def _worded(names: list[str], rubric: str | None, lot: str | None) -> str:
    if not HEADER.isdisjoint(names):
        return f"En-tête du JO S, {names[0]}"
    if rubric is None:
        return names[0]
    if not rubric[0].isupper():
        return rubric.capitalize()
    return f"Rubrique {rubric}, lot {lot}" if lot else f"Rubrique {rubric}"

"""Section IV of the defence forms: procedure, criteria, deadline, earlier notices.

In: the procedure section of F17 to F19 (R2.0.8). Out: method, criteria, deadline, links, the price of documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.formats.cursor import Attribute, walk
from beffroi.formats.nodes import local_name
from beffroi.formats.ted_xml.defence_values import (
    add_amount,
    add_clause,
    add_words,
    boxes,
    clause,
    clauses,
    dated,
    dated_clause,
    for_part,
)
from beffroi.formats.ted_xml.tags import table
from beffroi.formats.ted_xml.values import flag, notice_id, prose

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Table
    from beffroi.formats.nodes import Element
    from beffroi.formats.ted_xml.defence_values import Form
    from beffroi.notices import Draft


def _method(method: str, *, accelerated: bool = False) -> Handler:
    """Return a reader of the box of a procedure (BT-105); what stands below it are its reasons and details."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        procedure: Draft = form.notice.setdefault("procedure", {})
        procedure["method"] = method
        cursor.cite(procedure, "method", element, rule=f"{local_name(element.tag)} is ticked")
        if accelerated:
            procedure["accelerated"] = True
            cursor.cite(procedure, "accelerated", element, rule="the form's accelerated variant")
        walk(cursor, element, REASONS, form)

    return read


def _reason(cursor: Cursor, element: Element, form: Form) -> None:
    """Keep a ticked reason for negotiating without a call (annex D) by its name, for the form gives it no words."""
    procedure: Draft = form.notice.setdefault("procedure", {})
    codes: list[str] = procedure.setdefault("justification_codes", [])
    cursor.cite(procedure, f"justification_codes[{len(codes)}]", element, rule="a box of annex D")
    codes.append(local_name(element.tag))
    walk(cursor, element, REASONS, form)


def _why(cursor: Cursor, element: Element, form: Form) -> None:
    """Read the words that justify the procedure."""
    add_words(cursor, element, form, form.notice.setdefault("procedure", {}), "justification")


def _criterion(cursor: Cursor, element: Element, form: Form) -> None:
    """Read a criterion, its name and its weight; their order is the list's."""
    criterion: Draft = {"kind": "other"}
    cursor.anchor(criterion, element, "R2.0.8 does not tell cost from quality")
    for child in element:
        name = local_name(child.tag)
        if name == "CRITERIA":
            add_words(cursor, child, form, criterion, "name")
        elif name == "WEIGHTING":
            prose("weight")(cursor, child, criterion)
        elif name == "ORDER_C":
            cursor.used(child)
        else:
            cursor.leave(child)
    form.whole.setdefault("criteria", []).append(criterion)


def _lowest_price(cursor: Cursor, element: Element, form: Form) -> None:
    cursor.used(element)
    criterion = {"kind": "price"}
    cursor.cite(criterion, "kind", element, rule="LOWEST_PRICE is ticked")
    form.whole.setdefault("criteria", []).append(criterion)


def _auction(cursor: Cursor, element: Element, form: Form) -> None:
    flag("electronic_auction")(cursor, element, form.notice.setdefault("procedure", {}))
    clause(cursor, element, form)


def _auction_answer(cursor: Cursor, element: Element, form: Form) -> None:
    answer = cursor.attribute(element, "VALUE")
    procedure: Draft = form.notice.setdefault("procedure", {})
    if answer in {"YES", "NO"}:
        procedure["electronic_auction"] = answer == "YES"
        cursor.cite(procedure, "electronic_auction", Attribute(element, "VALUE"), rule="YES or NO")


def _deadline(cursor: Cursor, element: Element, form: Form) -> None:
    """Read IV.3.4: no defence procedure is open (Directive 2009/81/EC, article 25), so requests are due first."""
    if dated(cursor, element, form.notice, "deadline"):
        form.notice["deadline_kind"] = "requests"
        cursor.cite(form.notice, "deadline_kind", element, rule="in procedures of two stages requests are due first")


def _earlier(cursor: Cursor, element: Element, form: Form) -> None:
    """Read an earlier publication: a link where its number names a notice."""
    text = cursor.value(element)
    target = notice_id(text)
    if target is None:
        if text:
            cursor.leave(element, "no Official Journal reference")
        return
    links: list[Draft] = form.notice.setdefault("links", [])
    if all(link["target"] != target for link in links):
        link = {"relation": "previous", "target": target}
        cursor.anchor(link, element, "a previous publication on the same contract")
        cursor.cite(link, "target", element)
        links.append(link)


def _languages(cursor: Cursor, element: Element, form: Form) -> None:
    """Keep the languages of tenders as a clause: codes, ANY_EC for any of the Union, words for others."""
    places: list[Any] = []
    texts: list[str] = []
    for child in element:
        name, value = local_name(child.tag), cursor.attribute(child, "VALUE")
        if name == "LANGUAGE_OTHER":
            clause(cursor, child, form)
        elif value:
            texts.append(value if name == "LANGUAGE_EC" else name)
            places.append(Attribute(child, "VALUE"))
    if texts:
        cursor.cite(add_clause(cursor, form, element, " ".join(texts)), "text", *places, rule="codes of languages")


def _fee(cursor: Cursor, element: Element, form: Form) -> None:
    """Read the price of the documents; the form says nothing of VAT."""
    add_amount(cursor, form.notice, element, {"kind": "fee", "scope": "notice"})


def _nested(*names: str) -> dict[str, Handler]:
    """Return readers of containers whose children the table PROCEDURE reads."""

    def read(cursor: Cursor, element: Element, form: Form) -> None:
        walk(cursor, element, PROCEDURE, form)

    return dict.fromkeys(names, read)


REASONS: Table = table(
    {
        **dict.fromkeys(
            (
                "ANNEX_D",
                "JUSTIFICATION_CHOICE_NEGOCIATED_PROCEDURE",
                "REASONS_PROVIDED_PARTICULAR_TENDERER",
                "OTHER_JUSTIFICATION",
            ),
            lambda cursor, element, form: walk(cursor, element, REASONS, form),
        ),
        "PURCHASE_SUPPLIES_ADVANTAGEOUS_TERMS": _reason,
        "REASON_CONTRACT_LAWFUL": _why,
        "PTAR_JUSTIFICATION": _why,
        "PTAN_JUSTIFICATION": _why,
        **dict.fromkeys(
            (
                "NO_OPEN_RESTRICTED",
                "ADDITIONAL_WORKS",
                "AIR_MARITIME_TRANSPORT_FOR_ARMED_FORCES_DEPLOYMENT",
                "CONTRACT_RESEARCH_DIRECTIVE",
                "CONTRACT_SERVICES_LISTED_IN_DIRECTIVE",
                "CONTRACT_SERVICES_OUTSIDE_DIRECTIVE",
                "EXTREME_URGENCY_EVENTS_UNFORESEEABLE",
                "MANUFACTURED_BY_DIRECTIVE",
                "ONLY_IRREGULAR_INACCEPTABLE_TENDERERS",
                "PERIOD_FOR_PROCEDURE_INCOMPATIBLE_WITH_CRISIS",
                "REASONS_PROVIDED_PARTICULAR_TENDERER_EXCLUSIVE_RIGHTS",
                "REASONS_PROVIDED_PARTICULAR_TENDERER_TECHNICAL",
                "RECEIVERS_ARRANGEMENT_CREDITORS",
                "SUPPLIER_WINDING_UP_BUSINESS",
                "SUPPLIES_QUOTED_PURCHASED_COMMODITY_MARKET",
                "WORKS_REPETITION_EXISTING_WORKS",
            ),
            _reason,
        ),
        **boxes(
            "IS_CANDIDATE_SELECTED",
            "NO_ADDITIONAL_WORKS",
            "NO_AIR_MARITIME_TRANSPORT_FOR_ARMED_FORCES_DEPLOYMENT",
            "NO_CONTRACT_RESEARCH_DIRECTIVE",
            "NO_EXTREME_URGENCY_EVENTS_UNFORESEEABLE",
            "NO_MANUFACTURED_BY_DIRECTIVE",
            "NO_ONLY_IRREGULAR_INACCEPTABLE_TENDERERS",
            "NO_PERIOD_FOR_PROCEDURE_INCOMPATIBLE_WITH_CRISIS",
            "NO_SUPPLIES_QUOTED_PURCHASED_COMMODITY_MARKET",
            "NO_WORKS_REPETITION_EXISTING_WORKS",
        ),
    }
)

PROCEDURE: Table = table(
    {
        **_nested(
            "TYPE_OF_PROCEDURE_DEFENCE",
            "TYPE_OF_PROCEDURE_DETAIL_FOR_CONTRACT_NOTICE_DEFENCE",
            "TYPE_OF_PROCEDURE_CONTRACT_AWARD_DEFENCE",
            "MAXIMUM_NUMBER_INVITED",
            "AWARD_CRITERIA_CONTRACT_NOTICE_INFORMATION",
            "AWARD_CRITERIA_CONTRACT_NOTICE_INFORMATION_DEFENCE",
            "AWARD_CRITERIA_CONTRACT_AWARD_NOTICE_INFORMATION_DEFENCE",
            "AWARD_CRITERIA_DETAIL",
            "AWARD_CRITERIA_DETAIL_F18",
            "MOST_ECONOMICALLY_ADVANTAGEOUS_TENDER",
            "MOST_ECONOMICALLY_ADVANTAGEOUS_TENDER_SHORT",
            "CRITERIA_STATED_BELOW",
            "IS_ELECTRONIC_AUCTION_USABLE",
            "ADMINISTRATIVE_INFORMATION_CONTRACT_NOTICE_DEFENCE",
            "ADMINISTRATIVE_INFORMATION_CONTRACT_AWARD_DEFENCE",
            "ADMINISTRATIVE_INFORMATION_CONTRACT_SUB_NOTICE_DEFENCE",
            *(f"PREVIOUS_PUBLICATION_INFORMATION_NOTICE_F{number}" for number in (17, 18, 19)),
            *(f"PREVIOUS_PUBLICATION_EXISTS_F{number}" for number in (17, 18, 19)),
            *(f"PREVIOUS_PUBLICATION_NOTICE_F{number}" for number in (17, 18, 19)),
            "CNT_NOTICE_INFORMATION_F18",
            "EX_ANTE_NOTICE_INFORMATION",
            "OTHER_PREVIOUS_PUBLICATIONS",
            "OTHER_PREVIOUS_PUBLICATION",
            "CONDITIONS_OBTAINING_SPECIFICATIONS",
            "PAYABLE_DOCUMENTS",
        ),
        "LANGUAGE": _languages,
        "PT_OPEN": _method("open"),
        "PT_RESTRICTED": _method("restricted"),
        "PT_ACCELERATED_RESTRICTED": _method("restricted", accelerated=True),
        "PT_ACCELERATED_RESTRICTED_CHOICE": _method("restricted", accelerated=True),
        "PT_NEGOTIATED_CHOICE": _method("neg-w-call"),
        "PT_NEGOTIATED_WITH_PUBLICATION_CONTRACT_NOTICE": _method("neg-w-call"),
        "PT_ACCELERATED_NEGOTIATED": _method("neg-w-call", accelerated=True),
        "F17_PT_ACCELERATED_NEGOTIATED": _method("neg-w-call", accelerated=True),
        "PT_COMPETITIVE_DIALOGUE": _method("comp-dial"),
        "F18_PT_NEGOTIATED_WITHOUT_PUBLICATION_CONTRACT_NOTICE": _method("neg-wo-call"),
        "CRITERIA_DEFINITION": _criterion,
        "LOWEST_PRICE": _lowest_price,
        "USE_ELECTRONIC_AUCTION": _auction,
        "NO_USE_ELECTRONIC_AUCTION": for_part("procedure", flag("electronic_auction", value=False)),
        "F18_IS_ELECTRONIC_AUCTION_USABLE": _auction_answer,
        "FILE_REFERENCE_NUMBER": for_part("procedure", prose("reference")),
        "RECEIPT_LIMIT_DATE": _deadline,
        "NOTICE_NUMBER_OJ": _earlier,
        "DATE_OJ": lambda cursor, element, form: cursor.used(element),  # noqa: ARG005 - the number names the same issue
        "DOCUMENT_COST": _fee,
        "TIME_LIMIT": dated_clause,
        "DISPATCH_INVITATIONS_DATE": dated_clause,
        **clauses(
            "OPE_ENVISAGED_NUMBER",
            "OPE_MINIMUM_NUMBER",
            "OPE_MAXIMUM_NUMBER",
            "OPE_OBJECTIVE_CRITERIA",
            "DOCUMENT_METHOD_OF_PAYMENT",
        ),
        **boxes(
            "REDUCTION_OF_THE_NUMBER",
            "CRITERIA_STATED_IN_OTHER_DOCUMENT",
            *(f"NO_PREVIOUS_PUBLICATION_EXISTS_F{number}" for number in (17, 18, 19)),
            "PRIOR_INFORMATION_NOTICE_F17",
            "PREVIOUS_NOTICE_BUYER_PROFILE_F18",
            "PREVIOUS_NOTICE_BUYER_PROFILE_F19",
            "CNT_NOTICE_INFORMATION_S_F18",
            "EX_ANTE_NOTICE_INFORMATION_S",
            "NO_OTHER_PREVIOUS_PUBLICATION",
            "NO_PAYABLE_DOCUMENTS",
        ),
    }
)

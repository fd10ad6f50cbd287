"""The form MOVE of public passenger transport, one quirk a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Record = Callable[[str], dict[str, Any]]


def move(body: str, number: str = "T02") -> str:
    return f'<MOVE CATEGORY="ORIGINAL" FORM="{number}" LG="FR"><LEGAL_BASIS VALUE="32007R1370"/>{body}</MOVE>'


def service(inner: str = "") -> str:
    return (
        "<OBJECT_CONTRACT><TITLE><P>Autocars</P></TITLE><TYPE_CONTRACT CTYPE='SERVICES'/>"
        f"<CATEGORY CTYPE='SERVICES'>05</CATEGORY><OBJECT_DESCR>{inner}</OBJECT_DESCR></OBJECT_CONTRACT>"
    )


def contract(inner: str) -> str:
    return f"<AWARD_CONTRACT><AWARDED_CONTRACT>{inner}</AWARDED_CONTRACT></AWARD_CONTRACT>"


@pytest.mark.parametrize(("number", "kind"), [("T01", "planning"), ("T02", "result")])
def test_the_number_of_the_form_tells_its_kind(record: Record, number: str, kind: str) -> None:
    notice = record(move("", number))
    assert (notice["form"], notice["kind"], notice["procedure"]["legal_basis"]) == (number, kind, "32007R1370")


def test_a_service_is_one_lot_with_its_term(record: Record) -> None:
    inner = "<DATE_START>2023-06-01</DATE_START><DURATION TYPE='MONTH'>72</DURATION>"
    notice = record(move(service(inner)))
    assert notice["lots"] == [{"id": "1", "duration": {"value": 72, "unit": "month"}, "starts": "2023-06-01"}]
    assert "unread" not in notice


def test_an_award_keeps_its_operator_apart_from_those_who_control_it(record: Record) -> None:
    operators = (
        "<CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Cars du Sud</OFFICIALNAME></ADDRESS_CONTRACTOR>"
        "<OWNERSHIP>communale</OWNERSHIP><ADDRESS_PARTY><OFFICIALNAME>Ville</OFFICIALNAME></ADDRESS_PARTY>"
        "</CONTRACTOR></CONTRACTORS>"
    )
    notice = record(move(service() + contract(operators)))
    [award] = notice["awards"]
    assert award["suppliers"] == [{"name": "Cars du Sud", "role": "sole"}]
    assert (award["status"], award["lot_ids"]) == ("awarded", ["1"])
    assert notice["others"] == [{"name": "Ville"}]
    assert {"place": "OWNERSHIP", "text": "communale", "lot": "1"} in notice["clauses"]


def test_a_symbolic_value_stays_as_stated(record: Record) -> None:
    values = "<VALUES><VAL_TOTAL CURRENCY='EUR'>1.00</VAL_TOTAL></VALUES>"
    [award] = record(move(service() + contract(values)))["awards"]
    assert award["amounts"] == [{"kind": "award", "value": "1", "currency": "EUR", "vat": "excluded", "scope": "award"}]


def test_kilometres_are_a_clause_for_nothing_says_of_how_long(record: Record) -> None:
    notice = record(move(service() + contract("<NB_KILOMETRES>12500000</NB_KILOMETRES>")))
    assert notice["clauses"] == [{"place": "NB_KILOMETRES", "text": "12500000", "lot": "1"}]
    assert "quantities" not in notice["lots"][0]


def test_the_box_of_a_direct_award_is_its_justification_and_no_method(record: Record) -> None:
    notice = record(move("<PROCEDURE><PT_DA_SMALL_CONTRACT/></PROCEDURE>"))
    assert notice["procedure"]["justification_codes"] == ["PT_DA_SMALL_CONTRACT"]


def test_competitive_tendering_names_no_method_of_the_record(record: Record) -> None:
    notice = record(move("<PROCEDURE><PT_COMPETITIVE_TENDERING/></PROCEDURE>"))
    assert notice["clauses"] == [{"place": "IV.1.1", "text": "PT_COMPETITIVE_TENDERING"}]


def test_conditions_of_the_service_are_kept_by_name_and_the_share_of_revenue_in_per_cent(record: Record) -> None:
    conditions = (
        "<LEFTI><COST_PARAMETERS><P>Au km</P></COST_PARAMETERS><NO_EXCLUSIVE_RIGHTS_GRANTED/>"
        "<PCT_ALLOCATED_OPERATOR>80</PCT_ALLOCATED_OPERATOR></LEFTI>"
    )
    assert record(move(conditions))["clauses"] == [
        {"place": "COST_PARAMETERS", "text": "Au km"},
        {"place": "PCT_ALLOCATED_OPERATOR", "text": "80 %"},
    ]


def test_assets_that_lengthen_a_contract_are_kept(record: Record) -> None:
    assets = "<ESSENTIAL_ASSETS><EXTENDED_CONTRACT_DURATION/><LIST><P>Trois rames</P></LIST></ESSENTIAL_ASSETS>"
    assert record(move(service(assets)))["clauses"] == [{"place": "LIST", "text": "Trois rames", "lot": "1"}]


def test_joint_authorities_are_buyers_in_their_order(record: Record) -> None:
    body = (
        "<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Région</OFFICIALNAME></ADDRESS_CONTRACTING_BODY>"
        "<ADDRESS_CONTRACTING_BODY_ADDITIONAL><OFFICIALNAME>Ville</OFFICIALNAME>"
        "</ADDRESS_CONTRACTING_BODY_ADDITIONAL></CONTRACTING_BODY>"
    )
    assert [(one["name"], one["role"]) for one in record(move(body))["buyers"]] == [
        ("Région", "buyer"),
        ("Ville", "joint_buyer"),
    ]

"""Section V: who won what, alone or together, and what was not awarded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Record = Callable[..., dict[str, Any]]
    Form = Callable[..., str]


LOTS = (
    "<OBJECT_CONTRACT><OBJECT_DESCR ITEM='1'><LOT_NO>1</LOT_NO></OBJECT_DESCR>"
    "<OBJECT_DESCR ITEM='2'><LOT_NO>Lot 2</LOT_NO></OBJECT_DESCR></OBJECT_CONTRACT>"
)
UNDIVIDED = "<OBJECT_CONTRACT><NO_LOT_DIVISION/><OBJECT_DESCR ITEM='1'/></OBJECT_CONTRACT>"


def contractor(name: str) -> str:
    return (
        f"<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>{name}</OFFICIALNAME></ADDRESS_CONTRACTOR><SME/></CONTRACTOR>"
    )


def awarded(body: str, lot: str = "") -> str:
    number = f"<LOT_NO>{lot}</LOT_NO>" if lot else ""
    return f"<AWARD_CONTRACT ITEM='1'>{number}<AWARDED_CONTRACT>{body}</AWARDED_CONTRACT></AWARD_CONTRACT>"


@pytest.mark.parametrize(
    ("names", "box", "holding", "roles"),
    [
        (["A"], "", "sole", ["sole"]),
        (["A", "B"], "<AWARDED_TO_GROUP/>", "group", ["member", "member"]),
        (["A", "B"], "<NO_AWARDED_TO_GROUP/>", "several", ["sole", "sole"]),
    ],
)
def test_sole_supplier_group_and_several_holders_are_told_apart(
    record: Record, a_form: Form, *, names: list[str], box: str, holding: str, roles: list[str]
) -> None:
    body = f"<CONTRACTORS>{box}{''.join(map(contractor, names))}</CONTRACTORS>"
    [award] = record(a_form("F03", LOTS + awarded(body, "1")))["awards"]
    assert award["holding"] == holding
    assert [(one["name"], one["role"]) for one in award["suppliers"]] == list(zip(names, roles, strict=True))


@pytest.mark.parametrize(
    ("printed", "lots"), [("1", ["1"]), ("2", ["Lot 2"]), ("01", ["1"]), ("1, 2", ["1", "Lot 2"]), ("9", ["9"])]
)
def test_an_award_names_the_lots_of_its_notice(record: Record, a_form: Form, printed: str, lots: list[str]) -> None:
    [award] = record(a_form("F03", LOTS + awarded("", printed)))["awards"]
    assert award["lot_ids"] == lots


def test_the_award_of_an_undivided_notice_is_of_its_one_lot_whatever_number_it_prints(
    record: Record, a_form: Form
) -> None:
    notice = record(a_form("F03", UNDIVIDED + awarded("", "2.08")))
    assert notice["awards"][0]["lot_ids"] == [notice["lots"][0]["id"]]
    assert {"place": "V", "text": "2.08", "lot": "1"} in notice["clauses"]


@pytest.mark.parametrize(
    ("box", "reason"), [("PROCUREMENT_UNSUCCESSFUL", "unsuccessful"), ("PROCUREMENT_DISCONTINUED", "abandoned")]
)
def test_a_declared_non_award_says_why(record: Record, a_form: Form, box: str, reason: str) -> None:
    body = f"<AWARD_CONTRACT ITEM='1'><NO_AWARDED_CONTRACT><{box}/></NO_AWARDED_CONTRACT></AWARD_CONTRACT>"
    [award] = record(a_form("F03", UNDIVIDED + body))["awards"]
    assert (award["status"], award["reason"]) == ("not_awarded", {"kind": reason, "code": box})
    assert "suppliers" not in award


def test_an_award_s_estimate_is_no_award_value(record: Record, a_form: Form) -> None:
    values = (
        "<VALUES><VAL_ESTIMATED_TOTAL CURRENCY='EUR'>9</VAL_ESTIMATED_TOTAL>"
        "<VAL_TOTAL CURRENCY='EUR'>0.01</VAL_TOTAL></VALUES>"
    )
    [award] = record(a_form("F03", UNDIVIDED + awarded(values)))["awards"]
    assert [(one["kind"], one["value"]) for one in award["amounts"]] == [("estimate", "9"), ("award", "0.01")]


def test_counts_of_tenders_keep_their_meaning(record: Record, a_form: Form) -> None:
    counts = (
        "<TENDERS><NB_TENDERS_RECEIVED>7</NB_TENDERS_RECEIVED><NB_TENDERS_RECEIVED_SME>2</NB_TENDERS_RECEIVED_SME>"
        "<NB_TENDERS_RECEIVED_EMEANS>viele</NB_TENDERS_RECEIVED_EMEANS></TENDERS>"
    )
    notice = record(a_form("F03", UNDIVIDED + awarded(counts)))
    assert (notice["awards"][0]["tenders_received"], notice["awards"][0]["submissions"]) == (7, {"t-sme": 2})
    assert [one["text"] for one in notice["unread"]] == ["viele"]


def test_revenues_of_a_concession_are_not_its_value(record: Record, a_form: Form) -> None:
    values = "<VAL_REVENUE CURRENCY='EUR'>5</VAL_REVENUE><VAL_PRICE_PAYMENT CURRENCY='EUR'>6</VAL_PRICE_PAYMENT>"
    notice = record(a_form("F25", UNDIVIDED + awarded(values)))
    assert notice["instrument"] == "concession"
    assert [one["kind"] for one in notice["awards"][0]["amounts"]] == ["revenue_user", "revenue_buyer"]


def test_the_result_of_a_contest_is_one_award_with_its_prize(record: Record, a_form: Form) -> None:
    body = (
        "<RESULTS><AWARDED_PRIZE><DATE_DECISION_JURY>2020-01-02</DATE_DECISION_JURY>"
        "<WINNERS><WINNER><ADDRESS_WINNER><OFFICIALNAME>Atelier A</OFFICIALNAME></ADDRESS_WINNER></WINNER></WINNERS>"
        "<VAL_PRIZE CURRENCY='EUR'>15000</VAL_PRIZE></AWARDED_PRIZE></RESULTS>"
    )
    notice = record(a_form("F13", UNDIVIDED + body))
    [award] = notice["awards"]
    assert (notice["kind"], notice["instrument"]) == ("result", "contest")
    assert (award["decided"], award["suppliers"][0]["name"]) == ("2020-01-02", "Atelier A")
    assert [(one["kind"], one["value"]) for one in award["amounts"]] == [("prize", "15000")]


def test_what_may_not_be_published_is_withheld(record: Record, a_form: Form) -> None:
    values = "<VALUES PUBLICATION='NO'><VAL_TOTAL CURRENCY='EUR'>5</VAL_TOTAL></VALUES>"
    notice = record(a_form("F06", UNDIVIDED + awarded(values)))
    assert [one["field"] for one in notice["withheld"]] == ["VALUES"]
    assert "amounts" not in notice["awards"][0]

"""Section II: objects, lots and their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Record = Callable[..., dict[str, Any]]
    Form = Callable[..., str]


DESCR = "<OBJECT_DESCR ITEM='{item}'>{body}</OBJECT_DESCR>"


def an_object(body: str, item: str = "1") -> str:
    return f"<OBJECT_CONTRACT ITEM='{item}'>{body}</OBJECT_CONTRACT>"


def test_an_undivided_object_is_one_lot(record: Record, a_form: Form) -> None:
    body = "<TITLE><P>Drones</P></TITLE><NO_LOT_DIVISION/>" + DESCR.format(
        item=1, body="<SHORT_DESCR>Deux</SHORT_DESCR>"
    )
    assert [(lot["id"], lot["description"]) for lot in record(a_form("F02", an_object(body)))["lots"]] == [
        ("1", "Deux")
    ]


def test_lots_keep_their_printed_numbers(record: Record, a_form: Form) -> None:
    lots = "".join(DESCR.format(item=i, body=f"<LOT_NO>{no}</LOT_NO>") for i, no in enumerate(("1a", "1b", "02"), 1))
    assert [lot["id"] for lot in record(a_form("F02", an_object(lots)))["lots"]] == ["1a", "1b", "02"]


def test_lots_without_number_have_their_item(record: Record, a_form: Form) -> None:
    lots = "".join(DESCR.format(item=i, body="") for i in (1, 2))
    assert [lot["id"] for lot in record(a_form("F02", an_object(lots)))["lots"]] == ["1", "2"]


def test_two_lots_printing_one_number_are_told_apart(record: Record, a_form: Form) -> None:
    lots = "".join(DESCR.format(item=i, body="<LOT_NO>7</LOT_NO>") for i in (1, 2))
    assert [lot["id"] for lot in record(a_form("F02", an_object(lots)))["lots"]] == ["7", "7 (2)"]


def test_several_objects_each_have_their_lots_titles_and_totals(record: Record, a_form: Form) -> None:
    first = "<TITLE>Hangar</TITLE><CPV_MAIN><CPV_CODE CODE='45213000'/></CPV_MAIN>" + DESCR.format(item=1, body="")
    second = (
        "<TITLE>Radar</TITLE><CPV_MAIN><CPV_CODE CODE='38115000'/></CPV_MAIN>"
        "<VAL_ESTIMATED_TOTAL CURRENCY='EUR'>90000</VAL_ESTIMATED_TOTAL>"
    ) + DESCR.format(item=1, body="")
    notice = record(a_form("F01", an_object(first) + an_object(second, "2")))
    assert notice["title"] == "Hangar"
    assert notice["cpv"] == ["45213000", "38115000"]
    assert [(lot["id"], lot["title"], lot["cpv"]) for lot in notice["lots"]] == [
        ("1", "Hangar", ["45213000"]),
        ("2.1", "Radar", ["38115000"]),
    ]
    assert "amounts" not in notice
    assert [one["value"] for one in notice["lots"][1]["amounts"]] == ["90000"]


def test_sums_keep_their_kind_scope_and_currency(record: Record, a_form: Form) -> None:
    body = "<VAL_ESTIMATED_TOTAL CURRENCY='EUR'>2214990.50</VAL_ESTIMATED_TOTAL>" + DESCR.format(
        item=1, body="<LOT_NO>1</LOT_NO><VAL_OBJECT CURRENCY='PLN'>1 000,00</VAL_OBJECT>"
    )
    notice = record(a_form("F02", an_object(body)))
    assert notice["amounts"] == [
        {"kind": "estimate", "value": "2214990.5", "currency": "EUR", "vat": "excluded", "scope": "notice"}
    ]
    assert notice["lots"][0]["amounts"] == [
        {"kind": "estimate", "value": "1000", "currency": "PLN", "vat": "excluded", "scope": "lot"}
    ]


def test_a_range_is_one_amount(record: Record, a_form: Form) -> None:
    body = "<VAL_RANGE_TOTAL CURRENCY='EUR'><LOW>10</LOW><HIGH>20.5</HIGH></VAL_RANGE_TOTAL>"
    [amount] = record(a_form("F03", an_object(body)))["amounts"]
    assert (amount["kind"], amount["low"], amount["high"]) == ("award", "10", "20.5")
    assert "value" not in amount


def test_a_sum_with_two_readings_is_left_as_unread(record: Record, a_form: Form) -> None:
    notice = record(a_form("F02", an_object("<VAL_ESTIMATED_TOTAL CURRENCY='EUR'>10 ou 20</VAL_ESTIMATED_TOTAL>")))
    assert "amounts" not in notice
    assert [one["text"] for one in notice["unread"]] == ["10 ou 20"]


def test_paragraphs_stand_on_lines_and_raised_letters_in_their_word(record: Record, a_form: Form) -> None:
    title = "<TITLE><P>Lot n<FT TYPE='SUP'>o</FT> 1</P><P>Surface : 12 m<FT TYPE='SUP'>2</FT></P></TITLE>"
    assert record(a_form("F02", an_object(title)))["title"] == "Lot no 1\nSurface : 12 m2"


def test_a_duration_in_days_stays_in_days(record: Record, a_form: Form) -> None:
    lot = DESCR.format(
        item=1, body="<DURATION TYPE='DAY'>45</DURATION><RENEWAL/><RENEWAL_DESCR>Deux fois</RENEWAL_DESCR>"
    )
    [read] = record(a_form("F02", an_object(lot)))["lots"]
    assert read["duration"] == {"value": 45, "unit": "day"}
    assert read["renewals"] == {"allowed": True, "text": "Deux fois"}


def test_criteria_keep_their_order_names_and_weights(record: Record, a_form: Form) -> None:
    body = (
        "<AC><AC_QUALITY><AC_CRITERION>Délai</AC_CRITERION><AC_WEIGHTING>40 %</AC_WEIGHTING></AC_QUALITY>"
        "<AC_PRICE><AC_WEIGHTING>60</AC_WEIGHTING></AC_PRICE></AC>"
    )
    [lot] = record(a_form("F02", an_object(DESCR.format(item=1, body=body))))["lots"]
    assert lot["criteria"] == [
        {"kind": "quality", "name": "Délai", "weight": "40 %"},
        {"kind": "price", "weight": "60"},
    ]


def test_a_supplementary_cpv_code_is_reported(record: Record, a_form: Form) -> None:
    body = "<CPV_MAIN><CPV_CODE CODE='34711200'/><CPV_SUPPLEMENTARY_CODE CODE='MB02'/></CPV_MAIN>"
    notice = record(a_form("F02", an_object(body)))
    assert notice["cpv"] == ["34711200"]
    assert [one["text"] for one in notice["unread"]] == ["MB02"]


def test_a_long_condition_is_a_clause_of_its_rubric_and_lot(record: Record, a_form: Form) -> None:
    lot = DESCR.format(item=1, body="<LOT_NO>3</LOT_NO><INFO_ADD><P>Visite obligatoire</P></INFO_ADD>")
    conditions = "<LEFTI><SUITABILITY><P>Être inscrit</P></SUITABILITY></LEFTI>"
    assert record(a_form("F02", an_object(lot) + conditions))["clauses"] == [
        {"place": "II.2.14", "text": "Visite obligatoire", "lot": "3"},
        {"place": "III.1.1", "text": "Être inscrit"},
    ]

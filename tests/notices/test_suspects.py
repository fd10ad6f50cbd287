"""Values to verify: each rule fires on its case and stays silent on the look-alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from beffroi.notices.derive import derived
from beffroi.notices.sums import reconcile
from beffroi.notices.suspects import RULES, luhn, suspect_paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.notices import Notice


def _amount(value: str, kind: str = "estimate", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value, "currency": "EUR", "vat": "excluded", **more}


def _lots(*values: str, kind: str = "estimate") -> list[dict[str, Any]]:
    return [{"id": str(i), "amounts": [_amount(value, kind)]} for i, value in enumerate(values, 1)]


BUYER = {"name": "Ville", "role": "buyer", "country": "FR", "postcode": "38421"}
SIRET = "73282932000074"
SIREN = "732829320"

MARKED: list[tuple[str, str, dict[str, Any]]] = [
    ("identifier_as_amount", "lots[0].amounts[0].value", {"lots": _lots(SIRET)}),
    ("identifier_as_amount", "amounts[0].value", {"amounts": [_amount("38421")], "buyers": [BUYER]}),
    (
        "identifier_as_amount",
        "lots[1].amounts[0].value",
        {"lots": _lots("20000", SIREN), "buyers": [{**BUYER, "ids": [{"scheme": "SIRET", "value": SIRET}]}]},
    ),
    ("identifier_as_amount", "lots[1].amounts[0].value", {"lots": _lots("20000", SIREN), "buyers": [BUYER]}),
    ("identifier_as_amount", "amounts[0].value", {"amounts": [_amount("20200412")], "published": "2020-04-12"}),
    ("identifier_as_amount", "amounts[0].value", {"amounts": [_amount("33142345678")]}),
    ("identifier_as_amount", "amounts[0].value", {"amounts": [_amount("34711200")], "cpv": ["34711200"]}),
    ("identifier_as_amount", "amounts[0].value", {"amounts": [_amount("2051423")], "number": "20-51423"}),
    ("thousandfold", "lots[1].amounts[0].value", {"lots": _lots("100", "200000", "300"), "amounts": [_amount("600")]}),
    ("thousandfold", "lots[0].amounts[0].value", {"lots": _lots("20", "2000"), "amounts": [_amount("22000")]}),
    ("thousandfold", "amounts[0].value", {"lots": _lots("100", "200"), "amounts": [_amount("300000")]}),
    ("thousandfold", "amounts[0].value", {"lots": _lots("100000", "200000"), "amounts": [_amount("300")]}),
    ("thousandfold", "lots[0].amounts[0].value", {"lots": _lots("600"), "amounts": [_amount("600000")]}),
    ("symbolic", "lots[0].amounts[0].value", {"lots": _lots("0")}),
    ("symbolic", "lots[0].amounts[0].value", {"lots": _lots("0.01")}),
    ("symbolic", "amounts[0].value", {"amounts": [_amount("1", "award")]}),
    ("symbolic", "amounts[0].value", {"amounts": [_amount("10", "framework_max")]}),
    ("implausible", "amounts[0].value", {"amounts": [_amount("100000000000000000", "award")]}),
    ("negative", "amounts[0].value", {"amounts": [_amount("-5000")]}),
    ("lot_above_total", "lots[0].amounts[0].value", {"lots": _lots("500", "100"), "amounts": [_amount("400")]}),
    ("date_out_of_range", "deadline", {"deadline": "7017-07-24"}),
    ("date_out_of_range", "published", {"published": "0202-04-12"}),
    (
        "deadline_before_publication",
        "deadline",
        {"kind": "call", "published": "2020-04-12", "deadline": "2019-06-19T16:00:00+02:00"},
    ),
    ("sentinel_date", "awards[0].decided", {"awards": [{"id": "1", "decided": "2000-01-01"}]}),
    ("sentinel_date", "awards[0].concluded", {"awards": [{"id": "1", "concluded": "1970-01-01"}]}),
]

UNMARKED: dict[str, dict[str, Any]] = {
    "an amount of fourteen digits without a check digit": {"amounts": [_amount("73282932000075", currency="VND")]},
    "a large budget": {"amounts": [_amount("999999999999")]},
    "nine digits that pass the check by chance": {"lots": _lots("500000000", "732829320"), "buyers": [BUYER]},
    "nine digits alone": {"amounts": [_amount(SIREN)], "buyers": [BUYER]},
    "a round amount that is a postcode": {"amounts": [_amount("75000")], "buyers": [{**BUYER, "postcode": "75000"}]},
    "a round amount that is a CPV code": {"amounts": [_amount("45000000")], "cpv": ["45000000"]},
    "a date of another time": {"amounts": [_amount("20200412")], "published": "2016-04-12"},
    "eight digits that are no date": {"amounts": [_amount("20201399")], "published": "2020-04-12"},
    "a guaranteed minimum of nothing": {"lots": [{"id": "1", "amounts": [_amount("0", "minimum")]}]},
    "a fee of one euro": {"amounts": [_amount("1", "fee")]},
    "eleven euros": {"amounts": [_amount("11")]},
    "a range from zero": {"amounts": [{"kind": "estimate", "low": "0", "high": "100000", "currency": "EUR"}]},
    "lots that sum to their total": {"lots": _lots("100", "200"), "amounts": [_amount("300")]},
    "a lot a little above the total": {"lots": _lots("402", "100"), "amounts": [_amount("400")]},
    "a lot above a ceiling": {"lots": _lots("500", "100"), "amounts": [_amount("400", "framework_max")]},
    "a lot above a total with tax": {"lots": _lots("500", "100"), "amounts": [_amount("400", vat="included")]},
    "a lot above a total in another currency": {
        "lots": _lots("500", "90"),
        "amounts": [_amount("400", currency="PLN")],
    },
    "a deadline on the day of publication": {"kind": "call", "published": "2020-04-12", "deadline": "2020-04-12"},
    "the past deadline of an award notice": {"kind": "result", "published": "2020-04-12", "deadline": "2020-01-12"},
    "a true first of January": {"awards": [{"id": "1", "decided": "2020-01-01"}]},
}


@pytest.mark.parametrize(
    ("rule", "path", "fields"), MARKED, ids=[f"{rule}-{i}" for i, (rule, _, _) in enumerate(MARKED)]
)
def test_a_rule_marks_its_case(make: Callable[..., Notice], rule: str, path: str, fields: dict[str, Any]) -> None:
    notice = make(**fields)
    found = {one.path: one for one in derived(notice).suspects}
    assert found[path].rule == rule
    assert found[path].why.startswith(RULES[rule])


@pytest.mark.parametrize("case", UNMARKED)
def test_a_rule_stays_silent(make: Callable[..., Notice], case: str) -> None:
    assert derived(make(**UNMARKED[case])).suspects == ()


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in MARKED} == set(RULES)


def test_an_award_a_thousand_times_its_estimate_marks_both(make: Callable[..., Notice]) -> None:
    award = {"id": "1", "lot_ids": ["1"], "amounts": [_amount("2010000", "award")]}
    notice = derived(make(lots=_lots("2000"), awards=[award]))
    assert suspect_paths(notice) == {"lots[0].amounts[0]", "awards[0].amounts[0]"}


def test_the_stated_value_is_kept_and_left_out_of_the_sum(make: Callable[..., Notice]) -> None:
    notice = derived(make(lots=_lots("100", "200000", "300"), amounts=[_amount("600")]))
    assert notice.lots[1].amounts[0].value == "200000"
    [said] = reconcile(notice)
    assert (said.sum, said.left_out) == ("400", ("lots[1].amounts[0]",))


def test_suspects_of_a_reader_are_kept(make: Callable[..., Notice]) -> None:
    own = {"path": "title", "rule": "reader", "why": "seen by a reader"}
    notice = derived(make(suspects=[own], lots=_lots("0")))
    assert [one.rule for one in derived(notice).suspects] == ["reader", "symbolic"]


@pytest.mark.parametrize(("digits", "valid"), [("73282932000074", True), ("732829320", True), ("732829321", False)])
def test_luhn(digits: str, valid: bool) -> None:
    assert luhn(digits) is valid

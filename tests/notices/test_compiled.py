"""A procedure compiled from its notices: the later stated field wins, nothing else is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from beffroi.notices.compiled import compiled, compiled_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.notices import Notice

    Make = Callable[..., Notice]


def told(make: Make, number: str, when: str, **fields: Any) -> Notice:
    """Return a notice of the process `ocds-x1-1`."""
    process = {"id": "ocds-x1-1", **fields.pop("procedure", {})}
    own = {"id": f"ocds:ocds-x1-1:{number}", "source": "ocds", "number": number, "published": when}
    return make(**own, procedure=process, **fields)


def test_the_order_is_that_of_publication_across_time_zones(make: Make) -> None:
    early = told(make, "9", "2026-03-01T09:30:00+02:00", title="First")
    late = told(make, "1", "2026-03-01T08:00:00Z", title="Second")
    assert compiled([late, early]).title == "Second"
    assert compiled([early, late]) == compiled([late, early])


def test_what_an_update_does_not_state_stays(make: Make) -> None:
    call = told(make, "1", "2026-03-01", kind="call", title="Lamps", deadline="2026-04-01", cpv=["34928500"])
    update = told(make, "2", "2026-03-02", kind="change", deadline="2026-04-08")
    whole = compiled([call, update])
    assert (whole.title, whole.cpv, whole.deadline, whole.kind) == ("Lamps", ("34928500",), "2026-04-08", "call")
    assert (whole.id, whole.number, compiled_from(whole), compiled_from(call)) == ("ocds:ocds-x1-1", "ocds-x1-1", 2, 0)


def test_lots_are_put_together_by_their_ids(make: Make) -> None:
    value = {"kind": "estimate", "value": "5000", "vat": "unknown", "scope": "lot"}
    call = told(make, "1", "2026-03-01", lots=[{"id": "1", "title": "A", "amounts": [value]}, {"id": "2"}])
    update = told(make, "2", "2026-03-02", lots=[{"id": "2", "title": "B"}, {"id": "1", "deadline": "2026-05-01"}])
    lots = compiled([call, update]).lots
    assert [(one.id, one.title, one.deadline, len(one.amounts)) for one in lots] == [
        ("1", "A", "2026-05-01", 1),
        ("2", "B", None, 0),
    ]


def test_a_later_sum_of_a_kind_replaces_but_payments_add_up(make: Make) -> None:
    def award(kind: str, value: str) -> list[dict[str, Any]]:
        amount = {"kind": kind, "value": value, "vat": "unknown", "scope": "award"}
        return [{"id": "A", "amounts": [amount]}]

    notices = [
        told(make, "1", "2026-03-01", awards=award("award", "1000")),
        told(make, "2", "2026-03-02", awards=award("award", "1100")),
        told(make, "3", "2026-03-03", awards=award("paid", "300")),
        told(make, "4", "2026-03-04", awards=award("paid", "400")),
    ]
    (found,) = compiled(notices).awards
    assert [(one.kind, one.value) for one in found.amounts] == [("award", "1100"), ("paid", "300"), ("paid", "400")]


def test_organisations_are_one_by_identifier_or_name(make: Make) -> None:
    first = {"name": "Town", "role": "buyer"}
    again = {"name": "TOWN", "role": "buyer", "city": "Ham"}
    other = {"name": "Town", "role": "buyer", "ids": [{"scheme": "GB-COH", "value": "2"}]}
    whole = compiled([told(make, "1", "2026-03-01", buyers=[first]), told(make, "2", "2026-03-02", buyers=[again])])
    assert [(one.name, one.city) for one in whole.buyers] == [("TOWN", "Ham")]
    named = {**other, "ids": [{"scheme": "GB-COH", "value": "1"}]}
    whole = compiled([told(make, "1", "2026-03-01", buyers=[named]), told(make, "2", "2026-03-02", buyers=[other])])
    assert len(whole.buyers) == len([named, other])


@pytest.mark.parametrize(
    ("place", "field"),
    [("tender/title", "title"), ("tender/tenderPeriod/endDate", "deadline"), ("tender/lots", "lots")],
)
def test_null_takes_a_value_back(make: Make, place: str, field: str) -> None:
    call = told(make, "1", "2026-03-01", title="Lamps", deadline="2026-04-01", lots=[{"id": "1"}])
    update = told(make, "2", "2026-03-02", changes=[{"place": place, "text": "null"}])
    assert getattr(call, field)
    assert not getattr(compiled([call, update]), field)


def test_a_value_taken_back_leaves_the_budget(make: Make) -> None:
    value = {"kind": "estimate", "value": "5000", "vat": "unknown", "scope": "notice"}
    call = told(make, "1", "2026-03-01", amounts=[value, {**value, "note": "budget"}])
    update = told(make, "2", "2026-03-02", changes=[{"place": "tender/value", "text": "null"}])
    assert [one.note for one in compiled([call, update]).amounts] == ["budget"]


def test_changes_name_the_notice_they_come_from(make: Make) -> None:
    call = told(make, "1", "2026-03-01", changes=[{"place": "x", "label": "IV.2", "old": "1", "new": "2"}])
    update = told(make, "2", "2026-03-02", changes=[{"place": "y", "text": "Deadline extended"}])
    assert [one.label for one in compiled([update, call]).changes] == ["ocds:ocds-x1-1:1: IV.2", "ocds:ocds-x1-1:2"]


def test_passages_of_a_rubric_are_replaced_together(make: Make) -> None:
    call = told(make, "1", "2026-03-01", clauses=[{"place": "d", "text": "a"}, {"place": "d", "text": "b"}])
    update = told(make, "2", "2026-03-02", clauses=[{"place": "d", "text": "c"}, {"place": "e", "text": "f"}])
    assert [one.text for one in compiled([call, update]).clauses] == ["c", "f"]


def test_one_procedure_is_compiled_at_a_time(make: Make) -> None:
    with pytest.raises(ValueError, match="2 procedures"):
        compiled([told(make, "1", "2026-03-01"), make(procedure={"id": "ocds-x1-2"})])
    with pytest.raises(ValueError, match="no notice"):
        compiled([])

"""Groups follow from what is stored: the same in any order, any batches, after a rebuild, after an upgrade."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.notices import from_draft
from beffroi.store import Store
from beffroi.store.connection import writing
from beffroi.store.load import record_of
from beffroi.store.write import Writer
from tests.store.invented import page, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from beffroi.notices import Notice

    Procedure = Callable[..., tuple[str, ...]]

UUIDS = [f"0b1c2d3e-0000-4000-8000-00000000000{n}" for n in range(3)]
SIRET = "21990001100017"


def notice(name: str, *links: tuple[str, str], **fields: Any) -> Notice:
    """Return a notice of an id, with links (relation, target)."""
    source, _, number = name.partition(":")
    document = {"sha256": "ab" * 32, "media_type": "application/xml", "bytes": 1, "name": "a", "origin": "sample"}
    stated = [{"relation": relation, "target": target} for relation, target in links]
    return from_draft({"id": name, "source": source, "number": number, "document": document, "links": stated, **fields})


def write(store: Store, notices: Iterable[Notice]) -> None:
    """Write notices in one transaction."""
    with writing(store.connection):
        writer = Writer(store.connection)
        for one in notices:
            writer.record(record_of(one))
        writer.flush()


def groups(store: Store) -> list[tuple[str, ...]]:
    return store.connection.execute("SELECT * FROM groups ORDER BY notice").fetchall()


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    with Store.open(tmp_path / "home", create=True) as store:
        yield store


@pytest.fixture
def procedure(store: Store) -> Procedure:
    """Return a function that writes notices and returns the ids of the first one's procedure."""

    def ids(*notices: Notice) -> tuple[str, ...]:
        write(store, notices)
        return tuple(one.id for one in store.procedure(notices[0].id))

    return ids


CALL = notice("boamp:20-100", kind="call", published="2020-04-12")
CHANGE = notice("boamp:20-200", ("changes", "boamp:20-100"), ("changes", "ted:175835-2020"), kind="change")
AWARD = notice("boamp:21-300", ("awards", "ted:175835-2020"), ("awards", "boamp:20-100"), kind="result")
JOURNAL = notice("ted:175835-2020", kind="call")
TED_AWARD = notice("ted:00300400-2021", ("previous", "ted:0175835-2020"), kind="result", form="F03")


def test_a_chain_through_two_bulletins_is_one_procedure_and_its_call_one_notice(store: Store) -> None:
    write(store, [AWARD, TED_AWARD, CHANGE, JOURNAL, CALL])
    ids = {one.id for one in store.procedure("20-100")}
    assert ids == {"boamp:20-100", "boamp:20-200", "boamp:21-300", "ted:175835-2020", "ted:00300400-2021"}
    assert store.same_notice("20-100") == store.same_notice("2020/S 074-175835") == ("boamp:20-100", "ted:175835-2020")
    assert store.same_notice("20-200") == ("boamp:20-200",)
    found = store.stats()
    assert (found.notices, found.distinct_notices, found.procedures) == (5, 4, 1)


def test_the_notices_of_a_procedure_come_in_the_order_of_their_dates(procedure: Procedure) -> None:
    later = notice("boamp:20-1", ("changes", "boamp:20-100"), kind="change", published="2020-05-21")
    assert procedure(CALL, later) == ("boamp:20-100", "boamp:20-1")


def test_two_that_name_a_number_that_is_not_held_are_one_procedure(procedure: Procedure) -> None:
    assert procedure(CHANGE, AWARD) == ("boamp:20-200", "boamp:21-300")


def test_publications_under_one_eforms_identifier_are_one_notice(store: Store) -> None:
    same = ("same_notice", f"eforms:{UUIDS[0]}-01")
    write(store, [notice("boamp:26-1", same, kind="call"), notice("ted:612345-2026", same, kind="call")])
    assert store.same_notice("26-1") == ("boamp:26-1", "ted:612345-2026")


def test_a_number_held_under_another_name_finds_its_procedure(store: Store) -> None:
    write(store, [notice("boamp:26-1", ("same_notice", "ted:00612345-2026"), kind="call")])
    assert [one.id for one in store.procedure("612345-2026")] == ["boamp:26-1"]
    assert store.procedure("612346-2026") == ()


def test_versions_of_an_eforms_notice_are_one_procedure_and_two_notices(store: Store) -> None:
    versions = [notice(f"ted:{n}-2026", ("same_notice", f"eforms:{UUIDS[0]}-0{n}"), kind="call") for n in (1, 2)]
    write(store, versions)
    assert store.same_notice("ted:1-2026") == ("ted:1-2026",)
    assert [one.id for one in store.procedure("ted:1-2026")] == ["ted:1-2026", "ted:2-2026"]


def test_one_procedure_identifier_is_one_procedure(procedure: Procedure) -> None:
    stated = {"procedure": {"id": UUIDS[1]}}
    upper = {"procedure": {"id": UUIDS[1].upper()}}
    assert procedure(notice("boamp:26-1", **stated), notice("boamp:26-2", **upper)) == ("boamp:26-1", "boamp:26-2")


@pytest.mark.parametrize(
    "placeholder",
    ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "2026-01", "none",
     "12345678-1234-1234-1234-123456789012"],
)  # fmt: skip
def test_a_placeholder_is_no_identifier(procedure: Procedure, placeholder: str) -> None:
    stated = {"procedure": {"id": placeholder}}
    same = ("same_notice", f"eforms:{placeholder}-01")
    assert procedure(notice("boamp:26-1", same, **stated), notice("boamp:26-2", same, **stated)) == ("boamp:26-1",)


def test_a_number_of_zero_and_a_notice_that_names_itself_join_nothing(procedure: Procedure) -> None:
    odd = [notice(f"boamp:26-{n}", ("changes", "ted:000000-2026"), ("changes", f"boamp:26-{n}")) for n in (1, 2)]
    assert procedure(*odd) == ("boamp:26-1",)


def test_an_identifier_copied_into_another_procedure_joins_nothing(store: Store) -> None:
    same = ("same_notice", f"eforms:{UUIDS[0]}-01")
    copied = [notice(f"ted:{n}-2026", same, kind="call", procedure={"id": UUIDS[n]}) for n in (1, 2)]
    write(store, copied)
    assert store.same_notice("ted:1-2026") == ("ted:1-2026",)
    assert len(store.procedure("ted:1-2026")) == 1
    write(store, [notice("ted:3-2026", ("changes", "ted:1-2026"))])
    assert len(store.procedure("ted:1-2026")) == 2


@pytest.mark.parametrize(
    "earlier",
    [{"kind": "planning"}, {"kind": "consultation"}, {"kind": "qualification"}, {"kind": "call", "instrument": "dps"}],
)
def test_what_precedes_several_purchases_makes_them_not_one(procedure: Procedure, earlier: dict[str, Any]) -> None:
    """Whichever comes first: once the planning notice is held, those that name it part again."""
    awards = [notice(f"boamp:21-{n}", ("awards", "boamp:20-1"), kind="result") for n in (1, 2)]
    assert procedure(*awards) == ("boamp:21-1", "boamp:21-2")
    assert procedure(notice("boamp:20-1", **earlier)) == ("boamp:20-1",)
    assert procedure(awards[0]) == ("boamp:21-1",)


def test_awards_that_name_the_correction_of_a_planning_notice_are_not_one(procedure: Procedure) -> None:
    awards = [notice(f"boamp:21-{n}", ("awards", "boamp:20-2"), kind="result") for n in (1, 2)]
    change = notice("boamp:20-2", ("changes", "boamp:20-1"), kind="change")
    assert procedure(*awards, change, notice("boamp:20-1", kind="planning")) == ("boamp:21-1",)


def test_a_planning_notice_that_lists_a_later_call_is_not_its_procedure(procedure: Procedure) -> None:
    planning = notice("boamp:20-1", ("same_procedure", "boamp:20-2"), kind="planning")
    assert procedure(planning, notice("boamp:20-2", kind="call")) == ("boamp:20-1",)


@pytest.mark.parametrize("instrument", ["call_off", "dps"])
def test_call_offs_and_purchases_within_a_dynamic_system_are_not_one(procedure: Procedure, instrument: str) -> None:
    """Two buyers award under one dynamic purchasing system of a central body (ted:206426-2018)."""
    awards = [
        notice(f"ted:{n}-2021", ("previous", "ted:9-2018"), kind="result", form="F03", instrument=instrument)
        for n in (1, 2)
    ]
    assert procedure(*awards, notice("ted:9-2018", kind="call", instrument="framework")) == ("ted:1-2021",)


def test_calls_that_name_one_planning_notice_are_not_one(procedure: Procedure) -> None:
    calls = [notice(f"ted:{n}-2021", ("previous", "ted:9-2020"), kind="call", form="F02") for n in (1, 2)]
    assert procedure(*calls) == ("ted:1-2021",)


def test_the_reference_of_a_utility_is_believed_where_it_is_a_call(procedure: Procedure) -> None:
    """IV.2.1 of F06 also takes a qualification system, which precedes many purchases."""
    awards = [notice(f"ted:{n}-2021", ("previous", "ted:9-2020"), kind="result", form="F06") for n in (1, 2)]
    assert procedure(*awards) == ("ted:1-2021",)
    assert procedure(notice("ted:9-2020", kind="call")) == ("ted:1-2021", "ted:2-2021", "ted:9-2020")


def test_a_direct_award_follows_its_notice_of_intention_only(procedure: Procedure) -> None:
    direct = {"kind": "result", "form": "F03", "procedure": {"method": "neg-wo-call"}}
    of_old = notice("ted:1-2021", ("previous", "ted:8-2019"), **direct)
    of_intention = notice("ted:2-2021", ("previous", "ted:9-2021"), **direct)
    assert procedure(of_old, notice("ted:8-2019", kind="call")) == ("ted:1-2021",)
    assert procedure(of_intention, notice("ted:9-2021", kind="intention")) == ("ted:2-2021", "ted:9-2021")


def test_an_award_of_several_calls_makes_them_not_one(procedure: Procedure) -> None:
    award = notice("boamp:21-1", ("awards", "boamp:20-1"), ("awards", "boamp:20-2"), kind="result")
    calls = [notice(f"boamp:20-{n}", kind="call") for n in (1, 2)]
    assert procedure(award, *calls) == ("boamp:21-1",)
    joined = notice("boamp:20-3", ("same_procedure", "boamp:20-1"), ("changes", "ted:5-2020"))
    assert procedure(joined) == ("boamp:20-1", "boamp:20-3")


def test_an_award_that_names_the_call_and_its_correction_belongs_with_them(procedure: Procedure) -> None:
    award = notice("boamp:21-1", ("awards", "boamp:20-1"), ("awards", "boamp:20-2"), kind="result")
    change = notice("boamp:20-2", ("changes", "boamp:20-1"), kind="change")
    assert procedure(award, change) == ("boamp:20-2", "boamp:21-1")


def test_a_list_of_notices_belongs_with_none(procedure: Procedure) -> None:
    many = [("changes", f"boamp:20-{n}") for n in range(1, 100_000)]
    assert procedure(notice("boamp:21-1", *many), notice("boamp:20-7"), notice("boamp:20-8")) == ("boamp:21-1",)


def test_two_numbers_named_together_are_one_notice_only_where_nothing_says_otherwise(store: Store) -> None:
    write(store, [CHANGE, CALL, notice("ted:175835-2020", kind="planning", call=True)])
    assert store.same_notice("20-100") == ("boamp:20-100",)
    write(store, [JOURNAL])
    assert len(store.same_notice("20-100")) == 2
    write(store, [notice("boamp:20-9", ("changes", "boamp:20-100"), ("changes", "ted:9-2020"), kind="change")])
    assert store.same_notice("20-100") == ("boamp:20-100",)


def contract(name: str, number: str, **fields: Any) -> Notice:
    buyer = {"name": "Valbourg", "ids": [{"scheme": "SIRET", "value": SIRET}]}
    return notice(name, buyers=[buyer], awards=[{"id": "1", "contracts": [number]}], **fields)


def test_a_contract_belongs_with_the_award_of_its_number_and_buyer(procedure: Procedure) -> None:
    award = contract("boamp:21-1", "2020-INF-07-1", kind="result")
    assert procedure(contract("decp:a", "2020INF071", kind="contract"), award) == ("boamp:21-1", "decp:a")


@pytest.mark.parametrize("number", ["1", "2020-01", "CON-0001", "Lot 3", "2020-MAPA-12", "20200001", "n° 2020-145"])
def test_a_serial_is_no_contract_number(procedure: Procedure, number: str) -> None:
    award = contract("boamp:21-1", number, kind="result")
    assert procedure(contract("decp:a", number, kind="contract"), award) == ("decp:a",)


def test_a_contract_number_of_two_procedures_joins_neither(procedure: Procedure) -> None:
    awards = [contract(f"boamp:21-{n}", "2020-INF-07-1", kind="result", procedure={"id": UUIDS[n]}) for n in (1, 2)]
    assert procedure(*awards) == ("boamp:21-1",)
    assert procedure(contract("decp:a", "2020-INF-07-1", kind="contract")) == ("decp:a",)


def test_a_revision_that_names_another_parts_and_joins(store: Store) -> None:
    write(store, [notice("boamp:20-2", ("changes", "boamp:20-1")), notice("boamp:20-1"), notice("boamp:20-5")])
    assert len(store.procedure("20-1")) == 2
    write(store, [notice("boamp:20-2", ("changes", "boamp:20-5"))])
    assert [one.id for one in store.procedure("20-5")] == ["boamp:20-2", "boamp:20-5"]
    assert len(store.procedure("20-1")) == 1


def test_redaction_leaves_the_groups_and_a_rebuild_finds_them_again(tmp_path: Path, store: Store) -> None:
    changes = record("26-2", "Bancs")
    changes["annonce_lie"] = ["26-1"]
    changes["nature"], changes["etat"] = "RECTIFICATIF", "RECTIFICATIF"
    (tmp_path / "a.json").write_bytes(page(changes, record("26-1"), record("26-3")))
    store.load([tmp_path / "a.json"])
    before = groups(store)
    assert len({one[2] for one in before}) == 2
    store.redact("26-1", reason="on request", date="2026-11-23")
    assert groups(store) == before
    store.rebuild()
    assert groups(store) == before


def test_a_home_of_an_earlier_version_is_grouped_when_it_is_opened(tmp_path: Path, store: Store) -> None:
    write(store, [CALL, CHANGE, AWARD, JOURNAL, TED_AWARD])
    before = groups(store)
    for table in ("names", "groups", "slices"):
        store.connection.execute(f"DROP TABLE {table}")
    store.connection.execute("PRAGMA user_version = 1")
    store.close()
    with Store.open(tmp_path / "home") as upgraded:
        assert groups(upgraded) == before
        assert upgraded.connection.execute("PRAGMA user_version").fetchone() == (2,)


TARGETS = [*(f"boamp:20-{n}" for n in range(1, 5)), *(f"ted:{n}-2020" for n in range(1, 5)),
           *(f"eforms:{one}-0{n}" for one in UUIDS for n in (1, 2)), "boamp:20-0"]  # fmt: skip
RELATIONS = ["previous", "changes", "awards", "modifies", "cancels", "same_procedure", "same_notice"]
INVENTED = st.builds(
    lambda name, links, kind, uuid, contract: notice(
        name, *links, kind=kind, form="F03", procedure={"id": uuid} if uuid else {},
        buyers=[{"ids": [{"scheme": "SIRET", "value": SIRET}]}], awards=[{"id": "1", "contracts": contract}],
    ),
    st.sampled_from(TARGETS[:8]),
    st.lists(st.tuples(st.sampled_from(RELATIONS), st.sampled_from(TARGETS)), max_size=3),
    st.sampled_from(["call", "planning", "result", "change", "intention", "contract"]),
    st.sampled_from([None, None, None, *UUIDS]),
    st.sampled_from([[], [], ["2020-INF-07-1"], ["2020-INF-07-2"]]),
)  # fmt: skip


def stored(batches: Sequence[Sequence[Notice]]) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as home, Store.open(Path(home), create=True) as store:
        for batch in batches:
            write(store, batch)
        return groups(store)


@settings(max_examples=60, deadline=None)
@given(st.lists(INVENTED, min_size=1, max_size=8, unique_by=lambda one: one.id), st.data())
def test_groups_are_the_same_in_any_order_and_any_batches(notices: list[Notice], drawn: st.DataObject) -> None:
    order = drawn.draw(st.permutations(notices))
    cut = drawn.draw(st.integers(0, len(order)))
    stale = [notice(one.id, ("changes", "boamp:20-1"), ("changes", "ted:2-2020")) for one in notices[::2]]
    at_once = stored([notices])
    assert stored([order[:cut], order[cut:]]) == at_once
    assert stored([stale, *([one] for one in order)]) == at_once
    assert all(same <= name and group <= same for name, same, group, _ in at_once)


@pytest.mark.parametrize("before", [0, -1], ids=["star", "chain"])
def test_a_batch_costs_in_proportion_to_the_group_it_touches(tmp_path: Path, before: int) -> None:
    """Counted in instructions of SQLite, in hundreds: twice the group, about twice the work, never four times."""

    def steps(size: int) -> int:
        named = [f"boamp:20-{n - 1 if before else 9999}" for n in range(1, size + 1)]
        count = [0]
        with Store.open(tmp_path / f"{size}", create=True) as store:
            write(store, [notice(f"boamp:20-{n}", ("changes", named[n - 1])) for n in range(1, size)])
            store.connection.set_progress_handler(lambda: count.__setitem__(0, count[0] + 1), 100)
            write(store, [notice(f"boamp:20-{size}", ("changes", named[-1])), notice("boamp:20-9999")])
            store.connection.set_progress_handler(None, 100)
            assert {one[2] for one in groups(store) if one[0] != "boamp:20-9999"} == {"boamp:20-1"}
        return count[0]

    assert steps(800) < 2.6 * steps(400)

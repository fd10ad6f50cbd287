"""Releases of OCDS: invented, one quirk a test; every value of every one is cited."""

from __future__ import annotations

from typing import Any

import pytest

from beffroi.errors import Malformed
from beffroi.formats import read
from beffroi.formats.coverage import coverage
from tests.formats.ocds.ocds_build import FULL, clauses, document, notice, reading, release, sums, unread


def test_the_full_release_is_read_to_its_last_word() -> None:
    found = reading(FULL).notice
    assert unread(found) == []
    _, counted = coverage(document(FULL))
    assert (counted.unread, dict(counted.lost), dict(counted.flags)) == (0, {}, {})
    assert (found.id, found.number) == ("ocds:ocds-h6vhtk-0abcde:900123-2026", "900123-2026")
    assert found.url == "https://www.find-tender.service.gov.uk/Notice/900123-2026"
    assert (found.kind, found.form) == ("result", "UK4/planning/tender/award/contract")
    assert (found.published, found.deadline) == ("2026-04-02T08:15:30+01:00", "2026-05-05T12:00:00+01:00")
    assert (found.nature, found.instrument, found.cpv) == ("supplies", "framework", ("34928500",))
    assert [lot.cpv for lot in found.lots] == [("34928510",), ("34928520",)]


def test_no_contact_person_and_no_street_reaches_the_record() -> None:
    held = str(reading(FULL).notice)
    assert not [word for word in ("Doe", "j.doe", "7946", "1 Quay") if word in held]


class TestIdentity:
    def test_a_release_without_an_id_bears_its_files_stem(self) -> None:
        invented = release("tender")
        del invented["id"]
        assert read(document(invented, "p#3.json")).notice.number == "p#3"

    def test_a_document_without_an_ocid_of_its_own_is_refused(self) -> None:
        with pytest.raises(Malformed, match="no ocid of its own"):
            read(document({"id": "1", "tender": {"ocid": "ocds-x-1"}}))

    def test_contracts_finder_shows_a_notice_under_the_guid_of_its_release(self) -> None:
        guid = "01234567-89ab-cdef-0123-456789abcdef"
        invented = {**release("tender"), "ocid": f"ocds-b5fd17-{guid}", "id": f"{guid}-123456"}
        assert reading(invented).notice.url == f"https://www.contractsfinder.service.gov.uk/Notice/{guid}"

    def test_an_unknown_publisher_has_no_page(self) -> None:
        assert notice("tender").url is None

    def test_a_record_gives_its_compiled_release_and_reports_the_links_beside_it(self) -> None:
        link = {"url": "https://x.example/1", "date": "2026-01-01T00:00:00Z"}
        record = {
            "ocid": "ocds-x1-1",
            "releases": [link],
            "compiledRelease": release("compiled", tender={"title": "L"}),
        }
        found = reading(record).notice
        assert (found.title, found.form, found.kind) == ("L", "compiled", "call")
        assert ("/release/releases[1]/url[1]", "https://x.example/1") in unread(found)

    def test_a_record_of_links_only_gives_nothing(self) -> None:
        with pytest.raises(Malformed, match="its releases are the documents"):
            read(document({"ocid": "ocds-x1-1", "releases": [{"url": "https://x.example/1"}]}))


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        (["planning"], "planning"),
        (["planningUpdate"], "change"),
        (["planning", "tender"], "call"),
        (["tender"], "call"),
        (["tenderUpdate"], "change"),
        (["tenderAmendment"], "change"),
        (["tenderCancellation"], "cancellation"),
        (["tender", "tenderCancellation"], "cancellation"),
        (["tender", "award"], "result"),
        (["awardUpdate"], "change"),
        (["awardCancellation"], "cancellation"),
        (["award", "contract"], "result"),
        (["contract"], "contract"),
        (["contractUpdate"], "change"),
        (["contractAmendment"], "modification"),
        (["implementation"], "contract"),
        (["implementationUpdate"], "change"),
        (["contractTermination"], "completion"),
        (["aTagOfAnExtension"], None),
    ],
)
def test_the_kind_is_that_of_the_latest_stage(tags: list[str], kind: str | None) -> None:
    found = notice(*tags)
    assert (found.kind, found.form) == (kind, "/".join(tags))


class TestBritishNotices:
    @pytest.mark.parametrize(
        ("tag", "number", "kind"),
        [("planning", "UK2", "consultation"), ("award", "UK5", "intention"), ("contract", "UK7", "contract")],
    )
    def test_the_notice_type_tells_the_kind(self, tag: str, number: str, kind: str) -> None:
        section: dict[str, Any] = {"documents": [{"id": "7", "noticeType": number}]}
        sections: dict[str, dict[str, Any]] = {
            "planning": {"planning": section},
            "award": {"awards": [{"id": "1", **section}]},
            "contract": {"contracts": [{"id": "1", "awardID": "1", **section}]},
        }
        found = notice(tag, **sections[tag])
        assert (found.kind, found.form) == (kind, f"{number}/{tag}")

    def test_the_type_of_an_earlier_notice_listed_beside_is_not_this_ones(self) -> None:
        documents = [{"id": "1", "noticeType": "UK4"}, {"id": "7", "noticeType": "UK12"}]
        assert notice("tender", tender={"documents": documents}).kind == "cancellation"
        documents[1]["id"] = "8"
        assert notice("tender", tender={"documents": documents}).kind == "call"

    def test_an_update_of_a_tender_notice_stays_an_update(self) -> None:
        assert notice("tenderUpdate", tender={"documents": [{"id": "7", "noticeType": "UK4"}]}).kind == "change"

    def test_an_expression_of_interest_comes_before_no_tender_period(self) -> None:
        found = notice("tender", tender={"expressionOfInterestDeadline": "2026-05-01T12:00:00Z"})
        assert (found.deadline, found.deadline_kind) == ("2026-05-01T12:00:00Z", "requests")


class TestSums:
    def test_a_gross_amount_makes_the_one_beside_it_net(self) -> None:
        found = notice("tender", tender={"value": {"amount": 100.10, "amountGross": 120.12, "currency": "GBP"}})
        assert sums(found.amounts) == [("estimate", "100.1", "excluded"), ("estimate", "120.12", "included")]

    def test_an_amount_alone_says_nothing_of_taxes(self) -> None:
        assert sums(notice("tender", tender={"value": {"amount": 100}}).amounts) == [("estimate", "100", "unknown")]

    def test_net_and_gross_of_the_extension_are_two_sums(self) -> None:
        value = {"amount": 100, "amountNet": 100, "amountGross": 119, "currency": "EUR"}
        found = notice("tender", tender={"value": value})
        assert sums(found.amounts) == [("estimate", "100", "excluded"), ("estimate", "119", "included")]

    def test_a_flag_says_whether_taxes_are_in(self) -> None:
        found = notice("tender", tender={"value": {"amount": 5000, "valueAddedTaxIncluded": True}})
        assert sums(found.amounts) == [("estimate", "5000", "included")]

    def test_a_least_and_an_upper_value_are_one_range(self) -> None:
        tender = {"minValue": {"amount": 50, "currency": "GBP"}, "value": {"amount": 90, "currency": "GBP"}}
        found = notice("tender", tender=tender)
        assert sums(found.amounts) == [("estimate", "50-90", "unknown")]
        tender["minValue"]["amount"] = 90
        assert sums(notice("tender", tender=tender).amounts) == [("estimate", "90", "unknown")]

    def test_ranges_of_two_currencies_are_none(self) -> None:
        tender = {"minValue": {"amount": 50, "currency": "EUR"}, "value": {"amount": 90, "currency": "GBP"}}
        found = notice("tender", tender=tender)
        assert sums(found.amounts) == [("estimate", "90", "unknown"), ("estimate", "50-None", "unknown")]

    @pytest.mark.parametrize("written", ["1,200", "1.200", "12 000", "a lot", "", True, {"x": 1}, ["5"]])
    def test_an_amount_that_may_mean_two_numbers_is_unread(self, written: Any) -> None:
        found = notice("tender", tender={"value": {"amount": written, "currency": "GBP"}})
        assert found.amounts == () or written == ["5"]

    def test_a_sum_in_words_is_unread_with_its_place(self) -> None:
        found = notice("tender", tender={"value": "about a million"})
        assert unread(found) == [("/release/tender[1]/value[1]", "about a million")]

    def test_a_framework_has_no_ceiling_but_the_one_it_states(self) -> None:
        techniques = {"hasFrameworkAgreement": True, "frameworkAgreement": {"value": {"amount": 500}}}
        found = notice("tender", tender={"techniques": techniques, "value": {"amount": 400}})
        assert sums(found.amounts) == [("estimate", "400", "unknown")]
        assert [(one.kind, one.note) for one in found.lots[0].amounts] == [("estimate", "framework agreement")]
        award = {"id": "1", "maximumValue": {"amount": 900}, "estimatedValue": {"amount": 800}}
        assert sums(notice("award", awards=[award]).awards[0].amounts) == [
            ("framework_max", "900", "unknown"),
            ("reestimated", "800", "unknown"),
        ]


class TestAwards:
    def test_a_contracts_value_repeats_its_awards(self) -> None:
        value = {"amount": 100, "currency": "GBP"}
        found = notice(
            "award",
            "contract",
            awards=[{"id": "1", "value": value}],
            contracts=[{"id": "C", "awardID": "1", "value": value, "dateSigned": "2026-03-01T00:00:00Z"}],
        ).awards
        assert sums(found[0].amounts) == [("award", "100", "unknown")]
        assert (found[0].contracts, found[0].concluded) == (("C",), "2026-03-01")

    def test_another_value_of_a_contract_is_no_second_award(self) -> None:
        found = notice(
            "contract",
            awards=[{"id": "1", "value": {"amount": 100}}],
            contracts=[{"id": "C", "awardID": "1", "value": {"amount": 90}}],
        ).awards
        assert sums(found[0].amounts) == [("award", "100", "unknown"), ("other", "90", "unknown")]

    def test_a_contract_without_its_award_makes_one_that_only_it_names(self) -> None:
        found = notice("contract", contracts=[{"id": "C", "awardID": "A9", "value": {"amount": 90}}]).awards
        assert [(one.id, one.contracts, sums(one.amounts)) for one in found] == [
            ("A9", ("C",), [("award", "90", "unknown")])
        ]

    def test_an_amendment_of_a_contract_states_the_amended_value(self) -> None:
        amended = {"id": "C", "awardID": "1", "value": {"amount": 150}}
        found = notice("contractAmendment", contracts=[amended])
        assert sums(found.awards[0].amounts) == [("amended", "150", "unknown")]

    @pytest.mark.parametrize(
        ("status", "said", "reason"),
        [
            ("active", "awarded", None),
            ("pending", "open", None),
            ("cancelled", "not_awarded", "other"),
            ("unsuccessful", "not_awarded", "unsuccessful"),
        ],
    )
    def test_the_status_of_an_award(self, status: str, said: str, reason: str | None) -> None:
        (found,) = notice("award", awards=[{"id": "1", "status": status}]).awards
        assert (found.status, found.reason.kind if found.reason else None) == (said, reason)

    def test_several_suppliers_win_together_unless_a_framework_has_several_holders(self) -> None:
        award = {"id": "1", "suppliers": [{"name": "A"}, {"name": "B"}]}
        (found,) = notice("award", awards=[award]).awards
        assert (found.holding, [one.role for one in found.suppliers]) == ("group", ["member", "member"])
        tender = {"techniques": {"hasFrameworkAgreement": True}}
        (found,) = notice("award", awards=[award], tender=tender).awards
        assert (found.holding, [one.role for one in found.suppliers]) == ("several", ["sole", "sole"])

    def test_payments_are_paid_and_nothing_else(self) -> None:
        paid = {"id": "t", "date": "2026-01-01T00:00:00Z", "value": {"amount": 40000, "currency": "GBP"}}
        contract = {"id": "C", "awardID": "1", "implementation": {"transactions": [paid]}}
        found = notice("implementation", contracts=[contract])
        assert [(one.kind, one.value, one.note) for one in found.awards[0].amounts] == [
            ("paid", "40000", "transaction")
        ]
        assert clauses(found)["contracts/implementation/transactions"] == "id: t; date: 2026-01-01T00:00:00Z"

    def test_statistics_of_a_lot_without_one_award_are_kept(self) -> None:
        bids = {"statistics": [{"id": "1", "measure": "bids", "value": 3, "relatedLot": "9"}]}
        found = notice("award", bids=bids, awards=[{"id": "1", "relatedLots": ["1"]}])
        assert found.awards[0].tenders_received is None
        assert clauses(found)["bids/statistics"] == "id: 1; measure: bids; value: 3; relatedLot: 9"


class TestBodies:
    def test_1_0_writes_organisations_where_they_act(self) -> None:
        buyer = {"name": "Town", "identifier": {"scheme": "GB-LAE", "id": "123"}, "address": {"locality": "Ham"}}
        tender = {"procuringEntity": {"name": "Agency", "contactPoint": {"name": "Mx Lee"}}}
        award = {"id": "1", "suppliers": [{"name": "Firm", "identifier": {"scheme": "GB-COH", "id": "7"}}]}
        found = notice("award", buyer=buyer, tender=tender, awards=[award])
        assert [(one.name, one.city, one.role) for one in found.buyers] == [("Town", "Ham", "buyer")]
        assert [(one.name, one.role) for one in found.others] == [("Agency", "central_purchasing")]
        assert [(one.scheme, one.value) for one in found.awards[0].suppliers[0].ids] == [("GB-COH", "7")]
        assert "Lee" not in str(found)

    def test_an_entity_alone_is_the_buyer(self) -> None:
        found = notice("tender", tender={"procuringEntity": {"name": "Agency"}})
        assert [(one.name, one.role) for one in found.buyers] == [("Agency", "buyer")]
        assert found.others == ()

    def test_an_id_made_anew_for_each_release_is_no_identifier(self) -> None:
        found = notice("tender", buyer={"id": "GB-FTS-9", "name": "Town"})
        assert found.buyers[0].ids == ()

    def test_two_buyers_are_joint(self) -> None:
        parties = [{"id": "1", "name": "A", "roles": ["buyer"]}, {"id": "2", "name": "B", "roles": ["buyer"]}]
        found = notice("tender", buyer={"id": "1"}, parties=parties)
        assert [(one.name, one.role) for one in found.buyers] == [("A", "buyer"), ("B", "joint_buyer")]

    def test_a_party_without_a_role_here_is_kept(self) -> None:
        found = notice("tender", parties=[{"id": "9", "name": "Fund", "roles": ["funder"], "telephone": "1234567"}])
        assert clauses(found)["parties"] == "id: 9; name: Fund; roles: funder"


class TestLots:
    def test_an_undivided_tender_is_one_lot_with_its_terms(self) -> None:
        tender = {
            "items": [{"id": "1", "quantity": 3, "unit": {"name": "lorry"}, "description": "Lorries"}],
            "contractPeriod": {"startDate": "2026-01-01T00:00:00Z", "durationInDays": 30},
        }
        (lot,) = notice("tender", tender=tender).lots
        assert [(one.value, one.unit, one.noun) for one in lot.quantities] == [(3, "lorry", "Lorries")]
        assert (lot.starts, lot.duration.value if lot.duration else None) == ("2026-01-01", 30)

    def test_an_update_without_lots_is_of_no_lot(self) -> None:
        assert notice("tenderUpdate", tender={"title": "Lamps"}).lots == ()

    def test_terms_of_several_lots_are_kept_not_given_to_each(self) -> None:
        tender = {"lots": [{"id": "1"}, {"id": "2"}], "contractPeriod": {"durationInDays": 30}}
        found = notice("tender", tender=tender)
        assert [lot.duration for lot in found.lots] == [None, None]
        assert clauses(found)["tender/contractPeriod"] == "durationInDays: 30"

    def test_the_earliest_deadline_of_the_lots_is_the_notices(self) -> None:
        lots = [{"id": str(n), "tenderPeriod": {"endDate": f"2026-05-0{n}T12:00:00+01:00"}} for n in (3, 2)]
        found = notice("tender", tender={"lots": lots})
        assert (found.deadline, found.lots[0].deadline) == ("2026-05-02T12:00:00+01:00", "2026-05-03T12:00:00+01:00")

    def test_an_item_of_two_lots_gives_both_its_code(self) -> None:
        item = {"id": "1", "classification": {"scheme": "CPV", "id": "45000000-7"}, "relatedLots": ["1", "2"]}
        found = notice("tender", tender={"lots": [{"id": "1"}, {"id": "2"}], "items": [item]})
        assert [lot.cpv for lot in found.lots] == [("45000000",), ("45000000",)]

    def test_a_code_without_its_leading_zero_is_no_cpv(self) -> None:
        item = {"id": "1", "classification": {"scheme": "CPV", "id": 3000000}}
        found = notice("tender", tender={"items": [item]})
        assert found.cpv == ()
        assert ("/release/tender[1]/items[1]/classification[1]/id[1]", "3000000") in unread(found)


class TestChanges:
    def test_the_single_amendment_of_1_0_tells_what_it_changes(self) -> None:
        change = {"property": "tender.value.amount", "former_value": "10"}
        amendment = {"date": "2026-01-02T00:00:00Z", "rationale": "A slip", "changes": [change]}
        found = notice("tenderAmendment", tender={"amendment": amendment}).changes
        assert [(one.label, one.old, one.text) for one in found] == [
            (None, None, "A slip"),
            ("tender.value.amount", "10", None),
        ]

    def test_an_amendment_links_to_the_release_it_amends(self) -> None:
        found = notice("tenderUpdate", tender={"amendments": [{"id": "1", "amendsReleaseID": "3"}]})
        assert [(one.relation, one.target) for one in found.links] == [("changes", "ocds:ocds-x1-1:3")]

    def test_null_in_an_update_takes_back_what_was_stated(self) -> None:
        found = notice("tenderUpdate", tender={"tenderPeriod": {"endDate": None}})
        assert [(one.place, one.text) for one in found.changes] == [("tender/tenderPeriod/endDate", "null")]
        assert notice("tender", tender={"tenderPeriod": {"endDate": None}}).changes == ()


class TestWrongTypes:
    @pytest.mark.parametrize("section", ["tender", "planning", "buyer", "bids"])
    def test_a_text_where_an_object_is_expected_is_unread(self, section: str) -> None:
        found = notice("tender", **{section: "see the annex"})
        assert (f"/release/{section}[1]", "see the annex") in unread(found)

    @pytest.mark.parametrize("name", ["awards", "contracts", "parties"])
    def test_a_text_in_a_list_of_objects_is_unread(self, name: str) -> None:
        assert (f"/release/{name}[1]", "x") in unread(notice("award", **{name: ["x"]}))

    def test_an_object_where_a_text_is_expected_is_unread_but_for_people(self) -> None:
        found = notice("tender", tender={"title": {"en": "Lamps", "contactPoint": {"name": "Mx Lee"}}})
        assert unread(found) == [("/release/tender[1]/title[1]/en[1]", "Lamps")]

    def test_a_field_no_extension_knows_is_unread(self) -> None:
        assert ("/release/tender[1]/colour[1]", "red") in unread(notice("tender", tender={"colour": "red"}))

    @pytest.mark.parametrize("date", ["2026-02-30", "soon", "05/05/2026", "2026-05-05T25:00:00Z", 20260505])
    def test_a_deadline_that_is_no_date_is_unread(self, date: Any) -> None:
        found = notice("tender", tender={"tenderPeriod": {"endDate": date}})
        assert found.deadline is None
        assert ("/release/tender[1]/tenderPeriod[1]/endDate[1]", str(date)) in unread(found)


def test_a_selective_procedures_deadline_does_not_say_of_what() -> None:
    tender = {"procurementMethod": "selective", "tenderPeriod": {"endDate": "2026-05-05T12:00:00Z"}}
    found = notice("tender", tender=tender)
    assert (found.deadline, found.deadline_kind) == ("2026-05-05T12:00:00Z", None)


def test_a_related_process_that_came_before_is_a_link() -> None:
    related = [
        {"id": "1", "relationship": ["framework"], "scheme": "ocid", "identifier": "ocds-x1-0"},
        {"id": "2", "relationship": ["subContract"], "scheme": "ocid", "identifier": "ocds-x1-2"},
    ]
    found = notice("tender", relatedProcesses=related)
    assert [(one.relation, one.target) for one in found.links] == [("previous", "ocds:ocds-x1-0")]


def test_tags_and_statuses_are_known_whatever_their_capitals() -> None:
    found = notice("AWARD", awards=[{"id": "1", "status": "Active", "value": {"amount": 5000, "currency": "EUR"}}])
    assert (found.kind, found.form) == ("result", "AWARD")
    assert found.awards[0].status == "awarded"


def test_a_release_without_a_tag_is_of_the_stage_its_sections_reach() -> None:
    invented = release(tender={"title": "L"}, awards=[{"id": "1"}])
    assert reading({**invented, "tag": None}).notice.kind == "result"
    assert reading({**invented, "tag": []}).notice.kind == "result"
    assert notice("weird", awards=[{"id": "1"}]).kind is None

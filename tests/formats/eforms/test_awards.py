"""Who won, for how much, and when: joined from results, tenders, parties and contracts."""

from __future__ import annotations

from typing import Any

COMPANIES = ("ORG-0002", "ORG-0003", "ORG-0004")


def companies(build: Any) -> str:
    return "".join(build.organization(one, f"Société {one[-1]}") for one in COMPANIES)


def awards(build: Any, *pieces: str, **parts: str) -> Any:
    extension = build.results(*pieces)
    return build.notice(extension=extension, organizations=companies(build), kind="can-standard", subtype="29", **parts)


def test_a_losing_tender_is_priced_but_wins_nothing(build: Any) -> None:
    notice = awards(
        build,
        build.result("RES-0001", ("TEN-0001", "TEN-0002"), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001", "900"),
        build.tender("TEN-0002", "TPA-0002", "800.50", "<cbc:RankCode>1</cbc:RankCode>"),
        build.contract("CON-0001", ("TEN-0002",)),
        build.party("TPA-0001", "ORG-0002"),
        build.party("TPA-0002", "ORG-0003"),
    )
    (award,) = notice.awards
    assert [(one.kind, one.value) for one in award.amounts] == [("tender", "900"), ("award", "800.5")]
    assert [(one.name, one.role) for one in award.suppliers] == [("Société 3", "sole")]
    assert award.holding == "sole"
    assert [one.text for one in notice.unread] == ["Société 2", "FR-ORG-0002", "Société 4", "FR-ORG-0004"]


def test_a_group_has_its_leader_members_and_subcontractor(build: Any) -> None:
    leads = "<efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator>"
    lead = f"<efac:Tenderer><cbc:ID>ORG-0003</cbc:ID>{leads}</efac:Tenderer>"
    (award,) = awards(
        build,
        build.result("RES-0001", ("TEN-0001",), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001"),
        build.contract("CON-0001", ("TEN-0001",)),
        build.party("TPA-0001", "ORG-0002", lead, "<efac:SubContractor><cbc:ID>ORG-0004</cbc:ID></efac:SubContractor>"),
    ).awards
    assert [(one.name, one.role) for one in award.suppliers] == [
        ("Société 2", "member"),
        ("Société 3", "leader"),
        ("Société 4", "subcontractor"),
    ]
    assert award.holding == "group"


def test_several_holders_of_one_framework_each_have_their_price(build: Any) -> None:
    (award,) = awards(
        build,
        build.result("RES-0001", ("TEN-0001", "TEN-0002"), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001", "10"),
        build.tender("TEN-0002", "TPA-0002", "20"),
        build.contract("CON-0001", ("TEN-0001",)),
        build.contract("CON-0002", ("TEN-0002",)),
        build.party("TPA-0001", "ORG-0002"),
        build.party("TPA-0002", "ORG-0003"),
    ).awards
    assert award.holding == "several"
    assert [one.value for one in award.amounts] == ["10", "20"]
    assert award.contracts == ("CON-0001", "CON-0002")


def test_without_a_contract_the_only_tender_won(build: Any) -> None:
    (award,) = awards(
        build,
        build.result("RES-0001", ("TEN-0001",), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001"),
        build.party("TPA-0001", "ORG-0002"),
    ).awards
    assert [one.name for one in award.suppliers] == ["Société 2"]
    assert [one.kind for one in award.amounts] == ["award"]


def test_without_a_contract_or_rank_nobody_is_said_to_have_won(build: Any) -> None:
    notice = awards(
        build,
        build.result("RES-0001", ("TEN-0001", "TEN-0002"), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001"),
        build.tender("TEN-0002", "TPA-0002"),
        build.party("TPA-0001", "ORG-0002"),
        build.party("TPA-0002", "ORG-0003"),
    )
    (award,) = notice.awards
    assert award.suppliers == ()
    assert [one.kind for one in award.amounts] == ["tender", "tender"]
    assert "several tenders, none in a contract and none ranked first" in {one.why for one in notice.unread}


def test_ranked_first_wins_where_no_contract_is_settled(build: Any) -> None:
    (award,) = awards(
        build,
        build.result("RES-0001", ("TEN-0001", "TEN-0002"), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001", "5", "<cbc:RankCode>2</cbc:RankCode>"),
        build.tender("TEN-0002", "TPA-0002", "6", "<cbc:RankCode>1</cbc:RankCode>"),
        build.party("TPA-0001", "ORG-0002"),
        build.party("TPA-0002", "ORG-0003"),
    ).awards
    assert [one.name for one in award.suppliers] == ["Société 3"]
    assert [(one.kind, one.note) for one in award.amounts] == [("tender", "rank 2"), ("award", "rank 1")]


def test_a_lot_closed_without_winner_keeps_its_reason(build: Any) -> None:
    closed = (
        "<cbc:TenderResultCode>clos-nw</cbc:TenderResultCode><efac:DecisionReason>"
        "<efbc:DecisionReasonCode>ins-fund</efbc:DecisionReasonCode></efac:DecisionReason>"
    )
    (award,) = awards(build, build.result("RES-0001", more=closed)).awards
    assert (award.status, award.lot_ids) == ("not_awarded", ("LOT-0001",))
    assert award.reason is not None
    assert (award.reason.kind, award.reason.code) == ("abandoned", "ins-fund")


def test_the_date_the_sdk_prescribes_is_no_date(build: Any) -> None:
    dates = "<cbc:AwardDate>2024-01-10+01:00</cbc:AwardDate><cbc:IssueDate>2024-01-20+01:00</cbc:IssueDate>"
    (award,) = awards(
        build,
        build.result("RES-0001", ("TEN-0001",), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001"),
        build.contract("CON-0001", ("TEN-0001",), dates),
        build.party("TPA-0001", "ORG-0002"),
        header="<cac:TenderResult><cbc:AwardDate>2000-01-01Z</cbc:AwardDate></cac:TenderResult>",
    ).awards
    assert (award.decided, award.concluded) == ("2024-01-10", "2024-01-20")


def test_a_sentinel_alone_leaves_the_award_undated(build: Any) -> None:
    (award,) = awards(
        build,
        build.result("RES-0001", more=build.awarded),
        header="<cac:TenderResult><cbc:AwardDate>2000-01-01Z</cbc:AwardDate></cac:TenderResult>",
    ).awards
    assert award.decided is None


def test_dates_that_differ_between_contracts_are_all_kept(build: Any) -> None:
    notice = awards(
        build,
        build.result("RES-0001", ("TEN-0001", "TEN-0002"), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001"),
        build.tender("TEN-0002", "TPA-0001"),
        build.contract("CON-0001", ("TEN-0001",), "<cbc:IssueDate>2024-01-20Z</cbc:IssueDate>"),
        build.contract("CON-0002", ("TEN-0002",), "<cbc:IssueDate>2024-01-21Z</cbc:IssueDate>"),
        build.party("TPA-0001", "ORG-0002"),
    )
    assert notice.awards[0].concluded == "2024-01-20"
    assert [(one.place, one.text) for one in notice.clauses] == [("BT-145", "2024-01-21")]


def test_other_statistics_are_not_the_tenders_received(build: Any) -> None:
    counted = "".join(
        f"<efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode>{code}</efbc:StatisticsCode>"
        f"<efbc:StatisticsNumeric>{count}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>"
        for code, count in (("t-sme", 2), ("tenders", 7), ("t-esubm", 5))
    )
    notice = awards(build, build.result("RES-0001", more=build.awarded + counted))
    assert notice.awards[0].tenders_received == 7
    assert [one.text for one in notice.clauses] == ["t-sme: 2", "t-esubm: 5"]


def test_a_contract_without_a_result_is_an_award_without_status(build: Any) -> None:
    notice = build.notice(
        extension=build.results(
            build.tender("TEN-0001", "TPA-0001", "42"),
            build.contract("CON-0001", ("TEN-0001",)),
            build.party("TPA-0001", "ORG-0002"),
        ),
        organizations=companies(build),
        kind="can-modif",
        subtype="38",
    )
    (award,) = notice.awards
    assert (award.id, award.status, award.lot_ids) == ("CON-0001", None, ("LOT-0001",))
    assert [one.name for one in award.suppliers] == ["Société 2"]
    assert [one.value for one in award.amounts] == ["42"]


def test_a_tender_for_several_results_is_priced_once(build: Any) -> None:
    notice = awards(
        build,
        build.result("RES-0001", ("TEN-0001",), more=build.awarded),
        build.result("RES-0002", ("TEN-0001",), lot="LOT-0002", more=build.awarded),
        build.tender("TEN-0001", "TPA-0001", "300"),
        build.contract("CON-0001", ("TEN-0001",)),
        build.party("TPA-0001", "ORG-0002"),
    )
    assert [len(one.amounts) for one in notice.awards] == [1, 0]
    assert [one.suppliers[0].name for one in notice.awards] == ["Société 2", "Société 2"]


def test_a_result_that_lists_no_tender_takes_those_of_its_contract_for_its_lot(build: Any) -> None:
    pointed = "<efac:SettledContract><cbc:ID>CON-0001</cbc:ID></efac:SettledContract>"
    (award,) = awards(
        build,
        build.result("RES-0001", more=build.awarded + pointed),
        build.tender("TEN-0001", "TPA-0001"),
        build.contract("CON-0001", ("TEN-0001",)),
        build.party("TPA-0001", "ORG-0002"),
    ).awards
    assert [one.name for one in award.suppliers] == ["Société 2"]


def test_pointers_that_lead_nowhere_are_unread(build: Any) -> None:
    notice = awards(build, build.result("RES-0001", ("TEN-0009",), more=build.awarded))
    assert "points to no tender of the notice" in {one.why for one in notice.unread}


def test_kinds_of_money_never_mix(build: Any) -> None:
    values = (
        "<efac:FrameworkAgreementValues><cbc:MaximumValueAmount currencyID='EUR'>5000</cbc:MaximumValueAmount>"
        "<efbc:ReestimatedValueAmount currencyID='EUR'>4000</efbc:ReestimatedValueAmount>"
        "</efac:FrameworkAgreementValues>"
        "<cbc:HigherTenderAmount currencyID='EUR'>3</cbc:HigherTenderAmount>"
        "<cbc:LowerTenderAmount currencyID='EUR'>2</cbc:LowerTenderAmount>"
    )
    revenue = (
        "<efac:ConcessionRevenue><efbc:RevenueBuyerAmount currencyID='EUR'>7</efbc:RevenueBuyerAmount>"
        "<efbc:RevenueUserAmount currencyID='EUR'>8</efbc:RevenueUserAmount></efac:ConcessionRevenue>"
        "<efac:SubcontractingTerm><efbc:TermAmount currencyID='EUR'>9</efbc:TermAmount></efac:SubcontractingTerm>"
        "<efac:AggregatedAmounts><cbc:PaidAmount currencyID='EUR'>95</cbc:PaidAmount></efac:AggregatedAmounts>"
    )
    ceiling = "efbc:OverallMaximumFrameworkContractsAmount"
    notice = awards(
        build,
        f"<cbc:TotalAmount currencyID='EUR'>6000</cbc:TotalAmount><{ceiling} currencyID='EUR'>5500</{ceiling}>",
        build.result("RES-0001", ("TEN-0001",), more=values + build.awarded),
        build.tender("TEN-0001", "TPA-0001", "100", revenue),
        build.contract("CON-0001", ("TEN-0001",)),
        build.party("TPA-0001", "ORG-0002"),
    )
    assert [(one.kind, one.value, one.scope) for one in notice.amounts] == [
        ("award", "6000", "notice"),
        ("framework_max", "5500", "notice"),
    ]
    assert {one.kind: one.value for one in notice.awards[0].amounts} == {
        "framework_max": "5000",
        "reestimated": "4000",
        "highest_tender": "3",
        "lowest_tender": "2",
        "award": "100",
        "revenue_buyer": "7",
        "revenue_user": "8",
        "subcontracted": "9",
        "paid": "95",
    }
    assert {one.kind: one.vat for one in notice.awards[0].amounts}["paid"] is None


def test_framework_values_of_a_group_stay_with_the_group(build: Any) -> None:
    ceiling = "efbc:GroupFrameworkMaximumValueAmount"
    group = (
        f"<efac:GroupFramework><{ceiling} currencyID='EUR'>12</{ceiling}>"
        "<efac:TenderLot><cbc:ID>GLO-0001</cbc:ID></efac:TenderLot></efac:GroupFramework>"
    )
    notice = awards(build, group)
    (found,) = notice.lot_groups
    assert (found.id, [(one.kind, one.value, one.scope) for one in found.amounts]) == (
        "GLO-0001",
        [("framework_max", "12", None)],
    )
    assert notice.lots == ()

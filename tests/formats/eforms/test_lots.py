"""Lots, groups and parts: what they state, and what is a lot."""

from __future__ import annotations

from typing import Any

import pytest


def period(name: str, day: str, clock: str = "") -> str:
    time = f"<cbc:EndTime>{clock}</cbc:EndTime>" if clock else ""
    return f"<cac:{name}><cbc:EndDate>{day}</cbc:EndDate>{time}</cac:{name}>"


def test_parts_and_groups_are_no_lots(build: Any) -> None:
    body = build.lot("LOT-0001") + build.lot("PAR-0001") + build.lot("GLO-0001")
    notice = build.notice(body)
    assert [one.id for one in notice.lots] == ["LOT-0001"]
    assert [one.id for one in notice.parts] == ["PAR-0001"]
    assert [one.id for one in notice.lot_groups] == ["GLO-0001"]


def test_a_group_names_its_lots_and_keeps_its_ceiling(build: Any) -> None:
    terms = (
        "<cac:TenderingTerms><cac:LotDistribution><cbc:MaximumLotsAwardedNumeric>2</cbc:MaximumLotsAwardedNumeric>"
        "<cac:LotsGroup><cbc:LotsGroupID>GLO-0001</cbc:LotsGroupID>"
        "<cac:ProcurementProjectLotReference><cbc:ID>LOT-0001</cbc:ID></cac:ProcurementProjectLotReference>"
        "<cac:ProcurementProjectLotReference><cbc:ID>LOT-0002</cbc:ID></cac:ProcurementProjectLotReference>"
        "</cac:LotsGroup></cac:LotDistribution></cac:TenderingTerms>"
    )
    ceiling = (
        '<cac:FrameworkAgreement><cbc:EstimatedMaximumValueAmount currencyID="EUR">77</cbc:EstimatedMaximumValueAmount>'
        "</cac:FrameworkAgreement>"
    )
    notice = build.notice(terms + build.lot("GLO-0001", title="Groupe", process=ceiling))
    (group,) = notice.lot_groups
    assert (group.title, group.lot_ids) == ("Groupe", ("LOT-0001", "LOT-0002"))
    assert [(one.kind, one.value, one.scope) for one in group.amounts] == [("framework_max", "77", None)]
    assert notice.procedure is not None
    assert notice.procedure.max_lots_awarded == 2


def test_estimate_and_ceiling_of_a_lot_are_two_kinds(build: Any) -> None:
    project = """<cac:RequestedTenderTotal>
      <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
        <efbc:FrameworkMaximumAmount currencyID="EUR">500000</efbc:FrameworkMaximumAmount>
      </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
      <cbc:EstimatedOverallContractAmount currencyID="EUR">260000.10</cbc:EstimatedOverallContractAmount>
    </cac:RequestedTenderTotal>"""
    (lot,) = build.notice(build.lot(project=project)).lots
    assert [(one.kind, one.value, one.currency, one.vat, one.scope) for one in lot.amounts] == [
        ("framework_max", "500000", "EUR", "excluded", "lot"),
        ("estimate", "260000.1", "EUR", "excluded", "lot"),
    ]


@pytest.mark.parametrize(("text", "value"), [("0", "0"), ("0.01", "0.01"), ("1", "1")])
def test_symbolic_amounts_are_values_as_stated(build: Any, text: str, value: str) -> None:
    project = (
        "<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID='EUR'>"
        f"{text}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
    )
    (lot,) = build.notice(build.lot(project=project)).lots
    assert [one.value for one in lot.amounts] == [value]


@pytest.mark.parametrize("text", ["1,234", "12 EUR", "1e9", "NaN"])
def test_an_amount_with_two_readings_is_unread(build: Any, text: str) -> None:
    project = (
        "<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID='EUR'>"
        f"{text}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
    )
    notice = build.notice(build.lot(project=project))
    assert notice.lots[0].amounts == ()
    assert [one.text for one in notice.unread] == [text]


def test_the_deadline_is_the_earliest_tender_not_an_earlier_request(build: Any) -> None:
    both = period("TenderSubmissionDeadlinePeriod", "2024-03-18+01:00", "12:00:00+01:00") + period(
        "ParticipationRequestReceptionPeriod", "2024-02-18+01:00", "12:00:00+01:00"
    )
    earlier = period("TenderSubmissionDeadlinePeriod", "2024-03-18+02:00", "12:30:00+02:00")
    notice = build.notice(build.lot(process=both) + build.lot("LOT-0002", process=earlier))
    assert (notice.deadline, notice.deadline_kind) == ("2024-03-18T12:30:00+02:00", "tenders")
    assert notice.lots[0].deadline == "2024-03-18T12:00:00+01:00"
    assert [(one.place, one.text) for one in notice.clauses] == [("BT-1311", "2024-02-18T12:00:00+01:00")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("ParticipationRequestReceptionPeriod", "requests"), ("TenderSubmissionDeadlinePeriod", "tenders")],
)
def test_a_deadline_without_time_is_a_day_and_loses_its_offset(build: Any, name: str, kind: str) -> None:
    notice = build.notice(build.lot(process=period(name, "2024-03-18+01:00")))
    assert (notice.deadline, notice.deadline_kind) == ("2024-03-18", kind)


def test_an_offset_the_document_does_not_state_stays_absent(build: Any) -> None:
    notice = build.notice(build.lot(process=period("TenderSubmissionDeadlinePeriod", "2024-03-18", "12:00:00.000")))
    assert notice.deadline == "2024-03-18T12:00:00"


def test_a_deadline_that_is_no_date_is_unread(build: Any) -> None:
    notice = build.notice(build.lot(process=period("TenderSubmissionDeadlinePeriod", "2024-02-30", "12:00:00")))
    assert notice.deadline is None
    assert [one.text for one in notice.unread] == ["2024-02-30", "12:00:00"]


def test_interest_is_due_where_a_planning_notice_calls(build: Any) -> None:
    process = (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        "<efac:InterestExpressionReceptionPeriod><cbc:EndDate>2024-05-13+02:00</cbc:EndDate>"
        "<cbc:EndTime>10:15:00+02:00</cbc:EndTime></efac:InterestExpressionReceptionPeriod>"
        "</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )
    notice = build.notice(build.lot(process=process), kind="pin-cfc-standard", subtype="10")
    assert (notice.kind, notice.call) == ("planning", True)
    assert (notice.deadline, notice.deadline_kind) == ("2024-05-13T10:15:00+02:00", "interest")


def test_duration_renewals_options_and_quantity(build: Any) -> None:
    project = """<cbc:EstimatedOverallContractQuantity unitCode="HUR">1000</cbc:EstimatedOverallContractQuantity>
    <cac:PlannedPeriod><cbc:StartDate>2024-06-01+02:00</cbc:StartDate>
      <cbc:DurationMeasure unitCode="MONTH">48</cbc:DurationMeasure></cac:PlannedPeriod>
    <cac:ContractExtension><cbc:OptionsDescription languageID="FRA">Une option.</cbc:OptionsDescription>
      <cbc:MaximumNumberNumeric>3</cbc:MaximumNumberNumeric>
      <cac:Renewal><cac:Period><cbc:Description languageID="FRA">Par an.</cbc:Description></cac:Period></cac:Renewal>
    </cac:ContractExtension>"""
    (lot,) = build.notice(build.lot(project=project)).lots
    assert (lot.duration.value, lot.duration.unit, lot.starts) == (48, "month", "2024-06-01")
    assert (lot.renewals.allowed, lot.renewals.maximum, lot.renewals.text) == (True, 3, "Par an.")
    assert (lot.options.text, lot.options.allowed) == ("Une option.", None)
    (quantity,) = lot.quantities
    assert (quantity.kind, quantity.value, quantity.unit, quantity.stated_in) == ("estimated", 1000, "HUR", "element")


def test_the_main_cpv_is_first_wherever_it_is_written(build: Any) -> None:
    project = """<cac:AdditionalCommodityClassification>
      <cbc:ItemClassificationCode>38000000</cbc:ItemClassificationCode>
    </cac:AdditionalCommodityClassification><cac:MainCommodityClassification>
      <cbc:ItemClassificationCode listName="cpv">39711124-3</cbc:ItemClassificationCode>
    </cac:MainCommodityClassification>"""
    assert build.notice(build.lot(project=project)).lots[0].cpv == ("39711124", "38000000")


def test_a_place_has_its_codes_in_the_record_s_spelling(build: Any) -> None:
    project = """<cac:RealizedLocation><cbc:Description languageID="FRA">Au port.</cbc:Description><cac:Address>
    <cbc:CityName>Athènes</cbc:CityName><cbc:CountrySubentityCode listName="nuts">EL303</cbc:CountrySubentityCode>
    <cac:Country><cbc:IdentificationCode listName="country">GRC</cbc:IdentificationCode></cac:Country>
    </cac:Address></cac:RealizedLocation>"""
    (place,) = build.notice(build.lot(project=project)).lots[0].places
    assert (place.nuts, place.country, place.city, place.text) == ("EL303", "GR", "Athènes", "Au port.")


def criterion(*parts: str) -> str:
    return (
        "<cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion>"
        + "".join(parts)
        + "</cac:SubordinateAwardingCriterion></cac:AwardingCriterion></cac:AwardingTerms>"
    )


def parameter(name: str, code: str, number: str) -> str:
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        "<efac:AwardCriterionParameter>"
        f'<efbc:ParameterCode listName="{name}">{code}</efbc:ParameterCode>'
        f"<efbc:ParameterNumeric>{number}</efbc:ParameterNumeric></efac:AwardCriterionParameter>"
        "</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


@pytest.mark.parametrize(("code", "weight"), [("per-exa", "60"), ("poi-exa", "60 poi-exa"), ("ord-imp", "60 ord-imp")])
def test_a_weight_that_is_no_percentage_says_what_it_is(build: Any, code: str, weight: str) -> None:
    terms = criterion(
        parameter("number-weight", code, "60"),
        "<cbc:AwardingCriterionTypeCode>price</cbc:AwardingCriterionTypeCode>",
        '<cbc:Description languageID="FRA">Prix des prestations</cbc:Description>',
    )
    (lot,) = build.notice(build.lot(terms=terms)).lots
    assert [(one.kind, one.name, one.weight) for one in lot.criteria] == [("price", "Prix des prestations", weight)]


def test_a_threshold_is_no_weight(build: Any) -> None:
    terms = criterion(parameter("number-threshold", "min-score", "12"), '<cbc:Name languageID="FRA">Note</cbc:Name>')
    notice = build.notice(build.lot(terms=terms))
    assert notice.lots[0].criteria[0].weight is None
    assert [(one.place, one.text, one.lot) for one in notice.clauses] == [("BT-5423", "12 min-score", "LOT-0001")]


def technique(code: str, name: str = "framework-agreement") -> str:
    return (
        f'<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="{name}">{code}'
        "</cbc:ContractingSystemTypeCode></cac:ContractingSystem>"
    )


@pytest.mark.parametrize(
    ("codes", "instrument"),
    [(("fa-wo-rc", "fa-mix"), "framework"), (("none", "none"), "contract"), (("fa-wo-rc", "none"), None)],
)
def test_the_instrument_is_what_all_lots_use(build: Any, codes: tuple[str, str], instrument: str | None) -> None:
    lots = [build.lot(f"LOT-000{number}", process=technique(code)) for number, code in enumerate(codes, 1)]
    notice = build.notice("".join(lots))
    assert notice.instrument == instrument
    assert [one.framework.technique if one.framework else None for one in notice.lots] == [
        code if code != "none" else None for code in codes
    ]


def test_lots_that_differ_on_the_gpa_leave_it_unread(build: Any) -> None:
    name = "GovernmentAgreementConstraintIndicator"
    lots = [build.lot(f"LOT-{word}", process=f"<cbc:{name}>{word}</cbc:{name}>") for word in ("true", "false")]
    notice = build.notice("".join(lots))
    assert [one.text for one in notice.unread] == ["true", "false"]
    assert build.notice(lots[0]).procedure.gpa is True


def test_a_prize_keeps_its_rank_and_words(build: Any) -> None:
    terms = (
        "<cac:AwardingTerms><cac:Prize><cbc:RankCode>1</cbc:RankCode>"
        "<cbc:ValueAmount currencyID='EUR'>45000</cbc:ValueAmount>"
        "<cbc:Description languageID='FRA'>Premier prix</cbc:Description></cac:Prize></cac:AwardingTerms>"
    )
    (amount,) = build.notice(build.lot(terms=terms)).lots[0].amounts
    assert (amount.kind, amount.value, amount.note) == ("prize", "45000", "1: Premier prix")


def test_text_where_the_format_has_none_is_unread(build: Any) -> None:
    notice = build.notice(build.lot(terms="perdu"))
    assert [(one.text, one.place) for one in notice.unread] == [
        ("perdu", "/ContractNotice/ProcurementProjectLot[1]/TenderingTerms[1]")
    ]


def test_an_element_of_a_later_sdk_is_unread(build: Any) -> None:
    notice = build.notice(build.lot(terms="<cbc:InventedLater>valeur</cbc:InventedLater>"))
    assert [(one.text, one.why) for one in notice.unread] == [("valeur", "no reader for this element")]

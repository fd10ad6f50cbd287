"""Fields met in notices of other kinds and versions of the SDK: each is read, and stands under its own number."""

from __future__ import annotations

from typing import Any

import pytest

from beffroi.formats import read
from beffroi.formats.eforms.paths import PATHS
from beffroi.formats.eforms.paths_results import PATHS_OF_RESULTS
from beffroi.formats.proof import verify_citations


def places(notice: Any) -> list[tuple[str, str]]:
    return [(one.place, one.text) for one in notice.clauses]


def extended(inner: str) -> str:
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        f"{inner}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def procedure(inner: str) -> str:
    return f"<cac:TenderingProcess>{inner}</cac:TenderingProcess>"


def requirement(code: str, words: str) -> str:
    return (
        f'<cac:ContractExecutionRequirement><cbc:ExecutionRequirementCode listName="{code}">true'
        f'</cbc:ExecutionRequirementCode><cbc:Description languageID="FRA">{words}</cbc:Description>'
        "</cac:ContractExecutionRequirement>"
    )


def test_no_path_is_listed_twice() -> None:
    assert not PATHS.keys() & PATHS_OF_RESULTS.keys()


def test_a_consultation_says_until_when_it_hears_answers(build: Any) -> None:
    period = (
        "<efac:AnswerReceptionPeriod><cbc:EndDate>2030-06-01+02:00</cbc:EndDate>"
        "<cbc:EndTime>12:00:00+02:00</cbc:EndTime></efac:AnswerReceptionPeriod>"
    )
    notice = build.notice(build.lot(process=extended(period)), kind="pmc", subtype="E1")
    assert (notice.kind, notice.deadline) == ("consultation", None)
    assert places(notice) == [("BT-800", "2030-06-01+02:00: 12:00:00+02:00")]
    assert notice.unread == ()


def test_a_procedure_is_relaunched_or_terminated(build: Any) -> None:
    relaunched = extended("<efbc:ProcedureRelaunchIndicator>false</efbc:ProcedureRelaunchIndicator>")
    notice = build.notice(procedure(relaunched + "<cbc:TerminatedIndicator>true</cbc:TerminatedIndicator>"))
    assert places(notice) == [("BT-634", "false"), ("BT-756", "true")]
    assert notice.unread == ()


def test_a_withheld_reason_stands_with_the_reason(build: Any) -> None:
    hidden = "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>dir-awa-tex</efbc:FieldIdentifierCode></efac:FieldsPrivacy>"
    reason = '<cbc:ProcessReason languageID="FRA">unpublished</cbc:ProcessReason>'
    notice = build.notice(procedure(f"<cac:ProcessJustification>{extended(hidden)}{reason}</cac:ProcessJustification>"))
    assert [one.field for one in notice.withheld] == ["BT-135"]
    assert notice.unread == ()


@pytest.mark.parametrize(
    ("code", "list_field", "field"),
    [
        ("conditions", "OPT-060", "BT-70"),
        ("nda", "BT-801", "BT-802"),
        ("customer-service", "OPT-071", "OPT-072"),
        ("reserved-execution", "BT-736", "OPT-070"),
    ],
)
def test_the_code_beside_a_condition_tells_its_field(build: Any, code: str, list_field: str, field: str) -> None:
    notice = build.notice(build.lot(terms=requirement(code, "Des mots.")))
    assert places(notice) == [(list_field, "true"), (field, "Des mots.")]


def test_documents_of_restricted_access(build: Any) -> None:
    document = (
        "<cac:CallForTendersDocumentReference><cbc:DocumentType>restricted-document</cbc:DocumentType><cac:Attachment>"
        "<cac:ExternalReference><cbc:URI>https://exemple.invalid</cbc:URI></cac:ExternalReference></cac:Attachment>"
        "</cac:CallForTendersDocumentReference>"
    )
    notice = build.notice(build.lot(terms=document))
    assert places(notice) == [("BT-14", "restricted-document"), ("BT-615", "https://exemple.invalid")]


def test_preselected_participants_of_a_contest(build: Any) -> None:
    party = (
        "<cac:PreSelectedParty><cac:PartyName><cbc:Name>Atelier Un</cbc:Name></cac:PartyName></cac:PreSelectedParty>"
    )
    terms = f"<cac:EconomicOperatorShortList>{party}</cac:EconomicOperatorShortList>"
    assert places(build.notice(build.lot(terms=terms))) == [("BT-47", "Atelier Un")]


def result(build: Any, more: str = "", tender: str = "", **parts: str) -> Any:
    extension = build.results(
        parts.pop("total", ""),
        build.result("RES-0001", ("TEN-0001",), more=more),
        build.tender("TEN-0001", "TPA-0001", "70", tender),
        build.contract("CON-0001", ("TEN-0001",)),
        build.party("TPA-0001", "ORG-0002"),
    )
    parts = {"kind": "can-standard", "subtype": "29", **parts}
    return build.notice(extension=extension, organizations=build.organization("ORG-0002", "Société"), **parts)


def test_a_modification_states_the_values_after_it(build: Any) -> None:
    total = '<cbc:TotalAmount currencyID="EUR">90</cbc:TotalAmount>'
    notice = result(build, total=total, kind="can-modif", subtype="38")
    assert [(one.kind, one.value, one.scope) for one in notice.amounts] == [("amended", "90", "notice")]
    assert [(one.kind, one.value) for one in notice.awards[0].amounts] == [("amended", "70")]


def test_a_result_states_awarded_values(build: Any) -> None:
    notice = result(build, build.awarded, total='<cbc:TotalAmount currencyID="EUR">90</cbc:TotalAmount>')
    assert [(one.kind, one.value, one.scope) for one in notice.amounts] == [("award", "90", "notice")]
    assert [(one.kind, one.value) for one in notice.awards[0].amounts] == [("award", "70")]


PRIVACY = "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>{}</efbc:FieldIdentifierCode></efac:FieldsPrivacy>"


def test_a_masked_rank_is_no_rank(build: Any) -> None:
    notice = result(build, build.awarded, PRIVACY.format("ten-ran") + "<cbc:RankCode>-1</cbc:RankCode>")
    assert notice.awards[0].amounts[0].note is None
    assert [one.field for one in notice.withheld] == ["BT-171"]


def test_masked_counts_and_their_kinds_are_no_passages(build: Any) -> None:
    counted = (
        f"<efac:AppealRequestsStatistics>{PRIVACY.format('rev-req')}"
        '<efbc:StatisticsCode listName="review-type">unpublished</efbc:StatisticsCode>'
        "<efbc:StatisticsNumeric>-1</efbc:StatisticsNumeric></efac:AppealRequestsStatistics>"
    )
    notice = result(build, build.awarded + counted)
    assert [one.field for one in notice.withheld] == ["BT-712"]
    assert places(notice) == []


def test_requests_for_review_by_irregularity(build: Any) -> None:
    counted = (
        "<efac:AppealRequestsStatistics>"
        '<efbc:StatisticsCode listName="irregularity-type">abn-low</efbc:StatisticsCode>'
        "<efbc:StatisticsNumeric>3</efbc:StatisticsNumeric></efac:AppealRequestsStatistics>"
    )
    assert places(result(build, build.awarded + counted)) == [("BT-635", "abn-low: 3")]


def test_a_withheld_reason_of_no_award(build: Any) -> None:
    closed = (
        '<cbc:TenderResultCode listName="winner-selection-status">clos-nw</cbc:TenderResultCode>'
        f"<efac:DecisionReason>{PRIVACY.format('no-awa-rea')}"
        "<efbc:DecisionReasonCode>unpublished</efbc:DecisionReasonCode></efac:DecisionReason>"
    )
    notice = build.notice(extension=build.results(build.result("RES-0001", more=closed)), kind="can-standard")
    assert [one.field for one in notice.withheld] == ["BT-144"]
    assert (notice.awards[0].status, notice.awards[0].reason) == ("not_awarded", None)


def test_groups_of_fields_withheld_by_the_notice(build: Any) -> None:
    group = "<efac:NondisclosureReference><efbc:NondisclosureID>{}</efbc:NondisclosureID></efac:NondisclosureReference>"
    extension = (
        f"<efac:NoticeInformationNondisclosure>{group.format('not-fram')}{group.format('eop-info')}"
        "<efac:NondisclosureJustification><efbc:NondisclosureJustificationCode>eo-int"
        "</efbc:NondisclosureJustificationCode><efbc:NondisclosureJustificationDescription "
        'languageID="FRA">Secret.</efbc:NondisclosureJustificationDescription></efac:NondisclosureJustification>'
        "<efbc:InformationDisclosureDate>2034-01-31Z</efbc:InformationDisclosureDate>"
        "</efac:NoticeInformationNondisclosure>"
    )
    notice = build.notice(extension=extension)
    assert [(one.field, one.reason, one.until, one.text) for one in notice.withheld] == [
        ("not-fram", "eo-int", "2034-01-31", "Secret."),
        ("eop-info", "eo-int", "2034-01-31", "Secret."),
    ]
    assert notice.unread == ()


def test_a_result_that_lists_a_tender_for_another_lot_is_reported(build: Any) -> None:
    notice = build.notice(
        extension=build.results(
            build.result("RES-0002", ("TEN-0001",), lot="LOT-0002", more=build.awarded),
            build.tender("TEN-0001", "TPA-0001", "70"),
            build.party("TPA-0001", "ORG-0002"),
        ),
        organizations=build.organization("ORG-0002", "Société"),
        kind="can-standard",
    )
    assert [one.value for one in notice.awards[0].amounts] == ["70"]
    assert [(one.text, one.why.partition(":")[0]) for one in notice.unread] == [
        ("TEN-0001", "a tender for another lot than the result's")
    ]


def test_accessibility_is_justified_under_its_own_field(build: Any) -> None:
    kind = '<cbc:ProcurementTypeCode listName="accessibility">n-inc-just</cbc:ProcurementTypeCode>'
    words = '<cbc:ProcurementType languageID="FRA">Parce que.</cbc:ProcurementType>'
    project = f"<cac:ProcurementAdditionalType>{kind}{words}</cac:ProcurementAdditionalType>"
    assert places(build.notice(build.lot(project=project))) == [("BT-754", "n-inc-just"), ("BT-755", "Parce que.")]


def test_terms_stated_for_the_whole_procedure(build: Any) -> None:
    receiver = "<cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID></cac:PartyIdentification>"
    terms = (
        "<cac:TenderingTerms><cbc:FundingProgramCode>no-eu-funds</cbc:FundingProgramCode><cac:AppealTerms>"
        f"<cac:AppealReceiverParty>{receiver}</cac:AppealReceiverParty></cac:AppealTerms></cac:TenderingTerms>"
    )
    auction = (
        "<cac:AuctionTerms><cbc:AuctionConstraintIndicator>false</cbc:AuctionConstraintIndicator></cac:AuctionTerms>"
    )
    notice = build.notice(terms + procedure(auction), organizations=build.organization("ORG-0002", "Chambre"))
    assert [(one.name, one.role) for one in notice.others] == [("Chambre", "review")]
    assert (notice.procedure.eu_funds, notice.procedure.electronic_auction) == (False, False)
    assert notice.unread == ()


def test_subcontracting_stated_where_the_result_points_to_the_tender(build: Any) -> None:
    term = (
        '<efac:SubcontractingTerm><efbc:TermAmount currencyID="EUR">11</efbc:TermAmount>'
        '<efbc:TermCode listName="applicability">yes</efbc:TermCode></efac:SubcontractingTerm>'
    )
    pointer = f"<efac:LotTender><cbc:ID>TEN-0001</cbc:ID>{term}</efac:LotTender>"
    notice = build.notice(
        extension=build.results(
            build.result("RES-0001", more=build.awarded + pointer), build.tender("TEN-0001", "TPA-0001", "70")
        ),
        kind="can-standard",
    )
    (award,) = notice.awards
    assert [(one.kind, one.value) for one in award.amounts] == [("subcontracted", "11"), ("award", "70")]
    assert places(notice) == [("BT-773", "yes")]


def test_a_law_named_for_a_lot(build: Any) -> None:
    law = (
        "<cac:ProcurementLegislationDocumentReference><cbc:ID>{}</cbc:ID></cac:ProcurementLegislationDocumentReference>"
    )
    notice = build.notice(build.lot(terms=law.format("vgv") + law.format("CrossBorderLaw")))
    assert places(notice) == [("BT-01", "vgv"), ("BT-09", "CrossBorderLaw")]


def test_a_deadline_written_time_first_is_cited_date_first(build: Any) -> None:
    times = "<cbc:EndTime>12:00:00Z</cbc:EndTime><cbc:EndDate>2030-01-31Z</cbc:EndDate>"
    lot = build.lot(process=f"<cac:TenderSubmissionDeadlinePeriod>{times}</cac:TenderSubmissionDeadlinePeriod>")
    document = build.document(lot)
    reading = read(document, cite=True)
    assert reading.notice.deadline == "2030-01-31T12:00:00Z"
    assert verify_citations(document, reading.notice, reading.citations) == []

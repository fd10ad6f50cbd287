"""Numbers of eForms fields: which field an element is, for labels and for passages.

In: a place in an eForms tree. Out: the label a person can follow ("BT-27, LOT-0001").

The numbers are facts of the eForms SDK (fields BT-…, OPP-…, OPT-…).

>>> from beffroi.formats.nodes import JsonNode
>>> label(next(iter(JsonNode("x", {"cbc:IssueDate": "2024-01-01"}))), "dispatched")
'BT-05'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element

LISTS = {
    "accelerated-procedure": "BT-106",
    "accessibility": "BT-754",
    "authority-activity": "BT-10",
    "buyer-contracting-type": "BT-740",
    "contract-nature": "BT-531",
    "customer-service": "OPP-071",
    "cvd-scope": "BT-717",
    "conditions": "BT-79",
    "direct-award-justification": "BT-136",
    "ecatalog-submission": "BT-764",
    "eed-scope": "BT-810",
    "einvoicing": "BT-743",
    "entity-activity": "BT-610",
    "environmental-impact": "BT-774",
    "esignature-submission": "BT-744",
    "exclusion-ground": "BT-67",
    "exclusion-grounds-source": "BT-806",
    "fsr": "BT-681",
    "gpp-criteria": "BT-805",
    "innovative-acquisition": "BT-776",
    "ipi-scope": "BT-684",
    "missing-info-submission": "BT-771",
    "nda": "BT-801",
    "requirement-stage": "BT-79",
    "reserved-execution": "BT-736",
    "reserved-procurement": "BT-71",
    "selection-criteria-source": "BT-821",
    "social-objective": "BT-775",
    "strategic-procurement": "BT-06",
    "tender-guarantee-required": "BT-751",
    "transport-service": "OPP-040",
}
"""Code list → field, for elements that hold codes of several lists."""
_FIELDS = {
    "AdditionalCommodityClassification/ItemClassificationCode": "BT-263",
    "AdditionalNoticeLanguage/ID": "BT-702",
    "Address/CityName": "BT-5131",
    "Address/CountrySubentityCode": "BT-5071",
    "Address/PostalZone": "BT-5121",
    "AdditionalInformationRequestPeriod/EndDate": "BT-13",
    "AdditionalInformationRequestPeriod/EndTime": "BT-13",
    "AppealReceiverParty/PartyIdentification/ID": "OPT-301",
    "AuctionConstraintIndicator": "BT-767",
    "AwardCriterionParameter/ParameterCode": "BT-541",
    "AwardCriterionParameter/ParameterNumeric": "BT-541",
    "AwardingCriterionTypeCode": "BT-539",
    "CallForTendersDocumentReference/Attachment/ExternalReference/URI": "BT-15",
    "Change/ChangeDescription": "BT-141",
    "ChangeReason/ReasonCode": "BT-140",
    "ChangeReason/ReasonDescription": "BT-762",
    "ChangedSectionIdentifier": "BT-13716",
    "Changes/ChangedNoticeIdentifier": "BT-758",
    "Company/PartyIdentification/ID": "OPT-200",
    "Company/PartyName/Name": "BT-500",
    "ContractFolderID": "BT-04",
    "ContractModification/Change/ChangeDescription": "BT-202",
    "ContractModification/ChangeReason/ReasonCode": "BT-200",
    "ContractModification/ChangeReason/ReasonDescription": "BT-201",
    "ContractModification/ChangedNoticeIdentifier": "BT-1501",
    "ContractReference/ID": "BT-150",
    "ContractingParty/Party/PartyIdentification/ID": "OPT-300",
    "DecisionReasonCode": "BT-144",
    "DurationMeasure": "BT-36",
    "EstimatedMaximumValueAmount": "BT-157",
    "EstimatedOverallContractAmount": "BT-27",
    "EstimatedOverallContractQuantity": "BT-25",
    "FieldsPrivacy/FieldIdentifierCode": "BT-195",
    "FieldsPrivacy/PublicationDate": "BT-198",
    "FieldsPrivacy/ReasonCode": "BT-197",
    "FieldsPrivacy/ReasonDescription": "BT-196",
    "FrameworkAgreement/Justification": "BT-109",
    "FrameworkAgreement/MaximumOperatorQuantity": "BT-113",
    "FrameworkAgreementValues/MaximumValueAmount": "BT-709",
    "FrameworkAgreementValues/ReestimatedValueAmount": "BT-660",
    "FrameworkMaximumAmount": "BT-271",
    "FundingProgramCode": "BT-60",
    "GovernmentAgreementConstraintIndicator": "BT-115",
    "GroupFramework/TenderLot/ID": "BT-556",
    "GroupFrameworkMaximumValueAmount": "BT-156",
    "GroupFrameworkReestimatedValueAmount": "BT-1561",
    "HigherTenderAmount": "BT-711",
    "InterestExpressionReceptionPeriod/EndDate": "BT-630",
    "InterestExpressionReceptionPeriod/EndTime": "BT-630",
    "IssueDate": "BT-05",
    "LotDistribution/LotsGroup/LotsGroupID": "BT-330",
    "LotDistribution/LotsGroup/ProcurementProjectLotReference/ID": "BT-1375",
    "LotDistribution/MaximumLotsAwardedNumeric": "BT-33",
    "LotDistribution/MaximumLotsSubmittedNumeric": "BT-31",
    "LotResult/ID": "OPT-322",
    "LotResult/TenderLot/ID": "BT-13713",
    "LotTender/TenderLot/ID": "BT-13714",
    "LowerTenderAmount": "BT-710",
    "MainCommodityClassification/ItemClassificationCode": "BT-262",
    "MaximumNumberNumeric": "BT-58",
    "MediationParty/PartyIdentification/ID": "OPT-301",
    "NoticeDocumentReference/ID": "BT-125",
    "NoticeLanguageCode": "BT-702",
    "NoticePublicationID": "OPP-010",
    "NoticeResult/TotalAmount": "BT-161",
    "NoticeTypeCode": "BT-02",
    "OptionsDescription": "BT-54",
    "Organization/Company": "BT-500",
    "OverallApproximateFrameworkContractsAmount": "BT-1118",
    "OverallMaximumFrameworkContractsAmount": "BT-118",
    "PaidAmount": "BT-779",
    "PartyLegalEntity/CompanyID": "BT-501",
    "PartyTypeCode": "BT-11",
    "PayableAmount": "BT-720",
    "PenaltiesAmount": "BT-782",
    "PlannedPeriod/EndDate": "BT-537",
    "PlannedPeriod/StartDate": "BT-536",
    "PostalAddress/CityName": "BT-513",
    "PostalAddress/Country/IdentificationCode": "BT-514",
    "PostalAddress/CountrySubentityCode": "BT-507",
    "PostalAddress/PostalZone": "BT-512",
    "Prize/Description": "BT-45",
    "Prize/RankCode": "BT-44",
    "Prize/ValueAmount": "BT-644",
    "ProcedureCode": "BT-105",
    "ProcurementProject/Description": "BT-24",
    "ProcurementProject/ID": "BT-22",
    "ProcurementProject/Name": "BT-21",
    "ProcurementProject/Note": "BT-300",
    "ProcurementProject/ProcurementTypeCode": "BT-23",
    "ProcurementProjectLot": "BT-137",
    "ProcurementProjectLot/ID": "BT-137",
    "Publication/PublicationDate": "OPP-012",
    "RankCode": "BT-171",
    "RealizedLocation/Address/Country/IdentificationCode": "BT-5141",
    "RealizedLocation/Description": "BT-728",
    "RegulatoryDomain": "BT-01",
    "Renewal/Period/Description": "BT-57",
    "RevenueBuyerAmount": "BT-160",
    "RevenueUserAmount": "BT-162",
    "SettledContract/AwardDate": "BT-1451",
    "SettledContract/ID": "OPT-316",
    "SettledContract/IssueDate": "BT-145",
    "SettledContract/LotTender/ID": "BT-3202",
    "SettledContract/Title": "BT-721",
    "StatisticsNumeric": "BT-759",
    "SubContractor/ID": "OPT-301",
    "SubTypeCode": "OPP-070",
    "SubcontractingTerm/TermAmount": "BT-553",
    "SubordinateAwardingCriterion/Description": "BT-540",
    "SubordinateAwardingCriterion/Name": "BT-734",
    "SubsequentProcessTenderRequirement/Description": "BT-111",
    "TenderReference/ID": "BT-3201",
    "TenderResultCode": "BT-142",
    "TenderSubmissionDeadlinePeriod/EndDate": "BT-131",
    "TenderSubmissionDeadlinePeriod/EndTime": "BT-131",
    "ParticipationRequestReceptionPeriod/EndDate": "BT-1311",
    "ParticipationRequestReceptionPeriod/EndTime": "BT-1311",
    "Tenderer/ID": "OPT-300",
    "TenderingProcess/Description": "BT-88",
    "VersionID": "BT-757",
}
"""The last steps of an element's path → its field; the longest match is it."""
_TECHNIQUES = {"framework-agreement": "BT-765", "dps-usage": "BT-766"}
_HOLDERS = ("ProcurementProjectLot", "LotResult", "LotTender", "SettledContract", "TenderingParty", "Company")
"""Elements whose identifier tells a person which lot, tender or organisation a field belongs to."""


def label(place: Place, path: str) -> str:
    """Return the field's number and what it belongs to ("BT-27, LOT-0001"), else the element's name."""
    del path
    element = cast("Element", getattr(place, "element", place))
    lineage = list(_lineage(element))
    names = [_local(one) for one in lineage]
    found = _by_path(names) or _by_list(element) or _reason(element, names[0]) or names[0]
    holder = next((one for one, name in zip(lineage, names, strict=True) if name in _HOLDERS), None)
    identifier = _identifier(holder) if holder is not None else ""
    return f"{found}, {identifier}" if identifier else found


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2]


def _lineage(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.getparent()


def _by_list(element: Element) -> str | None:
    name = element.get("listName") or ""
    return _TECHNIQUES.get(name) or LISTS.get(name)


def reason_field(element: Element) -> str:
    """Return the field of a ProcessReason: why the procedure is accelerated, else why awarded directly."""
    beside = element.getparent()
    lists = [child.get("listName") for child in beside] if beside is not None else []
    return "BT-1351" if "accelerated-procedure" in lists else "BT-135"


def _reason(element: Element, name: str) -> str | None:
    return reason_field(element) if name == "ProcessReason" else None


def _by_path(names: list[str]) -> str | None:
    """Return the field whose last steps these are, the longest first; `names` run from the element upwards."""
    for length in range(min(len(names), 4), 0, -1):
        found = _FIELDS.get("/".join(reversed(names[:length])))
        if found is not None:
            return found
    return None


def _identifier(element: Element) -> str:
    """Return the identifier of a lot, a tender, an organisation."""
    for child in element:
        name = _local(child)
        if name == "ID":
            return (child.text or "").strip()
        if name == "PartyIdentification":
            return _identifier(child)
    return ""

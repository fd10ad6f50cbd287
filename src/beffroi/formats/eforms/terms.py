"""Under which terms: `cac:TenderingTerms` of the procedure and of lots.

In: the element. Out: conditions kept as passages, award criteria, funds, bodies of review, limits on lots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import ignoring
from beffroi.formats.eforms.criteria import AWARDING_TERMS
from beffroi.formats.eforms.gathered import Section
from beffroi.formats.eforms.organizations import role_of
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.process import procedure
from beffroi.formats.eforms.values import (
    clause,
    coded,
    extension,
    into,
    pairs,
    pointer,
    pointing,
    web_address,
    whole,
)

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_FUNDED = {"eu-funds": True, "no-eu-funds": False}


def _eu_funds(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-60; on the procedure it is one of its terms."""
    text = cursor.value(element)
    said = _FUNDED.get(text)
    if said is None:
        if text:
            cursor.leave(element, "not a code of eu-funded")
        return
    draft = procedure(section) if section.id is None else section.draft
    draft["eu_funds"] = said
    cursor.cite(draft, "eu_funds", element)


FUNDING = into(
    {
        "cbc:FundingProgramCode": clause("BT-7220"),
        "efbc:FinancingIdentifier": clause("BT-5010"),
        "cbc:Description": clause("BT-6140"),
    }
)
_LEGISLATION = into(
    {
        "cbc:ID": ignoring("the number of a reference inside the notice"),
        "cac:Attachment": web_address,
        "cac:IssuerParty": pointing,
        "cbc:DocumentDescription": clause("OPT-110"),
    }
)
_REQUIREMENT = into({"cbc:TendererRequirementTypeCode": coded, "cbc:Description": clause("BT-772")})
_SELECTION = into(
    {
        "cbc:CriterionTypeCode": coded,
        "cbc:TendererRequirementTypeCode": coded,
        "cbc:CalculationExpressionCode": coded,
        "efbc:SecondStageIndicator": coded,
        "cbc:Name": clause("BT-749"),
        "cbc:Description": clause("BT-750"),
        "efac:CriterionParameter": into({"efbc:ParameterCode": coded, "efbc:ParameterNumeric": clause("BT-752")}),
    }
)
_DOCUMENTS = into(
    {
        "cbc:ID": ignoring("the number of a document inside the notice"),
        "cbc:DocumentType": coded,
        "cbc:DocumentTypeCode": coded,
        "cbc:LanguageID": coded,
        "cac:Attachment": into({"cac:ExternalReference": into({"cbc:URI": clause("BT-15")})}),
        "ext:UBLExtensions": coded,
    }
)
_STRATEGIC: dict[str, Handler] = {
    "efbc:ApplicableLegalBasis": coded,
    "efac:StrategicProcurementInformation": into(
        {
            "efbc:ProcurementCategoryCode": coded,
            "efac:ProcurementDetails": into(
                {
                    "efbc:AssetCategoryCode": coded,
                    "efbc:LegalFrameworkCode": coded,
                    "efac:AssetLabel": coded,
                    "efac:AssetMetric": pairs("BT-8110"),
                    "efac:StrategicProcurementStatistics": pairs("BT-715"),
                }
            ),
            "efac:AppliedMeasure": into(
                {
                    "efbc:MeasureCode": coded,
                    "efac:MeasureStatistics": pairs("BT-6810"),
                    "efac:MeasureException": into(
                        {"efbc:ExceptionCode": coded, "efbc:ExceptionDescription": clause("BT-6830")}
                    ),
                }
            ),
        }
    ),
}
STRATEGIC = into(_STRATEGIC)
LOT_TERMS = into(
    {
        "cbc:VariantConstraintCode": coded,
        "cbc:FundingProgramCode": _eu_funds,
        "cbc:RecurringProcurementIndicator": coded,
        "cbc:RecurringProcurementDescription": clause("BT-95"),
        "cbc:LatestSecurityClearanceDate": clause("BT-78"),
        "cbc:RequiredCurriculaCode": coded,
        "cbc:MultipleTendersCode": coded,
        "cbc:OtherConditionsIndicator": coded,
        "cbc:AdditionalConditions": clause("BT-70"),
        "cac:AdditionalInformationParty": pointing,
        "cac:AllowedSubcontractTerms": into(
            {
                "cbc:SubcontractingConditionsCode": coded,
                "cbc:MinimumPercent": clause("BT-64"),
                "cbc:MaximumPercent": clause("BT-729"),
                "cbc:Description": clause("BT-651"),
            }
        ),
        "cac:AppealTerms": into(
            {
                "cac:PresentationPeriod": into({"cbc:Description": clause("BT-99")}),
                "cac:AppealInformationParty": pointing,
                "cac:AppealReceiverParty": role_of("review"),
                "cac:MediationParty": role_of("mediation"),
            }
        ),
        "cac:AwardingTerms": AWARDING_TERMS,
        "cac:CallForTendersDocumentReference": _DOCUMENTS,
        "cac:ContractExecutionRequirement": into(
            {"cbc:ExecutionRequirementCode": coded, "cbc:Name": coded, "cbc:Description": clause("BT-70")}
        ),
        "cac:DocumentProviderParty": pointing,
        "cac:EmploymentLegislationDocumentReference": _LEGISLATION,
        "cac:EnvironmentalLegislationDocumentReference": _LEGISLATION,
        "cac:FiscalLegislationDocumentReference": _LEGISLATION,
        "cac:Language": coded,
        "cac:PaymentTerms": into({"cbc:Note": clause("BT-77")}),
        "cac:PostAwardProcess": coded,
        "cac:RequiredFinancialGuarantee": into({"cbc:GuaranteeTypeCode": coded, "cbc:Description": clause("BT-75")}),
        "cac:SecurityClearanceTerm": into({"cbc:Code": coded, "cbc:Description": clause("BT-732")}),
        "cac:TenderEvaluationParty": pointing,
        "cac:TenderRecipientParty": pointing,
        "cac:TenderValidityPeriod": pairs("BT-98"),
        "cac:TendererQualificationRequest": into(
            {
                "cbc:CompanyLegalFormCode": coded,
                "cbc:CompanyLegalForm": clause("BT-76"),
                "cac:SpecificTendererRequirement": _REQUIREMENT,
            }
        ),
        "ext:UBLExtensions": extension(
            {
                "efac:Funding": FUNDING,
                "efac:SelectionCriteria": _SELECTION,
                "efac:StrategicProcurement": STRATEGIC,
                "efac:TenderSubcontractingRequirements": coded,
                "efac:FieldsPrivacy": withheld,
            }
        ),
    }
)


def _most_lots(field: str) -> Handler:
    """Return the handler of BT-31 (lots tendered for) or BT-33 (lots awarded to one tenderer)."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        number = whole(cursor, element)
        if number is not None:
            draft = procedure(section)
            draft[field] = number
            cursor.cite(draft, field, element)

    return read


def _group(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-330 (group) and BT-1375 (its lots)."""
    found = Section(section.notice, {})
    _GROUP(cursor, element, found)
    identified = found.pointers.get("group")
    members = found.pointers.get("lots", [])
    if not identified:
        for one in members:
            cursor.leave(one.element, "a group of lots without its identifier")
        return
    draft = group_draft(section, identified[0].id)
    cursor.anchor(draft, element)
    cursor.cite(draft, "id", identified[0].element)
    draft["lot_ids"] = [one.id for one in members]
    for index, one in enumerate(members):
        cursor.cite(draft, f"lot_ids[{index}]", one.element)


def group_draft(section: Section, identifier: str) -> Draft:
    """Return the draft of a group of lots, made where it is first met."""
    groups: list[Draft] = section.notice.draft.setdefault("lot_groups", [])
    for one in groups:
        if one["id"] == identifier:
            return one
    groups.append({"id": identifier})
    return groups[-1]


_GROUP = into(
    {
        "cbc:LotsGroupID": pointer("group"),
        "cac:ProcurementProjectLotReference": into({"cbc:ID": pointer("lots")}),
    }
)
PROCEDURE_TERMS = into(
    {
        "cbc:FundingProgramCode": _eu_funds,
        "cac:ProcurementLegislationDocumentReference": into(
            {
                "cbc:ID": clause("BT-01"),
                "cbc:DocumentDescription": clause("BT-01"),
                "ext:UBLExtensions": extension({"efac:FieldsPrivacy": withheld}),
            }
        ),
        "cac:TendererQualificationRequest": into(
            {
                "cac:SpecificTendererRequirement": into(
                    {"cbc:TendererRequirementTypeCode": coded, "cbc:Description": clause("BT-67")}
                )
            }
        ),
        "cac:LotDistribution": into(
            {
                "cbc:MaximumLotsAwardedNumeric": _most_lots("max_lots_awarded"),
                "cbc:MaximumLotsSubmittedNumeric": _most_lots("max_lots_tendered"),
                "cac:LotsGroup": _group,
            }
        ),
        "ext:UBLExtensions": extension({"efac:Funding": FUNDING, "efac:FieldsPrivacy": withheld}),
    }
)

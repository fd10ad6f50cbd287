"""Under which terms: `cac:TenderingTerms` of the procedure and of lots.

In: the element. Out: conditions kept as passages, award criteria, funds, bodies of review, limits on lots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.criteria import AWARDING_TERMS
from beffroi.formats.eforms.gathered import Section
from beffroi.formats.eforms.neighbours import beside, by_neighbour
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.process import PRESELECTED, procedure
from beffroi.formats.eforms.roles import body, role_of
from beffroi.formats.eforms.strategic import STRATEGIC
from beffroi.formats.eforms.values import clause, extension, into, listed, pairs, pointer, whole

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

CONDITIONS = {"customer-service": "OPT-072", "nda": "BT-802", "reserved-execution": "OPT-070"}
"""List of the condition's code → field of its description; those of performance are BT-70."""
CROSS_BORDER = "CrossBorderLaw"
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
    cursor.cite(draft, "eu_funds", element, rule=f"the code {text} of eu-funded says so")


def funding(programme: str, identifier: str, details: str) -> Handler:
    """Return the handler of where the money of a lot or of a contract comes from."""
    return into(
        {
            "cbc:FundingProgramCode": clause(programme),
            "efbc:FinancingIdentifier": clause(identifier),
            "cbc:Description": clause(details),
        }
    )


FUNDING = funding("BT-7220", "BT-5010", "BT-6140")


def _legislation(number: str, address: str, name: str) -> Handler:
    """Return the handler of where a body of law is explained."""
    return into(
        {
            "cbc:ID": clause(number),
            "cac:Attachment": into({"cac:ExternalReference": into({"cbc:URI": clause(address)})}),
            "cac:IssuerParty": body(f"OPT-301-{name}"),
            "cbc:DocumentDescription": clause(address),
        }
    )


_REQUIREMENT = into({"cbc:TendererRequirementTypeCode": listed("BT-71"), "cbc:Description": clause("BT-772")})
_SELECTION = into(
    {
        "cbc:CriterionTypeCode": listed("BT-747"),
        "cbc:TendererRequirementTypeCode": listed("BT-809"),
        "cbc:CalculationExpressionCode": listed("BT-748"),
        "efbc:SecondStageIndicator": listed("BT-40"),
        "cbc:Name": clause("BT-749"),
        "cbc:Description": clause("BT-750"),
        "efac:CriterionParameter": pairs("BT-752"),
    }
)
_OPEN = into({"cac:ExternalReference": into({"cbc:URI": clause("BT-15")})})
_RESTRICTED = into({"cac:ExternalReference": into({"cbc:URI": clause("BT-615")})})


def _address(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-15, or BT-615 where access to the documents is restricted (BT-14)."""
    kind = beside(element, "DocumentType")
    restricted = kind is not None and (kind.text or "").strip() == "restricted-document"
    (_RESTRICTED if restricted else _OPEN)(cursor, element, section)


_DOCUMENTS = into(
    {
        "cbc:ID": clause("OPT-140"),
        "cbc:DocumentType": listed("BT-14"),
        "cbc:DocumentTypeCode": listed("BT-707"),
        "cbc:LanguageID": listed("BT-708"),
        "cbc:DocumentStatusCode": listed("BT-708"),
        "cac:Attachment": _address,
        "ext:UBLExtensions": extension(
            {
                "efac:OfficialLanguages": into({"cac:Language": into({"cbc:ID": listed("BT-708")})}),
                "efac:NonOfficialLanguages": into({"cac:Language": into({"cbc:ID": listed("BT-737")})}),
            }
        ),
    }
)
_LAW = {True: clause("BT-09"), False: clause("BT-01")}


def _law(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-01, or BT-09 where the law applies across borders."""
    _LAW[(element.text or "").strip() == CROSS_BORDER](cursor, element, section)


_TERMS: dict[str, Handler] = {
    "cac:ProcurementLegislationDocumentReference": into(
        {
            "cbc:ID": _law,
            "cbc:DocumentDescription": by_neighbour("BT-01", "ID", {CROSS_BORDER: "BT-09"}),
            "ext:UBLExtensions": extension({"efac:FieldsPrivacy": withheld}),
        }
    ),
    "cbc:VariantConstraintCode": listed("BT-63"),
    "cbc:FundingProgramCode": _eu_funds,
    "cbc:RecurringProcurementIndicator": listed("BT-94"),
    "cbc:RecurringProcurementDescription": clause("BT-95"),
    "cbc:LatestSecurityClearanceDate": clause("BT-78"),
    "cbc:RequiredCurriculaCode": listed("BT-79"),
    "cbc:MultipleTendersCode": listed("BT-769"),
    "cbc:OtherConditionsIndicator": listed("BT-70"),
    "cbc:AdditionalConditions": clause("BT-70"),
    "cac:AdditionalInformationParty": body("OPT-301-AddInfo"),
    "cac:AllowedSubcontractTerms": into(
        {
            "cbc:SubcontractingConditionsCode": listed("BT-65"),
            "cbc:MinimumPercent": clause("BT-64"),
            "cbc:MaximumPercent": clause("BT-729"),
            "cbc:Description": clause("BT-651"),
        }
    ),
    "cac:AppealTerms": into(
        {
            "cac:PresentationPeriod": into({"cbc:Description": clause("BT-99")}),
            "cac:AppealInformationParty": body("OPT-301-ReviewInfo"),
            "cac:AppealReceiverParty": role_of("review"),
            "cac:MediationParty": role_of("mediation"),
        }
    ),
    "cac:CallForTendersDocumentReference": _DOCUMENTS,
    "cac:ContractExecutionRequirement": into(
        {
            "cbc:ExecutionRequirementCode": listed("BT-70"),
            "cbc:Name": clause("BT-70"),
            "cbc:Description": by_neighbour("BT-70", "ExecutionRequirementCode", CONDITIONS),
        }
    ),
    "cac:DocumentProviderParty": body("OPT-301-DocProvider"),
    "cac:EconomicOperatorShortList": into({"cac:PreSelectedParty": PRESELECTED}),
    "cac:EmploymentLegislationDocumentReference": _legislation("OPT-113", "OPT-130", "EmployLegis"),
    "cac:EnvironmentalLegislationDocumentReference": _legislation("OPT-112", "OPT-120", "EnvironLegis"),
    "cac:FiscalLegislationDocumentReference": _legislation("OPT-111", "OPT-110", "FiscalLegis"),
    "cac:Language": into({"cbc:ID": listed("BT-97")}),
    "cac:PaymentTerms": into({"cbc:Note": clause("BT-77")}),
    "cac:PostAwardProcess": into(
        {
            "cbc:ElectronicOrderUsageIndicator": listed("BT-92"),
            "cbc:ElectronicPaymentUsageIndicator": listed("BT-93"),
        }
    ),
    "cac:RequiredFinancialGuarantee": into(
        {"cbc:GuaranteeTypeCode": listed("BT-751"), "cbc:Description": clause("BT-75")}
    ),
    "cac:SecurityClearanceTerm": into({"cbc:Code": listed("BT-578"), "cbc:Description": clause("BT-732")}),
    "cac:TenderEvaluationParty": body("OPT-301-TenderEval"),
    "cac:TenderRecipientParty": body("OPT-301-TenderReceipt"),
    "cac:TenderValidityPeriod": pairs("BT-98"),
    "cac:TendererQualificationRequest": into(
        {
            "cbc:CompanyLegalFormCode": listed("BT-761"),
            "cbc:CompanyLegalForm": clause("BT-76"),
            "cac:SpecificTendererRequirement": _REQUIREMENT,
        }
    ),
    "ext:UBLExtensions": extension(
        {
            "efac:Funding": FUNDING,
            "efac:SelectionCriteria": _SELECTION,
            "efac:StrategicProcurement": STRATEGIC,
            "efac:TenderSubcontractingRequirements": into(
                {"efbc:TenderSubcontractingRequirementsCode": listed("BT-651")}
            ),
            "efac:FieldsPrivacy": withheld,
        }
    ),
}
"""What a lot states of its terms; some national forms state it for the whole procedure."""
LOT_TERMS = into({**_TERMS, "cac:AwardingTerms": AWARDING_TERMS})


GROUP_TERMS = into({"cac:AwardingTerms": AWARDING_TERMS})


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
        **_TERMS,
        "cac:TendererQualificationRequest": into(
            {
                "cac:SpecificTendererRequirement": into(
                    {"cbc:TendererRequirementTypeCode": listed("BT-67"), "cbc:Description": clause("BT-67")}
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
    }
)

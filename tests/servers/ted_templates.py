"""The XML of invented notices: calls and results, as eForms (SDK 1.10) and as TED XML (R2.0.9).

In: `Facts`. Out: a document, put together from the pieces below; a piece whose fact is empty is left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple


class Town(NamedTuple):
    """Where a buyer is; language and country as eForms and as TED XML write them."""

    name: str
    buyer: str
    nuts: str
    country: str
    language: str
    old_country: str
    old_language: str


class Facts(NamedTuple):
    """What a notice says."""

    number: str
    issue: int
    day: date
    folder: str
    notice_id: str
    call: str | None
    call_id: str | None
    call_issue: int
    changes: bool
    town: Town
    title: str
    cpv: str
    nature: str
    value: int
    lots: int
    deadline: date | None


EFORMS = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
 xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"
 xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"
 xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{changes}{results}
<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">{subtype}</cbc:SubTypeCode></efac:NoticeSubType>
<efac:Organizations>{organizations}</efac:Organizations>
<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">{number}</efbc:NoticePublicationID>
<efbc:GazetteID schemeName="ojs-id">{issue}/{day.year}</efbc:GazetteID>
<efbc:PublicationDate>{day}+02:00</efbc:PublicationDate></efac:Publication>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:UBLVersionID>2.3</cbc:UBLVersionID>
<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">{notice_id}</cbc:ID>
<cbc:ContractFolderID>{folder}</cbc:ContractFolderID>
<cbc:IssueDate>{sent}+02:00</cbc:IssueDate>
<cbc:IssueTime>09:30:00+02:00</cbc:IssueTime>
<cbc:VersionID>01</cbc:VersionID>
<cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain>
<cbc:NoticeTypeCode listName="{form}">{kind}</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode listName="language">{town.language}</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification>
<cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">open</cbc:ProcedureCode>
</cac:TenderingProcess>
<cac:ProcurementProject>{name}
<cbc:ProcurementTypeCode listName="contract-nature">{nature}</cbc:ProcurementTypeCode>{estimate}{cpv}
</cac:ProcurementProject>
{lots}</{root}>
"""
ORGANIZATION = """
<efac:Organization><efac:Company>
<cac:PartyIdentification><cbc:ID schemeName="organization">ORG-{n:04}</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name languageID="{town.language}">{name}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:CityName>{town.name}</cbc:CityName><cbc:PostalZone>99995</cbc:PostalZone>
<cbc:CountrySubentityCode listName="nuts-lvl3">{town.nuts}</cbc:CountrySubentityCode>
<cac:Country><cbc:IdentificationCode listName="country">{town.country}</cbc:IdentificationCode></cac:Country>
</cac:PostalAddress>
<cac:PartyLegalEntity><cbc:CompanyID>{town.country}0000000{n}</cbc:CompanyID></cac:PartyLegalEntity>
</efac:Company></efac:Organization>"""
NAME = """
<cbc:Name languageID="{town.language}">{title}{suffix}</cbc:Name>
<cbc:Description languageID="{town.language}">{title}{suffix}, {town.buyer}.</cbc:Description>"""
CPV = """
<cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">{cpv}</cbc:ItemClassificationCode>
</cac:MainCommodityClassification>"""
ESTIMATE = """
<cac:RequestedTenderTotal>
<cbc:EstimatedOverallContractAmount currencyID="EUR">{value}</cbc:EstimatedOverallContractAmount>
</cac:RequestedTenderTotal>"""
DEADLINE = """
<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>{deadline}+02:00</cbc:EndDate>
<cbc:EndTime>12:00:00+02:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>"""
LOT = """<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-{n:04}</cbc:ID>
<cac:TenderingTerms/><cac:TenderingProcess>{deadline}
<cac:ContractingSystem>
<cbc:ContractingSystemTypeCode listName="framework-agreement">none</cbc:ContractingSystemTypeCode>
</cac:ContractingSystem></cac:TenderingProcess>
<cac:ProcurementProject>{name}
<cbc:ProcurementTypeCode listName="contract-nature">{nature}</cbc:ProcurementTypeCode>{estimate}{cpv}
<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">24</cbc:DurationMeasure></cac:PlannedPeriod>
</cac:ProcurementProject></cac:ProcurementProjectLot>
"""
CHANGES = """
<efac:Changes><efbc:ChangedNoticeIdentifier>{call_id}-01</efbc:ChangedNoticeIdentifier>
<efac:ChangeReason><cbc:ReasonCode listName="change-corr-justif">cor-buy</cbc:ReasonCode></efac:ChangeReason>
</efac:Changes>"""
RESULTS = """
<efac:NoticeResult>{total}{results}{tenders}
<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0001</cbc:ID>
<efac:Tenderer><cbc:ID schemeName="organization">ORG-0002</cbc:ID></efac:Tenderer></efac:TenderingParty>
</efac:NoticeResult>"""
TOTAL = """<cbc:TotalAmount currencyID="EUR">{value}</cbc:TotalAmount>"""
RESULT = """
<efac:LotResult><cbc:ID schemeName="result">RES-{n:04}</cbc:ID>
<cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>
<efac:LotTender><cbc:ID schemeName="tender">TEN-{n:04}</cbc:ID></efac:LotTender>
<efac:TenderLot><cbc:ID schemeName="Lot">LOT-{n:04}</cbc:ID></efac:TenderLot></efac:LotResult>"""
TENDER = """
<efac:LotTender><cbc:ID schemeName="tender">TEN-{n:04}</cbc:ID>{price}
<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0001</cbc:ID></efac:TenderingParty>
<efac:TenderLot><cbc:ID schemeName="Lot">LOT-{n:04}</cbc:ID></efac:TenderLot></efac:LotTender>"""
PRICE = """
<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">{value}</cbc:PayableAmount></cac:LegalMonetaryTotal>"""

TED_XML = """<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
 xmlns:n2016="http://publications.europa.eu/resource/schema/ted/2016/nuts"
 VERSION="R2.0.9.S05.E01" DOC_ID="{number}" EDITION="{day.year}{issue:03}">
<TECHNICAL_SECTION><FORM_LG_LIST>{town.old_language} </FORM_LG_LIST></TECHNICAL_SECTION>
<CODED_DATA_SECTION>
<REF_OJS><COLL_OJ>S</COLL_OJ><NO_OJ>{issue}</NO_OJ><DATE_PUB>{day:%Y%m%d}</DATE_PUB></REF_OJS>
<NOTICE_DATA><NO_DOC_OJS>{reference}</NO_DOC_OJS><LG_ORIG>{town.old_language}</LG_ORIG>
<ISO_COUNTRY VALUE="{town.old_country}"/>{original}{earlier}</NOTICE_DATA>
<CODIF_DATA><DS_DATE_DISPATCH>{sent:%Y%m%d}</DS_DATE_DISPATCH>
<TD_DOCUMENT_TYPE CODE="{type[0]}">{type[1]}</TD_DOCUMENT_TYPE>
<PR_PROC CODE="1">Open procedure</PR_PROC></CODIF_DATA>
</CODED_DATA_SECTION>
<FORM_SECTION><{form}_2014 CATEGORY="ORIGINAL" FORM="{form}" LG="{town.old_language}">
<LEGAL_BASIS VALUE="32014L0024"/>
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>{town.buyer}</OFFICIALNAME><TOWN>{town.name}</TOWN>
<POSTAL_CODE>99998</POSTAL_CODE><COUNTRY VALUE="{town.old_country}"/><n2016:NUTS CODE="{town.nuts}"/>
</ADDRESS_CONTRACTING_BODY><CA_TYPE VALUE="REGIONAL_AUTHORITY"/></CONTRACTING_BODY>
<OBJECT_CONTRACT>{title}{cpv}<TYPE_CONTRACT CTYPE="{nature}"/>
<SHORT_DESCR><P>{buyer}: prestations.</P></SHORT_DESCR>{value}<{division}/>
{lots}</OBJECT_CONTRACT>
<PROCEDURE><PT_OPEN/>{deadline}{call}</PROCEDURE>
{awards}<COMPLEMENTARY_INFO><DATE_DISPATCH_NOTICE>{sent}</DATE_DISPATCH_NOTICE></COMPLEMENTARY_INFO>
</{form}_2014></FORM_SECTION>
</TED_EXPORT>
"""
OLD_LOT = """<OBJECT_DESCR ITEM="{n}">{title}{lot_no}<n2016:NUTS CODE="{town.nuts}"/>
<SHORT_DESCR><P>Prestations du lot {n}.</P></SHORT_DESCR><NO_OPTIONS/><NO_EU_PROGR_RELATED/></OBJECT_DESCR>
"""
OLD_DEADLINE = """
<DATE_RECEIPT_TENDERS>{deadline}</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>12:00</TIME_RECEIPT_TENDERS>"""
OLD_AWARD = """<AWARD_CONTRACT ITEM="{n}"><CONTRACT_NO>C-{n}</CONTRACT_NO>{lot_no}{title}
<AWARDED_CONTRACT><DATE_CONCLUSION_CONTRACT>{concluded}</DATE_CONCLUSION_CONTRACT>
<NB_TENDERS_RECEIVED>3</NB_TENDERS_RECEIVED><NO_AWARDED_TO_GROUP/>
<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>{town.name} Industrie</OFFICIALNAME><TOWN>{town.name}</TOWN>
<COUNTRY VALUE="{town.old_country}"/><n2016:NUTS CODE="{town.nuts}"/></ADDRESS_CONTRACTOR><SME/></CONTRACTOR>{price}
</AWARDED_CONTRACT></AWARD_CONTRACT>
"""


def eforms(facts: Facts, *, result: bool) -> str:
    """Return a contract notice (the whole notice again where it changes its call), or an award notice."""
    town = facts.town
    winner = ORGANIZATION.format(n=2, town=town, name=f"{town.name} Industrie") if result else ""
    call = "" if result else "call"
    return EFORMS.format(
        **facts._asdict()
        | {
            "root": "ContractAwardNotice" if result else "ContractNotice",
            "subtype": "29" if result else "16",
            "form": "result" if result else "competition",
            "kind": "can-standard" if result else "cn-standard",
            "changes": CHANGES.format(call_id=facts.call_id) if facts.changes else "",
            "results": _results(facts) if result else "",
            "organizations": ORGANIZATION.format(n=1, town=town, name=town.buyer) + winner,
            "sent": facts.day - timedelta(4),
            "name": _name(facts, ""),
            "estimate": ESTIMATE.format(value=facts.value) if facts.value and call else "",
            "cpv": CPV.format(cpv=facts.cpv) if facts.cpv else "",
            "lots": "".join(_lot(facts, n, call=not result) for n in range(1, facts.lots + 1)),
        }
    )


def _name(facts: Facts, suffix: str) -> str:
    return NAME.format(town=facts.town, title=facts.title, suffix=suffix) if facts.title else ""


def _lot(facts: Facts, n: int, *, call: bool) -> str:
    return LOT.format(
        n=n,
        deadline=DEADLINE.format(deadline=facts.deadline) if call and facts.deadline else "",
        name=_name(facts, f", lot {n}"),
        nature=facts.nature,
        estimate=ESTIMATE.format(value=facts.value // facts.lots) if call and facts.value else "",
        cpv=CPV.format(cpv=facts.cpv) if facts.cpv else "",
    )


def _results(facts: Facts) -> str:
    share = facts.value // facts.lots
    price = PRICE.format(value=share) if share else ""
    lots = range(1, facts.lots + 1)
    return RESULTS.format(
        total=TOTAL.format(value=share * facts.lots) if share else "",
        results="".join(RESULT.format(n=n) for n in lots),
        tenders="".join(TENDER.format(n=n, price=price) for n in lots),
    )


def ted_xml(facts: Facts, *, result: bool) -> str:
    """Return a contract notice (F02), or an award notice (F03) that names its call."""
    call = _reference(facts.call or facts.number, facts.call_issue)
    share = facts.value // facts.lots
    sums = ("VAL_TOTAL", share * facts.lots) if result else ("VAL_ESTIMATED_TOTAL", facts.value)
    lots = range(1, facts.lots + 1)
    return TED_XML.format(
        **facts._asdict()
        | {
            "reference": _reference(facts.number, facts.issue),
            "form": "F03" if result else "F02",
            "type": ("7", "Contract award notice") if result else ("3", "Contract notice"),
            "sent": facts.day - timedelta(5),
            "buyer": facts.town.buyer,
            "nature": facts.nature.upper(),
            "title": _title(facts, ""),
            "original": f'<ORIGINAL_CPV CODE="{facts.cpv}">{facts.cpv}</ORIGINAL_CPV>' if facts.cpv else "",
            "cpv": f'<CPV_MAIN><CPV_CODE CODE="{facts.cpv}"/></CPV_MAIN>' if facts.cpv else "",
            "earlier": f"<REF_NOTICE><NO_DOC_OJS>{call}</NO_DOC_OJS></REF_NOTICE>" if facts.call else "",
            "call": f"<NOTICE_NUMBER_OJ>{call}</NOTICE_NUMBER_OJ>" if facts.call else "",
            "value": _old_sum(*sums),
            "division": "LOT_DIVISION" if facts.lots > 1 else "NO_LOT_DIVISION",
            "deadline": OLD_DEADLINE.format(deadline=facts.deadline) if facts.deadline and not result else "",
            "lots": "".join(_old_part(facts, n, OLD_LOT) for n in lots),
            "awards": "".join(_old_part(facts, n, OLD_AWARD) for n in lots) if result else "",
        }
    )


def _reference(number: str, issue: int) -> str:
    """Return a number as the Official Journal refers to it: `2020/S 074-175835`."""
    own, _, year = number.partition("-")
    return f"{year}/S {issue:03}-{own}"


def _title(facts: Facts, suffix: str) -> str:
    return f"<TITLE><P>{facts.title}{suffix}</P></TITLE>" if facts.title else ""


def _old_sum(name: str, value: int) -> str:
    return f'<{name} CURRENCY="EUR">{value}</{name}>' if value else ""


def _old_part(facts: Facts, n: int, piece: str) -> str:
    several = facts.lots > 1
    return piece.format(
        n=n,
        town=facts.town,
        title=_title(facts, f", lot {n}") if several else "",
        lot_no=f"<LOT_NO>{n}</LOT_NO>" if several else "",
        concluded=facts.day - timedelta(20),
        price=_old_sum("VAL_TOTAL", facts.value // facts.lots),
    )

"""The XML of invented notices: calls and results, as eForms (SDK 1.10) and as TED XML (R2.0.9).

In: `Facts`. Out: a document. Each is one f-string: several thousand a second.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple


class Facts(NamedTuple):
    """What a notice says; an empty value is left out of it."""

    number: str
    issue: int
    day: date
    folder: str
    notice_id: str
    call: str | None
    call_id: str | None
    call_issue: int
    changes: bool
    town: tuple[str, str, str, str, str, str]
    title: str
    cpv: str
    nature: str
    value: int
    lots: int
    deadline: date | None


_UBL = (
    ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
    ' xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"'
    ' xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"'
    ' xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"'
    ' xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">'
)
_EXTENSION = "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
_EXTENSION_END = "</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"


def eforms_call(facts: Facts) -> str:
    """Return a contract notice, or the whole notice again where it changes its call."""
    changed = ""
    if facts.changes:
        changed = (
            f"<efac:Changes><efbc:ChangedNoticeIdentifier>{facts.call_id}-01</efbc:ChangedNoticeIdentifier>"
            "<efac:ChangeReason><cbc:ReasonCode listName='change-corr-justif'>cor-buy</cbc:ReasonCode></efac:ChangeReason>"
            "</efac:Changes>"
        )
    return _eforms(facts, "ContractNotice", "16", changed, ("competition", "cn-standard"), _call_lot)


def eforms_result(facts: Facts) -> str:
    """Return an award notice: each lot has one winner."""
    return _eforms(facts, "ContractAwardNotice", "29", _results(facts), ("result", "can-standard"), _result_lot)


def _eforms(facts: Facts, root: str, subtype: str, extra: str, kind: tuple[str, str], lot) -> str:  # type: ignore[no-untyped-def]
    town, _, country, nuts, language, prefix = facts.town
    lots = "".join(lot(facts, n) for n in range(1, facts.lots + 1))
    winner = _company(2, f"{town} Industrie", town, nuts, country, language) if kind[0] == "result" else ""
    total = f'<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">{facts.value}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>' if facts.value and kind[0] != "result" else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"{_UBL}\n'
        f'{_EXTENSION}<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">{subtype}</cbc:SubTypeCode></efac:NoticeSubType>{extra}'
        f"<efac:Organizations>{_company(1, f'{prefix} {town}', town, nuts, country, language)}{winner}</efac:Organizations>"
        f'<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">{facts.number}</efbc:NoticePublicationID>'
        f'<efbc:GazetteID schemeName="ojs-id">{facts.issue}/{facts.day.year}</efbc:GazetteID>'
        f"<efbc:PublicationDate>{facts.day}+02:00</efbc:PublicationDate></efac:Publication>{_EXTENSION_END}\n"
        "<cbc:UBLVersionID>2.3</cbc:UBLVersionID><cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>"
        f'<cbc:ID schemeName="notice-id">{facts.notice_id}</cbc:ID><cbc:ContractFolderID>{facts.folder}</cbc:ContractFolderID>'
        f"<cbc:IssueDate>{facts.day - timedelta(4)}+02:00</cbc:IssueDate><cbc:IssueTime>09:30:00+02:00</cbc:IssueTime>"
        "<cbc:VersionID>01</cbc:VersionID><cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain>"
        f'<cbc:NoticeTypeCode listName="{kind[0]}">{kind[1]}</cbc:NoticeTypeCode>'
        f'<cbc:NoticeLanguageCode listName="language">{"FRA" if language == "FRE" else language}</cbc:NoticeLanguageCode>\n'
        '<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID>'
        "</cac:PartyIdentification></cac:Party></cac:ContractingParty>"
        '<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">open</cbc:ProcedureCode></cac:TenderingProcess>\n'
        f"<cac:ProcurementProject>{_name(facts, '')}"
        f'<cbc:ProcurementTypeCode listName="contract-nature">{facts.nature}</cbc:ProcurementTypeCode>{total}{_cpv(facts)}</cac:ProcurementProject>\n'
        f"{lots}</{root}>\n"
    )


def _company(number: int, name: str, town: str, nuts: str, country: str, language: str) -> str:
    return (
        "<efac:Organization><efac:Company><cac:PartyIdentification>"
        f'<cbc:ID schemeName="organization">ORG-{number:04}</cbc:ID></cac:PartyIdentification>'
        f'<cac:PartyName><cbc:Name languageID="{language}">{name}</cbc:Name></cac:PartyName>'
        f"<cac:PostalAddress><cbc:CityName>{town}</cbc:CityName><cbc:PostalZone>99995</cbc:PostalZone>"
        f'<cbc:CountrySubentityCode listName="nuts-lvl3">{nuts}</cbc:CountrySubentityCode>'
        f'<cac:Country><cbc:IdentificationCode listName="country">{country}</cbc:IdentificationCode></cac:Country>'
        f"</cac:PostalAddress><cac:PartyLegalEntity><cbc:CompanyID>{country}0000000{number}</cbc:CompanyID></cac:PartyLegalEntity>"
        "</efac:Company></efac:Organization>\n"
    )


def _name(facts: Facts, suffix: str) -> str:
    language = "FRA" if facts.town[4] == "FRE" else facts.town[4]
    if not facts.title:
        return ""
    return (
        f'<cbc:Name languageID="{language}">{facts.title}{suffix}</cbc:Name>'
        f'<cbc:Description languageID="{language}">{facts.title}{suffix} pour {facts.town[5]} {facts.town[0]}.</cbc:Description>'
    )


def _cpv(facts: Facts) -> str:
    if not facts.cpv:
        return ""
    code = f'<cbc:ItemClassificationCode listName="cpv">{facts.cpv}</cbc:ItemClassificationCode>'
    return f"<cac:MainCommodityClassification>{code}</cac:MainCommodityClassification>"


def _lot(facts: Facts, number: int, process: str, total: str) -> str:
    return (
        f'<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-{number:04}</cbc:ID>'
        f"<cac:TenderingTerms/><cac:TenderingProcess>{process}"
        '<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">none</cbc:ContractingSystemTypeCode></cac:ContractingSystem>'
        f"</cac:TenderingProcess><cac:ProcurementProject>{_name(facts, f', lot {number}')}"
        f'<cbc:ProcurementTypeCode listName="contract-nature">{facts.nature}</cbc:ProcurementTypeCode>{total}{_cpv(facts)}'
        '<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">24</cbc:DurationMeasure></cac:PlannedPeriod>'
        "</cac:ProcurementProject></cac:ProcurementProjectLot>\n"
    )


def _call_lot(facts: Facts, number: int) -> str:
    period = total = ""
    if facts.deadline:
        period = (
            f"<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>{facts.deadline}+02:00</cbc:EndDate>"
            "<cbc:EndTime>12:00:00+02:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>"
        )
    if facts.value:
        amount = f'<cbc:EstimatedOverallContractAmount currencyID="EUR">{facts.value // facts.lots}</cbc:EstimatedOverallContractAmount>'
        total = f"<cac:RequestedTenderTotal>{amount}</cac:RequestedTenderTotal>"
    return _lot(facts, number, period, total)


def _result_lot(facts: Facts, number: int) -> str:
    return _lot(facts, number, "", "")


def _results(facts: Facts) -> str:
    lots = range(1, facts.lots + 1)
    share = facts.value // facts.lots
    total = f'<cbc:TotalAmount currencyID="EUR">{share * facts.lots}</cbc:TotalAmount>' if facts.value else ""
    price = (
        f'<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">{share}</cbc:PayableAmount></cac:LegalMonetaryTotal>'
        if facts.value
        else ""
    )
    results = "".join(
        f'<efac:LotResult><cbc:ID schemeName="result">RES-{n:04}</cbc:ID>'
        '<cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>'
        f'<efac:LotTender><cbc:ID schemeName="tender">TEN-{n:04}</cbc:ID></efac:LotTender>'
        f'<efac:TenderLot><cbc:ID schemeName="Lot">LOT-{n:04}</cbc:ID></efac:TenderLot></efac:LotResult>'
        for n in lots
    )
    tenders = "".join(
        f'<efac:LotTender><cbc:ID schemeName="tender">TEN-{n:04}</cbc:ID>{price}'
        '<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0001</cbc:ID></efac:TenderingParty>'
        f'<efac:TenderLot><cbc:ID schemeName="Lot">LOT-{n:04}</cbc:ID></efac:TenderLot></efac:LotTender>'
        for n in lots
    )
    return (
        f"<efac:NoticeResult>{total}{results}{tenders}"
        '<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0001</cbc:ID>'
        '<efac:Tenderer><cbc:ID schemeName="organization">ORG-0002</cbc:ID></efac:Tenderer></efac:TenderingParty></efac:NoticeResult>\n'
    )


def legacy_call(facts: Facts) -> str:
    """Return a contract notice (F02)."""
    estimate = f'<VAL_ESTIMATED_TOTAL CURRENCY="EUR">{facts.value}</VAL_ESTIMATED_TOTAL>' if facts.value else ""
    procedure = ""
    if facts.deadline:
        procedure = (
            f"<DATE_RECEIPT_TENDERS>{facts.deadline}</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>12:00</TIME_RECEIPT_TENDERS>"
        )
    return _legacy(facts, ("F02", "3", "Contract notice"), estimate, (f"<PT_OPEN/>{procedure}", ""))


def legacy_result(facts: Facts) -> str:
    """Return an award notice (F03) that names its call."""
    share = facts.value // facts.lots
    total = f'<VAL_TOTAL CURRENCY="EUR">{share * facts.lots}</VAL_TOTAL>' if facts.value else ""
    price = f'<VAL_TOTAL CURRENCY="EUR">{share}</VAL_TOTAL>' if facts.value else ""
    call = f"<NOTICE_NUMBER_OJ>{_reference(facts)}</NOTICE_NUMBER_OJ>" if facts.call else ""
    town, country, _, nuts = facts.town[:4]
    awards = "".join(
        f'<AWARD_CONTRACT ITEM="{n}"><CONTRACT_NO>C-{n}</CONTRACT_NO>{_lot_number(facts, n)}{_title(facts, f", lot {n}")}'
        f"<AWARDED_CONTRACT><DATE_CONCLUSION_CONTRACT>{facts.day - timedelta(20)}</DATE_CONCLUSION_CONTRACT>"
        "<NB_TENDERS_RECEIVED>3</NB_TENDERS_RECEIVED><NO_AWARDED_TO_GROUP/><CONTRACTOR><ADDRESS_CONTRACTOR>"
        f"<OFFICIALNAME>{town} Industrie</OFFICIALNAME><TOWN>{town}</TOWN><COUNTRY VALUE=\"{country}\"/>"
        f'<n2016:NUTS CODE="{nuts}"/></ADDRESS_CONTRACTOR><SME/></CONTRACTOR>{price}</AWARDED_CONTRACT></AWARD_CONTRACT>\n'
        for n in range(1, facts.lots + 1)
    )
    return _legacy(facts, ("F03", "7", "Contract award notice"), total, (f"<PT_OPEN/>{call}", awards))


def _reference(facts: Facts) -> str:
    number, _, year = (facts.call or "").partition("-")
    return f"{year}/S {facts.call_issue:03}-{number}"


def _title(facts: Facts, suffix: str = "") -> str:
    return f"<TITLE><P>{facts.title}{suffix}</P></TITLE>" if facts.title else ""


def _lot_number(facts: Facts, number: int) -> str:
    return f"<LOT_NO>{number}</LOT_NO>" if facts.lots > 1 else ""


def _legacy(facts: Facts, form: tuple[str, str, str], value: str, ends: tuple[str, str]) -> str:
    town, country, _, nuts, _, prefix = facts.town
    code, kind, words = form
    number, _, year = facts.number.partition("-")
    sent = facts.day - timedelta(5)
    language = {"ES": "ES", "DE": "DE", "PL": "PL", "IT": "IT"}.get(country, "FR")
    cpv = f'<CPV_MAIN><CPV_CODE CODE="{facts.cpv}"/></CPV_MAIN>' if facts.cpv else ""
    original = f'<ORIGINAL_CPV CODE="{facts.cpv}">{facts.cpv}</ORIGINAL_CPV>' if facts.cpv else ""
    earlier = f"<REF_NOTICE><NO_DOC_OJS>{_reference(facts)}</NO_DOC_OJS></REF_NOTICE>" if facts.call else ""
    nature = {"works": "1", "supplies": "2", "services": "4"}[facts.nature]
    lots = "".join(
        f'<OBJECT_DESCR ITEM="{n}">{_title(facts, f", lot {n}") if facts.lots > 1 else ""}{_lot_number(facts, n)}<n2016:NUTS CODE="{nuts}"/>'
        f"<SHORT_DESCR><P>Prestations du lot {n}.</P></SHORT_DESCR><NO_OPTIONS/><NO_EU_PROGR_RELATED/></OBJECT_DESCR>\n"
        for n in range(1, facts.lots + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TED_EXPORT xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"'
        ' xmlns:n2016="http://publications.europa.eu/resource/schema/ted/2016/nuts" VERSION="R2.0.9.S05.E01"'
        f' DOC_ID="{facts.number}" EDITION="{year}{facts.issue:03}">\n'
        f"<TECHNICAL_SECTION><FORM_LG_LIST>{language} </FORM_LG_LIST></TECHNICAL_SECTION>\n<CODED_DATA_SECTION>"
        f"<REF_OJS><COLL_OJ>S</COLL_OJ><NO_OJ>{facts.issue}</NO_OJ><DATE_PUB>{facts.day:%Y%m%d}</DATE_PUB></REF_OJS>"
        f"<NOTICE_DATA><NO_DOC_OJS>{year}/S {facts.issue:03}-{number}</NO_DOC_OJS><LG_ORIG>{language}</LG_ORIG>"
        f'<ISO_COUNTRY VALUE="{country}"/>{original}<n2016:PERFORMANCE_NUTS CODE="{nuts}">{town}</n2016:PERFORMANCE_NUTS>{earlier}</NOTICE_DATA>\n'
        f'<CODIF_DATA><DS_DATE_DISPATCH>{sent:%Y%m%d}</DS_DATE_DISPATCH><TD_DOCUMENT_TYPE CODE="{kind}">{words}</TD_DOCUMENT_TYPE>'
        f'<NC_CONTRACT_NATURE CODE="{nature}">{facts.nature}</NC_CONTRACT_NATURE><PR_PROC CODE="1">Open procedure</PR_PROC></CODIF_DATA>'
        "</CODED_DATA_SECTION>\n<FORM_SECTION>"
        f'<{code}_2014 CATEGORY="ORIGINAL" FORM="{code}" LG="{language}"><LEGAL_BASIS VALUE="32014L0024"/>\n'
        f"<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>{prefix} {town}</OFFICIALNAME><TOWN>{town}</TOWN>"
        f'<POSTAL_CODE>99998</POSTAL_CODE><COUNTRY VALUE="{country}"/><n2016:NUTS CODE="{nuts}"/></ADDRESS_CONTRACTING_BODY>'
        '<CA_TYPE VALUE="REGIONAL_AUTHORITY"/></CONTRACTING_BODY>\n'
        f'<OBJECT_CONTRACT>{_title(facts)}{cpv}<TYPE_CONTRACT CTYPE="{facts.nature.upper()}"/>'
        f"<SHORT_DESCR><P>{facts.title or town}: prestations.</P></SHORT_DESCR>{value}{'<LOT_DIVISION/>' if facts.lots > 1 else '<NO_LOT_DIVISION/>'}\n"
        f"{lots}</OBJECT_CONTRACT>\n<PROCEDURE>{ends[0]}</PROCEDURE>\n{ends[1]}"
        f"<COMPLEMENTARY_INFO><DATE_DISPATCH_NOTICE>{sent}</DATE_DISPATCH_NOTICE></COMPLEMENTARY_INFO></{code}_2014>"
        "</FORM_SECTION>\n</TED_EXPORT>\n"
    )

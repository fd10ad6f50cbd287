"""The forms of invented notices of the BOAMP: what stands in `donnees`, in the shapes the bulletin publishes.

In: the facts of a notice. Out: its form, as the JSON the bulletin makes from XML (empty element: "", attribute: @name).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

_PARIS, _NOON, _TWO_HOURS = ZoneInfo("Europe/Paris"), time(12), timedelta(hours=2)

Form = dict[str, Any]


class Facts(NamedTuple):
    """What an invented notice is about; `earlier` is the number of the call it corrects or decides."""

    number: str
    day: date
    shape: str
    kind: str
    title: str
    buyer: str
    siret: str
    postcode: str
    city: str
    cpv: str
    nature: str
    deadline: date
    value: int
    months: int
    supplier: str
    supplier_siret: str
    earlier: str | None
    folder: str | None

    @property
    def offset(self) -> str:
        """Return the offset of Paris at noon of the deadline."""
        return "+02:00" if datetime.combine(self.deadline, _NOON, _PARIS).utcoffset() == _TWO_HOURS else "+01:00"

    @property
    def due(self) -> str | None:
        """Return noon of the deadline as the open data write it; of the legacy form an hour too late in summer."""
        if self.kind != "APPEL_OFFRE" or self.shape == "DSP":
            return None
        return f"{self.deadline}T{'10' if self.shape and self.offset == '+02:00' else '11'}:00:00+00:00"


def form(facts: Facts) -> Form:
    """Return the form of a notice."""
    return {"EFORMS": _eforms, "FNSimple": _national, "MAPA": _adapted, "DSP": _concession, "": _legacy}[facts.shape](
        facts
    )


def _said(text: str) -> Form:
    return {"@languageID": "FRA", "#text": text}


def _coded(listing: str, text: str) -> Form:
    return {"@listName": listing, "#text": text}


def _named(scheme: str, text: str) -> Form:
    return {"@schemeName": scheme, "#text": text}


def _euros(value: int) -> Form:
    return {"@currencyID": "EUR", "#text": str(value)}


def _company(reference: str, name: str, siret: str, facts: Facts) -> Form:
    address = {
        "cbc:CityName": facts.city,
        "cbc:PostalZone": facts.postcode,
        "cac:Country": {"cbc:IdentificationCode": _coded("country", "FRA")},
    }
    return {
        "efac:Company": {
            "cac:PartyIdentification": {"cbc:ID": _named("organization", reference)},
            "cac:PartyName": {"cbc:Name": _said(name)},
            "cac:PostalAddress": address,
            "cac:PartyLegalEntity": {"cbc:CompanyID": siret},
        }
    }


def _result(facts: Facts) -> Form:
    tender = {"cbc:ID": _named("tender", "TEN-0001")}
    lot = {"cbc:ID": _named("Lot", "LOT-0001")}
    return {
        "efac:LotResult": {
            "cbc:ID": _named("result", "RES-0001"),
            "cbc:TenderResultCode": _coded("winner-selection-status", "selec-w"),
            "efac:LotTender": tender,
            "efac:SettledContract": {"cbc:ID": _named("contract", "CON-0001")},
            "efac:TenderLot": lot,
        },
        "efac:LotTender": {
            **tender,
            "cac:LegalMonetaryTotal": {"cbc:PayableAmount": _euros(facts.value)},
            "efac:TenderingParty": {"cbc:ID": _named("tendering-party", "TPA-0001")},
            "efac:TenderLot": lot,
        },
        "efac:SettledContract": {
            "cbc:ID": _named("contract", "CON-0001"),
            "cbc:IssueDate": f"{facts.day}+02:00",
            "efac:LotTender": tender,
        },
        "efac:TenderingParty": {
            "cbc:ID": _named("tendering-party", "TPA-0001"),
            "efac:Tenderer": {"cbc:ID": _named("organization", "ORG-0002")},
        },
    }


def _project(facts: Facts, reference: str) -> Form:
    return {
        "cbc:ID": _named("InternalID", reference),
        "cbc:Name": _said(facts.title),
        "cbc:Description": _said(f"{facts.title}, selon le cahier des charges."),
        "cbc:ProcurementTypeCode": _coded("contract-nature", facts.nature),
        "cac:RequestedTenderTotal": {"cbc:EstimatedOverallContractAmount": _euros(facts.value)},
        "cac:MainCommodityClassification": {"cbc:ItemClassificationCode": _coded("cpv", facts.cpv)},
    }


def _eforms(facts: Facts) -> Form:
    award = facts.kind == "ATTRIBUTION"
    buyer = _company("ORG-0001", facts.buyer, facts.siret, facts)
    extension: Form = {"efac:NoticeResult": _result(facts)} if award else {}
    companies = [buyer, _company("ORG-0002", facts.supplier, facts.supplier_siret, facts)] if award else buyer
    extension |= {
        "efac:NoticeSubType": {"cbc:SubTypeCode": _coded("notice-subtype", "29" if award else "16")},
        "efac:Organizations": {"efac:Organization": companies},
    }
    due = {"cbc:EndDate": f"{facts.deadline}{facts.offset}", "cbc:EndTime": f"12:00:00{facts.offset}"}
    period = {"cac:PlannedPeriod": {"cbc:DurationMeasure": {"@unitCode": "MONTH", "#text": str(facts.months)}}}
    lot: Form = {"cbc:ID": _named("Lot", "LOT-0001")}
    if not award:
        lot["cac:TenderingProcess"] = {"cac:TenderSubmissionDeadlinePeriod": due}
    lot["cac:ProcurementProject"] = _project(facts, f"{facts.number}-1") | period
    content = {
        "ext:UBLExtensions": {
            "ext:UBLExtension": {"ext:ExtensionContent": {"efext:EformsExtension": extension}},
        },
        "cbc:UBLVersionID": "2.3",
        "cbc:CustomizationID": "eforms-sdk-1.13",
        "cbc:ContractFolderID": facts.folder,
        "cbc:IssueDate": f"{facts.day}+02:00",
        "cbc:VersionID": "01",
        "cbc:RegulatoryDomain": "32014L0024",
        "cbc:NoticeTypeCode": _coded(*(("result", "can-standard") if award else ("competition", "cn-standard"))),
        "cbc:NoticeLanguageCode": _coded("language", "FRA"),
        "cac:ContractingParty": {
            "cac:ContractingPartyType": {"cbc:PartyTypeCode": _coded("buyer-legal-type", "la")},
            "cac:Party": {"cac:PartyIdentification": {"cbc:ID": _named("organization", "ORG-0001")}},
        },
        "cac:TenderingProcess": {"cbc:ProcedureCode": _coded("procurement-procedure-type", "open")},
        "cac:ProcurementProject": _project(facts, facts.number),
        "cac:ProcurementProjectLot": lot,
    }
    return {"EFORMS": {"ContractAwardNotice" if award else "ContractNotice": content}}


def _national(facts: Facts) -> Form:
    nature = {
        "intitule": facts.title,
        "codeCPV": {"objetPrincipal": {"classPrincipale": facts.cpv}},
    }
    body: Form = {
        "organisme": {
            "nomOfficiel": facts.buyer,
            "typeIdentificationNational": {"siret": ""},
            "codeIdentificationNational": facts.siret,
            "cp": facts.postcode,
            "ville": facts.city,
        }
    }
    if facts.kind == "RECTIFICATIF":
        delay = {
            "rubDelais": "ReceptionOffres",
            "auLieuDeDate": f"{facts.deadline}T12:00:00",
            "lireDate": f"{facts.deadline}T17:00:00",
        }
        earlier = {"avisInitial": {"idWeb": facts.earlier}, "natureMarche": nature}
        body["rectificatif"] = {**earlier, "infosRectif": {"rectifDelais": [delay]}}
    elif facts.kind == "ATTRIBUTION":
        text = (
            f"Lot 1 : {facts.title} - {facts.supplier} ({facts.supplier_siret}) Montant : {facts.value}.00 euros HT\n"
            "Nombre d'offres reçues : 3"
        )
        earlier = {"avisInitial": {"idWeb": facts.earlier}, "natureMarche": nature}
        body["attribution"] = {**earlier, "attributionMarche": text}
    else:
        kinds = {"works": "travaux", "supplies": "fournitures", "services": "services"}
        body["initial"] = {
            "communication": {"identifiantInterne": f"{facts.day.year}-{facts.number[3:]}"},
            "procedure": {"procedureAdapteeO": "", "dateReceptionOffres": f"{facts.deadline}T12:00:00"},
            "natureMarche": nature
            | {
                "typeMarche": {kinds[facts.nature]: ""},
                "description": f"{facts.title}, selon le cahier des charges.",
                "lieuExecution": f"{facts.postcode} {facts.city}",
                "dureeMois": str(facts.months),
                "valeurEstimee": {"valeur": str(facts.value)},
            },
        }
    return {"FNSimple": body}


def _adapted(facts: Facts) -> Form:
    initial = {
        "description": {"objet": facts.title},
        "caracteristiques": {"principales": f"{facts.title}, selon le cahier des charges."},
        "duree": {"nbMois": str(facts.months)},
        "criteres": {"criterePondere": [{"critere": "Prix", "criterePCT": "60"}]},
        "delais": {"receptionOffres": f"{facts.deadline}T12:00:00"},
    }
    return {"MAPA": {"organisme": {"acheteurPublic": facts.buyer}, "initial": initial}}


def _concession(facts: Facts) -> Form:
    described = {
        "titreMarche": facts.title,
        "numeroReference": facts.number,
        "CPV": {"objetPrincipal": {"classPrincipale": facts.cpv}},
        "description": f"{facts.title}, à ses risques et périls.",
    }
    return {"DSP": {"organisme": {"nomOfficiel": facts.buyer}, "initial": {"descriptionMarche": described}}}


def _legacy(facts: Facts) -> Form:
    kinds = {"works": "TRAVAUX", "supplies": "FOURNITURES", "services": "SERVICES"}
    return {
        "IDENTITE": {
            "DENOMINATION": facts.buyer,
            "CODE_IDENT_NATIONAL": facts.siret,
            "CP": facts.postcode,
            "VILLE": facts.city,
        },
        "TYPE_ORGANISME": {"COMMUNE": ""},
        "OBJET": {
            "TITRE_MARCHE": facts.title,
            "TYPE_MARCHE": {kinds[facts.nature]: ""},
            "OBJET_COMPLET": f"{facts.title}, selon le cahier des charges.",
            "CPV": {"PRINCIPAL": facts.cpv},
        },
        "PROCEDURE": {"TYPE_PROCEDURE": {"PROCEDURE_ADAPTE": ""}},
        "CONDITION_DELAI": {"RECEPT_OFFRES": f"{facts.deadline}T12:00:00+01:00"},
    }

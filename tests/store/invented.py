"""Invented notices for the store's tests: records of the BOAMP's API, and the XML of the same."""

from __future__ import annotations

import json
from typing import Any


def record(number: str, title: str = "Fourniture de bancs", **changed: Any) -> dict[str, Any]:
    """Return a small call in the national form; `changed`: value, low, buyer, lots, description."""
    buyer = changed.get("buyer", "Commune de Valbourg-sur-Iserne")
    market: dict[str, Any] = {
        "intitule": title,
        "codeCPV": {"objetPrincipal": {"classPrincipale": changed.get("cpv", "39113600")}},
        "description": changed.get("description", "Bancs publics en bois"),
        "valeurEstimee": {"valeur": {"@devise": "EUR", "#text": changed.get("value", "12000.50")}},
    }
    form = {
        "FNSimple": {
            "organisme": {"nomOfficiel": buyer, "codeIdentificationNational": "21990001100017", "ville": "Valbourg"},
            "initial": {"natureMarche": market},
        }
    }
    gestion = {
        "REFERENCE": {
            "IDWEB": number,
            "TYPE_AVIS": {"FAMILLE": {"FNS": ""}, "NATURE": {"APPEL_OFFRE": {"STANDARD": ""}}},
        }
    }
    return {
        "idweb": number,
        "id": number.replace("-", "_"),
        "famille": "FNS",
        "dateparution": "2026-09-11",
        "nomacheteur": buyer,
        "objet": title,
        "nature": "APPEL_OFFRE",
        "etat": "INITIAL",
        "gestion": json.dumps(gestion),
        "donnees": json.dumps(form, ensure_ascii=False),
    }


def page(*records: dict[str, Any]) -> bytes:
    """Return the records as a page of the API."""
    return json.dumps({"total_count": len(records), "results": records}, ensure_ascii=False).encode()


def xml(number: str, title: str = "Fourniture de bancs", value: str = "12000.50") -> bytes:
    """Return the same notice as DILA publishes it in XML."""
    return (
        f"<ANNONCE><GESTION><REFERENCE><IDWEB>{number}</IDWEB><TYPE_AVIS><FAMILLE><FNS/></FAMILLE><NATURE><APPEL_OFFRE>"
        "<STANDARD/></APPEL_OFFRE></NATURE></TYPE_AVIS></REFERENCE><INDEXATION><DATE_PUBLICATION>2026-09-11"
        "</DATE_PUBLICATION></INDEXATION></GESTION><DONNEES><FNSimple><organisme><nomOfficiel>Commune de"
        " Valbourg-sur-Iserne</nomOfficiel><codeIdentificationNational>21990001100017</codeIdentificationNational>"
        f"<ville>Valbourg</ville></organisme><initial><natureMarche><intitule>{title}</intitule><codeCPV><objetPrincipal>"
        "<classPrincipale>39113600</classPrincipale></objetPrincipal></codeCPV><description>Bancs publics en bois"
        f'</description><valeurEstimee><valeur devise="EUR">{value}</valeur></valeurEstimee></natureMarche></initial>'
        "</FNSimple></DONNEES></ANNONCE>"
    ).encode()


def many(count: int) -> bytes:
    """Return a page of `count` different notices."""
    return page(*(record(f"26-{n}", f"Bancs de la rue {n}", value=f"{n + 1}.25") for n in range(1, count + 1)))

"""No record, however odd, makes the reader crash; what it reads it can cite, what it does not read it reports."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.formats import read
from beffroi.formats.coverage import coverage
from beffroi.formats.proof import verify_citations
from beffroi.notices import Document, to_json

NAMES = (
    *("id", "uid", "_type", "acheteur", "autoriteConcedante", "nature", "objet", "codeCPV", "techniques", "ccag"),
    *("modalitesExecution", "idAccordCadre", "offresRecues", "typeGroupementOperateurs", "lieuExecution", "dureeMois"),
    *("dateNotification", "datePublicationDonnees", "montant", "formePrix", "titulaires", "modifications", "source"),
    *("actesSousTraitance", "modificationsActesSousTraitance", "valeurGlobale", "concessionnaires", "typesPrix"),
    *("donneesExecution", "montantSubventionPublique", "titulaire_id_1", "titulaire_typeidentifiant_1", "titulaire_id"),
    *("acheteur_id", "lieuexecution_code", "lieuexecution_typecode", "procedure", "modification_id", "inconnu"),
    *("idmodification", "montantmodification", "titulairesmodification", "idactesoustraitance", "idsoustraitant"),
    *("montantmodificationactesoustraitance", "depensesinvestissement", "datesignaturemodification", "uid"),
)
_WORDS = (
    "CDL|NC|nan||oui|Accord-cadre|Marché|77899,00|1.0e+17|2.1999E13|18/03/2019|SIRET|2021-11-22T23:00:00Z|2021-02-30"
    "|21999000000016|219 990 000 00016|TVA|BE0999999999|Code postal|Système d'acquisition dynamique|Bons de commande"
    "|Solidaire|45316110-9|38000|Délégation de service public"
)
WORDS = st.sampled_from(_WORDS.split("|"))
SCALARS = (
    WORDS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
_INNER = (
    "id nom code typeCode titulaire typeIdentifiant technique modification montant tarif acteSousTraitance sousTraitant"
    " donneesAnnuelles tarifs dureeMois dateNotificationModification concessionnaire intituleTarif typePrix titulaires"
    " depensesInvestissement objetModification"
)
INNER = st.sampled_from(_INNER.split())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER, inner, max_size=4), max_leaves=12
)
ROWS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=14)


def _read(row: dict[str, Any]) -> None:
    whole = {"objet": "Drones", "montant": 1000, "dateNotification": "2020-01-01", "nature": "Marché", **row}
    data = json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        data.decode()
    except UnicodeDecodeError:
        data = json.dumps(whole).encode()
    document = Document.of(data, name="row.json", media_type="application/json")
    reading = read(document, cite=True)
    assert reading.citations is not None
    assert reading.uncited == ()
    assert verify_citations(document, reading.notice, reading.citations) == []
    assert to_json(read(document).notice) == to_json(reading.notice)
    assert coverage(document)[1].lost.total() == 0


@settings(max_examples=400, deadline=None)
@given(ROWS)
def test_any_row_is_read_and_cited(row: dict[str, Any]) -> None:
    _read(row)


@pytest.mark.parametrize(
    "row",
    [
        {"titulaires": [None], "modifications": [None, {}], "acheteur": None},
        {"titulaires": {"titulaire": [{"id": "1"}, {"id": "2"}]}, "techniques": "Accord-cadre, Concours"},
        {"titulaires": [[{"id": "1"}]], "acheteur": ["x"], "lieuExecution": "38"},
        {"donneesExecution": "", "concessionnaires": "", "autoriteConcedante": "", "dateDebutExecution": "nan"},
    ],
)
def test_odd_rows(row: dict[str, Any]) -> None:
    _read(row)

from __future__ import annotations

from typing import Any

import pytest

from beffroi.formats import read
from tests.formats.boamp.boamp_build import euros, notice, record


def of(perimeter: str, family: str = "JOUE") -> dict[str, Any]:
    """Return the GESTION of a notice of a perimeter, with an earlier notice of another one."""
    earlier = {"REFERENCE": {"IDWEB": "19-9", "TYPE_AVIS": {"PERIMETRE": {"DIRECTIVE-24": ""}}}}
    avis = {"FAMILLE": {family: ""}, "PERIMETRE": {perimeter: ""}, "NATURE": {"APPEL_OFFRE": ""}}
    return {"REFERENCE": {"TYPE_AVIS": avis}, "MARCHE": {"ANNONCE_ANTERIEUR": earlier}}


VALUED = {
    "OBJET": {
        "OBJET_COMPLET": "Drones",
        "CARACTERISTIQUES": {"VALEUR": euros("200")},
        "LOTS": {"LOT": [{"NUM": "1", "DESCRIPTION": "Un", "VALEUR": euros("100")}]},
    }
}


@pytest.mark.parametrize("perimeter", ["DIRECTIVE-23", "DIRECTIVE-24", "DIRECTIVE-25", "Directive24"])
def test_the_rubrics_of_the_forms_of_2014_exclude_vat(perimeter: str) -> None:
    one = notice(VALUED, of(perimeter))
    assert [one.amounts[0].vat, one.lots[0].amounts[0].vat] == ["excluded", "excluded"]
    assert notice(VALUED, perimetre=perimeter).amounts[0].vat == "excluded"


@pytest.mark.parametrize(
    ("perimeter", "family"),
    [
        ("CMP-2006", "JOUE"),
        ("DIRECTIVE-18", "JOUE"),
        ("DIRECTIVE-81", "JOUE"),
        ("AUTRE", "FNS"),
        ("DIRECTIVE-24", "FNS"),
    ],
)
def test_other_forms_leave_vat_unknown(perimeter: str, family: str) -> None:
    assert notice(VALUED, of(perimeter, family)).amounts[0].vat == "unknown"


def test_the_rubric_that_excludes_vat_is_cited() -> None:
    reading = read(record(VALUED, of("DIRECTIVE-24")), cite=True)
    assert reading.citations is not None
    cited = reading.citations["lots[0].amounts[0].vat"]
    assert (cited.label, cited.rule) == (
        "Rubrique II.2.6, lot 1",
        "rubric II.2.6 of the form states values excluding VAT",
    )


@pytest.mark.parametrize(
    ("words", "vat"),
    [
        ("Montant estimé : 100 € TTC.", "included"),
        ("Montant estimé : 120 € TTC.", "excluded"),
        ("Le montant des pénalités s'entend TTC.", "excluded"),
    ],
)
def test_words_beside_the_same_sum_win_over_the_rubric(words: str, vat: str) -> None:
    lot = {"NUM": "1", "DESCRIPTION": words, "VALEUR": euros("100")}
    one = notice({"OBJET": {"LOTS": {"LOT": [lot]}}}, of("DIRECTIVE-24"))
    assert one.lots[0].amounts[0].vat == vat


def test_sums_of_awards_and_of_changes_exclude_vat() -> None:
    told = {"MONTANT": euros("90"), "SOUSTRAITANCE_OUI": {"VALEUR": euros("9")}}
    decision = {"TITULAIRE": {"DENOMINATION": "ALPHA"}, "RENSEIGNEMENT": told}
    award = notice({"ATTRIBUTION": {"VALEUR_TOTALE": euros("90"), "DECISION": decision}}, of("DIRECTIVE-24"))
    assert {one.vat for one in (*award.amounts, *award.awards[0].amounts)} == {"excluded"}
    change = notice({"MODIF": {"VALEUR_AVT": euros("90"), "VALEUR_APR": euros("95")}}, of("DIRECTIVE-25"))
    assert [one.vat for one in change.awards[0].amounts] == ["excluded", "excluded"]


def test_a_fee_has_no_rubric_in_the_forms_of_2014() -> None:
    form = {"CONDITION_ADMINISTRATIVE": {"DOCUMENT_PAYANT_OUI": {"VALEUR": euros("20")}}}
    assert notice(form, of("DIRECTIVE-24")).amounts[0].vat == "unknown"

"""One quirk a case: a record as a platform writes it, and what is read of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from beffroi.errors import Malformed
from beffroi.formats import read
from beffroi.formats.proof import verify_citations
from beffroi.notices import Amount, Document, Notice

BASE: dict[str, Any] = {
    "id": "2020-07",
    "acheteur": {"id": "21999000000016"},
    "nature": "Marché",
    "objet": "Drones",
    "dateNotification": "2020-01-31",
    "montant": 50000.0,
}


def notice(document: Document) -> Notice:
    reading = read(document, cite=True)
    assert reading.citations is not None
    assert verify_citations(document, reading.notice, reading.citations) == []
    return reading.notice


def record(**fields: Any) -> Notice:
    data = json.dumps({**BASE, **fields}, ensure_ascii=False).encode()
    return notice(Document.of(data, name="one.json", media_type="application/json"))


def amounts(one: Notice) -> list[tuple[str, str | None]]:
    return [(amount.kind, amount.value) for amount in one.awards[0].amounts]


def why(one: Notice) -> list[tuple[str, str]]:
    return [(unread.place, unread.why) for unread in one.unread]


@pytest.mark.parametrize(
    ("fields", "instrument", "kind"),
    [
        ({"nature": "Marché"}, "contract", "award"),
        ({"nature": "MARCHE"}, "contract", "award"),
        ({"nature": "Accord-cadre"}, "framework", "framework_max"),
        ({"nature": "Marché subsequent"}, "call_off", "award"),
        ({"nature": "Marché de partenariat"}, "partnership", "award"),
        ({"techniques": {"technique": ["Concours", "Accord-cadre"]}}, "framework", "framework_max"),
        ({"techniques": "Accord-cadre, Concours"}, "framework", "framework_max"),
        ({"techniques": ["Accord-cadre"]}, "framework", "framework_max"),
        ({"techniques": {"technique": "Système d’acquisition dynamique"}}, "dps", "award"),
        ({"modalitesExecution": {"modaliteExecution": ["Bons de commande"]}}, "framework", "framework_max"),
        ({"idAccordCadre": "AC-1"}, "call_off", "award"),
        ({"idAccordCadre": "AC-1", "techniques": ["Accord-cadre"]}, "call_off", "award"),
        ({"idAccordCadre": "2020-07", "techniques": ["Accord-cadre"]}, "framework", "framework_max"),
        (
            {"idAccordCadre": "AC", "techniques": ["Accord-cadre"], "modalitesExecution": ["Bons de commande"]},
            "framework",
            "framework_max",
        ),
        ({"idAccordCadre": "CDL"}, "contract", "award"),
    ],
)
def test_a_framework_states_a_ceiling_and_all_others_an_award(
    fields: dict[str, Any], instrument: str, kind: str
) -> None:
    one = record(**fields)
    assert one.instrument == instrument
    assert one.awards[0].amounts == (
        Amount(kind=kind, value="50000", currency="EUR", vat="excluded", scope="award", period="whole_term"),  # type: ignore[arg-type]
    )


def test_a_call_off_points_to_its_framework() -> None:
    (link,) = record(idAccordCadre=" AC  1").links
    assert (link.relation, link.target) == ("previous", "decp:21999000000016AC 1")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("77899,00", "77899"),
        ("1 234,5", "1234.5"),
        (1e17, "100000000000000000"),
        (79237, "79237"),
        ("1.5E7", "15000000"),
    ],
)
def test_sums_however_written(text: Any, value: str) -> None:
    assert amounts(record(montant=text)) == [("award", value)]


def test_a_sum_of_two_readings_is_unread() -> None:
    one = record(montant="12,34,5")
    assert one.awards[0].amounts == ()
    assert why(one) == [("/contract/montant[1]", "no sum of money with one reading")]


def test_a_slip_of_the_keyboard_is_kept_and_left_out_of_sums() -> None:
    one = record(montant=1e17)
    assert [(suspect.path, suspect.rule) for suspect in one.suspects] == [("awards[0].amounts[0].value", "implausible")]


@pytest.mark.parametrize("nothing", [None, "", "CDL", "NC", "nan", " cdl ", []])
def test_what_is_not_stated_is_no_value(nothing: Any) -> None:
    fields = dict.fromkeys(("montant", "dureeMois", "dateNotification", "codeCPV", "titulaires"), nothing)
    one = record(procedure="Procédure adaptée", **fields)
    award = one.awards[0]
    assert (award.amounts, award.concluded, award.suppliers, one.cpv, one.lots[0].duration) == ((), None, (), (), None)
    assert one.unread == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-02-29", "2020-02-29"),
        ("29/02/2020", "2020-02-29"),
        ("2020-02-29T00:00:00", "2020-02-29"),
        ("2020-02-28T23:00:00Z", "2020-02-29"),
        ("2020-06-30T22:00:00+00:00", "2020-07-01"),
        ("2021-02-29", None),
        ("02/2020", None),
        (20200229, None),
    ],
)
def test_days_however_written(text: Any, day: str | None) -> None:
    one = record(dateNotification=text)
    assert one.awards[0].concluded == day
    assert len(one.unread) == (day is None)


@pytest.mark.parametrize(
    ("text", "siret"),
    [
        ("219 990 000 00016", "21999000000016"),
        (21999000000016, "21999000000016"),
        ("1999000000016", None),
        (2.1999e13, None),
        ("21999000000016.0", None),
    ],
)
def test_a_siret_is_read_and_never_completed(text: Any, siret: str | None) -> None:
    one = record(acheteur={"id": text}, objet="Drones", procedure="Procédure adaptée")
    assert [identifier.value for buyer in one.buyers for identifier in buyer.ids] == ([siret] if siret else [])
    assert [reason for _, reason in why(one)] == ([] if siret else ["no SIRET: it has not fourteen digits"])


@pytest.mark.parametrize(
    "titulaires",
    [
        [{"titulaire": {"typeIdentifiant": "SIRET", "id": "98999000000014"}}],
        [{"typeIdentifiant": "SIRET", "id": "98999000000014"}],
        {"titulaire": {"typeIdentifiant": "SIRET", "id": "98999000000014"}},
        {"titulaire": [{"typeIdentifiant": "SIRET", "id": "98999000000014"}, None]},
        [None, {"typeIdentifiant": "siret", "id": 98999000000014}],
        '[{"typeIdentifiant": "SIRET", "id": "98999000000014"}]',
    ],
)
def test_holders_however_wrapped(titulaires: Any) -> None:
    (supplier,) = record(titulaires=titulaires).awards[0].suppliers
    assert [(one.scheme, one.value) for one in supplier.ids] == [("SIRET", "98999000000014")]
    assert supplier.role == "sole"


TWO = [
    {"titulaire": {"typeIdentifiant": "SIRET", "id": "98999000000014"}},
    {"titulaire": {"typeIdentifiant": "TVA", "id": "BE0999999999"}},
]


@pytest.mark.parametrize(
    ("group", "holding", "role"),
    [
        ("Conjoint", "group", "member"),
        ("SOLIDAIRE", "group", "member"),
        ("Pas de groupement", "several", "sole"),
        (None, None, "member"),
    ],
)
def test_several_holders_hold_as_stated(group: str | None, holding: str | None, role: str) -> None:
    award = record(titulaires=TWO, typeGroupementOperateurs=group).awards[0]
    assert award.holding == holding
    assert {supplier.role for supplier in award.suppliers} == {role}
    assert [supplier.country for supplier in award.suppliers] == [None, "BE"]
    assert len(award.amounts) == 1


@pytest.mark.parametrize("scheme", ["HORS-UE", "RIDET", "TAHITI", "UE"])
def test_another_register_is_kept_as_stated(scheme: str) -> None:
    (supplier,) = record(titulaires=[{"typeIdentifiant": scheme, "id": "CHE 1"}]).awards[0].suppliers
    assert [(one.scheme, one.value) for one in supplier.ids] == [(scheme, "CHE 1")]
    assert supplier.country is None


def test_modifications_keep_every_step() -> None:
    steps = [
        {"modification": {"id": 2, "montant": 70000, "dateNotificationModification": "2022-03-01"}},
        {"modification": {"id": 1, "montant": 60000, "dateNotificationModification": "2021-03-01"}},
        {"modification": {"id": 3, "dureeMois": 30, "dateNotificationModification": "2023-03-01"}},
        {"modification": {"id": 4, "titulaires": TWO[:1]}},
        {"modification": {"id": 5, "objetModification": "Erratum"}},
    ]
    one = record(dureeMois="24", modifications=steps)
    assert amounts(one) == [("award", "50000"), ("amended", "70000")]
    assert [(change.place, change.old, change.new) for change in one.changes] == [
        ("montant", "50000.0", "70000"),
        ("montant", "70000", "60000"),
        ("dureeMois", "24", "30"),
        ("titulaires", None, "SIRET 98999000000014"),
        ("modifications", None, None),
    ]
    assert one.changes[0].label == "Modification 2, notifiée le 2022-03-01"
    assert one.changes[-1].text == "Erratum"
    assert one.lots[0].duration is not None
    assert one.lots[0].duration.value == 24


def test_subcontracts_and_their_modifications() -> None:
    act = {"id": 1, "sousTraitant": {"typeIdentifiant": "SIRET", "id": "98999000000022"}, "montant": 9000}
    later = {"id": 1, "montant": 9500, "dateNotificationModificationSousTraitance": "2021-05-01"}
    one = record(
        titulaires=TWO[:1],
        actesSousTraitance=[{"acteSousTraitance": {**act, "dureeMois": 3, "variationPrix": "Ferme"}}],
        modificationsActesSousTraitance=[{"modificationActeSousTraitance": later}],
    )
    assert [supplier.role for supplier in one.awards[0].suppliers] == ["sole", "subcontractor"]
    assert amounts(one) == [("award", "50000"), ("subcontracted", "9000")]
    assert [(change.place, change.old, change.new) for change in one.changes] == [
        ("sous-traitance, acte 1, montant", "9000", "9500")
    ]


def test_a_row_states_one_modification_and_one_act_in_its_columns() -> None:
    row = {
        "id": "2020-07",
        "acheteur_id": "21999000000016",
        "objet": "Drones",
        "montant": 50000.0,
        "titulaire_id_1": "98999000000014",
        "titulaire_typeidentifiant_1": "SIRET",
        "idmodification": "1",
        "montantmodification": "60000.0",
        "dureemoismodification": "CDL",
        "idtitulairemodification": "98999000000048",
        "typeidentifianttitulairemodification": "SIRET",
        "datenotificationmodificationmodification": "2021-01-31",
        "idactesoustraitance": "2",
        "montantactesoustraitance": "9000.0",
        "idsoustraitant": "98999000000022",
        "typeidentifiantsoustraitant": "SIRET",
        "idmodificationactesoustraitance": "CDL",
        "montantmodificationactesoustraitance": "CDL",
        "updated_at": "2026-11-01",
    }
    one = notice(Document.of(json.dumps(row).encode(), name="r.json", media_type="application/json"))
    assert amounts(one) == [("award", "50000"), ("amended", "60000"), ("subcontracted", "9000")]
    assert [(change.place, change.label, change.new) for change in one.changes] == [
        ("montant", "Modification 1, notifiée le 2021-01-31", "60000.0"),
        ("titulaires", "Modification 1, notifiée le 2021-01-31", "SIRET 98999000000048"),
    ]
    assert [supplier.role for supplier in one.awards[0].suppliers] == ["sole", "subcontractor"]
    assert one.unread == ()


def test_a_concession_with_its_yearly_data() -> None:
    year = {
        "datePublicationDonneesExecution": "2022-02-01",
        "depensesInvestissement": 1200.5,
        "tarifs": [
            {"tarif": {"intituleTarif": "Entrée adulte", "tarif": 4.5}},
            {"intituleTarif": "Enfant", "tarif": 3},
        ],
    }
    data = {
        "id": "DSP-1",
        "autoriteConcedante": {"id": "21999000000016", "nom": "Valmarin"},
        "nature": "Délégation de service public",
        "procedure": "Procédure négociée ouverte",
        "dateSignature": "2021-01-02",
        "dateDebutExecution": "2021-02-01",
        "valeurGlobale": 5200000,
        "montantSubventionPublique": 150000,
        "concessionnaires": [{"concessionnaire": {"typeIdentifiant": "SIRET", "id": "98999000000071"}}],
        "donneesExecution": [{"donneesAnnuelles": year}],
        "modifications": [
            {"modification": {"id": 1, "valeurGlobale": 6000000, "dateSignatureModification": "2022-01-02"}}
        ],
    }
    one = notice(Document.of(json.dumps(data).encode(), name="c.json", media_type="application/json"))
    assert (one.instrument, one.nature, one.awards[0].concluded) == ("concession", "services", "2021-01-02")
    assert amounts(one) == [
        ("concession_value", "5200000"),
        ("other", "150000"),
        ("amended", "6000000"),
        ("other", "1200.5"),
    ]
    assert {amount.vat for amount in one.awards[0].amounts} == {"unknown"}
    assert [clause.text for clause in one.clauses if clause.place == "tarif"] == ["Entrée adulte : 4.5", "Enfant : 3"]
    assert (one.lots[0].starts, one.unread) == ("2021-02-01", ())


def test_empty_fields_of_the_other_kind_are_passed_over() -> None:
    one = record(valeurGlobale=0.0, montantSubventionPublique=0.0, concessionnaires="", autoriteConcedante="")
    assert amounts(one) == [("award", "50000")]
    assert one.unread == ()
    assert why(record(valeurGlobale=7.5)) == [("/contract/valeurGlobale[1]", "the value of another kind of contract")]


def test_an_unknown_field_is_unread() -> None:
    assert why(record(inconnu={"a": 1})) == [("/contract/inconnu[1]/a[1]", "no reader for this element")]


def test_columns_in_capitals_or_with_dots() -> None:
    row = {"ID": "7", "ACHETEUR.ID": "21999000000016", "OBJET": "Drones", "MONTANT": "5", "CODECPV": "34711200-6"}
    one = notice(Document.of(json.dumps(row).encode(), name="r.json", media_type="application/json"))
    assert (one.id, one.cpv, one.unread) == ("decp:219990000000167", ("34711200",), ())


def test_a_code_that_is_no_cpv_is_unread() -> None:
    assert why(record(codeCPV="9310000")) == [("/contract/codeCPV[1]", "no CPV code: it has not eight digits")]


@pytest.mark.parametrize(
    ("place", "read_as"),
    [
        ({"code": "38999", "typeCode": "Code postal", "nom": "Valmarin"}, (None, "38999", "Valmarin")),
        ({"code": "65", "typeCode": "Code département"}, (None, None, "Code département 65")),
        ({"code": "DE", "typeCode": "Code pays"}, ("DE", None, None)),
        ({"code": "2B", "typeCode": "Code postal", "nom": "Bastia"}, (None, None, "Bastia Code postal 2B")),
    ],
)
def test_places(place: dict[str, str], read_as: tuple[str | None, ...]) -> None:
    (found,) = record(lieuExecution=place).places
    assert (found.country, found.postcode, found.text) == read_as


def test_a_row_of_the_consolidated_table_is_one_holder_of_one_state() -> None:
    row = {
        "uid": "219990000000162020-07",
        "id": "2020-07",
        "acheteur_id": "21999000000016",
        "acheteur_nom": "Valmarin",
        "titulaire_id": "98999000000014",
        "titulaire_typeIdentifiant": "SIRET",
        "titulaire_nom": "Batisud",
        "titulaire_distance": 3,
        "montant": 60000.0,
        "modification_id": 1,
        "donneesActuelles": True,
        "sourceDataset": "atexo",
    }
    one = notice(Document.of(json.dumps(row).encode(), name="t.json", media_type="application/json"))
    assert one.id == "decp:219990000000162020-07/1/98999000000014"
    assert [(link.relation, link.target) for link in one.links] == [("same_notice", "decp:219990000000162020-07")]
    assert amounts(one) == [("amended", "60000")]
    assert (one.awards[0].holding, one.awards[0].suppliers[0].name) == (None, "Batisud")


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        ({"id": "a b/c"}, ("decp:21999000000016a b/c", "a b/c")),
        ({"id": None, "uid": "X1"}, ("decp:X1", "X1")),
        ({"id": None}, ("decp:one", "one")),
        ({"acheteur": None}, ("decp:2020-07", "2020-07")),
        ({"acheteur": None, "uid": "99 2020-07"}, ("decp:99 2020-07", "2020-07")),
    ],
)
def test_identity(fields: dict[str, Any], identity: tuple[str, str]) -> None:
    one = record(procedure="Procédure adaptée", **fields)
    assert (one.id, one.number) == identity


@pytest.mark.parametrize("techniques", ["['Accord-cadre', 'Concours']", "Accord-cadre', 'Concours", '["Accord-cadre"]'])
def test_a_list_that_software_wrote_as_text_still_names_a_framework(techniques: str) -> None:
    one = record(techniques=techniques)
    assert (one.instrument, amounts(one)) == ("framework", [("framework_max", "50000")])


def test_holders_in_lists_of_lists_or_under_one_name_are_read() -> None:
    body = {"typeIdentifiant": "SIRET", "id": "98999000000022"}
    for fields in ({"titulaires": [[body]]}, {"titulaires": [[[{"titulaire": body}]]]}, {"titulaire": body}):
        one = record(**fields)
        assert [each.ids[0].value for each in one.awards[0].suppliers] == ["98999000000022"]
        assert why(one) == []
    change = record(modifications=[{"id": 1, "titulaires": [[body]]}]).changes[0]
    assert (change.place, change.new) == ("titulaires", "SIRET 98999000000022")


def test_a_holder_whose_number_is_unread_does_not_leave_the_other_alone() -> None:
    bad, good = ({"typeIdentifiant": "SIRET", "id": number} for number in ("989990000", "98999000000022"))
    award = record(titulaires=[bad, good]).awards[0]
    assert (award.holding, award.suppliers[0].role) == (None, "member")
    named = record(titulaires=[{**bad, "denominationSociale": "Menuiserie"}]).awards[0]
    assert (named.holding, named.suppliers[0].role) == ("sole", "sole")


def test_a_page_is_no_contract() -> None:
    data = json.dumps({"resultats": {"marche": [BASE]}}).encode()
    with pytest.raises(Malformed, match="no contract"):
        read(Document.of(data, name="one.json", media_type="application/json"))


@pytest.mark.parametrize(
    ("stated", "read_as"), [("12.345", None), (12.345, "12.345"), ("1234.50", "1234.5"), ("12.34", "12.34")]
)
def test_a_text_that_may_mean_thousands_is_not_guessed(stated: str | float, read_as: str | None) -> None:
    found = record(montant=stated)
    assert [value for _, value in amounts(found)] == ([] if read_as is None else [read_as])
    assert bool(why(found)) == (read_as is None)


def test_half_a_character_elsewhere_makes_no_text_of_a_number() -> None:
    data = json.dumps({**BASE, "objet": "\ud800", "montant": 12.345}).encode()
    found = notice(Document.of(data, name="one.json", media_type="application/json"))
    assert amounts(found) == [("award", "12.345")]

from __future__ import annotations

from typing import Any

import pytest

from tests.formats.boamp.boamp_build import notice


def fns(**stage: Any) -> dict[str, Any]:
    return {
        "FNSimple": {
            "organisme": {"nomOfficiel": "Commune", "codeIdentificationNational": "759 200 751 00130"},
            **stage,
        }
    }


def test_a_call_with_numbered_lots() -> None:
    initial = {
        "procedure": {"procedureAdapteeO": "", "dateReceptionOffres": "2026-10-05T12:00:00"},
        "natureMarche": {
            "intitule": "École",
            "dureeMois": "14",
            "valeurEstimee": {"valeur": "612000"},
            "codeCPV": {"objetPrincipal": {"classPrincipale": "45454000"}},
        },
        "lots": {"lot": [{"description": "1 : Gros œuvre - isolation"}, {"description": "Lot n° 2a - Menuiseries"}]},
    }
    one = notice(fns(initial=initial))
    assert [(lot.id, lot.title) for lot in one.lots] == [("1", "Gros œuvre - isolation"), ("2a", "Menuiseries")]
    assert all(lot.duration and lot.duration.value == 14 for lot in one.lots)
    assert [(a.kind, a.value, a.currency, a.scope) for a in one.amounts] == [("estimate", "612000", "EUR", "notice")]
    assert one.deadline == "2026-10-05T12:00:00+02:00"
    assert one.procedure
    assert (one.procedure.method, one.procedure.national) == ("oth-single", "procedureAdapteeO")
    assert [(number.scheme, number.value) for number in one.buyers[0].ids] == [("SIRET", "75920075100130")]


def test_a_range_is_one_amount() -> None:
    nature = {"intitule": "Repas", "valeurEstimee": {"fourchette": {"valeurBasse": "90000", "valeurHaute": "150000"}}}
    (amount,) = notice(fns(initial={"natureMarche": nature})).amounts
    assert (amount.low, amount.high, amount.value) == ("90000", "150000", None)


def test_the_only_lot_gives_the_notice_its_code() -> None:
    lots = {"lot": {"description": "Lot unique", "codeCPV": {"objetPrincipal": {"classPrincipale": "15894200"}}}}
    one = notice(fns(initial={"natureMarche": {"intitule": "Repas", "codeCPV": {"objetPrincipal": ""}}, "lots": lots}))
    assert (one.cpv, one.lots[0].id, one.lots[0].title) == (("15894200",), "1", "Lot unique")


def test_a_correction_in_elements() -> None:
    delays = {"rubDelais": "ReceptionOffres", "auLieuDeDate": "2026-10-05T12:00:00", "lireDate": "2026-10-12T12:00:00"}
    one = notice(
        fns(rectificatif={"avisInitial": {"idWeb": "20-0"}, "infosRectif": {"rectifDelais": [delays]}}),
        nature="RECTIFICATIF",
    )
    (change,) = one.changes
    assert (change.place, change.old, change.new) == ("ReceptionOffres", "2026-10-05T12:00:00", "2026-10-12T12:00:00")
    assert [(link.relation, link.target) for link in one.links] == [("changes", "boamp:20-0")]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Surface : au lieu de 42 hectares, lire 48 hectares.", "42 hectares", "48 hectares"),
        (
            "La date limite, fixée au 29/09/2026 à 16h00, est reportée au mardi 6 octobre 2026 à 16 heures.",
            "29/09/2026 à 16h00",
            "mardi 6 octobre 2026 à 16 heures",
        ),
        ("La remise des plis est reportée du 1er mars 2026 au 15 mars 2026.", "1er mars 2026", "15 mars 2026"),
        ("Le cahier des charges est modifié.", None, None),
        ("Au lieu de lire le 3 mai 2026, voir le dossier.", None, None),
    ],
)
def test_a_correction_in_words(text: str, old: str | None, new: str | None) -> None:
    (change,) = notice(fns(rectificatif={"infosRectif": text}), nature="RECTIFICATIF").changes
    assert (change.text, change.old, change.new) == (text, old, new)


def test_entities_before_a_span_do_not_move_it() -> None:
    text = "Date d&#039;ouverture : au lieu de 3 mai 2026, lire 4 mai 2026."
    (change,) = notice(fns(rectificatif={"infosRectif": text}), nature="RECTIFICATIF").changes
    assert (change.label, change.old, change.new) == ("Date d'ouverture", "3 mai 2026", "4 mai 2026")


def test_an_adapted_call_and_its_award() -> None:
    initial = {
        "description": {"objet": "Espaces verts"},
        "caracteristiques": {"principales": "Tonte."},
        "duree": {"nbMois": "36"},
        "criteres": {"criterePondere": [{"critere": "Prix", "criterePCT": "60"}]},
        "delais": {"receptionOffres": "2026-10-01T17:00:00+02:00"},
    }
    one = notice(
        {"MAPA": {"organisme": {"acheteurPublic": "Ville", "coord": {"tel": "01", "mel": "a@b"}}, "initial": initial}}
    )
    (lot,) = one.lots
    assert (one.title, one.description, one.deadline) == ("Espaces verts", "Tonte.", "2026-10-01T17:00:00+02:00")
    assert [(c.kind, c.name, c.weight) for c in lot.criteria] == [("price", "Prix", "60")]
    result = {
        "resultat": {
            "attribue": {
                "titulaire": {"PersonneMorale": "ALPHA "},
                "montant": {"@devise": "EUR", "valeur": "84 250,00"},
            }
        }
    }
    stage = {"attribution": result, "autresInformations": {"nbOffresRecues": "5"}}
    (award,) = notice({"MAPA": {"attribution": stage}}, nature="ATTRIBUTION").awards
    assert [(a.kind, a.value, a.currency) for a in award.amounts] == [("award", "84250", "EUR")]
    assert (award.suppliers[0].name, award.tenders_received, award.status) == ("ALPHA", 5, "awarded")


def test_a_concession_is_one_undivided_object() -> None:
    lot = {
        "estimationValeur": {"valeur": "7400000", "devise": "EUR"},
        "dureeLot": {"dateACompterDu": "2027-07-01", "dateJusquau": "2033-06-30"},
    }
    thing = {"titreMarche": "Piscine", "lot": lot}
    one = notice({"DSP": {"initial": {"descriptionMarche": thing}}}, sousnature="CONCESSION")
    assert [(a.kind, a.value, a.scope) for a in one.amounts] == [("estimate", "7400000", "notice")]
    assert [(part.starts, part.ends) for part in one.lots] == [("2027-07-01", "2033-06-30")]
    assert one.instrument == "concession"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Lot n°1 Gros œuvre", ("1", "Gros œuvre")),
        ("Lot A : Nord", ("A", "Nord")),
        ("Lot 1-2 : Nord", ("1-2", "Nord")),
        ("Lot 1.2 - Nord", ("1.2", "Nord")),
        ("3/ Nord", ("3", "Nord")),
        ("Lot 4", ("4", "Lot 4")),
        ("2 véhicules", ("1", "2 véhicules")),
        ("Lot unique", ("1", "Lot unique")),
    ],
)
def test_the_heading_of_a_lot(written: str, said: tuple[str, str]) -> None:
    (lot,) = notice(fns(initial={"natureMarche": {"intitule": "A"}, "lots": {"lot": {"description": written}}})).lots
    assert (lot.id, lot.title) == said


def test_contacts_never_enter_a_record() -> None:
    person = {"PersonnePhysique": {"nom": "Quidam"}, "coord": {"tel": "0102030405", "mel": "q@exemple.invalid"}}
    form = {
        "organisme": {"acheteurPublic": "Ville", "correspondantPRM": {"nom": "Quidam"}},
        "initial": {
            "description": {"objet": "Haies"},
            "adressesComplt": {"document": person, "admOuTech": {"adm": {"PersonneMorale": "Mairie", **person}}},
            "sectionInconnue": {"texte": "lu par personne", **person},
        },
    }
    one = notice({"MAPA": form})
    assert not any("Quidam" in repr(part) or "exemple.invalid" in repr(part) for part in (one.clauses, one.unread))
    assert [left.text for left in one.unread] == ["lu par personne"]
    assert [said.text for said in one.clauses if said.place.startswith("adressesComplt")] == ["Mairie"]


def test_an_amount_has_the_currency_its_section_states() -> None:
    nature = {"intitule": "A", "valeurEstimee": {"@devise": "CHF", "valeur": "160000"}}
    assert notice(fns(initial={"natureMarche": nature})).amounts[0].currency == "CHF"


def test_works_supplies_and_services_are_named_by_an_element() -> None:
    inner = {"natureMarche": {"intitule": "A", "natureMarche": {"travaux": ""}}}
    assert notice(fns(initial=inner)).nature == "works"
    assert notice({"MAPA": {"initial": {"natureMarche": {"fournitures": ""}}}}).nature == "supplies"
    assert notice({}, {"INDEXATION": {"NATURE_MARCHE": {"SERVICES": ""}}}).nature == "services"


def test_a_place_written_as_an_address() -> None:
    where = {"voie": {"numvoie": "3", "typvoie": "rue", "nomvoie": "Haute"}, "cp": "38999", "ville": "Valmarin"}
    (place,) = notice({"MAPA": {"initial": {"description": {"objet": "A", "lieuExecutionLivraison": where}}}}).places
    assert (place.text, place.postcode, place.city) == ("3 rue Haute", "38999", "Valmarin")


def test_an_hour_stamped_utc_as_it_stands_is_no_other_hour() -> None:
    one = notice(
        fns(initial={"procedure": {"dateReceptionOffres": "2026-10-05T14:00:00.000"}}),
        datelimitereponse="2026-10-05T14:00:00+00:00",
    )
    assert one.deadline == "2026-10-05T14:00:00+02:00"
    assert "datelimitereponse" not in [said.place for said in one.clauses]


def test_several_results_are_several_awards() -> None:
    results = [{"attribue": {"titulaire": {"PersonneMorale": name}, "montant": {"valeur": "9"}}} for name in "AB"]
    found = notice({"MAPA": {"attribution": {"attribution": {"resultat": results}}}}, nature="ATTRIBUTION").awards
    assert [(one.holding, one.suppliers[0].name) for one in found] == [("sole", "A"), ("sole", "B")]


@pytest.mark.parametrize(
    ("text", "label", "old", "new"),
    [
        ("Rubrique : Durée, Au lieu de 12 mois, lire 24 mois", "Durée", "12 mois", "24 mois"),
        ("Au lieu de lire : 3 lots. Il faut lire : 4 lots", None, "3 lots", "4 lots"),
        ("Surface : lire 48 ha au lieu de 42 ha.", "Surface", "42 ha", "48 ha"),
        ("Remplacer « 42 ha » par « 48 ha »", None, "42 ha", "48 ha"),
        (
            "La date limite de remise des offres est reportée au 3 mai 2026.",
            "La date limite de remise des offres",
            None,
            "3 mai 2026",
        ),
        ("Une visite est reportée au 3 mai 2026.", None, None, None),
    ],
)
def test_ways_to_correct(text: str, label: str | None, old: str | None, new: str | None) -> None:
    (change,) = notice(fns(rectificatif={"infosRectif": text}), nature="RECTIFICATIF").changes
    assert (change.text, change.label, change.old, change.new) == (text, label, old, new)


def test_the_earlier_notice_gestion_names_is_linked() -> None:
    gestion = {"REFERENCE": {"IDWEB": "20-1", "ANNONCE_ANTERIEUR": {"IDWEB": "20-0"}}}
    one = notice(fns(rectificatif={"infosRectif": "Voir le dossier."}), gestion, nature="RECTIFICATIF")
    assert [(link.relation, link.target) for link in one.links] == [("changes", "boamp:20-0")]

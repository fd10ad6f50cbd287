from __future__ import annotations

from typing import Any

import pytest

from beffroi.formats import read
from tests.formats.boamp.boamp_build import euros, notice, record, xml

WHO = {"DENOMINATION": "Ville d'Exemple"}
EARLIER = {
    "REFERENCE": {"IDWEB": "19-7"},
    "REFERENCE_PUBLICATION": {"PUBLICATION_JOUE": {"ANNEE": "2019", "NUM_PARUTION": "15", "NUM_ANNONCE": "31010"}},
}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2020-06-19T16:00:00+01:00", "2020-06-19T16:00:00+02:00"),
        ("2020-12-19T16:00:00+01:00", "2020-12-19T16:00:00+01:00"),
        ("2020-06-19T16:00:00", "2020-06-19T16:00:00+02:00"),
    ],
)
def test_the_hour_of_a_legacy_deadline_is_the_wall_clock(written: str, said: str) -> None:
    read_one = notice({"CONDITION_DELAI": {"RECEPT_OFFRES": written}})
    assert (read_one.deadline, read_one.deadline_kind) == (said, "tenders")


def test_tenders_are_due_after_requests_and_count_as_the_deadline() -> None:
    delays = {"RECEPT_CANDIDAT": "2020-06-01T12:00:00+01:00", "RECEPT_OFFRES": "2020-07-01T12:00:00+01:00"}
    read_one = notice({"CONDITION_DELAI": delays})
    assert (read_one.deadline, read_one.deadline_kind) == ("2020-07-01T12:00:00+02:00", "tenders")
    assert "2020-06-01T12:00:00+01:00" in [one.text for one in read_one.clauses]


def test_an_impossible_year_is_unread() -> None:
    read_one = notice({"CONDITION_DELAI": {"RECEPT_OFFRES": "7017-07-24T00:00:00+01:00"}})
    assert read_one.deadline is None
    assert [one.text for one in read_one.unread] == ["7017-07-24T00:00:00+01:00"]


def test_minimum_and_maximum_of_a_lot_are_one_estimated_range() -> None:
    lot = {"NUM": "1", "INTITULE": "A", "VALEUR_MIN": euros("150000.00"), "VALEUR_MAX": euros("900000.00")}
    (amount,) = notice({"OBJET": {"LOTS": {"LOT": lot}}}).lots[0].amounts
    assert (amount.kind, amount.low, amount.high, amount.value) == ("estimate", "150000", "900000", None)


def test_vat_is_unknown_unless_words_say_it() -> None:
    values = {"VALEUR": euros("100")}
    assert notice({"OBJET": {"CARACTERISTIQUES": values}}).amounts[0].vat == "unknown"
    values = {"VALEUR": euros("100 000,00 euros HT")}
    (amount,) = notice({"OBJET": {"CARACTERISTIQUES": values}}).amounts
    assert (amount.value, amount.vat) == ("100000", "excluded")


def test_an_undivided_object_is_one_lot_and_its_sum_is_the_notices() -> None:
    thing = {
        "TITRE_MARCHE": "A",
        "CPV": {"PRINCIPAL": "34711200-6"},
        "DUREE_DELAI": {"DUREE_MOIS": "8"},
        "CARACTERISTIQUES": {"VALEUR": euros("5")},
    }
    read_one = notice({"OBJET": thing})
    (lot,) = read_one.lots
    assert (lot.id, lot.title, lot.cpv, lot.amounts) == ("1", "A", ("34711200",), ())
    assert (read_one.amounts[0].value, read_one.cpv) == ("5", ("34711200",))


def test_a_division_the_form_does_not_describe_makes_no_lot() -> None:
    assert notice({"OBJET": {"TITRE_MARCHE": "A", "DIV_EN_LOTS": {"OUI": ""}}}).lots == ()


def test_several_objects_are_lots_of_their_own() -> None:
    things = [{"TITRE_MARCHE": "A", "CARACTERISTIQUES": {"VALEUR": euros("1000")}}, {"TITRE_MARCHE": "B"}]
    read_one = notice({"OBJET": things}, nature="PRE-INFORMATION")
    assert [(lot.id, lot.title) for lot in read_one.lots] == [("1", "A"), ("2", "B")]
    assert (read_one.kind, read_one.title, read_one.amounts) == ("planning", "A", ())
    assert [(one.value, one.scope) for one in read_one.lots[0].amounts] == [("1000", "lot")]


@pytest.mark.parametrize(
    ("written", "description", "read_as"),
    [
        ("565", "Quantité estimative : 565.", [("estimated", 565, None)]),
        ("565", "Des drones.", [("unknown", 565, None)]),
        ("1 200 drones", "", [("unknown", 1200, "drones")]),
        ("12 à 15 drones", "", []),
        ("selon le cahier des charges", "", []),
    ],
)
def test_a_quantity_is_read_where_one_number_stands(written: str, description: str, read_as: list[Any]) -> None:
    lot = notice(
        {"OBJET": {"LOTS": {"LOT": {"NUM": "1", "INTITULE": "A", "DESCRIPTION": description, "QUANTITE": written}}}}
    )
    stated = [one for one in lot.lots[0].quantities if one.stated_in == "element"]
    assert [(one.kind, one.value, one.noun) for one in stated] == read_as
    assert bool(read_as) or written in [one.text for one in lot.clauses]


def test_what_holds_for_each_lot_is_said_of_each() -> None:
    form = {
        "OBJET": {
            "DUREE_DELAI": {"DUREE_MOIS": "12"},
            "LOTS": {"LOT": [{"NUM": "1"}, {"NUM": "1b", "DUREE_MOIS": "6"}]},
        },
        "PROCEDURE": {"ACCORD_CADRE": {"PLUSIEURS_OPERATEURS": "", "NB_MAX_PARTICIPANTS": "3"}},
    }
    read_one = notice(form)
    assert [(lot.id, lot.duration.value if lot.duration else None) for lot in read_one.lots] == [("1", 12), ("1b", 6)]
    frameworks = [lot.framework for lot in read_one.lots]
    assert all(one and (one.operators, one.max_participants) == ("several", 3) for one in frameworks)
    assert read_one.instrument == "framework"


def test_renewals_state_the_longest_term_in_words() -> None:
    lot = {
        "NUM": "1",
        "RENOUVELLEMENT_OUI": "",
        "RENOUVELLEMENT_DESCRIPTION": "Deux fois, durée totale maximale de trois ans.",
    }
    (one,) = notice({"OBJET": {"LOTS": {"LOT": lot}}}).lots
    assert one.max_duration
    assert (one.max_duration.value, one.max_duration.unit) == (3, "year")
    assert one.renewals
    assert one.renewals.allowed is True


def test_an_adapted_procedure_keeps_its_french_name() -> None:
    procedure = notice({"PROCEDURE": {"TYPE_PROCEDURE": {"PROCEDURE_ADAPTE": ""}}}).procedure
    assert procedure
    assert (procedure.method, procedure.national) == ("oth-single", "PROCEDURE_ADAPTE")


def test_a_negotiated_procedure_without_publication_has_no_call() -> None:
    procedure = notice({"PROCEDURE": {"TYPE_PROCEDURE": {"NEGOCIE": {"SANS_PUB_PREALABLE": ""}}}}).procedure
    assert procedure
    assert procedure.method == "neg-wo-call"


def test_contact_persons_never_enter_the_record() -> None:
    contact = {
        "CORRESPONDANT": "Mme Invente",
        "CONTACT": "Jean Invente",
        "TEL": "0102030405",
        "FAX": "0102030406",
        "MEL": "a@b.example",
        "URL": "c@d.example",
    }
    reading = read(record({"IDENTITE": {**WHO, **contact}}), cite=False)
    text = repr(reading.notice)
    assert not [value for value in contact.values() if value in text]


def test_each_decision_is_one_award() -> None:
    told = {
        "NUM_MARCHE": "M1",
        "NUM_LOT": "1",
        "INTITULE": "Lot un",
        "TITULAIRE": {"DENOMINATION": "ALPHA", "CODE_IDENT_NATIONAL": "123 456 789", "VILLE": "Lyon"},
        "RENSEIGNEMENT": {
            "DATE_ATTRIBUTION": "2020-02-01",
            "NB_OFFRE_RECU": "3",
            "ESTIMATION_INITIALE": euros("90"),
            "MONTANT_MINI": euros("10"),
            "MONTANT_MAXI": euros("80"),
            "INFO_VALEUR": "montants hors taxes",
        },
    }
    (award,) = notice({"ATTRIBUTION": {"DECISION": told}}, nature="ATTRIBUTION").awards
    assert (award.lot_ids, award.contracts, award.title, award.decided) == (("1",), ("M1",), "Lot un", "2020-02-01")
    assert [(one.kind, one.value, one.vat) for one in award.amounts] == [
        ("estimate", "90", "excluded"),
        ("minimum", "10", "excluded"),
        ("framework_max", "80", "excluded"),
    ]
    (supplier,) = award.suppliers
    assert [(one.scheme, one.value) for one in supplier.ids] == [("SIREN", "123456789")]
    assert (award.status, award.holding, supplier.role, award.tenders_received) == ("awarded", "sole", "sole", 3)


def test_holders_of_a_group_are_its_members_and_others_are_several() -> None:
    two = [{"DENOMINATION": "ALPHA"}, {"DENOMINATION": "BETA"}]
    form = [
        {"TITULAIRE": two, "RENSEIGNEMENT": {"GROUPEMENT_ECONOMIQUE": ""}},
        {"TITULAIRE": two, "RENSEIGNEMENT": [{}, {}]},
    ]
    awards = notice({"ATTRIBUTION": {"DECISION": form}}, nature="ATTRIBUTION").awards
    assert [one.holding for one in awards] == ["group", "several"]
    assert [[one.role for one in award.suppliers] for award in awards] == [["member"] * 2, ["sole"] * 2]


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        ({"INFRUCTUEUX": ""}, "unsuccessful"),
        ({"SANS_SUITE": ""}, "abandoned"),
        ({"TITULAIRE": {"DENOMINATION": "Lot déclaré sans suite"}}, "abandoned"),
        ({"INTITULE": "INFRUCTUEUX"}, "unsuccessful"),
    ],
)
def test_a_lot_without_award_says_why(decision: dict[str, Any], kind: str) -> None:
    (award,) = notice({"ATTRIBUTION": {"DECISION": {"NUM_LOT": "2", **decision}}}, nature="ATTRIBUTION").awards
    assert (award.status, award.suppliers) == ("not_awarded", ())
    assert award.reason
    assert award.reason.kind == kind


def test_a_total_is_the_notices_award() -> None:
    (amount,) = notice({"ATTRIBUTION": {"VALEUR_TOTALE": euros("12.50")}}, nature="ATTRIBUTION").amounts
    assert (amount.kind, amount.value, amount.scope) == ("award", "12.5", "notice")


def test_a_correction_changes_the_notice_it_names_and_keeps_words_as_written() -> None:
    change = {"RUB_INIT": "IV.2.2)", "TEXTE": {"INIT": "17/06/2020", "LIRE": "17/072020 à 16 h 00"}}
    read_one = notice({"RECTIF": {"ANNONCE_ANTERIEUR": EARLIER, "MODIFICATION": change}}, nature="RECTIFICATIF")
    (one,) = read_one.changes
    assert (one.place, one.old, one.new) == ("IV.2.2)", "17/06/2020", "17/072020 à 16 h 00")
    assert {(link.relation, link.target) for link in read_one.links} == {
        ("changes", "boamp:19-7"),
        ("changes", "ted:031010-2019"),
    }
    assert (read_one.kind, read_one.deadline) == ("change", None)


def test_a_correction_of_codes_and_additions() -> None:
    change = [
        {
            "RUB_INIT": "II.1.2",
            "CPV": {"INIT": {"PRINCIPAL": "11111111"}, "LIRE": {"PRINCIPAL": "22222222", "SUPPLEMENTAIRE": "33333333"}},
        },
        {"RUB_INIT": "VI.3", "AJOUTER": "Une visite."},
    ]
    first, second = notice(
        {"RECTIF": {"ANNONCE_ANTERIEUR": EARLIER, "MODIFICATION": change}}, nature="RECTIFICATIF"
    ).changes
    assert (first.old, first.new) == ("11111111", "22222222 33333333")
    assert (second.label, second.new, second.old) == ("Ajouter", "Une visite.", None)


def test_an_amended_contract_states_its_sums_once_each() -> None:
    form = {
        "VALEUR": euros("120"),
        "VALEUR_AVT": euros("100"),
        "VALEUR_APR": euros("120"),
        "TITULAIRE": {"DENOMINATION": "ALPHA"},
        "DESC_MODIF": "Plus long.",
    }
    read_one = notice({"MODIF": form}, nature="MODIFICATION", etat="MODIFICATION")
    (award,) = read_one.awards
    assert [(one.kind, one.value) for one in award.amounts] == [("amended", "120"), ("before", "100")]
    assert [one.text for one in read_one.changes] == ["Plus long."]


def test_a_cancellation_names_its_notice_and_its_reason() -> None:
    read_one = notice(
        {"ANNULATION": {"ANNONCE_ANTERIEUR": EARLIER, "MOTIF": "Crédits retirés"}},
        nature="ANNULATION",
        etat="ANNULATION",
    )
    assert (read_one.kind, read_one.links[0].relation) == ("cancellation", "cancels")
    assert ("MOTIF", "Crédits retirés") in [(one.place, one.text) for one in read_one.clauses]


def test_the_day_of_dispatch_is_read_where_words_name_it() -> None:
    words = {
        "RENS_COMPLEMENT": "Recours : voir plus haut. Date d'envoi du présent avis au JOUE et au BOAMP : 19 mars 2020."
    }
    assert notice({"RENSEIGNEMENTS_COMPLEMENTAIRES": words}).dispatched == "2020-03-19"


def test_xml_says_what_json_says_whatever_its_root_is_called() -> None:
    form = {
        "IDENTITE": WHO,
        "OBJET": {"TITRE_MARCHE": "A & B", "LOTS": {"LOT": [{"NUM": "1", "VALEUR": euros("7")}, {"NUM": "2"}]}},
    }
    facts = [
        (one.title, one.lots, one.buyers)
        for one in (read(xml(form)).notice, read(xml(form, "Annonce")).notice, notice(form))
    ]
    assert facts[0] == facts[1] == facts[2]
    assert facts[0][0] == "A & B"


def test_a_nature_of_nothing_awarded_is_one_award_not_made() -> None:
    (award,) = notice({"IDENTITE": WHO}, nature="ATTRIBUTION", sousnature="STANDARD_INFRUCTUEUX_SANS_SUITE").awards
    assert award.status == "not_awarded"
    assert award.reason
    assert award.reason.kind == "other"


def test_a_range_stated_twice_is_one_amount() -> None:
    bound = {"VALEUR_MAX": euros("20000")}
    one = notice({"OBJET": {"TITRE_MARCHE": "A", "ACCORD_CADRE": bound, "CARACTERISTIQUES": bound}})
    assert [(a.kind, a.high) for a in one.amounts] == [("estimate", "20000")]


def test_the_weight_of_the_price_is_a_criterion() -> None:
    lot = {"INTITULE": "A", "CRITERES_ATTRIBUTION": {"CRITERES_PRIX": {"POIDS": "30"}}}
    (criterion,) = notice({"OBJET": {"LOTS": {"LOT": lot}}}).lots[0].criteria
    assert (criterion.kind, criterion.weight) == ("price", "30")


def test_the_number_of_a_lot_stands_without_its_words() -> None:
    form = {
        "OBJET": {"LOTS": {"LOT": {"NUM": "Lot n° 2a", "INTITULE": "A"}}},
        "ATTRIBUTION": {"DECISION": {"NUM_LOT": "Lot 2a", "TITULAIRE": {"DENOMINATION": "ALPHA"}}},
    }
    one = notice(form, nature="ATTRIBUTION")
    assert (one.lots[0].id, one.awards[0].lot_ids) == ("2a", ("2a",))


@pytest.mark.parametrize("name", ["INFRUCTUEUX - aucune offre", "Sans suite pour motif d'intérêt général"])
def test_words_in_the_place_of_a_name_award_nothing(name: str) -> None:
    (award,) = notice({"ATTRIBUTION": {"DECISION": {"TITULAIRE": {"DENOMINATION": name}}}}).awards
    assert (award.status, award.suppliers) == ("not_awarded", ())


def test_an_award_of_another_lot_than_the_first_says_that_the_object_is_divided() -> None:
    form = {"OBJET": {"TITRE_MARCHE": "A"}, "ATTRIBUTION": {"DECISION": {"NUM_LOT": "3", "INFRUCTUEUX": ""}}}
    assert notice(form, nature="ATTRIBUTION").lots == ()


@pytest.mark.parametrize(
    ("section", "kind"),
    [("ATTRIBUTION", "result"), ("RECTIF", "change"), ("ANNULATION", "cancellation"), ("MODIF", "modification")],
)
def test_a_section_says_the_kind_where_no_nature_does(section: str, kind: str) -> None:
    one = read(record({section: {}}, nature=None, etat=None), cite=True)
    assert one.citations is not None
    assert (one.notice.kind, one.citations["kind"].rule) == (kind, "the nature, status or section of the notice")
    assert read(record({"OBJET": {"TITRE_MARCHE": "A"}}, nature=None, etat=None)).notice.kind is None

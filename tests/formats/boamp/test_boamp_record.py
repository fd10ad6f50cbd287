from __future__ import annotations

import json

import pytest

from beffroi.formats import read
from beffroi.formats.boamp import recognises
from beffroi.notices import Document
from tests.formats.boamp.boamp_build import notice, record


def test_broken_json_leaves_the_flat_fields() -> None:
    one = notice('{"FNSimple": ', objet="Drones", nomacheteur="Ville", datelimitereponse="2020-12-01T11:00:00+00:00")
    assert (one.title, one.buyers[0].name, one.kind, one.published) == ("Drones", "Ville", "call", "2020-05-04")
    assert one.deadline == "2020-12-01T12:00:00+01:00"
    assert [(u.text, u.why) for u in one.unread] == [('{"FNSimple":', "not well-formed JSON")]


def test_in_summer_the_hour_of_an_unknown_form_has_two_readings() -> None:
    one = notice("{", datelimitereponse="2020-07-01T10:00:00+00:00")
    assert one.deadline is None
    assert "2020-07-01T10:00:00+00:00" in [u.text for u in one.unread]


def test_an_unknown_form_is_reported_by_its_name() -> None:
    assert [u.text for u in notice({"FORMULAIRE_NOUVEAU": {}}).unread] == ["FORMULAIRE_NOUVEAU"]


def test_entities_and_stray_letters_are_read_as_letters() -> None:
    one = notice({}, objet="Main-d'\x9cuvre de l&#039;atelier", nomacheteur="B&amp;C")
    assert (one.title, one.buyers[0].name) == ("Main-d'œuvre de l'atelier", "B&C")


def test_an_address_after_the_buyers_name_is_its_town() -> None:
    (buyer,) = notice({}, nomacheteur="OFFICE\n2 rue Haute\xa0\n35000 RENNES").buyers
    assert (buyer.name, buyer.postcode, buyer.city) == ("OFFICE", "35000", "RENNES")


def test_lists_come_as_list_as_text_and_as_null() -> None:
    assert notice({}, type_marche=["TRAVAUX"]).nature == "works"
    assert notice({}, type_marche="SERVICES").nature == "services"
    assert notice({}, type_marche=["TRAVAUX", "SERVICES"]).nature == "mixed"
    assert notice({}, type_marche=None).nature is None


def test_a_holder_in_the_list_alone_is_one_award() -> None:
    fields = {"titulaire": ["ALPHA SARL\nLe marché a été notifié le 12 août 2026"], "nature": "ATTRIBUTION"}
    (award,) = notice({"FNSimple": {"attribution": {}}}, **fields).awards
    assert (award.suppliers[0].name, award.concluded) == ("ALPHA SARL", "2026-08-12")


def test_several_holders_in_the_list_alone_are_unread() -> None:
    one = notice({}, titulaire=["ALPHA", "BETA", "sans suite"], nature="ATTRIBUTION")
    assert one.awards == ()
    assert [u.text for u in one.unread] == ["ALPHA", "BETA"]


def test_a_holder_no_award_names_is_unread() -> None:
    form = {"ATTRIBUTION": {"DECISION": {"TITULAIRE": {"DENOMINATION": "ALPHA"}}}}
    assert [u.text for u in notice(form, titulaire=["Alpha", "BETA"], nature="ATTRIBUTION").unread] == ["BETA"]


def test_a_linked_notice_that_is_newer_shares_the_procedure() -> None:
    links = notice({}, annonce_lie=["19-9", "21-2"]).links
    assert [(one.relation, one.target) for one in links] == [
        ("previous", "boamp:19-9"),
        ("same_procedure", "boamp:21-2"),
    ]


def test_a_contract_change_modifies_the_award_and_follows_the_call() -> None:
    older = [
        {"REFERENCE": {"IDWEB": "18-1", "TYPE_AVIS": {"NATURE": {"APPEL_OFFRE": {"STANDARD": ""}}}}},
        {"REFERENCE": {"IDWEB": "19-1", "TYPE_AVIS": {"NATURE": {"ATTRIBUTION": {"STANDARD": ""}}}}},
    ]
    one = notice({"MODIF": {"DESC_MODIF": "x"}}, {"MARCHE": {"ANNONCE_ANTERIEUR": older}}, nature="MODIFICATION")
    assert [link.relation for link in one.links] == ["previous", "modifies"]


def test_a_cut_title_is_not_said_twice() -> None:
    whole = "Entretien des chaufferies et des adoucisseurs d'eau des bâtiments communaux"
    one = notice({"OBJET": {"TITRE_MARCHE": whole}}, {"INDEXATION": {"RESUME_OBJET": whole[:50]}}, objet=whole[:50])
    assert one.title == whole
    assert [clause.place for clause in one.clauses] == []


@pytest.mark.parametrize(
    ("nature", "sub", "kind", "instrument", "call"),
    [
        ("APPEL_OFFRE", "CONCOURS", "call", "contest", False),
        ("PERIODIQUE", "MISE_EN_CONCURRENCE", "planning", None, True),
        ("QUALIFICATION", None, "qualification", "qualification_system", False),
        ("EX_ANTE_VOLONTAIRE", None, "intention", None, False),
    ],
)
def test_the_nature_says_the_kind(
    nature: str, sub: str | None, kind: str, instrument: str | None, *, call: bool
) -> None:
    one = notice({"IDENTITE": {"DENOMINATION": "A"}}, nature=nature, sousnature=sub)
    assert (one.kind, one.instrument, one.call) == (kind, instrument, call)


def test_an_old_national_notice_without_a_nature_is_a_call_when_it_sets_a_date() -> None:
    one = notice({"CONDITION_DELAI": {"RECEPT_OFFRES": "2020-01-01T12:00:00"}}, nature=None)
    assert one.kind == "call"


def test_a_page_of_records_is_no_record() -> None:
    page = json.dumps({"total_count": 1, "results": [{"idweb": "20-1", "donnees": "{}"}]}).encode()
    assert not recognises(Document.of(page, name="page.json", media_type="application/json"))
    assert recognises(record({}))


@pytest.mark.parametrize(
    ("root", "ours"), [("ANNONCE", True), ("Annonce", True), ("jo:ann", True), ("ann", True), ("announcement", False)]
)
def test_the_roots_of_its_xml(root: str, ours: bool) -> None:
    """Since October 2023 the root is `ann`, in a namespace of the schema 3.2.5."""
    space = ' xmlns:jo="http://boamp.journal-officiel.gouv.fr/XML/3.2.5"'
    data = f"<?xml version='1.0'?>\n<{root}{space}><GESTION/></{root}>".encode()
    assert recognises(Document.of(data, name="26-1.xml")) is ours


def test_no_field_vanishes() -> None:
    one = read(
        record(
            {"FNSimple": {"initial": {"natureMarche": {"intitule": "A"}, "champNouveau": "du texte"}}}, champ_plat="b"
        )
    ).notice
    assert sorted(u.text for u in one.unread) == ["b", "du texte"]

"""The page of a notice: what a reporter must find on it, and what must never reach a terminal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.notices import Citation, from_json, to_json
from beffroi.notices.derive import derived
from beffroi.render import Extras, clean, day_page, escaped, notice_page
from beffroi.render.layout import cells
from beffroi.render.procedure import Kin

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.notices import Notice
    from beffroi.render.figures import Lang

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


@pytest.fixture
def make(make: Callable[..., Notice]) -> Callable[..., Notice]:
    """Return the builder of a call as it is after reading: with its averages and its values to verify."""
    return lambda **fields: derived(make(**{"kind": "call", **fields}))


@pytest.fixture
def drones(make: Callable[..., Notice]) -> Notice:
    """Return a call of four lots whose first three are of one kind."""

    def lot(name: str, title: str, quantity: int, value: str) -> dict[str, Any]:
        stated = {"kind": "estimate", "value": value, "currency": "EUR", "vat": "excluded", "scope": "lot"}
        counted = {"kind": "estimated", "value": quantity, "noun": "appareils"}
        return {"id": name, "title": title, "quantities": [counted], "amounts": [stated]}

    return make(
        title="Appareils volants",
        buyers=[{"name": "Service des achats", "role": "buyer", "city": "Montclair", "country": "FR"}],
        published="2020-04-12",
        dispatched="2020-04-10",
        deadline="2020-06-19T16:00:00+02:00",
        deadline_kind="tenders",
        nature="supplies",
        instrument="framework",
        procedure={"method": "open"},
        amounts=[{"kind": "estimate", "value": "3795000", "currency": "EUR", "vat": "excluded"}],
        lots=[
            lot("1", "Petits", 565, "1800000"),
            lot("2", "Grands", 66, "1580000"),
            lot("3", "Minuscules", 20, "175000"),
            lot("4", "Passerelles", 300, "240000"),
        ],
        links=[{"relation": "same_notice", "target": "ted:175835-2020"}],
        url="https://bulletin.example/20-1",
    )


def _flat(page: str) -> str:
    return re.sub(r"\s+", " ", page.replace("\u202f", " ").replace("\u00a0", " "))


def test_the_call_shows_lots_quantities_averages_and_both_sums(drones: Notice) -> None:
    page = _flat(notice_page(drones, "fr", 160))
    assert "Avis de marché (appel à la concurrence) · boamp:20-1" in page
    assert "Quantité estimée" in page
    assert "565 appareils" in page
    assert "Montant moyen par unité (calculé)" in page
    assert "(1 800 000 / 565)" in page
    assert "3 185,84 € HT" in page
    assert "Le montant moyen est calculé, non publié : il comprend tout ce que le lot comprend" in page
    assert "lots 1 à 3 font 3 555 000 € HT, les 4 font 3 795 000 € HT, total égal à celui de l'avis" in page
    assert "19 juin 2020 à 16:00 (UTC+02:00)" in page
    assert "12 avril 2020" in page
    assert "10 avril 2020" in page
    assert "ted:175835-2020" in page
    assert "Pour citer : Service des achats, « Appareils volants »" in page


def test_the_same_in_english(drones: Notice) -> None:
    page = _flat(notice_page(drones, "en", 160))
    assert "lots 1 to 3 make €3,555,000 excl. VAT, all 4 make €3,795,000 excl. VAT, equal to the stated total" in page
    assert "Average amount per unit (calculated)" in page


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_page(drones: Notice, width: int, lang: Lang) -> None:
    page = notice_page(drones, lang, width)
    long = [line for line in page.splitlines() if cells(line) > width]
    assert all("ab" * 32 in line or "https" in line for line in long), long


def test_an_amount_is_never_broken_at_its_thousands(drones: Notice) -> None:
    for width in (40, 50, 60, 80):
        assert "1\u202f800\u202f000\u00a0€" in notice_page(drones, "fr", width)


@pytest.mark.parametrize(
    ("origin", "lang", "words"),
    [
        ("reconstruction", "fr", "RECONSTITUTION, NE PAS CITER"),
        ("reconstruction", "en", "RECONSTRUCTION, DO NOT CITE"),
        ("sample", "fr", "EXEMPLE INVENTÉ"),
        ("sample", "en", "INVENTED SAMPLE"),
    ],
)
def test_what_is_not_official_says_so_first_and_last_and_is_not_cited(
    make: Callable[..., Notice], origin: str, lang: Lang, words: str
) -> None:
    lines = notice_page(make(origin=origin, title="T"), lang, 80).splitlines()
    assert words in lines[0]
    assert words in lines[-1]
    assert not any(line.startswith(("Pour citer", "To cite")) for line in lines)


def test_awards_name_suppliers_and_roles(make: Callable[..., Notice]) -> None:
    award = {
        "id": "1",
        "lot_ids": ["1", "2", "3", "5"],
        "status": "awarded",
        "holding": "group",
        "suppliers": [{"name": "Alpha", "role": "leader", "country": "FR"}, {"name": "Beta", "role": "member"}],
        "amounts": [{"kind": "award", "value": "250000", "currency": "EUR", "vat": "excluded"}],
        "decided": "2021-03-04",
        "tenders_received": 3,
    }
    lost = {"id": "2", "lot_ids": ["4"], "status": "not_awarded", "reason": {"kind": "unsuccessful"}}
    page = _flat(notice_page(make(kind="result", awards=[award, lost]), "fr", 120))
    assert "1 · lot 1 à 3, 5 · Attribué · Décision : 4 mars 2021 · 3 offres reçues" in page
    assert "Alpha (FR) – mandataire du groupement" in page
    assert "Beta – membre du groupement" in page
    assert "Montant attribué : 250 000 € HT" in page
    assert "groupement : un seul prix" in page
    assert "2 · lot 4 · Non attribué (Infructueux)" in page


def test_changes_show_old_and_new(make: Callable[..., Notice]) -> None:
    change = {"place": "IV.2.2", "label": "Date limite", "old": "19/06/2020 16:00", "new": "17/07/2020 16:00"}
    page = _flat(notice_page(make(kind="change", changes=[change]), "fr", 120))
    assert "IV.2.2 – Date limite : 19/06/2020 16:00 → 17/07/2020 16:00" in page


def test_a_later_correction_is_announced_with_the_dates(make: Callable[..., Notice], drones: Notice) -> None:
    link = {"relation": "changes", "target": "boamp:20-1"}
    moved = {"place": "IV.2.2", "old": "19/06/2020", "new": "17/07/2020"}
    later = make(id="boamp:20-2", kind="change", published="2020-05-21", links=[link], changes=[moved])
    page = _flat(notice_page(drones, "fr", 120, Extras(later=(later,))))
    assert "Rectifié par boamp:20-2 (21 mai 2020) IV.2.2 : 19/06/2020 → 17/07/2020" in page


def test_the_official_journal_date_comes_from_the_linked_notice(make: Callable[..., Notice], drones: Notice) -> None:
    journal = make(id="ted:175835-2020", source="ted", number="175835-2020", published="2020-04-15")
    page = _flat(notice_page(drones, "fr", 160, Extras({"ted:175835-2020": journal})))
    assert "15 avril 2020" in page


def test_withheld_suspect_and_unread_are_said(make: Callable[..., Notice]) -> None:
    notice = make(
        amounts=[{"kind": "award", "value": "1", "currency": "EUR", "vat": "excluded"}],
        withheld=[{"field": "BT-720", "until": "2030-01-01", "text": "secret des affaires", "lot": "LOT-0001"}],
        unread=[{"place": "/A/B[1]", "text": "un passage", "why": "no reader for this element"}],
    )
    page = _flat(notice_page(notice, "fr", 120))
    assert "Non publié jusqu'au 1er janvier 2030 : BT-720 (lot LOT-0001) – secret des affaires" in page
    assert "Montant attribué : 1 € HT (à vérifier)" in page
    assert "Valeur à vérifier – un montant de 10 ou moins" in page
    assert "Passages non interprétés : 1 (`--unread` les montre)" in page
    assert "un passage" not in page
    listed = _flat(notice_page(notice, "fr", 120, Extras(unread=True)))
    assert "/A/B[1] – no reader for this element un passage" in listed


def test_citations_add_the_rubric_and_the_quote(drones: Notice) -> None:
    citation = Citation(
        sha256="ab", locator="/A#bytes=0-7", label="Rubrique II.2.6, lot 1", quote="1800000", text="1800000"
    )
    page = _flat(notice_page(drones, "fr", 140, Extras(citations={"lots[0].amounts[0].value": citation})))
    assert "lots[0].amounts[0].value Rubrique II.2.6, lot 1 1800000" in page


def test_long_texts_and_many_buyers_say_what_is_left_to_the_record(make: Callable[..., Notice]) -> None:
    buyers = [{"name": f"Ville {i}", "role": "joint_buyer"} for i in range(67)]
    page = _flat(notice_page(make(description="mot " * 500, buyers=buyers), "fr", 100))
    assert "… et 57 de plus (`--all` les montre)" in page
    assert "1 100 signes de plus : --all" in page


HOSTILE = "\x1b[2J\x1b]0;titre\x07\x9b31m\u202eevil\u2066\x00\x07\u200bfin"


def test_nothing_of_a_document_steers_the_terminal(make: Callable[..., Notice]) -> None:
    notice = make(
        title=HOSTILE,
        description=HOSTILE,
        url=HOSTILE,
        buyers=[{"name": HOSTILE, "city": HOSTILE, "role": "buyer"}],
        lots=[{"id": HOSTILE, "title": HOSTILE}],
        changes=[{"old": HOSTILE, "new": HOSTILE, "text": HOSTILE}],
        unread=[{"place": HOSTILE, "text": HOSTILE, "why": HOSTILE}],
    )
    citation = Citation(sha256="ab", locator=HOSTILE, label=HOSTILE, quote=HOSTILE, text=HOSTILE, rule=HOSTILE)
    extras = Extras(linked={HOSTILE: notice}, citations={HOSTILE: citation}, unread=True, later=(notice,))
    for page in (notice_page(notice, "fr", 80, extras), day_page([notice], "fr", 80)):
        assert not STEERING.search(page.replace("\n", ""))
    assert clean(HOSTILE) == "31mevilfin"


@given(st.text())
def test_clean_text_never_steers(text: str) -> None:
    assert not STEERING.search(clean(text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_json_has_the_same_value_and_steers_nothing(make: Callable[..., Notice], text: str) -> None:
    notice = make(title=text)
    line = escaped(to_json(notice).decode())
    assert from_json(line) == notice
    assert json.loads(line)["title"] == text
    assert not STEERING.search(line)


def test_a_day_has_one_row_a_notice_with_kind_and_vat(make: Callable[..., Notice], drones: Notice) -> None:
    award = {"id": "1", "lot_ids": ["1"], "status": "awarded"}
    price: dict[str, Any] = {"kind": "award", "value": "99", "currency": "EUR", "vat": "included"}
    result = make(
        id="boamp:20-9",
        kind="result",
        title="Autre",
        published="2020-04-12",
        awards=[{**award, "amounts": [price]}],
        amounts=[price],
    )
    page = _flat(day_page([drones, result], "fr", 170))
    assert page.startswith("12 avril 2020 · 2 avis")
    assert "Appareils volants 3 795 000 € HT Service des achats valeur estimée" in page
    assert "Autre 99 € TTC – montant attribué" in page


def test_a_day_never_shows_a_value_to_verify_as_the_amount(make: Callable[..., Notice]) -> None:
    notice = make(amounts=[{"kind": "estimate", "value": "1", "currency": "EUR", "vat": "excluded"}])
    assert "1\u00a0€" not in day_page([notice], "fr", 120)


def test_without_a_total_the_sum_of_lots_speaks_and_says_so(make: Callable[..., Notice]) -> None:
    stated = {"kind": "estimate", "currency": "EUR", "vat": "excluded"}
    lots = [{"id": name, "amounts": [{**stated, "value": value}]} for name, value in (("1", "100"), ("2", "200"))]
    first, second = day_page([make(lots=lots, title="T")], "fr", 160).splitlines()[-2:]
    assert first.endswith("300\u00a0€ HT")
    assert second.endswith("valeur estimée, somme des lots")
    silent = [*lots, {"id": "3"}]
    assert "somme des lots" not in day_page([make(lots=silent)], "fr", 160)


def test_a_day_without_notices_says_none(make: Callable[..., Notice]) -> None:
    del make
    assert day_page([], "en", 80, title="BOAMP") == "BOAMP · 0 notices\n\n"


def test_a_correction_that_names_two_publications_tells_the_official_journals_day(
    make: Callable[..., Notice], drones: Notice
) -> None:
    journal = make(id="ted:9-2020", source="ted", number="9-2020", published="2020-04-15")
    both = [{"relation": "changes", "target": "boamp:20-1"}, {"relation": "changes", "target": "ted:9-2020"}]
    later = make(id="boamp:20-2", kind="change", links=both)
    alone = msgspec.structs.replace(drones, links=())
    page = _flat(notice_page(alone, "en", 120, Extras(later=(later,), kin=Kin(same=(journal,)))))
    assert "Official Journal (EU)" in page
    assert "15 April 2020" in page
    assert "boamp:20-2)" in page
    assert "Official Journal" not in notice_page(alone, "en", 120, Extras({"ted:9-2020": journal}, later=(later,)))


def test_an_eforms_identifier_is_no_publication(make: Callable[..., Notice]) -> None:
    page = notice_page(make(links=[{"relation": "same_notice", "target": "eforms:0-1"}]), "en", 100)
    assert "EFORMS" not in page
    assert "eForms identifier of the notice: 0-1" in page


def test_a_short_page_counts_clauses_and_a_whole_one_lists_them_by_rubric(make: Callable[..., Notice]) -> None:
    clauses = [{"place": "BT-17", "text": "required", "lot": "1"}, {"place": "BT-17", "text": "allowed", "lot": "1"}]
    notice = make(clauses=clauses)
    page = notice_page(notice, "en", 100)
    assert "Other passages (conditions, review…): 2 (`--all` lists them)" in page
    assert "required" not in page
    assert "BT-17 (lot 1)\n  required\n  allowed\n" in notice_page(notice, "en", 100, Extras(whole=True))


def test_long_lists_say_how_many_more_there_are_and_a_whole_page_has_all(make: Callable[..., Notice]) -> None:
    lots = [{"id": str(n), "title": f"Lot no {n}"} for n in range(1, 241)]
    awards = [{"id": str(n), "title": f"decision {n}"} for n in range(1, 81)]
    changes = [{"place": f"{n}.", "new": "x"} for n in range(1, 41)]
    notice = make(kind="result", lots=lots, awards=awards, changes=changes)
    page = notice_page(notice, "en", 100)
    assert ["… and 210 more" in page, "… and 60 more" in page, "… and 10 more" in page] == [True] * 3
    assert "Lot no 240" not in page
    every = notice_page(notice, "en", 100, Extras(whole=True))
    assert "more (" not in every
    assert all(text in every for text in ("Lot no 240", "decision 80", "40.: x"))


def test_kinds_that_differ_stand_in_the_cells(make: Callable[..., Notice]) -> None:
    amounts = [{"kind": one, "value": "900", "currency": "EUR", "vat": "excluded"} for one in ("minimum", "estimate")]
    page = notice_page(make(lots=[{"id": "1", "title": "T", "amounts": amounts}]), "en", 100)
    assert "Guaranteed minimum: €900 excl. VAT" in page
    assert "Estimate: €900 excl. VAT" in page


def test_one_lot_that_says_nothing_of_its_own_is_one_line(make: Callable[..., Notice]) -> None:
    assert "\nLots: 1 (LOT-0000)\n" in notice_page(make(title="T", lots=[{"id": "LOT-0000", "title": "T"}]), "en", 100)


def test_at_80_columns_a_day_is_a_table(make: Callable[..., Notice], drones: Notice) -> None:
    other = make(
        number="20-2", kind="result", title="Un objet assez long pour tenir sur plusieurs lignes", origin="sample"
    )
    page = day_page([drones, other], "fr", 80, title="BOAMP")
    assert page.splitlines()[2].split("  ")[0] == "Avis"
    assert "boamp:" not in page
    assert max(cells(line) for line in page.splitlines()) <= 80


@pytest.mark.parametrize(("lang", "whole"), [("fr", "1\u202f800\u202f000\u00a0€ HT"), ("en", "€1,800,000 excl. VAT")])
def test_an_amount_is_never_parted_from_its_vat(drones: Notice, lang: Lang, whole: str) -> None:
    for width in (60, 70, 80, 90, 100):
        page = notice_page(drones, lang, width)
        assert whole in page
        assert "\ue000" not in page

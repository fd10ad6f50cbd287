from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.formats.boamp.figures import sums
from beffroi.notices import Award, decimal_text
from tests.formats.boamp.boamp_build import notice

if TYPE_CHECKING:
    from decimal import Decimal

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
NAMES = [
    *("BATISUD RENOVATION", "Menuiseries du Vercors", "SARL L'ATELIER"),
    *("ÉTS DURAND & FILS", "3D Concept", "COLAS FRANCE"),
]
UNITS = ["€ HT", "euros TTC", "EUR", "euro(s) HT"]
OUTCOMES = {"awarded": None, "infructueux": "unsuccessful", "sans suite": "abandoned"}
TITLES = ["Gros œuvre", "Menuiseries extérieures", "Peinture et sols souples", "Électricité courants faibles"]

amounts = st.decimals(min_value=1, max_value=99_999_999, places=2, allow_nan=False, allow_infinity=False)
days = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
firms = st.sampled_from(NAMES)
sirets = st.integers(min_value=10**13, max_value=10**14 - 1).map(str)


def grouped(value: Decimal, space: str) -> str:
    return f"{value:,.2f}".replace(",", space).replace(".", ",")


def dotted(value: Decimal) -> str:
    return f"{value:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


WRITTEN = {
    "spaces": lambda v: grouped(v, " "),
    "narrow spaces": lambda v: grouped(v, "\u202f"),
    "hard spaces": lambda v: grouped(v, "\xa0"),
    "comma": lambda v: f"{v:.2f}".replace(".", ","),
    "point": lambda v: f"{v:.2f}",
    "dots": dotted,
}
PHRASES = (
    "Lot {lot} : {title} - {name} ({siret}) Notifié le {day} Montant : {sum} euros HT",
    "Lot n°{lot} - {title}\nTitulaire : {name}\nSIRET : {siret}\nDate de notification : {day}\nMontant HT : {sum} €",
    "LOT N°{lot} : {title} Attribution : attribué à 1 entreprise(s) - {name} ({siret}) Notifié le {day} Prix {sum} €HT",
    "Lot {lot} : {title}\nAttributaire : {name}, {siret}\nMarché notifié le {day}\nPrix global forfaitaire : {sum} €HT",
)


def written_day(day: date, style: int) -> str:
    if style == 0:
        return f"{day:%d/%m/%Y}"
    if style == 1:
        return f"{day.day}{'er' if day.day == 1 else ''} {MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d.%m.%Y}"


def awards(text: str, **fields: Any) -> tuple[Award, ...]:
    form = {"FNSimple": {"attribution": {"attributionMarche": text}}}
    return notice(form, nature="ATTRIBUTION", **fields).awards


def left(text: str, **fields: Any) -> list[str]:
    form = {"FNSimple": {"attribution": {"attributionMarche": text}}}
    return [one.text for one in notice(form, nature="ATTRIBUTION", **fields).unread]


@given(
    value=amounts,
    way=st.sampled_from(sorted(WRITTEN)),
    unit=st.sampled_from(UNITS),
)
def test_a_sum_is_read_back_as_it_was_written(value: Decimal, way: str, unit: str) -> None:
    (one,) = sums(f"pour un montant de {WRITTEN[way](value)} {unit}.")
    assert one.value == decimal_text(str(value))
    assert one.vat == {"HT": "excluded", "TTC": "included"}.get(unit[-3:].strip())


@settings(max_examples=150, deadline=None)
@given(data=st.data(), value=amounts, day=days, siret=sirets)
def test_a_sentence_is_read_back_as_it_was_written(data: st.DataObject, value: Decimal, day: date, siret: str) -> None:
    words = {
        "lot": str(data.draw(st.integers(1, 40))),
        "title": data.draw(st.sampled_from(TITLES)),
        "name": data.draw(firms),
        "siret": siret,
        "day": written_day(day, data.draw(st.integers(0, 2))),
        "sum": WRITTEN[data.draw(st.sampled_from(sorted(WRITTEN)))](value),
    }
    text = data.draw(st.sampled_from(PHRASES)).format(**words)
    (award,) = awards(text)
    assert award.lot_ids == (words["lot"],), text
    assert award.title == words["title"], text
    assert [(s.name, [n.value for n in s.ids]) for s in award.suppliers] == [(words["name"], [siret])], text
    assert award.concluded == day.isoformat(), text
    assert [(a.kind, a.value, a.vat) for a in award.amounts] == [("award", decimal_text(str(value)), "excluded")], text
    assert left(text) == [], text


@settings(max_examples=50, deadline=None)
@given(lots=st.lists(st.tuples(firms, st.sampled_from(sorted(OUTCOMES))), min_size=2, max_size=6))
def test_each_lot_has_its_own_award(lots: list[tuple[str, str]]) -> None:
    lines = [
        f"Lot {rank} : " + (f"Titulaire : {name} - Montant : 12 000,50 € HT" if how == "awarded" else f"déclaré {how}")
        for rank, (name, how) in enumerate(lots, 1)
    ]
    read_ones = awards("\n".join(lines))
    assert [one.lot_ids for one in read_ones] == [(str(rank),) for rank in range(1, len(lots) + 1)]
    for one, (name, outcome) in zip(read_ones, lots, strict=True):
        assert [s.name for s in one.suppliers] == ([name] if outcome == "awarded" else [])
        assert (one.reason.kind if one.reason else None) == OUTCOMES[outcome]


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="Lot 12:\n-(),.€HT&#039;attribuéTitulaire/ABC", max_size=120))
def test_no_text_makes_the_reader_fail_or_name_a_supplier_of_nothing(text: str) -> None:
    assert all(one.id and one.status == "awarded" for one in awards(text) if one.suppliers)


def test_a_group_has_a_leader_and_members() -> None:
    (one,) = awards(
        "Attribué au groupement solidaire : ALPHA BTP (mandataire) / BETA SARL\nMontant maximum : 1.200.000,00 € HT"
    )
    assert one.holding == "group"
    assert [(s.name, s.role) for s in one.suppliers] == [
        ("ALPHA BTP", "leader"),
        ("BETA SARL", "member"),
    ]
    assert [(a.kind, a.value) for a in one.amounts] == [("framework_max", "1200000")]


def test_several_holders_are_no_group() -> None:
    (one,) = awards("Titulaires : ALPHA BTP ; BETA SARL")
    assert (one.holding, [s.role for s in one.suppliers]) == ("several", ["sole", "sole"])


def test_a_grouping_that_is_not_certain_leaves_the_sum_unread() -> None:
    text = "Titulaire : ALPHA BTP\nMontant : 175.000 € HT"
    (one,) = awards(text)
    assert (one.suppliers[0].name, one.amounts) == ("ALPHA BTP", ())
    assert left(text) == ["Montant : 175.000 € HT"]


def test_the_name_is_found_by_the_list_of_the_open_data() -> None:
    text = "Lot 1 : Peinture - intérieurs - MARTIN - DUPONT (12345678900012)"
    (award,) = awards(text, titulaire=["MARTIN - DUPONT"])
    assert (award.title, award.suppliers[0].name) == ("Peinture - intérieurs", "MARTIN - DUPONT")


def test_tenders_counted_once_below_all_lots_are_of_no_lot() -> None:
    text = "Lot 1 : Titulaire : ALPHA BTP\nLot 2 : sans suite\nNombre d'offres reçues : 7"
    assert [one.tenders_received for one in awards(text)] == [None, None]
    form = {"FNSimple": {"attribution": {"attributionMarche": text}}}
    assert "Nombre d'offres reçues : 7" in [one.text for one in notice(form, nature="ATTRIBUTION").clauses]


@pytest.mark.parametrize(
    "text",
    [
        "Les montants indiqués sont ceux de l'accord-cadre, 75001 Paris",
        "Le marché a été attribué.",
        "Voir le profil d'acheteur.",
        "Titulaire : ALPHA BTP\nTitulaire : BETA SARL\nMontants : voir annexe",
    ],
)
def test_a_text_that_names_no_one_holder_names_none(text: str) -> None:
    assert [one for one in awards(text) if one.suppliers] == []
    assert left(text)


def test_what_is_not_read_is_left_with_its_place() -> None:
    form = {"FNSimple": {"attribution": {"attributionMarche": "Titulaire : ALPHA BTP\nProcédure relancée deux fois"}}}
    (one,) = notice(form, nature="ATTRIBUTION").unread
    assert (one.text, one.place.partition("#")[2]) == ("Procédure relancée deux fois", "characters=22-50")


def told(text: str) -> list[tuple[tuple[str, ...], str | None, list[str | None]]]:
    """Return the lots, the status and the holders of each award a text tells."""
    return [(one.lot_ids, one.status, [s.name for s in one.suppliers]) for one in awards(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lot 01 - DEMO : SAS DETRUIT - 69800 ORVAL - 87 500.00 € HT", [(("01",), "awarded", ["SAS DETRUIT"])]),
        ("Lot 3 : Haies : VERT SARL, 38999 VALMARIN, 54 321,00 € HT", [(("3",), "awarded", ["VERT SARL"])]),
        (
            "Marché n° : 7\nBOIS & CO, ZA du Pré, 38999 Valmarin\nMontant Ht : 5,50 Euros",
            [((), "awarded", ["BOIS & CO"])],
        ),
        ("Attributaire : S.A.R.L. LE TOIT, 3 place Haute", [((), "awarded", ["S.A.R.L. LE TOIT"])]),
        ("Titulaires :\n- ALPHA\n- BETA\nMontant maximum : 9 000 € HT", [((), "awarded", ["ALPHA", "BETA"])]),
        ("Lots 1 à 3 : Titulaire : ALPHA", [(("1", "2", "3"), "awarded", ["ALPHA"])]),
        (
            "Le lot 3 est déclaré sans suite. Le lot 1 est attribué à ALPHA BTP.",
            [(("3",), "not_awarded", []), (("1",), "awarded", ["ALPHA BTP"])],
        ),
    ],
)
def test_ways_to_name_a_holder(text: str, expected: list[tuple[tuple[str, ...], str | None, list[str]]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Titulaires : ALPHA CONSEIL, BETA ETUDES et GAMMA",
        "Titulaires :\nALPHA CONSEIL\nBETA ETUDES",
        "Recours :\nTribunal administratif d'Orval, 2 place Haute, 38999 Orval",
        "Aucun lot n'a été déclaré infructueux.",
        "Aucune offre reçue pour le lot 4",
        "Le marché - 12 rue Haute - 38999 VALMARIN",
        "Titulaire : groupement solidaire dont le mandataire est ALPHA, 38999 Valmarin",
    ],
)
def test_words_that_could_mean_several_things_award_nothing(text: str) -> None:
    assert awards(text) == ()
    assert left(text)


def test_a_price_with_and_without_tax_is_one_price() -> None:
    (one,) = awards("Titulaire : ALPHA\nMontant HT : 10 000,00 Euros\nMontant TTC : 12 000,00 Euros")
    assert [(a.kind, a.value, a.vat) for a in one.amounts] == [
        ("award", "10000", "excluded"),
        ("other", "12000", "included"),
    ]


def test_a_day_that_is_only_foreseen_is_no_day_of_notification() -> None:
    (one,) = awards("Date prévisionnelle de notification : 12/06/2026\nTitulaire : ALPHA")
    assert one.concluded is None


def test_a_base_price_is_not_the_price() -> None:
    (one,) = awards("Attributaire : ALPHA\nMontant de base : 100 000 € HT + PSE 1 : 5 000 € HT")
    assert one.amounts == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Montant :  10  000  € HT", ["10000"]),
        ("Montant : -10 000 € HT", []),
        ("Montant : 12 000,- € HT", ["12000"]),
        ("Sous-traitant : BETA - 10 000 € HT", []),
        ("Offre la plus basse : 8 000 € HT", []),
        ("<br/>Montant : 10 000 € HT", ["10000"]),
    ],
)
def test_sums_beside_a_holder(text: str, values: list[str]) -> None:
    (one,) = awards("Titulaire : ALPHA BTP\n" + text)
    assert ([s.name for s in one.suppliers], [a.value for a in one.amounts]) == (["ALPHA BTP"], values)


def test_a_number_that_touches_that_of_the_lot_is_no_sum() -> None:
    (one,) = awards("Lot 1 187 900,00 € HT attribué à ALPHA")
    assert one.amounts == ()


def test_holders_named_with_their_lots_in_one_sentence_are_not_mixed() -> None:
    text = "ALPHA BTP pour le lot 1 (10 000 € HT) et BETA SARL pour le lot 2 (20 000 € HT)"
    assert awards(text, titulaire=["ALPHA BTP", "BETA SARL"]) == ()


def test_a_long_text_costs_its_length() -> None:
    text = "".join(f"Lot {rank} : Titulaire : ALPHA {rank} - Montant : 1 000,50 € HT\n" for rank in range(1, 900))
    assert len(awards(text)) == 899

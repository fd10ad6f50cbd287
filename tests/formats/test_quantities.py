# ruff: noqa: E501 - a table of texts, one a line
"""Quantities in words: what is stated, and the many numbers that count nothing bought."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.formats.cursor import Cursor, Span
from beffroi.formats.nodes import JsonNode, parse_xml
from beffroi.formats.quantities import read_quantities
from beffroi.formats.quantities.grammar import stated_quantities

STATED: list[tuple[str, str, list[tuple[int, str, str | None]]]] = [
    # French
    ("title", "Fourniture de 565 micro-drones", [(565, "unknown", "micro-drones")]),
    ("title", "66 drones de capacité nationale", [(66, "unknown", "drones")]),
    ("title", "Lot 2 : 66 drones de capacité nationale", [(66, "unknown", "drones")]),
    ("description", "Quantité estimative pour la durée totale de l'accord-cadre : 565.", [(565, "estimated", None)]),
    ("description", "Quantité minimale : 10 / maximale : 40", [(10, "minimum", None), (40, "maximum", None)]),
    ("description", "Quantité minimum : 10 véhicules, maximum : 40 véhicules", [(10, "minimum", "véhicules"), (40, "maximum", "véhicules")]),
    ("description", "Quantités prévisionnelles : 1 200 gilets pare-balles", [(1200, "estimated", "gilets pare-balles")]),
    ("title", "Acquisition de 12 véhicules utilitaires légers pour les services", [(12, "unknown", "véhicules utilitaires légers")]),
    ("title", "FOURNITURE ET LIVRAISON DE 3 AMBULANCES", [(3, "unknown", "AMBULANCES")]),
    ("title", "Achat d'environ 40 défibrillateurs", [(40, "estimated", "défibrillateurs")]),
    ("title", "Achat d’au moins 40 défibrillateurs", [(40, "minimum", "défibrillateurs")]),
    ("title", "Acquisition d'un maximum de 25 bornes de recharge", [(25, "maximum", "bornes")]),
    ("title", "Fourniture de 30 caméras-piétons au maximum", [(30, "maximum", "caméras-piétons")]),
    ("title", "Fourniture, installation et mise en service de 18 caméras", [(18, "unknown", "caméras")]),
    ("title", "Location longue durée de 24 véhicules électriques", [(24, "unknown", "véhicules électriques")]),
    ("description", "Le présent marché a pour objet la fourniture de 12 autobus.", [(12, "unknown", "autobus")]),
    ("description", "L'accord-cadre porte sur l'acquisition de 5 000 tablettes pour les collèges.", [(5000, "unknown", "tablettes")]),
    ("description", "Le marché concerne la location de 6 bungalows de chantier.", [(6, "unknown", "bungalows")]),
    ("description", "Il s'agit de l'acquisition de 14 kiosques démontables (marché, fêtes).", [(14, "unknown", "kiosques démontables")]),
    ("title", "Construction de 40 logements", [(40, "unknown", "logements")]),
    ("title", "Construction de 40 logements sociaux à Montclair", [(40, "unknown", "logements sociaux")]),
    ("title", "Fourniture de 12 bus et de 6 bornes de recharge", [(12, "unknown", "bus"), (6, "unknown", "bornes")]),
    ("title", "Acquisition de 2 camions, 3 fourgons et 4 remorques", [(2, "unknown", "camions"), (3, "unknown", "fourgons"), (4, "unknown", "remorques")]),
    ("title", "Fourniture de 2\u202f400 chaises", [(2400, "unknown", "chaises")]),
    ("title", "Fourniture de 2 400 chaises", [(2400, "unknown", "chaises")]),
    ("title", "Acquisition de deux (2) bennes à ordures", [(2, "unknown", "bennes")]),
    ("title", "Marché de fourniture de 15 abribus", [(15, "unknown", "abribus")]),
    ("title", "Lot n° 3 : Acquisition de 4 tracteurs", [(4, "unknown", "tracteurs")]),
    ("title", "Renouvellement de 120 copieurs", [(120, "unknown", "copieurs")]),
    ("description", "Besoins du service.\nFourniture de 8 tentes.", [(8, "unknown", "tentes")]),
    # English
    ("title", "Supply of 20 nano-drones", [(20, "unknown", "nano-drones")]),
    ("title", "Supply and delivery of 40 new patrol vehicles", [(40, "unknown", "new patrol vehicles")]),
    ("title", "Purchase of 6 x snow ploughs", [(6, "unknown", "snow ploughs")]),
    ("title", "Supply of Nine (9) Folding Bridges for the port", [(9, "unknown", "Folding Bridges")]),
    ("title", "Procurement of up to 60 electric buses", [(60, "maximum", "electric buses")]),
    ("title", "Procurement of approximately 1,500 laptops", [(1500, "estimated", "laptops")]),
    ("title", "Delivery of at least 6 fire engines", [(6, "minimum", "fire engines")]),
    ("description", "The contract is for the purchase of 7 mobile cranes.", [(7, "unknown", "mobile cranes")]),
    ("description", "Framework agreement for the supply of a maximum of 900 radios.", [(900, "maximum", "radios")]),
    ("description", "Estimated quantity: 12,000 units", [(12000, "unknown", None)]),
    ("description", "Quantity (estimated): 350", [(350, "estimated", None)]),
    ("description", "Quantity: 20 nano-drones", [(20, "unknown", "nano-drones")]),
    ("title", "45 buses", [(45, "unknown", "buses")]),
    ("title", "Lease of 14 scanners", [(14, "unknown", "scanners")]),
    ("title", "Supply, installation and commissioning of 2 scanners", [(2, "unknown", "scanners")]),
    ("title", "Supply of 12 trams and 4 charging stations", [(12, "unknown", "trams"), (4, "unknown", "charging stations")]),
    # German
    ("title", "Lieferung von 40 Fahrzeugen", [(40, "unknown", "Fahrzeugen")]),
    ("title", "Beschaffung von ca. 300 Notebooks", [(300, "estimated", "Notebooks")]),
    ("title", "Lieferung 3 Stück Radlader mit 90 PS", [(3, "unknown", "Radlader")]),
    ("title", "Lieferung von bis zu 34 Gelenkbussen plus Optionen", [(34, "maximum", "Gelenkbussen")]),
    ("title", "Lieferung, Montage und Inbetriebnahme von 5 Hebebühnen", [(5, "unknown", "Hebebühnen")]),
    ("description", "Der Auftrag umfasst die Lieferung von 18 Räumgeräten.", [(18, "unknown", "Räumgeräten")]),
    ("description", "Rahmenvereinbarung über die Lieferung von 1.200 Schutzwesten.", [(1200, "unknown", "Schutzwesten")]),
    ("description", "Höchstmenge der gelieferten Mahlzeiten: 120.500", [(120500, "maximum", None)]),
    ("description", "Menge: 40 Stück", [(40, "unknown", None)]),
    ("description", "Stückzahl: ca. 80", [(80, "estimated", None)]),
    ("title", "Kauf von 9 Rettungswagen", [(9, "unknown", "Rettungswagen")]),
    ("title", "Lieferung von 11 Parkautomaten sowie 4 Wechselautomaten", [(11, "unknown", "Parkautomaten"), (4, "unknown", "Wechselautomaten")]),
    ("title", "Neubau von 24 Wohnungen", [(24, "unknown", "Wohnungen")]),
    ("title", "16 Elektrobusse", [(16, "unknown", "Elektrobusse")]),
    # Spanish
    ("title", "Suministro de 300 cámaras", [(300, "unknown", "cámaras")]),
    ("title", "Suministro e instalación de 300 cámaras de vigilancia", [(300, "unknown", "cámaras")]),
    ("title", "Adquisición de hasta 15 furgonetas", [(15, "maximum", "furgonetas")]),
    ("title", "Adquisición de 7 autobuses eléctricos", [(7, "unknown", "autobuses eléctricos")]),
    ("title", "Contrato de suministro de 1.500 uniformes", [(1500, "unknown", "uniformes")]),
    ("description", "El objeto del contrato es el suministro de 24 contenedores.", [(24, "unknown", "contenedores")]),
    ("description", "Cantidad estimada: 80 unidades", [(80, "estimated", None)]),
    ("title", "Arrendamiento de 50 vehículos sin opción", [(50, "unknown", "vehículos")]),
    ("title", "Compra de un mínimo de 10 motocicletas", [(10, "minimum", "motocicletas")]),
    # Italian
    ("title", "Acquisto di 12 autobus", [(12, "unknown", "autobus")]),
    ("title", "Fornitura di n. 5 filobus snodati nuovi", [(5, "unknown", "filobus snodati nuovi")]),
    ("title", "Fornitura di n. 150 lampioni solari, comprensivi di pali", [(150, "unknown", "lampioni solari")]),
    ("title", "Fornitura e posa in opera di 35 panchine", [(35, "unknown", "panchine")]),
    ("title", "Noleggio di circa 90 autovetture", [(90, "estimated", "autovetture")]),
    ("title", "Procedura aperta per la fornitura di 21 traghetti", [(21, "unknown", "traghetti")]),
    ("description", "Quantità presunta: 1.000 pezzi", [(1000, "estimated", None)]),
    ("title", "Fornitura di n. 8 autocarri e di n. 2 gru", [(8, "unknown", "autocarri"), (2, "unknown", "gru")]),
]  # fmt: skip

LOOKALIKES = [
    "Drones DJI M300 et caméras 4K",
    "Fourniture de drones 4K",
    "Fourniture de drones DJI M300 RTK",
    "Acquisition d'iPhone 12",
    "Fourniture de serveurs Dell R740 2U",
    "Fourniture de carburants 2020 2024",
    "Fourniture de 2024 à 2026",
    "Marché de fournitures 2021",
    "Fourniture de mobilier en 2 lots",
    "Fourniture de 2 lots de mobilier",
    "Lot 2 fournitures de bureau",
    "lot de 2 fauteuils roulants",
    "Fourniture de denrées pour une durée de 24 mois",
    "Location de 36 mois",
    "Noleggio di 36 mesi",
    "Fourniture de gaz pour un montant de 500 000 euros",
    "Fourniture de 500 000 € de papier",
    "Acquisition de 42 hectares de terrain",
    "Location de 1 200 m² de bureaux",
    "Location de 1200 mètres carrés",
    "Fourniture de 12 km de câbles",
    "Fourniture de 500 tonnes de sel",
    "Livraison de 10 000 litres de fioul",
    "Fourniture de 20 GWh d'électricité",
    "Fourniture de repas pour 300 agents",
    "Fourniture de vêtements pour les 300 agents du service",
    "Acquisition de vêtements destinés à 300 agents",
    "Fourniture de repas à 12 écoles",
    "Livraison de repas dans 12 écoles et 3 crèches",
    "Fourniture de 12 écoles en mobilier",
    "Fourniture de sièges pour les 25 navettes du lac",
    "Maintenance de 12 ascenseurs",
    "Entretien de 40 véhicules",
    "Nettoyage de 12 bâtiments",
    "Maîtrise d'œuvre pour la construction de 33 logements",
    "Maîtrise d'œuvre – construction de 33 logements",
    "Mission de coordination : construction de 33 logements",
    "Construction de 33 logements - lot gros œuvre",
    "Construction de 33 logements : lot n° 3 plomberie",
    "Concours pour la construction d'une clinique de 80 lits",
    "Construction d'une crèche de 35 places",
    "Rénovation de 40 logements",
    "Fourniture de 3 types de gants",
    "Fourniture de 10 à 40 véhicules",
    "Fourniture de 10-40 véhicules",
    "Acquisition de 2 ou 3 camions",
    "Fourniture de 40 000 repas par an",
    "Fourniture de 300 repas par jour",
    "Quantité annuelle : 300 par an",
    "Quantité estimée : 12 GWh",
    "Quantité : 12 mois",
    "Quantité minimum d'heures de conduite achetées : 1 300",
    "Nombre de candidats : 5",
    "Fourniture de véhicules, article 5 du règlement",
    "Fourniture au sens de la directive 2014/24",
    "Fourniture, CPV 34711200",
    "Acquisition n° 12 véhicules",
    "Fourniture à 75008 Paris",
    "Phase 1 fourniture",
    "Livraison le 12 avril 2021",
    "Livraison sous 48 heures",
    "Livraison de 12 sites",
    "Acquisition de 4x4",
    "Acquisition de 2 roues électriques",
    "Fourniture de 3 % de pièces",
    "Fourniture de 12,5 kits",
    "Supply of water (52 smart meters)",
    "Supply of 11 kV switchgear",
    "Supply of 3D printers",
    "Supply of 4x4 vehicles",
    "Supply of 2 year maintenance",
    "Supply of services to 12 hospitals",
    "Supply of gravel over the next 5 years",
    "Procurement of cleaning services for 9 libraries",
    "Delivery adviser to 2022 harbour plan",
    "Procurement cut into 3 lots",
    "Supply of 10 to 20 vehicles",
    "Supply of 24/7 support",
    "Supply of vehicles to 300 users",
    "Lieferung der Polster für ein TK 30",
    "Lieferung eines HLF 20",
    "Lieferung LF 20 Feuerwehrfahrzeug",
    "Lieferung 20 kV-Schaltanlagen",
    "Lieferung von 20 kV-Kabeln",
    "Lieferung an 17 Turnhallen",
    "Lieferung in 2 Losen",
    "Lieferung von Fernwärme, Menge: ca. 3.100 MWh",
    "Rahmenvertrag über 4 Jahre",
    "Lieferung von 3 bis 5 Geräten",
    "14 Malerarbeiten",
    "3.11 Malerarbeiten – Fenster",
    "Hort mit 45 Plätzen",
    "Neubau von 24 Wohnungen – Elektroarbeiten",
    "Suministro de energía durante 2 años",
    "Servicio de limpieza en 31 bibliotecas",
    "Suministro de 3 tipos de guantes",
    "Suministro en 5 lotes",
    "Fornitura di n. 6 tipologie di sementi",
    "Fornitura di ricambi per 36 mesi",
    "Fornitura ai sensi dell'art. 63, comma 3",
    "Servizio presso n. 7 musei civici",
    "Fornitura di gas per 12 comuni",
    "No 3 rimorchi leggeri",
    "12 rue des Lilas",
    "42 hectares de forêt",
    "2020",
    "",
    "3",
]


def _read(text: str, stated_in: Any) -> list[tuple[int, str, str | None]]:
    return [(one.value, one.kind, one.noun) for one in stated_quantities(text, stated_in)]


@pytest.mark.parametrize(("stated_in", "text", "expected"), STATED, ids=[text for _, text, _ in STATED])
def test_a_stated_quantity_is_read(stated_in: str, text: str, expected: list[tuple[int, str, str | None]]) -> None:
    assert _read(text, stated_in) == expected


@pytest.mark.parametrize("stated_in", ["title", "description"])
@pytest.mark.parametrize("text", LOOKALIKES)
def test_a_number_of_something_else_is_no_quantity(text: str, stated_in: str) -> None:
    assert _read(text, stated_in) == []


def test_there_are_enough_cases() -> None:
    assert len(STATED) + len(LOOKALIKES) >= 120


_PHRASES = {
    "fr": ("Fourniture de {n} drones", " "),
    "en": ("Supply of {n} drones", ","),
    "de": ("Lieferung von {n} Drohnen", "."),
    "es": ("Suministro de {n} drones", "."),
    "it": ("Fornitura di {n} droni", "."),
}


@given(st.integers(1, 999_999), st.sampled_from(sorted(_PHRASES)), st.booleans())
def test_a_written_quantity_reads_back(value: int, language: str, grouped: bool) -> None:
    phrase, separator = _PHRASES[language]
    written = f"{value:,}".replace(",", separator) if grouped else str(value)
    text = phrase.format(n=written)
    if 1900 <= value <= 2100 and not grouped:
        return
    [found] = stated_quantities(text, "title")
    assert found.value == value
    assert text[slice(*found.at)] == written
    assert found.noun_at is not None
    assert text[slice(*found.noun_at)] == found.noun


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for one in stated_quantities(text, "title"):
        assert one.value > 0


def _lot(xml: str, lot: dict[str, Any] | None = None, cursor: Cursor | None = None) -> dict[str, Any]:
    held: dict[str, Any] = {} if lot is None else lot
    read_quantities(cursor or Cursor(), held, parse_xml(xml.encode()), "description")
    return held


class Remembering(Cursor):
    """Keeps the words cited for each field."""

    def __init__(self) -> None:
        super().__init__()
        self.quotes: dict[str, str] = {}

    def cite(self, draft: dict[str, Any], field: str, *places: Any, rule: str | None = None) -> None:
        del draft, rule
        for place in places:
            assert isinstance(place, Span)
            self.quotes[field] = (place.element.text or "")[place.start : place.end]


def test_each_paragraph_is_read_and_cited_by_its_own_offsets() -> None:
    cursor = Remembering()
    lot = _lot("<D><P>Besoins.</P><P> Fourniture d'environ 1 200 gants</P></D>", cursor=cursor)
    assert lot["quantities"] == [{"kind": "estimated", "value": 1200, "noun": "gants", "stated_in": "description"}]
    assert cursor.quotes == {"value": "1 200", "kind": "environ", "noun": "gants"}


def test_a_json_text_is_read_as_well() -> None:
    lot: dict[str, Any] = {}
    read_quantities(Cursor(), lot, JsonNode("DESCRIPTION", "Quantité estimative : 66."), "description")
    assert [(one["value"], one["kind"]) for one in lot["quantities"]] == [(66, "estimated")]


def test_a_quantity_an_element_gave_is_not_added_again_but_completed() -> None:
    lot = {"quantities": [{"kind": "unknown", "value": 565, "stated_in": "element"}]}
    _lot("<D>Quantité estimative : 565 drones</D>", lot)
    assert lot["quantities"] == [{"kind": "estimated", "value": 565, "stated_in": "element", "noun": "drones"}]


def test_title_and_description_state_the_same_quantity_once() -> None:
    lot: dict[str, Any] = {}
    read_quantities(Cursor(), lot, parse_xml(b"<T>Supply of 12 buses</T>"), "title")
    read_quantities(Cursor(), lot, parse_xml(b"<D>Purchase of 12 buses with chargers.</D>"), "description")
    assert [one["value"] for one in lot["quantities"]] == [12]


def test_the_same_number_of_another_thing_is_a_second_quantity() -> None:
    lot = _lot("<D>Supply of 12 buses and 12 chargers</D>")
    assert [(one["value"], one["noun"]) for one in lot["quantities"]] == [(12, "buses"), (12, "chargers")]


def test_a_lot_without_numbers_has_no_quantities() -> None:
    assert _lot("<D>Fourniture de drones</D>") == {}

"""Invented notices of the BOAMP, as many a day as it publishes: the same seed gives the same bytes.

In: a day and a seed. Out: records of the open data (their 41 fields) and the same notices as XML.

>>> from datetime import date
>>> len(notices(date(2026, 9, 9), 1)), notices(date(2026, 9, 9), 1)[0].fields["dateparution"]
(347, '2026-09-09')
"""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from beffroi.bulletins.holidays import french
from tests.servers.boamp_forms import Facts, form

RHYTHM = ((100, 180), (100, 180), (300, 470), (300, 470), (300, 470), (150, 260), (150, 260))
"""The fewest and the most notices of a Monday … Sunday: Mondays and Tuesdays are quiet, as they were in 2020."""
QUIET = (5, 40)
"""The same on a public holiday."""
EFORMS_SINCE = date(2023, 10, 25)
_OBJECTS = (
    ("Entretien des espaces verts", "77310000", "services"),
    ("Fourniture de denrées pour la cuisine centrale", "15800000", "supplies"),
    ("Réfection de la toiture du gymnase", "45261910", "works"),
    ("Vidéoprotection des abords de la gare", "32323500", "supplies"),
    ("Transport scolaire du secteur nord", "60130000", "services"),
    ("Nettoyage des locaux", "90910000", "services"),
    ("Mission de maîtrise d'œuvre", "71200000", "services"),
    ("Travaux de voirie", "45233140", "works"),
    ("Location de photocopieurs", "30121100", "supplies"),
    ("Assurance des risques statutaires", "66510000", "services"),
)
_BUYERS = ("Commune de", "Communauté de communes de", "Centre hospitalier de", "Office de l'habitat de", "Lycée de")
_TOWNS = ("Valorge", "Sainte-Orge", "Larunette", "Montbrise", "Cransac-le-Vieux", "Orval", "Pont-d'Aune", "Berlande")
_SUPPLIERS = ("ALPHA", "BETONS DE L'AUNE", "JARDINS DU DRAC", "SOTRAPIER", "INFOGAVE", "TOITURES ET FILS")
_FAMILIES = {
    "EFORMS": ("JOUE", "Marchés européens", "DIRECTIVE-24"),
    "FNSimple": ("FNS", "Marchés entre 90 k€ et seuils européens", "FNSimple"),
    "MAPA": ("MAPA", "Marchés < 90 k€", "MAPA"),
    "DSP": ("DSP", "Délégations de service public", "DSP"),
    "": ("FNS", "Marchés entre 90 k€ et seuils européens", "CMP-2006"),
}
_LABELS = {"APPEL_OFFRE": "Avis de marché", "ATTRIBUTION": "Résultat de marché", "RECTIFICATIF": "Rectificatif"}
_MARKETS = {"works": "Travaux", "supplies": "Fournitures", "services": "Services"}
_NAMESPACES = "".join(
    f' xmlns:{prefix}="{address}"'
    for prefix, address in {
        "jo": "http://boamp.journal-officiel.gouv.fr/XML/3.2.5",
        "cac": "urn:boamp:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
        "cbc": "urn:boamp:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
        "ext": "urn:boamp:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
        "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
        "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
        "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    }.items()
)


class Record:
    """One notice: its fields, its bytes in the API, its document in the archives; both are made when asked for."""

    def __init__(self, facts: Facts, fields: dict[str, Any]) -> None:
        self.facts, self.fields = facts, fields

    @property
    def number(self) -> str:
        """Return the number of the notice."""
        return str(self.fields["idweb"])

    @property
    def json(self) -> bytes:
        """Return the record as the API writes it: two of its fields are JSON inside a string."""
        texts = {
            "gestion": msgspec.json.encode(_gestion(self.facts, self.fields)).decode(),
            "donnees": msgspec.json.encode(form(self.facts)).decode(),
        }
        return msgspec.json.encode(self.fields | texts)

    @property
    def xml(self) -> bytes:
        """Return the notice as the DILA deposits it."""
        inner = _xml({"GESTION": _gestion(self.facts, self.fields), "DONNEES": form(self.facts)})
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<jo:ann{_NAMESPACES}>{inner}</jo:ann>\n'.encode()


def notices(day: date, seed: int, *, count: int | None = None, empty: frozenset[str] = frozenset()) -> list[Record]:
    """Return the notices of a day, in the order of their numbers as text.

    `count` replaces what the rhythm gives. `empty` names facts (`buyer`, `title`, `cpv`) that are left empty: both in
    the record and in its form.
    """
    chance = random.Random(f"{seed} {day}")
    many = chance.randint(*(QUIET if day in french(day.year) else RHYTHM[day.weekday()]))
    found = [_record(_facts(chance, day, place, seed, empty)) for place in range(many if count is None else count)]
    return sorted(found, key=lambda one: one.number)


def number_of(day: date, place: int) -> str:
    """Return the number of the notice at a place of a day: no two are the same, whatever the day."""
    within = day.timetuple().tm_yday
    return f"{day:%y}-{within * 1000 + place if place < 1000 else 1_000_000 + within * 15_000 + place}"


def folder_of(number: str) -> str:
    """Return the identifier of the procedure that a call of this number opens."""
    digits = hashlib.md5(number.encode(), usedforsecurity=False).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"


def _facts(chance: random.Random, day: date, place: int, seed: int, empty: frozenset[str]) -> Facts:
    shapes = ("EFORMS", "FNSimple", "MAPA", "DSP") if day >= EFORMS_SINCE else ("",)
    (shape,) = chance.choices(shapes, (54, 39, 6, 1)[: len(shapes)])
    kinds = {"EFORMS": "AAAT", "FNSimple": "AAATR"}.get(shape, "A")
    kind = {"A": "APPEL_OFFRE", "T": "ATTRIBUTION", "R": "RECTIFICATIF"}[chance.choice(kinds)]
    title, cpv, nature = chance.choice(_OBJECTS)
    town = chance.choice(_TOWNS)
    number = number_of(day, place)
    earlier = None if kind == "APPEL_OFFRE" else number_of(day - timedelta(28), chance.randrange(100))
    facts = Facts(
        number=number,
        day=day,
        shape=shape,
        kind=kind,
        title=f"{title} n° {seed}-{place}",
        buyer=f"{chance.choice(_BUYERS)} {town}",
        siret=f"219{chance.randrange(10**11):011}",
        postcode=f"{chance.randrange(1, 96):02}{chance.randrange(900, 1000)}",
        city=town,
        cpv=cpv,
        nature=nature,
        deadline=day + timedelta(chance.randrange(15, 45)),
        value=chance.randrange(25_000, 900_000),
        months=chance.randrange(3, 49),
        supplier=chance.choice(_SUPPLIERS),
        supplier_siret=f"989{chance.randrange(10**11):011}",
        earlier=earlier,
        folder=folder_of(earlier or number) if shape == "EFORMS" else None,
    )
    blank: dict[str, Any] = dict.fromkeys(empty, "")
    return facts._replace(**blank)


def _record(facts: Facts) -> Record:
    family, label, perimeter = _FAMILIES[facts.shape]
    sub = None if facts.kind == "RECTIFICATIF" else "STANDARD"
    path = facts.kind.replace("_", "").lower() + (f"/{sub.lower()}" if sub else "")
    market = _MARKETS[facts.nature]
    department = facts.postcode[:2]
    fields: dict[str, Any] = {
        "idweb": facts.number,
        "id": facts.number.replace("-", "_"),
        "contractfolderid": facts.folder,
        "objet": facts.title,
        "filename": f"{facts.number}.xml",
        "famille": family,
        "code_departement": [department.lstrip("0")],
        "code_departement_prestation": None,
        "famille_libelle": label,
        "dateparution": str(facts.day),
        "datefindiffusion": str(facts.deadline),
        "datelimitereponse": facts.due,
        "nomacheteur": facts.buyer,
        "titulaire": [facts.supplier] if facts.kind == "ATTRIBUTION" else None,
        "perimetre": perimeter,
        "type_procedure": "OUVERT" if facts.shape == "EFORMS" else None,
        "soustype_procedure": None,
        "procedure_libelle": "Procédure Ouverte" if facts.shape == "EFORMS" else None,
        "procedure_categorise": "OUVERT" if facts.shape == "EFORMS" else None,
        "nature": facts.kind,
        "sousnature": sub,
        "nature_libelle": _LABELS[facts.kind],
        "sousnature_libelle": None,
        "nature_categorise": path,
        "nature_categorise_libelle": _LABELS[facts.kind],
        "criteres": None,
        "marche_public_simplifie": None,
        "marche_public_simplifie_label": None,
        "etat": "RECTIFICATIF" if facts.kind == "RECTIFICATIF" else "INITIAL",
        "descripteur_code": None,
        "dc": None,
        "descripteur_libelle": None,
        "type_marche": [market.upper()],
        "type_marche_facette": [market],
        "type_avis": None,
        "annonce_lie": [facts.earlier] if facts.earlier else None,
        "annonces_anterieures": None,
        "source_schema": "3.2.5" if facts.shape else "Boamp_v230.xsd",
        "gestion": None,
        "donnees": None,
        "url_avis": f"https://www.boamp.fr/pages/avis/?q=idweb:%22{facts.number}%22",
    }
    return Record(facts, fields)


def _gestion(facts: Facts, fields: dict[str, Any]) -> dict[str, Any]:
    perimeter = {"FNSimple": "CMP-2006"}.get(fields["perimetre"], fields["perimetre"])
    gestion: dict[str, Any] = {
        "REFERENCE": {
            "IDWEB": facts.number,
            "TYPE_AVIS": {
                "FAMILLE": {fields["famille"]: ""},
                "PERIMETRE": {perimeter: ""},
                "NATURE": {facts.kind: {fields["sousnature"]: ""} if fields["sousnature"] else ""},
                "STATUT": {fields["etat"]: ""},
            },
        }
    }
    if facts.earlier:
        gestion["MARCHE"] = {"ANNONCE_ANTERIEUR": {"REFERENCE": {"IDWEB": facts.earlier}}}
    gestion["INDEXATION"] = {
        "DATE_PUBLICATION": str(facts.day),
        "DEP_PUBLICATION": facts.postcode[:2],
        "RESUME_OBJET": facts.title,
    }
    return gestion


def _xml(value: Any) -> str:
    """Return what an element holds, from its JSON."""
    if not isinstance(value, dict):
        return escape(str(value))
    parts = [escape(value["#text"])] if "#text" in value else []
    for tag, below in value.items():
        if tag[0] in "@#":
            continue
        for one in below if isinstance(below, list) else [below]:
            named = one.items() if isinstance(one, dict) else ()
            written = "".join(f" {key[1:]}={quoteattr(text)}" for key, text in named if key[0] == "@")
            parts.append(f"<{tag}{written}>{_xml(one)}</{tag}>")
    return "".join(parts)

"""Buyers, suppliers and review bodies of the BOAMP: names, identifiers, places; contact persons stay unread.

In: IDENTITE, TITULAIRE, ADRESSE and the `organisme` of the national forms. Out: drafts of organisations.

>>> scheme("21340172201787"), scheme("213 401 722"), scheme("B 123")
('SIRET', 'SIREN', 'unknown')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.frame import PERSONAL, STREET, Frame, add, into, keep, leave, put, used, web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft
    from beffroi.notices.organization import Role

_DIGITS = {14: "SIRET", 9: "SIREN"}
COUNTRIES = {"UK": "GB", "EL": "GR"}
"""Codes the European Union writes otherwise than ISO 3166-1."""


def scheme(number: str) -> str:
    """Return the register a French identifier belongs to by its length: 14 digits are a SIRET, 9 a SIREN."""
    compact = number.replace(" ", "")
    return _DIGITS.get(len(compact), "unknown") if compact.isdecimal() else "unknown"


def identifier(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read CODE_IDENT_NATIONAL: a SIRET or SIREN is written without its spaces."""
    number = frame.text(cursor, element)
    if not number:
        return
    register = scheme(number)
    one: Draft = {"scheme": register, "value": number.replace(" ", "") if register != "unknown" else number}
    cursor.anchor(one, element, "14 digits are a SIRET, 9 a SIREN")
    cursor.cite(one, "value", element)
    add(frame.draft, "ids", one)


def nuts(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a NUTS code; its first two letters name the country."""
    code = cursor.value(element).upper()
    if not code:
        return
    frame.draft["nuts"] = code
    cursor.cite(frame.draft, "nuts", element)
    if "country" not in frame.draft and code[:2].isalpha():
        frame.draft["country"] = COUNTRIES.get(code[:2], code[:2])
        cursor.cite(frame.draft, "country", element, rule="the first two letters of a NUTS code name its country")


def country(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read PAYS: a country's code, or its name, which is kept as a passage."""
    code = cursor.value(element).upper()
    if len(code) == 2 and code.isalpha():  # noqa: PLR2004 - ISO 3166-1 alpha-2
        frame.draft["country"] = COUNTRIES.get(code, code)
        cursor.cite(frame.draft, "country", element)
    elif code:
        keep(cursor, element, frame)


LEGACY: Mapping[str, Handler] = {
    "DENOMINATION": put("name"),
    "CODE_IDENT_NATIONAL": identifier,
    "TYPE_IDENT_NATIONAL": used,
    "ADJUDICATEUR_NUTS": nuts,
    "CODE_NUTS": nuts,
    "CP": put("postcode"),
    "VILLE": put("city"),
    "PAYS": country,
    "ADRESSE": STREET,
    "CORRESPONDANT": PERSONAL,
    "CONTACT": PERSONAL,
    "TEL": PERSONAL,
    "POSTE": PERSONAL,
    "FAX": PERSONAL,
    "MEL": PERSONAL,
    "URL": web,
    "URL_PROFIL_ACHETEUR": web,
    "URL_INFORMATION": web,
    "URL_OUTIL_LOGICIEL": web,
    "URL_PARTICIPATION": keep,
    "URL_DOCUMENT": keep,
    "PME_OUI": used,
    "PME_NON": used,
    "AGIT_POUR_AUTRE_COMPTE_OUI": keep,
    "AGIT_POUR_AUTRE_COMPTE_NON": keep,
    "LOI_COMPTE_AUTRE_PAYS": keep,
    "ORGANISME_ACHETEUR_CENTRAL_OUI": keep,
    "ORGANISME_ACHETEUR_CENTRAL_NON": keep,
    "INTEGRALITE_DOC_OUI": keep,
    "INTEGRALITE_DOC_NON": keep,
    "TYPE": used,
}
"""IDENTITE, TITULAIRE and ADRESSE of the schema v2.3.0."""


def organization(
    cursor: Cursor, element: Element, frame: Frame, *, role: Role | None, table: Mapping[str, Handler]
) -> Draft:
    """Return the draft of the organisation an element describes, in a role its place in the form gives it."""
    one: Draft = {"role": role} if role else {}
    cursor.anchor(one, element, "the section of the form")
    into(table, leave)(cursor, element, frame.inside(one))
    return one


def buyer(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read IDENTITE: the buyer (section I)."""
    central = any(one.tag == "ORGANISME_ACHETEUR_CENTRAL_OUI" for one in element)
    role: Role = "central_purchasing" if central else "buyer"
    one = organization(cursor, element, frame, role=role, table=LEGACY)
    if "name" in one:
        add(frame.sheet.notice, "buyers", one)


def described(field: str) -> Handler:
    """Return a handler that reads what the first buyer is (its legal kind, its activity) from a flag's name."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        flag = element
        while len(flag):
            flag = next(iter(flag))
        word = frame.text(cursor, flag) if flag.text and flag.text.strip() else flag.tag if flag is not element else ""
        buyers = frame.sheet.notice.get("buyers")
        if not (buyers and word):
            keep(cursor, element, frame)
            return
        cursor.used(element)
        if field not in buyers[0]:
            buyers[0][field] = word
            cursor.cite(buyers[0], field, flag, rule="the element's name, or its text")

    return read


_BODIES: dict[str, Role] = {
    "INSTANCE_RECOURS": "review",
    "RENS_RECOURS": "review",
    "MEDIATION": "mediation",
    "INSTANCE_MEDIATION": "mediation",
    "ORGANE_MEDIATION": "mediation",
}


def addresses(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read ADRESSES_COMPLEMENTAIRES: review and mediation bodies, and addresses for documents or tenders."""
    for one in element:
        kinds = [flag.tag for part in one if part.tag == "TYPE" for flag in part]
        role: Role | None = next((_BODIES[kind] for kind in kinds if kind in _BODIES), None)
        body = organization(cursor, one, frame, role=role, table=LEGACY)
        if "name" in body:
            add(frame.sheet.notice, "others", body)

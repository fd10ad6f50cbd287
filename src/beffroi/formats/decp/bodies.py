"""Who buys, who holds the contract, who is subcontracted: identifiers as stated, each in the register it names.

In: the fields of a contract. Out: buyers and suppliers with their identifiers.

A SIRET has fourteen digits: one that lost a zero, or became 2.1999E13 in a spreadsheet, is left unread. The first of
several holders is not stated to be their leader.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.decp.fields import Fields, tree
>>> row = b'{"titulaires": [{"titulaire": {"typeIdentifiant": "TVA", "id": "BE0999999999"}}, null]}'
>>> holders(Fields(Cursor(), tree(row)))
[{'ids': [{'scheme': 'VAT', 'value': 'BE0999999999'}], 'country': 'BE'}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Tag
from beffroi.formats.decp.values import siret
from beffroi.formats.decp.words import COUNTRIES, MEMBER_STATES, SCHEMES, plain

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Place
    from beffroi.formats.decp.fields import Fields
    from beffroi.formats.decp.sheet import Sheet
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

NO_SIRET = "no SIRET: it has not fourteen digits"


def read_buyer(sheet: Sheet) -> None:
    """Read the buyer, or the authority that grants a concession."""
    fields, cursor = sheet.fields, sheet.cursor
    sides = ("autoriteconcedante", "acheteur") if sheet.concession else ("acheteur", "autoriteconcedante")
    number = fields.one(*(f"{side}_{name}" for side in sides for name in ("id", "siret")), "autoriteconcedanteid")
    name = fields.one(*(f"{side}_nom" for side in sides))
    if number is None and name is None:
        return
    one: Draft = {"role": "buyer"}
    cursor.anchor(one, number if number is not None else name, "the field's name")  # type: ignore[arg-type]
    if name is not None:
        one["name"] = cursor.prose(name)
        cursor.cite(one, "name", name)
    if number is not None and (digits := siret(cursor.value(number))) is not None:
        sheet.buyer = (digits, number)
        one["ids"] = [_identifier(cursor, "SIRET", digits, number)]
    elif number is not None:
        cursor.leave(number, NO_SIRET)
    if "name" in one or "ids" in one:
        sheet.notice["buyers"] = [one]


def _identifier(cursor: Cursor, scheme: str, value: str, place: Element) -> Draft:
    draft: Draft = {"scheme": scheme, "value": value}
    cursor.anchor(draft, place, "the register its holder is entered in")
    cursor.cite(draft, "value", place, rule=None if value == cursor.value(place) else "spaces left out")
    return draft


def holders(fields: Fields) -> list[Draft]:
    """Return the holders of a contract, or of a concession: a list, or numbered columns; without their roles."""
    found = []
    for names in (("titulaires", "titulaire"), ("titulaire",), ("concessionnaires", "concessionnaire")):
        found += [one for part in fields.objects(*names) if (one := body(part, ""))]
    for prefix in ("titulaire_", "concessionnaire_"):
        for name in fields.numbered(f"{prefix}id_"):
            if one := body(fields, prefix, "_" + name.rpartition("_")[2]):
                found.append(one)
        for suffix in ("", "_"):
            if fields.has(f"{prefix}id{suffix}") and (one := body(fields, prefix, suffix)):
                found.append(one)
    return _once(found)


def _once(found: list[Draft]) -> list[Draft]:
    """Return each holder once, though a list may name it twice."""
    seen: list[object] = []
    kept = []
    for one in found:
        mark = [(each["scheme"], each["value"]) for each in one.get("ids", ())] or one.get("name")
        if mark not in seen:
            kept.append(one)
        seen.append(mark)
    return kept


def body(fields: Fields, prefix: str, suffix: str = "") -> Draft:
    """Return one company of an object or of a row's columns; {} where it states nothing."""
    cursor = fields.cursor
    number = fields.one(f"{prefix}id{suffix}")
    scheme = fields.one(f"{prefix}typeidentifiant{suffix}")
    name = fields.one(f"{prefix}denominationsociale{suffix}", f"{prefix}nom{suffix}")
    if not prefix:
        fields.rest()
    one: Draft = {}
    if name is not None:
        one["name"] = cursor.prose(name)
        cursor.cite(one, "name", name)
    if number is not None:
        identify(cursor, one, number, scheme)
    elif scheme is not None:
        cursor.ignore(scheme, "the register of an identifier that is not stated")
    if one:
        cursor.anchor(one, number if number is not None else name, "the field's name")  # type: ignore[arg-type]
    return one


def identify(cursor: Cursor, one: Draft, number: Element, scheme: Element | None) -> None:
    """Give a company its identifier in the register its type names; a VAT number tells its country."""
    value = " ".join(cursor.value(number).split())
    word = "".join(cursor.value(scheme).split()) if scheme is not None else "unknown"
    if plain(word) == "siret":
        digits = siret(value)
        if digits is None:
            cursor.leave(number, NO_SIRET)
            return
        value, word = digits, "SIRET"
    identifier = _identifier(cursor, SCHEMES.get(plain(word), word), value, number)
    if scheme is not None:
        cursor.cite(identifier, "scheme", scheme, rule="the register of the identifier")
    else:
        cursor.cite(identifier, "scheme", number, rule="the record names no register")
    one["ids"] = [identifier]
    prefix = value[:2].upper()
    if identifier["scheme"] == "VAT" and MEMBER_STATES.fullmatch(prefix) and value[2:3].strip():
        one["country"] = COUNTRIES.get(prefix, prefix)
        cursor.cite(one, "country", number, rule="the prefix of a VAT number")


def read_holders(sheet: Sheet) -> None:
    """Read who holds the contract, and how: alone, as a group, or each for itself.

    Of several holders, only the type of group tells: the rows of tables leave it out where the record states it, and
    the order of 2019 has no field for it. Where nothing tells, `holding` stays absent.
    """
    cursor, award = sheet.cursor, sheet.award
    grouping = sheet.fields.one("typegroupementoperateurs")
    word = plain(cursor.value(grouping)) if grouping is not None else ""
    if grouping is not None:
        sheet.kept("typeGroupementOperateurs", cursor.prose(grouping), grouping)
    row = sheet.fields.has("titulaire_id")
    before = len(cursor.unread)
    found = holders(sheet.fields)
    nameless = sum(one["why"] == NO_SIRET for one in cursor.unread[before:])
    stated = max(len(found), len(found) + nameless - sum("ids" not in one for one in found))
    award["suppliers"] = found
    if not found:
        return
    group, several = word in ("conjoint", "solidaire"), word == "pas de groupement"
    holding = None if row else "group" if group else "sole" if stated == 1 else "several" if several else None
    for one in found:
        one["role"] = "sole" if holding in ("sole", "several") else "member"
        cursor.cite(one, "role", _of(sheet, grouping), rule=_why(holding))
    if holding is not None:
        award["holding"] = holding
        cursor.cite(award, "holding", _of(sheet, grouping), rule=_why(holding))


def _of(sheet: Sheet, grouping: Element | None) -> Place:
    return grouping if grouping is not None else Tag(sheet.fields.element)


def _why(holding: str | None) -> str:
    if holding == "group":
        return "the type of group stated; which of them leads is not"
    if holding == "several":
        return "several holders, and no group: each for itself"
    if holding == "sole":
        return "the one holder stated"
    return "one of several holders: whether they are a group is not stated"

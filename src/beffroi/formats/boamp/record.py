"""The flat fields of the open data, read last: they repeat the form, and stand in for it where it is broken.

In: the fields of one record. Out: what neither the form nor GESTION said. A field that repeats them is no news; one
that contradicts them is kept beside, or reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp import dates
from beffroi.formats.boamp.frame import Frame, add, into, keep, leave_part, passage, put, report, spelled, used
from beffroi.formats.boamp.gestion import once, repeated, title
from beffroi.formats.boamp.links import earlier, linked
from beffroi.formats.boamp.objects import procedure
from beffroi.formats.boamp.outcomes import outcome
from beffroi.formats.boamp.procedures import METHODS, set_method
from beffroi.formats.boamp.terms import day, stated_nature
from beffroi.formats.boamp.typography import cleaned
from beffroi.formats.cursor import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_TOWN = re.compile(r"(\d{5})\s+(\S.*)")


def _same_number(cursor: Cursor, element: Element, frame: Frame) -> None:
    if cursor.value(element).replace("_", "-") not in ("", frame.sheet.notice["number"]):
        cursor.leave(element, "another number than the notice's")


def _published(cursor: Cursor, element: Element, frame: Frame) -> None:
    if dates.date(cursor.value(element)) != frame.sheet.notice.get("published"):
        day("published")(cursor, element, frame)


def _deadline(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read `datelimitereponse`: UTC, which for the legacy form is the wall clock in Paris less one hour.

    The national forms often state an hour without an offset, which the open data stamps as UTC as it stands.
    """
    text = cursor.value(element)
    notice, wall = frame.sheet.notice, frame.sheet.wall
    readings = {dates.from_utc(text, wall=one) for one in ((True, False) if wall is None else (wall,))}
    if frame.sheet.national:
        readings.add(dates.wall_clock(text))
    if not text or notice.get("deadline") in readings:
        return
    when = readings.pop()
    if when is None:
        cursor.leave(element, dates.WHY_IMPOSSIBLE)
    elif readings:
        cursor.leave(element, "two hours are possible: its form does not tell which")
    elif "deadline" in notice:
        passage(cursor, element, frame)
    else:
        notice["deadline"] = when
        cursor.cite(notice, "deadline", element, rule="UTC in the open data, here in Paris time")


def _buyer(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read `nomacheteur`: the buyer where the form names none; lines after its name are its address."""
    said = set(frame.sheet.said)
    text = frame.text(cursor, element)
    if not text or repeated(said, text):
        return
    if frame.sheet.notice.get("buyers"):
        passage(cursor, element, frame)
        return
    one: Draft = {"role": "buyer"}
    cursor.anchor(one, element, "the field of the buyer's name")
    raw = element.text or ""
    lines = [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", raw)]
    town = _TOWN.fullmatch(cleaned(raw[slice(*lines[-1])]).strip()) if len(lines) > 1 else None
    if town:
        start, end = lines[0]
        one["name"] = " ".join(cleaned(raw[start:end]).split())
        cursor.cite(one, "name", Span(element, start, end), rule=spelled(element))
        one["postcode"], one["city"] = town[1], town[2].strip()
        for field in ("postcode", "city"):
            cursor.cite(one, field, Span(element, *lines[-1]), rule="the last line of an address")
    else:
        one["name"] = text
        cursor.cite(one, "name", element, rule=spelled(element))
    add(frame.sheet.notice, "buyers", one)


def _method(cursor: Cursor, element: Element, frame: Frame) -> None:
    word = cursor.value(element)
    if word in METHODS:
        set_method(cursor, element, frame, METHODS[word], word)
    elif word:
        once(keep)(cursor, element, frame)


def _place(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read `code_departement_prestation`: the department of performance, where the form names no place."""
    text = cursor.value(element)
    if text and not frame.sheet.notice.get("places") and not frame.sheet.notice.get("lots"):
        one: Draft = {"text": text}
        cursor.cite(one, "text", element)
        cursor.anchor(one, element)
        add(frame.sheet.notice, "places", one)
    elif text:
        passage(cursor, element, frame)


def _department(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read `code_departement`: that of GESTION without its leading zero."""
    if cursor.value(element).zfill(2).casefold() not in frame.sheet.said:
        once(keep)(cursor, element, frame)


def read_holders(cursor: Cursor, places: list[Element], frame: Frame) -> None:
    """Read `titulaire`: a check of the form's awards; alone, one name is one award, several leave who won what open."""
    notice = frame.sheet.notice
    known = {_plain(one["name"]) for award in notice.get("awards", ()) for one in award.get("suppliers", ())}
    named = [one for one in places if cursor.value(one) and not outcome(cleaned(cursor.value(one)))]
    if known or notice.get("awards"):
        for one in named:
            if _plain(cleaned(cursor.value(one))) not in known:
                cursor.leave(one, "a holder in the open data whom no award of the form names")
        return
    if len({_plain(cleaned(cursor.value(one))) for one in named}) == 1:
        _holder(cursor, named[0], frame)
        return
    for one in named:
        cursor.leave(one, "several holders in the open data: the form does not say who holds what")


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()


def _holder(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Add the award of the only holder a record names: its first line is the name, another may say when."""
    raw = element.text or ""
    first = re.search(r"[^\n]+", raw)
    if first is None:
        return
    award: Draft = {"id": "1", "status": "awarded", "holding": "sole"}
    cursor.anchor(award, element, "the only holder the open data names")
    one: Draft = {"role": "sole", "name": " ".join(cleaned(first[0]).split())}
    cursor.anchor(one, element, "the only holder the open data names")
    cursor.cite(one, "name", Span(element, first.start(), first.end()), rule=spelled(element))
    award["suppliers"] = [one]
    rest = raw[first.end() :]
    found = dates.in_french(rest)
    if len(found) == 1 and re.search(r"\bnotifi", rest, re.IGNORECASE):
        award["concluded"] = found[0].iso[:10]
        span = Span(element, first.end() + found[0].start, first.end() + found[0].end)
        cursor.cite(award, "concluded", span, rule="the day of notification, written in French")
    else:
        leave_part(cursor, element, (first.end(), len(raw)), "words after the name of a holder")
    add(frame.sheet.notice, "awards", award)


def _earlier(cursor: Cursor, element: Element, frame: Frame) -> None:
    if len(element):
        into({"ANNONCE_ANTERIEUR": earlier})(cursor, element, frame)
    else:
        report(cursor, element, "not the JSON of earlier notices")


FIELDS: Mapping[str, Handler] = {
    "idweb": _same_number,
    "id": _same_number,
    "contractfolderid": procedure(put("id")),
    "objet": title,
    "filename": used,
    "famille": used,
    "code_departement": _department,
    "code_departement_prestation": _place,
    "famille_libelle": used,
    "dateparution": _published,
    "datefindiffusion": once(keep),
    "datelimitereponse": _deadline,
    "nomacheteur": _buyer,
    "perimetre": used,
    "type_procedure": procedure(_method),
    "soustype_procedure": once(keep),
    "procedure_libelle": used,
    "procedure_categorise": used,
    "nature": used,
    "sousnature": used,
    "nature_libelle": used,
    "sousnature_libelle": used,
    "nature_categorise": used,
    "nature_categorise_libelle": used,
    "criteres": once(keep),
    "marche_public_simplifie": once(keep),
    "marche_public_simplifie_label": once(keep),
    "etat": used,
    "descripteur_code": used,
    "dc": used,
    "descripteur_libelle": once(keep),
    "type_marche_facette": used,
    "type_avis": used,
    "annonce_lie": linked,
    "annonces_anterieures": _earlier,
    "source_schema": used,
    "url_avis": put("url"),
}
"""The fields read one by one; `titulaire` and `type_marche` are lists read as one."""


def read_fields(cursor: Cursor, root: Element, frame: Frame) -> None:
    """Read the flat fields of a record."""
    lists: dict[str, list[Element]] = {"titulaire": [], "type_marche": []}
    for one in root:
        if one.tag in lists:
            lists[one.tag].append(one)
        elif one.tag in FIELDS:
            FIELDS[one.tag](cursor, one, frame)
        elif one.tag not in ("gestion", "donnees"):
            cursor.leave(one)
    if lists["type_marche"]:
        stated_nature(cursor, lists["type_marche"], frame)
    if lists["titulaire"]:
        read_holders(cursor, lists["titulaire"], frame)

"""GESTION: what the bulletin adds to a form: its number, its place among other notices, its index.

In: GESTION, read after the form. Out: what the form did not say, links to earlier notices, the index as clauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp import dates
from beffroi.formats.boamp.frame import Frame, add, into, keep, passage, put, spelled, used
from beffroi.formats.boamp.links import earlier, link, relation
from beffroi.formats.boamp.objects import procedure
from beffroi.formats.boamp.procedures import PARIS, WALL, kind_of_procedure
from beffroi.formats.boamp.terms import day, nature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


def number(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read IDWEB: the number of the notice, which the record has already."""
    text = cursor.value(element)
    if text and text != frame.sheet.notice["number"]:
        cursor.leave(element, "another number than the notice's")


def once(handler: Handler) -> Handler:
    """Return a handler for what the form may have said already: a repetition is no news, another wording is kept."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        said = set(frame.sheet.said)
        text = frame.text(cursor, element)
        if text and not repeated(said, text):
            handler(cursor, element, frame)

    return read


def repeated(said: set[str], text: str) -> bool:
    """Return whether a notice says a text already, whole or as the beginning of a longer one that was cut."""
    folded = text.casefold()
    cut = folded.rstrip(".… ")
    return folded in said or (len(cut) > CUT and any(one.startswith(cut) for one in said))


CUT = 40
"""Titles of the open data are cut at about 200 characters; shorter texts than this are no cut ones."""


def deadline(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read DATE_LIMITE_REPONSE where the form states no deadline; another one than the form's is kept beside."""
    text = frame.text(cursor, element)
    notice = frame.sheet.notice
    when = (dates.stated if frame.sheet.wall is False else dates.wall_clock)(text) if text else None
    if when is None:
        if text:
            cursor.leave(element, dates.WHY_IMPOSSIBLE)
    elif "deadline" not in notice:
        notice["deadline"] = when
        rule = PARIS if frame.sheet.wall is False else WALL
        cursor.cite(notice, "deadline", element, rule=None if text == when else rule)
    elif when != notice["deadline"]:
        passage(cursor, element, frame)


def title(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read RESUME_OBJET or `objet`: the title of a notice whose form gives none, often cut at 200 characters."""
    said = set(frame.sheet.said)
    text = frame.text(cursor, element)
    notice = frame.sheet.notice
    if text and "title" not in notice:
        notice["title"] = text
        cursor.cite(notice, "title", element, rule=spelled(element))
    elif text and not repeated(said, text):
        passage(cursor, element, frame)


def _flags(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep the names of flags as clauses (SOCIAUX, ENVIRONNEMENTAUX)."""
    cursor.used(element)
    for one in element:
        clause: Draft = {"place": element.tag, "text": one.tag}
        cursor.anchor(clause, one, "the element's name")
        add(frame.sheet.notice, "clauses", clause)
        frame.sheet.said.add(one.tag.casefold())


def _before(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read AVISLIEE or AVIS_PRECEDENT of very old notices: the number of an earlier one."""
    for one in element if len(element) else (element,):
        text = cursor.value(one)
        if text:
            link(cursor, frame, f"boamp:{text}", relation(frame.sheet.kind, None), one)


def _nature(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read NATURE_MARCHE where the form does not say what is bought."""
    if "nature" in frame.sheet.notice:
        cursor.used(element)
    else:
        nature(cursor, element, frame)


_CODED: Mapping[str, Handler] = {"CODE": used, "LIBELLE": once(keep)}
_INDEX: Mapping[str, Handler] = {
    "SCHEMA": used,
    "NOMORGANISME": once(keep),
    "TYPE_PROCEDURE": procedure(kind_of_procedure),
    "NATURE_MARCHE": _nature,
    "DATE_OUVERTURE_OFFRES": keep,
    "DATE_PUBLICATION": day("published"),
    "DATE_LIMITE_REPONSE": deadline,
    "DATE_FIN_DIFFUSION": keep,
    "CLASSES": into({"CLASSE": into(_CODED)}),
    "DESCRIPTEURS": into({"DESCRIPTEUR": into(_CODED)}),
    "CRITERES_SOCIAUX_ENV": _flags,
    "DEP_PUBLICATION": keep,
    "DEP_PRESTATION": keep,
    "RESUME_OBJET": title,
}
_MARKET: Mapping[str, Handler] = {
    "ID_MARCHE": procedure(put("reference")),
    "ID_CONSULTATION": keep,
    "URL_CONSULTATION": keep,
    "ANNONCE_ANTERIEUR": earlier,
}
GESTION: Mapping[str, Handler] = {
    "REFERENCE": into({"IDWEB": number, "TYPE_AVIS": used, "ANNONCE_ANTERIEUR": earlier}),
    "MARCHE": into(_MARKET),
    "NOM_HTML": used,
    "INDEXATION": into(_INDEX),
    "NOMPUBLICATION": keep,
    "GENRE_V1": keep,
    "AVISLIEE": _before,
    "AVIS_PRECEDENT": _before,
}

"""Links a notice states to earlier ones, in the BOAMP and in the Official Journal.

In: ANNONCE_ANTERIEUR, PUBLICATION_JOUE, AVIS_INITIAL and the flat list of linked notices. Out: links by target.

A correction changes the notice its own section names, an award notice awards the calls it names, a contract change
modifies the award; what is named beside is earlier (`previous`). A reference `2020/S 074-175835` is
the notice 175835-2020 of TED. Days of dispatch and publication in a reference are of the earlier notice.

>>> ted("2020", "98406"), ted("2026", "612345")
('ted:098406-2020', 'ted:00612345-2026')
>>> relation("result", "APPEL_OFFRE"), relation("modification", "RECTIFICATIF"), relation("change", None)
('awards', 'previous', 'previous')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.frame import Frame, add, keep
from beffroi.formats.boamp.kinds import child

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices.notice import Relation

OWN: dict[str, Relation] = {"change": "changes", "cancellation": "cancels"}
"""What a notice does to the one its own section names."""

_OBJECTS: dict[str, tuple[Relation, frozenset[str]]] = {
    "result": ("awards", frozenset({"APPEL_OFFRE", "PRE-INFORMATION", "PERIODIQUE", "AVIS_MARCHE", "AVIS_CONCOURS"})),
    "modification": ("modifies", frozenset({"ATTRIBUTION", "AVIS_ATTRIBUTION"})),
}
_IDWEB = re.compile(r"(\d\d)-(\d+)")
EIGHT_DIGITS_SINCE = 2024
"""Since 2024 TED prints a notice number with eight digits, before with six."""


def ted(year: str, number: str) -> str | None:
    """Return the id in TED of a notice of the Official Journal, or None where the reference is none."""
    if not (number.isdecimal() and year.isdecimal() and int(number)):
        return None
    return f"ted:{int(number):0{8 if int(year) >= EIGHT_DIGITS_SINCE else 6}}-{int(year)}"


def relation(kind: str | None, nature: str | None) -> Relation:
    """Return what a notice of a kind does to an earlier one it names beside its own section."""
    verb, objects = _OBJECTS.get(kind or "", ("previous", frozenset[str]()))
    return verb if nature is None or nature in objects else "previous"


def link(cursor: Cursor, frame: Frame, target: str, verb: Relation, *places: Element) -> None:
    """State a link once: a second statement of it only says more of how the two belong together."""
    notice = frame.sheet.notice
    known = next((one for one in notice.get("links", ()) if one["target"] == target), None)
    if target == notice.get("id"):
        return
    if known is None:
        known = {"relation": verb, "target": target}
        cursor.anchor(known, places[0], "the kind of both notices says how they belong together")
        cursor.cite(known, "target", *places, rule="the number of an earlier notice")
        add(notice, "links", known)
    elif known["relation"] == "previous" and verb != "previous":
        known["relation"] = verb


def earlier(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read ANNONCE_ANTERIEUR: the earlier notice in the BOAMP, and its publications.

    Within RECTIF or ANNULATION it is the notice corrected or cancelled.
    """
    cursor.used(element)
    reference = child(element, "REFERENCE")
    nature = child(child(reference, "TYPE_AVIS"), "NATURE")
    named = None if nature is None else next((one.tag for one in nature), None)
    inside = element.getparent()
    own = inside is not None and inside.tag in ("RECTIF", "ANNULATION")
    kind = frame.sheet.kind
    verb = OWN.get(kind or "", relation(kind, named)) if own else relation(kind, named)
    number = child(element if reference is None else reference, "IDWEB")
    if number is not None and number.text and number.text.strip():
        link(cursor, frame, f"boamp:{number.text.strip()}", verb, number)
    for publication in element:
        if publication.tag == "REFERENCE_PUBLICATION":
            journal(cursor, child(publication, "PUBLICATION_JOUE"), frame, verb)


def journal(cursor: Cursor, element: Element | None, frame: Frame, verb: Relation) -> None:
    """Read PUBLICATION_JOUE: a notice of the Official Journal."""
    year, number = child(element, "ANNEE"), child(element, "NUM_ANNONCE")
    if year is None or number is None:
        return
    target = ted((year.text or "").strip(), (number.text or "").strip())
    if target is None:
        cursor.leave(number, "no number of a notice of the Official Journal")
    else:
        link(cursor, frame, target, verb, number, year)


def published_before(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read PUBLICATION_ANTERIEURE: what was published on the same procedure (IV.2.1), with its nature."""
    cursor.used(element)
    for publication in element:
        if publication.tag != "REFERENCE_PUBLICATION":
            continue
        joue = child(publication, "PUBLICATION_JOUE")
        nature = child(joue, "NATURE")
        named = None if nature is None else next((one.tag for one in nature), None)
        journal(cursor, joue, frame, relation(frame.sheet.kind, named))


def first_notice(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read avisInitial: the notice a national correction, cancellation or award belongs to."""
    kind = frame.sheet.kind
    for one in element:
        if one.tag == "idWeb" and cursor.value(one):
            number = cursor.value(one)
            link(cursor, frame, f"boamp:{number}", OWN.get(kind or "", relation(kind, None)), one)
        elif one.tag != "idWeb":
            keep(cursor, one, frame)


def linked(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one number of the flat list `annonce_lie`, which does not say which of the two is the older."""
    number = cursor.value(element)
    if not number:
        return
    newer = _order(number) > _order(frame.sheet.notice["number"])
    verb: Relation = "same_procedure" if newer else relation(frame.sheet.kind, None)
    known = {one["target"] for one in frame.sheet.notice.get("links", ())}
    if f"boamp:{number}" not in known:
        link(cursor, frame, f"boamp:{number}", verb, element)


def _order(number: str) -> tuple[int, int]:
    """Return the rank of a notice number; one of another form has the lowest."""
    found = _IDWEB.fullmatch(number)
    if found is None:
        return (0, 0)
    year = int(found[1])
    return (year + (2000 if year < 80 else 1900), int(found[2]))  # noqa: PLR2004 - the bulletin's numbers begin in 1980


def settle_links(frame: Frame, *, republished: bool) -> None:
    """Name the notice that a correction or cancellation names nowhere but in its list, when it is the only one.

    A notice republished as a whole (`republished`: an eForms change) changes the one it names.
    """
    sheet = frame.sheet
    verb: Relation | None = "changes" if republished else OWN.get(sheet.kind or "")
    links = sheet.notice.get("links", [])
    ours = [one for one in links if one["target"].startswith("boamp:")]
    if verb and len(ours) == 1 and ours[0]["relation"] == "previous":
        for one in links:
            if one["relation"] == "previous":
                one["relation"] = verb

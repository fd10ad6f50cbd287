"""What the handlers of OCDS fill: the draft at hand, and the notice it belongs to.

In: nodes of a release. Out: values in a draft, each cited. A field of the standard without a field of the record is
kept word for word as a clause named after its path; a field the standard and its extensions do not know is unread.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.ocds.tree import release_tree
>>> frame = Frame(Sheet({}))
>>> tree = release_tree(b'{"title": "Lamps", "document": {"id": 1, "url": "https://a.example", "contactPoint": {}}}')
>>> into({"title": put("title"), "document": keep})(Cursor(), tree, frame)
>>> frame.draft["title"], frame.draft["clauses"]
('Lamps', [{'place': 'document', 'text': 'id: 1; url: https://a.example'}])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.cursor import Cursor, Handler, Tag, ignoring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

PERSONAL = ignoring("personal contact")
STREET = ignoring("street address, no field of the record")
HIDDEN: Mapping[str, Handler] = {
    **dict.fromkeys(("contactPoint", "contactPoints", "additionalContactPoints", "contact", "contacts"), PERSONAL),
    **dict.fromkeys(("email", "telephone", "phone", "faxNumber", "fax", "juryMembers"), PERSONAL),
    **dict.fromkeys(("persons", "beneficialOwners", "shareholders", "leadership"), PERSONAL),
    "streetAddress": STREET,
}
"""Parts of a release that no record holds, wherever they stand: people, and streets."""

ROOTS = frozenset({"release", "compiledRelease"})
OBJECT_WANTED, TEXT_WANTED = "a text where an object is expected", "an object where a text is expected"
UNREAD = "{unread}"
"""Before the name of a field reported already (`shapes`)."""
_LOCALIZED = re.compile(r"(?P<field>[A-Za-z]+)_(?P<language>[a-z]{2,3})(?:-[A-Za-z]{2,4})?")


class Sheet:
    """A notice in the making.

    `parties` are the nodes of organisations by their id in the release, `told` the drafts of those the record holds;
    `lots` and `awards` are drafts by id, `whole` is the lot that tender-level terms belong to where there is one, `due`
    the deadlines read by kind, `framework` whether a framework agreement or dynamic purchasing system is set up,
    `tags` the release's tags, `amended` whether it amends a contract.
    """

    def __init__(self, notice: Draft) -> None:
        self.notice = notice
        self.tags: tuple[str, ...] = ()
        self.parties: dict[str, Element] = {}
        self.told: dict[str, Draft] = {}
        self.lots: dict[str, Draft] = {}
        self.whole: Draft | None = None
        self.awards: dict[str, Draft] = {}
        self.due: dict[str, tuple[str, Element]] = {}
        self.framework = False
        self.amended = False


class Frame:
    """The draft a handler fills, the sheet it stands on and the lot it is in."""

    __slots__ = ("draft", "lot", "sheet")

    def __init__(self, sheet: Sheet, draft: Draft | None = None, lot: str | None = None) -> None:
        self.sheet = sheet
        self.draft = sheet.notice if draft is None else draft
        self.lot = lot

    def inside(self, draft: Draft) -> Frame:
        """Return a frame for a draft that is a part of this one."""
        return Frame(self.sheet, draft, self.lot)


def add(draft: Draft, field: str, value: object) -> int:
    """Append to the list `draft[field]` and return the index of the value in it."""
    several: list[object] = draft.setdefault(field, [])
    several.append(value)
    return len(several) - 1


def child(element: Element | None, tag: str) -> Element | None:
    """Return the first child of a name, or None."""
    return next((one for one in element if one.tag == tag), None) if element is not None else None


def scalar(element: Element) -> bool:
    """Return whether an element is a text, a number or a flag."""
    return element.text is not None


def written(cursor: Cursor, element: Element | None) -> str:
    """Return the text of an element that may be absent or no text ("" then)."""
    return cursor.value(element) if element is not None and scalar(element) else ""


def place_of(element: Element) -> str:
    """Return the path of an element as OCDS writes it: `tender/lots/contractPeriod`."""
    names: list[str] = []
    node: Element | None = element
    while node is not None and not (node.tag in ROOTS and len(names) > 0):
        names.append(node.tag)
        node = node.getparent()
    return "/".join(reversed(names))


def put(field: str) -> Handler:
    """Return a handler that reads a text into a field; another text of the same field is kept apart."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        if not scalar(element):
            leave(cursor, element, frame, TEXT_WANTED)
            return
        text = cursor.prose(element)
        if not text or text == frame.draft.get(field):
            return
        if field in frame.draft:
            keep(cursor, element, frame)
            return
        frame.draft[field] = text
        cursor.cite(frame.draft, field, element)

    return read


def flag(field: str) -> Handler:
    """Return a handler that reads true or false into a field."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = written(cursor, element).casefold()
        if text not in ("true", "false"):
            leave(cursor, element, frame, "neither true nor false")
        elif field not in frame.draft:
            frame.draft[field] = text == "true"
            cursor.cite(frame.draft, field, element)

    return read


def count(field: str) -> Handler:
    """Return a handler that reads a whole number into a field."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = written(cursor, element)
        if not re.fullmatch(r"[0-9]{1,9}(?:\.0+)?", text):
            leave(cursor, element, frame, "not a whole number")
        elif field not in frame.draft:
            frame.draft[field] = int(text.partition(".")[0])
            cursor.cite(frame.draft, field, element)

    return read


def used(cursor: Cursor, element: Element, frame: Frame) -> None:  # noqa: ARG001 - the handlers' one signature
    """Pass over an element whose text serves the record though no value quotes it."""
    cursor.used(element)


def passed(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Do nothing: the element is read on its own."""


def into(table: Mapping[str, Handler]) -> Handler:
    """Return a handler that reads an object's fields by a table; a field it does not know is left unread."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        if scalar(element):
            leave(cursor, element, frame, OBJECT_WANTED)
            return
        for one in element:
            handler = table.get(one.tag) or HIDDEN.get(one.tag) or _localized(one, table) or leave
            handler(cursor, one, frame)

    return read


def within(field: str, table: Mapping[str, Handler]) -> Handler:
    """Return a handler that reads an object's fields into the draft `draft[field]`, which it makes when needed."""
    read = into(table)

    def handler(cursor: Cursor, element: Element, frame: Frame) -> None:
        part: Draft = frame.draft.get(field) or {}
        if not part:
            cursor.anchor(part, element)
        read(cursor, element, frame.inside(part))
        if part:
            frame.draft[field] = part

    return handler


def _localized(element: Element, table: Mapping[str, Handler]) -> Handler | None:
    """Return how to read a text in another language (`title_fr`): kept, where its field is known."""
    found = _LOCALIZED.fullmatch(element.tag)
    return keep if found and found["field"] in table else None


def language_of(tag: str, field: str) -> str | None:
    """Return the language of a localized field (`title_fr`), or None where the tag is none of that field.

    >>> language_of("title_fr", "title"), language_of("title", "title")
    ('fr', None)
    """
    found = _LOCALIZED.fullmatch(tag)
    return found["language"] if found and found["field"] == field else None


def keeping(*names: str) -> dict[str, Handler]:
    """Return a table that keeps fields as clauses."""
    return dict.fromkeys(names, keep)


def keep(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep an element as a clause, verbatim: a text as it is, an object as its fields in their order."""
    keep_but(cursor, element, frame, frozenset())


def keep_but(cursor: Cursor, element: Element, frame: Frame, read: frozenset[str]) -> None:
    """Keep an element as a clause, but for the fields read elsewhere."""
    if element.tag in HIDDEN:
        HIDDEN[element.tag](cursor, element, frame)
        return
    if element.tag.startswith(UNREAD):
        return
    words: list[str] = []
    places: list[Place] = []
    if scalar(element):
        words.append(cursor.prose(element))
        places.append(element)
    else:
        for one in element:
            if one.tag not in read:
                _spell(cursor, one, (one,), (words, places))
    text = "; ".join(filter(None, words))
    if text:
        clause: Draft = {"place": place_of(element), "text": text}
        if frame.lot:
            clause["lot"] = frame.lot
        cursor.anchor(clause, element)
        cursor.cite(clause, "text", *places)
        add(frame.sheet.notice, "clauses", clause)


def _spell(cursor: Cursor, element: Element, path: tuple[Element, ...], told: tuple[list[str], list[Place]]) -> None:
    """Add each text at or below an element with the keys that lead to it, and where all of these stand."""
    if element.tag in HIDDEN:
        HIDDEN[element.tag](cursor, element, None)
        return
    if element.tag.startswith(UNREAD):
        return
    if not scalar(element):
        for one in element:
            _spell(cursor, one, (*path, one), told)
        return
    text = cursor.prose(element)
    if text:
        told[0].append(f"{'.'.join(one.tag for one in path)}: {text}")
        told[1].extend((*map(Tag, path), element))


def leave(cursor: Cursor, element: Element, frame: Frame, why: str = "no reader for this element") -> None:
    """Report an element no reader knows, but for the people in it."""
    if element.tag in HIDDEN:
        HIDDEN[element.tag](cursor, element, frame)
    elif element.tag.startswith(UNREAD):
        return
    elif scalar(element):
        cursor.leave(element, why)
    else:
        for one in element:
            leave(cursor, one, frame, why)

"""What the handlers of the BOAMP fill: the draft at hand, and the notice it belongs to.

In: elements of a record. Out: values in a draft, each cited. Handlers of all shapes share these few.

>>> from beffroi.formats.cursor import Cursor, walk
>>> from beffroi.formats.nodes import JsonNode
>>> frame = Frame(Sheet({}))
>>> walk(Cursor(), JsonNode("LOT", {"INTITULE": "Pays d&#039;Orval", "VALIDITE": {"DUREE_MOIS": "8"}}),
...      {"INTITULE": put("title"), "VALIDITE": keep}, frame)
>>> frame.draft["title"], frame.draft["clauses"]
("Pays d'Orval", [{'place': 'VALIDITE/DUREE_MOIS', 'text': '8'}])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.typography import cleaned
from beffroi.formats.cursor import Cursor, Handler, ignoring, walk
from beffroi.formats.nodes import local_name, path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

PERSONAL = ignoring("personal contact")
STREET = ignoring("street address, no field of the record")
HIDDEN: Mapping[str, Handler] = {
    **dict.fromkeys(("coord", "mel", "tel", "fax", "poste", "correspondant", "correspondantPRM"), PERSONAL),
    **dict.fromkeys(("PersonnePhysique", "nomContact", "adresseMailContact", "telContact", "faxContact"), PERSONAL),
    **dict.fromkeys(("voie", "nomvoie", "bp"), STREET),
}
"""Parts of the national forms that no record holds, in whatever section they stand."""
RESOLVED = "HTML entities and Windows-1252 characters are read as the letters they stand for"


class Sheet:
    """A notice in the making; `said` holds what it says already, so that a repeated field is known as one.

    `wall` tells that its hours are wall clocks in Paris whatever offset they bear (the legacy form), None that its form
    is not known, `national` that it fills one of today's national forms, `of_2014` a European form of 2014; `due` is
    where its deadline was read, `objects` are the frames of its objects, `shared` is what is stated once for all its
    lots, `amounts` are the sums read from elements, each with its own.
    """

    __slots__ = ("amounts", "due", "kind", "national", "notice", "objects", "of_2014", "said", "shared", "wall")

    def __init__(self, notice: Draft, *, wall: bool | None = False) -> None:
        self.notice = notice
        self.wall = wall
        self.of_2014 = False
        self.national = False
        self.kind: str | None = None
        self.said: set[str] = set()
        self.due: list[Element] = []
        self.objects: list[Frame] = []
        self.amounts: list[tuple[Draft, Element]] = []
        self.shared: Draft = {}


class Frame:
    """The draft a handler fills, the sheet it stands on and the lot it is in.

    `elements` are those a field was read from, `parts` the frames of the lots in an object.
    """

    __slots__ = ("draft", "elements", "lot", "parts", "sheet")

    def __init__(self, sheet: Sheet, draft: Draft | None = None, lot: str | None = None) -> None:
        self.sheet = sheet
        self.draft = sheet.notice if draft is None else draft
        self.lot = lot
        self.elements: dict[str, Element] = {}
        self.parts: list[Frame] = []

    def inside(self, draft: Draft, lot: str | None = None) -> Frame:
        """Return a frame for a draft that is a part of this one."""
        return Frame(self.sheet, draft, lot or self.lot)

    def text(self, cursor: Cursor, element: Element) -> str:
        """Return all text of the element, cleaned, and remember that the notice says it."""
        text = cleaned(cursor.prose(element))
        if text:
            self.sheet.said.add(text.casefold())
        return text


def add(draft: Draft, field: str, value: object) -> int:
    """Append to the list `draft[field]` and return the index of the value in it."""
    several: list[object] = draft.setdefault(field, [])
    several.append(value)
    return len(several) - 1


def put(field: str) -> Handler:
    """Return a handler that reads an element's text into a field; a second text of the same field is kept apart."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        text = frame.text(cursor, element)
        if not text or text == frame.draft.get(field):
            return
        if field in frame.draft:
            passage(cursor, element, frame)
            return
        frame.draft[field] = text
        frame.elements[field] = element
        cursor.cite(frame.draft, field, element, rule=spelled(element))

    return read


def spelled(element: Element) -> str | None:
    """Return the rule that explains a text whose entities or control characters were read as letters."""
    text = element.text
    return RESOLVED if text and cleaned(text) != text else None


def flag(field: str, value: object) -> Handler:
    """Return a handler for an empty element whose name states a value."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        cursor.used(element)
        frame.draft.setdefault(field, value)
        cursor.cite(frame.draft, field, element, rule=f"the element {local_name(element.tag)} states it")
        keep_text(cursor, element, frame)

    return read


def used(cursor: Cursor, element: Element, frame: Frame) -> None:  # noqa: ARG001 - the handlers' one signature
    """Pass over an element whose text serves the record though no value quotes it."""
    cursor.used(element)


def into(table: Mapping[str, Handler], otherwise: Handler | None = None) -> Handler:
    """Return a handler that reads an element's children by a table, and a text of its own as a passage.

    `otherwise` reads the children the table does not know, in a section whose parts are passages; without it they are
    left unread.
    """

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        keep_text(cursor, element, frame)
        if otherwise is None:
            walk(cursor, element, table, frame)
            return
        for child in element:
            table.get(child.tag, otherwise)(cursor, child, frame)

    return read


def within(field: str, handler: Handler) -> Handler:
    """Return a handler applied to the draft `draft[field]`, which it makes when needed."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        known = frame.draft.get(field)
        part: Draft = {} if known is None else known
        if known is None:
            cursor.anchor(part, element)
        handler(cursor, element, frame.inside(part))
        if part:
            frame.draft[field] = part

    return read


def sub(field: str, table: Mapping[str, Handler]) -> Handler:
    """Return a handler that reads an element's children into the draft `draft[field]`."""
    return within(field, into(table))


def of_notice(handler: Handler) -> Handler:
    """Return a handler applied to the notice, wherever in the form its element stands."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        handler(cursor, element, Frame(frame.sheet))

    return read


def keep_text(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep the text an element holds beside its children, where it has one ("OUI" elements sometimes do)."""
    if element.text and element.text.strip():
        passage(cursor, element, frame)


def keep(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep every text at or below the element as a clause, verbatim: it has no field of its own."""
    _keep(cursor, element, frame, local_name(element.tag))


def _keep(cursor: Cursor, element: Element, frame: Frame, place: str) -> None:
    if element.tag in HIDDEN:
        HIDDEN[element.tag](cursor, element, frame)
        return
    if element.text and element.text.strip():
        clause(cursor, element, frame, place)
        return
    cursor.used(element)
    for child in element:
        _keep(cursor, child, frame, f"{place}/{local_name(child.tag)}")


def passage(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep the text of one element as a clause named after it."""
    clause(cursor, element, frame, local_name(element.tag))


def clause(cursor: Cursor, element: Element, frame: Frame, place: str) -> None:
    """Add a clause to the notice: its rubric, its text, and the lot it belongs to."""
    text = frame.text(cursor, element)
    if not text:
        return
    one: Draft = {"place": place, "text": text}
    if frame.lot:
        one["lot"] = frame.lot
    cursor.anchor(one, element)
    cursor.cite(one, "text", element, rule=spelled(element))
    add(frame.sheet.notice, "clauses", one)


def web(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Keep the address of a web page as a clause; a mailbox written in its place is personal."""
    if "@" in (element.text or "") and "://" not in (element.text or ""):
        PERSONAL(cursor, element, frame)
    else:
        keep(cursor, element, frame)


def leave_part(cursor: Cursor, element: Element, span: tuple[int, int], why: str) -> None:
    """Report a part of an element's own text as unread."""
    text = " ".join(cleaned((element.text or "")[slice(*span)]).split())
    if text:
        place = f"{path_of(element)}#characters={span[0]}-{span[1]}"
        cursor.unread.append({"place": place, "text": text, "why": why})


def leave(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Report an element no reader knows, but for the personal contacts in it."""
    if element.tag in HIDDEN:
        HIDDEN[element.tag](cursor, element, frame)
    elif len(element) and not (element.text and element.text.strip()):
        for child in element:
            leave(cursor, child, frame)
    else:
        cursor.leave(element)


def report(cursor: Cursor, element: Element, why: str) -> None:
    """Report an element no reader understands, by its name where it holds no text at all."""
    before = len(cursor.unread)
    cursor.leave(element, why)
    if len(cursor.unread) == before:
        cursor.unread.append({"place": path_of(element), "text": local_name(element.tag), "why": why})

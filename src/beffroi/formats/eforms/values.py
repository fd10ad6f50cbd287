"""Readers of single values: texts in their language, passages, codes, numbers, pointers.

In: elements. Out: values in the record's spelling, cited; what cannot be read is left as unread. A value withheld from
publication is masked in the document ("unpublished", -1, 1970-01-01): it never enters the record as stated.

>>> is_masked("Unpublished"), is_masked("published")
(True, False)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.formats.cursor import Attribute, ignoring
from beffroi.formats.eforms.gathered import Pointer, Section
from beffroi.formats.eforms.lists import LISTS
from beffroi.formats.eforms.names import family, table
from beffroi.formats.nodes import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler, Place
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

MOST_DIGITS = 12
MASK = "unpublished"
MASKED_NUMBER = "-1"
MASK_LENGTH = len(MASK)
"""Most texts are told from a mask by their length."""

coded = ignoring("a trait of an organisation the record has no field for")
personal = ignoring("personal contact")
address = ignoring("street address, no field of the record")


def into(entries: Mapping[str, Handler]) -> Handler:
    """Return a handler that reads each child by the table; a child without a reader is left as unread."""
    readers = table(entries)
    find = readers.get

    def read(cursor: Cursor, element: Element, section: Any) -> None:
        for child in element:
            reader = find(child.tag)
            if reader is None:
                cursor.leave(child)
            else:
                reader(cursor, child, section)
        stray = element.text
        if stray is not None and not stray.isspace():
            leave_stray(cursor, element)

    return read


def leave_stray(cursor: Cursor, element: Element) -> None:
    """Report text that stands directly in an element made of elements."""
    text = cursor.value(element)
    if text:
        why = "text where the format has none"
        cursor.unread.append({"place": path_of(element), "text": text, "why": why})


def extension(entries: Mapping[str, Handler]) -> Handler:
    """Return a handler of `ext:UBLExtensions` whose eForms extension is read by the table."""
    inner = into(entries)

    def read(cursor: Cursor, element: Element, section: Any) -> None:
        for one in element:
            for content in one:
                for found in content:
                    if found.tag == _EFORMS and content.tag in _CONTENT and one.tag in _EXTENSION:
                        inner(cursor, found, section)
                    else:
                        cursor.leave(found)

    return read


_EXTENSION = family("ext:UBLExtension")
_CONTENT = family("ext:ExtensionContent")
_EFORMS = family("efext:EformsExtension")[0]


def is_masked(text: str) -> bool:
    """Return whether a text stands for a withheld one."""
    return text.casefold() == MASK


def code(cursor: Cursor, element: Element, section: Section) -> str:
    """Return a code, or "" where it is empty or masked."""
    text = cursor.value(element)
    if is_masked(text):
        section.notice.masked.append(element)
        return ""
    return text


def hear(cursor: Cursor, element: Element, section: Section, field: str) -> tuple[str, bool]:
    """Return a text and whether it is in the notice's original language; it is remembered under its language."""
    text = cursor.prose(element)
    notice = section.notice
    if len(text) == MASK_LENGTH and is_masked(text):
        notice.masked.append(element)
        return "", False
    if not text:
        return "", False
    written = element.get("languageID")
    said, original = notice.voices.get(written) or notice.voice(written)
    said.append((section.id, field, text, element))
    return text, original


def say(cursor: Cursor, element: Element, section: Section, field: str, place: str) -> None:
    """Read a text into `section.draft[field]`: the original language's, or the first where that one is silent.

    In other languages it is remembered as `place`: title and description have fields there, the rest are passages.
    """
    text, original = hear(cursor, element, section, place)
    if not text:
        return
    before = section.spoken.get(field)
    if before is None or (original and before[0] != "original"):
        section.spoken[field] = ("original" if original else "other", element)
        section.draft[field] = text
        cursor.cite(section.draft, field, element)
    elif original:
        cursor.leave(element, "a second text in the same language")


def words(field: str, place: str | None = None) -> Handler:
    """Return a handler that reads a text into a field of the section."""
    remembered = place or field

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        say(cursor, element, section, field, remembered)

    return read


def keep(cursor: Cursor, section: Section, place: str, text: str, element: Element, *more: Place) -> None:
    """Keep a passage of the notice that has no field of its own."""
    passage: Draft = {"place": place, "text": text}
    if section.id is not None:
        passage["lot"] = section.id
    section.notice.clauses.append(passage)
    cursor.anchor(passage, element)
    cursor.cite(passage, "text", element, *more)


def clause(place: str) -> Handler:
    """Return a handler that keeps a passage under its field's number (BT-300); one of no language is only kept."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text = cursor.prose(element)
        if not text:
            return
        notice = section.notice
        if len(text) == MASK_LENGTH and is_masked(text):
            notice.masked.append(element)
            return
        written = element.get("languageID")
        if written is not None:
            said, original = notice.voices.get(written) or notice.voice(written)
            said.append((section.id, place, text, element))
            if not original:
                return
        keep(cursor, section, place, text, element)

    return read


def listed(place: str) -> Handler:
    """Return a handler that keeps a code or indicator as written; the list it is of may tell a better place."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text = cursor.value(element)
        if len(text) == MASK_LENGTH and is_masked(text):
            section.notice.masked.append(element)
        elif text:
            keep(cursor, section, LISTS.get(element.get("listName") or "", place), text, element)

    return read


def heading(cursor: Cursor, element: Element, section: Section) -> None:  # noqa: ARG001 - the handlers' one signature
    """Use what only says how its neighbours are to be read."""
    cursor.used(element)


def _unit(cursor: Cursor, element: Element) -> list[Place]:
    """Return where the unit of a measure is written."""
    return [Attribute(element, "unitCode")] if cursor.attribute(element, "unitCode") else []


def pairs(place: str, fields: Mapping[str, str] | None = None) -> Handler:
    """Return a handler that keeps all texts of a small structure, units included, as one passage ("tenders: 3").

    `fields` names the field where the first text, a code, tells it better than `place`.
    """

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        written = [(text, child) for child in element if (text := cursor.prose(child))]
        if not written:
            return
        measured = [f"{text} {child.get('unitCode') or ''}".strip() for text, child in written]
        places: list[Place] = [one for _, child in written for one in (child, *_unit(cursor, child))]
        field = fields.get(written[0][0], place) if fields else place
        keep(cursor, section, field, ": ".join(measured), written[0][1], *places[1:])

    return read


def number(place: str) -> Handler:
    """Return a handler that keeps a number as written; -1 masks a withheld one."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text = cursor.value(element)
        if text == MASKED_NUMBER:
            section.notice.masked.append(element)
        elif text:
            keep(cursor, section, place, text, element)

    return read


def pointer(name: str) -> Handler:
    """Return a handler that remembers which part of the notice is pointed to."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        found = cursor.value(element)
        if found == MASKED_NUMBER or (len(found) == MASK_LENGTH and is_masked(found)):
            section.notice.masked.append(element)
        elif found:
            section.pointers.setdefault(name, []).append(Pointer(found, element))

    return read


def whole(cursor: Cursor, element: Element) -> int | None:
    """Return a whole number that is not negative; another is left as unread."""
    text = cursor.value(element)
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    if text:
        cursor.leave(element, f"not a whole number of at most {MOST_DIGITS} digits")
    return None


def flag(cursor: Cursor, element: Element) -> bool | None:
    """Return an indicator; a word that is neither true nor false is left as unread."""
    text = cursor.value(element)
    if text in ("true", "1"):
        return True
    if text in ("false", "0"):
        return False
    if text:
        cursor.leave(element, "neither true nor false")
    return None


def children(cursor: Cursor, element: Element, names: tuple[str, ...]) -> dict[str, Element]:
    """Return the first child of each name; every other child is left as unread."""
    found: dict[str, Element] = {}
    for child in element:
        local = child.tag.rpartition("}")[2]
        if local in names and local not in found:
            found[local] = child
        else:
            cursor.leave(child)
    return found

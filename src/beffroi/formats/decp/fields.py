r"""The fields of a contract's record by name, whatever way it is written, taken one by one; what is left is unread.

In: the bytes of one record: nested as the orders print it (2019, 2022), or one flat row with columns in lower case
(`lieuexecution_code`), with dots, or in capitals. Out: `Fields`, from which readers take what they know.

A field that says nothing (null, "", "CDL" in the Opendatasoft sets, "NC" in older files, "nan") is passed over. What
nobody took is left unread by `rest`: a field no version of this reader knows, a list where one value was expected.

>>> from beffroi.formats.cursor import Cursor
>>> cursor = Cursor()
>>> fields = Fields(cursor, tree(b'{"ACHETEUR": {"id": "1"}, "lieuExecution_code": "CDL", "x": [1, 2]}'))
>>> fields.one("acheteur_id").text, fields.one("lieuexecution_code")
('1', None)
>>> fields.rest(); [(one["place"], one["text"]) for one in cursor.unread]
[('/contract/x[1]', '1'), ('/contract/x[2]', '2')]
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beffroi.errors import Malformed
from beffroi.formats.json_values import parsed
from beffroi.formats.nodes import JsonNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element

NOTHING = frozenset({"", "cdl", "nc", "nan", "none", "null", "nat"})
"""Words that stand for a value that is not stated: CDL in the Opendatasoft sets, NC in files of 2019, nan of software.
"""
_GROUPS = frozenset({"acheteur", "autoriteconcedante", "lieuexecution"})
_NOT_STATED = "it stands for a value that is not stated"


def tree(data: bytes) -> JsonNode:
    """Return the record as a tree named `contract`, numbers as written; raises Malformed where it is no object.

    A column that holds JSON as text is read as that JSON.
    """
    try:
        record = parsed(data.decode(json.detect_encoding(data)))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the document is not well-formed JSON: {error}") from error
    if not isinstance(record, dict):
        raise Malformed("the document is JSON but no record: an object of fields was expected")
    return JsonNode("contract", {key: _expanded(value) for key, value in record.items()})


def _expanded(value: Any) -> Any:
    if not isinstance(value, str) or not value.lstrip().startswith(("[{", '["', "{", "[]")):
        return value
    try:
        inner = parsed(value)
    except (ValueError, RecursionError):
        return value
    return inner if isinstance(inner, dict | list) else value


def is_stated(element: Element) -> bool:
    """Return whether a single value says something."""
    return (element.text or "").strip().casefold() not in NOTHING


class Fields:
    """The fields of one object; taking a field removes it."""

    def __init__(self, cursor: Cursor, element: Element, left: dict[str, list[Element]] | None = None) -> None:
        self.cursor = cursor
        self.element = element
        self._left: dict[str, list[Element]] = left or {}
        for child in element if left is None else ():
            self._add("", child)

    def _add(self, prefix: str, child: Element) -> None:
        name = prefix + child.tag.casefold().replace(".", "_")
        if name in _GROUPS and len(child):
            for below in child:
                self._add(name + "_", below)
        else:
            self._left.setdefault(name, []).append(child)

    def part(self, names: Mapping[str, tuple[str, ...]]) -> Fields | None:
        """Return the fields that describe one thing, under other names, or None where none of them is stated."""
        moved: dict[str, list[Element]] = {}
        for name, columns in names.items():
            for column in columns:
                moved.setdefault(name, []).extend(self._left.pop(column, ()))
        part = Fields(self.cursor, self.element, moved)
        if any(len(one) or is_stated(one) for found in moved.values() for one in found):
            return part
        part.rest()
        return None

    def has(self, *names: str) -> bool:
        """Return whether the record holds one of the fields, stated or not, and not taken yet."""
        return any(name in self._left for name in names)

    def numbered(self, prefix: str) -> list[str]:
        """Return the names that begin with the prefix and end with a number, in the order of their numbers."""
        found = [name for name in self._left if name.startswith(prefix) and name[len(prefix) :].isdecimal()]
        return sorted(found, key=lambda name: int(name[len(prefix) :]))

    def one(self, *names: str) -> Element | None:
        """Return the one stated value of the first of the names that has one; a second value is left unread."""
        found: Element | None = None
        for name in names:
            for element in self._left.pop(name, ()):
                if len(element):
                    self.cursor.leave(element, "several values where one was expected")
                elif not is_stated(element):
                    self.cursor.ignore(element, _NOT_STATED)
                elif found is None:
                    found = element
                elif self.cursor.value(element) == self.cursor.value(found):
                    self.cursor.used(element)
                else:
                    self.cursor.leave(element, "a second value where one was expected")
        return found

    def words(self, name: str, inner: str) -> list[Element]:
        """Return the stated values of a list, wrapped in an object or not (`{"technique": […]}`)."""
        found: list[Element] = []
        for element in self._left.pop(name, ()):
            below = list(element) or [element]
            for one in below:
                if len(one) or (len(element) and one.tag.casefold() not in (inner, name)):
                    self.cursor.leave(one, "no value of this list")
                elif is_stated(one):
                    found.append(one)
                else:
                    self.cursor.ignore(one, _NOT_STATED)
        return found

    def objects(self, name: str, *inner: str) -> Iterator[Fields]:
        """Return the objects of a list, each wrapped in an object of its own or not (`[{"titulaire": {…}}]`)."""
        for element in self._left.pop(name, ()):
            yield from self._unwrapped(element, inner)

    def _unwrapped(self, element: Element, inner: tuple[str, ...]) -> Iterator[Fields]:
        if not len(element):
            if is_stated(element):
                self.cursor.leave(element, "a value where an object was expected")
            else:
                self.cursor.ignore(element, _NOT_STATED)
            return
        nested = [one for one in element if one.tag == element.tag]
        wrapped = [one for one in element if one.tag.casefold() in inner and len(one)]
        if nested and len(nested) == len(element):  # a list in a list: [[{…}, {…}]]
            for one in nested:
                yield from self._unwrapped(one, inner)
            return
        if not wrapped:
            yield Fields(self.cursor, element)
            return
        for one in element:
            if one in wrapped:
                yield from self._unwrapped(one, ())
            else:
                self.cursor.leave(one)

    def ignore(self, reason: str, *names: str) -> None:
        """Pass over fields on purpose."""
        for name in names:
            for element in self._left.pop(name, ()):
                self.cursor.ignore(element, reason)

    def rest(self) -> None:
        """Leave unread what nobody took; what says nothing is passed over."""
        for elements in self._left.values():
            for element in elements:
                if len(element) or is_stated(element):
                    self.cursor.leave(element)
                else:
                    self.cursor.ignore(element, _NOT_STATED)
        self._left.clear()

r"""Byte places in JSON, also inside strings that hold JSON themselves (a BOAMP record's `donnees` and `gestion`).

In: the document's bytes. Out: `Part`s: the raw slice of a value, of an attribute (`@DEVISE`) or of a key. A locator is
a JSON pointer; `!` marks the step into JSON written in a string: `/donnees!/OBJET/LOTS/LOT/0/NUM#bytes=812-813`.
The quote is what stands in the bytes: one JSON unescape a level gives the text.

>>> from beffroi.formats.nodes import JsonNode
>>> data = rb'{"donnees": "{\"OBJET\": {\"TITRE\": \"Caf\\u00e9\"}}"}'
>>> node = JsonNode("TITRE", "Café", path=("donnees", "OBJET", "TITRE"))
>>> JsonPlaces(data).parts(node)
(Part(locator='/donnees!/OBJET/TITRE#bytes=39-49', quote='Caf\\\\u00e9', text='Café'),)
"""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, cast

from beffroi.errors import Uncited
from beffroi.formats.cursor import Attribute, Span, Tag
from beffroi.notices.citation import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element, JsonNode

Key = str | int
Scale = tuple[list[int], list[int]]

_STRING, _KEY, _OPEN, _CLOSE = 1, 2, 3, 4  # groups of _TOKEN; the fifth is a number, true, false or null

_TOKEN = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([\[{])|([\]}])|([^\s,:\[\]{}"]+)', re.DOTALL)
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_WIDE = re.compile(r"[^\x00-\x7f]")


def codec_of(data: bytes) -> str:
    """Return the Python codec of a JSON document, which its first bytes tell; a byte order mark is left in."""
    codec = json.detect_encoding(data).removesuffix("-sig")
    if codec in {"utf-16", "utf-32"}:
        codec += "-le" if data.startswith(codecs.BOM_UTF16_LE) else "-be"
    return codec


def json_text(raw: str, *, levels: int = 1) -> str:
    r"""Return what a raw slice of JSON says, unescaped once for each level of JSON inside a string.

    >>> json_text(r"th\\u00e9", levels=2)
    'thé'
    """
    for _ in range(levels):
        if "\\" in raw:
            raw = json.loads(f'"{raw}"', strict=False)
    if not raw.isascii() and _HALF.search(raw):
        raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return raw


class JsonPlaces:
    """Where the values of one JSON document stand in its bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._codec = codec_of(data)
        self._root = _scan(_Layer.of_bytes(data))
        self._known: dict[Place, tuple[Part, ...]] = {}

    def parts(self, place: Place) -> tuple[Part, ...]:
        """Return the passages a place covers, in order, white space around each left out."""
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = tuple(self._find(place))
        return known

    def tag(self, element: Element) -> Part:
        """Return the key an element stands at (that of its list, for one of several)."""
        return self.parts(Tag(element))[0]

    def _find(self, place: Place) -> Iterator[Part]:
        if isinstance(place, Tag):
            yield self._key(_path(place.element))
        elif isinstance(place, Attribute):
            yield from self._text((*_path(place.element), f"@{place.name}"))
        elif isinstance(place, Span):
            pointer, value = self._value(_text_path(place.element))
            yield self._part(pointer, _Layer.of_string(value), place.start, place.end)
        else:
            for element in _below(place):
                if element.text:
                    yield from self._text(_text_path(element))

    def _text(self, path: Sequence[Key]) -> Iterator[Part]:
        pointer, value = self._value(path)
        part = self._part(pointer, value.layer, value.start, value.end)
        stripped = part.text.strip()
        if stripped and stripped != part.text:
            start = len(part.text) - len(part.text.lstrip())
            yield self._part(pointer, _Layer.of_string(value), start, start + len(stripped))
        elif stripped:
            yield part

    def _key(self, path: Sequence[Key]) -> Part:
        while path and isinstance(path[-1], int):
            path = path[:-1]
        pointer, value = self._value(path)
        return self._part(pointer, value.layer, *value.key)

    def _part(self, pointer: str, layer: _Layer, start: int, end: int) -> Part:
        first, last = layer.byte(start), layer.byte(end)
        quote = self._data[first:last].decode(self._codec)
        return Part(f"{pointer}#bytes={first}-{last}", quote, json_text(quote, levels=1 + pointer.count("!")))

    def _value(self, path: Sequence[Key]) -> tuple[str, _Value]:
        value, pointer = self._root, ""
        for step in path:
            if value.values is None:
                value, pointer = value.opened(), pointer + "!"
            found = value.values.get(step) if value.values is not None else None
            if found is None:
                raise Uncited(f"the document holds nothing at {pointer}/{step}")
            value = found
            pointer += "/" + str(step).replace("~", "~0").replace("/", "~1").replace("!", "~2")
        return pointer, value


class _Layer:
    """JSON text: the document itself, or what one of its strings says; `byte` leads back to the document."""

    __slots__ = ("_after", "_at", "_outer", "_width", "text")

    def __init__(self, text: str, scale: Scale, *, outer: _Layer | None = None, width: int = 1) -> None:
        self.text = text
        self._outer = outer
        self._after, self._at = scale  # from position after[i] on, the text stands at at[i] of what holds it
        self._width = width

    @classmethod
    def of_bytes(cls, data: bytes) -> _Layer:
        codec = codec_of(data)
        text = data.decode(codec).removeprefix("\ufeff")
        width = len("a".encode(codec))
        after, at = [0], [len(data) - len(text.encode(codec))]
        for found in () if text.isascii() else _WIDE.finditer(text):
            end = found.end()
            at.append(at[-1] + (end - after[-1] - 1) * width + len(found[0].encode(codec)))
            after.append(end)
        return cls(text, (after, at), width=width)

    @classmethod
    def of_string(cls, value: _Value) -> _Layer:
        raw = value.layer.text[value.start : value.end]
        after, at = [0], [value.start]
        for found in _ESCAPE.finditer(raw) if "\\" in raw else ():
            after.append(after[-1] + value.start + found.start() - at[-1] + 1)
            at.append(value.start + found.end())
        return cls(json_text(raw), (after, at), outer=value.layer)

    def byte(self, position: int) -> int:
        """Return the byte of the document at which a position of this text stands."""
        nearest = bisect_right(self._after, position) - 1
        outer = self._at[nearest] + (position - self._after[nearest]) * self._width
        return outer if self._outer is None else self._outer.byte(outer)


class _Value:
    """A value of a layer: where it stands (a string without its quotes), its key, and what it contains."""

    __slots__ = ("_opened", "end", "key", "layer", "start", "values")

    def __init__(self, layer: _Layer, span: tuple[int, int], key: tuple[int, int], *, holds: bool) -> None:
        self.layer = layer
        self.start, self.end = span
        self.key = key
        self.values: dict[Key, _Value] | None = {} if holds else None
        self._opened: _Value | None = None

    def opened(self) -> _Value:
        """Return the JSON a string holds."""
        if self._opened is None:
            self._opened = _scan(_Layer.of_string(self))
        return self._opened


def _scan(layer: _Layer) -> _Value:
    """Return the value a layer of well-formed JSON holds, with the values within it.

    An item of a list stands at the key of its list.
    """
    text = layer.text
    holder: dict[Key, _Value] = {}
    stack: list[tuple[dict[Key, _Value], bool, _Value | None]] = [(holder, True, None)]
    key, step = (0, 1), ""
    for found in _TOKEN.finditer(text):
        kind = found.lastindex
        start, end = found.span()
        if kind == _KEY:
            key = start + 1, found.end(1) - 1
            step = json_text(text[key[0] : key[1]])
        elif kind == _CLOSE:
            closed = stack.pop()[2]
            assert closed is not None, "well-formed JSON closes what it opened"
            closed.end = end
        else:
            values, listed, above = stack[-1]
            span = (start + 1, end - 1) if kind == _STRING else (start, end)
            value = _Value(layer, span, above.key if listed and above else key, holds=kind == _OPEN)
            values[len(values) if listed else step] = value
            if kind == _OPEN and value.values is not None:
                stack.append((value.values, text[start] == "[", value))
    return holder[0]


def _path(element: Element) -> tuple[Key, ...]:
    return cast("JsonNode", element).path


def _text_path(element: Element) -> tuple[Key, ...]:
    node = cast("JsonNode", element)
    return (*node.path, "#text") if isinstance(node.value, dict) else node.path


def _below(element: Element) -> Iterator[Element]:
    yield element
    for child in element:
        yield from _below(child)

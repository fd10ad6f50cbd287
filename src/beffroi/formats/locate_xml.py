"""Byte places in XML: the n-th start tag of the document is the n-th element of its tree.

In: the document's bytes and the root lxml made of them. Out: `Part`s: start tags, attribute values, runs of text.

A run of text ends where markup, a comment or a processing instruction interrupts it; CDATA sections belong to it with
their delimiters. Well-formed XML has no `<` in attribute values, so one pass over the bytes finds every start tag.
Encodings in which ASCII bytes mean ASCII are read as they stand; UTF-16 is read through UTF-8 and mapped back.

>>> from beffroi.formats.nodes import parse_xml
>>> from beffroi.formats.paths import Paths
>>> data = b"<N><T>A &amp; B</T></N>"
>>> root = parse_xml(data)
>>> XmlPlaces(data, root, Paths()).parts(next(iter(root)))
(Part(locator='/N/T[1]#bytes=6-15', quote='A &amp; B', text='A & B'),)
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right, insort
from typing import TYPE_CHECKING, Any

from beffroi.formats.cursor import Attribute, Span, Tag
from beffroi.notices.citation import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element
    from beffroi.formats.paths import Paths

Slice = tuple[int, int]

_START = re.compile(rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|([^/!?]))", re.DOTALL)
_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
_TOKEN = re.compile(
    rb"""<(?:(?P<gap>!--.*?--|\?.*?\?)|(?P<cdata>!\[CDATA\[.*?\]\])|(?P<end>/[^>]*)"""
    rb"""|(?P<start>[^\s/>!?][^\s/>]*(?:[^>"']|"[^"]*"|'[^']*')*))>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UTF8_UNIT = re.compile(rb"&[^;]*;|\r\n|[\xc2-\xdf].|[\xe0-\xef]..|[\xf0-\xf4]...|.", re.DOTALL)
_BYTE_UNIT = re.compile(rb"&[^;]*;|\r\n|.", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PATTERNS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SPACE = b" \t\r\n"


def encoding_of(data: bytes) -> str:
    """Return the Python codec of an XML document: its byte order mark, else its first bytes, else what it declares."""
    for beginning, codec in (*_MARKS, *_PATTERNS):
        if data.startswith(beginning):
            return codec
    declared = _DECLARED.match(data)
    return codecs.lookup(declared[1].decode()).name if declared else "utf-8"


def xml_text(raw: str) -> str:
    """Return what raw XML text or an attribute's raw value says.

    >>> xml_text("a&#233;&lt;<![CDATA[&amp;]]>")
    'aé<&amp;'
    """
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if "<![CDATA[" not in raw:
        return _entities(raw) if "&" in raw else raw
    pieces = _CDATA.split(raw)
    return "".join(one if odd % 2 else _entities(one) for odd, one in enumerate(pieces))


def _entities(raw: str) -> str:
    return _ENTITY.sub(lambda m: _NAMED[m[3]] if m[3] else chr(int(m[1], 16) if m[1] else int(m[2])), raw)


class XmlPlaces:
    """Where the elements, attributes and texts of one XML document stand in its bytes."""

    def __init__(self, data: bytes, root: Any, paths: Paths) -> None:
        encoding = encoding_of(data)
        self._wide = _Wide(data, encoding) if encoding.startswith("utf-16") else None
        self._data = self._wide.utf8 if self._wide else data
        self._encoding = "utf-8" if self._wide else encoding
        self._paths = paths
        self._elements: list[Element] = list(root.getroottree().iter())
        self._starts = [found.start() for found in _START.finditer(self._data) if found.lastindex]
        self._index = dict(zip(self._elements, range(len(self._starts)), strict=True))
        self._known: dict[Place, tuple[Part, ...]] = {}

    def parts(self, place: Place) -> tuple[Part, ...]:
        """Return the passages a place covers, in order, white space around each left out."""
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = tuple(self._find(place))
        return known

    def tag(self, element: Element) -> Part:
        """Return the element's start tag."""
        return self.parts(Tag(element))[0]

    def _find(self, place: Place) -> Iterator[Part]:
        if isinstance(place, Tag):
            start, end = self._tag(self._index[place.element])
            yield self._part(self._paths.of(place.element), start, end)
        elif isinstance(place, Attribute):
            yield from self._attribute(place)
        elif isinstance(place, Span):
            path = self._paths.of(place.element)
            for start, end in self._span(place):
                yield self._part(path, start, end)
        else:
            for owner, start, end in self._runs(self._index[place]):
                raw = self._data[start:end]
                left, right = len(raw) - len(raw.lstrip(_SPACE)), len(raw) - len(raw.rstrip(_SPACE))
                if left < len(raw):
                    yield self._part(self._paths.of(self._elements[owner]), start + left, end - right)

    def _part(self, path: str, start: int, end: int) -> Part:
        quote = self._data[start:end].decode(self._encoding)
        if self._wide:
            start, end = self._wide.offset(start), self._wide.offset(end)
        return Part(f"{path}#bytes={start}-{end}", quote, xml_text(quote))

    def _tag(self, number: int) -> Slice:
        start = self._starts[number]
        found = _TAG.match(self._data, start)
        assert found, "a start tag of well-formed XML ends"
        return start, found.end()

    def _attribute(self, place: Attribute) -> Iterator[Part]:
        start, end = self._tag(self._index[place.element])
        namespace, _, local = place.name.rpartition("}")
        value = place.element.get(place.name)
        for found in _ATTRIBUTE.finditer(self._data, start, end):
            prefix, _, name = found[1].decode(self._encoding).rpartition(":")
            span = found.span(2) if found[2] is not None else found.span(3)
            if name != local or bool(prefix) != bool(namespace) or span[0] == span[1]:
                continue
            part = self._part(f"{self._paths.of(place.element)}/@{local}", *span)
            if not prefix or part.text == value:
                yield part
                return

    def _runs(self, number: int) -> Iterator[tuple[int, int, int]]:
        """Yield each run of text at or below an element: the number of the element it belongs to, start, end."""
        data, (_, at) = self._data, self._tag(number)
        if data[at - 2] == _SLASH:
            return
        stack, last = [number], number
        for token in _TOKEN.finditer(data, at):
            kind = token.lastgroup
            if kind == "cdata":
                continue
            if token.start() > at:
                yield stack[-1], at, token.start()
            at = token.end()
            if kind == "start":
                last += 1
                if data[at - 2] != _SLASH:
                    stack.append(last)
            elif kind == "end":
                stack.pop()
                if not stack:
                    return

    def _span(self, span: Span) -> Iterator[Slice]:
        """Yield the slices of a passage of the element's own text; a run that holds CDATA is cited whole."""
        unit = _UTF8_UNIT if self._encoding == "utf-8" else _BYTE_UNIT
        number, at = self._index[span.element], 0
        below = self._starts[number + 1] if len(span.element) else len(self._data)
        for _, start, end in self._runs(number):
            if start >= below or at >= span.end:
                return
            raw = self._data[start:end]
            if b"<![CDATA[" in raw:
                length = len(xml_text(raw.decode(self._encoding)))
                if at < span.end and at + length > span.start:
                    yield start, end
            else:
                offsets = [start + found.start() for found in unit.finditer(raw)]
                length = len(offsets)
                low, high = max(span.start - at, 0), min(span.end - at, length)
                if low < high:
                    yield offsets[low], offsets[high] if high < length else end
            at += length


_SLASH = ord("/")


class _Wide:
    """A document whose encoding is no extension of ASCII, as UTF-8, and the way back to its own bytes."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self.utf8 = data.decode(encoding).encode()
        self._encoding = encoding
        self._known = [(0, 0)]

    def offset(self, utf8: int) -> int:
        """Return the byte of the document at which a byte of its UTF-8 form stands."""
        near, raw = self._known[bisect_right(self._known, (utf8, len(self.utf8) * 2)) - 1]
        if near != utf8:
            raw += len(self.utf8[near:utf8].decode().encode(self._encoding))
            insort(self._known, (utf8, raw))
        return raw

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

from beffroi.errors import Uncited
from beffroi.formats.cursor import Attribute, Span, Tag
from beffroi.notices.citation import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element
    from beffroi.formats.paths import Paths

Slice = tuple[int, int]

_START = re.compile(rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|([^/!?]))", re.DOTALL)
_TAG = re.compile(rb"""<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")
_TOKEN = re.compile(
    rb"""<(?:(/)[^>]*|([^/!?>"'][^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)|(!\[CDATA\[.*?\]\])|(!--.*?--|\?.*?\?))>""",
    re.DOTALL,
)
_END, _BEGIN, _CDATA_SECTION = 1, 2, 3  # groups of _TOKEN; the fourth is a comment or a processing instruction
_ALONE = re.compile(rb"""[ \t\r\n]*<[^/!?>"'][^>"']*(?<!/)>([^<]*)</[^>]*>[ \t\r\n]*</""")
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
_SLASH = ord("/")


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
        self._tags: dict[Element, Part] = {}

    def parts(self, place: Place) -> tuple[Part, ...]:
        """Return the passages a place covers, in order, white space around each left out."""
        if isinstance(place, Attribute):
            return self._attribute(*place)
        if isinstance(place, Tag):
            return (self.tag(place.element),)
        if isinstance(place, Span):
            path = self._paths.of(place.element)
            return tuple(self._part(path, start, end) for start, end in self._span(*place))
        return self._text(place)

    def tag(self, element: Element) -> Part:
        """Return the element's start tag."""
        known = self._tags.get(element)
        if known is None:
            known = self._tags[element] = self._part(self._paths.of(element), *self._tag(element))
        return known

    def _part(self, path: str, start: int, end: int) -> Part:
        quote = self._data[start:end].decode(self._encoding)
        if self._wide:
            start, end = self._wide.offset(start), self._wide.offset(end)
        text = xml_text(quote) if "&" in quote or "\r" in quote or "<" in quote else quote
        return Part(f"{path}#bytes={start}-{end}", quote, text)

    def _tag(self, element: Element) -> Slice:
        found = _TAG.match(self._data, self._starts[self._index[element]])
        assert found, "a start tag of well-formed XML ends"
        return found.span()

    def _attribute(self, element: Element, name: str) -> tuple[Part, ...]:
        value = element.get(name)
        if not value:
            return ()
        start, end = self._tag(element)
        namespace, _, local = name.rpartition("}")
        path = f"{self._paths.of(element)}/@{local}"
        written = f' {name}="'.encode()
        at = self._data.find(written, start, end) + len(written)
        if at > start + len(written):  # the usual way to write it: looked at first, for it is quick to find
            part = self._part(path, at, self._data.index(b'"', at))
            if part.text == value:
                return (part,)
        for found in _ATTRIBUTE.finditer(self._data, start, end):
            prefix, _, bare = found[1].decode(self._encoding).rpartition(":")
            if bare == local and bool(prefix) == bool(namespace):
                part = self._part(path, *(found.span(2) if found[2] is not None else found.span(3)))
                if part.text.split() == value.split():
                    return (part,)
        raise Uncited(f"no attribute {name} says {value!r} in {self._paths.of(element)}")

    def _text(self, element: Element) -> tuple[Part, ...]:
        """Return the texts at or below an element: each where it stands, with the path of the element it belongs to."""
        data = self._data
        found = _TAG.match(data, self._starts[self._index[element]])
        assert found, "a start tag of well-formed XML ends"
        at = found.end()
        end = data.find(b"<", at)
        if data[at - 2] == _SLASH:
            return ()
        if data[end + 1] == _SLASH:  # one text: the usual case, looked at first
            bare = data[at:end].strip(_SPACE)
            if not bare:
                return ()
            at = data.index(bare, at)
            return (self._part(self._paths.of(element), at, at + len(bare)),)
        alone = _ALONE.match(data, at)
        if alone:  # one paragraph: as usual
            part = self._trimmed(self._elements[self._index[element] + 1], *alone.span(1))
            return (part,) if part else ()
        return tuple(part for run in self._runs(element) if (part := self._trimmed(*run)))

    def _trimmed(self, element: Element, start: int, end: int) -> Part | None:
        bare = self._data[start:end].strip(_SPACE)
        if not bare:
            return None
        start = self._data.index(bare, start)
        return self._part(self._paths.of(element), start, start + len(bare))

    def _runs(self, element: Element) -> list[tuple[Element, int, int]]:
        """Return each run of text at or below an element: the element it belongs to, where it starts and ends."""
        (_, at), number = self._tag(element), self._index[element]
        data, runs, open_elements = self._data, [], [element]
        if data[at - 2] == _SLASH:
            return []
        for token in _TOKEN.finditer(data, at):
            kind = token.lastindex
            if kind == _CDATA_SECTION:
                continue
            start, end = token.span()
            if start > at:
                runs.append((open_elements[-1], at, start))
            at = end
            if kind == _END:
                open_elements.pop()
                if not open_elements:
                    break
            elif kind == _BEGIN:
                number += 1
                if data[end - 2] != _SLASH:
                    open_elements.append(self._elements[number])
        return runs

    def _span(self, element: Element, first: int, last: int) -> Iterator[Slice]:
        """Yield the slices of a passage of the element's own text; a run that holds CDATA is cited whole."""
        unit = _UTF8_UNIT if self._encoding == "utf-8" else _BYTE_UNIT
        below = self._starts[self._index[element] + 1] if len(element) else len(self._data)
        at = 0
        for _, start, end in self._runs(element):
            if start >= below or at >= last:
                return
            raw = self._data[start:end]
            if b"<![CDATA[" in raw:
                length = len(xml_text(raw.decode(self._encoding)))
                if at + length > first:
                    yield start, end
            else:
                offsets = [start + found.start() for found in unit.finditer(raw)]
                length = len(offsets)
                low, high = max(first - at, 0), min(last - at, length)
                if low < high:
                    yield offsets[low], offsets[high] if high < length else end
            at += length


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

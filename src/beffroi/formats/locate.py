r"""The exact byte places of a document's values.

In: a document and the tree read from it. Out: `Part`s: where a place stands in the bytes, the raw slice, what it says.

`XmlPlaces` and `JsonPlaces` offer the same three questions; `decoded` turns a quote back into text.

>>> decoded("Caf&#233; &amp; the", b"<N/>"), decoded('dit \\"oui\\"', b"{}")
('Café & the', 'dit "oui"')
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Protocol

from beffroi.formats.locate_json import JsonPlaces, codec_of, json_text
from beffroi.formats.locate_xml import XmlPlaces, encoding_of, xml_text
from beffroi.formats.nodes import JsonNode

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place
    from beffroi.formats.nodes import Element
    from beffroi.formats.paths import Paths
    from beffroi.notices import Part


_BEGINNING = 256


class Places(Protocol):
    """Where things stand in one document."""

    def parts(self, place: Place) -> tuple[Part, ...]:
        """Return the passages a place covers, in order; none where it holds no text."""

    def tag(self, element: Element) -> Part:
        """Return the element itself: its start tag (XML), its key (JSON)."""


def places_in(data: bytes, root: Element, paths: Paths) -> Places:
    """Return the places of a document, found when first asked for."""
    return JsonPlaces(data) if isinstance(root, JsonNode) else XmlPlaces(data, root, paths)


def is_json(data: bytes) -> bool:
    """Return whether the bytes begin like JSON, as no XML document does."""
    beginning = data[:_BEGINNING].lstrip(codecs.BOM_UTF8 + codecs.BOM_UTF16_LE).replace(b"\0", b"")
    return beginning.lstrip()[:1] in {b"{", b"["}


def slice_text(data: bytes, start: int, end: int) -> str:
    """Return the quote that stands at a byte range, in the document's own encoding."""
    return data[start:end].decode(codec_of(data) if is_json(data) else encoding_of(data))


def decoded(quote: str, data: bytes, locator: str = "") -> str:
    """Return what a quote says: entities, CDATA and line ends resolved (XML), escapes undone once a level (JSON)."""
    return json_text(quote, levels=1 + locator.count("!")) if is_json(data) else xml_text(quote)

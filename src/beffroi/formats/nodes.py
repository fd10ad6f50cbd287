"""Trees to read from: hardened XML, and JSON that was made from XML, behind one small interface.

In: bytes. Out: an `Element`: an lxml element, or a `JsonNode` that behaves like one. Readers dispatch on `tag`
(`{namespace}local`), iterate children, and read `text` and attributes.

>>> root = parse_xml(b"<a x='1'><b>t</b></a>")
>>> [(child.tag, child.text) for child in root], root.get("x")
([('b', 't')], '1')
>>> tree = JsonNode("donnees", {"LOT": [{"NUM": "1"}, {"NUM": "2"}], "V": {"@DEVISE": "EUR", "#text": "5"}})
>>> [child.tag for child in tree], list(tree)[2].text, list(tree)[2].get("DEVISE")
(['LOT', 'LOT', 'V'], '5', 'EUR')
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from lxml import etree

from beffroi.errors import Malformed, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 64 * 1024 * 1024
"""Above this size a document is archived and reported, not parsed."""

MAX_TAGS, MAX_COMMAS = 1_000_000, 250_000
"""Beyond this many tags (XML) or commas (JSON) a tree would fill the memory; the longest notice met has 52,252 tags."""

ENCODINGS = ("utf-8", "us-ascii", "ascii", "iso-8859-", "windows-125", "utf-16")
"""Encodings read: those in which every byte below 128 is ASCII, and UTF-16."""


class Element(Protocol):
    """What a reader may ask of a tree, whatever it was written in."""

    @property
    def tag(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def tail(self) -> str | None: ...
    def get(self, name: str, /) -> str | None: ...
    def keys(self) -> list[str]: ...
    def getparent(self) -> Element | None: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def parse_xml(data: bytes) -> Element:
    """Return the root element; raises Malformed or TooLarge.

    No entity is expanded and nothing is fetched: a document that declares a DTD is refused, for no bulletin uses one.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(f"the document is {len(data):,} bytes; above {MAX_BYTES:,} it is archived, not parsed")
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Malformed(f"the document is not well-formed XML: {' '.join(str(error).split())}") from error
    about = root.getroottree().docinfo
    if not (about.encoding or "utf-8").lower().startswith(ENCODINGS):
        raise Malformed(f"the document is written in {about.encoding}, which no bulletin uses")
    if about.internalDTD is not None:
        raise Malformed("the document declares a DTD, which no bulletin uses: refused, nothing was expanded")
    return cast("Element", root)


class JsonNode:
    """An element of JSON made from XML: keys are children, `@name` attributes, `#text` text, lists repeat.

    `path` is the sequence of keys and indices from the document's root, by which `locate` finds its bytes;
    `names` maps prefixes (`cbc`) to namespaces so that the same reader serves XML and JSON.
    """

    __slots__ = ("_children", "names", "parent", "path", "tag", "value")
    tail = None

    def __init__(
        self,
        tag: str,
        value: Any,
        *,
        parent: JsonNode | None = None,
        path: tuple[str | int, ...] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.value = value
        self.parent = parent
        self.path = path
        self.names: Mapping[str, str] = names if names is not None else (parent.names if parent is not None else {})
        prefix, colon, local = tag.partition(":")
        namespace = self.names.get(prefix) if colon else None
        self.tag = f"{{{namespace}}}{local}" if namespace else tag
        self._children: list[JsonNode] | None = None

    @property
    def text(self) -> str | None:
        value = self.value.get("#text") if isinstance(self.value, dict) else self.value
        if value is None or isinstance(value, dict | list):
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)

    def get(self, name: str, /) -> str | None:
        value = self.value.get("@" + name) if isinstance(self.value, dict) else None
        return None if value is None else str(value)

    def keys(self) -> list[str]:
        if not isinstance(self.value, dict):
            return []
        return [key[1:] for key in self.value if key.startswith("@")]

    def getparent(self) -> JsonNode | None:
        return self.parent

    def _make(self) -> list[JsonNode]:
        if isinstance(self.value, list):  # a list in a list, which no XML makes: its items are below it all the same
            items = enumerate(self.value)
            return [JsonNode(self.tag, one, parent=self, path=(*self.path, index)) for index, one in items]
        children: list[JsonNode] = []
        for key, value in self.value.items() if isinstance(self.value, dict) else ():
            if key.startswith("@") or key == "#text":
                continue
            if isinstance(value, list):
                children += [
                    JsonNode(key, one, parent=self, path=(*self.path, key, index)) for index, one in enumerate(value)
                ]
            elif value is not None:
                children.append(JsonNode(key, value, parent=self, path=(*self.path, key)))
        return children

    def __iter__(self) -> Iterator[JsonNode]:
        if self._children is None:
            self._children = self._make()
        return iter(self._children)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=8192)
def local_name(tag: str) -> str:
    """Return a tag without its namespace.

    >>> local_name("{urn:x}ID")
    'ID'
    """
    return tag.rpartition("}")[2]


def path_of(element: Element) -> str:
    """Return the element's place: local names from the root, numbered among siblings of the same name.

    >>> path_of(list(parse_xml(b"<a><b/><b/></a>"))[1])
    '/a/b[2]'
    """
    steps: list[str] = []
    node: Element | None = element
    while node is not None:
        parent = node.getparent()
        step = local_name(node.tag)
        if parent is not None:
            same = [child for child in parent if child.tag == node.tag]
            step += f"[{next(i for i, child in enumerate(same, 1) if child is node)}]"
        steps.append(step)
        node = parent
    return "/" + "/".join(reversed(steps))

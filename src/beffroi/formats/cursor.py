"""The cursor: every reader reads through it, so that what was read, where, and what was left is known.

In: elements of a tree. Out: values for a draft, and the passages no reader interpreted. `Cursor` serves the bulk read
and remembers only what is unread; `Trace` runs the same readers and remembers the place of every value as well.

A reader builds drafts (dicts with the JSON names of the record) and says where each value came from:

    lot["title"] = cursor.value(element)
    cursor.cite(lot, "title", element)

`anchor` gives a draft the element it stands for: values of that draft without a citation of their own (a kind implied
by an element's name, a VAT default) cite the anchor, with a rule.

>>> from beffroi.formats.nodes import parse_xml
>>> cursor = Cursor()
>>> root = parse_xml(b"<N><T> Drones </T><X><Y>left</Y></X></N>")
>>> draft: dict[str, str] = {}
>>> def title(cursor, element, draft): draft["title"] = cursor.value(element)
>>> walk(cursor, root, {"T": title}, draft)
>>> draft, cursor.unread
({'title': 'Drones'}, [{'place': '/N/X[1]/Y[1]', 'text': 'left', 'why': 'no reader for this element'}])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, Union

from beffroi.formats.paths import Paths

if TYPE_CHECKING:
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


class Span(NamedTuple):
    """A passage inside an element's text: half-open offsets in its decoded text (element.text, unstripped)."""

    element: Element
    start: int
    end: int


class Attribute(NamedTuple):
    """An attribute's value."""

    element: Element
    name: str


class Tag(NamedTuple):
    """An element itself, quoted as its start tag: for what its mere presence or name implies."""

    element: Element


Place: TypeAlias = Union["Element", Attribute, Span, Tag]
"""Where a value stands: an `Element` (its text, markup inside included), an `Attribute`, a `Span` or a `Tag`."""


def fold(text: str) -> str:
    r"""Return a text with its white space folded; a text that needs none (most do not) as it is.

    >>> fold(" a\u00a0 b"), fold("c d")
    ('a b', 'c d')
    """
    if text.isprintable() and "  " not in text and text[0] != " " and text[-1] != " ":
        return text  # other white space than a space is not printable
    return " ".join(text.split())


class Cursor:
    """Reads values; in the bulk read, places are not kept. `unread` holds drafts of `Unread`, `root` the tree read."""

    tracing = False

    def __init__(self) -> None:
        self.unread: list[Draft] = []
        self.root: Element | None = None
        self.paths = Paths()

    def value(self, element: Element) -> str:
        """Return the element's own text with white space folded ("" when it has none): for codes and short values."""
        text = element.text
        return " ".join(text.split()) if text else ""

    def prose(self, element: Element) -> str:
        """Return all text below the element: paragraphs (`P`) on lines of their own, white space folded.

        The usual shapes, no markup or paragraphs without markup inside, are read at once.
        """
        text = element.text
        if not len(element):
            return fold(text) if text else ""
        lines = [fold(text)] if text else []
        for child in element:
            tail = child.tail
            if len(child) or child.tag[-2:] not in _PARAGRAPH or (tail and not tail.isspace()):
                return _mixed(element)
            text = child.text
            if text:
                lines.append(fold(text))
        return "\n".join(filter(None, lines))

    def attribute(self, element: Element, name: str) -> str:
        """Return an attribute's value, stripped ("" when absent)."""
        return (element.get(name) or "").strip()

    def cite(self, draft: Draft, field: str, *places: Place, rule: str | None = None) -> None:
        """Say where `draft[field]` was read; `field` may be `cpv[0]` for one of several."""

    def cite_attribute(self, draft: Draft, field: str, element: Element, name: str) -> None:
        """Say that an attribute gave `draft[field]`; in the bulk read no place is made."""

    def cite_as(self, draft: Draft, field: str, other: Draft) -> None:
        """Say that `draft[field]` stands where the other draft's field of that name does."""

    def anchor(self, draft: Draft, element: Element, rule: str | None = None) -> None:
        """Say which element a draft stands for: the place of those of its values that are implied."""

    def ignore(self, element: Element, reason: str) -> None:
        """Pass over an element on purpose: never amounts, dates, names, identifiers or lots."""

    def used(self, element: Element) -> None:
        """Say that all text below the element serves the record though no value quotes it (a flag, a heading)."""

    def leave(self, element: Element, why: str = "no reader for this element") -> None:
        """Report every text at or below the element as unread, each with its place.

        An element with text of its own is one passage, markup inside included. An empty element that bears attributes
        says what it says there (`<CPV_CODE CODE="33000000"/>`): each of them is a passage.
        """
        if element.text and element.text.strip():
            self._unread(element, "", Cursor.prose(self, element), why)
        elif not len(element):
            for name in element.keys():  # noqa: SIM118 - an element is no mapping
                self._unread(element, f"/@{name}", Cursor.attribute(self, element, name), why)
        else:
            for child in element:
                Cursor.leave(self, child, why)
                if child.tail and child.tail.strip():
                    self._unread(element, "", " ".join(child.tail.split()), why)

    def _unread(self, element: Element, suffix: str, text: str, why: str) -> None:
        if text:
            self.unread.append({"place": self.paths.of(element) + suffix, "text": text, "why": why})


Handler = Callable[[Cursor, Any, Any], None]
"""Reads one element into a draft (or a reader's own state)."""

Table = Mapping[str, Handler]
"""Which handler reads which child, by tag."""


def walk(cursor: Cursor, element: Element, table: Table, draft: Any) -> None:
    """Read every child of the element by its tag's handler; a child without one is left as unread."""
    find = table.get
    for child in element:
        handler = find(child.tag)
        if handler is None:
            cursor.leave(child)
        else:
            handler(cursor, child, draft)


def ignoring(reason: str) -> Handler:
    """Return a handler that passes over an element on purpose, for the reason given."""

    def ignore(cursor: Cursor, element: Element, draft: Any) -> None:  # noqa: ARG001 - the handlers' one signature
        cursor.ignore(element, reason)

    return ignore


class Citing(NamedTuple):
    """What a reader said of one field of a draft: its places, and the rule where the value is implied."""

    draft: Draft
    field: str
    places: tuple[Place, ...]
    rule: str | None


class Trace(Cursor):
    """A cursor that remembers where values stand: `citings`, and `anchors` by the identity of their draft.

    Places hold their elements, so that they compare by identity.
    """

    tracing = True

    def __init__(self) -> None:
        super().__init__()
        self.citings: list[Citing] = []
        self.anchors: dict[int, tuple[Draft, Element, str | None]] = {}

    def cite(self, draft: Draft, field: str, *places: Place, rule: str | None = None) -> None:
        self.citings.append(Citing(draft, field, places, rule))

    def cite_attribute(self, draft: Draft, field: str, element: Element, name: str) -> None:
        self.citings.append(Citing(draft, field, (Attribute(element, name),), None))

    def cite_as(self, draft: Draft, field: str, other: Draft) -> None:
        for citing in self.citings:
            if citing.draft is other and citing.field == field:
                self.cite(draft, field, *citing.places, rule=citing.rule)
                return
        _, element, rule = self.anchors[id(other)]
        self.cite(draft, field, Tag(element), rule=rule)

    def anchor(self, draft: Draft, element: Element, rule: str | None = None) -> None:
        self.anchors[id(draft)] = (draft, element, rule)


class Survey(Cursor):
    """A cursor that remembers what became of the tree.

    `touched` are elements whose own text was read, `whole` those read with everything below them, `ignored` those
    passed over on purpose (with the reason), `left` those left unread; `attributes` are the attributes read.
    """

    tracing = True

    def __init__(self) -> None:
        super().__init__()
        self.touched: list[Element] = []
        self.whole: list[Element] = []
        self.attributes: list[tuple[Element, str]] = []
        self.ignored: list[tuple[Element, str]] = []
        self.left: list[Element] = []

    def value(self, element: Element) -> str:
        self.touched.append(element)
        return Cursor.value(self, element)

    def prose(self, element: Element) -> str:
        self.whole.append(element)
        return Cursor.prose(self, element)

    def attribute(self, element: Element, name: str) -> str:
        self.attributes.append((element, name))
        return Cursor.attribute(self, element, name)

    def ignore(self, element: Element, reason: str) -> None:
        self.ignored.append((element, reason))

    def used(self, element: Element) -> None:
        self.whole.append(element)

    def leave(self, element: Element, why: str = "no reader for this element") -> None:
        self.left.append(element)
        Cursor.leave(self, element, why)


_PARAGRAPH = frozenset({"}P", "P"})


def _mixed(element: Element) -> str:
    lines: list[str] = []
    _gather(element, lines)
    return "\n".join(line for line in (" ".join(one.split()) for one in "".join(lines).split("\n\n")) if line)


def _gather(element: Element, lines: list[str]) -> None:
    if element.text:
        lines.append(element.text)
    for child in element:
        paragraph = child.tag == "P" or child.tag.endswith("}P")
        if paragraph:
            lines.append("\n\n")
        _gather(child, lines)
        if paragraph:
            lines.append("\n\n")
        if child.tail:
            lines.append(child.tail)

"""What a reading did with every text of a document: used, ignored on purpose, left unread, or lost.

In: a document. Out: a `Coverage`: text characters (white space folded) of the form sections, each counted once.

- used: a reader read the element's text (`value`), or the element with all below it (`prose`, `used`);
- ignored: a reader passed over it on purpose; by path and reason;
- unread: the record's `unread` holds it; being left wins over having been looked at;
- lost: none of the three, by path: there must be none.

Only text is counted: of attributes, those that bear facts (`CODE`, `CURRENCY`) stand beside those that describe markup
(`CTYPE`, `listName`), and a share of both together would say nothing. The attributes no reader looked at are listed
beside, by path, and so are the empty elements (flags) no reader looked at. A format says in `SECTIONS` which children
of its root are its form sections; without it the whole document counts.

>>> from beffroi.formats.nodes import parse_xml
>>> survey = Survey()
>>> root = survey.root = parse_xml(b"<N><A>used</A><B>gone</B><C>left</C></N>")
>>> a, b, c = root
>>> _ = survey.value(a), survey.ignore(b, "no field"), survey.leave(c)
>>> counted = tally(survey, root)
>>> counted.used, dict(counted.ignored), counted.unread, dict(counted.lost)
(4, {('N/B', 'no field'): 4}, 4, {})
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from beffroi.errors import Malformed
from beffroi.formats import format_of
from beffroi.formats.cursor import Survey
from beffroi.formats.nodes import local_name

if TYPE_CHECKING:
    from types import ModuleType

    from beffroi.formats.nodes import Element
    from beffroi.notices import Document


class Coverage(msgspec.Struct):
    """Counted characters of one document, or of many added up."""

    documents: int = 0
    used: int = 0
    unread: int = 0
    ignored: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    lost: Counter[str] = msgspec.field(default_factory=Counter)
    attributes: Counter[str] = msgspec.field(default_factory=Counter)
    flags: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def characters(self) -> int:
        return self.used + self.unread + self.ignored.total() + self.lost.total()

    def add(self, other: Coverage) -> None:
        """Add another document's count to this one."""
        self.documents += other.documents
        self.used += other.used
        self.unread += other.unread
        self.ignored.update(other.ignored)
        self.lost.update(other.lost)
        self.attributes.update(other.attributes)
        self.flags.update(other.flags)


class _State(NamedTuple):
    """What became of an element; of an ignored one, where and why."""

    name: str
    ignored: tuple[str, str] | None = None


_LOST, _USED, _LEFT = _State("lost"), _State("used"), _State("left")


def coverage(document: Document) -> tuple[str, Coverage]:
    """Return the format that read a document and what it did with its text; raises Unreadable."""
    one = format_of(document)
    survey = Survey()
    try:
        one.draft(survey, document)
    except Malformed as error:
        raise Malformed(f"{document.about.name}: {error}") from error
    assert survey.root is not None, "every reader says which tree it reads"
    sections = getattr(one, "SECTIONS", None)
    return cast("ModuleType", one).__name__.rpartition(".")[2], tally(survey, survey.root, sections)


def tally(survey: Survey, root: Element, sections: frozenset[str] | None = None) -> Coverage:
    """Return what became of the text of the root's sections (local names of its children), or of all of it."""
    found = Coverage(documents=1)
    count = _Count(survey, found)
    chosen = [child for child in root if sections and local_name(child.tag) in sections]
    state = count.state(root, local_name(root.tag), _LOST)
    for section in chosen:
        count.walk(section, f"{local_name(root.tag)}/{local_name(section.tag)}", state)
    if not chosen:
        count.walk(root, local_name(root.tag), _LOST)
    return found


class _Count:
    """Walks a tree with what a survey remembers of it."""

    def __init__(self, survey: Survey, found: Coverage) -> None:
        self._left = set(survey.left)
        self._whole = set(survey.whole)
        self._touched = set(survey.touched)
        self._ignored = dict(survey.ignored)
        self._read = set(survey.attributes)
        self._found = found

    def state(self, element: Element, path: str, above: _State) -> _State:
        """Return what became of an element's content; a descendant of something left is left."""
        if above is _LEFT or element in self._left:
            return _LEFT
        if above is _USED or element in self._whole:
            return _USED
        if element in self._ignored:
            return _State("ignored", (path, self._ignored[element]))
        return above

    def walk(self, element: Element, path: str, above: _State) -> None:
        """Count the texts at and below an element."""
        state = self.state(element, path, above)
        own = _USED if element in self._touched and state is not _LEFT else state
        self._add(element.text, path, own)
        empty = not len(element) and not (element.text or "").strip()
        if state is _LOST:
            self._note(element, path, empty=empty and element not in self._touched)
        for child in element:
            self.walk(child, f"{path}/{local_name(child.tag)}", state)
            self._add(child.tail, path, state)

    def _add(self, text: str | None, path: str, state: _State) -> None:
        length = len(" ".join(text.split())) if text else 0
        if not length:
            return
        if state is _USED:
            self._found.used += length
        elif state is _LEFT:
            self._found.unread += length
        elif state.ignored:
            self._found.ignored[state.ignored] += length
        else:
            self._found.lost[path] += length

    def _note(self, element: Element, path: str, *, empty: bool) -> None:
        """Note the attributes of an element no reader looked at, and the element itself where it is a bare flag."""
        for name in element.keys():  # noqa: SIM118 - an element is no mapping
            if (element, name) not in self._read:
                self._found.attributes[f"{path}/@{local_name(name)}"] += 1
        if empty and not element.keys():
            self._found.flags[path] += 1

"""From a trace to citations: each filled path of a record with the place its value was read at.

In: the `Trace` of a reading, its draft and its document. Out: `Cited`: each `Citation` by its path
(`lots[0].amounts[0].value`).

A value cites what its reader said of it (`cite`), or of the list or draft that holds it; else the element its draft
stands for (`anchor`), or the nearest draft around it, with the rule that implies it. `proof.verify_citations` holds
the result against the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from beffroi.errors import Uncited
from beffroi.formats.locate import places_in
from beffroi.formats.nodes import local_name
from beffroi.notices.citation import Citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.formats.cursor import Citing, Place, Trace
    from beffroi.formats.nodes import Element
    from beffroi.notices import Document, Draft

    Labeller = Callable[[Place], str]
    Anchor = tuple[Draft, Element, str | None]

_NOTHING: dict[str, Citing] = {}

DERIVED = frozenset({"unit_amounts", "suspects"})
"""Fields that follow from others."""

UNCITED = DERIVED | {"id", "source", "document", "revision", "unread"}
"""Fields of a notice without a citation of their own: of the archive, derived, or with a place of their own."""


class Cited(NamedTuple):
    """The citation of each filled path, and the faults of a reader that told no place: each names the path."""

    found: dict[str, Citation]
    faults: list[str]


def citations(trace: Trace, draft: Draft, document: Document, label: Labeller) -> Cited:
    """Return the citation of every filled path, except those of `UNCITED`; raises Uncited where no tree is known.

    A value whose reader told no place is a fault of this program: it costs that citation, not the record.
    """
    if trace.root is None:
        raise Uncited(f"{document.about.name}: its reader did not say which tree it read")
    citer = _Citer(trace, document, label)
    citer.walk_draft(draft, "", None, None)
    return Cited(citer.found, citer.faults)


class _Citer:
    """Walks a draft; `found` grows path by path."""

    def __init__(self, trace: Trace, document: Document, label: Labeller) -> None:
        self.found: dict[str, Citation] = {}
        self.faults: list[str] = []
        self._places = places_in(document.data, cast("Element", trace.root), trace.paths)
        self._sha256 = document.about.sha256
        self._label = label
        self._anchors = trace.anchors
        self._citings: dict[int, dict[str, Citing]] = {}
        for citing in trace.citings:
            self._citings.setdefault(id(citing.draft), {})[citing.field] = citing
        self._deep: dict[str, Citing] = {}
        self._labels: dict[Element, str] = {}
        self._by_anchor: dict[int, Citation] = {}

    def walk_draft(self, draft: Draft, path: str, citing: Citing | None, anchor: Anchor | None) -> None:
        """Cite every filled leaf of a draft: what was said of it is nearer than what was said of what holds it."""
        own = self._anchors.get(id(draft))
        if own is not None:
            citing, anchor = None, own
        said = self._citings.get(id(draft), _NOTHING)
        for field in said:
            if field[-1] == "]" or "." in field:  # said of something within the field: cpv[0], texts.fr.title
                self._deep[path + field] = said[field]
        left_out = DERIVED if path else UNCITED
        for field, value in draft.items():
            if field not in left_out:
                self._walk(value, path + field, said.get(field, citing), anchor)

    def _walk(self, value: Any, path: str, citing: Citing | None, anchor: Anchor | None) -> None:
        if self._deep:
            citing = self._deep.get(path, citing)
        kind = type(value)
        if kind is dict:
            self.walk_draft(value, path + ".", citing, anchor)
        elif kind is list or kind is tuple:
            for index, below in enumerate(value):
                self._walk(below, f"{path}[{index}]", citing, anchor)
        elif value is not None:
            try:
                self.found[path] = self._cited(path, citing) if citing else self._implied(path, anchor)
            except Uncited as fault:
                self.faults.append(str(fault))

    def _cited(self, path: str, citing: Citing) -> Citation:
        _, _, places, rule = citing
        if not places:
            raise Uncited(f"{path}: cited without a place")
        place = places[0]
        parts = self._places.parts(place)
        if len(places) > 1:
            parts = tuple(part for one in places for part in self._places.parts(one))
        if not parts:
            return self._tagged(place, rule)
        first = parts[0]
        if len(parts) == 1:
            parts = ()
        return Citation(
            sha256=self._sha256,
            locator=first.locator,
            label=self._labelled(place),
            quote=first.quote,
            text=first.text,
            parts=parts,
            rule=rule,
        )

    def _implied(self, path: str, anchor: Anchor | None) -> Citation:
        if anchor is None:
            raise Uncited(f"{path}: its reader neither cited it nor anchored its draft")
        known = self._by_anchor.get(id(anchor))
        if known is None:
            known = self._by_anchor[id(anchor)] = self._tagged(anchor[1], anchor[2])
        return known

    def _labelled(self, place: Place) -> str:
        element = place.element if isinstance(place, tuple) else place
        label = self._labels.get(element)
        if label is None:
            label = self._labels[element] = self._label(place)
        return label

    def _tagged(self, place: Place, rule: str | None) -> Citation:
        """Return the citation of an element itself: its presence, or that of its attribute, implies the value."""
        element = place.element if isinstance(place, tuple) else place
        tag = self._places.tag(element)
        return Citation(
            sha256=self._sha256,
            locator=tag.locator,
            label=self._labelled(place),
            quote=tag.quote,
            text=tag.text,
            rule=rule or f"implied by the element {local_name(element.tag)}",
        )

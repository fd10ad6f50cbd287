"""From a trace to citations: each filled path of a record with the place its value was read at.

In: the `Trace` of a reading, its draft and its document. Out: `Citation` by path (`lots[0].amounts[0].value`).

A value cites what its reader said of it (`cite`), or of the list or draft that holds it; else the element its draft
stands for (`anchor`), or the nearest draft around it, with the rule that implies it. `proof.verify_citations` holds
the result against the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.errors import Uncited
from beffroi.formats.locate import places_in
from beffroi.formats.nodes import local_name
from beffroi.notices.citation import Citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.formats.cursor import Citing, Place, Trace
    from beffroi.formats.nodes import Element
    from beffroi.notices import Document, Draft

    Labeller = Callable[[Place, str], str]
    Anchor = tuple[Draft, Element, str | None]

UNCITED = frozenset({"id", "source", "document", "revision", "unit_amounts", "suspects", "unread"})
"""Fields of a notice without a citation of their own: of the archive, derived, or with a place of their own."""


def citations(trace: Trace, draft: Draft, document: Document, label: Labeller) -> dict[str, Citation]:
    """Return the citation of every filled path, except those of `UNCITED`; raises Uncited where a reader told none."""
    citer = _Citer(trace, document, label)
    anchor = citer.enter(draft, "", None)
    for field, value in draft.items():
        if field not in UNCITED:
            citer.walk(value, field, None, anchor)
    return citer.found


class _Citer:
    """Walks a draft; `found` grows path by path."""

    def __init__(self, trace: Trace, document: Document, label: Labeller) -> None:
        if trace.root is None:
            raise Uncited(f"{document.about.name}: its reader did not say which tree it read")
        self.found: dict[str, Citation] = {}
        self._places = places_in(document.data, trace.root, trace.paths)
        self._sha256 = document.about.sha256
        self._label = label
        self._anchors = trace.anchors
        self._citings: dict[int, list[Citing]] = {}
        for citing in trace.citings:
            self._citings.setdefault(id(citing.draft), []).append(citing)
        self._explicit: dict[str, Citing] = {}

    def enter(self, draft: Draft, path: str, anchor: Anchor | None) -> Anchor | None:
        """Note what was said of a draft's fields; return the anchor that holds inside it."""
        for citing in self._citings.get(id(draft), ()):
            self._explicit[f"{path}.{citing.field}" if path else citing.field] = citing
        return self._anchors.get(id(draft), anchor)

    def walk(self, value: Any, path: str, citing: Citing | None, anchor: Anchor | None) -> None:
        """Cite every filled leaf at or below a value."""
        citing = self._explicit.get(path, citing)
        if isinstance(value, dict):
            inner = self.enter(value, path, anchor)
            if inner is not anchor:
                citing = None
            for field, below in value.items():
                self.walk(below, f"{path}.{field}", citing, inner)
        elif isinstance(value, list | tuple):
            for index, below in enumerate(value):
                self.walk(below, f"{path}[{index}]", citing, anchor)
        elif value is not None:
            self.found[path] = self._cited(path, citing) if citing else self._implied(path, anchor)

    def _cited(self, path: str, citing: Citing) -> Citation:
        if not citing.places:
            raise Uncited(f"{path}: cited without a place")
        parts = tuple(part for place in citing.places for part in self._places.parts(place))
        place, rule = citing.places[0], citing.rule
        if not parts:
            element = place if not isinstance(place, tuple) else place.element
            parts = (self._places.tag(element),)
            rule = rule or _implied_by(element)
        return self._citation(parts, self._label(place, path), rule)

    def _implied(self, path: str, anchor: Anchor | None) -> Citation:
        if anchor is None:
            raise Uncited(f"{path}: its reader neither cited it nor anchored its draft")
        _, element, rule = anchor
        return self._citation((self._places.tag(element),), self._label(element, path), rule or _implied_by(element))

    def _citation(self, parts: tuple[Any, ...], label: str, rule: str | None) -> Citation:
        first = parts[0]
        return Citation(
            sha256=self._sha256,
            locator=first.locator,
            label=label,
            quote=first.quote,
            text=first.text,
            parts=parts if len(parts) > 1 else (),
            rule=rule,
        )


def _implied_by(element: Element) -> str:
    return f"implied by the element {local_name(element.tag)}"

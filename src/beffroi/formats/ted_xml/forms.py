"""The standard forms F01 to F25 of R2.0.9: which sections a form has, and what its name means.

In: a child of FORM_SECTION. Out: the draft filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

FORMS = frozenset(f"F{number:02}_2014" for number in (1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25))


def read_form(cursor: Cursor, form: Element, draft: Draft) -> None:
    """Read a standard form into the draft."""
    cursor.leave(form)

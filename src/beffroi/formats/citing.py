"""From a trace to citations: each filled path of a record with the place its value was read at.

In: the `Trace` of a reading, its draft and its document. Out: `Citation` by path (`lots[0].amounts[0].value`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.formats.cursor import Place, Trace
    from beffroi.notices import Citation, Document, Draft

    Labeller = Callable[[Place, str], str]


def citations(trace: Trace, draft: Draft, document: Document, label: Labeller) -> dict[str, Citation]:
    """Return the citation of every filled path, except id, source, document and derived values."""
    del trace, draft, document, label
    return {}

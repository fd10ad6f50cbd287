"""The acknowledgement that a licence asks for, below what is shown of a notice.

In: notices. Out: a sentence a source, with the day its documents came. What is no official notice acknowledges nobody.

>>> from beffroi.notices import from_draft
>>> official = from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "document": {"sha256": "00",
...     "media_type": "application/json", "bytes": 1, "name": "a.json", "origin": "official",
...     "retrieved": "2026-09-11T06:00:00Z"}})
>>> acknowledgements([official, official], "fr")[0][-33:]
'tembre 2026, Licence Ouverte 2.0.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.bulletins import attribution
from beffroi.render.figures import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.notices import Notice
    from beffroi.render.figures import Lang


def acknowledgements(notices: Iterable[Notice], lang: Lang) -> tuple[str, ...]:
    """Return the acknowledgements of notices, each once: the day is when a document came, else its publication."""
    found = (
        attribution(one.id, lang, day((one.document.retrieved or one.published or "?")[:10], lang))
        for one in notices
        if one.document.origin == "official"
    )
    return tuple(dict.fromkeys(one for one in found if one is not None))

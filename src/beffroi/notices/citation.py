"""Where a value stands in the official document.

In: byte places found by `formats.locate`. Out: `Citation`, whose quote stands at its locator in the archived bytes.

A locator is the path of an element (XML) or a pointer (JSON) followed by the half-open byte range in the document:
`/TED_EXPORT/FORM_SECTION/F03_2014[1]/OBJECT_CONTRACT[1]/TITLE[1]/P[1]#bytes=5120-5163`.

>>> byte_range("/A/B[1]#bytes=10-14")
(10, 14)
"""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One of several places a value comes from."""

    locator: str
    quote: str
    text: str


class Citation(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """The place of one value.

    `quote` is the raw slice of the document (before unescaping), `text` what it says. Where a value comes from several
    places they are `parts`, in order, and `locator`, `quote` and `text` are the first part's. `rule` says what implies
    a value that is not written out: an element's name, a default of the form.
    """

    sha256: str
    locator: str
    label: str
    quote: str
    text: str
    parts: tuple[Part, ...] = ()
    rule: str | None = None


def byte_range(locator: str) -> tuple[int, int]:
    """Return the half-open byte range a locator names; raises ValueError when it names none."""
    start, _, end = locator.rpartition("#bytes=")[2].partition("-")
    return int(start), int(end)

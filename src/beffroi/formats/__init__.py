"""How bytes become notices: one module a format, found by being there.

In: a `Document`. Out: a `Reading`: the `Notice`, and with `cite=True` the place of every value.

A format is a module or package of this folder with four names:

- `ORDER`: formats are asked in this order (a number; the most specific first);
- `recognises(document)`: whether its bytes are of this format, judged from their beginning;
- `draft(cursor, document)`: the record as a draft, read through the cursor; sets `cursor.root`;
- `label(place)`: the rubric a person can follow ("Rubrique II.2.6, lot 1", "BT-27, LOT-0001").

>>> from beffroi.notices import Document
>>> read(Document.of(b"hello", name="hello.txt", media_type="text/plain"))
Traceback (most recent call last):
beffroi.errors.NotSupported: hello.txt: no format of this version recognises the document; see `beffroi read --help`
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from beffroi.errors import Malformed, NotSupported, TooLarge
from beffroi.formats.citing import citations
from beffroi.formats.contacts import around, hinted, masked
from beffroi.formats.cursor import Cursor, Trace
from beffroi.formats.nodes import MAX_BYTES, MAX_COMMAS, MAX_TAGS
from beffroi.formats.whole import complete
from beffroi.notices.derive import derived
from beffroi.notices.notice import from_draft

if TYPE_CHECKING:
    from beffroi.formats.cursor import Place
    from beffroi.notices import Citation, Document, Draft, Notice


class Format(Protocol):
    """What a module of this folder offers when it is a format."""

    ORDER: int

    def recognises(self, document: Document) -> bool: ...
    def draft(self, cursor: Cursor, document: Document) -> Draft: ...
    def label(self, place: Place) -> str: ...


class Reading(NamedTuple):
    """A notice and, when asked for, the citation of each filled path; `uncited` tells which values lack theirs."""

    notice: Notice
    citations: dict[str, Citation] | None = None
    uncited: tuple[str, ...] = ()


@cache
def formats() -> tuple[Format, ...]:
    """Return the formats of this folder, the most specific first."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(sorted((cast("Format", one) for one in modules if hasattr(one, "ORDER")), key=lambda one: one.ORDER))


def format_of(document: Document) -> Format:
    """Return the format that recognises the document; raises NotSupported, TooLarge."""
    name = document.about.name
    if len(document.data) > MAX_BYTES:
        raise TooLarge(f"{name}: {len(document.data):,} bytes; above {MAX_BYTES:,} a document is archived, not parsed")
    mark, most = (b",", MAX_COMMAS) if document.about.media_type == "application/json" else (b"<", MAX_TAGS)
    if document.data.count(mark) > most:
        raise TooLarge(f"{name}: more than {most:,} {mark.decode()!r}; beyond, a document is archived, not parsed")
    for one in formats():
        if one.recognises(document):
            return one
    raise NotSupported(f"{name}: no format of this version recognises the document; see `beffroi read --help`")


def read(document: Document, *, cite: bool = False) -> Reading:
    """Return the record of a document; raises Unreadable (one sentence) when it gives none."""
    one = format_of(document)
    cursor = Trace() if cite else Cursor()
    try:
        draft = one.draft(cursor, document)
        complete(cursor, draft)
        draft["document"] = document.about
        if cursor.unread:
            draft["unread"] = cursor.unread
        contacts = hinted(draft)
        notice = derived(from_draft(masked(draft) if contacts else draft))
    except Malformed as error:
        raise Malformed(f"{document.about.name}: {error}") from error
    if not isinstance(cursor, Trace):
        return Reading(notice)
    cited = citations(cursor, draft, document, one.label)
    contacts = contacts or any("@" in one.text for one in cited.found.values())
    found = around(cited.found, document) if contacts else cited.found
    return Reading(notice, found, tuple(cited.faults))

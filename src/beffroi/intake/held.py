"""Bodies that came over the network, on their way to become documents.

In: a body, when and from where it was retrieved. Out: its documents, stamped with both.

>>> held = Held("a.xml", b"<a/>", "2026-09-11T08:00:00Z", "https://example.org/a.xml")
>>> list(stamped([Document.of(b"<a/>", name="a.xml")], held.retrieved, held.retrieved_from))[0].about.retrieved
'2026-09-11T08:00:00Z'
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from beffroi.intake.source import Refusal, Source
from beffroi.notices import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Held(NamedTuple):
    """A body, whole in memory; whoever reads its documents cuts it."""

    name: str
    data: bytes
    retrieved: str
    retrieved_from: str

    def source(self) -> Source:
        """Return the body at its beginning."""
        return Source(self.name, cast("io.BufferedReader", io.BufferedReader(io.BytesIO(self.data))), "official")


def stamped(
    documents: Iterable[Document | Refusal], retrieved: str, retrieved_from: str
) -> Iterator[Document | Refusal]:
    """Return the documents, each saying when and from where it was retrieved."""
    for one in documents:
        if isinstance(one, Document):
            yield _stamped(one, retrieved, retrieved_from)
        elif one.document is None:
            yield one
        else:
            yield one._replace(document=_stamped(one.document, retrieved, retrieved_from))


def _stamped(one: Document, retrieved: str, retrieved_from: str) -> Document:
    return Document(one.data, msgspec.structs.replace(one.about, retrieved=retrieved, retrieved_from=retrieved_from))

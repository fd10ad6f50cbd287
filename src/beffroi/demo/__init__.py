"""A small bundled archive, written for the project.

In: nothing. Out: documents in real formats, each declared a reconstruction or a sample by `archive/manifest.json`.

>>> sorted({entry.origin for entry in manifest().documents.values()})
['reconstruction', 'sample']
>>> first = next(iter(documents()))
>>> first.about.name, first.about.origin
('20-51423.json', 'reconstruction')
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices import Document

ARCHIVE = Path(__file__).parent / "archive"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundled file is: never official; in which bulletin's format; and one sentence on what it shows."""

    origin: Literal["reconstruction", "sample"]
    published_by: Literal["BOAMP", "TED"]
    note: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every bundled file, by its path below `archive/`, which begins with its origin."""

    documents: dict[str, Entry]


def manifest() -> Manifest:
    """Return what is known of the bundled files."""
    return msgspec.json.decode((ARCHIVE / "manifest.json").read_bytes(), type=Manifest)


def copied(folder: Path) -> None:
    """Copy the bundled documents to a new folder, by origin; raises UsageError where there is one of that name."""
    from shutil import copytree, ignore_patterns

    from beffroi.errors import UsageError

    if folder.exists():
        raise UsageError(f"{folder} exists already: name a new folder")
    copytree(ARCHIVE, folder, ignore=ignore_patterns("manifest.json"))


def documents() -> Iterator[Document]:
    """Return the bundled documents, in the order of their paths, pages cut into their records."""
    from beffroi import intake

    for path, entry in manifest().documents.items():
        for found in intake.documents([ARCHIVE / path], origin=entry.origin):
            if isinstance(found, intake.Refusal):
                raise found.error
            yield found

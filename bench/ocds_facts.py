"""Holds the releases of a package against the expected facts of the sample: one check a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.formats import read
from beffroi.intake import Refusal, documents
from beffroi.notices.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from beffroi.formats import Reading
    from beffroi.notices import Document, Notice

NOTES = frozenset({"id", "shape", "file", "reality", "nature", "etat", "traps"})
"""What the expectations say of themselves."""


def readings(package: Path) -> Iterator[tuple[Document, Reading]]:
    """Yield each release of a package with its reading, cited."""
    for one in documents([package]):
        if isinstance(one, Refusal):
            raise one.error
        yield one, read(one, cite=True)


def _ocids(notices: Sequence[Notice], expected: list[str]) -> bool:
    return sorted({one.procedure.id for one in notices if one.procedure and one.procedure.id}) == sorted(expected)


def _deadline(notices: Sequence[Notice], expected: str) -> bool:
    return compiled(notices).deadline == expected


CHECKS: dict[str, Callable[[Sequence[Notice], Any], bool]] = {"ocids": _ocids, "compiled_deadline": _deadline}


def wrong(expected: dict[str, Any], notices: Sequence[Notice]) -> list[str]:
    """Return one line for each expected fact the records do not state; an unknown fact is a fault."""
    return [
        f"{fact}: {value!r}"
        for fact, value in expected.items()
        if fact not in NOTES and not CHECKS[fact](notices, value)
    ]

"""The names of TED XML: one table of readers serves every namespace the format was published under.

In: readers by local name. Out: a table by `{namespace}name`, as `walk` wants it.

>>> table({"TITLE": print})["{ted/R2.0.9.S02/publication}TITLE"] is print
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Handler, Table

FORMS = (
    "http://publications.europa.eu/resource/schema/ted/R2.0.9/publication",
    "ted/R2.0.9.S02/publication",
    "http://formex.publications.europa.eu/ted/schema/export/R2.0.9.S01.E01",
    "http://publications.europa.eu/resource/schema/ted/R2.0.8/publication",
    "http://publications.europa.eu/TED_schema/Export",
)
"""Namespaces of TED_EXPORT: R2.0.9 S03 to S05, S02, S01, R2.0.8 from 2016, R2.0.8 before."""

REGIONS = (
    "http://publications.europa.eu/resource/schema/ted/2021/nuts",
    "http://publications.europa.eu/resource/schema/ted/2016/nuts",
    "ted/2016/nuts",
)
"""Namespaces of the elements holding NUTS codes, one a revision of the nomenclature."""

NAMESPACES = (*FORMS, *REGIONS, "")


def table(readers: Mapping[str, Handler]) -> Table:
    """Return the readers under every tag their elements may have."""
    return {tag: reader for name, reader in readers.items() for tag in tags(name)}


def tags(*names: str) -> frozenset[str]:
    """Return every tag elements of these local names may have.

    >>> "{ted/2016/nuts}NUTS" in tags("NUTS")
    True
    """
    return frozenset(f"{{{space}}}{name}" if space else name for name in names for space in NAMESPACES)

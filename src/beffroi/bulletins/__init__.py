"""Where notices come from: one module a bulletin, found by being there.

In: nothing. Out: the bulletins by name. A module of this folder that has `BULLETIN` is one; `bulletin.py` says what it
offers.

>>> "nowhere" in bulletins()
False
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, cast

from beffroi.bulletins.bulletin import Bulletin, Page, Promise, Size, Slice, Window
from beffroi.errors import UsageError

if TYPE_CHECKING:
    from beffroi.bulletins.bulletin import Collectable

__all__ = ["Bulletin", "Page", "Promise", "Size", "Slice", "Window", "attribution", "bulletin", "bulletins"]


@cache
def bulletins() -> dict[str, Collectable]:
    """Return the bulletins of this folder by name, in alphabetical order."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    found = [cast("Collectable", one) for one in modules if hasattr(one, "BULLETIN")]
    return {one.BULLETIN.name: one for one in sorted(found, key=lambda one: one.BULLETIN.name)}


def bulletin(name: str) -> Collectable:
    """Return a bulletin by its name; raises UsageError where there is none of that name."""
    known = bulletins()
    if name not in known:
        raise UsageError(f"{name}: no such source; there are {', '.join(known)} (see `beffroi sources`)")
    return known[name]


def attribution(notice: str, lang: str, day: str) -> str | None:
    """Return the acknowledgement that the licence of a notice asks for, or None where nobody knows whose it is.

    `notice`: its id, which says which bulletin published it, also where several have one source (`ocds`). `day`: when
    the documents were retrieved, as the reader is to see it.

    >>> (attribution("boamp:20-1", "en", "2026-09-11") or "").partition(",")[0]
    'Source: DILA'
    """
    for one in (each.BULLETIN for each in bulletins().values()):
        if not one.given and notice.startswith(one.ids or f"{one.source}:"):
            return one.attribution[lang].replace("{date}", day)
    return None

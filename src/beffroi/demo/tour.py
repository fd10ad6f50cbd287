"""What the demo shows: a day of the bulletins, then the call for drones and what became of it.

In: the demo's store. Out: text for a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi import render
from beffroi.errors import StoreError
from beffroi.render.procedure import Kin

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.notices import Notice
    from beffroi.render.figures import Lang
    from beffroi.store import Store

CALL, CORRECTION, JOURNAL = "boamp:20-51423", "boamp:20-66279", "ted:175835-2020"
"""The notices the tour shows in full: it is about them, and their figures come from their records."""

_NEXT = {
    "fr": ("À taper ensuite :", "La page à ouvrir :"),
    "en": ("What to type next:", "The page to open:"),
}


class Tour(NamedTuple):
    """The notices shown, the two days of their bulletins, and what belongs with each notice shown."""

    call: Notice
    correction: Notice
    journal: Notice
    days: dict[str, list[Notice]]
    kin: dict[str, Kin]


def gathered(store: Store) -> Tour:
    """Return what the tour shows; raises StoreError where the bundled archive lacks it."""
    found = {one.id: one for one in store.notices()}
    if missing := [one for one in (CALL, CORRECTION, JOURNAL) if one not in found]:
        raise StoreError(f"the demo archive lacks {', '.join(missing)}: delete {store.home} and run the demo again")
    call, correction, journal = found[CALL], found[CORRECTION], found[JOURNAL]
    days = {
        stamp: [one for one in found.values() if one.published == stamp]
        for stamp in (call.published, journal.published)
        if stamp
    }
    kin = {one: Kin(*store.kin(one)) for one in (CALL, CORRECTION, JOURNAL)}
    return Tour(call, correction, journal, days, kin)


def told(tour: Tour, lang: Lang, width: int) -> str:
    """Return the tour as text: each day's bulletin, then the call with its publications and what corrects it."""
    pages = [render.day_page(notices, lang, width, title=_sources(notices)) for notices in tour.days.values()]
    linked = {one.id: one for one in (tour.call, tour.correction, tour.journal)}
    extras = render.Extras(linked=linked, later=(tour.correction,), kin=tour.kin[CALL])
    pages.append(render.notice_page(tour.call, lang, width, extras))
    return "\n\n".join(pages)


def _sources(notices: list[Notice]) -> str:
    return ", ".join(dict.fromkeys(one.source.upper() for one in notices))


def farewell(home: Path, address: str, lang: Lang, *, command: str = "beffroi") -> str:
    """Return what to type next, `command` first, and the page to open."""
    typed, opened = _NEXT[lang]
    commands = (f"show {CALL} --cite", f"show {JOURNAL} --json", "search drones", "verify")
    lines = [typed, *(f"  {command} {one} --home {home}" for one in commands), "", opened, f"  {address}"]
    return "\n".join(lines) + "\n"

"""The demo as a page to open: the days' bulletins, the call for drones, each value with its quotation.

In: the demo's store. Out: one HTML file a language, in the demo's home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats import read
from beffroi.render.acknowledged import acknowledgements
from beffroi.render.dates import elsewhere
from beffroi.render.figures import day
from beffroi.render.page import Frame, page
from beffroi.render.page_citations import Shown
from beffroi.render.page_day import day_anchor, day_section
from beffroi.render.page_notice import documents_section, notice_section
from beffroi.render.page_words import say
from beffroi.render.parts import Page, kind_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from beffroi.demo.tour import Tour
    from beffroi.formats import Reading
    from beffroi.notices import Notice
    from beffroi.render.figures import Lang
    from beffroi.store import Store

LANGUAGES: tuple[Lang, ...] = ("fr", "en")
_TITLES = {"fr": "Beffroi : démonstration", "en": "Beffroi: a demonstration"}
_LEADS = {
    "fr": (
        "Une petite archive livrée avec Beffroi. L'appel à la concurrence pour des drones y est une reconstitution, "
        "les autres avis sont inventés : rien ici ne se cite."
    ),
    "en": (
        "A small archive that comes with Beffroi. The call for drones in it is a reconstruction, the other notices are "
        "invented: nothing here is to be cited."
    ),
}


def written(store: Store, tour: Tour) -> dict[Lang, Path]:
    """Write the page in each language; return its files."""
    readings = [_read_again(store, one) for one in (tour.call, tour.correction, tour.journal)]
    folder = store.home / "page"
    folder.mkdir(exist_ok=True)
    files: dict[Lang, Path] = {}
    for lang in LANGUAGES:
        files[lang] = folder / f"beffroi-demo.{lang}.html"
        files[lang].write_text(_page(tour, readings, lang), encoding="utf-8")
    return files


def _read_again(store: Store, notice: Notice) -> Reading:
    """Return the reading of a notice's archived document, with the place of every value."""
    return read(store.document(notice.document.sha256), cite=True)


def _page(tour: Tour, readings: list[Reading], lang: Lang) -> str:
    anchors = {one.notice.id: f"notice-{one.notice.number}" for one in readings}
    links = {name: f"#{anchor}" for name, anchor in anchors.items()}
    sections = [day_section(stamp, notices, lang, links=links) for stamp, notices in tour.days.items()]
    held = {one.notice.id: one.notice for one in readings}
    for one in readings:
        later = tuple(other for other in held.values() if any(link.target == one.notice.id for link in other.links))
        kin = tour.kin[one.notice.id]
        told = tuple(elsewhere(Page(one.notice, lang, 0, held, later, kin=kin)))
        shown = Shown(one.notice, one.citations or {}, lang, told, later, links, kin)
        sections.append(notice_section(shown, anchor=anchors[one.notice.id]))
    acknowledged = acknowledgements(held.values(), lang)
    sections.append(documents_section([one.notice.document for one in readings], lang, acknowledged))
    return page(_TITLES[lang], sections, lang=lang, frame=_frame(tour, held.values(), lang))


def _frame(tour: Tour, shown: Iterable[Notice], lang: Lang) -> Frame:
    days = [(f"#{day_anchor(stamp)}", f"{say('bulletin', lang)} {day(stamp, lang)}") for stamp in tour.days]
    notices = [
        (f"#notice-{one.number}", f"{one.source.upper()} {one.number} · {one.title or kind_text(one, lang)}")
        for one in shown
    ]
    return Frame(f"beffroi-demo.{'en' if lang == 'fr' else 'fr'}.html", _LEADS[lang], (*days, *notices))

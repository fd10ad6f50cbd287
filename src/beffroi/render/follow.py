"""What follows a notice's lots: awards, links, clauses, doubts, and how to cite it.

In: a page. Out: lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.notices.compiled import compiled_from
from beffroi.render.acknowledged import acknowledgements
from beffroi.render.figures import day
from beffroi.render.layout import heading, table, wrap
from beffroi.render.parts import amount_line, banner, body_text, kind_text
from beffroi.render.rules import why
from beffroi.render.sums import ids_text
from beffroi.render.words import COLON, word_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.notices import Award, Citation, Notice
    from beffroi.render.figures import Lang
    from beffroi.render.parts import Page

_NUMBER = {"fr": "n°\u00a0", "en": "no. "}


_MOST = 20
"""Awards shown unless the whole page is asked for."""


def awards(page: Page) -> list[str]:
    """Return each award with its lots, suppliers and their roles, amounts and dates."""
    every = page.notice.awards
    lines: list[str] = []
    for i, award in enumerate(page.first(every, _MOST)):
        lines += _award(page, f"awards[{i}].", award)
    lines += page.more(len(every), _MOST)
    return heading(f"{page.say('awards')} ({len(every)})") + lines if lines else []


def _award(page: Page, path: str, award: Award) -> list[str]:
    lines = wrap(" · ".join(one for one in _outcome(page, award) if one), page.width, hanging="  ")
    for supplier in award.suppliers:
        role = page.say(supplier.role) if supplier.role else "–"
        lines += wrap(f"{body_text(supplier)} – {role}", page.width, indent="  ", hanging="  ")
    for line in page.amounts(path, award.amounts):
        lines += wrap(line, page.width, indent="  ", hanging="  ")
    if award.holding in ("group", "several"):
        lines += wrap(page.say(award.holding), page.width, indent="  ")
    return lines


def _outcome(page: Page, award: Award) -> list[str]:
    """Return what a decision is about, what it is, when it was taken, and among how many tenders."""
    lang = page.lang
    about = f"{page.say('lot').lower()} {ids_text(award.lot_ids, lang)}" if award.lot_ids else award.title or ""
    status = page.say(award.status or "no_status")
    if award.reason:
        status += f" ({word_in('reason', award.reason.kind, lang)})"
    dated = [f"{page.say(code)}{COLON[lang]} {day(one, lang)}" for code, one in _award_dates(award) if one]
    count = award.tenders_received
    received = "" if count is None else f"{count} {page.say('tender_received' if count == 1 else 'tenders_received')}"
    return [award.id, about, status, *dated, received]


def _award_dates(award: Award) -> list[tuple[str, str | None]]:
    return [("decided", award.decided), ("concluded", award.concluded)]


def links(page: Page) -> list[str]:
    """Return the linked notices, with what is held of them."""
    lines: list[str] = []
    for link in page.notice.links:
        source, _, name = link.target.partition(":")
        if source == "eforms" and link.relation == "same_notice":
            lines += wrap(f"{page.say('eforms_id')} {name}", page.width)
            continue
        held = page.linked.get(link.target)
        known = f" – {kind_text(held, page.lang)}, {day(held.published, page.lang)}" if held and held.published else ""
        lines += wrap(f"{word_in('relation', link.relation, page.lang)} {link.target}{known}", page.width)
    return heading(page.say("links")) + lines if lines else []


def clauses(page: Page) -> list[str]:
    """Return the passages kept word for word, those of one rubric together; on a short page, only how many."""
    every = page.notice.clauses
    if not every:
        return []
    if not page.whole:
        return ["", *page.field("clauses", f"{len(every)} ({page.say('list_all')})")]
    rubrics: dict[str, list[str]] = {}
    for one in every:
        lot = f" ({page.say('lot').lower()} {one.lot})" if one.lot else ""
        rubrics.setdefault(one.place + lot, []).append(one.text)
    lines = heading(f"{page.say('clauses')} ({len(every)})")
    for place, texts in rubrics.items():
        lines += wrap(place, page.width)
        for text in dict.fromkeys(texts):
            lines += wrap(text, page.width, indent="  ")
    return lines


def doubts(page: Page, *, unread: bool) -> list[str]:
    """Return what is withheld, what is to verify, and what was not interpreted."""
    lines = [*_withheld(page), *_suspects(page), *_unread(page, listed=unread)]
    return ["", *lines] if lines else []


def _withheld(page: Page) -> list[str]:
    lines: list[str] = []
    for one in page.notice.withheld:
        until = f" {page.say('until')} {day(one.until, page.lang)}" if one.until else ""
        reason = f" – {one.text or one.reason}" if one.text or one.reason else ""
        lot = f" ({page.say('lot').lower()} {one.lot})" if one.lot else ""
        lines += wrap(f"{page.say('withheld')}{until}{COLON[page.lang]} {one.field}{lot}{reason}", page.width)
    return lines


def _suspects(page: Page) -> list[str]:
    """Return each reason once, with the values it is about."""
    reasons: dict[str, list[str]] = {}
    for suspect in page.notice.suspects:
        reasons.setdefault(why(suspect, page.lang), []).append(_place(page, suspect.path))
    lines: list[str] = []
    for reason, places in reasons.items():
        lines += wrap(f"{page.say('suspect')} – {reason}{COLON[page.lang]}", page.width)
        lines += [line for place in places for line in wrap(place, page.width, indent="  ")]
    return lines


def _unread(page: Page, *, listed: bool) -> list[str]:
    passages, listed = page.notice.unread, listed or page.whole
    hint = "" if listed else f" ({page.say('list_unread')})"
    lines = wrap(f"{page.say('unread')}{COLON[page.lang]} {len(passages)}{hint}", page.width) if passages else []
    for passage in passages if listed else ():
        lines += wrap(f"{passage.place} – {passage.why}", page.width, indent="  ")
        lines += wrap(passage.text, page.width, indent="    ")
    return lines


_STEP = re.compile(r"(lots|parts|lot_groups|awards)\[(\d+)\]\.")
_AMOUNT = re.compile(r"amounts\[(\d+)\]\.")


def _place(page: Page, path: str) -> str:
    """Return a path of the record in words: "Lot 2 – Valeur estimée : 1 € HT", "Date limite"."""
    step = _STEP.match(path)
    owner = getattr(page.notice, step[1])[int(step[2])] if step else page.notice
    rest = path[step.end() :] if step else path
    amount = _AMOUNT.match(rest)
    said = amount_line(owner.amounts[int(amount[1])], page.lang) if amount else page.say(rest)
    if step is None:
        return said
    return f"{page.say('award_of' if step[1] == 'awards' else 'lot')} {owner.id} – {said}"


def foot(page: Page) -> list[str]:
    """Return the source, the document's digest, the sentence to cite (none for what must not be), whom to name."""
    notice = page.notice
    about, warning = notice.document, banner(notice, page.lang)
    if compiled_from(notice) and warning:
        return ["", warning]
    lines = ["", *(page.field("source", notice.url) if notice.url else [])]
    lines += page.field("document", f"{about.name} · {about.media_type} · sha256 {about.sha256}")
    if warning:
        return [*lines, warning]
    lines += page.field("to_cite", reference(notice, page.lang))
    return lines + [line for said in acknowledgements([notice], page.lang) for line in page.field("attribution", said)]


def reference(notice: Notice, lang: Lang) -> str:
    """Return the sentence that cites a notice."""
    buyer = notice.buyers[0].name if notice.buyers else None
    title = f"«\u00a0{notice.title}\u00a0»" if lang == "fr" else f"“{notice.title}”"
    kind = kind_text(notice, lang)
    numbered = f"{notice.source.upper()} {_NUMBER[lang]}{notice.number}"
    when = ""
    if notice.published:
        when = f"{'publié le' if lang == 'fr' else 'published on'} {day(notice.published, lang)}"
    parts = (buyer, title if notice.title else None, f"{kind}, {numbered}", when, notice.url)
    return ", ".join(one for one in parts if one) + "."


def cited(page: Page, citations: Mapping[str, Citation]) -> list[str]:
    """Return where each value stands: its path, the rubric, and the words of the document."""
    rows = [
        [path, one.label, one.quote if one.rule is None else f"{one.quote} [{one.rule}]"]
        for path, one in citations.items()
    ]
    heads = [
        page.choose("Champ", "Field"),
        page.choose("Rubrique", "Rubric"),
        page.choose("Texte du document", "Quote"),
    ]
    return heading(page.say("citations")) + table(heads, rows, width=page.width) if rows else []

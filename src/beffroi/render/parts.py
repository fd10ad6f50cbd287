"""The parts of a notice's page: head, dates, lots, sums, awards, what follows.

In: a notice made safe to print, a language, a width. Out: lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.notices.sums import reconcile
from beffroi.notices.suspects import suspect_paths
from beffroi.render.figures import amount_text, day, money, number, quantity_text
from beffroi.render.layout import field, heading, table, wrap
from beffroi.render.sums import sentence
from beffroi.render.words import word, word_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beffroi.notices import Amount, Duration, Lot, Notice, Organization
    from beffroi.notices.sums import Reconciliation
    from beffroi.render.figures import Lang

COLON = {"fr": "\u00a0:", "en": ":"}
_MOST_NAMES = 10
_MOST_TEXT = 900
"""Beyond these the page says how much it leaves to the record (`--json`)."""


class Page(NamedTuple):
    """What every part is written for; `linked` are held notices it links to, by id, `later` those that link to it."""

    notice: Notice
    lang: Lang
    width: int
    linked: Mapping[str, Notice]
    later: tuple[Notice, ...] = ()

    @property
    def doubted(self) -> frozenset[str]:
        """The paths of amounts to verify."""
        return suspect_paths(self.notice)

    def amounts(self, within: str, amounts: Sequence[Amount]) -> list[str]:
        """Return amounts with their kind and VAT, those to verify marked so."""
        mark = self.choose(" (à vérifier)", " (to verify)")
        doubted = self.doubted
        return [
            amount_line(one, self.lang) + (mark if f"{within}amounts[{i}]" in doubted else "")
            for i, one in enumerate(amounts)
        ]

    def say(self, code: str) -> str:
        """Return the words of a code in the page's language."""
        return word(code, self.lang)

    def field(self, code: str, text: str) -> list[str]:
        """Return "Label: text"."""
        return field(self.say(code) + COLON[self.lang], text, self.width)

    def choose(self, french: str, english: str) -> str:
        """Return the phrase of the page's language."""
        return french if self.lang == "fr" else english


def kind_text(notice: Notice, lang: Lang) -> str:
    """Return a notice's kind in words; its own form where no kind is known."""
    if notice.kind is None:
        return notice.form or word("kind.other", lang)
    return word_in("kind", notice.kind, lang)


def banner(notice: Notice, lang: Lang) -> str | None:
    """Return what must be said of a document that is not the official one, or None."""
    origin = notice.document.origin
    return None if origin == "official" else f"*** {word(origin, lang).upper()} ***"


def head(page: Page) -> list[str]:
    """Return the banner, the kind, the title, the buyers and the nature of the purchase."""
    notice = page.notice
    warning = banner(notice, page.lang)
    lines = [warning, ""] if warning else []
    lines += wrap(f"{kind_text(notice, page.lang)} · {notice.id}", page.width)
    lines += wrap(notice.title or "–", page.width)
    lines += page.field("buyers" if len(notice.buyers) > 1 else "buyer", _names(page, notice.buyers))
    facts = [
        word(notice.nature, page.lang) if notice.nature else "",
        word_in("instrument", notice.instrument, page.lang) if notice.instrument else "",
        word_in("method", notice.procedure.method, page.lang) if notice.procedure and notice.procedure.method else "",
        "CPV " + ", ".join(notice.cpv[:_MOST_NAMES]) if notice.cpv else "",
    ]
    if any(facts):
        lines += page.field("nature", " · ".join(fact for fact in facts if fact))
    if notice.description and notice.description != notice.title:
        lines += ["", *wrap(_shortened(page, notice.description), page.width)]
    return lines


def _shortened(page: Page, text: str) -> str:
    if len(text) <= _MOST_TEXT:
        return text
    rest = number(len(text) - _MOST_TEXT, page.lang)
    return text[:_MOST_TEXT] + page.choose(f"… ({rest} signes de plus : --json)", f"… ({rest} more characters: --json)")


def _names(page: Page, bodies: Sequence[Organization]) -> str:
    named = [body_text(one) for one in bodies[:_MOST_NAMES]]
    if len(bodies) > _MOST_NAMES:
        more = len(bodies) - _MOST_NAMES
        named.append(page.choose(f"et {more} autres (--json)", f"and {more} more (--json)"))
    return " ; ".join(named) or "–"


def body_text(body: Organization) -> str:
    """Return a body's name and place."""
    place = ", ".join(one for one in (body.city, body.country) if one)
    return f"{body.name or '–'} ({place})" if place else body.name or "–"


def dates(page: Page) -> list[str]:
    """Return every date side by side: dispatch, bulletin, Official Journal, deadline of its kind, lots' own."""
    notice, lang = page.notice, page.lang
    heads = [f"{page.say('published')} ({notice.source.upper()})", page.say("dispatched")]
    row = [day(one, lang) if one else "–" for one in (notice.published, notice.dispatched)]
    for target, other in _same_notice(page).items():
        heads.append(page.say("journal") if target.startswith("ted:") else target.partition(":")[0].upper())
        row.append(f"{target}\n{day(other.published, lang)}" if other and other.published else target)
    if notice.deadline:
        kind = f" {page.say(notice.deadline_kind)}" if notice.deadline_kind else ""
        heads.append(page.say("deadline") + kind)
        row.append(day(notice.deadline, lang))
    lines = ["", *table(heads, [row], width=page.width)]
    for lot in notice.lots:
        if lot.deadline and lot.deadline != notice.deadline:
            lines += page.field("deadline", f"{page.say('lot').lower()} {lot.id} – {day(lot.deadline, lang)}")
    return [*lines, *_since(page)]


def _same_notice(page: Page) -> dict[str, Notice | None]:
    """Return the publications of the same notice in other bulletins, with the notice where it is held."""
    found = {link.target: page.linked.get(link.target) for link in page.notice.links if link.relation == "same_notice"}
    for other in page.later:
        if any(link.relation == "same_notice" and link.target == page.notice.id for link in other.links):
            found[other.id] = other
    return found


def _since(page: Page) -> list[str]:
    """Return what later notices did to this one, a correction's changes below it: "Rectifié par boamp:20-66279 (…)"."""
    lines: list[str] = []
    for other in page.later:
        for link in other.links:
            if link.target == page.notice.id and link.relation != "same_notice":
                when = f" ({day(other.published, page.lang)})" if other.published else ""
                lines += wrap(f"{word_in('by', link.relation, page.lang)} {other.id}{when}", page.width)
                lines += change_lines(other, page.width, indent="  ") if link.relation == "changes" else []
    return lines


def change_lines(notice: Notice, width: int, *, indent: str = "") -> list[str]:
    """Return what a correction or modification changes, old → new, a line each."""
    lines: list[str] = []
    for one in notice.changes:
        where = " – ".join(part for part in (one.place, one.label) if part)
        moved = f"{one.old or '–'} → {one.new or '–'}" if one.old or one.new else ""
        lines += wrap(" | ".join(part for part in (where, moved, one.text) if part), width, indent=indent)
    return lines


def amount_line(amount: Amount, lang: Lang) -> str:
    """Return an amount with its kind, its VAT and its period: "Valeur estimée : 1 800 000 € HT"."""
    period = f" {word(amount.period, lang)}" if amount.period in ("year", "initial_term") else ""
    return f"{word(amount.kind, lang)}{COLON[lang]} {amount_text(amount, lang)}{period}"


def lots(page: Page) -> list[str]:
    """Return the lots and the parts as tables, with quantities, amounts, averages and durations."""
    lines: list[str] = []
    for code, shown in (("lots", page.notice.lots), ("parts", page.notice.parts)):
        if shown:
            lines += heading(f"{page.say(code)} ({len(shown)})")
            lines += table(
                _lot_heads(page),
                [_lot_row(page, f"{code}[{i}].", lot) for i, lot in enumerate(shown)],
                width=page.width,
            )
    if any(lot.unit_amounts for lot in page.notice.lots):
        lines += ["", *page.field("unit_amount", page.say("unit_note"))]
    return lines


def _lot_heads(page: Page) -> list[str]:
    return [page.say(one) for one in ("lot", "what", "quantity", "amounts", "unit_amount", "duration")]


def _lot_row(page: Page, path: str, lot: Lot) -> list[str]:
    lang = page.lang
    averages = [
        f"{money(one.value, one.currency, one.vat, lang)}\n({word(one.of, lang)}{COLON[lang]} {one.formula})"
        for one in lot.unit_amounts
    ]
    return [
        lot.id,
        lot.title or "",
        "\n".join(quantity_text(one, lang) for one in lot.quantities),
        "\n".join(page.amounts(path, lot.amounts)),
        "\n".join(averages),
        _duration(page, lot),
    ]


def _duration(page: Page, lot: Lot) -> str:
    said = [_length(lot.duration, page.lang)] if lot.duration else []
    if lot.max_duration:
        said.append(f"{_length(lot.max_duration, page.lang)} {page.say('at_most')}")
    if lot.starts or lot.ends:
        said.append(" – ".join(day(one, page.lang) if one else "…" for one in (lot.starts, lot.ends)))
    return "\n".join(said)


def _length(duration: Duration, lang: Lang) -> str:
    several = "s" if duration.value > 1 and not (lang == "fr" and duration.unit == "month") else ""
    return f"{number(duration.value, lang)} {word_in('unit', duration.unit, lang)}{several}"


def amounts(page: Page) -> list[str]:
    """Return the notice's own amounts and what lots and awards sum to."""
    lines: list[str] = []
    if page.notice.amounts:
        lines += heading(page.say("notice_amounts"))
        for line in page.amounts("", page.notice.amounts):
            lines += wrap(line, page.width)
    said = [sentence(one, page.lang) for one in reconcile(page.notice) if _worth_saying(one)]
    if said:
        lines += heading(page.say("sums"))
        for text in said:
            lines += wrap(text, page.width)
    return lines


def _worth_saying(said: Reconciliation) -> bool:
    return len(said.ids) > 1 or said.outcome not in ("equal", "no_total")

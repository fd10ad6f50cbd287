"""The head of a notice's page: what, who, how much; and what every other part of it is written with.

In: a notice made safe to print, a language, a width. Out: lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from beffroi.notices.compiled import compiled_from
from beffroi.notices.suspects import suspect_paths
from beffroi.render.figures import amount_text, number
from beffroi.render.layout import field, heading, wrap
from beffroi.render.procedure import Kin
from beffroi.render.words import COLON, word, word_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beffroi.notices import Amount, Notice, Organization
    from beffroi.render.figures import Lang

T = TypeVar("T")

_MOST_NAMES = 10
_MOST_TEXT = 900
"""Beyond these the page says how much more there is, which `--all` shows."""


class Page(NamedTuple):
    """What every part is written for; `linked` are held notices it links to, by id, `later` those that link to it.

    `whole` shows long texts and long lists to their end; `kin` are the held notices that belong with it.
    """

    notice: Notice
    lang: Lang
    width: int
    linked: Mapping[str, Notice]
    later: tuple[Notice, ...] = ()
    whole: bool = False
    kin: Kin = Kin()

    @property
    def doubted(self) -> frozenset[str]:
        """The paths of amounts to verify."""
        return suspect_paths(self.notice)

    def amounts(self, within: str, amounts: Sequence[Amount], *, named: bool = True) -> list[str]:
        """Return amounts with their VAT, those to verify marked so; with their kind unless a heading names it."""
        mark = self.choose(" (à vérifier)", " (to verify)")
        doubted = self.doubted
        write = amount_line if named else amount_of_period
        return [
            write(one, self.lang) + (mark if f"{within}amounts[{i}]" in doubted else "")
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

    def first(self, lines: Sequence[T], most: int) -> Sequence[T]:
        """Return the first of a long list, all of it on a whole page."""
        return lines if self.whole else lines[:most]

    def more(self, count: int, most: int) -> list[str]:
        """Return the line that says how many of a long list are left out."""
        if self.whole or count <= most:
            return []
        rest = number(count - most, self.lang)
        return [self.choose(f"… et {rest} de plus (`--all` les montre)", f"… and {rest} more (`--all` lists them)")]


def kind_text(notice: Notice, lang: Lang) -> str:
    """Return a notice's kind in words; its own form where no kind is known."""
    if notice.kind is None:
        other = word("kind.other", lang)
        return f"{other} ({notice.form})" if notice.form else other
    return word_in("kind", notice.kind, lang)


def banner(notice: Notice, lang: Lang) -> str | None:
    """Return what must be said of what is not an official document, or None."""
    origin = notice.document.origin
    if of := compiled_from(notice):
        more = word("compiled_from", lang).format(of).upper()
        return f"*** {more} ***" if origin == "official" else f"*** {word(origin, lang).upper()} · {more} ***"
    return None if origin == "official" else f"*** {word(origin, lang).upper()} ***"


def head(page: Page) -> list[str]:
    """Return the banner, the kind, the title, the buyers, the notice's own amounts and the nature of the purchase."""
    notice = page.notice
    warning = banner(notice, page.lang)
    lines = [warning, ""] if warning else []
    lines += wrap(f"{kind_text(notice, page.lang)} · {notice.id}", page.width)
    lines += wrap(notice.title or page.say("no_title"), page.width)
    lines.append("")
    lines += page.field("buyers" if len(notice.buyers) > 1 else "buyer", _names(page, notice.buyers))
    for line in page.amounts("", notice.amounts):
        lines += wrap(line, page.width, hanging="  ")
    facts = [
        word(notice.nature, page.lang) if notice.nature else "",
        word_in("instrument", notice.instrument, page.lang) if notice.instrument else "",
        word_in("method", notice.procedure.method, page.lang) if notice.procedure and notice.procedure.method else "",
    ]
    if any(facts):
        lines += page.field("nature", " · ".join(fact for fact in facts if fact))
    if notice.cpv:
        lines += field(f"CPV{COLON[page.lang]}", _codes(page, notice.cpv), page.width)
    return lines


def _codes(page: Page, codes: Sequence[str]) -> str:
    shown = ", ".join(page.first(codes, _MOST_NAMES))
    return " ".join([shown, *page.more(len(codes), _MOST_NAMES)])


def description(page: Page) -> list[str]:
    """Return what the notice says of itself, cut where it is long."""
    text = page.notice.description
    if not text or text == page.notice.title:
        return []
    return [*heading(page.say("description")), *wrap(shortened(page, text), page.width)]


def shortened(page: Page, text: str) -> str:
    """Return the beginning of a long text and how much more there is; all of it on a whole page."""
    if page.whole or len(text) <= _MOST_TEXT:
        return text
    rest = number(len(text) - _MOST_TEXT, page.lang)
    return text[:_MOST_TEXT] + page.choose(f"… ({rest} signes de plus : --all)", f"… ({rest} more characters: --all)")


def _names(page: Page, bodies: Sequence[Organization]) -> str:
    named = [body_text(one) for one in page.first(bodies, _MOST_NAMES)]
    return " ; ".join([*named, *page.more(len(bodies), _MOST_NAMES)]) or page.say("no_buyer")


def body_text(body: Organization) -> str:
    """Return a body's name and place."""
    place = ", ".join(one for one in (body.city, body.country) if one)
    return f"{body_name(body)} ({place})" if place else body_name(body)


def body_name(body: Organization) -> str:
    """Return a body's name; where the source states none, as the DECP of 2022 do, the identifier it gives.

    >>> from beffroi.notices import Identifier, Organization
    >>> body_name(Organization(ids=(Identifier("SIRET", "21999000000016"),)))
    'SIRET 21999000000016'
    """
    if body.name:
        return body.name
    return f"{body.ids[0].scheme} {body.ids[0].value}" if body.ids else "–"


def name_path(body: Organization, at: str) -> str:
    """Return the path of what `body_name` shows of the body at a path.

    >>> from beffroi.notices import Identifier, Organization
    >>> name_path(Organization(ids=(Identifier("SIRET", "21999000000016"),)), "buyers[0]")
    'buyers[0].ids[0].value'
    """
    return f"{at}.ids[0].value" if body.ids and not body.name else f"{at}.name"


def amount_line(amount: Amount, lang: Lang) -> str:
    """Return an amount with its kind, its VAT and its period: "Valeur estimée : 1 800 000 € HT"."""
    return f"{word(amount.kind, lang)}{COLON[lang]} {amount_of_period(amount, lang)}"


def amount_of_period(amount: Amount, lang: Lang) -> str:
    """Return an amount with its VAT and its period: "1 800 000 € HT par an"."""
    period = f" {word(amount.period, lang)}" if amount.period in ("year", "initial_term") else ""
    return amount_text(amount, lang) + period

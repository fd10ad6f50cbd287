"""The sentences of French national awards: who holds which lot, for how much, since when.

In: a free text, usually one passage a lot. Out: what each passage tells, as places in the text; what is not told in one
way is not told at all.

>>> from beffroi.formats.boamp.award_passages import passages
>>> text = "Lot 1 : Gros œuvre - BATISUD (98999000000014) Notifié le 18/11/2026 Montant : 301 250,40 € HT"
>>> told = [tell(text, passage) for passage in passages(text)][0]
>>> [text[slice(*holder.name)] for holder in told.holders], text[slice(*told.title)], told.concluded.iso
(['BATISUD'], 'Gros œuvre', '2026-11-18')
>>> [(one.kind, one.sum.value, one.sum.vat) for one in told.sums]
[('award', '301250.4', 'excluded')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from beffroi.formats.boamp import dates, figures
from beffroi.formats.boamp.award_holders import Holder, holders
from beffroi.formats.boamp.award_names import LOT_NUMBER
from beffroi.formats.boamp.outcomes import Outcome, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.formats.boamp.award_passages import Passage, Place
    from beffroi.notices.amount import AmountKind


class Priced(NamedTuple):
    """A sum of an award, of its kind."""

    kind: AmountKind
    sum: figures.Sum
    yearly: bool


@dataclass
class Told:
    """What a passage tells; `used` are the places whose words serve it."""

    passage: Passage
    holders: list[Holder] = field(default_factory=list)
    group: bool = False
    title: Place | None = None
    contract: Place | None = None
    tenders: Place | None = None
    decided: dates.Found | None = None
    concluded: dates.Found | None = None
    sums: list[Priced] = field(default_factory=list)
    nothing: Outcome | None = None
    used: list[Place] = field(default_factory=list)


_DATE = r"(?:\s*(?:le|du|:|-)\s*)*"
_DAYS = (
    ("concluded", re.compile(
        rf"\b(?:notifi[ée]e?s?|notification|sign[ée]e?s?|signature|conclu[es]?|conclusion)\b(?:\s+du\s+(?:contrat|march[ée]))?"
        rf"(?:\s+à\s+[^\n:;]{{0,80}})?{_DATE}$", re.IGNORECASE)),
    ("decided", re.compile(
        rf"\b(?:attribu[ée]e?s?|attribution|d[ée]cision|d[ée]lib[ée]ration)\b(?:\s+du\s+(?:contrat|march[ée]|lot))?{_DATE}$",
        re.IGNORECASE)),
)  # fmt: skip
_FORESEEN = re.compile(r"\b(?:pr[ée]vi(?:sionnelle|sible)|pr[ée]vue?|envisag[ée]e|limite)s?\b[^.;\n]*$", re.IGNORECASE)
_TENDERS = re.compile(
    r"(?:nombre\s+(?:total\s+)?(?:d['’]\s*|de\s+|des\s+)(?:offres?|plis|candidatures)(?:\s+re[çc]ue?s)?\s*:?\s*(?P<n>\d{1,4})\b"
    r"|(?<![\d.,])(?P<m>\d{1,4})\s+(?:offres?|plis)\s+re[çc]ue?s\b)",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\b(?:march[ée]|contrat)\s*n\s*[°ºo]\s*:?\s*(?P<id>(?-i:[A-Z0-9])[\w./-]*(?:\s[A-Z0-9][\w./-]{1,15})?(?=\s*(?:\n|$|,|;|-|:))|[A-Z0-9][\w./-]*\d)"
    r"|\bn\s*[°ºo]\s+(?:de|du)\s+(?:march[ée]|contrat)\s*:?\s*(?P<no>[A-Z0-9][\w./-]*)",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:\b(?:pour|moyennant)\s+)?(?:\b(?:un|le)\s+|\bd['’]un\s+)?(?P<words>(?:montant|prix|valeur)s?(?:\s+[^\n:;\d€]{0,70}?)?)(?:\s*(?::|\bde\b|\bà\b)\s*|\s+)$",
    re.IGNORECASE,
)
_MAX = re.compile(r"\bmax(?:i(?:mum|mal|male)?)?s?\b|\bplafond\b", re.IGNORECASE)
_MIN = re.compile(r"\bmin(?:i(?:mum|mal|male)?)?s?\b|\bplancher\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\bbase\b|\b(?:tranche|option|pse|variante|unitaire|horaire|journali|par\s+(?:jour|heure|mois)|mensuel|trimestriel|p[ée]nalit|taux|bpu|"
    r"initial|p[ée]riode|reconduction|capital|caution|sous-?\s?trait|plus\s+(?:basse|[ée]lev)|tva\s*[:(]|montant\s+de\s+la\s+tva|rabais|remise)",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(r"\bestim", re.IGNORECASE)
_YEARLY = re.compile(r"\bannuel|\bpar\s+an\b|/\s*an\b", re.IGNORECASE)
_LOOK = 90


def tell(text: str, passage: Passage, known: Iterable[str] = ()) -> Told:
    """Return what a passage tells; `known` are the holders the open data names."""
    told = Told(passage)
    told.used.append((passage.start, passage.body))
    told.holders, told.group, words = holders(text, passage, known)
    told.used += words
    for holder in told.holders:
        told.used += [place for place in holder[:4] if place]
    _tell_days(text, told)
    for field_name, pattern in (("tenders", _TENDERS), ("contract", _CONTRACT)):
        found = list(pattern.finditer(text, passage.body, passage.end))
        if len(found) == 1:
            one = found[0]
            setattr(told, field_name, next(one.span(name) for name in one.groupdict() if one[name] is not None))
            told.used.append(one.span())
    _tell_sums(text, told)
    told.nothing = None if told.holders else _outcome(text, told)
    _tell_title(text, told)
    return told


def _outcome(text: str, told: Told) -> Outcome | None:
    """Return why a passage awards nothing; of words on one of several lots it is not said which they mean."""
    passage = told.passage
    found = in_words(text[passage.body : passage.end])
    if found is None or (not passage.lots and LOT_NUMBER.search(text[passage.body : passage.end])):
        return None
    start, end = passage.body + found.start, passage.body + found.end
    told.used.append((start, end))
    return Outcome(found.why, start, end, found.words)


def _tell_days(text: str, told: Told) -> None:
    passage = told.passage
    for one in dates.in_french(text[passage.body : passage.end]):
        start, end = passage.body + one.start, passage.body + one.end
        before = text[max(passage.body, start - _LOOK) : start]
        for name, pattern in _DAYS:
            label = pattern.search(before)
            if label and getattr(told, name) is None and not _FORESEEN.search(before[: label.end()]):
                setattr(told, name, dates.Found(start, end, one.words, one.iso))
                told.used.append((start - len(before) + label.start(), end))
                break


def _tell_sums(text: str, told: Told) -> None:
    """Read the sums of a passage: labelled ones by their label, a single one without a label as the award's."""
    passage = told.passage
    taken = [place for place in told.used if place != (passage.start, passage.body)]
    part = text[: passage.end]
    labelled, plain = [], []
    for one in figures.sums(part, bare=True, start=passage.body):
        if any(start <= one.start < end for start, end in taken) or _follows_lot(text, passage, one.start):
            continue
        before = part[max(passage.body, one.start - _LOOK) : one.start]
        label = _PRICE.search(before)
        if label:
            labelled.append((one, before[label.start() :]))
        elif one.currency or one.vat:
            plain.append((one, before[before.rfind("\n") + 1 :]))
    for one, words in labelled or (plain if len(plain) == 1 else []):
        after = part[one.whole_end : one.whole_end + 12]
        if one.value is None or _OTHER.search(words) or (_MAX.search(words) and _MIN.search(words)):
            continue
        vat = one.vat or figures.vat_in(words)
        kind: AmountKind = (
            "framework_max" if _MAX.search(words) else "minimum" if _MIN.search(words)
            else "estimate" if _ESTIMATE.search(words) else "award"
        )  # fmt: skip
        told.sums.append(Priced(kind, one._replace(vat=vat), bool(_YEARLY.search(words + " " + after))))
        start = one.start - len(words) if labelled else one.start
        told.used.append((start, one.whole_end))
    told.sums = _one_price(told.sums)


def _follows_lot(text: str, passage: Passage, start: int) -> bool:
    """Return whether nothing but space parts a number from that of the lot: "Lot 1 187 900 €"."""
    return bool(passage.lots) and not text[passage.lots[-1][1][1] : start].strip()


_RATES = (Decimal("1.2"), Decimal("1.1"), Decimal("1.055"), Decimal("1.021"), Decimal("1.085"))
"""French rates of VAT, and that of the overseas departments."""


def _one_price(sums: list[Priced]) -> list[Priced]:
    """Return the sums of an award, its price with VAT told from the same price without it."""
    prices = {one.sum.vat: one for one in sums if one.kind == "award" and one.sum.value}
    without, taxed = prices.get("excluded"), prices.get("included")
    if without is None or taxed is None or sum(one.kind == "award" for one in sums) != len(prices):
        return sums
    ratio = Decimal(taxed.sum.value or 0) / (Decimal(without.sum.value or 0) or 1)
    if not any(abs(ratio - rate) < Decimal("0.002") for rate in _RATES):
        return sums
    return [one._replace(kind="other") if one is taxed else one for one in sums]


_CUT = re.compile(
    r"\n|\s*\b(?:attribution|attribu[ée]|titulaire|attributaire|notifi|montant|nombre\s+d|date|march[ée]\s+n|d[ée]clar)",
    re.IGNORECASE,
)


def _tell_title(text: str, told: Told) -> None:
    """Read what stands between the heading of a lot and the first thing told: its title."""
    passage = told.passage
    if not passage.lots or not (told.holders or told.nothing):
        return
    starts = [start for start, end in told.used if start >= passage.body and end > passage.body]
    stop = min([*starts, passage.end])
    cut = _CUT.search(text, passage.body, stop)
    words = text[passage.body : cut.start() if cut else stop]
    kept = words.strip(" \t\n-–—:,;.(")
    kept = kept if "(" in kept else kept.rstrip(") ")
    said = any(word not in _GLUE for word in re.findall(r"[^\W\d_]{3,}", kept.casefold()))
    if 2 < len(kept) <= 250 and said:  # noqa: PLR2004 - the length of titles
        start = passage.body + words.index(kept)
        told.title = (start, start + len(kept))
        told.used.append(told.title)


_GLUE = frozenset(
    {"le", "la", "les", "l", "un", "une", "de", "du", "des", "d", "à", "au", "aux", "et", "en", "est", "sont", "a"}
    | {"ont", "été", "par", "pour", "ce", "cet", "cette", "sur", "soit", "total", "ht", "ttc", "euro", "euros", "eur"}
    | {"date", "entreprise", "entreprises", "s", "société", "attribué", "attribués", "attribuée", "attribution"}
    | {"titulaire", "titulaires", "attributaire", "attributaires", "lot", "lots", "marché", "marchés", "avis"}
    | {"montant", "notifié", "notification", "nom", "sous", "traitance", "non", "situé", "sis", "siret", "siren"}
)  # fmt: skip
"""Words that connect the others and say nothing alone."""


def leftovers(text: str, told: Told) -> list[Place]:
    """Return the places of a passage nothing was read from, those of mere connecting words left out."""
    found: list[Place] = []
    at = told.passage.start
    for start, end in [*sorted(told.used), (told.passage.end, told.passage.end)]:
        if start > at:
            found += _lines(text, at, start)
        at = max(at, end)
    return found


def _lines(text: str, start: int, end: int) -> list[Place]:
    places = []
    for one in re.finditer(r"[^\n]+", text[start:end]):
        words = re.findall(r"[^\W_]+", one[0].casefold())
        if any(word not in _GLUE for word in words):
            kept = one[0].strip(" \t-–—:,;.()")
            begin = start + one.start() + one[0].index(kept)
            places.append((begin, begin + len(kept)))
    return places

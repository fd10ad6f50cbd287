"""The grammar of stated quantities: which numbers of a text say how many things are bought.

In: a text. Out: `Stated` numbers with their offsets. It is a game of precision: a number is read only where the act of
buying leads to it from the beginning of its clause ("Fourniture et pose de 12 bornes"), where a label announces it
("Quantité estimative : 565"), or where a title begins with it and names a known thing ("66 drones").

>>> [(one.value, one.kind, one.noun) for one in stated_quantities("Fourniture d'environ 565 micro-drones", "title")]
[(565, 'estimated', 'micro-drones')]
>>> stated_quantities("Maîtrise d'œuvre pour la construction de 33 logements", "title")
[]
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from beffroi.formats.quantities.labels import labelled
from beffroi.formats.quantities.numbers import (
    NUMBERS,
    WORD,
    Stated,
    any_of,
    fold,
    kinds_of,
    named,
    per_period,
    value_of,
)
from beffroi.formats.quantities.words import LANGUAGES, NOT_COUNTED, SIGN_COUNTS, THINGS, UNITS

if TYPE_CHECKING:
    from beffroi.formats.quantities.words import Words

_DIGIT = re.compile("[1-9]")
_BOUNDARY = re.compile(
    r"(?:(?<=[\w)\]]{4})(?<!mind)(?<!prox)(?<!circ)\.|(?<=\d)\.(?=\s)|[;!?\n•●▪:|]|\s[-–—]+(?=\s)|^[-–—]+)\s*"
)
_LOT = re.compile(r"(?:lots?\s*(?:n[°ºo.]*\s*)?[\w.]{1,6}\s*[:.–—-]*\s*)?")
_SPELT = re.compile(r"[^\W\d_-]{2,14} ?\($")
_YEARS = range(1900, 2101)
_REACH = 200
"""How far back a clause is looked for; a longer way to its number leaves several readings."""
_NOTHING = ("", "")
_GLANCE, _STEM = 24, 5
"""How far a first look beside a number goes, and how much of a word it takes."""


def stated_quantities(text: str, stated_in: str) -> list[Stated]:
    """Return the quantities the text of a lot's title or description states, in their order."""
    if _DIGIT.search(text) is None:
        return []
    lower = text.lower()
    announced = "quantit" in lower or "menge" in lower or "stückzahl" in lower or "cantidad" in lower or "qt" in lower
    numbers = [
        number
        for number in NUMBERS.finditer(text)
        if _worth_reading(text, number) and (_may_begin(number, stated_in) or _after_an_act(lower, number.start()))
    ]
    if not numbers and not announced:
        return []
    folded = fold(text)
    found = labelled(folded, text) if announced else []
    for number in numbers:
        if not any(one.at[0] <= number.start() < one.end for one in found):
            found += _read(folded, text, number, stated_in)
    return sorted(found, key=lambda one: one.at)


def _may_begin(number: re.Match[str], stated_in: str) -> bool:
    return stated_in == "title" and number.start() < _GLANCE


@cache
def _stems() -> tuple[str, ...]:
    """Return beginnings one of which stands before every number that buying or building leads to."""
    acts = [act for words in LANGUAGES.values() for act in (*words.triggers, *words.building)]
    return tuple({act.partition("(")[0][:_STEM] for act in acts})


def _after_an_act(lower: str, end: int) -> bool:
    before = lower[max(0, end - _REACH) : end]
    return any(stem in before for stem in _stems())


def _worth_reading(text: str, number: re.Match[str]) -> bool:
    """Return whether the words beside a number allow it at all: most numbers of a text stop here."""
    start, end = number.span()
    before = text[max(0, start - _GLANCE) : start].replace("\u00a0", " ").replace("’", "'").rstrip(" (")
    word = before[before.rfind(" ") + 1 :].lower()
    after = text[end : end + _GLANCE].lower()
    if word in _leading() or word.endswith(("d'", "°", "º")):
        return (after.split(None, 1) or _NOTHING)[0] not in NOT_COUNTED
    if after.startswith(")") or start < _GLANCE:
        return True
    return (WORD.match(after) or _NOTHING)[1] in UNITS


@cache
def _leading() -> frozenset[str]:
    """Return the words that may stand right before a number of things bought, accents as they may be written."""
    phrases = [phrase for words in LANGUAGES.values() for phrase in (*words.links, *words.kinds)]
    last = {phrase.rsplit(None, 1)[-1] for phrase in phrases}
    return frozenset(last | {"n.", "n°", "nº", "no", "no.", "nr.", "°", "über", "jusqu'à", "à", "mínimo", "máximo"})


def _read(folded: str, text: str, number: re.Match[str], stated_in: str) -> list[Stated]:
    if _may_begin(number, stated_in) and (begun := _begun(folded, text, number)):
        return [begun]
    read = _bought(folded, text, number)
    if read is None:
        return []
    stated, language = read
    others = _joined(folded, text, stated, language)
    return [] if others is None or per_period(folded, stated.at[0], language) else [stated, *others]


def _bought(folded: str, text: str, number: re.Match[str]) -> tuple[Stated, str] | None:
    """Return the number and its language where an act of buying leads to it from the beginning of its clause."""
    end = number.start()
    if folded.startswith(")", number.end()) and (spelt := _SPELT.search(folded, max(0, end - _GLANCE), end)):
        end = spelt.start()
    start = _clause_start(folded, end)
    if start is None or _is_year(number):
        return None
    for language in LANGUAGES:
        lead = _clause(language).fullmatch(folded, start, end)
        if lead is not None:
            stated = _after(folded, text, number, lead, language=language)
            return (stated, language) if stated else None
    return None


def _after(folded: str, text: str, number: re.Match[str], lead: re.Match[str], *, language: str) -> Stated | None:
    """Return the number with its kind and name, or None where its lead or its name leaves another reading."""
    stated = Stated(value_of(number), number.span("number"))
    if lead["kind"]:
        pattern, kinds = kinds_of(language)
        kind = pattern.match(folded, lead.start("kind"))
        assert kind is not None  # the clause matched it
        stated = stated._replace(kind=kinds[kind[0]], kind_at=kind.span())
    whole = named(folded, text, stated, language)
    if whole is None or not (whole.noun or whole.unit):
        return None
    if not (lead["link"] or whole.unit or (lead["sign"] and language in SIGN_COUNTS)):
        return None
    building = re.fullmatch(any_of(LANGUAGES[language].building), lead["act"])
    if building and not _whole(folded, lead.start(), whole.end):
        return None
    return _kind_after(folded, whole, language)


def _is_year(number: re.Match[str]) -> bool:
    return value_of(number) in _YEARS and not number["gap"]


@cache
def _clause(language: str) -> re.Pattern[str]:
    """Return what must stand between the beginning of a clause and its number."""
    words: Words = LANGUAGES[language]
    act = rf"(?P<building>{any_of(words.building)}|(?:{any_of(words.triggers)}))".replace("?P<building>", "")
    kinds = any_of(map(re.escape, words.kinds))
    join = r"(?:\s*[,/&+]\s*|\s+)(?:(?:et|and|und|y|e|ou|/|&)\s+)?(?:l'|d'|la\s+|le\s+|the\s+|de\s+|di\s+|of\s+)?"
    links = any_of(link if link.endswith("'") else link + r"(?=\s)" for link in words.links)
    return re.compile(
        rf"(?:(?:{any_of(words.leads)}(?=\s)|l'|d'|dell'|\S*\d\S*(?=\s)|[(«\"“,)»”])\s*)*?"
        rf"(?P<act>{act})(?:{join}{any_of((*words.triggers, *words.between))}(?!\w))*\s+"
        rf"(?P<link>{links})?\s*(?P<kind>{kinds}\s+)?(?P<sign>n\s?[.°º]+\s*|no\.?\s+|nr\.\s*)?"
    )


def _sentence_end(folded: str, start: int) -> int:
    match = _BOUNDARY.search(folded, start)
    return match.start() if match else len(folded)


def _clause_start(folded: str, end: int) -> int | None:
    """Return where the clause that leads to `end` begins, or None where that is too far."""
    low = max(0, end - _REACH)
    starts = [match.end() for match in _BOUNDARY.finditer(folded, low, end)]
    if starts:
        return starts[-1]
    return None if low else len(folded) - len(folded.lstrip())


def _kind_after(folded: str, stated: Stated, language: str) -> Stated:
    """Return the number with the qualifier that follows its name ("40 drones au maximum"), if one does."""
    pattern, kinds = kinds_of(language)
    match = pattern.match(folded, stated.end + len(folded[stated.end :]) - len(folded[stated.end :].lstrip(" (,")))
    if stated.kind != "unknown" or match is None:
        return stated
    return stated._replace(kind=kinds[match[0]], kind_at=match.span())


def _whole(folded: str, start: int, end: int) -> bool:
    """Return whether a building phrase is all a text says: after a dash or before one it names a project, not a lot."""
    rest = folded[end:]
    return _LOT.fullmatch(folded, 0, start) is not None and not re.search(r"\s[-–—]\s|[:;\n]|\blots?\b|\blose?\b", rest)


def _begun(folded: str, text: str, number: re.Match[str]) -> Stated | None:
    """Return the number a title begins with where it counts a known thing ("66 drones de capacité nationale")."""
    if not _LOT.fullmatch(folded, 0, number.start()) or _is_year(number):
        return None
    match = WORD.match(folded, number.end())
    if match is None or match[1] not in THINGS:
        return None
    return named(folded, text, Stated(value_of(number), number.span("number")), None)


def _joined(folded: str, text: str, stated: Stated, language: str) -> list[Stated] | None:
    """Return what the same sentence counts besides ("… et 6 bornes"), or None where it counts in an unclear way."""
    found: list[Stated] = []
    adjacent, later = _joints(language)
    last, end = stated, _sentence_end(folded, stated.end)
    while (joint := adjacent.match(folded, last.end, end)) and (number := NUMBERS.match(folded, joint.end(), end)):
        one = named(folded, text, Stated(value_of(number), number.span("number")), language)
        if one is None or one.noun is None:
            return None
        last = _kind_after(folded, one, language)
        found.append(last)
    if (joint := later.search(folded, last.end, end)) and (number := NUMBERS.match(folded, joint.end())):
        one = named(folded, text, Stated(value_of(number), number.span("number")), language)
        return found if one is None or one.noun is None else None
    return found


@cache
def _joints(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what joins a second counted thing to the first: right after it, or later in the sentence."""
    words = LANGUAGES[language]
    ands, links = any_of(words.ands), any_of(words.links)
    sign = r"(?:n\s?[.°º]+\s*)?"
    adjacent = rf"\s*(?:\([^)]*\)\s*)?(?:,|\+|&|{ands}(?=[\s']))\s*(?:{links}\s*)?{sign}"
    return re.compile(adjacent), re.compile(rf"\b{ands}\s+(?:{links}\s*)?{sign}(?=\d)")

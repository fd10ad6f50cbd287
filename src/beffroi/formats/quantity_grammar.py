"""The grammar of stated quantities: which numbers of a text say how many things are bought.

In: a text. Out: `Stated` numbers with their offsets. It is a game of precision: a number is read only where the act of
buying leads to it from the beginning of its clause ("Fourniture et pose de 12 bornes"), where a label announces it
("Quantité estimative : 565"), or where a title begins with it and names a known thing ("66 drones").

>>> [(one.value, one.kind, one.noun) for one in stated_quantities("Fourniture d'environ 565 micro-drones", "title")]
[(565, 'estimated', 'micro-drones')]
>>> stated_quantities("Maîtrise d'œuvre pour la construction de 52 logements", "title")
[]
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from beffroi.formats.quantity_words import LANGUAGES, NOT_COUNTED, NOT_LABELLED, THINGS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.formats.quantity_words import Words

Slice = tuple[int, int]


class Stated(NamedTuple):
    """One number of things bought; the slices are offsets in the text it was read from."""

    value: int
    at: Slice
    kind: str = "unknown"
    kind_at: Slice | None = None
    unit: str | None = None
    unit_at: Slice | None = None
    noun: str | None = None
    noun_at: Slice | None = None

    @property
    def end(self) -> int:
        """Where the phrase ends."""
        return max(span[1] for span in (self.at, self.unit_at, self.noun_at) if span)


_ACCENTS = str.maketrans("àâäáãåçéèêëîïíìñôöóòõûüúùÿ’\u00a0\u202f\u2009\t", "aaaaaaceeeeiiiinooooouuuuy'    ")
_NUMBER = r"(?P<number>[1-9]\d{0,2}(?:(?P<gap>[ .,'\u00a0\u202f\u2009])\d{3})(?:(?P=gap)\d{3})*|[1-9]\d{0,6})"
_NOT_AFTER = r"(?![\w%°€$£§]|[.,:/-]\d|[-/]\w| ?[x×*] ?\d|[ \u00a0]?(?:[aà]|bis|to|-|–|/|hasta|und|et|or|ou)[ \u00a0]\d)"
_NUMBERS = re.compile(_NUMBER.replace("[1-9]", r"[1-9](?<![^\s'’(°º.][1-9])") + r"(?=\)?\s)" + _NOT_AFTER)
_DIGIT = re.compile("[1-9]")
_BOUNDARY = re.compile(r"(?:(?<=[\w)\]]{4})(?<!mind)(?<!prox)(?<!circ)\.|(?<=\d)\.(?=\s)|[;!?\n•●▪:|]|\s[-–—]+(?=\s)|^[-–—]+)\s*")
_WORD = re.compile(r" ?([^\W\d_][\w-]*\.?)(?!')")
_LOT = re.compile(r"(?:lots?\s*(?:n[°ºo.]*\s*)?[\w.]{1,6}\s*[:.–—-]*\s*)?")
_SPELT = re.compile(r"[^\W\d_-]{2,14} ?\($")
_YEAR = range(1900, 2101)
_LONGEST = 5
"""How many words of a thing's name are kept."""
_REACH = 200
"""How far back a clause is looked for; a longer way to its number leaves several readings."""


def _fold(text: str) -> str:
    """Return the text in lower case without accents, of the same length, or "" when no such form exists."""
    folded = text.lower().translate(_ACCENTS)
    return folded if len(folded) == len(text) else ""


def _any(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(phrases, key=len, reverse=True)) + ")"


@cache
def _kinds(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = LANGUAGES[language].kinds
    return re.compile(rf"(?<!\w){_any(map(re.escape, kinds))}(?!\w)"), kinds


@cache
def _clause(language: str) -> re.Pattern[str]:
    """Return what must stand between the beginning of a clause and its number."""
    words: Words = LANGUAGES[language]
    act = rf"(?P<building>{_any(words.building)}|(?:{_any(words.triggers)}))".replace("?P<building>", "")
    kinds = _any(map(re.escape, words.kinds))
    join = r"(?:\s*[,/&+]\s*|\s+)(?:(?:et|and|und|y|e|ou|/|&)\s+)?(?:l'|d'|la\s+|le\s+|the\s+|de\s+|di\s+|of\s+)?"
    links = _any(link if link.endswith("'") else link + r"(?=\s)" for link in words.links)
    return re.compile(
        rf"(?:(?:{_any(words.leads)}(?=\s)|l'|d'|dell'|\S*\d\S*(?=\s)|[(«\"“,)»”])\s*)*?"
        rf"(?P<act>{act})(?:{join}{_any((*words.triggers, *words.between))}(?!\w))*\s+"
        rf"(?P<link>{links})?\s*(?P<kind>{kinds}\s+)?(?P<sign>n\s?[.°º]+\s*|no\.?\s+|nr\.\s*)?"
    )


@cache
def _labels() -> re.Pattern[str]:
    """Return a label and its number: "Quantité estimative … : 565", in any of the languages."""
    labels = _any(label for words in LANGUAGES.values() for label in words.labels)
    near = r"(?:ca\.|circa|environ|approx\.|about|n\.|n[°º])"
    return re.compile(rf"\b(?P<label>{labels})(?P<words>\b[^.;:=\n\d]{{0,90}})[:=]\s*{near}?\s*{_NUMBER}{_NOT_AFTER}")


@cache
def _next_label() -> re.Pattern[str]:
    """Return how a second bound follows a labelled one: " / maximale : 40"."""
    kinds = _any(re.escape(kind) for words in LANGUAGES.values() for kind in words.kinds)
    return re.compile(rf"\s*[/,;–-]?\s*(?:(?:et|and|und|y|e)\s+)?(?P<kind>{kinds})\s*[:=]?\s*{_NUMBER}{_NOT_AFTER}")


def _value(match: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", match["number"]))


def _name(folded: str, text: str, stated: Stated, language: str | None) -> Stated | None:
    """Return the number with the name of what it counts, or None where it counts time, money, people, places."""
    stops = LANGUAGES[language].stops if language else tuple(s for w in LANGUAGES.values() for s in w.stops)
    kinds = LANGUAGES[language].kinds if language else {}
    at = stated.at[1] + (folded.startswith(")", stated.at[1]))
    start, end, words = at, at, 0
    while words < _LONGEST and (match := _WORD.match(folded, end)):
        word = match[1].rstrip(".")
        if words == 0 and word in ("x", "×"):
            start = end = match.end()
            continue
        if words == 0 and word in UNITS and stated.unit is None:
            stated = stated._replace(unit=text[match.start(1) : match.end(1)], unit_at=match.span(1))
            end = match.end()
            start = end
            continue
        if word in stops or word in kinds:
            break
        if word in NOT_COUNTED or word.partition("-")[0] in NOT_COUNTED:
            return None
        start = match.start(1) if words == 0 else start
        end, words = match.end(1) - match[1].endswith("."), words + 1
        if match[1].endswith("."):
            break
    if not words:
        return stated
    return stated._replace(noun=" ".join(text[start:end].split()), noun_at=(start, end))


def _sentence_end(folded: str, start: int) -> int:
    match = _BOUNDARY.search(folded, start)
    return match.start() if match else len(folded)


def _per_period(folded: str, start: int, language: str) -> bool:
    return bool(re.compile(rf"(?<!\w){_any(LANGUAGES[language].yearly)}(?!\w)").search(folded, start, start + 70))


def _kind_after(folded: str, stated: Stated, language: str) -> Stated:
    """Return the number with the qualifier that follows its name ("40 drones au maximum"), if one does."""
    pattern, kinds = _kinds(language)
    match = pattern.match(folded, stated.end + len(folded[stated.end :]) - len(folded[stated.end :].lstrip(" (,")))
    if stated.kind != "unknown" or match is None:
        return stated
    return stated._replace(kind=kinds[match[0]], kind_at=match.span())


def _clause_start(folded: str, end: int) -> int | None:
    """Return where the clause that leads to `end` begins, or None where that is too far."""
    low = max(0, end - _REACH)
    starts = [match.end() for match in _BOUNDARY.finditer(folded, low, end)]
    return starts[-1] if starts else (0 if low == 0 else None)


def _bought(folded: str, text: str, number: re.Match[str]) -> tuple[Stated, str] | None:
    """Return the number and its language where an act of buying leads to it from the beginning of its clause."""
    end = number.start()
    if (spelt := _SPELT.search(folded, 0, end)) and folded.startswith(")", number.end()):
        end = spelt.start()
    start = _clause_start(folded, end)
    if start is None or (_value(number) in _YEAR and not number["gap"]):
        return None
    for language in LANGUAGES:
        match = _clause(language).fullmatch(folded, start, end)
        if match is None:
            continue
        stated = Stated(_value(number), number.span("number"))
        if match["kind"]:
            pattern, kinds = _kinds(language)
            kind = pattern.match(folded, match.start("kind"))
            assert kind is not None  # the clause matched it
            stated = stated._replace(kind=kinds[kind[0]], kind_at=kind.span())
        named = _name(folded, text, stated, language)
        if named is None or (named.noun is None and named.unit is None):
            return None
        if not (match["link"] or match["sign"] or named.unit):
            return None
        if re.fullmatch(_any(LANGUAGES[language].building), match["act"]) and not _whole(folded, start, named.end):
            return None
        return _kind_after(folded, named, language), language
    return None


def _whole(folded: str, start: int, end: int) -> bool:
    """Return whether a building phrase is all a text says: after a dash or before one it names a project, not a lot."""
    rest = folded[end:]
    return _LOT.fullmatch(folded, 0, start) is not None and not re.search(r"\s[-–—]\s|[:;\n]|\blots?\b|\blose?\b", rest)


def _begun(folded: str, text: str, number: re.Match[str]) -> Stated | None:
    """Return the number a title begins with where it counts a known thing ("66 drones de capacité nationale")."""
    if not _LOT.fullmatch(folded, 0, number.start()) or (_value(number) in _YEAR and not number["gap"]):
        return None
    match = _WORD.match(folded, number.end())
    if match is None or match[1] not in THINGS:
        return None
    return _name(folded, text, Stated(_value(number), number.span("number")), None)


def _joined(folded: str, text: str, stated: Stated, language: str) -> list[Stated] | None:
    """Return what the same sentence counts besides ("… et 6 bornes"), or None where it counts in an unclear way."""
    words = LANGUAGES[language]
    links = _any(words.links)
    joint = rf"\s*(?:\([^)]*\)\s*)?(?:,|\+|&|{_any(words.ands)}(?=[\s']))\s*(?:{links}\s*)?(?:n\s?[.°º]+\s*)?"
    found: list[Stated] = []
    last, end = stated, _sentence_end(folded, stated.end)
    while (joiner := re.compile(joint).match(folded, last.end, end)) and (
        number := _NUMBERS.match(folded, joiner.end(), end)
    ):
        named = _name(folded, text, Stated(_value(number), number.span("number")), language)
        if named is None or named.noun is None:
            return None
        last = _kind_after(folded, named, language)
        found.append(last)
    later = re.compile(rf"\b{_any(words.ands)}\s+(?:{links}\s*)?(?={_NUMBER}{_NOT_AFTER})").search(folded, last.end, end)
    if later and (number := _NUMBERS.match(folded, later.end())):
        named = _name(folded, text, Stated(_value(number), number.span("number")), language)
        return found if named is None or named.noun is None else None
    return found


def _labelled(folded: str, text: str) -> list[Stated]:
    """Return the numbers a label announces, with the kind its words give them."""
    found: list[Stated] = []
    for match in _labels().finditer(folded):
        if not NOT_LABELLED.isdisjoint(re.findall(r"\w+", match["words"])) or _any_period(folded, match):
            continue
        stated = _name(folded, text, Stated(_value(match), match.span("number")), None)
        if stated is None:
            continue
        kind = _label_kind(folded, match)
        if kind is None:
            continue
        stated = stated._replace(kind=kind[0], kind_at=kind[1])
        found.append(stated)
        if following := _next_label().match(folded, stated.end):
            second = Stated(_value(following), following.span("number"), _kind_of(following["kind"]), following.span("kind"))
            found.append(_name(folded, text, second, None) or second)
    return found


def _kind_of(phrase: str) -> str:
    return next(words.kinds[phrase] for words in LANGUAGES.values() if phrase in words.kinds)


def _any_period(folded: str, match: re.Match[str]) -> bool:
    return any(_per_period(folded, match.start(), language) or _per_period(folded, match.end(), language) for language in LANGUAGES)


def _label_kind(folded: str, match: re.Match[str]) -> tuple[str, Slice | None] | None:
    """Return the kind a label's words state and where, or None where they state two."""
    implied = next(
        kind for words in LANGUAGES.values() for label, kind in words.labels.items() if re.fullmatch(label, match["label"])
    )
    spans = {
        found.span(): kinds[found[0]]
        for pattern, kinds in map(_kinds, LANGUAGES)
        for found in pattern.finditer(folded, match.start("words"), match.start("number"))
    }
    if len(set(spans.values())) > 1:
        return None
    if not spans:
        return implied, match.span("label") if implied != "unknown" else None
    return next(iter(spans.values())), next(iter(spans))


@cache
def _leading() -> frozenset[str]:
    """Return the words that may stand right before a number of things bought, accents as they may be written."""
    phrases = [phrase for words in LANGUAGES.values() for phrase in (*words.links, *words.kinds)]
    last = {phrase.rsplit(None, 1)[-1] for phrase in phrases}
    return frozenset(last | {"n.", "n°", "nº", "no", "no.", "nr.", "°", "über", "jusqu'à", "à", "mínimo", "máximo"})


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
    return (_WORD.match(after) or _NOTHING)[1] in UNITS


_NOTHING = ("", "")
_GLANCE = 24
"""How far a first look beside a number goes."""


def stated_quantities(text: str, stated_in: str) -> list[Stated]:
    """Return the quantities the text of a lot's title or description states, in their order."""
    if _DIGIT.search(text) is None:
        return []
    lower = text.lower()
    labelled = "quantit" in lower or "menge" in lower or "stückzahl" in lower or "cantidad" in lower or "qt" in lower
    numbers = [number for number in _NUMBERS.finditer(text) if _worth_reading(text, number)]
    folded = _fold(text) if numbers or labelled else ""
    if not folded:
        return []
    found = _labelled(folded, text) if labelled else []
    for number in numbers:
        if not any(one.at[0] <= number.start() < one.end for one in found):
            found += _read(folded, text, number, stated_in)
    return sorted(found, key=lambda one: one.at)


def _read(folded: str, text: str, number: re.Match[str], stated_in: str) -> list[Stated]:
    if stated_in == "title" and (begun := _begun(folded, text, number)):
        return [begun]
    read = _bought(folded, text, number)
    if read is None:
        return []
    stated, language = read
    others = _joined(folded, text, stated, language)
    return [] if others is None or _per_period(folded, stated.at[0], language) else [stated, *others]

r"""The passages of an award's free text: one for each heading "Lot n", "Lots 1 et 3", "Le lot 2 est …".

In: the text. Out: passages, with the lots their headings name.

>>> [[name for name, _ in one.lots] for one in passages("Lot 1 : A\nLots 2 à 4 : B")]
[['1'], ['2', '3', '4']]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[int, int]


class Passage(NamedTuple):
    """A part of the text about one lot, several, or none: the numbers named, where it starts, speaks and ends."""

    lots: tuple[tuple[str, Place], ...]
    start: int
    body: int
    end: int


_NUMBERS = r"(?P<ids>\d{1,3}[A-Za-z]?(?:\s*(?:,|et|&|à)\s*\d{1,3}[A-Za-z]?(?!\w))*)"
_SPANNED = re.compile(r"(\d+)\s*à\s*(\d+)")
_WIDEST = 100
_RANGE = re.compile(r"(\d{1,3})\s*à\s*(\d{1,3})(?!\w)|\d{1,3}[A-Za-z]?(?!\w)")
_HEADING = re.compile(
    r"(?:(?P<line>(?:^|\n)[ \t•*\-–—]*)|(?<=[\s.;)]))(?:le\s+)?(?P<word>lots?)\s*"
    rf"(?:n\s*[°ºo]s?\.?|num[ée]ros?)?\s*:?\s*{_NUMBERS}"
    r"(?![\w/])(?P<sep>\s*(?:[:\-–—.)]|est\b|a\s+[ée]t[ée]\b|\n|$)?\s*)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:le|du|au|aux|les|des|pour|ce|chaque|et|ou|par)\s*$", re.IGNORECASE)


def passages(text: str) -> list[Passage]:
    """Return the passages of a text, one for each heading "Lot n"; a text without any is one passage."""
    heads = [one for one in _HEADING.finditer(text) if _is_heading(text, one)]
    if not heads:
        return [Passage((), 0, 0, len(text))]
    found = [Passage((), 0, 0, heads[0].start())] if text[: heads[0].start()].strip() else []
    for head, following in zip(heads, [*(one.start() for one in heads[1:]), len(text)], strict=True):
        numbers = tuple(_numbers(head))
        verbal = head["sep"].strip()[:1] in ("e", "a", "E", "A")
        body = head.start("sep") if verbal else head.end()
        found.append(Passage(numbers, head.start(), body, following))
    return found


def _numbers(head: re.Match[str]) -> Iterator[tuple[str, Place]]:
    """Yield the lots a heading names, each with its place: "1 à 3" names three in one place."""
    start = head.start("ids")
    for one in _RANGE.finditer(head["ids"]):
        place = (start + one.start(), start + one.end())
        names = map(str, range(int(one[1]), int(one[2]) + 1)) if one[1] else (one[0],)
        yield from ((name, place) for name in names)


def _is_heading(text: str, found: re.Match[str]) -> bool:
    """Return whether "lot n" begins a passage: a line, a sentence with a verb, or a capital and a sign after it."""
    if any(not 0 < int(to) - int(since) < _WIDEST for since, to in _SPANNED.findall(found["ids"])):
        return False
    if found["line"] is not None:
        return True
    if found["sep"].strip()[:1].lower() in ("e", "a"):
        return text[: found.start()].rstrip()[-1:] in (".", ";")
    return (
        found["word"][0] == "L"
        and found["sep"].strip()[:1] in (":", "-", "–", "—")
        and not _ARTICLE.search(text[max(0, found.start() - 12) : found.start()])
    )

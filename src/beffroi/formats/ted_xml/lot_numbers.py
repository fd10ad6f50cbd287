"""Which lots an award names: the lot number as printed, or the lots' own numbers found in it.

In: a printed LOT_NO and the ids of the notice's lots. Out: the lots with their offsets in the text.

>>> lots_named("2", {"1", "2"})
[('2', 0, 1)]
>>> lots_named("1, 2 and 3", {"1", "2", "3"})
[('1', 0, 1), ('2', 3, 4), ('3', 9, 10)]
>>> lots_named("Lot 02", {"1", "2"})
[('2', 5, 6)]
>>> lots_named("1-3", {"1", "2", "3"}), lots_named("B", {"1"})
([('1-3', 0, 3)], [('B', 0, 1)])
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\w+")
_JOINED = re.compile(
    r"[\s,;+&/]*(?:\b(?:and|et|und|y|e|i|a|en|och|og|ja|és|și|si|lots?|los|lotto|lote|nr|no)\b[\s.,]*)*"
)


def lots_named(text: str, known: set[str]) -> list[tuple[str, int, int]]:
    """Return the lots a printed number names; the text itself where it is none of theirs or holds anything else."""
    if text in known:
        return [(text, 0, len(text))]
    found: list[tuple[str, int, int]] = []
    last = 0
    for match in _NUMBER.finditer(text):
        number = match.group().lstrip("0")
        if number not in known or not number[0].isdigit():
            continue
        start = match.end() - len(number)
        if not _JOINED.fullmatch(text[last : match.start()].casefold()):
            break
        found.append((number, start, match.end()))
        last = match.end()
    if found and not text[last:].strip(" .,;"):
        return found
    return [(text, 0, len(text))]

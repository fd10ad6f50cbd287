"""Identifiers as people write them, and as the store finds them.

In: `20-51423`, `boamp:20-51423`, `175835-2020`, `52-2020` (for 000052-2020), `2020/S 074-175835`. Out: source, number.

>>> short("000052-2020"), short("2020/S 074-175835"), short("20-51423")
('52-2020', '175835-2020', '20-51423')
>>> asked("ted:000052-2020"), asked("BOAMP-20-51423"), asked(" 20-51423 ")
(('ted', '52-2020'), ('boamp', '20-51423'), (None, '20-51423'))
"""

from __future__ import annotations

import re

_JOURNAL = re.compile(r"(\d{4})/s\s*\d{1,3}-0*(\d+)")
_NUMBER = re.compile(r"0*(\d+-\d{4})")
_SOURCE = re.compile(r"(boamp|ted)[\s:-]+(?=\d)")


def short(number: str) -> str:
    """Return a number as it is looked up: lower case, no leading zeros, the Official Journal's form turned round."""
    bare = number.strip().lower()
    if found := _JOURNAL.fullmatch(bare):
        return f"{found[2]}-{found[1]}"
    if found := _NUMBER.fullmatch(bare):
        return found[1]
    return bare


def asked(text: str) -> tuple[str | None, str]:
    """Return the source, where one is named, and the number to look up."""
    bare = text.strip()
    if found := _SOURCE.match(bare.lower()):
        return found[1], short(bare[found.end() :])
    source, colon, number = bare.partition(":")
    return (source.lower(), short(number)) if colon else (None, short(bare))

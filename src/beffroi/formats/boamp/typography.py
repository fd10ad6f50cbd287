r"""What BOAMP texts hold beside letters: HTML entities, and control characters that are letters of Windows-1252.

In: a text of a record. Out: the text as its author wrote it, and where each of its characters stands in the original.

>>> cleaned("Pays d&#039;Orval")
"Pays d'Orval"
>>> cleaned("main-d'\x9cuvre")
"main-d'œuvre"
>>> text, places = mapped("l&#039;eau")
>>> text, places[2], places[5]
("l'eau", 7, 10)
"""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CONTROL = re.compile("[\x80-\x9f]")
_C1 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # without a letter in Windows-1252
}


def cleaned(text: str) -> str:
    """Return the text with entities resolved and C1 control characters read as Windows-1252."""
    if "&" in text:
        text = _ENTITY.sub(_resolved, text)
    return text.translate(_C1) if _CONTROL.search(text) else text


def mapped(text: str) -> tuple[str, list[int]]:
    """Return the cleaned text, and for each of its offsets (its end included) the offset in `text`."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for found in _ENTITY.finditer(text):
        places += range(at, found.start())
        pieces.append(text[at : found.start()])
        letters = _resolved(found)
        places += [found.start()] * len(letters)
        pieces.append(letters)
        at = found.end()
    places += range(at, len(text) + 1)
    pieces.append(text[at:])
    return "".join(pieces).translate(_C1), places


def _resolved(found: re.Match[str]) -> str:
    return html.unescape(found[0])

"""Corrections in free text: the old and the new words where a sentence opposes them in one way.

In: "la date limite, initialement fixée au 29/09/2026 à 16h00, est reportée au 6 octobre 2026 à 16 heures", "au lieu de
42 hectares, lire 48 hectares". Out: changes with the words as written; the whole text is kept with the change.

>>> text = "Surface : au lieu de 42 hectares, lire 48 hectares."
>>> [[text[slice(*at)] for at in one] for one in oppositions(text)]
[['Surface', '42 hectares', '48 hectares']]
>>> oppositions("Le CCAP modifié est disponible.")
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from beffroi.formats.boamp import dates
from beffroi.formats.boamp.frame import add, spelled
from beffroi.formats.boamp.typography import mapped
from beffroi.formats.cursor import Span

if TYPE_CHECKING:
    from beffroi.formats.boamp.frame import Frame
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_INSTEAD = re.compile(
    r"au\s+lieu\s+d[eu](?:\s+lire\b|(?!\s*lire\b))\s*:?\s*(?P<old>[^\s;][^\n;]{0,300}?)[\s,;.:]*\b(?:il\s+faut\s+)?lire\s*:?\s*"
    r"(?P<new>[^\n;]{1,300}?)(?=\.(?:\s|$)|\n|;|$)",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"\blire\s*:?\s*(?P<new>[^\n;,]{1,200}?)[\s,]*\bau\s+lieu\s+d[eu](?!\s*lire)\s*:?\s*(?P<old>[^\n;]{1,200}?)(?=\.(?:\s|$)|\n|;|$)",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"remplacer?\s+[\"«“]\s*(?P<old>[^\"»”\n]{1,300}?)\s*[\"»”]\s+par\s+[\"«“]\s*(?P<new>[^\"»”\n]{1,300}?)\s*[\"»”]",
    re.IGNORECASE,
)
_OLD, _NEW = rf"{_OPEN}(?P<old>\d+){_CLOSE}", rf"{_OPEN}(?P<new>\d+){_CLOSE}"
_SHIFTED = r"(?:report|repouss|prolong|d[ée]cal|modifi|avanc)[ée]+e?s?"
_MOVED = re.compile(
    r"(?:(?:initialement|pr[ée]c[ée]demment)\s+)?(?:fix[ée]e?s?|pr[ée]vue?s?|programm[ée]e?s?)\s+(?:initialement\s+)?"
    rf"(?:au|le|pour\s+le)\s+{_OLD}\s*,?\s*(?:est|sont|a\s+[ée]t[ée])\s+(?:donc\s+)?"
    rf"{_SHIFTED}\s+(?:au|à|pour\s+le|jusqu['’]\s*au)\s+{_NEW}",
    re.IGNORECASE,
)
_FROM_TO = re.compile(rf"{_SHIFTED}\s+du\s+{_OLD}\s+(?:au|jusqu['’]\s*au)\s+{_NEW}", re.IGNORECASE)
_BACK = re.compile(
    rf"{_SHIFTED}\s+(?:au|à|pour\s+le|jusqu['’]\s*au)\s+{_NEW}\s*,?\s*au\s+lieu\s+du\s+{_OLD}", re.IGNORECASE
)
_ONLY_NEW = re.compile(
    rf"(?:(?:est|sont|a\s+[ée]t[ée])\s+(?:donc\s+)?{_SHIFTED}\s+(?:au|à|pour\s+le|jusqu['’]\s*au)|:)\s+{_NEW}",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"(?:(?:nouvelle\s+)?dates?\b(?:\s+et\s+heures?)?\s+(?:limites?|de\s+(?:remise|r[ée]ception|d[ée]p[ôo]t))[^.;:\n]*)$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[.\n]\s+|\n|^)(?=[^.\n]*$)")
_RUBRIC = re.compile(r"\s*rubrique\s*:\s*", re.IGNORECASE)
_LABEL = re.compile(r"[\s,;:.\-–]+$")


class Opposition(NamedTuple):
    """Where a text says what is changed (`label`), the old words and the new ones."""

    label: tuple[int, int] | None
    old: tuple[int, int] | None
    new: tuple[int, int]


def oppositions(text: str) -> list[Opposition]:
    """Return the places of each pair of old and new words a text opposes."""
    for pattern in (_INSTEAD, _REVERSED, _REPLACED):
        found = [_opposed(text, one.span("old"), one.span("new"), one.start()) for one in pattern.finditer(text)]
        if found:
            return found
    return _moved(text)


def _moved(text: str) -> list[Opposition]:
    """Return the dates that are moved: each is set aside as a mark, so that a verb is sought between two of them.

    The only date of a text is the new one where the text says it of a deadline.
    """
    days = dates.in_french(text)
    if not days or _OPEN in text:
        return []
    pieces, at = [], 0
    for index, day in enumerate(days):
        pieces += [text[at : day.start], f"{_OPEN}{index}{_CLOSE}"]
        at = day.end
    marked = "".join([*pieces, text[at:]])
    found = []
    for pattern in (_MOVED, _FROM_TO, _BACK) if len(days) > 1 else (_ONLY_NEW,):
        for one in pattern.finditer(marked):
            old = days[int(one["old"])] if pattern is not _ONLY_NEW else None
            new = days[int(one["new"])]
            begin = len(_MARK.sub(lambda mark: days[int(mark[1])].words, marked[: one.start()]))
            if old or _DEADLINE.search(text[:begin].rstrip()):
                found.append(_opposed(text, (old.start, old.end) if old else None, (new.start, new.end), begin))
    return found


def _opposed(text: str, old: tuple[int, int] | None, new: tuple[int, int], begin: int) -> Opposition:
    """Return an opposition with its label: the words of the same sentence before it."""
    sentence = _SENTENCE.search(text[:begin])
    start = sentence.end() if sentence else 0
    label = _LABEL.sub("", text[start:begin])
    rubric = _RUBRIC.match(label)
    start += rubric.end() if rubric else 0
    label = label[rubric.end() :] if rubric else label
    start += len(label) - len(label.lstrip())
    return Opposition((start, start + len(label.strip())) if label.strip() else None, old, new)


def read_correction(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a correction in free text: its whole text with the first opposition it holds, then the others."""
    whole = frame.text(cursor, element)
    if not whole:
        return
    text, offsets = mapped(element.text or "")
    changes: list[Draft] = [{"text": whole}]
    cursor.cite(changes[0], "text", element, rule=spelled(element))
    for index, one in enumerate(oppositions(text)):
        if index:
            changes.append({})
        for field, at in zip(Opposition._fields, one, strict=True):
            if at:
                changes[-1][field] = " ".join(text[slice(*at)].split())
                cursor.cite(changes[-1], field, Span(element, offsets[at[0]], offsets[at[1]]), rule=spelled(element))
    for change in changes:
        cursor.anchor(change, element)
        add(frame.sheet.notice, "changes", change)

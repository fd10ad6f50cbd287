r"""Lines and tables of plain text that fit a width; no colour, and no character counts on one.

In: texts. Out: lines. Only ordinary spaces are broken at, so that "3 795 000 €" stays whole.

>>> print("\n".join(table(["Lot", "What"], [["1", "Micro-drones du quotidien"]], width=18)))
Lot  What
───  ─────────────
1    Micro-drones
     du quotidien
"""

from __future__ import annotations

import re
from itertools import zip_longest
from textwrap import TextWrapper
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
_NARROW, _LONG = 10, 24
"""A column of fewer characters reads badly: below, a row becomes lines of its own; a longer piece may be broken."""


_VAT = re.compile(r"(?<=[\d€£A-Z]) (?=(?:HT|TTC)\b|(?:excl|incl)\. VAT)|(?<=excl\.) (?=VAT)|(?<=incl\.) (?=VAT)")
_GLUE = "\ue000"
"""Stands for the space between an amount and its VAT basis while lines are broken: the two are never parted."""


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int, *, indent: str = "", hanging: str = "") -> list[str]:
    """Return the text as lines of at most `width`, later ones `hanging`; its own line breaks stay."""
    lines: list[str] = []
    wrapper = TextWrapper(max(width, 1), initial_indent=indent, subsequent_indent=indent + hanging)
    wrapper.break_on_hyphens = False
    for line in _VAT.sub(_GLUE, text).split("\n"):
        lines += [one.replace(_GLUE, " ") for one in wrapper.wrap(line)] or [""]
        wrapper.initial_indent = indent + hanging
    return lines


def field(label: str, text: str, width: int) -> list[str]:
    """Return "label text", later lines indented; the label brings its colon as its language writes it."""
    return wrap(f"{label} {text}", width, hanging="  ")


def heading(text: str) -> list[str]:
    """Return a section's heading, set apart and underlined."""
    return ["", text, "─" * cells(text)]


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> list[str]:
    """Return a table of the given width, cells wrapped; where columns would be too narrow, rows as fields."""
    shown = [i for i in range(len(headers)) if any(row[i] for row in rows)]
    heads = [headers[i] for i in shown]
    body = [[row[i] for i in shown] for row in rows]
    widths = _widths(heads, body, width)
    if widths is None:
        return _stacked(heads, body, width)
    lines = [*_row(heads, widths), "  ".join("─" * one for one in widths)]
    for row in body:
        lines += _row(row, widths)
    return lines


def _widths(heads: list[str], body: list[list[str]], width: int) -> list[int] | None:
    """Return the columns' widths: each its natural one, the widest cut first, none below its longest word."""
    columns = list(zip(heads, *body, strict=True))
    natural = [max(cells(line) for cell in column for line in cell.split("\n")) for column in columns]
    least = [
        min(full, max(min(_longest_piece(column), _LONG), _NARROW))
        for full, column in zip(natural, columns, strict=True)
    ]
    room = width - _GAP * (len(columns) - 1)
    while sum(natural) > room:
        widest = max(range(len(natural)), key=lambda i: natural[i] - least[i])
        if natural[widest] <= least[widest]:
            return None
        natural[widest] -= 1
    return natural


def _longest_piece(column: Sequence[str]) -> int:
    whole = (_VAT.sub(_GLUE, cell).replace("\n", " ") for cell in column)
    return max(cells(piece) for cell in whole for piece in cell.split(" "))


def _row(row: Sequence[str], widths: list[int]) -> list[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    return [
        (" " * _GAP).join(_fill(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip(" ")
        for line in zip_longest(*wrapped, fillvalue="")
    ]


def _fill(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _stacked(heads: list[str], body: list[list[str]], width: int) -> list[str]:
    lines: list[str] = []
    for row in body:
        for head, cell in zip(heads, row, strict=True):
            if cell:
                lines += field(f"{head}:", cell.replace("\n", " ; "), width)
        lines.append("")
    return lines[:-1]

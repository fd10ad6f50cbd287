"""Texts of a notice in each of its languages.

In: every text read, by language. Out: `texts` and `languages`, where the notice speaks more than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.eforms.gathered import Gathered, Said
    from beffroi.notices import Draft

FIELDS = ("title", "description")


def fill_texts(cursor: Cursor, notice: Gathered) -> None:
    """Fill `texts`, and `languages` with those no header declares."""
    if len(notice.said) < 2:  # noqa: PLR2004 - one language needs no list of them
        return
    texts: dict[str, Draft] = notice.draft.setdefault("texts", {})
    languages: list[str] = notice.draft.setdefault("languages", [])
    for language, said in notice.said.items():
        if language not in languages:
            languages.append(language)
            cursor.cite(notice.draft, f"languages[{len(languages) - 1}]", said[0][3], rule="a text's languageID")
    for language in languages:
        if language in notice.said:
            texts[language] = _text(cursor, notice.said[language])


def _text(cursor: Cursor, said: list[Said]) -> Draft:
    text: Draft = {}
    lots: dict[str, Draft] = {}
    for section, field, written, element in said:
        if field not in FIELDS:
            _clause(cursor, text, (section, field, written, element))
        elif section is None:
            text.setdefault(field, written)
            cursor.cite(text, field, element)
        else:
            lot = lots.setdefault(section, {"id": section})
            lot.setdefault(field, written)
            cursor.anchor(lot, element)
            cursor.cite(lot, field, element)
    if lots:
        text["lots"] = list(lots.values())
    return text


def _clause(cursor: Cursor, text: Draft, one: Said) -> None:
    section, field, written, element = one
    clause: Draft = {"place": field, "text": written}
    if section is not None:
        clause["lot"] = section
    cursor.anchor(clause, element)
    cursor.cite(clause, "text", element)
    text.setdefault("clauses", []).append(clause)

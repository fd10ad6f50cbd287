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
            texts[language] = _text(cursor, notice.said[language], original=language == notice.language)


def _text(cursor: Cursor, said: list[Said], *, original: bool) -> Draft:
    """Return what is said in one language; of a second text for one field the original's was reported when read."""
    text: Draft = {}
    lots: dict[str, Draft] = {}
    for section, field, written, element in said:
        if field not in FIELDS:
            _clause(cursor, text, (section, field, written, element))
            continue
        holder = text
        if section is not None:
            if section not in lots:
                lots[section] = {"id": section}
                cursor.anchor(lots[section], element)
            holder = lots[section]
        if field not in holder:
            holder[field] = written
            cursor.cite(holder, field, element)
        elif not original:
            cursor.leave(element, "a second text in the same language")
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

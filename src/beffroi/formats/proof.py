"""Citations held against the document: each quote stands at its locator, and what it says explains the value.

In: a document, its notice and the notice's citations. Out: one sentence for each that does not hold.

What "explains" means, from the strictest to the widest:

- a rule explains a value that is not written out; its place is verified all the same;
- a text says the value: the same characters, white space folded, or the value standing in them as whole words;
- several texts, each in its order, say a value in which nothing but punctuation stands between them ("2: Drones");
- a number is one of the numbers in the texts, however it groups its digits (of a count a dot before three digits
  groups: "570.273" are 570273 pieces);
- a date has the digits of the texts, year first or day first, without an offset;
- the identifier of a notice ("ted:175835-2020") has the numbers of the texts ("2020/S 074-175835"), its source apart;
- HTML entities and control characters of Windows-1252 left in a text are read as a browser reads them;
- a list field cited as one is explained where the texts say the item;
- the field is a code of the record (`MAPPED`: countries, languages, kinds, units, flags) and the place is an attribute,
  a start tag or one to three short words: what the source's code or flag means is said by the format's own tables.

>>> explains("709130", ["EUR 709 130,00"]), explains("2020-06-19T16:00:00+02:00", ["19/06/2020", "16:00"])
(True, True)
>>> explains("709130", ["709 131"])
False
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from beffroi.formats.boamp.typography import cleaned
from beffroi.formats.citing import DERIVED, UNCITED
from beffroi.formats.locate import decoded, slice_text
from beffroi.notices import Part, byte_range, decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from beffroi.notices import Citation, Document, Notice

MAPPED = frozenset(
    {"accelerated", "activity", "allowed", "call", "country", "currency", "deadline_kind", "dps", "electronic_auction"}
    | {"eu_funds", "form", "gpa", "holding", "instrument", "kind", "language", "languages", "method", "nature"}
    | {"operators", "options", "period", "relation", "renewals", "role", "scheme", "scope", "stated_in", "status"}
    | {"field", "legal_basis", "technique", "unit", "vat"}
)
"""Fields whose values are codes of the record, not words of the source."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T(\d\d):(\d\d)(?::(\d\d))?(?:[+-]\d\d:\d\d|Z)?)?")
_SEPARATORS = " .,'\u00a0\u202f\u2009"
_NUMBER = re.compile(rf"[+-]?\d[\d{_SEPARATORS}]*")
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?")
_WHOLE = re.compile(rf"(?<![\d{_SEPARATORS}])\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+(?!\d)")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_DIGITS = re.compile(r"\d+")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
_SOURCE = re.compile(r"^[a-z_]+:(?=\S+$)")
_NOTICE = re.compile(r"[a-z_]+:\d+-\d+")
_SHORT, _FEW = 40, 3


def verify_citations(document: Document, notice: Notice, citations: Mapping[str, Citation]) -> list[str]:
    """Return what does not hold, one sentence a path: none when every citation does and no filled path lacks one."""
    problems: list[str] = []
    for path, value in _leaves(msgspec.to_builtins(notice)):
        citation = citations.get(path)
        if citation is None:
            problems.append(f"{path}: no citation")
            continue
        parts = citation.parts or (Part(citation.locator, citation.quote, citation.text),)
        problems += [f"{path}: {why}" for part in parts if (why := _misplaced(document, part))]
        texts = [part.text for part in parts]
        if not citation.rule and not explains(value, texts) and not _coded(path, citation):
            problems.append(f"{path}: {value!r} is not what {texts!r} says")
    return problems


def explains(value: Any, texts: Sequence[str]) -> bool:
    """Return whether the texts say the value, without any rule."""
    return _says(value, texts) or _says(value, [cleaned(text) for text in texts])


def _says(value: Any, texts: Sequence[str]) -> bool:
    whole = _folded(" ".join(texts))
    if isinstance(value, bool):
        return False
    wanted = _folded(str(value))
    if isinstance(value, int) and wanted in {"".join(_DIGITS.findall(one[0])) for one in _WHOLE.finditer(whole)}:
        return True
    if _DECIMAL.fullmatch(wanted):
        return wanted in {whole, decimal_text(whole)} or not {wanted, decimal_text(wanted)}.isdisjoint(_numbers(whole))
    if _stands(wanted, whole) or _composed(wanted, texts):
        return True
    if _stands(_SOURCE.sub("", wanted), whole):
        return True
    if _NOTICE.fullmatch(wanted):
        return {int(one) for one in _DIGITS.findall(wanted)} <= {int(one) for one in _DIGITS.findall(whole)}
    return bool(_DATE.fullmatch(str(value))) and _same_date(str(value), whole)


def _misplaced(document: Document, part: Part) -> str | None:
    """Return what is wrong with a place: its quote stands elsewhere, or says something else."""
    start, end = byte_range(part.locator)
    if slice_text(document.data, start, end) != part.quote:
        return f"the quote {part.quote!r} does not stand at {part.locator}"
    if decoded(part.quote, document.data, part.locator) != part.text:
        return f"the quote {part.quote!r} does not say {part.text!r}"
    return None


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for field, below in value.items():
            if field not in (DERIVED if path else UNCITED):
                yield from _leaves(below, f"{path}.{field}" if path else field)
    elif isinstance(value, list | tuple):
        for index, below in enumerate(value):
            yield from _leaves(below, f"{path}[{index}]")
    else:
        yield path, value


def _coded(path: str, citation: Citation) -> bool:
    field = path.rpartition(".")[2].partition("[")[0]
    place = citation.locator.rpartition("#")[0].rpartition("/")[2]
    word = citation.text.startswith("<") or (len(citation.text) <= _SHORT and len(citation.text.split()) <= _FEW)
    return field in MAPPED and (place.startswith("@") or word)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _stands(wanted: str, text: str) -> bool:
    """Return whether a passage stands in a text as whole words."""
    at = text.find(wanted)
    while at >= 0 and wanted:
        end = at + len(wanted)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return True
        at = text.find(wanted, at + 1)
    return False


def _composed(wanted: str, texts: Sequence[str]) -> bool:
    """Return whether the texts, in order, are all there is in a value beside punctuation and white space."""
    value, at = "".join(wanted.split()), 0
    for text in ("".join(_folded(one).split()) for one in texts):
        found = value.find(text, at)
        if found < 0 or any(letter.isalnum() for letter in value[at:found]):
            return False
        at = found + len(text)
    return not any(letter.isalnum() for letter in value[at:])


def _numbers(text: str) -> set[str | None]:
    """Return the numbers a text states: one for digits grouped by threes, each of them where they are not."""
    found: set[str | None] = set()
    for run in (one[0].rstrip(_SEPARATORS) for one in _NUMBER.finditer(text)):
        for number in [run] if _GROUPED.fullmatch(run) else _PLAIN.findall(run):
            found |= {number, decimal_text(number)}
    return found


def _same_date(value: str, text: str) -> bool:
    """Return whether the numbers of a text are those of a date, and of its hour where the value has one."""
    digits = "".join(one.zfill(2) for one in _DIGITS.findall(text))
    year, month, day = value[:4], value[5:7], value[8:10]
    hour = value[11:16].replace(":", "")
    return any(
        digits.startswith(one) and hour in digits[len(one) :] for one in (year + month + day, day + month + year)
    )

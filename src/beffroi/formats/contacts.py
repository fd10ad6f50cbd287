"""Mailboxes and telephone numbers written in prose: masked in the record, passed over by its citations.

In: a draft, or the citations of one. Out: the same, each mailbox as `[…@…]`, each telephone number as `[+…]`; a
citation's parts are what stands around them, so that nothing but the archived document holds them.

Contact elements are never read (`ignoring("personal contact")`); this is for what publishers write elsewhere. Whether a
mailbox is a person's or a service's cannot be told, so every one is masked, in any field. A telephone number is masked
in prose only, where it says so: after `+`, after a word for telephone or fax, or grouped as France groups them.

>>> masked({"url": "https://x.fr", "description": "Mme Roy (a.roy@x.fr, tél. : 01 23 45 67 89) ; 1 234 567 EUR"})
{'url': 'https://x.fr', 'description': 'Mme Roy ([…@…], tél. : [+…]) ; 1 234 567 EUR'}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from beffroi.formats.locate import decoded, is_json
from beffroi.formats.locate_json import codec_of
from beffroi.formats.locate_xml import encoding_of
from beffroi.notices.citation import Citation, Part, byte_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices import Document, Draft

MAILBOX, TELEPHONE = "[…@…]", "[+…]"
"""Masks hold no letter and no digit: no search finds them, no figure is read in them."""

RULE = "mailboxes and telephone numbers are masked"
PROSE = frozenset({"title", "description", "text", "old", "new", "label", "name", "justification", "features", "note"})
"""Fields in which a telephone number may be written; elsewhere such digits are an identifier or a reference."""

_KEPT = frozenset({"id", "source", "number", "url", "links", "document"})
_ESCAPE = r"\\+(?:u[0-9a-fA-F]{4}|[bfnrt])"  # in a quote of JSON its letter belongs to what stands before
_LOCAL = re.compile(rf"(?:{_ESCAPE}|(?<![\w.+%\\-]))(?P<contact>[\w.+%-]*[\w+])$")
_HOST = re.compile(r"@\w[\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_LONGEST = 80
"""Characters before an `@` in which its mailbox is looked for."""

_DIGITS = r"(?:(?:[ \u00a0\u202f.·/–-]|[ \u00a0][/–-][ \u00a0]|\) ?| ?\(0\) ?)?\d)"
_NO_SUM = r"(?!\d|[.,]\d|\s?(?:€|%|EUR\b|euros?\b|m[²2³3]))"
_LEADING = r"(?:[\s.:;(/°º–-]|n[°ºo]\b|au\b|number\b){0,12}"
_WORD = r"(?:t[ée]l(?:[ée]ph[oó]n\w*|[ée]copi\w*)?|phone|fax|hotline|тел(?:ефон\w*)?|факс|τηλ\w*|φαξ)\b"
_ABROAD = re.compile(rf"\+(?<!\w\+)(?<!\+\+)[1-9]{_DIGITS}{{6,13}}{_NO_SUM}")
_FRENCH = re.compile(r"0(?<![\d.,/-]0)[1-9](?P<gap>[ .])\d\d(?:(?P=gap)\d\d){3}(?![.,/-]?\d)")
_NAMED = re.compile(rf"\b{_WORD}{_LEADING}(?P<contact>\(?0{_DIGITS}{{5,13}}{_NO_SUM})", re.IGNORECASE)
_FON = re.compile(rf"tel[eé]f(?:[oó]n|ax)\w*{_LEADING}(?P<contact>\(?\d{_DIGITS}{{5,13}}{_NO_SUM})", re.IGNORECASE)

# What hints at a number begins with a literal character, which `re` finds at the speed of memory.
_SIGNED, _BEGUN = r"\+[1-9](?:[^0-9]{0,3}[0-9]){4}", r"0(?<=[ (:;/]0)0?[1-9](?:[ ./()-]{0,3}[0-9]){4}"
_PLUS, _ZERO = re.compile(_SIGNED), re.compile(_BEGUN)
_BYTE_PLUS, _BYTE_ZERO = re.compile(_SIGNED.encode()), re.compile(_BEGUN.encode())
_ACCENTED = "eléf".encode()


def hinted(draft: Draft) -> bool:
    """Return whether anything in the draft may be a mailbox or a telephone number: most records hold none."""
    written = msgspec.json.encode([value for field, value in draft.items() if field not in _KEPT])
    if b"@" in written or b"elef" in written or _ACCENTED in written:
        return True
    return bool(_BYTE_PLUS.search(written) or _BYTE_ZERO.search(written))


def masked(draft: Draft) -> Draft:
    """Return the draft, its mailboxes and telephone numbers masked in place: its drafts keep their identity."""
    for field, value in draft.items():
        if field not in _KEPT:
            draft[field] = _masked(value, field)
    return draft


def _masked(value: Any, field: str) -> Any:
    kind = type(value)
    if kind is str:
        prose = field in PROSE
        return mask(value, prose=prose) if "@" in value or (prose and _hints(value)) else value
    if kind is dict:
        for name, one in value.items():
            value[name] = _masked(one, name)
    elif kind is list:
        for index, one in enumerate(value):
            value[index] = _masked(one, field)
    elif kind is tuple:
        return tuple(_masked(one, field) for one in value)
    return value


def _hints(text: str) -> bool:
    """Return whether a text may hold a telephone number."""
    return "elef" in text or "eléf" in text or bool(_PLUS.search(text) or _ZERO.search(text))


def mask(text: str, *, prose: bool) -> str:
    """Return a text with its mailboxes masked, and its telephone numbers where it is prose."""
    for start, end, sign in reversed(_contacts(text, prose=prose)):
        text = text[:start] + sign + text[end:]
    return text


def _contacts(text: str, *, prose: bool) -> list[tuple[int, int, str]]:
    """Return where mailboxes and telephone numbers stand in a text, in order, and the mask of each."""
    found = [(*place, MAILBOX) for place in _mailboxes(text)] if "@" in text else []
    if prose and _hints(text):
        found += [(*place, TELEPHONE) for place in _telephones(text)]
    found.sort()
    return [one for i, one in enumerate(found) if not i or one[0] >= found[i - 1][1]]


def _mailboxes(text: str) -> Iterator[tuple[int, int]]:
    for host in _HOST.finditer(text):
        local = _LOCAL.search(text, max(0, host.start() - _LONGEST), host.start())
        if local is not None:
            yield local.start("contact"), host.end()


def _telephones(text: str) -> Iterator[tuple[int, int]]:
    for pattern, group in ((_ABROAD, 0), (_FRENCH, 0), (_NAMED, "contact"), (_FON, "contact")):
        yield from (one.span(group) for one in pattern.finditer(text))


def _gaps(text: str, *, prose: bool) -> list[tuple[int, int]]:
    """Return where the passages around mailboxes and telephone numbers stand in a text."""
    found = _contacts(text, prose=prose)
    starts, ends = [0, *(end for _, end, _ in found)], [*(start for start, _, _ in found), len(text)]
    return list(zip(starts, ends, strict=True))


def around(citations: dict[str, Citation], document: Document) -> dict[str, Citation]:
    """Return the citations, those of values that hold a mailbox or telephone number cut into what stands around it."""
    return {path: one if path in _KEPT else _around(path, one, document) for path, one in citations.items()}


def _around(path: str, citation: Citation, document: Document) -> Citation:
    prose = path.rpartition(".")[2].partition("[")[0] in PROSE
    parts = citation.parts or (Part(citation.locator, citation.quote, citation.text),)
    if not any(_contacts(part.text, prose=prose) for part in parts):
        return citation
    pieces = [piece for part in parts for piece in _pieces(part, document, prose=prose)]
    kept = [one for one in pieces if one.quote] or pieces[:1]
    return msgspec.structs.replace(
        citation,
        locator=kept[0].locator,
        quote=kept[0].quote,
        text=kept[0].text,
        parts=tuple(kept) if len(kept) > 1 else (),
        rule=f"{citation.rule}; {RULE}" if citation.rule else RULE,
    )


def _pieces(part: Part, document: Document, *, prose: bool) -> list[Part]:
    """Return what stands around the contacts of a passage; its bare place where its quote is not cut as its text is."""
    said = [part.text[start:end] for start, end in _gaps(part.text, prose=prose)]
    pieces = [_slice(part, document, *gap) for gap in _gaps(part.quote, prose=prose)]
    return pieces if [one.text for one in pieces] == said else [_slice(part, document, 0, 0)]


def _slice(part: Part, document: Document, start: int, end: int) -> Part:
    """Return a slice of a quote, with its own place."""
    path = part.locator.rpartition("#")[0]
    codec = codec_of(document.data) if is_json(document.data) else encoding_of(document.data)
    first = byte_range(part.locator)[0] + len(part.quote[:start].encode(codec))
    quote = part.quote[start:end]
    return Part(f"{path}#bytes={first}-{first + len(quote.encode(codec))}", quote, decoded(quote, document.data, path))

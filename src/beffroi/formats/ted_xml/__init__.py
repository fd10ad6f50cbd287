"""TED XML, R2.0.8 and R2.0.9 (2015 to 2024): everything in a TED_EXPORT.

In: a document whose root is TED_EXPORT. Out: the draft of its notice, in the first original language, with the words
of every other language under `texts`.

| form | kind | |
|---|---|---|
| F01, F04 | planning | `call` where the prior information notice calls for competition |
| F02, F05, F24 | call | F24: a concession |
| F03, F06, F25 | result | F25: a concession |
| F07 | qualification | |
| F08 | planning | notice on a buyer profile |
| F12, F13 | call, result | a design contest |
| F14 | change | |
| F15 | intention | voluntary ex-ante transparency |
| F20 | modification | |
| F21, F22, F23 | planning, call, result, qualification | as the attribute TYPE of NOTICE says |
| F16 to F18, T01, T02 | | defence (R2.0.8) and public transport, in modules of their own |

A module of this package that offers `FORMS` (local names of children of FORM_SECTION) and
`read_form(cursor, form, draft)` reads those forms; it is found by being there.

>>> from beffroi.notices import Document
>>> recognises(Document.of(b"<TED_EXPORT/>", name="a.xml")), recognises(Document.of(b"<Notice/>", name="b.xml"))
(True, False)
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Protocol, cast

from beffroi.formats.cursor import Attribute
from beffroi.formats.nodes import local_name, parse_xml
from beffroi.formats.ted_xml.header import FORM_SECTION, complete, read_header
from beffroi.formats.ted_xml.labels import label
from beffroi.formats.ted_xml.languages import figures, report_difference, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Document, Draft

__all__ = ["ORDER", "SECTIONS", "draft", "label", "recognises"]

ORDER = 10
SECTIONS = frozenset({"FORM_SECTION"})
_BEGINNING = 4096


class FormReader(Protocol):
    """What a module of this package offers when it reads forms."""

    FORMS: frozenset[str]

    def read_form(self, cursor: Cursor, form: Element, draft: Draft) -> None: ...


@cache
def form_readers() -> Mapping[str, FormReader]:
    """Return the module that reads each form, by the local name of the form's element."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    readers = [cast("FormReader", module) for module in modules if hasattr(module, "FORMS")]
    return {name: reader for reader in readers for name in reader.FORMS}


def recognises(document: Document) -> bool:
    """Return whether the document's beginning names a TED_EXPORT, in whatever encoding keeps its letters."""
    beginning = document.data[:_BEGINNING]
    return b"TED_EXPORT" in beginning or b"TED_EXPORT" in beginning.replace(b"\0", b"")


def draft(cursor: Cursor, document: Document) -> Draft:
    """Return the record of a TED notice as a draft; raises Malformed."""
    root = cursor.root = parse_xml(document.data)
    coded, notice = read_header(cursor, root, document.about.name.rpartition(".")[0])
    forms = _forms(cursor, root)
    begun = dict(notice)
    if forms:
        _set_languages(cursor, forms, notice)
        _read(cursor, forms[0], notice)
    if len(forms) > 1:
        _read_languages(cursor, forms, notice, begun)
    complete(cursor, notice, coded)
    return notice


def _forms(cursor: Cursor, root: Element) -> list[Element]:
    """Return the forms, the first original first."""
    forms: list[Element] = []
    for section in root:
        if section.tag in FORM_SECTION:
            for child in section:
                if child.get("CATEGORY") is None:
                    cursor.leave(child, "no field of the record")
                else:
                    forms.append(child)
    return sorted(forms, key=lambda form: form.get("CATEGORY") != "ORIGINAL")


def _set_languages(cursor: Cursor, forms: list[Element], notice: Draft) -> None:
    """Set `language` and `languages`: the originals in the forms' order, then the translations."""
    codes: list[str] = []
    for form in forms:
        code = cursor.attribute(form, "LG").lower()
        if code and code not in codes:
            cursor.cite(notice, f"languages[{len(codes)}]", Attribute(form, "LG"))
            codes.append(code)
    if codes:
        notice["languages"] = codes
        notice["language"] = codes[0]
        cursor.cite(notice, "language", Attribute(forms[0], "LG"))


def _read(cursor: Cursor, form: Element, notice: Draft) -> None:
    name = local_name(form.tag)
    reader = form_readers().get(name)
    code = cursor.attribute(form, "FORM")
    if code:
        notice["form"] = code
        cursor.cite(notice, "form", Attribute(form, "FORM"))
    if reader is None:
        cursor.leave(form, "no reader for this form")
        return
    reader.read_form(cursor, form, notice)


def _read_languages(cursor: Cursor, forms: list[Element], notice: Draft, begun: Draft) -> None:
    """Add the words of each language to `texts`; one that states other figures than the record is reported."""
    expected = figures(notice)
    texts: dict[str, Any] = {}
    for form in forms:
        code = cursor.attribute(form, "LG").lower()
        if not code or code in texts:
            cursor.leave(form, "a second form in the same language")
            continue
        other = dict(begun, language=code)
        reported = len(cursor.unread)
        _read(cursor, form, other)
        if form is forms[0]:
            del cursor.unread[reported:]  # the record's own form: reported when it was read first
        if figures(other) != expected:
            report_difference(cursor, form, code)
        texts[code] = text_of(other)
    notice["texts"] = texts

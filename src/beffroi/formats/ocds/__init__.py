"""OCDS, the Open Contracting Data Standard: releases 1.0 and 1.1, with lots and the European and British extensions.

In: one release, one compiled release, or one record that holds a compiled release. Out: the record as a draft.

A release is one act of publication: one notice, of the latest stage its tags name. An update states only what changes
and stays a notice of its own; `notices.compiled` puts the notices of a process together. What a publisher compiled
itself is read as it stands, and says so (`form: compiled`).

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.notices import Document
>>> data = b'{"ocid": "ocds-x-1", "id": "7-2026", "tag": ["tender"], "tender": {"title": "Lamps"}}'
>>> notice = draft(Cursor(), Document.of(data, name="a.json", media_type="application/json"))
>>> notice["id"], notice["kind"], notice["title"], notice["lots"]
('ocds:ocds-x-1:7-2026', 'call', 'Lamps', [{'id': '1'}])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.errors import Malformed
from beffroi.formats.ocds.changes import read_nulls
from beffroi.formats.ocds.deadlines import settle_deadline
from beffroi.formats.ocds.frame import Frame, Sheet, child, into, keeping, passed, scalar, used, written
from beffroi.formats.ocds.kinds import settle_kind, tag_of
from beffroi.formats.ocds.labels import label
from beffroi.formats.ocds.links import related
from beffroi.formats.ocds.outcomes import read_awards
from beffroi.formats.ocds.parties import bodies, others, settle_parties
from beffroi.formats.ocds.shapes import tell_shapes
from beffroi.formats.ocds.tender import read_planning, read_tender
from beffroi.formats.ocds.tree import release_tree
from beffroi.formats.ocds.values import dated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Document, Draft

__all__ = ["ORDER", "draft", "label", "recognises"]

ORDER = 60
_HEAD = 65536
_OCID = re.compile(rb'"ocid"\s*:')
PAGES = (
    (re.compile(r"ocds-h6vhtk-.*"), re.compile(r"\d{6}-\d{4}"), "https://www.find-tender.service.gov.uk/Notice/{0}"),
    (
        re.compile(r"ocds-b5fd17-.*"),
        re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d+)?"),
        "https://www.contractsfinder.service.gov.uk/Notice/{0}",
    ),
)
"""Publishers known by the prefix of their ocids, the release ids they give, and where they show a notice."""
_AMENDED = frozenset({"contractAmendment"})


def recognises(document: Document) -> bool:
    """Return whether the document is a release or a record of OCDS: a JSON object that bears an ocid."""
    data = document.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return data.startswith(b"{") and _OCID.search(data) is not None


def draft(cursor: Cursor, document: Document) -> Draft:
    """Return the record of a document as a draft; raises Malformed where it holds no release of its own."""
    root = release_tree(document.data)
    cursor.root = root
    release = _release(cursor, root)
    notice: Draft = {}
    cursor.anchor(notice, release)
    sheet = Sheet(notice)
    tell_shapes(cursor, release, sheet)
    _identity(cursor, sheet, release, document)
    parties = [one for one in release if one.tag == "parties" and not scalar(one)]
    for one in parties:
        sheet.parties.setdefault(written(cursor, child(one, "id")), one)
    bodies(cursor, sheet, release)
    _sections(cursor, sheet, release)
    _settle(cursor, sheet, release)
    return notice


def _release(cursor: Cursor, root: Element) -> Element:
    """Return the release a document holds: itself, or the compiled release of a record."""
    compiled = child(root, "compiledRelease")
    if compiled is None:
        if child(root, "releases") is not None or child(root, "records") is not None:
            raise Malformed("a package, or a record without a compiled release: its releases are the documents")
        return root
    for one in root:
        if one.tag == "releases":
            cursor.leave(one, "a release of its own, or a link to one, beside the compiled release")
        elif one.tag == "versionedRelease":
            cursor.ignore(one, "the history of the compiled release's values, told by the releases themselves")
        elif one.tag != "compiledRelease":
            cursor.used(one)
    return compiled


def _identity(cursor: Cursor, sheet: Sheet, release: Element, document: Document) -> None:
    """Set what identifies the notice; one that states no id bears its file's stem."""
    notice = sheet.notice
    ocid, place = written(cursor, named := child(release, "ocid")), child(release, "id")
    if named is None or not ocid:
        raise Malformed("the release states no ocid of its own")
    number = written(cursor, place)
    if place is not None and number:
        cursor.cite(notice, "number", place)
    else:
        number = document.about.name.rpartition(".")[0] or document.about.name
        cursor.cite(notice, "number", release, rule="the release states no id: the stem of its file")
    notice["id"], notice["source"], notice["number"] = f"ocds:{ocid}:{number}", "ocds", number
    notice["procedure"] = {"id": ocid}
    cursor.cite(notice["procedure"], "id", named)
    sheet.tags = tuple(tag_of(written(cursor, one)) for one in release if one.tag == "tag")
    sheet.amended = bool(_AMENDED & set(sheet.tags))
    for process, numbers, page in PAGES:
        found = numbers.fullmatch(number) if process.fullmatch(ocid) else None
        if found and place is not None:
            notice["url"] = page.format(found[1] if found.groups() else found[0])
            cursor.cite(notice, "url", place, rule="the publisher shows a notice under its number")


def _language(cursor: Cursor, element: Element, frame: Frame) -> None:
    code = written(cursor, element)[:2].lower()
    if code.isalpha() and code.isascii() and len(code) == len("en"):
        frame.draft["language"] = code
        cursor.cite(frame.draft, "language", element)
        if code not in frame.draft.setdefault("languages", []):
            frame.draft["languages"].insert(0, code)
        cursor.cite(frame.draft, "languages[0]", element)


_RELEASE: Mapping[str, Handler] = {
    **dict.fromkeys(("ocid", "id", "tag", "initiationType"), used),
    "date": dated("published", timed=True),
    "language": _language,
    **dict.fromkeys(("parties", "buyer", "tender", "awards", "contracts", "bids", "statistics"), passed),
    "planning": read_planning,
    "relatedProcesses": related,
    **keeping("description", "title", "links", "complaints", "publisher", "license", "publicationPolicy", "uri"),
    **keeping("version", "extensions", "publishedDate", "preQualification", "sources", "$schema", "url"),
    **keeping("buyers", "auctions", "enquiries"),
}


def _sections(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Read the sections in the order of a process, whatever the order of the document."""
    into({"language": _language, **{one.tag: passed for one in release if one.tag != "language"}})(
        cursor, release, Frame(sheet)
    )
    tender = child(release, "tender")
    if tender is not None:
        read_tender(cursor, tender, sheet)
    read_awards(cursor, release, sheet)
    into({**_RELEASE, "language": passed})(cursor, release, Frame(sheet))


def _settle(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Settle what several sections tell together."""
    notice = sheet.notice
    settle_kind(cursor, sheet, release)
    settle_deadline(cursor, sheet, release)
    others(cursor, sheet)
    settle_parties(cursor, sheet, release)
    read_nulls(cursor, sheet, release)
    whole = sheet.whole
    if whole is not None and len(notice["lots"]) == 1 and "cpv" not in notice and "cpv" in whole:
        notice["cpv"] = [*whole["cpv"]]
        for at in range(len(whole["cpv"])):
            cursor.cite_as(notice, f"cpv[{at}]", whole)

"""eForms: UBL notices of TED since November 2022 (SDK 1.3 to 1.16, every subtype), and the same trees from DILA.

In: ContractNotice, ContractAwardNotice, PriorInformationNotice or BusinessRegistrationInformationNotice. Out: the
record.

**Kinds.** BT-02 gives the kind: planning (`pin-*`; those that call for competition have `call`), consultation
(`pmc`), call (`cn-*`, `subco`), qualification (`qu-sy`), intention (`veat`), result (`can-*`), modification (`can-
modif`), completion (`compl`). A change notice is the whole notice again: it keeps the kind of the form it changes,
for it is what is true now; its `changes` say what differs and a link `changes` which notice it replaces. One that
says that the notice is cancelled (BT-140 `cancel`) is a cancellation with a link `cancels`: its deadlines no longer
hold.

**Sums.** Estimates (BT-27) and ceilings (BT-271) are the notice's, a lot's, or a group's; one never stands for
another: a notice's estimate is kept beside those of its lots, equal or not. A result gives BT-161 (`award`), BT-118
(`framework_max`) and BT-1118 (`reestimated`) for the notice, BT-709 and BT-660 for a lot's result, BT-156 and BT-1561
for a group of lots, BT-157 for the ceiling a group was called with. All exclude VAT (Implementing Regulation (EU)
2019/1780: "excluding value added tax"); what was paid (BT-779) and penalties (BT-782) do not say. In a notice of a
modification BT-161 and BT-720 keep their kind and say "after the modification" in their note: the Publications Office
says that they are updated amounts and no differences (discussion 1388 of the SDK). BT-142 is forbidden there, hence
no award has a status. A completion (E5) keeps the price as `award`, beside what was `paid`.

**Identity.** A notice is named by its publication number (OPP-010), else by its file; BT-701 and BT-757 are a link
`same_notice`, shared by every bulletin that publishes it.

`read_tree` serves the readers of other bulletins that carry eForms inside (BOAMP, as JSON or in DILA's namespaces).

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.nodes import JsonNode
>>> draft = {}
>>> read_tree(Cursor(), JsonNode("ContractNotice", {"cbc:NoticeTypeCode": "cn-standard"}, names=NAMES), draft)
>>> draft
{'kind': 'call'}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Tag
from beffroi.formats.eforms.fields import label
from beffroi.formats.eforms.names import NAMES
from beffroi.formats.eforms.tree import read_gathered
from beffroi.formats.nodes import parse_xml

if TYPE_CHECKING:
    from collections.abc import Collection

    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Document, Draft

__all__ = ["NAMES", "ORDER", "draft", "label", "read_tree", "recognises"]

ORDER = 20
BEGINNING = 4096
"""How many bytes tell the format: the root element and its namespaces stand there."""
ROOTS = (
    b"ContractNotice-2",
    b"ContractAwardNotice-2",
    b"PriorInformationNotice-2",
    b"BusinessRegistrationInformationNotice",
)


def recognises(document: Document) -> bool:
    """Return whether the root is an eForms notice in the namespaces of UBL."""
    beginning = document.data[:BEGINNING]
    return any(root in beginning for root in ROOTS)


def draft(cursor: Cursor, document: Document) -> Draft:
    """Return the record of a TED notice as a draft."""
    root = parse_xml(document.data)
    cursor.root = root
    found: Draft = {"source": "ted"}
    notice = read_gathered(cursor, root, found)
    stem = document.about.name.rpartition(".")[0] or document.about.name
    found["number"] = notice.number[0] if notice.number else stem
    found["id"] = f"ted:{found['number']}"
    if notice.number:
        cursor.cite(found, "number", notice.number[1])
    else:
        cursor.cite(found, "number", Tag(root), rule="the document states no number: its file's name")
    return found


def read_tree(cursor: Cursor, root: Element, draft: Draft, *, unstated: Collection[str] = ()) -> None:
    """Read an eForms tree published elsewhere into a draft; its TED number becomes a link to the same notice.

    `unstated` holds the amounts that stand for none by the bulletin's convention ("0" in BOAMP): they are left unread.
    """
    notice = read_gathered(cursor, root, draft, unstated)
    if notice.number:
        number, element = notice.number
        link: Draft = {"relation": "same_notice", "target": f"ted:{number}"}
        cursor.anchor(link, element, "the number under which TED publishes the same notice")
        cursor.cite(link, "target", element)
        draft.setdefault("links", []).append(link)

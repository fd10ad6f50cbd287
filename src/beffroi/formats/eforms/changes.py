"""Notices that change notices: `efac:Changes` (BT-758) and `efac:ContractModification` (BT-1501).

In: the element. Out: `changes` and a link to the notice changed or whose contract is modified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.gathered import Section
from beffroi.formats.eforms.kinds import CANCELS
from beffroi.formats.eforms.links import add_link
from beffroi.formats.eforms.values import clause, code, into, listed, pointer, words

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


def _reason_code(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-140 or BT-200: the label of the reason."""
    text = code(cursor, element, section)
    if text:
        section.draft["label"] = text
        cursor.cite(section.draft, "label", element)


def _add(section: Section, change: Draft) -> None:
    if change:
        section.notice.draft.setdefault("changes", []).append(change)


def _change(place: str) -> Handler:
    """Return the handler of one described change (BT-141, BT-202) and the sections it concerns (BT-13716)."""
    described = into(
        {
            "efbc:ChangeDescription": words("text", place),
            "efbc:ProcurementDocumentsChangeIndicator": listed("BT-718"),
            "efbc:ProcurementDocumentsChangeDate": clause("BT-719"),
            "efbc:ChangedSectionIdentifier": pointer("sections"),
            "efac:ChangedSection": into({"efbc:ChangedSectionIdentifier": pointer("sections")}),
        }
    )

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        change = Section(section.notice, {})
        described(cursor, element, change)
        sections = change.pointers.get("sections", [])
        if sections:
            change.draft["place"] = ", ".join(one.id for one in sections)
            cursor.cite(change.draft, "place", *(one.element for one in sections))
        cursor.anchor(change.draft, element)
        _add(section, change.draft)

    return read


def _reason(place: str) -> Handler:
    """Return the handler of why the notice (BT-140, BT-762) or the contract (BT-200, BT-201) changes."""
    explained = into({"cbc:ReasonCode": _reason_code, "efbc:ReasonDescription": words("text", place)})

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        change = Section(section.notice, {})
        explained(cursor, element, change)
        cursor.anchor(change.draft, element)
        _add(section, change.draft)
        if change.draft.get("label") == CANCELS:
            section.draft["cancels"] = element

    return read


_CHANGES = into(
    {
        "efbc:ChangedNoticeIdentifier": pointer("notice"),
        "efac:Change": _change("BT-141"),
        "efac:ChangeReason": _reason("BT-762"),
    }
)
_MODIFICATION = into(
    {
        "efbc:ChangedNoticeIdentifier": pointer("notice"),
        "efbc:ModifiedContractIdentifier": pointer("contracts"),
        "efac:Change": _change("BT-202"),
        "efac:ChangeReason": _reason("BT-201"),
    }
)


def _link(cursor: Cursor, section: Section, relation: str) -> None:
    for one in section.pointers.get("notice", []):
        add_link(cursor, section.notice, relation, one.element)


def changes(cursor: Cursor, element: Element, section: Section) -> None:
    """Read what this notice changes in another; one that says it cancels that notice becomes a cancellation."""
    found = Section(section.notice, {})
    _CHANGES(cursor, element, found)
    cancels = found.draft.get("cancels")
    _link(cursor, found, "cancels" if cancels is not None else "changes")
    if cancels is not None:
        section.notice.cancelled = cancels


def modification(cursor: Cursor, element: Element, section: Section) -> None:
    """Read what this notice changes in a contract."""
    found = Section(section.notice, {})
    _MODIFICATION(cursor, element, found)
    _link(cursor, found, "modifies")

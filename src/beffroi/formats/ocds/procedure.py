"""How it is bought: the procedure of a tender.

In: fields of `tender`. Out: the notice's `procedure`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import (
    Frame,
    add,
    child,
    keep,
    leave,
    put,
    written,
)

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element


PROCEDURES = {
    "open procedure": "open",
    "restricted procedure": "restricted",
    "competitive procedure with negotiation": "neg-w-call",
    "negotiated procedure with prior call for competition": "neg-w-call",
    "negotiated with publication of a contract notice": "neg-w-call",
    "competitive dialogue": "comp-dial",
    "innovation partnership": "innovation",
    "negotiated without publication of a contract notice": "neg-wo-call",
    "award procedure without prior publication of a call for competition": "neg-wo-call",
    "direct award": "neg-wo-call",
}
"""Procedures as Find a Tender and TED's OCDS name them, and their codes of eForms BT-105."""


def procedure(handler: Handler) -> Handler:
    """Return a handler applied to the notice's procedure."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        handler(cursor, element, Frame(frame.sheet, frame.sheet.notice.setdefault("procedure", {})))

    return read


def method(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the procedure's name, and the code it stands for."""
    text = written(cursor, element)
    if not text:
        return
    frame.draft["national"] = text
    cursor.cite(frame.draft, "national", element)
    code = PROCEDURES.get(text.casefold().removesuffix(" (above threshold)").removesuffix(" (below threshold)"))
    if code is not None:
        frame.draft["method"] = code
        cursor.cite(frame.draft, "method", element, rule="the procedure's name in the codes of BT-105")


def broad_method(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read OCDS's own code: `open` is an open procedure; the others name no procedure of BT-105."""
    if written(cursor, element) == "open" and "method" not in frame.draft:
        frame.draft["method"] = "open"
        cursor.cite(frame.draft, "method", element)
    elif written(cursor, element) != frame.draft.get("method"):
        keep(cursor, element, frame)


def basis(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the legal basis: a CELEX number, or a scheme and a number."""
    scheme, code = child(element, "scheme"), child(element, "id")
    number = written(cursor, code)
    if code is None or not number or "legal_basis" in frame.draft:
        keep(cursor, element, frame)
        return
    named = written(cursor, scheme)
    if scheme is None or named in ("", "CELEX", "ELI"):
        frame.draft["legal_basis"] = number
        cursor.cite(frame.draft, "legal_basis", code)
    else:
        frame.draft["legal_basis"] = f"{named} {number}"
        cursor.cite(frame.draft, "legal_basis", scheme, code)
    for one in element:
        if one.tag in ("description", "uri"):
            keep(cursor, one, frame)
        elif one.tag not in ("scheme", "id"):
            leave(cursor, one, frame)


def covered(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a treaty that covers the procedure."""
    if written(cursor, element) == "GPA":
        frame.draft["gpa"] = True
        cursor.cite(frame.draft, "gpa", element, rule="`coveredBy` names the agreement on government procurement")
    else:
        keep(cursor, element, frame)


def reference(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the tender's own id: the buyer's reference, where it is not the process's."""
    if written(cursor, element) == frame.draft.get("id"):
        cursor.used(element)
    else:
        put("reference")(cursor, element, frame)


def codes(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the coded ground of a method."""
    code = child(element, "id")
    if code is not None and written(cursor, code):
        at = add(frame.draft, "justification_codes", cursor.value(code))
        cursor.cite(frame.draft, f"justification_codes[{at}]", code)
        for one in element:
            if one.tag != "id":
                keep(cursor, one, frame)
    else:
        keep(cursor, element, frame)

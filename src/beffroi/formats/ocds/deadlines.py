"""Until when: what bidders must hand in, and the day it is due.

In: `tenderPeriod`, and the deadline of requests of the British extension. Out: deadlines of lots and of the notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import (
    Frame,
    child,
    into,
    keep,
    keeping,
    leave,
    written,
)
from beffroi.formats.ocds.values import moment

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet


DEADLINES = ("tenders", "requests")


def due(kind: str) -> Handler:
    """Return a handler of a moment at which something is due from bidders."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        when = moment(written(cursor, element))
        if when is None:
            leave(cursor, element, frame, "not a date")
        elif frame.lot is not None:
            frame.draft["deadline"], frame.draft["deadline_kind"] = when, kind
            cursor.cite(frame.draft, "deadline", element)
            cursor.cite(frame.draft, "deadline_kind", element, rule="the field it stands in")
            _earliest(frame.sheet, kind, when, element)
        else:
            _earliest(frame.sheet, kind, when, element)

    return read


def _earliest(sheet: Sheet, kind: str, when: str, element: Element) -> None:
    held = sheet.due.get(kind)
    if held is None or when < held[0]:
        sheet.due[kind] = (when, element)


TENDER_PERIOD = into(
    {
        "endDate": due("tenders"),
        **keeping("startDate", "durationInDays", "durationInMonths", "maxExtentDate", "description"),
    }
)


def settle_deadline(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Give the notice its deadline: of tenders, else of requests; the other one is kept.

    OCDS's tender period of a selective procedure may be that of requests to participate: its kind is not said.
    """
    notice = sheet.notice
    stated = [kind for kind in DEADLINES if kind in sheet.due]
    for rank, kind in enumerate(stated):
        when, element = sheet.due[kind]
        if rank:
            keep(cursor, element, Frame(sheet))
            continue
        notice["deadline"] = when
        cursor.cite(notice, "deadline", element)
        method = written(cursor, child(child(release, "tender"), "procurementMethod"))
        if kind != "tenders" or method in ("", "open", "direct") or "requests" in stated:
            notice["deadline_kind"] = kind
            cursor.cite(notice, "deadline_kind", element, rule="the field it stands in")

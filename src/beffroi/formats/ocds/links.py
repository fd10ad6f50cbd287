"""Links between contracting processes: `relatedProcesses`.

In: a RelatedProcess. Out: a link to the process, `ocds:<ocid>`, and the words of the relation as a clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import add, child, keep, scalar, written

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Frame
    from beffroi.notices import Draft

EARLIER = frozenset(
    {"framework", "parent", "prior", "planning", "unsuccessfulProcess", "renewalProcess", "replacementProcess"}
)
"""Relations to a process that came before this one."""


def related(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a related process: an earlier one named by its ocid is a link; what is said of it is kept."""
    keep(cursor, element, frame)
    if scalar(element):
        return
    number = child(element, "identifier")
    relations = {written(cursor, one) for one in element if one.tag == "relationship"}
    ocid = written(cursor, number)
    if number is None or not ocid or written(cursor, child(element, "scheme")) != "ocid" or not relations & EARLIER:
        return
    link: Draft = {"relation": "previous", "target": f"ocds:{ocid}"}
    cursor.anchor(link, element)
    cursor.cite(link, "target", number)
    if link not in frame.sheet.notice.get("links", ()):
        add(frame.sheet.notice, "links", link)

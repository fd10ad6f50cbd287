"""What came of it: awards, contracts, bids, in the order in which each refers to what comes before it.

In: a release. Out: awards of the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.awards import read_award
from beffroi.formats.ocds.bids import read_bid, read_statistic
from beffroi.formats.ocds.contracts import read_contract
from beffroi.formats.ocds.frame import (
    Frame,
    child,
    leave,
    scalar,
)

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet


def read_awards(cursor: Cursor, release: Element, sheet: Sheet) -> None:
    """Read awards, then contracts, then bids: each refers to what comes before it."""
    for name, read in (("awards", read_award), ("contracts", read_contract)):
        for one in release:
            if one.tag == name:
                read(cursor, one, sheet)
    bids = child(release, "bids")
    if bids is not None and scalar(bids):
        leave(cursor, bids, Frame(sheet), "a text where an object is expected")
    for one in bids if bids is not None else ():
        if one.tag == "statistics":
            read_statistic(cursor, one, sheet)
        elif one.tag == "details":
            read_bid(cursor, one, sheet)
        else:
            leave(cursor, one, Frame(sheet))
    for one in release:
        if one.tag == "statistics":
            read_statistic(cursor, one, sheet)

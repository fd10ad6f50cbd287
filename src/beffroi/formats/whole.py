"""What a notice says as a whole because its lots say it.

In: a draft as a format has read it. Out: the same, with `procedure.eu_funds` where the form asks lot by lot (BT-60,
rubric II.2.13): yes when one lot is funded, no when every lot says no, silent otherwise.

>>> from beffroi.formats.cursor import Cursor
>>> notice = {"lots": [{"id": "1", "eu_funds": False}, {"id": "2", "eu_funds": True}]}
>>> complete(Cursor(), notice)
>>> notice["procedure"]
{'eu_funds': True}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.notices import Draft


def complete(cursor: Cursor, notice: Draft) -> None:
    """Give the notice what its lots say together, cited where a lot says it."""
    lots = notice.get("lots", ())
    said = [lot for lot in lots if "eu_funds" in lot]
    if not said or "eu_funds" in notice.get("procedure", ()):
        return
    telling = next((lot for lot in said if lot["eu_funds"]), said[0])
    if telling["eu_funds"] or len(said) == len(lots):
        procedure = notice.setdefault("procedure", {})
        procedure["eu_funds"] = telling["eu_funds"]
        cursor.cite_as(procedure, "eu_funds", telling)

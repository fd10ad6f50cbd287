"""What sort of notice it is: its kind, whether it calls for competition, its instrument.

In: the notice type (BT-02), the form type (BT-03), the subtype (OPP-070). Out: values of the record.

>>> kind_of("pin-cfc-standard", "10"), kind_of("", "29"), kind_of("", "")
(('planning', True), ('result', False), None)
"""

from __future__ import annotations

TYPES: dict[str, tuple[str, bool]] = {
    "pin-buyer": ("planning", False),
    "pin-only": ("planning", False),
    "pin-rtl": ("planning", False),
    "pin-tran": ("planning", False),
    "pin-cfc-standard": ("planning", True),
    "pin-cfc-social": ("planning", True),
    "pmc": ("consultation", False),
    "qu-sy": ("qualification", False),
    "cn-standard": ("call", False),
    "cn-social": ("call", False),
    "cn-desg": ("call", False),
    "subco": ("call", False),
    "can-standard": ("result", False),
    "can-social": ("result", False),
    "can-desg": ("result", False),
    "can-tran": ("result", False),
    "can-modif": ("modification", False),
    "veat": ("intention", False),
    "compl": ("completion", False),
    "brin-ecs": ("other", False),
    "brin-eeig": ("other", False),
}
"""Code list `notice-type` → kind, and whether a planning notice calls for competition."""

_SUBTYPES: dict[str, str] = {
    "pin-buyer": "1 2 3",
    "pin-only": "4 5 6 E2",
    "pin-rtl": "7 8 9",
    "pin-cfc-standard": "10 11 12 CEI",
    "pin-cfc-social": "13 14",
    "qu-sy": "15",
    "cn-standard": "16 17 18 19 E3",
    "cn-social": "20 21",
    "subco": "22",
    "cn-desg": "23 24",
    "veat": "25 26 27 28",
    "can-standard": "29 30 31 32 E4",
    "can-social": "33 34 35",
    "can-desg": "36 37",
    "can-modif": "38 39 40 E6",
    "pmc": "E1",
    "compl": "E5",
    "pin-tran": "T01",
    "can-tran": "T02",
    "brin-eeig": "X01",
    "brin-ecs": "X02",
}
TYPE_OF_SUBTYPE = {subtype: kind for kind, subtypes in _SUBTYPES.items() for subtype in subtypes.split()}

CONCESSIONS = frozenset({"14", "19", "28", "32", "35", "40"})
CONTESTS = frozenset({"23", "24", "36", "37"})
QUALIFICATION = "15"
CANCELS = "cancel"
"""BT-140: the change is that the notice is cancelled."""


def kind_of(notice_type: str, subtype: str) -> tuple[str, bool] | None:
    """Return the kind and whether a planning notice calls, from BT-02, else from the subtype."""
    return TYPES.get(notice_type) or TYPES.get(TYPE_OF_SUBTYPE.get(subtype, ""))


def instrument_of(subtype: str) -> str | None:
    """Return the instrument a subtype is made for (its directive: concessions; design contests), or None."""
    if subtype in CONCESSIONS:
        return "concession"
    if subtype in CONTESTS:
        return "contest"
    return "qualification_system" if subtype == QUALIFICATION else None

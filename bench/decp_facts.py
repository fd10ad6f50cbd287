"""Holds the records of a file of the DECP against the expected facts of a sample, one check a fact."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from beffroi.notices.suspects import suspect_paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.notices import Notice

_FIRST = ("award", "framework_max", "concession_value")


def wrong(expected: dict[str, Any], notices: Sequence[Notice]) -> list[str]:
    """Return one line for each expected fact the records do not state."""
    concessions = sum(one.instrument == "concession" for one in notices)
    problems = []
    for name, found in (("contracts", len(notices) - concessions), ("concessions", concessions)):
        if expected.get(name, 0) != found:
            problems.append(f"{name}: {found}, not {expected.get(name, 0)}")
    known = {one.number: one for one in notices}
    for facts in expected.get("contracts_facts", ()):
        notice = known.get(facts["id"])
        if notice is None:
            problems.append(f"{facts['id']}: not among the records")
            continue
        said = stated(notice)
        problems += [
            f"{facts['id']}, {name}: {said[name]!r}, not {value!r}"
            for name, value in facts.items()
            if name not in ("id", "matches_boamp") and said[name] != _plain(value)
        ]
    return problems


def stated(notice: Notice) -> dict[str, Any]:
    """Return what a record says in the names of the expected facts; a suspect amount counts as none."""
    award, left_out = notice.awards[0], suspect_paths(notice)
    kept = [one for i, one in enumerate(award.amounts) if f"awards[0].amounts[{i}]" not in left_out]
    return {
        "buyer": notice.buyers[0].ids[0].value if notice.buyers else None,
        "winner": [identifier.value for body in award.suppliers for identifier in body.ids],
        "amount": next((_number(one.value) for one in kept if one.kind in _FIRST), None),
        "current_amount": next((_number(one.value) for one in kept if one.kind == "amended"), None),
        "notified": award.concluded,
        "flag": next((one.rule for one in notice.suspects), None),
    }


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text).normalize()


def _plain(value: Any) -> Any:
    """Return an expected number in one spelling, anything else as it is."""
    return _number(str(value)) if isinstance(value, int | float) else value

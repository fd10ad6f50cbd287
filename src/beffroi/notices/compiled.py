"""A procedure as its notices leave it: what several notices say of it, put together. Ours, no document.

In: notices of one procedure. Out: one `Notice` made of them: in the order of publication the later stated field wins;
lots, awards and organisations are put together by what identifies them; `changes` are listed with the notice each comes
from. An OCDS update states only what changes, and `null` where it takes a value back.

The compiled notice bears the number of its procedure, `form` `compiled from notices: N`, and the document of the latest
of them: it is cited by its parts only, never archived and never counted beside them.

>>> from beffroi.notices import from_draft
>>> about = {"sha256": "00", "media_type": "application/json", "bytes": 1, "name": "a.json", "origin": "sample"}
>>> base = {"source": "ocds", "procedure": {"id": "ocds-x-1"}, "document": about}
>>> first = from_draft({"id": "ocds:ocds-x-1:1", "number": "1", "title": "Lamps", "published": "2026-03-01", **base})
>>> second = from_draft({"id": "ocds:ocds-x-1:2", "number": "2", "deadline": "2026-04-01", "published": "2026-03-02",
...     "changes": [{"place": "tender", "text": "A deadline"}], **base})
>>> whole = compiled([second, first])
>>> whole.title, whole.deadline, whole.number, whole.changes[0].label
('Lamps', '2026-04-01', 'ocds-x-1', 'ocds:ocds-x-1:2')
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from beffroi.notices.derive import derived
from beffroi.notices.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from beffroi.notices.amount import Amount
    from beffroi.notices.notice import Change, Clause, Link
    from beffroi.notices.organization import Organization

T = TypeVar("T", bound=msgspec.Struct)
_FORM = "compiled from notices: "
_FIRST = datetime.min.replace(tzinfo=UTC)
_OWN = frozenset({"id", "number", "form", "revision", "version", "url", "changes", "suspects", "unread", "call"})
"""Fields of one publication, which a compiled notice has not or makes itself."""
TAKEN_BACK: dict[str, tuple[str, ...]] = {
    "tender/title": ("title",),
    "tender/description": ("description",),
    "tender/tenderPeriod": ("deadline", "deadline_kind"),
    "tender/tenderPeriod/endDate": ("deadline", "deadline_kind"),
    "tender/mainProcurementCategory": ("nature",),
    "tender/classification": ("cpv",),
    "tender/lots": ("lots",),
    "tender/lotGroups": ("lot_groups",),
    "awards": ("awards",),
    "buyer": ("buyers",),
    "relatedProcesses": ("links",),
}
"""What a `null` of OCDS takes back, by its path; one at another path is listed with the changes only."""


def compiled(notices: Sequence[Notice]) -> Notice:
    """Return the notice that notices of one procedure make together; raises ValueError for none or for several."""
    if not notices:
        raise ValueError("there is no notice to compile")
    processes = {one.procedure.id if one.procedure else None for one in notices}
    if len(processes) > 1:
        raise ValueError(f"the notices are of {len(processes)} procedures: one is compiled at a time")
    ordered = sorted(notices, key=_when)
    whole = _fields(ordered[0])
    for one in ordered[1:]:
        _merge(whole, one)
    latest, process = ordered[-1], processes.pop()
    whole |= {"id": f"{latest.source}:{process}", "number": process or latest.number, "form": f"{_FORM}{len(ordered)}"}
    whole["changes"] = tuple(_named(ordered))
    return derived(Notice(**whole))


def compiled_from(notice: Notice) -> int:
    """Return of how many notices `compiled` made this one, or 0 for a notice as published."""
    form = notice.form or ""
    return int(form.removeprefix(_FORM)) if form.startswith(_FORM) else 0


def _when(notice: Notice) -> tuple[datetime, str]:
    """Return when a notice was published, a day without an hour as its first moment; then its number."""
    try:
        stamp = datetime.fromisoformat(notice.published or notice.dispatched or "")
    except ValueError:
        return _FIRST, notice.number
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)), notice.number


def _fields(notice: Notice) -> dict[str, Any]:
    """Return what a notice states, less what is its own as a publication."""
    stated = {name: getattr(notice, name) for name in notice.__struct_fields__ if name not in _OWN}
    return {name: value for name, value in stated.items() if value not in (None, (), {})}


def _merge(whole: dict[str, Any], later: Notice) -> None:
    """Put what a later notice states over what is known; a correction leaves a procedure at its stage."""
    for change in later.changes:
        if change.text == "null":
            _take_back(whole, change.place or "")
    for field, value in _fields(later).items():
        known = whole.get(field)
        if known is None:
            whole[field] = value
        elif field == "procedure":
            whole[field] = _over(known, value)
        elif field == "texts":
            whole[field] = {**known, **value}
        elif field in _TOGETHER:
            whole[field] = _TOGETHER[field](known, value)
        elif field != "kind" or value != "change":
            whole[field] = value


def _take_back(whole: dict[str, Any], place: str) -> None:
    """Drop what a `null` at a path takes back; of the sums, the tender's own value."""
    for field in TAKEN_BACK.get(place, ()):
        whole.pop(field, None)
    if place == "tender/value" and "amounts" in whole:
        value = ("estimate", "notice", None)
        whole["amounts"] = tuple(one for one in whole["amounts"] if (one.kind, one.scope, one.note) != value)


def _over(known: T, later: T) -> T:
    """Return a part with the fields a later one states over its own."""
    stated = {name: getattr(later, name) for name in type(later).__struct_fields__}
    filled = {name: value for name, value in stated.items() if value not in (None, (), {})}
    if "amounts" in filled:
        filled["amounts"] = _amounts(getattr(known, "amounts", ()), filled["amounts"])
    return msgspec.structs.replace(known, **filled)


def _by_id(known: tuple[Any, ...], later: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return lots or awards of two notices, those of one id as one."""
    found = {one.id: one for one in known}
    for one in later:
        found[one.id] = _over(found[one.id], one) if one.id in found else one
    return tuple(found.values())


def _bodies(known: tuple[Organization, ...], later: tuple[Organization, ...]) -> tuple[Organization, ...]:
    """Return organisations of two notices, those that share an identifier or a name as one."""
    found = list(known)
    for one in later:
        at = next((i for i, held in enumerate(found) if _same_body(held, one)), None)
        if at is None:
            found.append(one)
        else:
            found[at] = _over(found[at], one)
    return tuple(found)


def _same_body(one: Organization, other: Organization) -> bool:
    if one.ids and other.ids:
        return not set(one.ids).isdisjoint(other.ids)
    return bool(one.name) and (one.name or "").casefold() == (other.name or "").casefold()


def _amounts(known: tuple[Amount, ...], later: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Return sums of two notices: a later one of a kind replaces those of its kind, but payments and tenders add up."""
    told = {(one.kind, one.scope, one.note) for one in later if one.kind not in _EACH}
    kept = [one for one in known if (one.kind, one.scope, one.note) not in told and one not in later]
    return (*kept, *later)


def _clauses(known: tuple[Clause, ...], later: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return passages of two notices: those of a rubric replace the earlier ones of that rubric and lot."""
    told = {(one.place, one.lot) for one in later}
    return (*(one for one in known if (one.place, one.lot) not in told), *later)


def _links(known: tuple[Link, ...], later: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys((*known, *later)))


_EACH = frozenset({"paid", "penalty", "tender"})
"""Kinds of which each sum stands for itself: another payment is no correction of the one before."""

_TOGETHER: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(("lots", "parts", "lot_groups", "awards"), _by_id),
    **dict.fromkeys(("buyers", "others"), _bodies),
    "amounts": _amounts,
    "clauses": _clauses,
    "links": _links,
}
"""Lists whose members are put together one by one; another list is replaced as a whole."""


def _named(ordered: Sequence[Notice]) -> Iterable[Change]:
    """Yield the changes of each notice, labelled with the notice each comes from."""
    for notice in ordered:
        for one in notice.changes:
            label = f"{notice.id}: {one.label}" if one.label else notice.id
            yield msgspec.structs.replace(one, label=label)

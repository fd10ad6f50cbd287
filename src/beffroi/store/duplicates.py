"""One contract published by several platforms: whether two records agree on every contract fact, and where they differ.

In: two records of one contract (DECP: one `uid`). Out: "duplicate", "later" or "differs", and the values to verify.

A contract of the DECP reaches the bulletin by its buyer's profile, the accounting protocol, consolidations; each prints
it in its own shape, with its own day of publication. Two records that come by different ways (`channel`: the platform,
kept as the clause `source`, and the shape, kept as `form`) and that say the same wherever both speak are one contract
published twice. One that tells of modifications the other has not is later. Where two differ, nobody knows which errs:
the later arrival is a revision, and each value in question is marked in it with what the other says: left out of sums.
From one channel, a record that changes is a correction: a revision like any other.

>>> from beffroi.notices import from_draft
>>> def record(form, **award):
...     about = {"sha256": "", "media_type": "", "bytes": 0, "name": "", "origin": "sample"}
...     awards = [{"id": "1", **award}]
...     return from_draft({"id": "decp:1", "source": "decp", "number": "1", "form": form, "document": about,
...                        "awards": awards})
>>> compared(record("row", concluded="2020-01-01"), record("record", concluded="2020-01-01", tenders_received=3))
'duplicate'
>>> one, other = record("row", tenders_received=2), record("record", tenders_received=3)
>>> compared(one, other), disputed(other, one)[0].why
('differs', "2 in the contract's record by another way (row)")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from beffroi.notices import DocumentInfo, Suspect, decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices import Award, Notice

SOURCES = frozenset({"decp"})
"""Bulletins in which several platforms publish one contract."""
RULE = "differs"
_FIRST = ("award", "framework_max", "concession_value")
_IN_A_ROW = 3
_NO_DOCUMENT = DocumentInfo("", "", 0, "", "official")
_CHANNEL = ("source", "sourceDataset")

Comparison = Literal["duplicate", "later", "differs"]


class Fact(NamedTuple):
    """A fact two records may state: its path, and its value in words that compare."""

    path: str
    value: str


def channel(notice: Notice) -> tuple[str, str | None]:
    """Return by which way a record came: its platform ("" where it names none) and its shape."""
    return next((one.text for one in notice.clauses if one.place in _CHANNEL), ""), notice.form


def compared(known: Notice, new: Notice) -> Comparison:
    """Return how a new record of a contract stands to a known one that came by another channel."""
    if disputed(new, known):
        return "differs"
    return "duplicate" if _steps(new) <= _steps(known) else "later"


def repeats(known: Notice, new: Notice) -> bool:
    """Return whether a new record tells nothing of a contract that the known one does not.

    Rows of a table are by one channel and each tells of one modification: the row without any repeats the others.
    """
    if compared(known, new) != "duplicate":
        return False
    return channel(known) != channel(new) or (_is_row(new) and _bare(known) == _bare(new))


def _is_row(notice: Notice) -> bool:
    return (notice.form or "").endswith("row")


def _bare(notice: Notice) -> Notice:
    """Return a record without what a modification or an act of subcontracting adds to it."""
    awards = tuple(
        msgspec.structs.replace(
            one,
            amounts=tuple(amount for amount in one.amounts if amount.kind in _FIRST),
            suppliers=tuple(body for body in one.suppliers if body.role != "subcontractor"),
        )
        for one in notice.awards
    )
    clauses = tuple(one for one in notice.clauses if not one.place.startswith("sous-traitance"))
    return msgspec.structs.replace(
        notice, document=_NO_DOCUMENT, revision=1, awards=awards, clauses=clauses, changes=(), suspects=(), unread=()
    )


def disputed(new: Notice, known: Notice) -> list[Suspect]:
    """Return the values of the new record that the known one contradicts, naming its value and its channel."""
    theirs = {name: fact.value for name, fact in _facts(known)}
    platform, form = channel(known)
    way = f"{platform or 'another way'} ({form})"
    return [
        Suspect(fact.path, RULE, f"{theirs[name]} in the contract's record by {way}")
        for name, fact in _facts(new)
        if name in theirs and not _same(name, fact.value, theirs[name], forms=(new.form, known.form))
    ]


def with_disputes(new: Notice, known: Notice) -> Notice:
    """Return the new record with the values in question marked, where the known one came by another channel."""
    if channel(new) == channel(known):
        return new
    marked = {one.path for one in new.suspects}
    found = tuple(one for one in disputed(new, known) if one.path not in marked)
    return msgspec.structs.replace(new, suspects=(*new.suspects, *found)) if found else new


def _facts(notice: Notice) -> Iterator[tuple[str, Fact]]:
    """Yield what a contract is: its kind, code, duration, holders, day, tenders and first value."""
    if notice.instrument is not None:
        yield "instrument", Fact("instrument", notice.instrument)
    if notice.cpv:
        yield "cpv", Fact("cpv[0]", notice.cpv[0])
    if notice.procedure is not None and notice.procedure.method is not None:
        yield "method", Fact("procedure.method", notice.procedure.method)
    for lot in notice.lots:
        if lot.duration is not None:
            yield "duration", Fact("lots[0].duration.value", f"{lot.duration.value} {lot.duration.unit}")
    for award in notice.awards:
        yield from _of_award(award)


def _of_award(award: Award) -> Iterator[tuple[str, Fact]]:
    if award.concluded is not None:
        yield "concluded", Fact("awards[0].concluded", award.concluded)
    if award.tenders_received is not None:
        yield "tenders", Fact("awards[0].tenders_received", str(award.tenders_received))
    ids = sorted(one.value for body in award.suppliers if body.role != "subcontractor" for one in body.ids)
    if ids:
        yield "holders", Fact("awards[0].suppliers", " ".join(ids))
    for index, amount in enumerate(award.amounts):
        if amount.kind in _FIRST and amount.value is not None:
            yield "value", Fact(f"awards[0].amounts[{index}].value", amount.value)


def _same(name: str, one: str, other: str, *, forms: tuple[str | None, str | None]) -> bool:
    """Return whether two values agree; a row has columns for three holders, and may leave out the others."""
    if name != "holders" or one == other:
        return one == other
    sets = [set(one.split()), set(other.split())]
    rows = [
        len(held) == _IN_A_ROW and bool(form) and str(form).endswith("row")
        for held, form in zip(sets, forms, strict=True)
    ]
    return (rows[0] and sets[0] < sets[1]) or (rows[1] and sets[1] < sets[0])


def _steps(notice: Notice) -> set[tuple[str | None, str]]:
    return {(one.place, decimal_text(one.new or "") or one.new or one.label or "") for one in notice.changes}

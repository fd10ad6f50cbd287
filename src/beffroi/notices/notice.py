"""The one noun: a `Notice` is one act of publication, read from its document.

In: a draft (JSON values) made by a format. Out: an immutable `Notice`, its JSON, and back.

>>> notice = from_draft({"id": "boamp:20-1", "source": "boamp", "number": "20-1", "document": {
...     "sha256": "00", "media_type": "application/json", "bytes": 1, "name": "a.json", "origin": "sample"}})
>>> to_json(notice)[:43]
b'{"id":"boamp:20-1","source":"boamp","number'
>>> from_json(to_json(notice)) == notice
True
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from beffroi.notices.amount import Amount
from beffroi.notices.document import DocumentInfo
from beffroi.notices.lot import Award, DeadlineKind, Lot, LotGroup, Nature, Place
from beffroi.notices.organization import Organization

Draft = dict[str, Any]
"""A record in the making: JSON names and values, checked by msgspec when it becomes a `Notice`."""

Kind = Literal[
    "planning",
    "consultation",
    "call",
    "qualification",
    "intention",
    "result",
    "change",
    "modification",
    "cancellation",
    "completion",
    "contract",
    "order",
    "other",
]
Instrument = Literal[
    "contract", "framework", "call_off", "dps", "concession", "contest", "partnership", "qualification_system"
]
Relation = Literal["previous", "changes", "awards", "modifies", "cancels", "completes", "same_procedure", "same_notice"]


class Clause(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A passage kept in full that has no field of its own (conditions, additional information, review).

    `place` is its rubric (II.2.14, BT-300, an element's name), `lot` the lot it belongs to.
    """

    place: str
    text: str
    lot: str | None = None


class LotText(msgspec.Struct, frozen=True, omit_defaults=True):
    """A lot's title and description in one language."""

    id: str
    title: str | None = None
    description: str | None = None


class Text(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a notice says in one language."""

    title: str | None = None
    description: str | None = None
    lots: tuple[LotText, ...] = ()
    clauses: tuple[Clause, ...] = ()


class Procedure(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How the purchase is made; `method` uses the codes of eForms BT-105 (open, restricted, neg-w-call, …)."""

    id: str | None = None
    method: str | None = None
    accelerated: bool | None = None
    legal_basis: str | None = None
    eu_funds: bool | None = None
    gpa: bool | None = None
    electronic_auction: bool | None = None
    reference: str | None = None
    national: str | None = None
    features: str | None = None
    justification: str | None = None
    justification_codes: tuple[str, ...] = ()
    max_lots_tendered: int | None = None
    max_lots_awarded: int | None = None


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a later notice changes: where, and the old and new values as written."""

    place: str | None = None
    label: str | None = None
    old: str | None = None
    new: str | None = None
    text: str | None = None


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stated link to another notice; `target` is its id ("boamp:20-51423", "ted:175835-2020")."""

    relation: Relation
    target: str


class Withheld(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value not published (BT-195), why (BT-197, BT-196) and until when (BT-198)."""

    field: str
    reason: str | None = None
    until: str | None = None
    text: str | None = None
    lot: str | None = None


class Suspect(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stated value to verify: its path, the rule that marks it, and why. It is kept and left out of sums."""

    path: str
    rule: str
    why: str


class Unread(msgspec.Struct, frozen=True, omit_defaults=True):
    """A passage the reader did not interpret: its place, its text, and why."""

    place: str
    text: str
    why: str


class Notice(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One act of publication, version 1 of the record (docs/record.md)."""

    id: str
    source: str
    number: str
    document: DocumentInfo
    version: str | None = None
    revision: int = 1
    url: str | None = None
    form: str | None = None
    kind: Kind | None = None
    call: bool = False
    nature: Nature | None = None
    instrument: Instrument | None = None
    language: str | None = None
    languages: tuple[str, ...] = ()
    published: str | None = None
    dispatched: str | None = None
    deadline: str | None = None
    deadline_kind: DeadlineKind | None = None
    title: str | None = None
    description: str | None = None
    texts: dict[str, Text] = {}
    buyers: tuple[Organization, ...] = ()
    others: tuple[Organization, ...] = ()
    procedure: Procedure | None = None
    cpv: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    amounts: tuple[Amount, ...] = ()
    lots: tuple[Lot, ...] = ()
    parts: tuple[Lot, ...] = ()
    lot_groups: tuple[LotGroup, ...] = ()
    awards: tuple[Award, ...] = ()
    changes: tuple[Change, ...] = ()
    links: tuple[Link, ...] = ()
    clauses: tuple[Clause, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    unread: tuple[Unread, ...] = ()


_ENCODER = msgspec.json.Encoder(decimal_format="string")
_DECODER = msgspec.json.Decoder(Notice)


def from_draft(draft: Draft) -> Notice:
    """Return the notice a draft describes; raises msgspec.ValidationError when a value is not of the model."""
    return msgspec.convert(draft, Notice)


def to_json(notice: Notice) -> bytes:
    """Return the record as one line of JSON, absent values left out."""
    return _ENCODER.encode(notice)


def from_json(line: bytes | str) -> Notice:
    """Return the notice of one line of JSON; raises msgspec.DecodeError."""
    return _DECODER.decode(line)

"""Lots, awards and what belongs to them.

In: what a format read. Out: immutable structs; an undivided notice has one `Lot` (docs/record.md, "Counting").

>>> Award(id="1", status="awarded").status
'awarded'
"""

from __future__ import annotations

from typing import Literal

import msgspec

from beffroi.notices.amount import Amount, Duration, Quantity, UnitAmount
from beffroi.notices.organization import Organization

Nature = Literal["works", "supplies", "services", "mixed"]
DeadlineKind = Literal["tenders", "requests", "interest"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place of performance: NUTS code, country, and the words used."""

    nuts: str | None = None
    country: str | None = None
    city: str | None = None
    postcode: str | None = None
    text: str | None = None


class Renewals(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether a contract can be renewed, how often at most (BT-58), and the words used (BT-57)."""

    allowed: bool | None = None
    maximum: int | None = None
    text: str | None = None


class Options(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether there are options, and the words that describe them (BT-54)."""

    allowed: bool | None = None
    text: str | None = None


class Criterion(msgspec.Struct, frozen=True, omit_defaults=True):
    """An award criterion; `weight` as written ("60", "60 %", a fixed value)."""

    kind: Literal["price", "cost", "quality", "other"] = "other"
    name: str | None = None
    weight: str | None = None


class Framework(msgspec.Struct, frozen=True, omit_defaults=True):
    """Terms of a framework agreement or dynamic purchasing system; `technique` as eForms BT-765 or BT-766 codes it."""

    technique: str | None = None
    dps: str | None = None
    operators: Literal["single", "several"] | None = None
    max_participants: int | None = None
    justification: str | None = None
    buyer_categories: str | None = None


class Lot(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A separately awardable part of a procedure (BT-137)."""

    id: str
    title: str | None = None
    description: str | None = None
    cpv: tuple[str, ...] = ()
    nature: Nature | None = None
    quantities: tuple[Quantity, ...] = ()
    amounts: tuple[Amount, ...] = ()
    unit_amounts: tuple[UnitAmount, ...] = ()
    duration: Duration | None = None
    max_duration: Duration | None = None
    starts: str | None = None
    ends: str | None = None
    renewals: Renewals | None = None
    options: Options | None = None
    deadline: str | None = None
    deadline_kind: DeadlineKind | None = None
    places: tuple[Place, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    framework: Framework | None = None
    eu_funds: bool | None = None
    reference: str | None = None


class LotGroup(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A group of lots (BT-330): no lot itself."""

    id: str
    lot_ids: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None
    amounts: tuple[Amount, ...] = ()
    criteria: tuple[Criterion, ...] = ()


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why nothing was awarded, with the source's own code."""

    kind: Literal["unsuccessful", "abandoned", "appeal", "other"]
    code: str | None = None
    text: str | None = None


class Award(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One decision: a LotResult, an AWARD_CONTRACT (or its declared non-award), a RESULTS of a contest."""

    id: str
    lot_ids: tuple[str, ...] = ()
    status: Literal["awarded", "not_awarded", "open"] | None = None
    reason: Reason | None = None
    suppliers: tuple[Organization, ...] = ()
    holding: Literal["sole", "group", "several"] | None = None
    amounts: tuple[Amount, ...] = ()
    tenders_received: int | None = None
    submissions: dict[str, int] = {}
    decided: str | None = None
    concluded: str | None = None
    title: str | None = None
    contracts: tuple[str, ...] = ()

"""Who buys, who wins, who reviews; contact persons, mailboxes and phone numbers stay in the archived document.

In: what a format read of a body. Out: an immutable `Organization`.

>>> Organization(name="Ville de Paris", role="buyer").role
'buyer'
"""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal[
    "buyer",
    "joint_buyer",
    "central_purchasing",
    "coordinator",
    "beneficiary",
    "review",
    "mediation",
    "information",
    "submission",
    "service_provider",
    "sole",
    "leader",
    "member",
    "subcontractor",
]


class Identifier(msgspec.Struct, frozen=True, omit_defaults=True):
    """An identifier and the register it belongs to (SIRET, VAT, the scheme a document names, or "unknown")."""

    scheme: str
    value: str


class Organization(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A body in its role, with its address on the web and its buyer profile (BT-508).

    `country` is ISO 3166-1 alpha-2 (TED's UK and EL become GB and GR).
    """

    name: str | None = None
    ids: tuple[Identifier, ...] = ()
    country: str | None = None
    nuts: str | None = None
    city: str | None = None
    postcode: str | None = None
    kind: str | None = None
    activity: str | None = None
    url: str | None = None
    profile_url: str | None = None
    role: Role | None = None

"""What follows from a record without being stated: average amounts per unit, and values to verify.

In: a `Notice` as read. Out: the same with `unit_amounts` and `suspects`; stated values are never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.notices.notice import Notice


def derived(notice: Notice) -> Notice:
    """Return the notice with its derived values."""
    return notice

"""Following a bulletin: which days a collection asks for when nobody says.

In: a store and a day. Out: a window: from the last day collected on, and thirty days at least: some had not settled.

>>> from beffroi.bulletins import bulletin
>>> import tempfile; from pathlib import Path; from beffroi.store import Store
>>> with Store.open(Path(tempfile.mkdtemp()), create=True) as store:
...     following(store, bulletin("boamp").BULLETIN, date(2026, 9, 30)).since.isoformat()
'2026-09-01'
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from beffroi.bulletins import Window
from beffroi.store.slices import latest

if TYPE_CHECKING:
    from beffroi.bulletins import Bulletin
    from beffroi.store import Store

DAYS = 30


def following(store: Store, declared: Bulletin, today: date) -> Window:
    """Return the days to ask for: thirty, or more where a day takes longer to settle."""
    settles = declared.promise.settles if declared.promise is not None else 0
    month = today - timedelta(max(DAYS - 1, settles))
    last = latest(store.connection, declared.name)
    since = month if last is None else min(month, date.fromisoformat(last) + timedelta(1))
    return Window(max(since, declared.begins), today)

"""The archive and the records, in one SQLite file.

In: documents and their notices. Out: rows, notices and documents again.

>>> import tempfile
>>> from pathlib import Path
>>> with Store.open(Path(tempfile.mkdtemp()), create=True) as store:
...     store.notice("20-51423") is None
True
"""

from __future__ import annotations

from beffroi.store.load import Report
from beffroi.store.store import Store

__all__ = ["Report", "Store"]

"""What is asked of a folder on this machine instead of a server: which files it holds.

In: a request for a folder (`file:///…/`). Out: its listing, a JSON list of addresses, as a `Response`. Other requests
go to the fetcher.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec

from beffroi.errors import UsageError
from beffroi.fetch import Response
from beffroi.intake.source import hidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.fetch import Ask, Fetcher


def answered(fetcher: Fetcher, ask: Ask, check: Callable[[Response], object]) -> Response:
    """Return the answer to a request for a calendar, asked again where `check` raises Garbled.

    Raises FetchError, or UsageError for a folder that is not there.
    """
    if not ask.url.startswith("file:"):
        return fetcher.get(ask, lambda answer: (answer, check(answer)))[0]
    folder = Path(url2pathname(urlsplit(ask.url).path))
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not hidden(str(one.relative_to(folder))))
    body = msgspec.json.encode([one.as_uri() for one in files])
    return Response(ask.url, 200, {}, body, fetcher.clock.now())

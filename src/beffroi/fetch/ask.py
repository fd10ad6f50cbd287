"""What is asked of a server and what it answers.

In: an address. Out: an `Ask`; from the network, a `Response` or a `Download`. Plain values: bulletins make and read
them without touching the network.

>>> Ask("https://example.org/a").host
'example.org'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Ask(msgspec.Struct, frozen=True, omit_defaults=True):
    """One request: a GET, or with a `body` a POST of JSON.

    `what` says what comes back: a `page` its bulletin reads (and whose records are archived), one `document`, or a
    `package` that is downloaded to disk before it is opened. `otherwise`: what to ask where there is nothing at the
    address. `base`: the base address of what the answer names, where that is another server's than the answer.
    """

    url: str
    what: Literal["page", "document", "package"] = "page"
    body: bytes | None = None
    accept: str = "*/*"
    number: str | None = None
    otherwise: Ask | None = None
    base: str = ""

    @property
    def host(self) -> str:
        """Return the host and port the request goes to."""
        return urlsplit(self.url).netloc.rpartition("@")[2].lower()


class Response(NamedTuple):
    """A whole answer: its final address, status, headers (names in lower case), body, and when it came (UTC)."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    retrieved: str


class Download(NamedTuple):
    """A package on disk: where, its final address, headers, and when it came (UTC)."""

    path: Path
    url: str
    headers: Mapping[str, str]
    retrieved: str


class Manners(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a host is treated: at most `concurrency` requests at once, `interval` seconds between two beginnings.

    A request is tried `attempts` times; between two, `first_wait` seconds doubled each time up to `longest_wait`, with
    jitter, or what the server asks for (Retry-After, rate-limit headers) up to `patience`. `connect` and `read` are
    time-outs in seconds (to connect; of silence), `whole` bounds the time a page takes in all. A package may take long,
    but must bring `slowest` bytes a second over every `whole` seconds. `most_bytes` (unpacked) and `most_download`
    bound a body and a package.
    """

    concurrency: int = 2
    interval: float = 0.0
    attempts: int = 6
    first_wait: float = 1.0
    longest_wait: float = 120.0
    patience: float = 900.0
    connect: float = 10.0
    read: float = 60.0
    whole: float = 300.0
    slowest: int = 4096
    most_bytes: int = 64 * 1024 * 1024
    most_download: int = 4 * 1024**3

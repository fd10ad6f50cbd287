"""What is asked of a server and what it answers.

In: an address. Out: an `Ask`; from the network, a `Response` or a `Download`. Plain values: bulletins make and read
them without touching the network.

>>> Ask("https://example.org/a").host
'example.org'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Count = Annotated[int, msgspec.Meta(ge=1, le=2**50)]
Threads = Annotated[int, msgspec.Meta(ge=1, le=64)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=30 * 24 * 3600)]


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
    time-outs in seconds (to connect; of silence), `whole` bounds the time the body of a page takes. A package may take
    long, but must bring `slowest` bytes a second over every `whole` seconds. `most_bytes` bounds a body (unpacked),
    `most_download` a package.
    """

    concurrency: Threads = 2
    interval: Seconds = 0.0
    attempts: Count = 6
    first_wait: Seconds = 1.0
    longest_wait: Seconds = 120.0
    patience: Seconds = 900.0
    connect: Seconds = 10.0
    read: Seconds = 60.0
    whole: Seconds = 300.0
    slowest: Count = 4096
    most_bytes: Count = 64 * 1024 * 1024
    most_download: Count = 4 * 1024**3

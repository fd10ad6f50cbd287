"""What a status means: nothing wrong, a failure that may pass, or one that will not.

In: a status, headers, the beginning of the body. Out: nothing, or the error.

>>> judged("https://example.org/a", 404, {}, b"")
NotThere('https://example.org/a: there is nothing there (404)')
>>> judged("https://example.org/a", 500, {}, b"")
Trouble('500 Internal Server Error')
>>> judged("https://example.org/a", 202, {"x-amzn-waf-action": "challenge"}, b"")
Trouble("202 Accepted: a firewall's challenge instead of an answer")
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from beffroi.errors import FetchError, NotThere, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

QUOTED = 200
_PASSING = frozenset({408, 429})
_GONE = frozenset({404, 410})


class Trouble(FetchError):  # noqa: N818 - it may pass
    """A failure that may pass: asked again. `asked`: the seconds the server asks us to wait."""

    asked: float | None = None


def succeeded(status: int) -> bool:
    """Return whether a status brings an answer; 202 promises one and brings none, 206 is part of one.

    TED's firewall answers 202 with `x-amzn-waf-action: challenge` and no body: never an empty day.
    """
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and status not in {202, 206}


def judged(url: str, status: int, headers: Mapping[str, str], message: bytes) -> FetchError:
    """Return the error that a status which brings no answer stands for."""
    named = _named(status)
    if "x-amzn-waf-action" in headers:
        return Trouble(f"{named}: a firewall's {_printable(headers['x-amzn-waf-action'], 40)} instead of an answer")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PASSING or _comes_back(status, headers):
        return Trouble(named)
    if status < HTTPStatus.BAD_REQUEST:
        return Trouble(f"{named}: not the answer itself")
    if status in _GONE:
        return NotThere(f"{url}: there is nothing there ({status})")
    said = _printable(message.decode("utf-8", "replace"), QUOTED)
    return Refused(f"{url}: the server refuses: {named}" + (f", {said!r}" if said else ""))


def _comes_back(status: int, headers: Mapping[str, str]) -> bool:
    """Return whether a refusal names its end: Contracts Finder answers 403 with Retry-After for too many requests."""
    return status == HTTPStatus.FORBIDDEN and "retry-after" in headers


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status}"


def _printable(text: str, most: int) -> str:
    """Return the beginning of a text on one line, with nothing in it that a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:most]

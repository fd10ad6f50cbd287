r"""Answers, looked at before they are believed: what a hostile or broken server sends is Garbled, and asked again.

In: an answer. Out: what its bulletin reads in it, or the answer itself where it can be the document asked for.

>>> from beffroi.fetch import Response
>>> document(Response("https://example.org/a.xml", 200, {}, b'<?xml version="1.0"?>\n<!DOCTYPE html><html/>', ""))
Traceback (most recent call last):
beffroi.errors.Garbled: https://example.org/a.xml: a web page instead of a document
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from beffroi.batch import fault
from beffroi.errors import BeffroiError, Garbled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from beffroi.bulletins.bulletin import Collectable, Page
    from beffroi.fetch import Ask, Response

T = TypeVar("T")

MOST = 1_000_000_000
"""Records of one slice; a source that announces more does not know what it says."""
HEAD = 1024

_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


def page(bulletin: Collectable, ask: Ask, response: Response) -> Page:
    """Return what a bulletin reads in an answer; raises Garbled for what cannot be read."""
    found = understood(response.url, lambda: bulletin.page(ask, response))
    if found.announced is not None and not 0 <= found.announced <= MOST:
        raise Garbled(f"{response.url}: it announces a number of records that no slice holds")
    return found


def understood(url: str, read: Callable[[], T]) -> T:
    """Return what is read; raises Garbled where the reader fails on it (nested 100,000 deep): a slice is not the run.

    Errors raised on purpose go through.
    """
    try:
        return read()
    except BeffroiError:
        raise
    except Exception as error:
        raise Garbled(f"{url}: its answer cannot be read ({fault(error)})") from error


def document(answer: Response) -> Response:
    """Return an answer; raises Garbled for nothing, and for a page to be looked at (a notice of maintenance)."""
    _looked_at(answer.url, answer.body[:HEAD], "document")
    return answer


def package(path: Path, url: str) -> None:
    """Look at a package on disk; raises Garbled for nothing, and for a page to be looked at."""
    with path.open("rb") as file:
        _looked_at(url, file.read(HEAD), "package")


def _looked_at(url: str, head: bytes, what: str) -> None:
    if not head.strip():
        raise Garbled(f"{url}: nothing instead of a {what}")
    if _WEB_PAGE.match(head):
        raise Garbled(f"{url}: a web page instead of a {what}")

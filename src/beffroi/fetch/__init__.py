"""Everything that is asked of the outside goes through here.

In: an `Ask`. Out: a `Response`, or a `Download` on disk. Importing it costs nothing: the HTTP client is imported by the
first `Fetcher`.

>>> Ask("https://example.org/a").what
'page'
"""

from __future__ import annotations

from beffroi.fetch.agent import agent
from beffroi.fetch.ask import Ask, Download, Manners, Response
from beffroi.fetch.clock import Clock
from beffroi.fetch.fetcher import Fetcher

__all__ = ["Ask", "Clock", "Download", "Fetcher", "Manners", "Response", "agent"]

"""Everything that is asked of the outside goes through here.

In: an `Ask`. Out: a `Response`, or a `Download` on disk.
"""

from __future__ import annotations

from beffroi.fetch.ask import Ask, Download, Manners, Response

__all__ = ["Ask", "Download", "Manners", "Response"]

"""The connections that are open, so that whoever waits on one can be woken.

In: what the HTTP client tells of its connections. Out: nothing; `cut` ends them all, those still to come as well.

>>> lines = Lines()
>>> lines.heard("connection.connect_tcp.complete", {"return_value": None})
>>> lines.cut()
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Mapping

_MADE = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})


class Lines:
    """Connections, known while they last; every method may be called by any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: WeakSet[socket.socket] = WeakSet()
        self._cut = False

    def heard(self, event: str, told: Mapping[str, object]) -> None:
        """Take note of a connection that was made (with TLS, of the one that took its place)."""
        ask = getattr(told.get("return_value"), "get_extra_info", None) if event in _MADE else None
        line = ask("socket") if ask is not None else None
        if isinstance(line, socket.socket):
            with self._lock:
                self._open.add(line)
            if self._cut:
                _end(line)

    def cut(self) -> None:
        """End every connection: a thread that waits for an answer, perhaps for minutes, meets its end at once."""
        with self._lock:
            self._cut = True
            lines = list(self._open)
        for line in lines:
            _end(line)


def _end(line: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        socket.socket.shutdown(line, socket.SHUT_RDWR)

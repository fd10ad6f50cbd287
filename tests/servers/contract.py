"""What the contract of all bulletins asks of a bulletin's server.

In: a server module, `tests/servers/NAME.py`, that has `contract()`. Out: what it returns.

    def contract() -> Contract:
        server = Boamp(Plan(begins=SINCE, until=UNTIL))
        return Contract(server, {"api": f"{server.address}/api"}, Window(SINCE, UNTIL))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.bulletins import Window
    from tests.servers.loopback import LoopbackServer


class Contract(NamedTuple):
    """A small server, not started; a bulletin's addresses there; days it serves, some dozens of notices each at most.

    `packaged`: ways whose slices no window can cut: packages of a year, say. They may reach out of a window, and two
    windows may share one.
    """

    server: LoopbackServer
    addresses: Mapping[str, str]
    window: Window
    packaged: tuple[str, ...] = ()

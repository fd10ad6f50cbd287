"""The server of one campaign as a process: it prints its address and answers until it is told to end.

python -m tests.campaigns.serve boamp --since 2025-09-01 --until 2025-09-30 --seed 1 --rate 0.05
"""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import date
from threading import Event

from beffroi.bulletins import Window
from tests.campaigns import Span, campaigns
from tests.servers.faults import Faults

SWITCH = 0.0005
"""Seconds after which a thread that makes an answer lets another note the time at which its request came."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what makes a span."""
    parser.add_argument("--since", type=date.fromisoformat, required=True)
    parser.add_argument("--until", type=date.fromisoformat, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--small", action="store_true")


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", choices=sorted(campaigns()))
    parser.add_argument("--rate", type=float, default=0.0, help="probability of a fault")
    parser.add_argument("--wait", type=int, default=0, help="Retry-After of the faults that have one, in seconds")
    parser.add_argument("--keep", action="store_true", help="make each answer once, and keep it")
    arguments(parser)
    taken = parser.parse_args()
    span = Span(Window(taken.since, taken.until), taken.seed, taken.size, taken.small)
    one = campaigns()[taken.name].campaign(span)
    sys.setswitchinterval(SWITCH)
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with one.server(Faults(seed=taken.seed, rate=taken.rate, wait=taken.wait, kinds=one.kinds)) as server:
        server.kept = {} if taken.keep else None
        print(server.address, flush=True)
        ended.wait()


if __name__ == "__main__":
    main()

"""Which fault a request meets: drawn from a seed, the address and how often it was asked, never from the time.

In: a seed and a rate. Out: the name of a fault, or None. What a fault does is in `loopback.py`.

>>> faults = Faults(seed=1, rate=1.0, most=2, kinds=("500",))
>>> [faults.drawn("GET /a") for _ in range(4)]
['500', '500', None, '500']
"""

from __future__ import annotations

import hashlib
from collections import Counter
from threading import Lock

KINDS = (
    "429",  # with Retry-After
    "403",  # with Retry-After
    "500",
    "502",
    "503",  # with Retry-After
    "challenge",  # 202 of a firewall, without a body
    "cut",  # half the body announced, then the connection closes
    "cut chunks",  # the same, chunked
    "cut gzip",  # a whole body that is half a gzip stream
    "broken gzip",  # gzip whose last bytes are wrong
    "reset",  # the connection is reset before an answer
    "slow",  # the answer comes in two halves, some time apart
    "redirect",  # 307 to the same thing at another path
)
"""The faults after which the same request, asked again (or followed), gives the true answer."""
STAND_IN = "stand-in"
"""200 with a page in HTML in place of the answer: only where the client can tell (not for packages)."""


class Faults:
    """Draws faults: each request meets one with probability `rate`, never more than `most` in a row at one address.

    `kinds` may name a kind twice to make it twice as likely. `wait` is the Retry-After of those that have one, in
    seconds; `pause` how long a slow answer pauses. Thread-safe; the n-th request of one address always draws the same.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        rate: float = 0.0,
        most: int = 2,
        kinds: tuple[str, ...] = KINDS,
        wait: int = 0,
        pause: float = 0.02,
    ) -> None:
        self.seed, self.rate, self.most, self.kinds, self.wait, self.pause = seed, rate, most, kinds, wait, pause
        self._asked: Counter[str] = Counter()
        self._row: Counter[str] = Counter()
        self._lock = Lock()

    def drawn(self, address: str) -> str | None:
        """Return the fault the next request of an address meets."""
        with self._lock:
            self._asked[address] += 1
            drawn = hashlib.sha256(f"{self.seed} {self._asked[address]} {address}".encode()).digest()
            meets = int.from_bytes(drawn[:8]) < self.rate * 2**64
            if not meets or self._row[address] == self.most:
                self._row[address] = 0
                return None
            self._row[address] += 1
            return self.kinds[int.from_bytes(drawn[8:12]) % len(self.kinds)]

"""Politeness: exact whatever the threads do, measured where the requests arrive and where they leave."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier, Event, Lock, Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from beffroi.errors import Stopped, Unavailable
from beffroi.fetch import Ask, Clock, Fetcher, Manners, agent
from beffroi.fetch.pace import Pace
from tests.servers.faults import Faults
from tests.servers.loopback import Answer, LoopbackServer
from tests.servers.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.fetch import Response
    from tests.fetch.clocks import Quick


def whole(response: Response) -> bytes:
    return response.body


def silent(_: str) -> None:
    """Say nothing."""


@settings(max_examples=15, deadline=None)
@given(some.integers(1, 5), some.sampled_from([0.0, 0.002, 0.005]), some.integers(1, 12), some.integers(0, 2**32))
def test_any_number_of_threads(concurrency: int, interval: float, threads: int, seed: int) -> None:
    pace = Pace("h", Manners(concurrency=concurrency, interval=interval), Clock(), stopped=Event(), told=silent)
    pauses = random.Random(seed)
    begun: list[tuple[float, float]] = []
    open_, most, lock = 0, 0, Lock()

    def one(pause: float) -> None:
        nonlocal open_, most
        with pace.turn() as turn:
            taken = time.monotonic()
            with lock:
                open_ += 1
                most = max(most, open_)
            time.sleep(pause)
            left = time.monotonic()
            turn.begun()
            with lock:
                begun.append((taken, left))
            time.sleep(pause)
            with lock:
                open_ -= 1

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, [pauses.random() / 500 for _ in range(25)]))
    begun.sort()
    assert most <= concurrency
    assert len(begun) == 25
    if interval:
        assert all(later[0] - earlier[1] >= interval for earlier, later in pairwise(begun))


def test_a_turn_that_fails_is_given_back() -> None:
    pace = Pace("h", Manners(concurrency=1, interval=0.001), Clock(), stopped=Event(), told=silent)
    for _ in range(3):
        with pytest.raises(KeyError), pace.turn():
            raise KeyError
    with pace.turn():
        assert True


@pytest.mark.parametrize(("concurrency", "interval"), [(1, 0.0), (3, 0.0), (3, 0.02)])
def test_the_server_sees_it(concurrency: int, interval: float) -> None:
    faults = Faults(seed=3, rate=0.3, kinds=("500", "redirect", "cut", "slow"), pause=0.005)
    manners = Manners(concurrency=concurrency, interval=interval, first_wait=0.001)
    with Numbered(faults=faults) as server, Fetcher([server.address], manners, agent=agent(None)) as fetcher:
        with ThreadPoolExecutor(12) as pool:
            asks = [Ask(f"{server.address}/{n}") for n in range(2, 62)]
            bodies = list(pool.map(lambda ask: fetcher.get(ask, whole), asks))
        politeness = server.record.politeness()
    assert len(set(bodies)) == 60
    assert politeness.requests == fetcher.requests > 60
    assert politeness.most_at_once <= concurrency
    assert politeness.agents == (agent(None),)
    began = sorted(one.began for one in server.record.seen)
    assert began[-1] - began[0] >= interval * (len(began) - 1) * 0.95, "each beginning waited for the one before"


class Limited(LoopbackServer):
    """Answers 429 to every fifth request and counts those that come before its wait has passed."""

    def __init__(self, clock: Clock, wait: float) -> None:
        super().__init__()
        self.clock, self.wait = clock, wait
        self.free, self.early, self.count, self.lock = 0.0, 0, 0, Lock()

    def routes(self, *_: object) -> Answer:
        with self.lock:
            self.count += 1
            now = self.clock.monotonic()
            self.early += now < self.free
            if self.count % 5 == 0:
                self.free = now + self.wait
                return Answer(429, {"Retry-After": f"{self.wait:.0f}"})
            return Answer(200, {}, b"x")


def test_what_one_is_told_holds_back_all() -> None:
    clock, told = Clock(), list[str]()
    with Limited(clock, 1.0) as server:
        manners = Manners(concurrency=1, first_wait=0.01)
        with (
            Fetcher([server.address], manners, agent=agent(None), told=told.append) as fetcher,
            ThreadPoolExecutor(6) as pool,
        ):
            assert list(pool.map(lambda n: fetcher.get(Ask(f"{server.address}/{n}"), whole), range(9))) == [b"x"] * 9
    assert server.early == 0
    assert len([line for line in told if line.endswith("asks us to wait 1 s")]) == 2


def test_a_wait_is_waited_once_and_told(fetcher: Callable[..., Fetcher], clock: Quick) -> None:
    told = list[str]()
    with Numbered(faults=Faults(rate=1.0, most=1, kinds=("429",), wait=120)) as server:
        assert fetcher(server.address, told=told.append).get(Ask(f"{server.address}/1"), whole) == b"[0]"
    host = server.address.removeprefix("http://")
    assert clock.slept == [pytest.approx(120, abs=1)]
    assert told == [
        f"{host} asks us to wait 2 min 0 s",
        f"{server.address}/1: attempt 2 of 6: 429 Too Many Requests",
    ]


def test_beyond_our_patience_nobody_asks(fetcher: Callable[..., Fetcher], clock: Quick) -> None:
    with Numbered(faults=Faults(rate=1.0, kinds=("503",), wait=4000)) as server:
        one = fetcher(server.address)
        for _ in range(2):
            with pytest.raises(
                Unavailable, match=r"127.0.0.1:\d+ asks us to wait 1 h 6 min, longer than the 15 min 0 s"
            ):
                one.get(Ask(f"{server.address}/1"), whole)
        assert len(server.record.seen) == 1
    assert clock.slept == []


class Quota(LoopbackServer):
    """Says with every answer that it was the last one for five minutes."""

    def routes(self, *_: object) -> Answer:
        return Answer(200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "300"}, b"x")


def test_a_quota_used_up_holds_the_next_request_only(fetcher: Callable[..., Fetcher], clock: Quick) -> None:
    with Quota() as server:
        one = fetcher(server.address)
        assert one.get(Ask(server.address), whole) == b"x"
        assert clock.slept == []
        assert one.get(Ask(server.address), whole) == b"x"
    assert clock.slept == [pytest.approx(300, abs=1)]


def test_another_host_is_not_held_back(fetcher: Callable[..., Fetcher], clock: Quick) -> None:
    with Numbered(faults=Faults(rate=1.0, kinds=("503",), wait=4000)) as slow, Numbered() as quick:
        one = fetcher(slow.address, quick.address)
        with pytest.raises(Unavailable):
            one.get(Ask(f"{slow.address}/1"), whole)
        assert one.get(Ask(f"{quick.address}/1"), whole) == b"[0]"
    assert clock.slept == []


@pytest.mark.parametrize("waits_for", ["a turn", "the interval", "the host", "the next attempt"])
def test_stopping_wakes_everyone_at_once(waits_for: str) -> None:
    manners = {
        "a turn": Manners(concurrency=1),
        "the interval": Manners(interval=600),
        "the host": Manners(),
        "the next attempt": Manners(first_wait=600, longest_wait=600),
    }[waits_for]
    kinds = {"the host": "429", "the next attempt": "500", "a turn": "slow"}.get(waits_for)
    faults = Faults(rate=1.0 if kinds else 0.0, kinds=(kinds,) if kinds else ("500",), wait=600, pause=1.0)
    ended, gate = list[BaseException](), Barrier(4)
    with Numbered(faults=faults) as server, Fetcher([server.address], manners, agent=agent(None)) as fetcher:

        def ask() -> None:
            gate.wait()
            try:
                while True:
                    fetcher.get(Ask(f"{server.address}/1"), whole)
            except Stopped as error:
                ended.append(error)

        threads = [Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        gate.wait()
        while fetcher.requests == 0:
            Event().wait(0.001)
        before = time.monotonic()
        fetcher.stop()
        for thread in threads:
            thread.join(5)
        assert len(ended) == 3
        assert time.monotonic() - before < 3
        with pytest.raises(Stopped, match="told to stop"):
            fetcher.get(Ask(f"{server.address}/1"), whole)

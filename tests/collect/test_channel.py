"""What waits between two threads is bounded, in number and in bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late

import pytest

from beffroi.collect.channel import HEAVY, Channel
from beffroi.intake import Held


def test_of_heavy_pieces_only_one_waits() -> None:
    heavy, light = Held("a.xml", bytes(HEAVY), "", ""), Held("b.xml", b"", "", "")
    channel = Channel(4)
    with ThreadPoolExecutor(1) as threads:
        assert channel.put(heavy)
        second = threads.submit(channel.put, light)
        with pytest.raises(Late):
            second.result(timeout=0.05)
        came = iter(channel)
        assert next(came) is heavy
        assert second.result(timeout=10)
        channel.close(None)
        assert list(came) == [light]


def test_who_waits_for_room_is_told_that_nobody_listens() -> None:
    channel = Channel(1)
    with ThreadPoolExecutor(1) as threads:
        assert channel.put(Held("a.xml", b"", "", ""))
        second = threads.submit(channel.put, Held("b.xml", b"", "", ""))
        channel.abandon()
        assert second.result(timeout=10) is False

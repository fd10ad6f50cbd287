"""What the tests of fetching share: a fetcher of one server that does not wait."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.fetch import Fetcher, Manners, agent
from tests.fetch.clocks import Quick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def clock() -> Quick:
    return Quick()


@pytest.fixture
def fetcher(clock: Quick) -> Iterator[Callable[..., Fetcher]]:
    """Return a function that makes a fetcher of some origins, with the manners a test is about."""
    with ExitStack() as stack:

        def make(*origins: str, told: Callable[[str], None] = lambda _: None, **manners: Any) -> Fetcher:
            made = Fetcher(origins, Manners(**manners), agent=agent("https://example.org"), clock=clock, told=told)
            return stack.enter_context(made)

        yield make

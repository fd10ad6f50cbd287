"""Single documents fetched side by side, in the order in which they were named.

In: requests. Out: each with its answer, or with the error that says why there is none.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from beffroi.collect.answers import document
from beffroi.errors import FetchError, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from beffroi.fetch import Ask, Fetcher, Response

AHEAD = 4
"""Answers that may wait for their turn, for each request at once."""


def fetched(fetcher: Fetcher, asks: Iterable[Ask]) -> Iterator[tuple[Ask, Response | FetchError]]:
    """Return the answer of each request, in order; as many are under way at once as manners allow."""
    from concurrent.futures import ThreadPoolExecutor

    width = fetcher.manners.concurrency
    flying: deque[tuple[Ask, Future[Response | FetchError]]] = deque()
    with ThreadPoolExecutor(width) as pool:
        for ask in asks:
            flying.append((ask, pool.submit(_answer, fetcher, ask)))
            if len(flying) >= width * AHEAD:
                first, future = flying.popleft()
                yield first, future.result()
        for ask, future in flying:
            yield ask, future.result()


def _answer(fetcher: Fetcher, ask: Ask) -> Response | FetchError:
    """Return what a request brings, or why it brings nothing; raises when the fetcher was stopped."""
    try:
        return fetcher.get(ask, document)
    except Stopped:
        raise
    except FetchError as error:
        return error

"""One notice, with what names it and what it names: its call, corrections, result.

In: a number. Out: the ids of the notices that came, the one asked for first. Nothing is counted as a slice: a day is
complete only where it was asked for as a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.collect import answers
from beffroi.errors import NotThere, UsageError
from beffroi.intake import Held
from beffroi.store.load import load_pieces
from beffroi.store.names import short

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from beffroi.collect.gather import Source
    from beffroi.fetch import Ask, Response
    from beffroi.notices import Notice
    from beffroi.store import Store
    from beffroi.store.load import Prepared

ROUNDS = 3
"""What a notice names is fetched, and what that names in turn: a correction, its call, the call's result."""
MOST = 200
"""Requests for one notice; a procedure that needs more is said to."""


class _Search:
    """Notices being brought, round after round."""

    def __init__(self, store: Store, source: Source) -> None:
        self._store = store
        self._source = source
        self._asked: set[Ask] = set()
        self.found: dict[str, None] = {}

    def bring(self, asks: Iterable[Ask]) -> list[Notice]:
        """Fetch and load what the requests are for; return the notices that came for the first time."""
        before = len(self.found)
        wanted = [one for one in dict.fromkeys(asks) if one not in self._asked]
        load_pieces(self._store.connection, self._store.home, self._held(wanted), jobs=1, told=self._told)
        fresh = list(self.found)[before:]
        return [one for one in map(self._store.notice, fresh) if one is not None]

    def _held(self, asks: list[Ask]) -> Iterator[Held]:
        for first in asks:
            ask: Ask | None = first
            while ask is not None and ask not in self._asked:
                if len(self._asked) >= MOST:
                    raise UsageError(f"more than {MOST} requests for one notice: collect its days instead")
                self._asked.add(ask)
                ask = yield from self._answered(ask)

    def _answered(self, ask: Ask) -> Generator[Held, None, Ask | None]:
        try:
            if ask.what == "document":
                yield self._document(ask, self._source.fetcher.get(ask, answers.document))
                return None
            bulletin = self._source.bulletin
            response, page = self._source.fetcher.get(ask, lambda answer: (answer, answers.page(bulletin, ask, answer)))
        except NotThere:
            return None  # other requests may bring it; the caller says where none did
        if page.holds and page.numbers:
            yield Held(f"{self._source.name}-{len(self._asked)}.json", response.body, response.retrieved, response.url)
        for member in page.members:
            if member not in self._asked:
                self._asked.add(member)
                yield from self._answered(member)
        return page.following

    def _document(self, ask: Ask, response: Response) -> Held:
        return Held(f"{ask.number or 'notice'}.xml", response.body, response.retrieved, ask.url)

    def _told(self, prepared: Prepared) -> None:
        if prepared.record is not None:
            self.found[prepared.record.notice] = None
        elif prepared.about is not None:
            query = "SELECT notice FROM documents WHERE sha256 = ? AND notice IS NOT NULL"
            for (notice,) in self._store.connection.execute(query, (prepared.about.sha256,)):
                self.found[str(notice)] = None


def get(store: Store, source: Source, number: str) -> list[str]:
    """Return the ids of the notice and of those related to it, loaded; none where the bulletin has no such notice."""
    search = _Search(store, source)
    fresh = search.bring(source.bulletin.wanted(number, source.addresses))
    for _ in range(ROUNDS - 1):
        asks = [ask for notice in fresh for ask in source.bulletin.related(notice, source.addresses)]
        fresh = search.bring(asks)
    return sorted(search.found, key=lambda one: short(one.partition(":")[2]) != short(number))

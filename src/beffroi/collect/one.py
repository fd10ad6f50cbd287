"""One notice, with what names it and what it names: its call, corrections, result.

In: a number. Out: the ids of the notices that came, the one asked for first, and what could not be asked. Nothing is
counted as a slice: a day is complete only where it was asked for as a day.

>>> Got(["boamp:20-51423"]).wrong
()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.collect import answers
from beffroi.errors import FetchError, NotThere, Refused, Stopped
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


class Got(NamedTuple):
    """The ids of the notices that came, and a sentence for each request that failed: what came is kept."""

    ids: list[str]
    wrong: tuple[str, ...] = ()


class _Search:
    """Notices being brought, round after round."""

    def __init__(self, store: Store, source: Source) -> None:
        self._store = store
        self._source = source
        self._asked: set[Ask] = set()
        self.found: dict[str, None] = {}
        self.wrong: dict[str, FetchError] = {}

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
                if self._enough():
                    return
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
        except Stopped:
            raise
        except FetchError as error:
            self.wrong[str(error)] = error
            return None
        if page.holds and page.numbers:
            yield Held(f"{self._source.name}-{len(self._asked)}.json", response.body, response.retrieved, response.url)
        for member in page.members:
            if member not in self._asked and not self._enough():
                self._asked.add(member)
                yield from self._answered(member)
        return page.following

    def _enough(self) -> bool:
        """Return whether no more may be asked, and remember to say so."""
        if len(self._asked) < MOST:
            return False
        error = Refused(f"more than {MOST} requests for one notice: the rest was not asked; collect its days instead")
        self.wrong.setdefault(str(error), error)
        return True

    def _document(self, ask: Ask, response: Response) -> Held:
        return Held(f"{ask.number or 'notice'}.xml", response.body, response.retrieved, ask.url)

    def _told(self, prepared: Prepared) -> None:
        if prepared.record is not None:
            self.found[prepared.record.notice] = None
        elif prepared.about is not None:
            query = "SELECT notice FROM documents WHERE sha256 = ? AND notice IS NOT NULL"
            for (notice,) in self._store.connection.execute(query, (prepared.about.sha256,)):
                self.found[str(notice)] = None


def get(store: Store, source: Source, number: str) -> Got:
    """Return the notice and those related to it, loaded; none where the bulletin has no such notice.

    Raises FetchError where nothing could be asked.
    """
    search = _Search(store, source)
    fresh = search.bring(source.bulletin.wanted(number, source.addresses))
    for _ in range(ROUNDS - 1):
        asks = [ask for notice in fresh for ask in source.bulletin.related(notice, source.addresses)]
        fresh = search.bring(asks)
    if search.wrong and not search.found:
        raise next(iter(search.wrong.values()))
    ids = sorted(search.found, key=lambda one: short(one.partition(":")[2]) != short(number))
    return Got(ids, tuple(search.wrong))

"""Many documents on all cores, in input order, within bounded memory.

In: paths. Out: an `Outcome` for each document: its record as a line of JSON, or the error that says why there is none.

Small files travel to the processes as paths, larger ones and members of packages as bytes; a document above 64 MB stays
where it is, for nothing will parse it. A process that dies (out of memory, a fault in a library) takes nothing with it:
what it held is read again, one document at a time, and only the one that kills its reader is refused.

>>> from beffroi.notices import Document
>>> outcome = Read().read(Document.of(b"hello", name="hello.txt"))
>>> outcome.record, outcome.error
(None, NotSupported('hello.txt: no format of this version recognises the document; see `beffroi read --help`'))
"""

from __future__ import annotations

import os
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

import msgspec

from beffroi.batch.workers import cores, workers
from beffroi.errors import BeffroiError, Unreadable
from beffroi.intake import Entry, Held, Refusal, documents_of, pieces
from beffroi.notices import Document, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from pathlib import Path

    from beffroi.formats import Reading
    from beffroi.notices.document import Origin

Piece: TypeAlias = "Entry | Held | Document | Refusal"
"""What is read: something to cut into documents, a document, or why there is none."""

CHUNK_BYTES = 512 * 1024
CHUNK_PIECES = 64
FLIGHT_CHUNKS = 4
"""Chunks in flight for each process: enough that none waits while results are written."""
FLIGHT_BYTES = 64 * 1024 * 1024

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Mark(NamedTuple):
    """A place in the order of the work: it comes out where it went in."""

    value: object


class Outcome(NamedTuple):
    """What one document gave: `record` (one line of JSON, citations included when asked for) or `error`."""

    name: str
    sha256: str | None = None
    record: bytes | None = None
    error: BeffroiError | None = None
    unread: int = 0
    uncited: tuple[str, ...] = ()
    size: int = 0


class Task(Protocol[T_co]):
    """What is done with each document, in any process: it can be pickled."""

    def read(self, document: Document) -> T_co: ...
    def refuse(self, name: str, error: BeffroiError, document: Document | None = None) -> T_co: ...


class Read(msgspec.Struct, frozen=True):
    """The task of `read_all`: a document becomes its record."""

    cite: bool = False

    def read(self, document: Document) -> Outcome:
        """Return the outcome of one document."""
        reading = attempt(document, cite=self.cite)
        if isinstance(reading, BeffroiError):
            return self.refuse(document.about.name, reading, document)
        line = to_json(reading.notice)
        if reading.citations is not None:
            line = line[:-1] + b',"citations":' + msgspec.json.encode(reading.citations) + b"}"
        about = document.about
        outcome = Outcome(about.name, about.sha256, line, unread=len(reading.notice.unread), uncited=reading.uncited)
        return outcome._replace(size=len(document.data))

    def refuse(self, name: str, error: BeffroiError, document: Document | None = None) -> Outcome:
        """Return the outcome of what gave no record."""
        if document is None:
            return Outcome(name, error=error)
        return Outcome(name, document.about.sha256, error=error, size=len(document.data))


def attempt(document: Document, *, cite: bool = False) -> Reading | BeffroiError:
    """Return the reading of a document, or why there is none: whatever happens, the batch goes on."""
    from beffroi.formats import read

    try:
        return read(document, cite=cite)
    except BeffroiError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a fault of ours in one document must not cost the others
        return Unreadable(f"{document.about.name}: our reader failed on it ({fault(error)}); please report this")


def fault(error: Exception) -> str:
    """Return an unforeseen exception and where it was raised, on one line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""  # noqa: PTH119
    return " ".join(f"{type(error).__name__}: {error}{place}".split())


def read_all(
    paths: Sequence[str | Path], *, cite: bool = False, jobs: int | None = None, origin: Origin = "official"
) -> Iterator[Outcome]:
    """Return the outcome of every document of the paths, in order; raises UsageError for a path that does not exist."""
    return spread(pieces(paths, origin=origin), Read(cite=cite), jobs=jobs)


def spread(work: Iterable[Piece], task: Task[T], *, jobs: int | None = None) -> Iterator[T]:
    """Return what the task makes of each piece, in order, on `jobs` processes (default: all cores)."""
    return (one for one in marked(work, task, jobs=jobs) if not isinstance(one, Mark))


def marked(work: Iterable[Piece | Mark], task: Task[T], *, jobs: int | None = None) -> Iterator[T | Mark]:
    """Return what the task makes of each piece, and each mark in its place.

    What fits one chunk is done right here: starting processes would cost more.
    """
    chunks = _chunks(work)
    first = next(chunks, None)
    second = next(chunks, None)
    if first is None:
        return
    count = jobs or cores()
    if second is None or count == 1:
        for chunk in chain((first,), (second,) if second else (), chunks):
            yield from done(task, chunk.pieces)
        return
    with _Pool(task, count) as pool:
        yield from pool.run(chain((first, second), chunks))


def done(task: Task[T], chunk: Iterable[Piece | Mark]) -> Iterator[T | Mark]:
    """Return what the task makes of each piece, in this process."""
    for piece in chunk:
        if isinstance(piece, Document):
            yield task.read(piece)
        elif isinstance(piece, Mark):
            yield piece
        elif isinstance(piece, Refusal):
            yield task.refuse(piece.name, piece.error, piece.document)
        else:
            yield from done(task, documents_of(piece))


def _listed(task: Task[T], chunk: Sequence[Piece | Mark]) -> list[T | Mark]:
    return list(done(task, chunk))


class _Chunk(NamedTuple):
    pieces: list[Piece | Mark]
    weight: int


def _weight(piece: Piece | Mark) -> int:
    if isinstance(piece, Document | Held):
        return len(piece.data)
    if isinstance(piece, Refusal):
        return 0 if piece.document is None else len(piece.document.data)
    return piece.size if isinstance(piece, Entry) else 0


def _chunks(work: Iterable[Piece | Mark]) -> Iterator[_Chunk]:
    """Return the pieces in chunks of some bytes; a chunk is never empty."""
    gathered: list[Piece | Mark] = []
    weight = 0
    for piece in work:
        heavy = _weight(piece)
        if gathered and weight + heavy > CHUNK_BYTES:
            yield _Chunk(gathered, weight)
            gathered, weight = [], 0
        gathered.append(piece)
        weight += heavy
        if len(gathered) == CHUNK_PIECES:
            yield _Chunk(gathered, weight)
            gathered, weight = [], 0
    if gathered:
        yield _Chunk(gathered, weight)


def _landed(future: Future[list[T]] | None) -> bool:
    return future is None or future.done()


class _Pool(Generic[T]):
    """Processes that do a task; when one dies, the others' work is done again, apart from what killed it."""

    def __init__(self, task: Task[T], jobs: int) -> None:
        self._task = task
        self._jobs = jobs
        self._workers: ProcessPoolExecutor = workers(jobs)
        self._single: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Pool[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)
        if self._single is not None:
            self._single.shutdown(wait=False, cancel_futures=True)

    def run(self, chunks: Iterable[_Chunk]) -> Iterator[T | Mark]:
        """Return the results of all chunks, in order.

        They wait for others until too much is in flight; where chunks come slowly, until the next one was sent off.
        """
        flying: deque[tuple[_Chunk, Future[list[T | Mark]] | None]] = deque()
        weight = 0
        for one in chunks:
            flying.append((one, self._submit(one)))
            weight += one.weight
            due = len(flying) > 1 and _landed(flying[0][1])
            while due or self._full(len(flying), weight):
                landed, future = flying.popleft()
                weight -= landed.weight
                yield from self._results(landed, future)
                due = False
        while flying:
            yield from self._results(*flying.popleft())

    def _full(self, flying: int, weight: int) -> bool:
        return flying > 1 and (weight > FLIGHT_BYTES or flying > self._jobs * FLIGHT_CHUNKS)

    def _submit(self, chunk: _Chunk) -> Future[list[T | Mark]] | None:
        """Send a chunk to the processes; None where it is done here because nothing will parse it."""
        from concurrent.futures.process import BrokenProcessPool

        from beffroi.formats.nodes import MAX_BYTES

        if chunk.weight > MAX_BYTES:
            return None
        try:
            return self._workers.submit(_listed, self._task, chunk.pieces)
        except BrokenProcessPool:
            self._workers.shutdown(wait=False)
            self._workers = workers(self._jobs)
            return self._workers.submit(_listed, self._task, chunk.pieces)

    def _results(self, chunk: _Chunk, future: Future[list[T | Mark]] | None) -> Iterator[T | Mark]:
        from concurrent.futures.process import BrokenProcessPool

        if future is None:
            yield from done(self._task, chunk.pieces)
            return
        try:
            results = future.result()
        except BrokenProcessPool:
            yield from self._one_by_one(chunk.pieces)
            return
        yield from results

    def _one_by_one(self, chunk: Iterable[Piece | Mark]) -> Iterator[T | Mark]:
        """Do each document of a chunk alone in a process of its own kind, to know which one kills it."""
        from concurrent.futures.process import BrokenProcessPool

        for piece in chunk:
            if isinstance(piece, Mark):
                yield piece
            elif isinstance(piece, Entry | Held):
                yield from self._one_by_one(documents_of(piece))
            elif isinstance(piece, Refusal):
                yield self._task.refuse(piece.name, piece.error, piece.document)
            else:
                self._single = self._single or workers(1)
                try:
                    yield from self._single.submit(_listed, self._task, [piece]).result()
                except BrokenProcessPool:
                    self._single.shutdown(wait=False)
                    self._single = None
                    name = piece.about.name
                    why = Unreadable(f"{name}: the process reading it died (out of memory?); the others were read")
                    yield self._task.refuse(name, why, piece)

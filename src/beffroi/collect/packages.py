"""The packages of a slice: fetched to disk, opened, counted; those that did not change since are not opened again.

In: requests for packages. Out: their documents; how many, and what the servers said of them for the next time.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from beffroi.collect import answers
from beffroi.errors import NotSupported, NotThere
from beffroi.intake import Refusal, package, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from beffroi.batch import Piece
    from beffroi.fetch import Ask, Fetcher
    from beffroi.notices import Document
from beffroi.store.slices import Place, place

_VALIDATORS = ("etag", "last-modified")

Validators = dict[str, dict[str, str]]
"""By address: what the server said of a package (etag, last-modified), and how many documents it gave."""


class Earlier(NamedTuple):
    """What is known of a slice's packages from the last time it came whole, and how many records it then had."""

    validators: Validators
    received: int


class Packages:
    """The packages of one slice, for one pass or several."""

    def __init__(self, fetcher: Fetcher, home: Path, name: str, earlier: Earlier) -> None:
        self._fetcher, self._folder, self._name = fetcher, home / "downloads", name
        self._earlier = earlier
        self.validators: Validators = {}
        self.begin()

    def begin(self) -> None:
        """Begin a pass: what came is counted anew."""
        self.met = False
        self.places: set[Place] = set()
        self.unchanged = 0
        self.wrong: str | None = None
        """Why a package could not be read whole: its announced total, if there is any, would not tell."""

    def brought(self, ask: Ask) -> Iterator[Piece]:
        """Return the documents of a package; none where it did not change. Raises FetchError."""
        self.met = True
        known = self._earlier.validators.get(ask.url, {})
        if ask.url.startswith("file:"):
            yield from self._file(ask, known)
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            came = self._fetcher.download(ask, self._folder, known=known, check=answers.package)
        except NotThere:
            if ask.otherwise is None:
                raise
            yield from self.brought(ask.otherwise)
            return
        if came is None:
            self._same(ask, known)
            return
        before = len(self.places)
        found = package(came.path, name=self._named(ask), retrieved=came.retrieved, retrieved_from=came.url)
        yield from self._counted(found)
        came.path.unlink()
        said = {name: came.headers[name] for name in _VALIDATORS if name in came.headers}
        if said:
            self.validators[ask.url] = {**said, "documents": str(len(self.places) - before)}

    def _named(self, ask: Ask) -> str:
        """Return a package's name: that of its address, or of its slice where the address ends in no file's name."""
        name = urlsplit(ask.url).path.rpartition("/")[2]
        return name if "." in name else f"{self._name}-{name}" if name else self._name

    def _file(self, ask: Ask, known: dict[str, str]) -> Iterator[Piece]:
        """Give what is in a file that someone else downloaded."""
        path = url2pathname(urlsplit(ask.url).path)
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - one that may not be read must not be taken for one that was
                found = os.fstat(file.fileno())
        except OSError as error:
            raise NotThere(f"{path}: {error.strerror}") from error
        now = {"bytes": str(found.st_size), "changed": str(found.st_mtime_ns)}
        if now == known:
            self._same(ask, known)
            return
        self.validators[ask.url] = now
        for one in pieces([path]):
            if isinstance(one, Refusal):
                self._refused(one)
            yield one

    def _same(self, ask: Ask, known: dict[str, str]) -> None:
        self.validators[ask.url] = known
        self.unchanged += int(known.get("documents", self._earlier.received))

    def _counted(self, found: Iterator[Document | Refusal]) -> Iterator[Piece]:
        first: Refusal | None = None
        count = 0
        for one in found:
            document = one.document if isinstance(one, Refusal) else one
            if document is not None:
                self.places.add(place(document.about))
                count += 1
            if isinstance(one, Refusal):
                first = first or one
                self._refused(one)
            yield one
        if first is not None and not count:  # another thing than a package of notices
            self.wrong = self.wrong or str(first.error)

    def _refused(self, one: Refusal) -> None:
        """Take note of what is lost of a package; what is no document (a README) is not, and a row has its bytes."""
        if one.document is None and not isinstance(one.error, NotSupported):
            self.wrong = self.wrong or str(one.error)

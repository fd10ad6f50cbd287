"""The store as a library: one open home.

In: a home folder. Out: `Store`: notices by any identifier people write, their revisions and documents, loading.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Self

from beffroi.errors import StoreError, UsageError
from beffroi.notices import from_json
from beffroi.store import archive, names
from beffroi.store import load as loading
from beffroi.store import rebuild as rebuilding
from beffroi.store import redact as redaction
from beffroi.store import search as searching
from beffroi.store import stats as figures
from beffroi.store.claims import spelled
from beffroi.store.connection import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from beffroi.notices import Document, Notice
    from beffroi.notices.document import Origin


class Store:
    """An archive and its records. Open with `Store.open`; close, or use as a context."""

    def __init__(self, home: Path, connection: sqlite3.Connection) -> None:
        self.home = home
        self.connection = connection

    @classmethod
    def open(cls, home: Path, *, create: bool = False) -> Store:
        """Return the store of a home; raises UsageError where there is none, StoreError where it cannot be used."""
        return cls(home, connect(home, create=create))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close; raises StoreError in the place of what SQLite says of a full disk or a damaged file."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise StoreError(
                f"{self.home}: {error} (is the disk full, or the file damaged?); what was committed stays"
            ) from error

    def id(self, text: str) -> str | None:
        """Return the id of the notice a person means by `20-51423`, `boamp:20-51423`, `2020/S 074-175835`, or None.

        Raises UsageError where notices of several bulletins bear the number and none is named.
        """
        exact = self.connection.execute("SELECT id FROM notices WHERE id = ?", (text.strip(),)).fetchone()
        if exact is not None:
            return str(exact[0])
        source, short = names.asked(text)
        rows = self.connection.execute("SELECT id, source FROM notices WHERE short = ? ORDER BY id", (short,))
        found = [one for one, of in rows if source in (None, of)]
        if len(found) > 1:
            raise UsageError(f"{text} may be {' or '.join(found)}: say which")
        return found[0] if found else None

    def notice(self, text: str) -> Notice | None:
        """Return the latest revision of a notice, or None where the archive has none of that number."""
        found = self.id(text)
        if found is None:
            return None
        row = self.connection.execute(
            "SELECT record FROM revisions WHERE notice = ? ORDER BY revision DESC LIMIT 1", (found,)
        ).fetchone()
        return from_json(row[0])

    def revisions(self, text: str) -> tuple[Notice, ...]:
        """Return every revision of a notice, the first one first."""
        query = "SELECT record FROM revisions WHERE notice = ? ORDER BY revision"
        return tuple(from_json(row[0]) for row in self.connection.execute(query, (self.id(text),)))

    def same_notice(self, text: str) -> tuple[str, ...]:
        """Return the ids of all publications of one notice, this one included; none where the archive has it not."""
        return self._group("same_notice", self.id(text))

    def procedure(self, text: str) -> tuple[Notice, ...]:
        """Return the notices of a notice's procedure, this one included, in the order of their dates.

        A number under which a notice it holds is published elsewhere finds that notice.
        """
        found = self.id(text) or self._published_as(text)
        notices = (self.notice(one) for one in self._group("procedure", found))
        return tuple(sorted((one for one in notices if one is not None), key=lambda one: (one.published or "", one.id)))

    def process(self, ocid: str) -> tuple[Notice, ...]:
        """Return the OCDS notices of a contracting process (`ocds-h6vhtk-0fffff`), in the order of their ids."""
        first = f"ocds:{ocid.strip().removeprefix('ocds:')}:"
        query = "SELECT id FROM notices WHERE id >= ? AND id < ? ORDER BY id"
        rows = self.connection.execute(query, (first, first[:-1] + ";")).fetchall()
        return tuple(one for one in (self.notice(row[0]) for row in rows) if one is not None)

    def kin(self, text: str) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
        """Return the other publications of a notice, and the other notices of its procedure, in the order of dates."""
        same = set(self.same_notice(text))
        others = [one for one in self.procedure(text) if one.id != self.id(text)]
        return tuple(one for one in others if one.id in same), tuple(one for one in others if one.id not in same)

    def _published_as(self, text: str) -> str | None:
        source, short = names.asked(text)
        nodes = [one for one in (spelled(f"{of}:{short}") for of in ([source] if source else ["boamp", "ted"])) if one]
        query = "SELECT min(notice) FROM names WHERE how = 'own' AND node IN (SELECT value FROM json_each(?))"
        found: str | None = self.connection.execute(query, (json.dumps(nodes),)).fetchone()[0]
        return found

    def _group(self, column: str, notice: str | None) -> tuple[str, ...]:
        query = (
            "SELECT near.notice FROM groups mine JOIN groups near ON near.cluster = mine.cluster"  # noqa: S608 - ours
            f" AND near.{column} = mine.{column} WHERE mine.notice = ? ORDER BY near.notice"
        )
        return tuple(row[0] for row in self.connection.execute(query, (notice,)))

    def notices(self) -> Iterator[Notice]:
        """Return the latest revision of every notice, in the order of their ids."""
        query = (
            "SELECT record FROM notices n JOIN revisions r ON r.notice = n.id AND r.revision = n.revision ORDER BY n.id"
        )
        return (from_json(row[0]) for row in self.connection.execute(query))

    def __len__(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM notices").fetchone()[0])

    def document(self, sha256: str) -> Document:
        """Return a document; raises UsageError where it is unknown or redacted, StoreError where it is damaged."""
        return archive.get(self.connection, sha256)

    def documents(self, text: str) -> tuple[str, ...]:
        """Return the SHA-256 of every document of a notice, in order of arrival."""
        query = "SELECT sha256 FROM documents WHERE notice = ? ORDER BY arrival"
        return tuple(row[0] for row in self.connection.execute(query, (self.id(text),)))

    def load(
        self,
        paths: Sequence[str | Path],
        *,
        origin: Origin = "official",
        jobs: int | None = None,
        told: Callable[[loading.Prepared], None] = lambda _: None,
    ) -> loading.Report:
        """Archive and store the documents of the paths; see `beffroi.store.load`."""
        return loading.load(self.connection, self.home, paths, origin=origin, jobs=jobs, told=told)

    def rebuild(
        self, *, jobs: int | None = None, told: Callable[[loading.Prepared], None] = lambda _: None
    ) -> rebuilding.Rebuilt:
        """Make the records and tables anew from the archive; see `beffroi.store.rebuild`."""
        return rebuilding.rebuild(self.connection, jobs=jobs, told=told)

    def verify(self) -> Iterator[archive.Damage | None]:
        """Re-hash every document: None for each that is sound, else what is wrong with it."""
        return archive.verify(self.connection)

    def redact(self, text: str, *, reason: str, date: str) -> list[redaction.Redacted]:
        """Remove the bytes of a document (its SHA-256) or of all documents of a notice; see `beffroi.store.redact`."""
        digests = (text,) if redaction.is_digest(text) else self.documents(text)
        if not digests:
            raise UsageError(f"{text}: neither a notice nor the SHA-256 of a document of this archive")
        return redaction.redact(self.connection, digests, reason=reason, date=date)

    def search(self, words: str, *, limit: int = 20) -> list[searching.Hit]:
        """Return the notices that hold every word, the best first; see `beffroi.store.search`."""
        return searching.search(self.connection, words, limit)

    def stats(self) -> figures.Stats:
        """Return what the archive holds, in figures."""
        return figures.stats(self.connection)

"""What one pass over an eForms tree gathers, before references between its parts are resolved.

In: nothing. Out: `Gathered` (the notice) and `Section` (a lot, a tender, a result … being read), filled by handlers.

>>> section = Section(Gathered({}, "fr"), {}, "LOT-0001")
>>> section.id, section.notice.language
('LOT-0001', 'fr')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.formats.eforms.names import language_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


Said = tuple["str | None", str, str, "Element"]
"""One text in one language: the section's id (None for the notice), its field or BT id, the text, its element."""


class Due(NamedTuple):
    """One moment by which an answer is due (BT-131, BT-1311, BT-630), and where it is written."""

    kind: str
    moment: str
    places: tuple[Element, ...]


class Pointer(NamedTuple):
    """An identifier of another part of the notice (ORG-0001, TEN-0002), and where it is written."""

    id: str
    element: Element


class Money(NamedTuple):
    """A sum whose kind or place is known only once references are resolved."""

    kind: str
    element: Element


class Section:
    """One part of the notice being read: its draft, its id, and what it points to."""

    __slots__ = ("draft", "due", "id", "money", "notice", "pointers", "spoken")

    def __init__(self, notice: Gathered, draft: Draft, identifier: str | None = None) -> None:
        self.notice = notice
        self.draft = draft
        self.id = identifier
        self.spoken: dict[str, tuple[str, Element]] = {}
        self.pointers: dict[str, list[Pointer]] = {}
        self.money: list[Money] = []
        self.due: list[Due] = []


class Company:
    """An organisation of the notice (BT-500 and kin): values with their places, copied into each of its roles."""

    __slots__ = ("central", "fields", "ids", "leads", "names", "used")

    def __init__(self) -> None:
        self.fields: dict[str, tuple[str, Element]] = {}
        self.ids: list[tuple[str, str, Element]] = []
        self.names: list[Element] = []
        self.leads = False
        self.central = False
        self.used = False


class Gathered:
    """The notice being read: its draft, its language, and its parts by id until they are resolved.

    `said` holds the texts of each language, `voices` the same by languageID as written, and whether it is the original.
    """

    def __init__(self, draft: Draft, language: str | None, unstated: Collection[str] = ()) -> None:
        self.draft = draft
        self.language = language
        self.unstated = unstated
        self.clauses: list[Draft] = []
        self.said: dict[str, list[Said]] = {}
        self.voices: dict[str | None, tuple[list[Said], bool]] = {}
        self.masked: list[Element] = []
        self.companies: dict[str, Company] = {}
        self.points: dict[str, str] = {}
        self.buyers: list[Section] = []
        self.bodies: list[tuple[str, Pointer]] = []
        self.roles: list[tuple[str, Pointer]] = []
        self.results: list[Section] = []
        self.tenders: dict[str, Section] = {}
        self.parties: dict[str, Section] = {}
        self.contracts: dict[str, Section] = {}
        self.due: list[Due] = []
        self.techniques: list[tuple[str, str, Element]] = []
        self.flags: dict[str, list[tuple[bool, Element]]] = {}
        self.modifies = False
        self.cancelled: Element | None = None
        self.award_date: tuple[str, Element] | None = None
        self.number: tuple[str, Element] | None = None
        self.subtype: tuple[str, Element] | None = None

    def voice(self, written: str | None) -> tuple[list[Said], bool]:
        """Return the texts of a language as written (FRA; absent: the notice's own), and whether it is the original."""
        language = language_of(written) if written else self.language or ""
        if self.language is None:
            self.language = language
        found = self.said.setdefault(language, []), language == self.language
        self.voices[written] = found
        return found

    def forget(self) -> None:
        """Let go of the parts, which point back here: the tree is freed at once, not by the next garbage collection."""
        for parts in (self.tenders, self.parties, self.contracts):
            parts.clear()
        self.buyers.clear()
        self.results.clear()

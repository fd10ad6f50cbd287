r"""What a collection brought, as facts and as one line for people.

In: the slices asked for, as they ended. Out: `Brought`, and its line in French or English: which days are whole, what
came of what was announced, what of it is new, how long it took. Where a source announces no total the line says so.

>>> Brought("boamp", "2026-09-01", "2026-09-02", days=2, whole=1, slices=2, announced=9, received=8).line("en")
'boamp, 2026-09-01 to 2026-09-02: 1 of 2 days whole; 8 notices received of 9 announced: 0 new; 0 s'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from beffroi.fetch.waits import spoken
from beffroi.store.load import Report

if TYPE_CHECKING:
    from beffroi.store.slices import Row

Lang = Literal["fr", "en"]


class Step(NamedTuple):
    """Where a collection stands: the slice of so many that has begun, its days, what the source announces of it."""

    number: int
    of: int
    since: str = ""
    until: str = ""
    announced: int | None = None


class Brought(msgspec.Struct):
    """What a collection brought.

    `days` of the window were meant, `whole` of them came whole, now or before (none are counted of a source whose
    address is given). `slices` were asked for: `complete`, `short`, `failed`, or `open` where the collection was
    interrupted; those that were whole already (`settled`) are not asked for again, those `left` were not reached.
    `announced` and `received` count records of the slices asked for; where no total was announced, what came counts as
    announced, and is in `unannounced` too. `wrong` holds a sentence for each slice that is not complete, `loaded` is
    what the load did.
    """

    source: str
    since: str = ""
    until: str = ""
    slices: int = 0
    settled: int = 0
    complete: int = 0
    short: int = 0
    failed: int = 0
    open: int = 0
    requests: int = 0
    announced: int = 0
    received: int = 0
    wrong: list[str] = []
    loaded: Report = msgspec.field(default_factory=Report)
    days: int = 0
    whole: int = 0
    left: int = 0
    unannounced: int = 0
    seconds: float = 0.0

    def add(self, one: Row) -> bool:
        """Count a slice as it stands; return whether it is whole."""
        self.slices += 1
        setattr(self, one.state, getattr(self, one.state) + 1)
        self.announced += one.received if one.announced is None else one.announced
        self.unannounced += one.received if one.announced is None else 0
        self.received += one.received
        if one.why is not None:
            self.wrong.append(f"{one.source} {one.key}: {one.state}: {one.why}")
        return one.state == "complete"

    def line(self, lang: Lang) -> str:
        """Return the summary on one line."""
        say = _Words(lang)
        told = [f"{self._where(lang)}{say('colon')} {self._whole(say)}"]
        if not self.slices:
            told.append(say("before" if self.settled and not self.left else "unreached"))
            return say("next").join(told)
        told.append(self._came(say))
        if self.loaded.without_record:
            told.append(say("unusable", self.loaded.without_record))
        if self.loaded.unread:
            told.append(say("unread", self.loaded.unread))
        return say("next").join((*told, spoken(round(self.seconds))))

    def _where(self, lang: Lang) -> str:
        if not self.days:
            return self.source
        if self.since == self.until:
            return f"{self.source}, {self.since}"
        return f"{self.source}, " + (
            f"{self.since} to {self.until}" if lang == "en" else f"du {self.since} au {self.until}"
        )

    def _whole(self, say: _Words) -> str:
        if self.days:
            return say("days", self.whole, say.figure(self.days))
        parts = self.slices + self.settled + self.left
        return say("parts", self.complete + self.settled, say.figure(parts))

    def _came(self, say: _Words) -> str:
        if not self.received and not self.announced:
            return say("nothing")
        came = say("received", self.received)
        if self.received > self.unannounced or self.announced > self.received:
            came += say("announced", self.announced)
        if self.unannounced:
            came += say("unannounced" if self.unannounced == self.received else "partly")
        known = self.loaded.unchanged + self.loaded.further
        rest = (("changed", self.loaded.revisions), ("known", known), ("duplicates", self.loaded.duplicates))
        return came + say("colon") + " " + ", ".join([say("new", self.loaded.new), *(say(*x) for x in rest if x[1])])


class _Words:
    """Phrases of one language, with their figures; `|` parts singular and plural."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def figure(self, count: int) -> str:
        return f"{count:,}" if self._lang == "en" else f"{count:,}".replace(",", "\u202f")

    def __call__(self, key: str, count: int = 0, of: str = "") -> str:
        one, _, many = _PHRASES[key][self._lang == "en"].partition("|")
        single = count == 1 if self._lang == "en" else count < 2  # noqa: PLR2004 - 0 is singular in French
        return (one if single or not many else many).format(self.figure(count), of)


_PHRASES = {
    "colon": ("\u00a0:", ":"),
    "next": ("\u00a0; ", "; "),
    "days": ("{0} jour sur {1} au complet|{0} jours sur {1} au complet", "{0} of {1} days whole"),
    "parts": ("{0} partie sur {1} au complet|{0} parties sur {1} au complet", "{0} of {1} parts whole"),
    "before": ("tout était déjà collecté, rien n'est redemandé", "all collected before, nothing new asked for"),
    "unreached": ("rien n'a pu être demandé", "nothing could be asked for"),
    "nothing": ("rien n'est venu", "it brought nothing"),
    "received": ("{0} avis reçu|{0} avis reçus", "{0} notice received|{0} notices received"),
    "announced": (" sur {0} annoncé| sur {0} annoncés", " of {0} announced"),
    "unannounced": (" (la source n'annonce aucun total)", " (the source announces no total)"),
    "partly": (" (la source n'annonce pas tous ses totaux)", " (the source does not announce every total)"),
    "new": ("{0} nouveau|{0} nouveaux", "{0} new"),
    "changed": ("{0} modifié|{0} modifiés", "{0} changed"),
    "known": ("{0} déjà connu|{0} déjà connus", "{0} known before"),
    "duplicates": (
        "{0} doublon (même contrat, autre plateforme)|{0} doublons (même contrat, autre plateforme)",
        "{0} duplicate (same contract, another platform)|{0} duplicates (same contract, another platform)",
    ),
    "unusable": (
        "{0} document archivé mais illisible|{0} documents archivés mais illisibles",
        "{0} document archived but not readable|{0} documents archived but not readable",
    ),
    "unread": ("{0} passage non interprété|{0} passages non interprétés", "{0} unread passage|{0} unread passages"),
}

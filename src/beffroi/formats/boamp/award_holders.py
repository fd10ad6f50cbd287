"""Who holds an award, in the words of a free text: each way of naming a holder, tried in order.

In: a passage of the text, and the names the open data lists. Out: holders as places in the text.

A label ("Titulaire :") or a verb ("attribué à") names holders; else an identifier in brackets follows a name; else a
name the open data lists stands in the passage; else one line is a name and an address. Two ways of one kind that name
different holders name none.

>>> from beffroi.formats.boamp.award_passages import Passage
>>> passage = Passage((), 0, 0, 76)
>>> text = "Attribué au groupement solidaire : ALPHA BTP (mandataire) / BETA SARL / GAMMA"
>>> found, group, _ = holders(text, passage._replace(end=len(text)), ())
>>> [text[slice(*one.name)] for one in found], group, found[0].leads
(['ALPHA BTP', 'BETA SARL', 'GAMMA'], True, True)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from beffroi.formats.boamp import figures
from beffroi.formats.boamp.award_names import ADDRESS, LEGAL_FORM, LETTERS, LOT_NUMBER, PUBLIC, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.formats.boamp.award_passages import Passage, Place


class Holder(NamedTuple):
    """A holder: its name, its identifier, its town, whether it leads its group."""

    name: Place
    number: Place | None = None
    postcode: Place | None = None
    city: Place | None = None
    leads: bool = False


_NAMED = re.compile(
    r"\b(?:nom\s+(?:et\s+adresse\s+)?(?:du|de\s+l['’])\s*)?(?:titulaires?|attributaires?|adjudicataires?|prestataires?\s+retenus?"
    r"|(?:entreprise|soci[ée]t[ée])s?\s+(?:retenue|attributaire|titulaire)s?|candidats?\s+retenus?)(?:\s*\(s\))?"
    r"(?:\s+(?:du\s+march[ée]|retenus?|de\s+l['’]accord-cadre))?\s*(?::|\s-\s|(?=\s+(?-i:[A-ZÀ-Ý])))\s*",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:attribu|notifi|confi|d[ée]volu|adjug)(?:[ée]e?s?|es?)?\s+(?:(?:le\s+)?(?P<date>[^àÀ\n]{6,40}?)\s+)?(?:à|au)\s+"
    r"(?:\d+\s+entreprises?(?:\s*\(s\))?\s*(?:-|:)\s*)?",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:l['’]\s*entreprise|la\s+soci[ée]t[ée]|l['’]\s*op[ée]rateur|le\s+cabinet|le\s+bureau\s+d['’][ée]tudes|les\s+entreprises|"
    r"entreprise|soci[ée]t[ée])\s*:?\s+|(?:la|le|l['’])\s*(?=(?:SARL|SASU?|EURL|SA|SCOP|SCI|SNC|Ets)\b)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:le\s+)?groupement\s+(?:(?:momentan[ée]|conjoint|solidaire|d['’]entreprises)\s+)*:?\s*", re.IGNORECASE
)
_LEADS = re.compile(r"\s*\(\s*(?:mandataire|mand\.?)[^)]*\)|\s*,?\s*mandataire(?:\s+du\s+groupement)?\b", re.IGNORECASE)
_END = re.compile(
    r"\n|;|<|\s[-–—]\s|\(|,|(?<!\.[A-Z])(?<!\b[A-Z])\.(?:\s|$)|\s/\s|\s(?:situ[ée]|sis|domicili|dont\s+le\s+si[èe]ge|pour|au\s+prix|notifi|montant|siret|siren|"
    r"mandataire\b|t[ée]l\b|t[ée]l[ée]phone|e?-?mail\b|courriel|sous\s+le|moyennant|avec|en\s+groupement|\d{5}\s)|\s(?:le|du)\s+\d|\s\d{1,2}/\d{1,2}/|\s*:",
    re.IGNORECASE,
)
_END_IN_GROUP = re.compile(_END.pattern + r"|\s(?:et|&|\+)\s+(?=(?-i:[A-ZÀ-Ý]))", re.IGNORECASE)
_SIRET = re.compile(
    r"\s*(?:[(,\-–]\s*)*(?:(?:n°\s*)?(?:siret|siren)\s*(?:n°)?\s*:?\s*)?"
    r"(?P<id>\d{14}|\d{3} \d{3} \d{3} \d{5}|\d{9}|\d{3} \d{3} \d{3})(?!\s?\d)\s*\)?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\(\s*(?:siret\s*:?\s*)?(?P<id>\d{14}|\d{3} \d{3} \d{3} \d{5})\s*\)", re.IGNORECASE)
_TOWN = (
    r"(?P<postcode>\d{5})\s+(?P<city>(?-i:[A-ZÀ-Ý])[A-Za-zÀ-ÿ'’\- ]*?)"
    r"(?=\s*(?:$|\n|,|;|\.|\(|\s[-–—]\s|\s(?:pour|notifi\w*|montants?|au|siret|siren)\b))"
)
_SEATED = re.compile(
    rf"\s*(?:,\s*)?(?:situ[ée]e?|sise?|domicili[ée]e?)\s+(?:à|au|:)?\s*[^\n;:]{{0,60}}?{_TOWN}", re.IGNORECASE
)
_LINE = re.compile(rf"(?:^|\n)[ \t\-•]*(?P<name>[^,\n:]{{2,100}}?)\s*,(?:[^\n:]*?[,\s])?{_TOWN}", re.MULTILINE)
_AT_TOWN = re.compile(rf"\s*(?:,|\s[-–—])\s*{_TOWN}", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:siret|siren)\s*(?:n°)?\s*:?\s*(?P<id>\d{3}\s?\d{3}\s?\d{3}(?:\s?\d{5})?)(?!\s?\d)", re.IGNORECASE
)


def holders(text: str, passage: Passage, known: Iterable[str]) -> tuple[list[Holder], bool, list[Place]]:
    """Return the holders a passage names, whether they are a group, and the words that say so."""
    part = text[: passage.end]
    for pattern in (_NAMED, _GIVEN):
        labels = [one for one in pattern.finditer(part, passage.body) if _labels(part, one)]
        if len(labels) > _MOST:
            return [], False, []
        if labels:
            return _labelled(part, passage, labels)
    for way in (_bracketed, _known, _seated, _on_a_line, _at_a_town):
        found = way(part, passage, known)
        if any(PUBLIC.match(part, one.name[0]) for one in found):
            return [], False, []
        if len(found) > 1 and not passage.lots and LOT_NUMBER.search(part, passage.body):
            return [], False, []
        if found:
            return _identified(part, passage, found), False, []
    return [], False, []


def _labels(text: str, found: re.Match[str]) -> bool:
    """Return whether a label names what follows it: by a sign, or because it begins its line."""
    if not LETTERS.search(text[found.end() : found.end() + 40].split("\n", maxsplit=1)[0]):
        return False
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return found.re is _GIVEN or found[0].rstrip()[-1:] in (":", "-") or not line.strip(" -–—•*\t")


def _labelled(text: str, passage: Passage, labels: list[re.Match[str]]) -> tuple[list[Holder], bool, list[Place]]:
    """Return the holders that labels name: those of one label, or of several that name the same one."""
    read = [_from(text, one.end(), [one.span()]) for one in labels]
    found, group, used = read[0]
    names = {tuple(text[slice(*one.name)].casefold() for one in several) for several, _, _ in read if several}
    if len(names) > 1 or any(_more(text, one, several) for one, (several, _, _) in zip(labels, read, strict=True)):
        return [], False, []
    used = [place for *_, places in read for place in places] if found else []
    return _identified(text, passage, found), group, used


def _more(text: str, label: re.Match[str], found: list[Holder]) -> bool:
    """Return whether a label in the plural names more holders than were read, in a list of another kind."""
    if len(found) != 1 or not _PLURAL.search(label[0]):
        return False
    after = text[found[0].name[1] :]
    return bool(re.match(r"\s*(?:,|et\b|&)\s*[A-ZÀ-Ý]", after)) or ("\n" in label[0] and bool(_MORE.match(after)))


_PLURAL = re.compile(r"\b(?:titulaires|attributaires|adjudicataires|entreprises|soci[ée]t[ée]s)\b", re.IGNORECASE)
_MORE = re.compile(r"[^\n]*\n[^\S\n]*[A-ZÀ-Ý][^\n:\d]*(?:\n|$)")


def _identified(text: str, passage: Passage, found: list[Holder]) -> list[Holder]:
    """Return the holders, the only one with the only identifier the passage labels."""
    numbers = list(_NUMBERED.finditer(text, passage.body))
    if len(found) == 1 and found[0].number is None and len(numbers) == 1:
        return [found[0]._replace(number=numbers[0].span("id"))]
    return found


def _from(text: str, at: int, used: list[Place]) -> tuple[list[Holder], bool, list[Place]]:
    """Return the holder or group named from a place on."""
    group = _GROUP.match(text, at)
    if group:
        used.append(group.span())
        at = group.end()
    below = text[:at].rstrip(" \t")[-1:] == "\n" and text[at : at + 1] in _BULLETS
    listed = _LISTED_BELOW if below else _LISTED
    found: list[Holder] = []
    while len(found) < _MOST:
        form = _FORM.match(text, at)
        at = form.end() if form else at
        holder, after, words = _one(text, at, group=group is not None)
        if holder is None:
            break
        found.append(holder)
        used += words
        joint = _JOINT.match(text, after) if group or holder.leads else listed.match(text, after)
        if joint is None:
            break
        used.append(joint.span())
        at = joint.end()
    return found, group is not None or any(one.leads for one in found), used


_MOST = 30
"""Holders one passage names; with more labels it is no passage of one award."""
_JOINT = re.compile(r"\s*(?:/|\+|;|,|\s-\s|\bet\b|&)\s*(?=[A-ZÀ-Ý])")
_LISTED = re.compile(r"\s*(?:;|/)\s*(?=[A-ZÀ-Ý])")
_LISTED_BELOW = re.compile(r"[^\S\n]*[;,]?[^\S\n]*\n[ \t]*[-–—•*][ \t]*(?=[A-ZÀ-Ý])")
_BULLETS = frozenset("-–—•*")


def _one(text: str, at: int, *, group: bool) -> tuple[Holder | None, int, list[Place]]:
    """Return one holder, where its words end, and the places they take; in a group "et" separates names."""
    stop = (_END_IN_GROUP if group else _END).search(text, at)
    end = stop.start() if stop else len(text)
    name = trimmed(text, at, end)
    if name is None:
        return None, at, []
    leads = _LEADS.match(text, end)
    return _holder(text, name, leads.end() if leads else end, leads=leads is not None)


def _holder(text: str, name: Place, after: int, *, leads: bool) -> tuple[Holder, int, list[Place]]:
    used: list[Place] = [(name[0], after)]
    number = _SIRET.match(text, after)
    seat = _SEATED.match(text, number.end() if number else after)
    for one in (number, seat):
        if one:
            used.append(one.span())
            after = one.end()
    return (
        Holder(
            name,
            number.span("id") if number else None,
            seat.span("postcode") if seat else None,
            seat.span("city") if seat else None,
            leads,
        ),
        after,
        used,
    )


def _bracketed(text: str, passage: Passage, known: Iterable[str]) -> list[Holder]:
    """Return the holders whose identifier stands in brackets after their name: "… - NAME (98999000000014)"."""
    found = []
    at = passage.body
    for one in _BRACKETED.finditer(text, passage.body):
        start = _start_of_name(text, at, one.start(), known)
        name = trimmed(text, start, one.start())
        if name:
            found.append(Holder(name, one.span("id")))
        at = one.end()
    return found


def _start_of_name(text: str, at: int, end: int, known: Iterable[str]) -> int:
    """Return where the name before a bracket starts: where the open data says, else after the last sign before it."""
    before = text[at:end].rstrip().casefold()
    for name in known:
        if name and before.endswith(name.casefold()):
            return at + len(before) - len(name)
    signs = list(re.finditer(r"\n|\s[-–—]\s+|:\s|;\s|,\s|\)\s", text[at:end]))
    return at + (signs[-1].end() if signs else 0)


def _seated(text: str, passage: Passage, known: Iterable[str]) -> list[Holder]:
    """Return the holder whose seat follows its name: "DURAND SAS situé à 38000 GRENOBLE"."""
    seats = list(_SEATED.finditer(text, passage.body))
    if len(seats) != 1:
        return []
    start = _start_of_name(text, passage.body, seats[0].start(), known)
    name = trimmed(text, start, seats[0].start())
    return [Holder(name, None, seats[0].span("postcode"), seats[0].span("city"))] if name else []


def _at_a_town(text: str, passage: Passage, known: Iterable[str]) -> list[Holder]:
    """Return the only holder followed by a postcode and a town: "Démolition : DEMO TP - 12 rue X - 69800 SAINT PRIEST".

    After a dash, which separates a title as well, only a name with a legal form is one.
    """
    del known
    towns = list(_AT_TOWN.finditer(text, passage.body))
    if len(towns) != 1:
        return []
    begin = max(passage.body, text.rfind("\n", 0, towns[0].start()) + 1)
    end = towns[0].start()
    for sign in [*reversed(list(_SIGNS.finditer(text, begin, end))), None]:
        start = sign.end() if sign else begin
        name = trimmed(text, start, end)
        if name and not ADDRESS.match(text, name[0]):
            certain = sign is None or sign[0].strip() == ":" or LEGAL_FORM.search(text[slice(*name)])
            return [Holder(name, None, towns[0].span("postcode"), towns[0].span("city"))] if certain else []
        end = sign.start() if sign else end
    return []


_SIGNS = re.compile(r"\s[-–—]\s+|\s*:\s|;\s|,\s|\)\s")


def _known(text: str, passage: Passage, known: Iterable[str]) -> list[Holder]:
    """Return the holders the open data names that the passage names as well, each once."""
    found = []
    for name in known:
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        places = [one.span() for one in pattern.finditer(text, passage.body, passage.end)]
        if len(places) == 1:
            found.append(_holder(text, places[0], places[0][1], leads=False)[0])
    return found


def _on_a_line(text: str, passage: Passage, known: Iterable[str]) -> list[Holder]:
    """Return the holder of a line that is a name and an address with its postcode."""
    del known
    lines = [one for one in _LINE.finditer(text, passage.body) if not figures.sums(one[0])]
    if len(lines) != 1:
        return []
    name = trimmed(text, *lines[0].span("name"))
    return [Holder(name, None, lines[0].span("postcode"), lines[0].span("city"))] if name else []

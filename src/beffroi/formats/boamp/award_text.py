"""Awards a national form tells in one free text: one award for each lot, what remains unsaid reported.

In: attributionMarche. Out: awards, each value cited by its place in the text; passages that no rule reads stay unread
with their exact place, for a wrong holder or sum is worse than none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.award_passages import passages
from beffroi.formats.boamp.award_words import leftovers, tell
from beffroi.formats.boamp.frame import RESOLVED, Frame, add, leave_part
from beffroi.formats.boamp.organizations import scheme
from beffroi.formats.boamp.outcomes import outcome
from beffroi.formats.boamp.typography import cleaned, mapped
from beffroi.formats.cursor import Span

if TYPE_CHECKING:
    from beffroi.formats.boamp.award_holders import Holder
    from beffroi.formats.boamp.award_passages import Place
    from beffroi.formats.boamp.award_words import Priced, Told
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

WHY = "no rule reads these words of an award"


class _Text:
    """The text of an award notice: cleaned, with the place of each of its characters in the element."""

    def __init__(self, cursor: Cursor, element: Element) -> None:
        self.cursor = cursor
        self.element = element
        self.text, self._places = mapped(element.text or "")

    def span(self, place: Place) -> Span:
        return Span(self.element, self._places[place[0]], self._places[place[1]])

    def put(self, draft: Draft, field: str, place: Place, value: object = None) -> None:
        """Set a field to the words at a place, or to a value read from them, and cite it."""
        words = " ".join(self.text[slice(*place)].split())
        if not field.endswith("]"):
            draft[field] = words if value is None else value
        span = self.span(place)
        written = (self.element.text or "")[span.start : span.end] == self.text[slice(*place)]
        rule = "read from the words of the award" if value is not None and value != words else None
        self.cursor.cite(draft, field, span, rule=rule or (None if written else RESOLVED))


def read_award_text(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read the free text of an award notice."""
    if not cursor.value(element):
        return
    text = _Text(cursor, element)
    known = _known(cursor.root)
    told = [tell(text.text, passage, known) for passage in passages(text.text)]
    spoken = [one for one in told if one.holders or one.nothing or one.passage.lots]
    if not spoken:
        cursor.leave(element, WHY)
        return
    _general(text, spoken, frame)
    for one in told:
        if one in spoken:
            add(frame.sheet.notice, "awards", _award(text, one, len(frame.sheet.notice.get("awards", ())) + 1))
            _rest(text, one)
        else:
            _rest(text, one, whole=True)


def _general(text: _Text, told: list[Told], frame: Frame) -> None:
    """Keep a number of tenders that only the last of several passages states, on a line of its own: it is of no lot."""
    last = told[-1]
    if len(told) == 1 or last.tenders is None or any(one.tenders for one in told[:-1]):
        return
    start = text.text.rfind("\n", 0, last.tenders[0]) + 1
    if start <= last.passage.body:
        return
    line = (start, last.tenders[1])
    clause: Draft = {"place": text.element.tag}
    text.cursor.anchor(clause, text.element, "a line of the text that belongs to no lot")
    text.put(clause, "text", line)
    add(frame.sheet.notice, "clauses", clause)
    last.tenders = None


def _known(root: Element | None) -> list[str]:
    """Return the names the open data lists as holders, the longest first; placeholders are none."""
    fields = () if root is None else root
    names = [cleaned(one.text or "").strip().split("\n")[0].strip() for one in fields if one.tag == "titulaire"]
    return sorted({name for name in names if len(name) > 2 and not outcome(name)}, key=lambda name: (-len(name), name))  # noqa: PLR2004


def _award(text: _Text, told: Told, rank: int) -> Draft:
    award: Draft = {"id": str(rank)}
    text.cursor.anchor(award, text.element, "one passage of the text is one award")
    for index, (name, place) in enumerate(told.passage.lots):
        add(award, "lot_ids", name)
        text.put(award, f"lot_ids[{index}]", place, name)
    if told.title:
        text.put(award, "title", told.title)
    if told.contract:
        add(award, "contracts", text.text[slice(*told.contract)])
        text.put(award, "contracts[0]", told.contract)
    if told.tenders:
        text.put(award, "tenders_received", told.tenders, int(text.text[slice(*told.tenders)]))
    for field in ("decided", "concluded"):
        day = getattr(told, field)
        if day:
            text.put(award, field, (day.start, day.end), day.iso[:10])
    _status(text, told, award)
    for priced in told.sums:
        add(award, "amounts", _amount(text, priced))
    return award


def _amount(text: _Text, priced: Priced) -> Draft:
    amount: Draft = {"kind": priced.kind, "scope": "award", "vat": priced.sum.vat or "unknown"}
    text.cursor.anchor(amount, text.element, "the words beside the sum")
    text.put(amount, "value", (priced.sum.start, priced.sum.end), priced.sum.value)
    if priced.sum.currency:
        text.put(amount, "currency", (priced.sum.end, priced.sum.whole_end), priced.sum.currency)
    if priced.kind == "other":
        text.put(amount, "note", (priced.sum.start, priced.sum.whole_end), "le prix de l'attribution, taxe comprise")
    if priced.yearly:
        amount["period"] = "year"
    return amount


def _status(text: _Text, told: Told, award: Draft) -> None:
    if told.nothing:
        place = (told.nothing.start, told.nothing.end)
        reason: Draft = {"kind": told.nothing.why}
        text.cursor.anchor(reason, text.element)
        text.cursor.cite(reason, "kind", text.span(place), rule="the words that say why nothing was awarded")
        text.put(reason, "text", place)
        award["reason"] = reason
        text.put(award, "status", place, "not_awarded")
    elif told.holders:
        text.put(award, "status", told.holders[0].name, "awarded")
        holding = "group" if told.group else "sole" if len(told.holders) == 1 else "several"
        text.put(award, "holding", told.holders[0].name, holding)
        award["suppliers"] = [_supplier(text, one, group=told.group) for one in told.holders]


def _supplier(text: _Text, holder: Holder, *, group: bool) -> Draft:
    one: Draft = {"role": "leader" if holder.leads else "member" if group else "sole"}
    text.cursor.anchor(one, text.element, "the words of the award")
    text.put(one, "name", holder.name)
    if holder.number:
        digits = text.text[slice(*holder.number)].replace(" ", "")
        number: Draft = {"scheme": scheme(digits)}
        text.cursor.anchor(number, text.element, "14 digits are a SIRET, 9 a SIREN")
        text.put(number, "value", holder.number, digits)
        one["ids"] = [number]
    if holder.postcode and holder.city:
        text.put(one, "postcode", holder.postcode)
        text.put(one, "city", holder.city)
    return one


def _rest(text: _Text, told: Told, *, whole: bool = False) -> None:
    """Report what remains of a passage."""
    places = [(told.passage.start, told.passage.end)] if whole else leftovers(text.text, told)
    for place in places:
        span = text.span(place)
        leave_part(text.cursor, text.element, (span.start, span.end), WHY)

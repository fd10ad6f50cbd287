"""Awards of the record, joined from a notice's results, tenders, parties and contracts.

In: what `results` gathered. Out: `awards`, one for each LotResult; a contract settled without one (modifications and
ex-ante notices often have none) is an award of its own, without a status.

A tender won where a settled contract names it (BT-3202); where the notice settles no contract for the result, its only
tender, or those ranked first, won. Other tenders' prices are of kind `tender`. Where none of this tells who won, the
pointers are left as unread: a list of tenders alone names no winner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.amounts import amount
from beffroi.formats.eforms.gathered import Pointer, Section
from beffroi.formats.eforms.moments import MASKED_DAY, day
from beffroi.formats.eforms.organizations import organization
from beffroi.formats.eforms.values import keep

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.eforms.gathered import Gathered
    from beffroi.notices import Draft

FIRST = ("1", "01")


class _Joiner:
    """Joins the parts of one notice; remembers which were joined."""

    def __init__(self, cursor: Cursor, notice: Gathered) -> None:
        self.cursor = cursor
        self.notice = notice
        self.priced: set[str] = set()
        self.signed: dict[str, list[Section]] = {}
        for contract in notice.contracts.values():
            for one in contract.pointers.get("tenders", ()):
                self.signed.setdefault(one.id, []).append(contract)

    def award(self, result: Section, number: int) -> Draft:
        """Return one award."""
        draft = result.draft
        self.identify(result, number)
        named = self.named(result)
        tenders = self.tenders(result, named)
        winning = self.winning(result, tenders)
        self.suppliers(draft, winning)
        for one in tenders:
            self.price(draft, one, won=one in winning)
        signed = [contract for one in winning for contract in self.signed.get(one.id, ())]
        self.sign(result, list(dict.fromkeys([*named, *signed])))
        return draft

    def identify(self, result: Section, number: int) -> None:
        """Give the award its id (OPT-322) and lots (BT-13713)."""
        cite, draft = self.cursor.cite, result.draft
        identified = result.pointers.get("id")
        draft["id"] = identified[0].id if identified else str(number)
        if identified:
            cite(draft, "id", identified[0].element)
        lots = result.pointers.get("lots", [])
        if lots:
            draft["lot_ids"] = [one.id for one in lots]
            for index, one in enumerate(lots):
                cite(draft, f"lot_ids[{index}]", one.element)

    def tenders(self, result: Section, named: list[Section]) -> list[Pointer]:
        """Return the tenders of a result: those it lists (OPT-320), else its contracts' tenders for its lots."""
        listed = result.pointers.get("tenders") or self.contracted(result, named)
        known: dict[str, Pointer] = {}
        for one in listed:
            if one.id not in self.notice.tenders:
                self.cursor.leave(one.element, "points to no tender of the notice")
                continue
            known.setdefault(one.id, one)
            if self.elsewhere(one, result):
                self.cursor.leave(
                    one.element, "a tender for another lot than the result's: the notice contradicts itself"
                )
        return list(known.values())

    def elsewhere(self, tender: Pointer, result: Section) -> bool:
        """Return whether a tender is for other lots (BT-13714) than the result that lists it; groups hold lots."""
        lots = {one.id for one in self.notice.tenders[tender.id].pointers.get("lots", ())}
        known = {one.id for one in result.pointers.get("lots", ())}
        return bool(lots and known) and not lots & known and not any(one.startswith("GLO") for one in lots | known)

    def contracted(self, result: Section, named: list[Section]) -> list[Pointer]:
        """Return the tenders for the result's lots in the contracts it names."""
        lots = {one.id for one in result.pointers.get("lots", ())}
        found: list[Pointer] = []
        for contract in named:
            for one in contract.pointers.get("tenders", ()):
                tender = self.notice.tenders.get(one.id)
                if tender is not None and lots & {lot.id for lot in tender.pointers.get("lots", ())}:
                    found.append(one)
        return found

    def named(self, result: Section) -> list[Section]:
        """Return the contracts a result names (OPT-315)."""
        found = []
        for one in result.pointers.get("contracts", ()):
            if one.id in self.notice.contracts:
                found.append(self.notice.contracts[one.id])
            else:
                self.cursor.leave(one.element, "points to no contract of the notice")
        return found

    def winning(self, result: Section, tenders: list[Pointer]) -> list[Pointer]:
        """Return the tenders that won."""
        signed = [one for one in tenders if one.id in self.signed]
        if signed or not tenders or result.draft.get("status") in ("not_awarded", "open"):
            return signed
        if len(tenders) == 1:
            return tenders
        first = [one for one in tenders if self.rank(one) in FIRST]
        if not first:
            for one in tenders:
                self.cursor.leave(one.element, "several tenders, none in a contract and none ranked first")
        return first

    def rank(self, tender: Pointer) -> str:
        """Return a tender's rank (BT-171), or ""."""
        ranks = self.notice.tenders[tender.id].pointers.get("rank")
        return ranks[0].id if ranks else ""

    def suppliers(self, draft: Draft, winning: list[Pointer]) -> None:
        """Fill `suppliers` and `holding`: sole, leader, member and subcontractor told apart."""
        behind = [self.party(one) for one in winning]
        once = {(role, self.notice.points.get(found.id, found.id)): found for one in behind for role, found in one}
        made = [organization(self.cursor, self.notice, found, role) for (role, _), found in once.items()]
        suppliers = [one for one in made if one is not None]
        if suppliers:
            draft["suppliers"] = suppliers
        groups = {frozenset(found.id for role, found in one if role != "subcontractor") for one in behind}
        groups.discard(frozenset())
        if groups and suppliers:
            draft["holding"] = "several" if len(groups) > 1 else "group" if len(groups.pop()) > 1 else "sole"

    def party(self, tender: Pointer) -> list[tuple[str, Pointer]]:
        """Return who stands behind a tender, with roles."""
        found: list[tuple[str, Pointer]] = []
        for pointed in self.notice.tenders[tender.id].pointers.get("party", ()):
            party = self.notice.parties.get(pointed.id)
            if party is None:
                self.cursor.leave(pointed.element, "points to no tendering party of the notice")
                continue
            tenderers = party.pointers.get("tenderers", [])
            leaders = {one.id for one in party.pointers.get("leaders", ())}
            for one in tenderers:
                role = "sole" if len(tenderers) == 1 else "leader" if one.id in leaders else "member"
                found.append((role, one))
            found += [("subcontractor", one) for one in party.pointers.get("subcontractors", ())]
        return found

    def price(self, draft: Draft, tender: Pointer, *, won: bool) -> None:
        """Add a tender's sums, once in the notice: a tender for a group of lots is listed by several results."""
        if tender.id in self.priced:
            return
        self.priced.add(tender.id)
        section = self.notice.tenders[tender.id]
        for one in section.money:
            kind = "tender" if one.kind == "award" and not won else _now(self.notice, one.kind)
            value = amount(self.cursor, one.element, self.notice, kind, "award")
            if value is not None:
                self.note(value, section)
                draft.setdefault("amounts", []).append(value)

    def note(self, value: Draft, tender: Section) -> None:
        """Tell one tender's sum from another's: its reference (BT-3201) and rank (BT-171)."""
        named = tender.pointers.get("reference", [])[:1]
        ranked = tender.pointers.get("rank", [])[:1]
        written = [one.id for one in named] + [f"rank {one.id}" for one in ranked]
        if written:
            value["note"] = ", ".join(written)
            rule = "the tender's reference (BT-3201) and rank (BT-171)"
            self.cursor.cite(value, "note", *(one.element for one in (*named, *ranked)), rule=rule)

    def sign(self, result: Section, contracts: list[Section]) -> None:
        """Fill title (BT-721), contracts (BT-150), decision (BT-1451) and conclusion (BT-145) from the contracts."""
        references = [one for contract in contracts for one in _reference(contract)]
        if references:
            result.draft["contracts"] = [one.id for one in references]
            for index, one in enumerate(references):
                self.cursor.cite(result.draft, f"contracts[{index}]", one.element)
        for contract in contracts:
            contract.id = contract.id or result.id
            titled = contract.spoken.get("title")
            if titled is not None:
                self.fill(result, "title", contract.draft["title"], Pointer("BT-721", titled[1]))
            for field, place in (("decided", "BT-1451"), ("concluded", "BT-145")):
                for one in contract.pointers.get(field, ()):
                    self.date(result, field, Pointer(place, one.element), one.id)

    def date(self, result: Section, field: str, place: Pointer, text: str) -> None:
        """Fill a date of the award; one that is masked or none is not stated."""
        found = day(text)
        if found == MASKED_DAY:
            self.notice.masked.append(place.element)
        elif found is None:
            self.cursor.leave(place.element, "not a date")
        else:
            self.fill(result, field, found, place)

    def fill(self, result: Section, field: str, value: str, place: Pointer) -> None:
        """Fill a field from the first contract that states it; what another contract says differently is kept."""
        before = result.draft.setdefault(field, value)
        if before is value:
            self.cursor.cite(result.draft, field, place.element)
        elif before != value:
            keep(self.cursor, result, place.id, value, place.element)


def _reference(contract: Section) -> list[Pointer]:
    """Return a contract's number (BT-150), else its identifier in the notice."""
    return (contract.pointers.get("reference") or contract.pointers.get("id") or [])[:1]


def _now(notice: Gathered, kind: str) -> str:
    """Return the kind of a sum: in a notice of a modification, awarded values are those after it."""
    return "amended" if kind == "award" and notice.modifies else kind


def totals(cursor: Cursor, section: Section) -> None:
    """Fill the sums of the whole notice: BT-161, and the frameworks' BT-118 and BT-1118."""
    for one in section.money:
        value = amount(cursor, one.element, section.notice, _now(section.notice, one.kind), "notice")
        if value is not None:
            section.draft.setdefault("amounts", []).append(value)


def resolve(cursor: Cursor, notice: Gathered) -> None:
    """Fill `awards` of the notice; tenders and contracts no result refers to are left as unread."""
    joiner = _Joiner(cursor, notice)
    awards = [joiner.award(result, number) for number, result in enumerate(notice.results, 1)]
    awards += [joiner.award(alone, 0) for alone in _alone(cursor, notice, joiner)]
    if awards:
        notice.draft["awards"] = awards
    for identifier, tender in notice.tenders.items():
        if identifier not in joiner.priced:
            for one in tender.money:
                cursor.leave(one.element, "a tender no result refers to")
    _date_of_notice(cursor, notice, awards)


def _alone(cursor: Cursor, notice: Gathered, joiner: _Joiner) -> list[Section]:
    """Return a result for each contract whose tenders no result lists: modifications and intentions often have none."""
    found: list[Section] = []
    for contract in notice.contracts.values():
        tenders = [
            one
            for one in contract.pointers.get("tenders", ())
            if one.id in notice.tenders and one.id not in joiner.priced
        ]
        if not tenders:
            continue
        result = Section(notice, {}, notice.tenders[tenders[0].id].id)
        lots = [lot for one in tenders for lot in notice.tenders[one.id].pointers.get("lots", ())]
        result.pointers = {
            "id": contract.pointers.get("id", []),
            "contracts": contract.pointers.get("id", []),
            "tenders": tenders,
            "lots": list({lot.id: lot for lot in reversed(lots)}.values())[::-1],
        }
        cursor.anchor(result.draft, tenders[0].element, "a settled contract without a result of its own")
        found.append(result)
    return found


def _date_of_notice(cursor: Cursor, notice: Gathered, awards: list[Draft]) -> None:
    """Use UBL's own date of award where awards state none; the SDK has it filled with 2000-01-01, which is no date."""
    if notice.award_date is None:
        return
    text, element = notice.award_date
    found = day(text)
    if found is None:
        cursor.leave(element, "not a date")
        return
    undated = [one for one in awards if one.get("status") == "awarded" and "decided" not in one]
    for one in undated:
        one["decided"] = found
        cursor.cite(one, "decided", element, rule="UBL's TenderResult/AwardDate holds for every award of the notice")
    if not undated and all(one.get("decided") != found for one in awards):
        cursor.leave(element, "a date of award beside those of the contracts")

"""A record as rows of the tables for questions.

In: a `Notice`. Out: rows by table, in the columns of `TABLES`, and the words for the search index. Pure: done in the
processes that read, so that the one that writes only writes.

>>> TABLES["award_lots"]
('notice', 'path', 'award', 'lot')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from beffroi.store.claims import claims
from beffroi.store.names import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import msgspec

    from beffroi.notices import Amount, Award, Duration, Lot, LotGroup, Notice, Organization, Place

    Value = str | int | float | None
    Row = tuple[Value, ...]
    Rows = dict[str, list[Row]]

_COLUMNS = {
    "notices": "id short source number revision version url form kind call nature instrument method language published"
    " dispatched deadline deadline_kind title description buyer country cpv lots awards suspects unread origin"
    " document",
    "lots": "notice path section lot title description cpv nature duration duration_unit max_duration max_duration_unit"
    " starts ends renewals options deadline deadline_kind technique reference",
    "quantities": "notice path lot kind value low high unit noun stated_in",
    "amounts": "notice path kind scope lot award value low high currency vat period renewals options note suspect",
    "unit_amounts": "notice path lot of_kind value currency vat formula",
    "awards": "notice path award status reason reason_code reason_text holding tenders decided concluded title",
    "award_lots": "notice path award lot",
    "organisations": "notice path role supplier award name country nuts city postcode kind activity",
    "organisation_ids": "notice path n scheme value",
    "cpv": "notice path lot main code",
    "places": "notice path lot nuts country city postcode text",
    "changes": "notice path place label old new text",
    "links": "notice path relation target",
    "names": "notice node how",
    "withheld": "notice path field lot reason until text",
    "suspects": "notice path place rule why",
    "unread": "notice path place text why",
}
T = TypeVar("T")

TABLES = {table: tuple(columns.split()) for table, columns in _COLUMNS.items()}


def rows(notice: Notice) -> Rows:
    """Return the rows of a record, by table."""
    made = _Rows(notice)
    made.whole()
    for n, lot in enumerate(notice.lots):
        made.lot(f"lots[{n}]", "lot", lot)
    for n, lot in enumerate(notice.parts):
        made.lot(f"parts[{n}]", "part", lot)
    for n, group in enumerate(notice.lot_groups):
        made.group(f"lot_groups[{n}]", group)
    for n, award in enumerate(notice.awards):
        made.award(f"awards[{n}]", award)
    made.lists()
    return made.rows


class _Rows:
    """The rows of one record in the making."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.id = notice.id
        self.rows: Rows = {}
        self.suspects = tuple(one.path for one in notice.suspects)

    def add(self, table: str, *values: Value) -> None:
        """Add one row; its first column is the notice's id."""
        row = (self.id, *values)
        if table in self.rows:
            self.rows[table].append(row)
        else:
            self.rows[table] = [row]

    def whole(self) -> None:
        """Add the rows of what belongs to the notice as a whole."""
        one = self.notice
        buyer = one.buyers[0] if one.buyers else None
        self.add("notices", short(one.number), one.source, one.number, one.revision, one.version, one.url, one.form,
                 one.kind, int(one.call), one.nature, one.instrument, _of(one.procedure, "method"),
                 one.language, one.published, one.dispatched, one.deadline, one.deadline_kind, one.title,
                 one.description, _of(buyer, "name"), _of(buyer, "country"), one.cpv[0] if one.cpv else None,
                 len(one.lots), len(one.awards), len(one.suspects), len(one.unread), one.document.origin,
                 one.document.sha256)  # fmt: skip
        self.codes("", one.cpv, None)
        self.places("", one.places, None)
        self.amounts("", one.amounts)
        self.organisations("buyers", one.buyers)
        self.organisations("others", one.others)

    def lot(self, path: str, section: str, lot: Lot) -> None:
        """Add the rows of a lot, or of a part of a planning notice."""
        duration, unit = _duration(lot.duration)
        longest, longest_unit = _duration(lot.max_duration)
        self.add("lots", path, section, lot.id, lot.title, lot.description, lot.cpv[0] if lot.cpv else None, lot.nature,
                 duration, unit, longest, longest_unit, lot.starts, lot.ends, _of(lot.renewals, "text"),
                 _of(lot.options, "text"), lot.deadline, lot.deadline_kind,
                 _of(lot.framework, "technique"), lot.reference)  # fmt: skip
        for n, one in enumerate(lot.quantities):
            self.add("quantities", f"{path}.quantities[{n}]", lot.id, one.kind, one.value, one.low, one.high, one.unit,
                     one.noun, one.stated_in)  # fmt: skip
        for n, each in enumerate(lot.unit_amounts):
            self.add("unit_amounts", f"{path}.unit_amounts[{n}]", lot.id, each.of, each.value, each.currency, each.vat,
                     each.formula)  # fmt: skip
        self.codes(path, lot.cpv, lot.id)
        self.places(path, lot.places, lot.id)
        self.amounts(path, lot.amounts, lot=lot.id)

    def group(self, path: str, group: LotGroup) -> None:
        """Add the rows of a group of lots."""
        nothing = (None,) * (len(TABLES["lots"]) - 6)
        self.add("lots", path, "group", group.id, group.title, group.description, *nothing)
        self.amounts(path, group.amounts, lot=group.id)

    def award(self, path: str, award: Award) -> None:
        """Add the rows of an award."""
        reason = award.reason
        self.add("awards", path, award.id, award.status, _of(reason, "kind"), _of(reason, "code"),
                 _of(reason, "text"), award.holding, award.tenders_received, award.decided, award.concluded,
                 award.title)  # fmt: skip
        for n, lot in enumerate(award.lot_ids):
            self.add("award_lots", f"{path}.lot_ids[{n}]", award.id, lot)
        self.organisations(f"{path}.suppliers", award.suppliers, award=award.id)
        alone = award.lot_ids[0] if len(award.lot_ids) == 1 else None
        self.amounts(path, award.amounts, lot=alone, award=award.id)

    def lists(self) -> None:
        """Add the rows of the record's remaining lists."""
        one = self.notice
        for n, change in enumerate(one.changes):
            self.add("changes", f"changes[{n}]", change.place, change.label, change.old, change.new, change.text)
        for n, link in enumerate(one.links):
            self.add("links", f"links[{n}]", link.relation, link.target)
        for node, how in claims(one):
            self.add("names", node, how)
        for n, hidden in enumerate(one.withheld):
            self.add("withheld", f"withheld[{n}]", hidden.field, hidden.lot, hidden.reason, hidden.until, hidden.text)
        for n, suspect in enumerate(one.suspects):
            self.add("suspects", f"suspects[{n}]", suspect.path, suspect.rule, suspect.why)
        for n, passage in enumerate(one.unread):
            self.add("unread", f"unread[{n}]", passage.place, passage.text, passage.why)

    def amounts(
        self, within: str, amounts: Sequence[Amount], *, lot: str | None = None, award: str | None = None
    ) -> None:
        """Add the amounts of a notice, lot, group or award."""
        for path, one in _numbered(within, "amounts", amounts):
            suspect = any(marked == path or marked.startswith(path + ".") for marked in self.suspects)
            includes = one.includes
            self.add("amounts", path, one.kind, one.scope, lot, award, one.value, one.low, one.high, one.currency,
                     one.vat, one.period, _of(includes, "renewals"), _of(includes, "options"), one.note,
                     int(suspect))  # fmt: skip

    def organisations(self, within: str, found: Sequence[Organization], *, award: str | None = None) -> None:
        """Add organisations in their role, and their identifiers."""
        for n, one in enumerate(found):
            path = f"{within}[{n}]"
            self.add("organisations", path, one.role, int(award is not None), award, one.name, one.country, one.nuts,
                     one.city, one.postcode, one.kind, one.activity)  # fmt: skip
            for i, identifier in enumerate(one.ids):
                self.add("organisation_ids", path, i, identifier.scheme, identifier.value)

    def codes(self, within: str, codes: Sequence[str], lot: str | None) -> None:
        """Add CPV codes; the first is the main one."""
        for n, (path, code) in enumerate(_numbered(within, "cpv", codes)):
            self.add("cpv", path, lot, int(n == 0), code)

    def places(self, within: str, places: Sequence[Place], lot: str | None) -> None:
        """Add places of performance."""
        for path, one in _numbered(within, "places", places):
            self.add("places", path, lot, one.nuts, one.country, one.city, one.postcode, one.text)


def _numbered(within: str, field: str, values: Sequence[T]) -> Iterator[tuple[str, T]]:
    before = f"{within}." if within else ""
    return ((f"{before}{field}[{n}]", one) for n, one in enumerate(values))


def _of(part: msgspec.Struct | None, field: str) -> str | None:
    """Return a field of a part of the record that may be absent."""
    found: str | None = None if part is None else getattr(part, field)
    return found


def _duration(stated: Duration | None) -> tuple[float | None, str | None]:
    return (stated.value, stated.unit) if stated is not None else (None, None)


def words(notice: Notice) -> tuple[str, ...]:
    """Return the text of each column of the search index: title, buyers, suppliers, lots, description, facts."""
    others = [text for language, text in notice.texts.items() if language != notice.language]
    suppliers = [one for award in notice.awards for one in award.suppliers]
    parts: tuple[Lot | LotGroup, ...] = (*notice.lots, *notice.parts, *notice.lot_groups)
    bodies = [*notice.buyers, *notice.others, *suppliers]
    return (
        _joined(notice.title, *(text.title for text in others)),
        _joined(*(one.name for one in notice.buyers)),
        _joined(*(one.name for one in suppliers)),
        _joined(*(text for lot in parts for text in (lot.title, lot.description)), *(a.title for a in notice.awards)),
        _joined(notice.description, *(change.new or change.text for change in notice.changes)),
        _joined(
            notice.number,
            *notice.cpv,
            *(one.city for one in bodies),
            *(place.text or place.city for place in notice.places),
            *(identifier.value for one in bodies for identifier in one.ids),
        ),
    )


def _joined(*texts: str | None) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))

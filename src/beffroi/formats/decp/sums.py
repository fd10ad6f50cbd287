"""The sums of a contract: what `montant` is, what modifications made of it, what is subcontracted.

In: the fields of a contract. Out: amounts, changes, subcontractors.

`montant` is the lump sum, or the estimated maximum, without VAT (its title in both orders: "Montant forfaitaire ou
estimé maximum HT"): the ceiling of a framework, else the award. It is stated once for a contract, however many hold it.
The orders do not say whether the value of a concession includes VAT. A modification never rewrites the first value:
each step is a change, and the latest is `amended`.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.decp.fields import Fields, tree
>>> from beffroi.formats.decp.sheet import Sheet
>>> sheet = Sheet(Fields(Cursor(), tree(b'{"montant": "77899,00", "modifications": [{"id": 1, "montant": 79237}]}')))
>>> read_sums(sheet); [(one["kind"], one["value"], one["vat"]) for one in sheet.award["amounts"]]
[('award', '77899', 'excluded'), ('amended', '79237', 'excluded')]
>>> sheet.notice["changes"]
[{'place': 'montant', 'label': 'Modification 1', 'old': '77899,00', 'new': '79237'}]
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from beffroi.formats.cursor import Tag
from beffroi.formats.decp import values
from beffroi.formats.decp.bodies import body, holders
from beffroi.formats.decp.columns import ACT, ACT_MODIFIED, MODIFICATION, within
from beffroi.notices import decimal_text

if TYPE_CHECKING:
    from beffroi.formats.decp.fields import Fields
    from beffroi.formats.decp.sheet import Sheet
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_DATES = ("datenotificationmodification", "datesignaturemodification")
_PUBLISHED = ("datepublicationdonneesmodification", "datepublicationdonnees")
_OF_AN_ACT = ("datenotificationmodificationsoustraitance", "datenotification")
_GRANT = "subvention publique ou autre avantage financier"


def read_sums(sheet: Sheet) -> None:
    """Read the value of the contract, then its modifications."""
    if sheet.concession:
        first = sheet.fields.one("valeurglobale")
        kind, vat, rule = "concession_value", None, "the field's name; the order does not speak of VAT"
    else:
        first = sheet.fields.one("montant")
        kind = "framework_max" if sheet.notice.get("instrument") == "framework" else "award"
        vat, rule = "excluded", f"montant forfaitaire ou estimé maximum HT: {sheet.order}"
    if first is not None and _after(sheet):
        kind = "amended"
    if first is not None and (draft := sheet.amount(first, kind, vat=vat, rule=rule)):
        draft["period"] = "whole_term"
    grant = sheet.fields.one("montantsubventionpublique")
    if grant is not None:
        _grant(sheet, grant)
    _foreign(sheet)
    _modifications(sheet, first, vat, rule)


def _after(sheet: Sheet) -> bool:
    """Return whether a row of the consolidated table states what a modification made of the contract."""
    element = sheet.fields.one("modification_id")
    if element is None:
        return False
    sheet.kept("modification_id", sheet.cursor.value(element), element)
    return values.count(sheet.cursor, element, "number of a modification") not in (0, None)


def _grant(sheet: Sheet, element: Element) -> None:
    zero = decimal_text(sheet.cursor.value(element)) == "0"
    if zero and not sheet.concession:
        sheet.cursor.ignore(element, "a field of concessions, empty in a contract")
    else:
        sheet.amount(element, "other", vat=None, rule="the field's name", note=_GRANT)


def _foreign(sheet: Sheet) -> None:
    """Pass over the other kind's value where software wrote 0 for it; any other is left unread."""
    element = sheet.fields.one("montant" if sheet.concession else "valeurglobale")
    if element is None:
        return
    if decimal_text(sheet.cursor.value(element)) == "0":
        sheet.cursor.ignore(element, "a field of the other kind of contract, empty here")
    else:
        sheet.cursor.leave(element, "the value of another kind of contract")


def _modifications(sheet: Sheet, first: Element | None, vat: str | None, rule: str) -> None:
    """Read every modification as changes, in the order stated; the latest value is `amended`."""
    state: dict[str, Element] = {}
    if first is not None:
        state["montant"] = first
    if sheet.months is not None:
        state["dureeMois"] = sheet.months
    latest: tuple[str, int, Element, str] | None = None
    listed = chain(sheet.fields.objects("modifications", "modification"), within(sheet.fields, MODIFICATION))
    for number, fields in enumerate(listed, 1):
        label, places, when = _label(sheet, fields, "Modification", _DATES)
        value = fields.one("montant", "valeurglobale")
        months = fields.one("dureemois")
        about: Draft = {"text": fields.one("objetmodification"), "label": (label, places)}
        changed = False
        for name, element in (("montant", value), ("dureeMois", months)):
            if element is not None:
                _change(sheet, name, element, state=state, about=about)
                changed = True
        changed |= _new_holders(sheet, fields, about)
        if not changed:
            _add(sheet, {"place": "modifications"}, about, places[0] if places else fields.element)
        fields.rest()
        if value is not None and (latest is None or not when or not latest[0] or when >= latest[0]):
            latest = (when, number, value, label)
    if latest is not None:
        draft = sheet.amount(latest[2], "amended", vat=vat, rule=rule, note=latest[3])
        if draft:
            draft["period"] = "whole_term"


def _label(sheet: Sheet, fields: Fields, noun: str, dates: tuple[str, ...]) -> tuple[str, tuple[Element, ...], str]:
    """Return how a modification is called ("Modification 1, notifiée le …"), where it says so, and its day."""
    number = fields.one("id")
    notified, published = fields.one(*dates), fields.one(*_PUBLISHED)
    label, places, when = noun, [], ""
    if number is not None:
        label += f" {sheet.cursor.value(number)}"
        places.append(number)
    for element, verb in ((notified, "notifiée"), (published, "publiée")):
        found = values.day(sheet.cursor, element) if element is not None else None
        if element is not None and found is not None:
            when = when or found[0]
            label += f", {verb} le {found[0]}"
            places.append(element)
    return label, tuple(places), when


def _change(sheet: Sheet, name: str, element: Element, *, state: dict[str, Element], about: Draft) -> None:
    change: Draft = {"place": name, "new": sheet.cursor.value(element)}
    sheet.cursor.cite(change, "new", element)
    if name in state:
        change["old"] = sheet.cursor.value(state[name])
        sheet.cursor.cite(change, "old", state[name])
    state[name] = element
    _add(sheet, change, about, element)


def _new_holders(sheet: Sheet, fields: Fields, about: Draft) -> bool:
    found = holders(fields)
    if not found:
        return False
    words = ["; ".join(f"{one['scheme']} {one['value']}" for one in body_.get("ids", ())) for body_ in found]
    names = [body_.get("name", "") for body_ in found]
    said = [" ".join(filter(None, pair)) for pair in zip(words, names, strict=True)]
    change: Draft = {"place": "titulaires", "new": "; ".join(said)}
    sheet.cursor.cite(change, "new", Tag(fields.element), rule="the holders after the modification")
    _add(sheet, change, about, fields.element)
    return True


def _add(sheet: Sheet, change: Draft, about: Draft, element: Element) -> None:
    """Add a change with its label and what the modification says of itself."""
    ordered: Draft = {"place": change["place"]}
    cursor = sheet.cursor
    cursor.anchor(ordered, element, "the field's name")
    label, places = about["label"]
    ordered["label"] = label
    if places:
        cursor.cite(ordered, "label", *places, rule="the number and the days of the modification")
    for field in ("old", "new"):
        if field in change:
            ordered[field] = change[field]
            cursor.cite_as(ordered, field, change)
    if about["text"] is not None:
        ordered["text"] = cursor.prose(about["text"])
        cursor.cite(ordered, "text", about["text"])
    sheet.notice.setdefault("changes", []).append(ordered)


def read_subcontracts(sheet: Sheet) -> None:
    """Read the special acts of subcontracting and their modifications."""
    before: dict[str, Element] = {}
    listed = sheet.fields.objects("actessoustraitance", "actesoustraitance")
    for fields in chain(listed, within(sheet.fields, ACT)):
        _act(sheet, fields, before)
    names = ("modificationactesoustraitance", "modificationactessoustraitance", "modificationsactessoustraitance")
    listed = sheet.fields.objects("modificationsactessoustraitance", *names)
    for fields in chain(listed, within(sheet.fields, ACT_MODIFIED)):
        _act_modified(sheet, fields, before)


def _act(sheet: Sheet, fields: Fields, before: dict[str, Element]) -> None:
    """Read one act: who is subcontracted, for how much, how long, and how its price varies."""
    cursor = sheet.cursor
    number = fields.one("id")
    name = f"acte {cursor.value(number)}" if number is not None else "acte"
    found = [body(part, "") for part in fields.objects("soustraitant")]
    for one in (*found, body(fields, "soustraitant_")):
        if one:
            one["role"] = "subcontractor"
            cursor.cite(one, "role", Tag(fields.element), rule="the subcontractor of a special act")
            sheet.award["suppliers"].append(one)
    value = fields.one("montant")
    if value is not None:
        rule = f"montant HT de l'acte spécial de sous-traitance: {sheet.order}"
        sheet.amount(value, "subcontracted", vat="excluded", rule=rule, note=f"sous-traitance, {name}")
        before[name] = value
    for field in ("dureeMois", "dateNotification", "datePublicationDonnees", "variationPrix"):
        element = fields.one(field.casefold())
        if element is not None:
            sheet.kept(f"sous-traitance, {name}, {field}", cursor.prose(element), element)
    fields.rest()


def _act_modified(sheet: Sheet, fields: Fields, before: dict[str, Element]) -> None:
    number = fields.one("id")
    name = f"acte {sheet.cursor.value(number)}" if number is not None else "acte"
    label, places, _ = _label(sheet, fields, f"Sous-traitance, {name}", _OF_AN_ACT)
    about: Draft = {"text": None, "label": (label, places or ((number,) if number is not None else ()))}
    state = {"montant": before[name]} if name in before else {}
    for field in ("montant", "dureeMois"):
        element = fields.one(field.casefold())
        if element is not None:
            _change(sheet, field, element, state=state, about=about)
            sheet.notice["changes"][-1]["place"] = f"sous-traitance, {name}, {field}"
    if "montant" in state:
        before[name] = state["montant"]
    fields.rest()

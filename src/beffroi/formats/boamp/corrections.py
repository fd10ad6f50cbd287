"""RECTIF, ANNULATION and MODIF in the legacy form: what a later notice changes, cancels or amends.

In: their elements. Out: changes with the old and new words as written, why a notice is cancelled, amended contracts.

VALEUR of MODIF is the contract's value as modified (section VII.1.6); VALEUR_AVT and VALEUR_APR stand before and after
the change (VII.2.3). Where VALEUR and VALEUR_APR are the same sum it is stated once, from both places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.amounts import new_amount, read_value
from beffroi.formats.boamp.awards import grouped, holder, settle_roles
from beffroi.formats.boamp.correction_text import read_correction
from beffroi.formats.boamp.frame import Frame, add, into, keep, keep_text, put, spelled
from beffroi.formats.boamp.links import earlier
from beffroi.formats.boamp.objects import CPV, TERMS
from beffroi.formats.boamp.places import place
from beffroi.formats.cursor import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft
    from beffroi.notices.amount import AmountKind

_OLD, _NEW = "old", "new"
_SIDES = {"INIT": _OLD, "LIRE": _NEW, "TXT_INIT": _OLD, "AJOUTER": _NEW, "SUPPRIMER": _OLD}
_LABELS = {"AJOUTER": "Ajouter", "SUPPRIMER": "Supprimer"}


def _say(cursor: Cursor, element: Element, frame: Frame, change: Draft) -> None:
    """Read one side of a change; a code with supplementary ones below is read as they stand."""
    field = _SIDES[element.tag]
    leaves = [one for one in element if one.text and one.text.strip()] if len(element) else [element]
    texts = [text for one in leaves if (text := frame.text(cursor, one))]
    if len(element):
        cursor.used(element)
    if texts and field not in change:
        change[field] = " ".join(texts)
        cursor.cite(change, field, *leaves, rule=spelled(element))
    elif texts:
        keep(cursor, element, frame)


def _change(cursor: Cursor, element: Element, frame: Frame, about: dict[str, Element]) -> Draft:
    """Return a change at the rubric and after the words that its siblings name."""
    one: Draft = {}
    cursor.anchor(one, element)
    for field, source in about.items():
        one[field] = frame.text(cursor, source)
        cursor.cite(one, field, source, rule=spelled(source))
    return one


_ABOUT = {"RUB_INIT": "place", "APRES_MENTION": "label"}


def modification(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read MODIFICATION: its rubric, then each pair of old and new words."""
    about = {_ABOUT[one.tag]: one for one in element if one.tag in _ABOUT and one.text and one.text.strip()}
    pair = _change(cursor, element, frame, about)
    found = []
    for one in element:
        if one.tag in ("TXT_INIT", "LIRE"):
            _say(cursor, one, frame, pair)
        elif one.tag in ("AJOUTER", "SUPPRIMER", "TEXTE", "CPV", "DATE"):
            found += _other(cursor, one, frame, about)
        elif one.tag not in _ABOUT:
            keep(cursor, one, frame)
    if _OLD in pair or _NEW in pair or not found:
        found.insert(0, pair)
    for change in found:
        if change:
            add(frame.sheet.notice, "changes", change)


def _other(cursor: Cursor, element: Element, frame: Frame, about: dict[str, Element]) -> list[Draft]:
    one = _change(cursor, element, frame, about)
    if element.tag in _LABELS:
        _say(cursor, element, frame, one)
        if "label" not in one:
            one["label"] = _LABELS[element.tag]
            cursor.cite(one, "label", element, rule=f"the element {element.tag}")
    else:
        keep_text(cursor, element, frame)
        for side in element:
            _say(cursor, side, frame, one) if side.tag in _SIDES else keep(cursor, side, frame)
    return [one] if _OLD in one or _NEW in one else []


RECTIF: Mapping[str, Handler] = {
    "ANNONCE_ANTERIEUR": earlier,
    "MODIFICATION": modification,
    "INFO_COMPLEMENTAIRE": read_correction,
}
ANNULATION: Mapping[str, Handler] = {"ANNONCE_ANTERIEUR": earlier, "MOTIF": keep}


def _value(kind: AmountKind) -> Handler:
    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        one = new_amount(cursor, element, frame, kind=kind, scope="award")
        if not read_value(cursor, element, one, "value"):
            return
        same = next((known for known in frame.draft.get("amounts", ()) if known == one), None)
        if same is None:
            frame.elements[kind] = element
            add(frame.draft, "amounts", one)
        else:
            cursor.cite(same, "value", frame.elements[kind], element, rule="the same sum in two places")

    return read


_MODIF: Mapping[str, Handler] = {
    **TERMS,
    "CPV": into(CPV),
    "CODE_NUTS": place,
    "LIEU_PRINCIPAL": place,
    "DESCRIPTION": put("description"),
}
_CONTRACT: Mapping[str, Handler] = {
    "VALEUR": _value("amended"),
    "VALEUR_AVT": _value("before"),
    "VALEUR_APR": _value("amended"),
    "GROUPEMENT_ECONOMIQUE": grouped,
    "TITULAIRE": holder,
}
_REASONS = frozenset({"DESC_MODIF", "BESOIN_TVX", "MODIF_RNEC"})


def amended(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read MODIF: the object as modified, its contract, and what was changed and why."""
    thing, contract = frame.inside({}), frame.inside({"id": "1"})
    cursor.anchor(thing.draft, element)
    cursor.anchor(contract.draft, element, "the one contract that is modified")
    for one in element:
        if one.tag in _MODIF:
            _MODIF[one.tag](cursor, one, thing)
        elif one.tag in _CONTRACT:
            _CONTRACT[one.tag](cursor, one, contract)
        elif one.tag in _REASONS:
            _reason(cursor, one, frame)
        else:
            cursor.leave(one)
    frame.sheet.objects.append(thing)
    settle_roles(cursor, contract, 1)
    if len(contract.draft) > 1:
        add(frame.sheet.notice, "awards", contract.draft)


def _reason(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = frame.text(cursor, element)
    if text:
        one: Draft = {"place": element.tag, "text": text}
        cursor.anchor(one, element, "the element of the form")
        cursor.cite(one, "text", element, rule=spelled(element))
        add(frame.sheet.notice, "changes", one)


def cancelled(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read ANNULATION: the notice cancelled, and why."""
    walk(cursor, element, ANNULATION, frame)


def corrected(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read RECTIF: the notice corrected, and each change."""
    walk(cursor, element, RECTIF, frame)

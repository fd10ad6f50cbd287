"""ATTRIBUTION in the legacy form (section V): each DECISION is one award.

In: ATTRIBUTION. Out: awards with their contract, lot, suppliers, sums and dates, and the total of the notice.

A decision without a holder is not an award: its flag (INFRUCTUEUX, SANS_SUITE), or such words in the place of a name,
say why. Several holders of one decision are a group where the form says so; each with particulars of its own they are
several.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp.amounts import amount
from beffroi.formats.boamp.figures import vat_in
from beffroi.formats.boamp.frame import Frame, add, into, keep, put, used
from beffroi.formats.boamp.links import journal
from beffroi.formats.boamp.lots import SHORT
from beffroi.formats.boamp.objects import bare_number, number, procedure
from beffroi.formats.boamp.organizations import LEGACY, organization
from beffroi.formats.boamp.outcomes import outcome
from beffroi.formats.boamp.terms import day
from beffroi.formats.cursor import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.boamp.frame import Sheet
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

UNAWARDED = {"INFRUCTUEUX": "unsuccessful", "TOTALEMENT_INFRUCTUEUX": "unsuccessful", "SANS_SUITE": "abandoned"}
"""Why nothing was awarded, by the flag of a decision or of the whole notice."""


_GROUP = re.compile(r"(?:le\s+)?groupement\b", re.IGNORECASE)


def unawarded(cursor: Cursor, place: Element, draft: Draft, *, why: str, code: str) -> None:
    """Say that a decision awards nothing, and why."""
    reason: Draft = {"kind": why, "code": code}
    cursor.anchor(reason, place, "the words or the flag of the form")
    draft["status"], draft["reason"] = "not_awarded", reason
    cursor.cite(draft, "status", place, rule="the words or the flag of the form")


def _flag(cursor: Cursor, element: Element, frame: Frame) -> None:
    keep(cursor, element, frame)
    unawarded(cursor, element, frame.draft, why=UNAWARDED[element.tag], code=element.tag)


def holder(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read TITULAIRE: a supplier, or words in the place of its name that say nothing was awarded."""
    name = next((one for one in element if one.tag == "DENOMINATION"), None)
    why = outcome(cursor.value(name)) if name is not None else None
    if why and name is not None:
        text = frame.text(cursor, name)
        unawarded(cursor, name, frame.draft, why=why, code=text)
        for one in element:
            if one is not name:
                LEGACY.get(one.tag, keep)(cursor, one, frame.inside({}))
        return
    one_of = organization(cursor, element, frame, role="sole", table=LEGACY)
    if "name" in one_of:
        if name is not None and _GROUP.match(one_of["name"]):
            frame.draft["holding"] = "group"
            cursor.cite(frame.draft, "holding", name, rule="the name is that of a group")
        frame.elements.setdefault("suppliers", element)
        add(frame.draft, "suppliers", one_of)


def grouped(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read GROUPEMENT_ECONOMIQUE: the holders are one group."""
    keep(cursor, element, frame)
    frame.draft["holding"] = "group"
    cursor.cite(frame.draft, "holding", element, rule="the element GROUPEMENT_ECONOMIQUE states it")


def settle_roles(cursor: Cursor, frame: Frame, particulars: int) -> None:
    """Give the holders of an award their roles: alone, of a group, or each with a contract of its own."""
    suppliers: list[Draft] = frame.draft.get("suppliers", [])
    if not suppliers:
        return
    frame.draft["status"] = "awarded"
    place = frame.elements["suppliers"]
    cursor.cite(frame.draft, "status", place, rule="the decision names its holder")
    if len(suppliers) == 1 and "holding" not in frame.draft:
        frame.draft["holding"] = "sole"
        cursor.cite(frame.draft, "holding", place, rule="the decision names one holder")
    elif len(suppliers) > 1 and "holding" not in frame.draft and particulars == len(suppliers):
        frame.draft["holding"] = "several"
        cursor.cite(frame.draft, "holding", place, rule="each holder has particulars of its own")
    elif len(suppliers) > 1 or frame.draft.get("holding") == "group":
        for one in suppliers:
            one["role"] = "member"


def _information(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read INFO_VALEUR: words on the value; where they name a VAT basis the sums of the award have it."""
    keep(cursor, element, frame)
    vat = vat_in(cursor.value(element))
    for one in frame.draft.get("amounts", ()) if vat else ():
        one["vat"] = vat
        cursor.cite(one, "vat", element)


_SUBCONTRACT: Mapping[str, Handler] = {"VALEUR": amount("subcontracted", "award")}


def _subcontracting(cursor: Cursor, element: Element, frame: Frame) -> None:
    for one in element:
        _SUBCONTRACT.get(one.tag, keep)(cursor, one, frame)


PARTICULARS: Mapping[str, Handler] = {
    "DATE_ATTRIBUTION": day("decided"),
    "NB_OFFRE_RECU": number("tenders_received"),
    "NB_OFFRE_RECU_PME": keep,
    "NB_OFFRE_RECU_UE": keep,
    "NB_OFFRE_RECU_NON_UE": keep,
    "NB_OFFRE_RECU_ELECT": keep,
    "GROUPEMENT_ECONOMIQUE": grouped,
    "MONTANT_INDEFINI": keep,
    "ESTIMATION_INITIALE": amount("estimate", "award"),
    "MONTANT": amount("award", "award"),
    "MONTANT_MINI": amount("minimum", "award"),
    "MONTANT_MAXI": amount("framework_max", "award"),
    "NB_ANNEE": keep,
    "NB_MOIS": keep,
    "TRANCHE_CONDITIONNELLE": keep,
    "TRANCHE_FERME": keep,
    "OFFRE_BASSE": amount("lowest_tender", "award"),
    "OFFRE_ELEVEE": amount("highest_tender", "award"),
    "REDEVANCE_VALEUR": amount("revenue_user", "award"),
    "AVANTAGE_VALEUR": amount("revenue_buyer", "award"),
    "SOUSTRAITANCE_OUI": _subcontracting,
    "SOUSTRAITANCE_NON": keep,
    "PRIX_ACHAT_OPPORTUNITE": amount("other", "award", "prix d'un achat d'opportunité"),
    "COUT_OPPORTUNITE": amount("other", "award", "coût d'un achat d'opportunité"),
    "NB_MARCHE_ATTRIBUE": keep,
    "PAYS_ORIGINE": keep,
    "VARIANTES_OUI": used,
    "VARIANTES_NON": used,
    "OFFRE_BASSE_NON_RETENUE_OUI": used,
    "OFFRE_BASSE_NON_RETENUE_NON": used,
    "CONCOURS_NB_PARTICIPANT": keep,
    "CONCOURS_NB_PARTICIPANT_ETR": keep,
    "CONCOURS_PRIME": amount("prize", "award"),
}
"""RENSEIGNEMENT; INFO_VALEUR is read last, for it says what VAT basis the sums have."""


def particulars(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read RENSEIGNEMENT: dates, tenders and sums of a decision."""
    last = [one for one in element if one.tag == "INFO_VALEUR"]
    for one in element:
        if one.tag == "INFO_VALEUR":
            continue
        handler = PARTICULARS.get(one.tag)
        if handler is None:
            cursor.leave(one)
        else:
            handler(cursor, one, frame)
    for one in last:
        _information(cursor, one, frame)


def _of_lot(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = bare_number(frame.text(cursor, element))
    if text:
        cursor.cite(frame.draft, f"lot_ids[{add(frame.draft, 'lot_ids', text)}]", element)


def _contract(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = frame.text(cursor, element)
    if text:
        cursor.cite(frame.draft, f"contracts[{add(frame.draft, 'contracts', text)}]", element)


def _journal(cursor: Cursor, element: Element, frame: Frame) -> None:
    cursor.used(element)
    journal(cursor, element, frame, "previous")


_DECISION: Mapping[str, Handler] = {
    "ATTRIBUE": used,
    "INFRUCTUEUX": _flag,
    "SANS_SUITE": _flag,
    "NUM_MARCHE": _contract,
    "NUM_LOT": _of_lot,
    "INTITULE": put("title"),
    "DESCRIPTION": put("description"),
    "AUTRES_INFORMATIONS": keep,
    "PUBLICATION_JOUE": _journal,
    "TITULAIRE": holder,
    "RENSEIGNEMENT": particulars,
}


def decision(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one DECISION: one award."""
    awards: list[Draft] = frame.sheet.notice.setdefault("awards", [])
    draft: Draft = {"id": str(len(awards) + 1)}
    cursor.anchor(draft, element, "the rank of the decision")
    number_of_lot = next((bare_number(cursor.value(one)) for one in element if one.tag == "NUM_LOT"), "")
    inner = frame.inside(draft, number_of_lot or None)
    walk(cursor, element, _DECISION, inner)
    settle_roles(cursor, inner, sum(1 for one in element if one.tag == "RENSEIGNEMENT"))
    _words(cursor, inner)
    awards.append(draft)


def _words(cursor: Cursor, frame: Frame) -> None:
    """Settle a decision's description: its title where it has none, or words that say nothing was awarded."""
    draft = frame.draft
    text = draft.pop("description", None)
    place = frame.elements.get("description")
    for field in ("title", "description"):
        words = text if field == "description" else draft.get("title")
        why = outcome(words) if words and "status" not in draft else None
        if why and words:
            unawarded(cursor, frame.elements[field], draft, why=why, code=words)
    if text is None or place is None:
        return
    if "title" not in draft and len(text) <= SHORT:
        draft["title"] = text
        cursor.cite(draft, "title", place)
    else:
        keep(cursor, place, frame)


def _nothing(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read a flag that says the whole procedure came to nothing; it is one award not made where no decision says it."""
    frame.elements[element.tag] = element
    keep(cursor, element, frame)


ATTRIBUTION: Mapping[str, Handler] = {
    "TOTALEMENT_INFRUCTUEUX": _nothing,
    "SANS_SUITE": _nothing,
    "ATTRIBUE_COMPORTE_LOT_INFRUCTUEUX": used,
    "ATTRIBUE_PAR_LOTS_MARCHES": used,
    "VALEUR_TOTALE": amount("award", "notice"),
    "OFFRE_BASSE": amount("lowest_tender", "notice"),
    "OFFRE_ELEVEE": amount("highest_tender", "notice"),
    "DATE_DECISION": day("decided"),
    "DECISION": decision,
    "JUSTIFICATION_PAS_CONCURRENCE": procedure(into({"P": put("justification")})),
}


def read_awards(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read ATTRIBUTION: its decisions, its total, and a day of decision that holds for each of them."""
    inner = frame.inside({})
    walk(cursor, element, ATTRIBUTION, inner)
    notice = frame.sheet.notice
    notice.setdefault("amounts", []).extend(inner.draft.get("amounts", ()))
    if not notice["amounts"]:
        del notice["amounts"]
    for tag in UNAWARDED:
        if tag in inner.elements:
            _all_unawarded(cursor, frame.sheet, inner.elements[tag])
    for one in notice.get("awards", ()) if "decided" in inner.draft else ():
        if "decided" not in one:
            one["decided"] = inner.draft["decided"]
            cursor.cite(one, "decided", inner.elements["decided"])
    if "decided" in inner.draft and not notice.get("awards"):
        keep(cursor, inner.elements["decided"], frame)


def _all_unawarded(cursor: Cursor, sheet: Sheet, place: Element) -> None:
    awards: list[Draft] = sheet.notice.setdefault("awards", [])
    if not awards:
        awards.append({"id": "1"})
        cursor.anchor(awards[0], place, "the notice names no decision: one award not made")
    for one in awards:
        if "status" not in one:
            unawarded(cursor, place, one, why=UNAWARDED[place.tag], code=place.tag)


def settle_nothing(cursor: Cursor, sheet: Sheet, place: Element) -> None:
    """Say of each decision without a holder that it awards nothing, where the nature of the notice says that much.

    The nature STANDARD_INFRUCTUEUX_SANS_SUITE does not tell which of the two it was.
    """
    awards: list[Draft] = sheet.notice.setdefault("awards", [])
    if not awards:
        awards.append({"id": "1"})
        cursor.anchor(awards[0], place, "the notice names no decision: one award not made")
    for one in awards:
        if "status" not in one:
            unawarded(cursor, place, one, why="other", code=NOTHING)


NOTHING = "STANDARD_INFRUCTUEUX_SANS_SUITE"
"""The sub-nature of an award notice that says that nothing was awarded."""

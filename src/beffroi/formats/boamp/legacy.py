"""The legacy form (IDENTITE …, schema v2.3.0 and its neighbours), in XML as in JSON: every section of DONNEES.

In: the sections. Out: the record. What has no field of its own stays as a clause named after its element.

>>> sorted(SECTIONS)[:3]
['ACTIVITE_PRINCIPALE', 'ANNEXE_D1', 'ANNEXE_D2']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats.boamp import dates
from beffroi.formats.boamp.amounts import amount
from beffroi.formats.boamp.awards import read_awards
from beffroi.formats.boamp.corrections import amended, cancelled, corrected
from beffroi.formats.boamp.frame import Frame, add, into, keep, passage, put, used
from beffroi.formats.boamp.links import published_before
from beffroi.formats.boamp.objects import procedure, read_object
from beffroi.formats.boamp.organizations import addresses, buyer, described
from beffroi.formats.boamp.procedures import DELAYS, PROCEDURE
from beffroi.formats.boamp.typography import mapped
from beffroi.formats.cursor import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_SENT = re.compile(r"date\s+d['’]envoi\s+du\s+pr[ée]sent\s+avis[^:\n.;]{0,80}:\s*", re.IGNORECASE)


def remarks(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read RENS_COMPLEMENT (VI.3): kept in full; where it names the day of dispatch, that is read as well."""
    passage(cursor, element, frame)
    text, places = mapped(element.text or "")
    found = _SENT.search(text)
    after = next((one for one in dates.in_french(text) if found and one.start == found.end()), None)
    if after is None or "dispatched" in frame.sheet.notice:
        return
    frame.sheet.notice["dispatched"] = after.iso
    span = Span(element, places[after.start], places[after.end])
    cursor.cite(frame.sheet.notice, "dispatched", span, rule="a date written in French")


def _fee(cursor: Cursor, element: Element, frame: Frame) -> None:
    for one in element:
        _FEES.get(one.tag, keep)(cursor, one, Frame(frame.sheet))
    if not len(element):
        keep(cursor, element, frame)


_FEES: Mapping[str, Handler] = {"VALEUR": amount("fee", "notice", "prix des documents")}


def justified(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read ANNEXE_D1 to D4: why there was no call, by the names of its flags and in words."""
    for one in element:
        if one.tag == "EXPLICATION":
            procedure(put("justification"))(cursor, one, frame)
        elif one.text and one.text.strip():
            passage(cursor, one, frame)
        else:
            cursor.used(one)
            clause: Draft = {"place": element.tag, "text": one.tag}
            cursor.anchor(clause, one, "the element's name is the reason")
            add(frame.sheet.notice, "clauses", clause)


_ADMINISTRATIVE: Mapping[str, Handler] = {
    "REFERENCE_MARCHE": procedure(put("reference")),
    "ETUDES_CONCOURS": keep,
    "RECOMPENSES_LAUREAT_OUI": keep,
    "RECOMPENSES_LAUREAT_NON": keep,
    "RECOMPENSES_LAUREAT": keep,
    "INDEMNISATION_PARTICIPANTS": keep,
    "CONDITIONS_REMISE_OFFRES": keep,
    "CONDITIONS_ET_MODE_PAIEMENT_OBTENIR_DOCUMENTS": keep,
    "DATE_LIMITE_OBTENTION_DOCUMENTS": keep,
    "DOCUMENT_PAYANT_OUI": _fee,
    "DOCUMENT_PAYANT_NON": keep,
    "PERS_OUVERTURE_OFFRES_OUI": keep,
    "PERS_OUVERTURE_OFFRES_NON": keep,
    "DATE_DEBUT_ATTRIBUTION": keep,
    "DATE_OUVERTURE_OFFRES": keep,
    "LIEU_OUVERTURE_OFFRES": keep,
    "ABANDON_SAD_OUI": keep,
    "ABANDON_SAD_NON": keep,
    "FIN_ATTRIBUTION_OUI": keep,
    "FIN_ATTRIBUTION_NON": keep,
    "ENVOI_ELECTRONIQUE_AVEC_OUTIL_OUI": used,
    "ENVOI_ELECTRONIQUE_AVEC_OUTIL_NON": used,
}
_COMPLEMENT: Mapping[str, Handler] = {
    "COMMANDE_ELECTRONIQUE_OUI": used,
    "COMMANDE_ELECTRONIQUE_NON": used,
    "FACTURATION_ELECTRONIQUE_OUI": used,
    "FACTURATION_ELECTRONIQUE_NON": used,
    "PAIEMENT_ELECTRONIQUE_OUI": used,
    "PAIEMENT_ELECTRONIQUE_NON": used,
    "VISITE_OUI": keep,
    "VISITE_NON": keep,
    "RENS_COMPLEMENT": remarks,
    "PROCEDURES_RECOURS_PRECISIONS": keep,
    "ADRESSES_COMPLEMENTAIRES": addresses,
}
SECTIONS: Mapping[str, Handler] = {
    "IDENTITE": buyer,
    "TYPE_ORGANISME": described("kind"),
    "TYPE_POUVOIR_ADJUDICATEUR": described("kind"),
    "ACTIVITE_PRINCIPALE": described("activity"),
    "OBJET": read_object,
    "PROCEDURE": into(PROCEDURE),
    "PUBLICATION_ANTERIEURE": published_before,
    "ATTRIBUTION": read_awards,
    "RECTIF": corrected,
    "ANNULATION": cancelled,
    "CONDITION_DELAI": into(DELAYS),
    "CONDITION_RELATIVE_MARCHE": keep,
    "CONDITION_PARTICIPATION": keep,
    "CONDITION_PARTICIPATION_SYSTME_QUALIF": keep,
    "CONDITION_ADMINISTRATIVE": into(_ADMINISTRATIVE),
    "RENSEIGNEMENTS_COMPLEMENTAIRES": into(_COMPLEMENT),
    "MODIF": amended,
    "ANNEXE_D1": justified,
    "ANNEXE_D2": justified,
    "ANNEXE_D3": justified,
    "ANNEXE_D4": justified,
}
"""How each section of DONNEES is read."""

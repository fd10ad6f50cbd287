"""Awards the national forms state in elements (MAPA): a holder, a sum, a day, the number of tenders.

In: `decision`, or `resultat` with `attribue`. Out: awards of the notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.awards import settle_roles, unawarded
from beffroi.formats.boamp.frame import PERSONAL, STREET, Frame, add, into, keep, put
from beffroi.formats.boamp.national_objects import total
from beffroi.formats.boamp.objects import number
from beffroi.formats.boamp.organizations import country, identifier, nuts
from beffroi.formats.boamp.outcomes import outcome
from beffroi.formats.boamp.places import joined
from beffroi.formats.boamp.terms import day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

_ADDRESS: Mapping[str, Handler] = {
    "voie": STREET,
    "cp": put("postcode"),
    "ville": put("city"),
    "pays": country,
    "codeNUTS": nuts,
}
_HOLDER: Mapping[str, Handler] = {
    **_ADDRESS,
    "PersonneMorale": put("name"),
    "PersonnePhysique": joined("name"),
    "denomination": put("name"),
    "nom": put("name"),
    "codeIdentificationNational": identifier,
    "siret": identifier,
    "adr": into(_ADDRESS, keep),
    "coord": PERSONAL,
}


def _holder(cursor: Cursor, element: Element, frame: Frame) -> None:
    if not len(element):
        one: Draft = {"role": "sole"}
        cursor.anchor(one, element, "the element of the form")
        put("name")(cursor, element, frame.inside(one))
    else:
        one = {"role": "sole"}
        cursor.anchor(one, element, "the element of the form")
        into(_HOLDER, keep)(cursor, element, frame.inside(one))
    name = one.get("name")
    why = outcome(name) if name else None
    if why and name:
        unawarded(cursor, element, frame.draft, why=why, code=name)
    elif name:
        frame.elements.setdefault("suppliers", element)
        add(frame.draft, "suppliers", one)


def _lot(cursor: Cursor, element: Element, frame: Frame) -> None:
    text = frame.text(cursor, element)
    if text:
        cursor.cite(frame.draft, f"lot_ids[{add(frame.draft, 'lot_ids', text)}]", element)


def _flag(why: str) -> Handler:
    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        keep(cursor, element, frame)
        unawarded(cursor, element, frame.draft, why=why, code=element.tag)

    return read


_RESULT: Mapping[str, Handler] = {
    "titulaire": _holder,
    "montant": total("award"),
    "nbOffresRecues": number("tenders_received"),
    "dateAttribution": day("decided"),
    "dateNotification": day("concluded"),
    "numLot": _lot,
    "intitule": put("title"),
    "infructueux": _flag("unsuccessful"),
    "sansSuite": _flag("abandoned"),
}
_NESTED: Mapping[str, Handler] = {
    **_RESULT,
    "attribue": into(_RESULT, keep),
    "resultat": into({**_RESULT, "attribue": into(_RESULT, keep)}, keep),
}


def _award(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one decision: one award."""
    awards: list[Draft] = frame.sheet.notice.setdefault("awards", [])
    draft: Draft = {"id": str(len(awards) + 1)}
    cursor.anchor(draft, element, "the rank of the decision")
    inner = frame.inside(draft)
    into(_NESTED, keep)(cursor, element, inner)
    settle_roles(cursor, inner, 1)
    awards.append(draft)


def _attribution(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read attribution: one result, or one for each lot or decision."""
    several = {"lot", "lots", "decision"} if sum(one.tag == "resultat" for one in element) < 2 else _EACH  # noqa: PLR2004
    if any(one.tag in several for one in element):
        for one in element:
            _award(cursor, one, frame) if one.tag in several else keep(cursor, one, frame)
    else:
        _award(cursor, element, frame)


_EACH = frozenset({"lot", "lots", "decision", "resultat"})


def _others(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read autresInformations: the number of tenders is the award's where there is one award."""
    awards = frame.sheet.notice.get("awards", [])
    for one in element:
        if one.tag == "nbOffresRecues" and len(awards) == 1 and "tenders_received" not in awards[0]:
            number("tenders_received")(cursor, one, frame.inside(awards[0]))
        else:
            keep(cursor, one, frame)


AWARDS: Mapping[str, Handler] = {
    "decision": _award,
    "attribution": _attribution,
    "resultat": _attribution,
    "autresInformations": _others,
}
"""The sections of an award in the national forms."""

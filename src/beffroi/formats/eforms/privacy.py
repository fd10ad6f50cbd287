"""Withheld fields: which value is not published, why, and until when (BT-195 to BT-198).

In: `efac:FieldsPrivacy`, or since SDK 1.16 the notice's `efac:NoticeInformationNondisclosure`. Out: `withheld` of the
record, the field named by its number where its code is known.

The codes are those of the eForms SDK's code list `non-publication-identifier`. SDK 1.16 withholds groups of fields
(code list `undisclosed-data-group`: `not-fram`, the values of framework agreements): a group stands as its code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.gathered import Section
from beffroi.formats.eforms.moments import dated, day
from beffroi.formats.eforms.values import hear, into, pointer, words

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

FIELDS = {
    "awa-cri-com": "BT-543",
    "awa-cri-des": "BT-540",
    "awa-cri-fix": "BT-5422",
    "awa-cri-nam": "BT-734",
    "awa-cri-num": "BT-541",
    "awa-cri-ord": "BT-733",
    "awa-cri-thr": "BT-5423",
    "awa-cri-typ": "BT-539",
    "awa-cri-wei": "BT-5421",
    "buy-rev-cou": "BT-635",
    "buy-rev-typ": "BT-636",
    "con-rev-buy": "BT-160",
    "con-rev-use": "BT-162",
    "cou-ori": "BT-191",
    "cro-bor-law": "BT-09",
    "dir-awa-jus": "BT-136",
    "dir-awa-pre": "BT-1252",
    "dir-awa-tex": "BT-135",
    "gro-max-ide": "BT-556",
    "gro-max-val": "BT-156",
    "gro-ree-val": "BT-1561",
    "max-val": "BT-709",
    "no-awa-rea": "BT-144",
    "not-app-val": "BT-1118",
    "not-max-val": "BT-118",
    "not-val": "BT-161",
    "pro-acc": "BT-106",
    "pro-acc-jus": "BT-1351",
    "pro-fea": "BT-88",
    "pro-typ": "BT-105",
    "rec-sub-cou": "BT-759",
    "rec-sub-typ": "BT-760",
    "ree-val": "BT-660",
    "rev-req": "BT-712",
    "sub-con": "BT-773",
    "sub-des": "BT-554",
    "sub-per": "BT-555",
    "sub-per-kno": "BT-731",
    "sub-val": "BT-553",
    "sub-val-kno": "BT-730",
    "ten-ran": "BT-171",
    "ten-val-hig": "BT-711",
    "ten-val-low": "BT-710",
    "val-con-des": "BT-163",
    "win-cho": "BT-142",
    "win-ten-val": "BT-720",
    "win-ten-var": "BT-193",
}


def _field(cursor: Cursor, element: Element, section: Section) -> None:
    text = cursor.value(element)
    if text:
        section.draft["field"] = FIELDS.get(text, text)
        cursor.cite(section.draft, "field", element, rule="the field this code of non-publication-identifier names")


def _reason(cursor: Cursor, element: Element, section: Section) -> None:
    text = cursor.value(element)
    if text:
        section.draft["reason"] = text
        cursor.cite(section.draft, "reason", element)


_PRIVACY = into(
    {
        "efbc:FieldIdentifierCode": _field,
        "cbc:ReasonCode": _reason,
        "efbc:ReasonDescription": words("text", "BT-196"),
        "efbc:PublicationDate": dated("until"),
    }
)


def _heard(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-196 of the notice."""
    text, original = hear(cursor, element, section, "BT-196")
    if text and (original or "text" not in section.spoken):
        section.spoken["text"] = (text, element)


_UNDISCLOSED = into(
    {
        "efac:NondisclosureReference": into({"efbc:NondisclosureID": pointer("groups")}),
        "efac:NondisclosureJustification": into(
            {
                "efbc:NondisclosureJustificationCode": pointer("reason"),
                "efbc:NondisclosureJustificationDescription": _heard,
            }
        ),
        "efbc:InformationDisclosureDate": pointer("until"),
    }
)


def undisclosed(cursor: Cursor, element: Element, section: Section) -> None:
    """Read the groups of fields a notice withholds, all for one reason and until one day (SDK 1.16)."""
    found = Section(section.notice, {})
    _UNDISCLOSED(cursor, element, found)
    stated = [("reason", one.id, one.element) for one in found.pointers.get("reason", ())]
    for one in found.pointers.get("until", ()):
        date = day(one.id)
        if date is None:
            cursor.leave(one.element, "not a date")
        else:
            stated.append(("until", date, one.element))
    stated += [("text", *one) for one in found.spoken.values()]
    for group in found.pointers.get("groups", ()):
        draft: Draft = {"field": group.id}
        cursor.anchor(draft, element)
        cursor.cite(draft, "field", group.element)
        for field, value, place in stated:
            draft[field] = value
            cursor.cite(draft, field, place)
        section.notice.draft.setdefault("withheld", []).append(draft)
    if not found.pointers.get("groups"):
        for _, _, place in stated:
            cursor.leave(place, "withheld information without its group")


def withheld(cursor: Cursor, element: Element, section: Section) -> None:
    """Read one withheld field; its lot is the section's."""
    found = Section(section.notice, {}, section.id)
    _PRIVACY(cursor, element, found)
    if "field" not in found.draft:
        cursor.leave(element, "a withheld field without its identifier")
        return
    if section.id is not None:
        found.draft["lot"] = section.id
    cursor.anchor(found.draft, element)
    section.notice.draft.setdefault("withheld", []).append(found.draft)

"""How tenders are compared: `cac:AwardingTerms` of a lot or a group of lots.

In: the element. Out: criteria (BT-539, BT-734, BT-540, BT-541), prizes (BT-44, BT-644) and passages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import ignoring
from beffroi.formats.eforms.amounts import amount
from beffroi.formats.eforms.gathered import Section
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.values import children, clause, code, extension, hear, into, keep, listed, pointer

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

KINDS = ("price", "cost", "quality")
PERCENTAGE = "per-"
PARAMETERS = {"number-weight": "BT-5421", "number-fixed": "BT-5422", "number-threshold": "BT-5423"}
"""Code list → the field its number is (BT-541)."""


def _kind(cursor: Cursor, element: Element, criterion: Section) -> None:
    """BT-539."""
    text = code(cursor, element, criterion)
    if text in KINDS:
        criterion.draft["kind"] = text
        cursor.cite(criterion.draft, "kind", element)
    elif text:
        cursor.leave(element, "not a kind of award criterion of the code list")


def _name(cursor: Cursor, element: Element, criterion: Section) -> None:
    """BT-734."""
    text, original = hear(cursor, element, criterion, "BT-734")
    if original:
        criterion.draft["name"] = text
        cursor.cite(criterion.draft, "name", element)


def _description(cursor: Cursor, element: Element, criterion: Section) -> None:
    """BT-540: the name of a criterion that has no other."""
    text, original = hear(cursor, element, criterion, "BT-540")
    if original:
        criterion.spoken["description"] = (text, element)


_PARAMETER = into(
    {"efbc:ParameterCode": pointer("code"), "efbc:ParameterNumeric": pointer("number"), "efac:FieldsPrivacy": withheld}
)


def _parameter(cursor: Cursor, element: Element, criterion: Section) -> None:
    """BT-541: a percentage is the weight as written; another number (decimal, points, rank) says what it is.

    A fixed value (BT-5422) or a threshold (BT-5423) is no weight: it is kept as a passage.
    """
    found = Section(criterion.notice, {}, criterion.id)
    _PARAMETER(cursor, element, found)
    codes, numbers = found.pointers.get("code", []), found.pointers.get("number", [])
    if not numbers:
        return
    parts = [*numbers[:1], *(one for one in codes[:1] if not one.id.startswith(PERCENTAGE))]
    text = " ".join(one.id for one in parts)
    place = PARAMETERS.get(codes[0].element.get("listName") or "", "BT-541") if codes else "BT-541"
    elements = [one.element for one in parts]
    if place != "BT-5421" or "weight" in criterion.draft:
        keep(cursor, criterion, place, text, *elements)
    else:
        criterion.draft["weight"] = text
        cursor.cite(criterion.draft, "weight", *elements)


_CRITERION = into(
    {
        "cbc:AwardingCriterionTypeCode": _kind,
        "cbc:Name": _name,
        "cbc:Description": _description,
        "cbc:CalculationExpression": clause("BT-543"),
        "ext:UBLExtensions": extension(
            {
                "efac:AwardCriterionParameter": _parameter,
                "efac:FieldsPrivacy": withheld,
            }
        ),
    }
)


def _criterion(cursor: Cursor, element: Element, section: Section) -> None:
    found = Section(section.notice, {}, section.id)
    _CRITERION(cursor, element, found)
    described = found.spoken.get("description")
    if described is not None and "name" not in found.draft:
        found.draft["name"] = described[0]
        cursor.cite(found.draft, "name", described[1])
    elif described is not None:
        keep(cursor, section, "BT-540", described[0], described[1])
    if found.draft:
        cursor.anchor(found.draft, element, "BT-539 is not stated")
        section.draft.setdefault("criteria", []).append(found.draft)


_CRITERIA = into(
    {
        "cbc:Description": clause("BT-733"),
        "cbc:CalculationExpression": clause("BT-543"),
        "cac:SubordinateAwardingCriterion": _criterion,
        "ext:UBLExtensions": extension({"efac:FieldsPrivacy": withheld}),
    }
)


def _awarding_criterion(cursor: Cursor, element: Element, section: Section) -> None:
    """Read criteria under their parent, as the SDK wants them, or directly in it, as some notices write them."""
    if any(child.tag.endswith("}AwardingCriterionTypeCode") for child in element):
        _criterion(cursor, element, section)
    else:
        _CRITERIA(cursor, element, section)


def _prize(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-44 (rank), BT-644 (value), BT-45 (words)."""
    found = children(cursor, element, ("RankCode", "ValueAmount", "Description"))
    value = found.get("ValueAmount")
    draft: Draft | None = amount(cursor, value, section.notice, "prize", "lot") if value is not None else None
    noted = [child for name, child in found.items() if name != "ValueAmount"]
    text = ": ".join(one for one in (cursor.prose(child) for child in noted) if one)
    if draft is None:
        if text:
            keep(cursor, section, "BT-45", text, *noted)
        return
    section.draft.setdefault("amounts", []).append(draft)
    if text:
        draft["note"] = text
        cursor.cite(draft, "note", *noted)


AWARDING_TERMS = into(
    {
        "cac:AwardingCriterion": _awarding_criterion,
        "cac:Prize": _prize,
        "cbc:BindingOnBuyerIndicator": listed("BT-42"),
        "cbc:FollowupContractIndicator": listed("BT-41"),
        "cbc:NoFurtherNegotiationIndicator": listed("BT-120"),
        "cac:TechnicalCommitteePerson": ignoring("names of the members of a jury: personal data"),
    }
)

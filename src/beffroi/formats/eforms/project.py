"""What is bought: `cac:ProcurementProject` of the procedure, a lot, a group of lots or a part.

In: the element. Out: title, description, nature, CPV, estimate, places, duration, renewals, options, quantities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.cursor import Attribute
from beffroi.formats.eforms.amounts import money
from beffroi.formats.eforms.gathered import Section
from beffroi.formats.eforms.moments import dated
from beffroi.formats.eforms.neighbours import by_neighbour
from beffroi.formats.eforms.values import (
    MOST_DIGITS,
    clause,
    code,
    extension,
    hear,
    into,
    keep,
    listed,
    pairs,
    pointer,
    whole,
    words,
)
from beffroi.notices import decimal_text
from beffroi.notices.countries import COUNTRY_RULE, country

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

NATURES = {"works": "works", "supplies": "supplies", "services": "services", "combined": "mixed"}
UNITS = {"DAY": "day", "WEEK": "week", "MONTH": "month", "YEAR": "year"}
CPV_DIGITS = 8
NATURE_RULE = "combined is mixed"


def _nature(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-23."""
    text = code(cursor, element, section)
    if text in NATURES:
        section.draft["nature"] = NATURES[text]
        cursor.cite(section.draft, "nature", element, rule=NATURE_RULE if text == "combined" else None)
    elif text:
        cursor.leave(element, "not a nature of contract of the code list")


def _cpv(cursor: Cursor, section: Section) -> None:
    """BT-262 first, then BT-263."""
    codes: list[str] = []
    mains = section.pointers.get("main", [])
    for found in mains[1:]:
        cursor.leave(found.element, "a second main CPV code")
    for found in (*mains[:1], *section.pointers.get("additional", [])):
        number, rest = found.id[:CPV_DIGITS], found.id[CPV_DIGITS:]
        if len(number) < CPV_DIGITS or not number.isdigit() or rest[:1] not in ("", "-"):
            cursor.leave(found.element, "not a CPV code")
        elif number not in codes:
            codes.append(number)
            cursor.cite(section.draft, f"cpv[{len(codes) - 1}]", found.element)
    if codes:
        section.draft["cpv"] = codes


def _place_value(field: str) -> Handler:
    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text = code(cursor, element, section)
        if text:
            section.draft[field] = text
            cursor.cite(section.draft, field, element)

    return read


def _place_country(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-5141."""
    text = code(cursor, element, section)
    found = country(text)
    if found is not None:
        section.draft["country"] = found
        cursor.cite(section.draft, "country", element, rule=COUNTRY_RULE)
    elif text:
        cursor.leave(element, "not a country of ISO 3166-1")


_PLACE = into(
    {
        "cbc:Description": words("text", "BT-728"),
        "cac:Address": into(
            {
                "cbc:StreetName": clause("BT-5101"),
                "cbc:AdditionalStreetName": clause("BT-5101"),
                "cac:AddressLine": into({"cbc:Line": clause("BT-5101")}),
                "cbc:CityName": _place_value("city"),
                "cbc:PostalZone": _place_value("postcode"),
                "cbc:CountrySubentityCode": _place_value("nuts"),
                "cbc:Region": listed("BT-727"),
                "cac:Country": into({"cbc:IdentificationCode": _place_country}),
            }
        ),
    }
)


def _place(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-5071, BT-5141, BT-5131, BT-5121, BT-728."""
    place: Draft = {}
    _PLACE(cursor, element, Section(section.notice, place, section.id))
    if place:
        cursor.anchor(place, element)
        section.draft.setdefault("places", []).append(place)


def _count(text: str) -> int | float | None:
    """Return a number of things that is not negative, of a size that stays exact; else None."""
    number = decimal_text(text)
    if number is None or number.startswith("-") or len(number) > MOST_DIGITS:
        return None
    return float(number) if "." in number else int(number)


def _duration(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-36."""
    text, unit = cursor.value(element), UNITS.get(cursor.attribute(element, "unitCode"))
    number = _count(text)
    if number is None or unit is None:
        if text:
            cursor.leave(element, "not a duration in days, weeks, months or years")
        return
    duration: Draft = {"value": number, "unit": unit}
    section.draft["duration"] = duration
    cursor.cite(duration, "value", element)
    cursor.cite(duration, "unit", Attribute(element, "unitCode"), rule="the unit's code")


def _most_renewals(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-58: none is stated as 0."""
    number = whole(cursor, element)
    if number is not None:
        renewals: Draft = section.draft.setdefault("renewals", {})
        renewals["maximum"] = number
        renewals["allowed"] = number > 0
        cursor.anchor(renewals, element, "a maximum above 0 allows renewals, 0 excludes them")
        cursor.cite(renewals, "maximum", element)


def _grouped(group: str, place: str) -> Handler:
    """Return a handler of the words that describe renewals (BT-57) or options (BT-54)."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text, original = hear(cursor, element, section, place)
        if not original:
            return
        values: Draft = section.draft.setdefault(group, {})
        if "text" in values:
            keep(cursor, section, place, text, element)
        else:
            values["text"] = text
            cursor.cite(values, "text", element)

    return read


def _quantity(cursor: Cursor, element: Element, section: Section) -> None:
    """BT-25, its unit BT-625."""
    text = cursor.value(element)
    number = _count(text)
    if number is None:
        if text:
            cursor.leave(element, "not a quantity")
        return
    quantity: Draft = {"kind": "estimated", "value": number, "stated_in": "element"}
    unit = cursor.attribute(element, "unitCode")
    if unit:
        quantity["unit"] = unit
        cursor.cite(quantity, "unit", Attribute(element, "unitCode"))
    cursor.anchor(quantity, element, "BT-25 is an estimated quantity")
    cursor.cite(quantity, "value", element)
    section.draft.setdefault("quantities", []).append(quantity)


def _reference(holder: str) -> Handler:
    """Return a handler of the buyer's own number (BT-22), which a procedure keeps among its terms."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:
        text = cursor.value(element)
        if text:
            draft: Draft = section.draft.setdefault(holder, {}) if holder else section.draft
            draft["reference"] = text
            cursor.cite(draft, "reference", element)

    return read


_COMMON: dict[str, Handler] = {
    "cbc:Name": words("title"),
    "cbc:Description": words("description"),
    "cbc:ProcurementTypeCode": _nature,
    "cbc:Note": clause("BT-300"),
    "cbc:SMESuitableIndicator": listed("BT-726"),
    "cac:ProcurementAdditionalType": into(
        {
            "cbc:ProcurementTypeCode": listed("BT-531"),
            "cbc:ProcurementType": by_neighbour("BT-777", "ProcurementTypeCode", {"accessibility": "BT-755"}),
        },
    ),
    "cac:MainCommodityClassification": into({"cbc:ItemClassificationCode": pointer("main")}),
    "cac:AdditionalCommodityClassification": into({"cbc:ItemClassificationCode": pointer("additional")}),
    "cac:RealizedLocation": _place,
}
_OF_A_LOT: dict[str, Handler] = {
    "cbc:EstimatedOverallContractQuantity": _quantity,
    "cac:PlannedPeriod": into(
        {
            "cbc:StartDate": dated("starts"),
            "cbc:EndDate": dated("ends"),
            "cbc:DurationMeasure": _duration,
            "cbc:DescriptionCode": clause("BT-538"),
            "cbc:Description": clause("BT-781"),
        }
    ),
    "cac:ContractExtension": into(
        {
            "cbc:MaximumNumberNumeric": _most_renewals,
            "cbc:OptionsDescription": _grouped("options", "BT-54"),
            "cac:Renewal": into({"cac:Period": into({"cbc:Description": _grouped("renewals", "BT-57")})}),
        }
    ),
}
_OF_THE_PROCEDURE: dict[str, Handler] = {
    "cbc:EstimatedOverallContractQuantity": clause("BT-25"),
    "cac:PlannedPeriod": pairs("BT-36"),
    "cac:ContractExtension": into(
        {
            "cbc:MaximumNumberNumeric": clause("BT-58"),
            "cbc:OptionsDescription": clause("BT-54"),
            "cac:Renewal": into({"cac:Period": into({"cbc:Description": clause("BT-57")})}),
        }
    ),
}
"""A procedure's own duration, renewals and options have no field in the record: they are kept as written."""


def _requested(scope: str | None) -> Handler:
    """Return the handler of estimates: BT-27, and the framework's maximum BT-271."""
    return into(
        {
            "cbc:EstimatedOverallContractAmount": money("estimate", scope),
            "ext:UBLExtensions": extension({"efbc:FrameworkMaximumAmount": money("framework_max", scope)}),
        }
    )


_PROCEDURE = into(
    {
        **_COMMON,
        **_OF_THE_PROCEDURE,
        "cbc:ID": _reference("procedure"),
        "cac:RequestedTenderTotal": _requested("notice"),
    }
)
_LOT = into({**_COMMON, **_OF_A_LOT, "cbc:ID": _reference(""), "cac:RequestedTenderTotal": _requested("lot")})
GROUP_PROJECT = into(
    {
        "cbc:ID": clause("BT-22"),
        "cbc:Name": words("title"),
        "cbc:Description": words("description"),
        "cbc:Note": clause("BT-300"),
        "cbc:SMESuitableIndicator": listed("BT-726"),
        "cac:RequestedTenderTotal": _requested(None),
    }
)


def procedure_project(cursor: Cursor, element: Element, section: Section) -> None:
    """Read what the procedure buys into the notice."""
    _PROCEDURE(cursor, element, section)
    _cpv(cursor, section)


def lot_project(cursor: Cursor, element: Element, section: Section) -> None:
    """Read what a lot or a part buys."""
    _LOT(cursor, element, section)
    _cpv(cursor, section)

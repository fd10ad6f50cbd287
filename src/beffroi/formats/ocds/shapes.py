"""Wrong shapes, told before anything is read: a text where OCDS has an object, an object where it has a text.

In: a release. Out: the same; what is of the wrong shape, or a second one where OCDS has one, is reported as unread, and
no reader meets it again.

Names that OCDS and its extensions use for both (`value`, `identifier`, `period`) are judged by their readers.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.ocds.frame import Sheet
>>> from beffroi.formats.ocds.tree import release_tree
>>> cursor = Cursor()
>>> tell_shapes(cursor, release_tree(b'{"tender": "soon", "title": "Lamps"}'), Sheet({}))
>>> cursor.unread
[{'place': '/release/tender[1]', 'text': 'soon', 'why': 'a text where an object is expected'}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import OBJECT_WANTED, TEXT_WANTED, UNREAD, Frame, leave, scalar

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet

TEXTS = frozenset(
    {"ocid", "id", "date", "tag", "language", "initiationType", "name", "legalName", "scheme", "uri", "title", "roles"}
    | {"description", "amountNet", "amountGross", "currency", "valueAddedTaxIncluded", "locality", "region"}
    | {"postalCode", "country", "countryName", "countryCode", "startDate", "endDate", "maxExtentDate", "dateSigned"}
    | {"durationInDays", "durationInMonths", "awardID", "relatedLot", "relatedLots", "relatedBid", "relatedBids"}
    | {"relationship", "procurementMethod", "procurementMethodDetails", "procurementMethodRationale", "status"}
    | {"mainProcurementCategory", "additionalProcurementCategories", "coveredBy", "statusDetails", "noticeType"}
    | {"documentType", "quantity", "measure", "number", "weight", "type", "hasFrameworkAgreement", "hasOptions"}
    | {"hasDynamicPurchasingSystem", "hasElectronicAuction", "hasRenewal", "maximumRenewals", "maximumParticipants"}
    | {"rationale", "releaseID", "amendsReleaseID", "buyerProfile", "project", "projectID", "url"}
)
"""Fields that are a text, a number, a flag, or a list of these."""

OBJECTS = frozenset(
    {"planning", "tender", "awards", "contracts", "bids", "parties", "buyer", "procuringEntity", "suppliers"}
    | {"address", "additionalIdentifiers", "lots", "lotGroups", "items", "amendments", "amendment", "classification"}
    | {"additionalClassifications", "classifications", "tenderPeriod", "contractPeriod", "statistics", "transactions"}
    | {"techniques", "frameworkAgreement", "dynamicPurchasingSystem", "implementation", "budget", "legalBasis"}
    | {"lotDetails", "unstructuredChanges", "relatedProcesses", "deliveryAddress", "deliveryAddresses", "minValue"}
    | {"maximumValue", "estimatedValue", "renewal", "compiledRelease", "documents", "milestones", "deliveryLocation"}
    | {"deliveryLocations", "subcontracting", "penaltyValue", "performanceFailures", "awardCriteria", "gazetteer"}
)
"""Fields that are an object, or a list of objects."""


REPEATED = frozenset(
    {"tag", "roles", "relatedLot", "relatedLots", "relatedBid", "relatedBids", "relationship", "coveredBy", "type"}
    | {"additionalProcurementCategories", "awards", "contracts", "parties", "suppliers", "additionalIdentifiers"}
    | {"lots", "lotGroups", "items", "amendments", "amendment", "additionalClassifications", "classifications"}
    | {"statistics", "transactions", "unstructuredChanges", "relatedProcesses", "deliveryAddresses", "documents"}
    | {"deliveryAddress", "deliveryLocation", "deliveryLocations", "milestones", "performanceFailures", "description"}
)
"""Those of both that may be a list."""

SINGLE = (TEXTS | OBJECTS | {"value", "amount", "identifier", "unit"}) - REPEATED
SECOND = "a second one where OCDS has one"


def tell_shapes(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Report every field below an element whose shape is not the one its name has, and hide it from the readers."""
    seen: set[str] = set()
    for one in element:
        why = _why(one, seen)
        seen.add(one.tag)
        if why is not None:
            leave(cursor, one, Frame(sheet), why)
            one.tag = UNREAD + one.tag  # type: ignore[misc]  # a node's own; elements of XML are never met here
        elif not scalar(one):
            tell_shapes(cursor, one, sheet)


def _why(one: Element, seen: set[str]) -> str | None:
    """Return what is wrong with the shape of a field, if anything is."""
    name = one.tag
    if name in seen and name in SINGLE:
        return SECOND
    if scalar(one):
        return OBJECT_WANTED if name in OBJECTS else None
    return TEXT_WANTED if name in TEXTS and len(one) else None

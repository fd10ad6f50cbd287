"""Wrong shapes, told before anything is read: a text where OCDS has an object, an object where it has a text.

In: a release. Out: the same; what is of the wrong shape is reported as unread and no reader meets it again.

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


def tell_shapes(cursor: Cursor, element: Element, sheet: Sheet) -> None:
    """Report every field below an element whose shape is not the one its name has, and hide it from the readers."""
    for one in element:
        if scalar(one):
            if one.tag not in OBJECTS:
                continue
            why = OBJECT_WANTED
        elif one.tag in TEXTS and len(one):
            why = TEXT_WANTED
        else:
            tell_shapes(cursor, one, sheet)
            continue
        leave(cursor, one, Frame(sheet), why)
        one.tag = UNREAD + one.tag  # type: ignore[misc]  # a node's own; elements of XML are never met here

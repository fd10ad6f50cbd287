"""Releases invented for the tests: how they are read, and one that fills most of what OCDS can say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beffroi.formats import read
from beffroi.formats.proof import verify_citations
from beffroi.notices import Document

if TYPE_CHECKING:
    from beffroi.formats import Reading
    from beffroi.notices import Notice

Release = dict[str, Any]


def document(release: Release, name: str = "r.json") -> Document:
    data = json.dumps(release, ensure_ascii=False).encode()
    return Document.of(data, name=name, media_type="application/json", origin="sample")


def release(*tags: str, **sections: Any) -> Release:
    return {"ocid": "ocds-x1-1", "id": "7", "date": "2026-03-04T09:30:00Z", "tag": list(tags), **sections}


def reading(invented: Release) -> Reading:
    """Read a release with its citations, all of which hold."""
    one = document(invented)
    found = read(one, cite=True)
    assert found.uncited == ()
    assert found.citations is not None
    assert verify_citations(one, found.notice, found.citations) == []
    assert read(one).notice == found.notice
    return found


def notice(*tags: str, **sections: Any) -> Notice:
    return reading(release(*tags, **sections)).notice


def clauses(found: Notice) -> dict[str, str]:
    return {one.place: one.text for one in found.clauses}


def unread(found: Notice) -> list[tuple[str, str]]:
    return [(one.place, one.text) for one in found.unread]


def sums(amounts: Any) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.value or f"{one.low}-{one.high}", one.vat) for one in amounts]


FULL: Release = {
    "ocid": "ocds-h6vhtk-0abcde",
    "id": "900123-2026",
    "date": "2026-04-02T08:15:30+01:00",
    "tag": ["planning", "tender", "award", "contract"],
    "initiationType": "tender",
    "language": "en",
    "description": "All in one",
    "parties": [
        {
            "id": "GB-PPON-AAAA-1111-BBBB",
            "name": "Harbour of Eastholm",
            "identifier": {"scheme": "GB-PPON", "id": "AAAA-1111-BBBB", "legalName": "Eastholm Harbour Board"},
            "additionalIdentifiers": [{"scheme": "GB-COH", "id": "09999999", "uri": "https://register.example/1"}],
            "address": {
                "streetAddress": "1 Quay",
                "locality": "Eastholm",
                "postalCode": "EH1 1QQ",
                "country": "GB",
                "countryName": "United Kingdom",
                "region": "UKM75",
            },
            "contactPoint": {"name": "J. Doe", "email": "j.doe@eastholm.example", "telephone": "+44 20 7946 0000"},
            "roles": ["buyer", "centralPurchasingBody"],
            "details": {
                "url": "https://eastholm.example",
                "classifications": [{"scheme": "UK_CA_TYPE", "id": "publicAuthority", "description": "Authority"}],
            },
        },
        {
            "id": "GB-FTS-55",
            "name": "Lamps & Sons",
            "identifier": {"legalName": "Lamps and Sons Ltd"},
            "roles": ["supplier", "tenderer"],
            "details": {"scale": "sme", "vcse": False},
        },
        {"id": "GB-FTS-56", "name": "High Court", "roles": ["reviewBody"], "address": {"locality": "London"}},
        {"id": "GB-FTS-57", "name": "Treasury", "roles": ["payer"]},
    ],
    "buyer": {"id": "GB-PPON-AAAA-1111-BBBB", "name": "Harbour of Eastholm"},
    "planning": {
        "rationale": "The lamps are old",
        "budget": {
            "id": "B1",
            "description": "Capital",
            "amount": {"amount": 900000, "currency": "GBP"},
            "project": "Light",
        },
        "documents": [{"id": "p1", "documentType": "marketEngagementNotice", "noticeType": "UK2"}],
        "milestones": [{"id": "m", "title": "Kick-off", "dueDate": "2026-01-01T00:00:00Z"}],
        "noEngagementNoticeRationale": "Urgent",
    },
    "tender": {
        "id": "EH-77",
        "title": "Quay lamps",
        "title_cy": "Lampau cei",
        "description": "Lamps for the quay",
        "status": "complete",
        "legalBasis": {"scheme": "CELEX", "id": "32014L0024", "description": "Public sector directive"},
        "procuringEntity": {"id": "GB-PPON-AAAA-1111-BBBB", "name": "Harbour of Eastholm"},
        "mainProcurementCategory": "goods",
        "additionalProcurementCategories": ["services"],
        "procurementMethod": "open",
        "procurementMethodDetails": "Open procedure",
        "procurementMethodRationale": "Best value",
        "aboveThreshold": True,
        "riskDetails": "Storms",
        "coveredBy": ["GPA"],
        "value": {"amount": 1000000.50, "amountGross": 1200000.60, "currency": "GBP"},
        "classification": {"scheme": "CPV", "id": "34928500", "description": "Street-lighting equipment"},
        "tenderPeriod": {"startDate": "2026-04-02T08:00:00+01:00", "endDate": "2026-05-05T12:00:00+01:00"},
        "enquiryPeriod": {"endDate": "2026-04-20T17:00:00+01:00"},
        "awardPeriod": {"startDate": "2026-06-01T00:00:00+01:00"},
        "communication": {"futureNoticeDate": "2027-01-01T00:00:00Z"},
        "lotDetails": {"maximumLotsBidPerSupplier": 2, "maximumLotsAwardedPerSupplier": 1},
        "lotGroups": [{"id": "G1", "relatedLots": ["1", "2"], "maximumValue": {"amount": 800000, "currency": "GBP"}}],
        "techniques": {
            "hasFrameworkAgreement": True,
            "frameworkAgreement": {"method": "withReopeningCompetition", "maximumParticipants": 3},
            "hasElectronicAuction": False,
        },
        "lots": [
            {
                "id": "1",
                "title": "Lamps",
                "title_cy": "Lampau",
                "description": "New lamps",
                "status": "complete",
                "value": {"amount": 600000, "currency": "GBP"},
                "contractPeriod": {"startDate": "2026-09-01T00:00:00+01:00", "endDate": "2028-08-31T23:59:59+01:00"},
                "hasOptions": True,
                "options": {"description": "More lamps"},
                "hasRenewal": True,
                "renewal": {"description": "Twice", "maximumRenewals": 2},
                "awardCriteria": {
                    "criteria": [
                        {
                            "type": "quality",
                            "name": "Light",
                            "numbers": [{"number": 60, "weight": "percentageExact"}],
                        },
                        {"type": "price", "description": "40"},
                    ]
                },
                "suitability": {"sme": True},
                "submissionTerms": {"languages": ["en"], "bidValidityPeriod": {"durationInDays": 90}},
            },
            {"id": "2", "description": "Poles", "value": {"amount": 400000.5, "currency": "GBP"}},
        ],
        "items": [
            {
                "id": "1",
                "description": "lamps",
                "quantity": 120,
                "unit": {"name": "piece", "value": {"amount": 5000, "currency": "GBP"}},
                "classification": {"scheme": "CPV", "id": "34928510-2", "description": "Columns"},
                "additionalClassifications": [{"scheme": "UNSPSC", "id": "39111603", "description": "Lights"}],
                "deliveryAddresses": [{"region": "UKM75", "country": "GB", "streetAddress": "1 Quay"}],
                "relatedLot": "1",
            },
            {"id": "2", "classification": {"scheme": "CPV", "id": "34928520"}, "relatedLots": ["2"]},
        ],
        "documents": [
            {
                "id": "900123-2026",
                "documentType": "tenderNotice",
                "noticeType": "UK4",
                "url": "https://www.find-tender.service.gov.uk/Notice/900123-2026",
            },
        ],
        "amendments": [
            {
                "id": "a1",
                "date": "2026-04-01T00:00:00Z",
                "description": "Deadline extended",
                "unstructuredChanges": [
                    {
                        "oldValue": {"date": "2026-05-01T12:00:00Z"},
                        "newValue": {"date": "2026-05-05T12:00:00Z"},
                        "where": {"section": "IV.2.2", "label": "Time limit"},
                    }
                ],
            }
        ],
        "reviewDetails": "Within 30 days",
    },
    "bids": {
        "statistics": [
            {"id": "1", "measure": "bids", "value": 7, "relatedLot": "1"},
            {"id": "2", "measure": "smeBids", "value": 4, "relatedLot": "1"},
            {"id": "3", "measure": "lowestValidBidValue", "value": 500000, "relatedLot": "1"},
        ],
        "details": [{"id": "b1", "value": {"amount": 610000, "currency": "GBP"}, "relatedLots": ["1"]}],
    },
    "awards": [
        {
            "id": "A1",
            "title": "Lamps",
            "status": "active",
            "date": "2026-06-15T00:00:00+01:00",
            "value": {"amount": 580000, "amountGross": 696000, "currency": "GBP"},
            "suppliers": [{"id": "GB-FTS-55", "name": "Lamps & Sons"}],
            "relatedLots": ["1"],
            "maximumValue": {"amount": 700000, "currency": "GBP"},
            "contractPeriod": {"startDate": "2026-09-01T00:00:00+01:00"},
            "hasSubcontracting": True,
            "subcontracting": {"value": {"amount": 58000, "currency": "GBP"}, "maximumPercentage": 0.1},
        },
        {"id": "A2", "status": "unsuccessful", "statusDetails": "No tender", "relatedLots": ["2"]},
    ],
    "contracts": [
        {
            "id": "C1",
            "awardID": "A1",
            "status": "active",
            "value": {"amount": 575000, "currency": "GBP"},
            "dateSigned": "2026-07-01T10:00:00+01:00",
            "period": {"startDate": "2026-09-01T00:00:00+01:00"},
            "implementation": {
                "transactions": [
                    {"id": "t1", "date": "2026-10-01T00:00:00Z", "value": {"amount": 1000, "currency": "GBP"}}
                ]
            },
        }
    ],
    "relatedProcesses": [
        {"id": "1", "relationship": ["framework"], "scheme": "ocid", "identifier": "ocds-h6vhtk-000001"}
    ],
}
"""Invented: nothing of it exists."""

"""Tenders, contracts and tendering parties of a result, each still apart.

In: `efac:LotTender`, `efac:SettledContract`, `efac:TenderingParty`. Out: sections with what they state and point to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.gathered import Money, Section
from beffroi.formats.eforms.links import link
from beffroi.formats.eforms.neighbours import by_neighbour
from beffroi.formats.eforms.privacy import withheld
from beffroi.formats.eforms.roles import body
from beffroi.formats.eforms.terms import funding
from beffroi.formats.eforms.values import clause, flag, into, listed, number, pairs, pointer, words

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element


_TERM = {"all-rev-tic": listed("OPP-035")}
_OTHER_TERM = listed("OPP-030")


def _term(cursor: Cursor, element: Element, section: Section) -> None:
    """OPP-030, OPP-033 (by its list) or OPP-035, by the code."""
    _TERM.get((element.text or "").strip(), _OTHER_TERM)(cursor, element, section)


def later(kind: str) -> Handler:
    """Return a handler that keeps a sum until it is known which award it belongs to."""

    def read(cursor: Cursor, element: Element, section: Section) -> None:  # noqa: ARG001 - the handlers' one signature
        section.money.append(Money(kind, element))

    return read


def subcontracting(amount: Handler) -> Handler:
    """Return the handler of what of a tender is subcontracted; `amount` keeps its value (BT-553)."""
    return into(
        {
            "efbc:TermCode": listed("BT-773"),
            "efbc:TermAmount": amount,
            "efbc:TermPercent": number("BT-555"),
            "efbc:TermDescription": clause("BT-554"),
            "efbc:ValueKnownIndicator": listed("BT-730"),
            "efbc:PercentageKnownIndicator": listed("BT-731"),
            "efac:FieldsPrivacy": withheld,
        }
    )


TENDER = into(
    {
        "cbc:ID": pointer("id"),
        "cbc:RankCode": pointer("rank"),
        "efbc:TenderRankedIndicator": listed("BT-1711"),
        "efbc:TenderVariantIndicator": listed("BT-193"),
        "efbc:ForeignSubsidiesMeasuresCode": listed("BT-682"),
        "efbc:PublicTransportationCumulatedDistance": clause("OPP-080"),
        "cac:LegalMonetaryTotal": into({"cbc:PayableAmount": later("award"), "efac:FieldsPrivacy": withheld}),
        "efac:AggregatedAmounts": into(
            {
                "cbc:PaidAmount": later("paid"),
                "efbc:PaidAmountDescription": clause("BT-780"),
                "efbc:PenaltiesAmount": later("penalty"),
            }
        ),
        "efac:ConcessionRevenue": into(
            {
                "efbc:RevenueBuyerAmount": later("revenue_buyer"),
                "efbc:RevenueUserAmount": later("revenue_user"),
                "efbc:ValueDescription": clause("BT-163"),
                "efac:FieldsPrivacy": withheld,
            }
        ),
        "efac:ContractTerm": into(
            {
                "efbc:TermCode": _term,
                "efbc:TermDescription": by_neighbour("OPP-031", "TermCode", {"rewards-penalties": "OPP-034"}),
                "efbc:TermPercent": clause("OPP-032"),
            }
        ),
        "efac:FieldsPrivacy": withheld,
        "efac:Origin": into({"efbc:AreaCode": clause("BT-191"), "efac:FieldsPrivacy": withheld}),
        "efac:SubcontractingTerm": subcontracting(later("subcontracted")),
        "efac:TenderingParty": into({"cbc:ID": pointer("party")}),
        "efac:TenderLot": into({"cbc:ID": pointer("lots")}),
        "efac:TenderReference": into({"cbc:ID": pointer("reference")}),
    }
)
_FUNDING = funding("BT-722", "BT-5011", "BT-6110")
CONTRACT = into(
    {
        "cbc:ID": pointer("id"),
        "cbc:AwardDate": pointer("decided"),
        "cbc:IssueDate": pointer("concluded"),
        "cbc:Title": words("title", "BT-721"),
        "cbc:URI": clause("BT-151"),
        "efbc:ContractFrameworkIndicator": listed("BT-768"),
        "cac:NoticeDocumentReference": into({"cbc:ID": link("previous")}),
        "cac:SignatoryParty": body("OPT-300-Signatory"),
        "efac:ContractReference": into({"cbc:ID": pointer("reference")}),
        "efac:DurationJustification": into(
            {
                "efbc:ExtendedDurationIndicator": listed("OPP-020"),
                "efac:AssetsList": into({"efac:Asset": pairs("OPP-021")}),
            }
        ),
        "efac:Funding": _FUNDING,
        "efac:LotTender": into({"cbc:ID": pointer("tenders")}),
    }
)


def _tenderer(cursor: Cursor, element: Element, section: Section) -> None:
    """OPT-300 of a tenderer, and whether it leads its group (OPT-170)."""
    found = Section(section.notice, {})
    _TENDERER(cursor, element, found)
    for one in found.pointers.get("id", []):
        section.pointers.setdefault("tenderers", []).append(one)
        if found.draft.get("leads"):
            section.pointers.setdefault("leaders", []).append(one)


def _leads(cursor: Cursor, element: Element, section: Section) -> None:
    section.draft["leads"] = flag(cursor, element)


_TENDERER = into({"cbc:ID": pointer("id"), "efbc:GroupLeadIndicator": _leads})
PARTY = into(
    {
        "cbc:ID": pointer("id"),
        "efbc:Name": clause("OPT-211"),
        "cbc:Name": clause("OPT-211"),
        "efac:Tenderer": _tenderer,
        "efac:SubContractor": into(
            {"cbc:ID": pointer("subcontractors"), "efac:MainContractor": body("OPT-301-MainCont")}
        ),
    }
)

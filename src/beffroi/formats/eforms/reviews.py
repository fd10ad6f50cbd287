"""Requests for review (`efac:Appeals`) and the registrations of X01 and X02.

In: the element. Out: passages and fees of the notice, the registered body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.eforms.amounts import money
from beffroi.formats.eforms.organizations import ADDRESS, Profile, described, identifier, named
from beffroi.formats.eforms.roles import body
from beffroi.formats.eforms.values import clause, into, listed, personal

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor
    from beffroi.formats.eforms.gathered import Section
    from beffroi.formats.nodes import Element

APPEALS = into(
    {
        "efac:AppealInformation": into(
            {
                "cbc:ID": clause("BT-804"),
                "cbc:Date": clause("BT-787"),
                "cbc:Title": clause("BT-788"),
                "cbc:Description": clause("BT-789"),
                "cbc:URI": clause("BT-794"),
                "cbc:FeeAmount": money("fee", "notice"),
                "efbc:AppealID": clause("BT-784"),
                "efbc:PreviousAppealID": clause("BT-785"),
                "efbc:AppealStageCode": listed("BT-783"),
                "efbc:AppealRemedyValue": money("other", "notice"),
                "efbc:WithdrawnAppealDate": clause("BT-797"),
                "efbc:WithdrawnAppealIndicator": listed("BT-796"),
                "efbc:WithdrawnAppealReasons": clause("BT-798"),
                "efac:AppealDecision": into({"efbc:DecisionTypeCode": listed("BT-790")}),
                "efac:AppealIrregularity": into({"efbc:IrregularityTypeCode": listed("BT-791")}),
                "efac:AppealRemedy": into({"efbc:RemedyTypeCode": listed("BT-792")}),
                "efac:AppealProcessingParty": into(
                    {
                        "efbc:AppealProcessingPartyTypeCode": listed("BT-799"),
                        "efbc:AppealProcessingPartyTypeDescription": clause("OPT-092"),
                        "cac:Party": body("BT-807"),
                    }
                ),
                "efac:AppealingParty": into(
                    {
                        "efbc:AppealingPartyTypeCode": listed("OPT-091"),
                        "efbc:AppealingPartyTypeDescription": clause("OPT-092"),
                        "cac:Party": body("BT-808"),
                    }
                ),
                "efac:AppealedItem": into({"cbc:ID": clause("BT-786")}),
            }
        )
    }
)
_REGISTERED = into(
    {
        "cac:PartyLegalEntity": into(
            {
                "cbc:RegistrationName": named,
                "cbc:CompanyID": identifier,
                "cbc:RegistrationDate": clause("OPP-113"),
                "cac:CorporateRegistrationScheme": into({"cac:JurisdictionRegionAddress": ADDRESS}),
            }
        ),
        "cac:PostalAddress": ADDRESS,
        "cac:Contact": personal,
        "cbc:WebsiteURI": clause("BT-505"),
    }
)


def registered(cursor: Cursor, element: Element, section: Section) -> None:
    """Read the body an X01 or X02 notice registers; it plays no role in a purchase."""
    profile = Profile(section.notice)
    _REGISTERED(cursor, element, profile)
    found = described(cursor, profile.company, element, None)
    if found:
        section.notice.draft.setdefault("others", []).append(found)


REFERENCE = into(
    {
        "cbc:DocumentDescription": clause("OPP-120"),
        "cbc:ReferencedDocumentInternalAddress": clause("OPP-121"),
        "cac:Attachment": into({"cac:ExternalReference": into({"cbc:URI": clause("OPP-122")})}),
        "cbc:IssueDate": clause("OPP-123"),
        "cbc:ID": clause("OPP-124"),
    }
)

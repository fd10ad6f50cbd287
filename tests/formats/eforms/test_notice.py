"""The notice as a whole: identity, languages, kinds, changes, roles, withheld values, DILA's dress."""

from __future__ import annotations

from typing import Any

import pytest

from beffroi.errors import Malformed
from beffroi.formats import read
from beffroi.formats.cursor import Cursor, Trace
from beffroi.formats.eforms import NAMES, draft, read_tree
from beffroi.formats.nodes import JsonNode, parse_xml
from beffroi.notices import Document

PUBLISHED = (
    '<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">00047522-2024</efbc:NoticePublicationID>'
    "<efbc:PublicationDate>2024-02-03Z</efbc:PublicationDate></efac:Publication>"
)


def project(*texts: str) -> str:
    return f"<cac:ProcurementProject>{''.join(texts)}</cac:ProcurementProject>"


def test_a_published_notice_has_its_number_as_printed(build: Any) -> None:
    notice = build.notice(extension=PUBLISHED)
    assert (notice.id, notice.number, notice.published) == ("ted:00047522-2024", "00047522-2024", "2024-02-03")
    assert (notice.form, notice.version, notice.dispatched) == ("16", "01", "2024-02-01")
    assert [(one.relation, one.target) for one in notice.links] == [
        ("same_notice", "eforms:00000000-0000-4000-8000-000000000001-01")
    ]


def test_a_notice_without_a_number_is_named_by_its_file(build: Any) -> None:
    assert build.notice().id == "ted:invented"


@pytest.mark.parametrize(
    ("code", "subtype", "kind", "call"),
    [
        ("pin-only", "4", "planning", False),
        ("pin-cfc-social", "14", "planning", True),
        ("pmc", "E1", "consultation", False),
        ("qu-sy", "15", "qualification", False),
        ("subco", "22", "call", False),
        ("veat", "25", "intention", False),
        ("can-tran", "T02", "result", False),
        ("can-modif", "38", "modification", False),
        ("compl", "E5", "completion", False),
        ("brin-ecs", "X02", "other", False),
        ("", "29", "result", False),
    ],
)
def test_the_notice_type_gives_the_kind(build: Any, code: str, subtype: str, kind: str, call: bool) -> None:
    notice = build.notice(kind=code, subtype=subtype)
    assert (notice.kind, notice.call) == (kind, call)


@pytest.mark.parametrize(
    ("subtype", "instrument"), [("19", "concession"), ("23", "contest"), ("15", "qualification_system")]
)
def test_a_subtype_made_for_an_instrument_gives_it(build: Any, subtype: str, instrument: str) -> None:
    assert build.notice(subtype=subtype).instrument == instrument


def test_an_unknown_notice_type_is_unread(build: Any) -> None:
    notice = build.notice(kind="cn-lunar", subtype="99")
    assert notice.kind is None
    assert [one.text for one in notice.unread] == ["cn-lunar"]


def test_the_original_language_speaks_first_and_all_are_kept(build: Any) -> None:
    header = "<cac:AdditionalNoticeLanguage><cbc:ID>NLD</cbc:ID></cac:AdditionalNoticeLanguage>"
    body = project(
        '<cbc:Name languageID="NLD">Voertuigen</cbc:Name>',
        '<cbc:Name languageID="FRA">Véhicules</cbc:Name>',
        '<cbc:Note languageID="NLD">Let op.</cbc:Note>',
    ) + build.lot(project='<cbc:Description languageID="NLD">Een perceel</cbc:Description>')
    notice = build.notice(body, header=header)
    assert (notice.language, notice.languages, notice.title) == ("fr", ("fr", "nl"), "Véhicules")
    assert {language: text.title for language, text in notice.texts.items()} == {"fr": "Véhicules", "nl": "Voertuigen"}
    assert notice.texts["nl"].clauses[0].text == "Let op."
    assert notice.clauses == ()
    assert notice.lots[0].description == "Een perceel"
    assert [(one.id, one.title, one.description) for one in notice.texts["nl"].lots] == [
        ("LOT-0001", None, "Een perceel")
    ]


def test_one_language_needs_no_list_of_texts(build: Any) -> None:
    assert build.notice(project('<cbc:Name languageID="FRA">Seul</cbc:Name>')).texts == {}


def test_a_second_text_in_one_language_is_unread(build: Any) -> None:
    twice = ('<cbc:Name languageID="FRA">Un</cbc:Name>', '<cbc:Name languageID="FRA">Deux</cbc:Name>')
    notice = build.notice(project(*twice))
    assert notice.title == "Un"
    assert [one.text for one in notice.unread] == ["Deux"]


CHANGES = """<efac:Changes><efbc:ChangedNoticeIdentifier>{notice}</efbc:ChangedNoticeIdentifier>
<efac:Change><efbc:ChangeDescription languageID="FRA">Nouvelle date.</efbc:ChangeDescription>
<efac:ChangedSection><efbc:ChangedSectionIdentifier>LOT-0001</efbc:ChangedSectionIdentifier></efac:ChangedSection>
</efac:Change><efac:ChangeReason><cbc:ReasonCode>{reason}</cbc:ReasonCode></efac:ChangeReason></efac:Changes>"""
UUID = "00000000-0000-4000-8000-000000000009"


def test_a_change_notice_keeps_the_kind_of_what_it_changes(build: Any) -> None:
    notice = build.notice(extension=CHANGES.format(notice=f"{UUID}-01", reason="cor-buy"))
    assert notice.kind == "call"
    assert (notice.links[0].relation, notice.links[0].target) == ("changes", f"eforms:{UUID}-01")
    assert [(one.place, one.text, one.label) for one in notice.changes] == [
        ("LOT-0001", "Nouvelle date.", None),
        (None, None, "cor-buy"),
    ]


def test_a_change_that_cancels_is_a_cancellation(build: Any) -> None:
    notice = build.notice(extension=CHANGES.format(notice="00012345-2024", reason="cancel"))
    assert notice.kind == "cancellation"
    assert (notice.links[0].relation, notice.links[0].target) == ("cancels", "ted:00012345-2024")


@pytest.mark.parametrize(
    ("written", "target"),
    [("290207-2023", "ted:290207-2023"), ("2019/S 123-456789", "ted:456789-2019"), (f"{UUID}-02", f"eforms:{UUID}-02")],
)
def test_a_previous_notice_is_linked_once(build: Any, written: str, target: str) -> None:
    process = f"<cac:NoticeDocumentReference><cbc:ID>{written}</cbc:ID></cac:NoticeDocumentReference>"
    notice = build.notice(build.lot(process=process) + build.lot("LOT-0002", process=process))
    assert [one.target for one in notice.links if one.relation == "previous"] == [target]


def test_a_reference_in_words_is_unread(build: Any) -> None:
    process = "<cac:NoticeDocumentReference><cbc:ID>voir ci-dessus</cbc:ID></cac:NoticeDocumentReference>"
    assert [one.text for one in build.notice(build.lot(process=process)).unread] == ["voir ci-dessus"]


def test_a_single_buyer(build: Any) -> None:
    notice = build.notice(build.buyer("ORG-0001"), organizations=build.organization("ORG-0001", "Ville de Brive"))
    (buyer,) = notice.buyers
    assert (buyer.name, buyer.role, buyer.country, buyer.city) == ("Ville de Brive", "buyer", "FR", "Brive")
    assert [(one.scheme, one.value) for one in buyer.ids] == [("unknown", "FR-ORG-0001")]


def test_joint_buyers_and_the_one_that_leads(build: Any) -> None:
    lead = "<efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator>"
    central = "<efbc:AwardingCPBIndicator>true</efbc:AwardingCPBIndicator>"
    organizations = (
        build.organization("ORG-0001", "Meneuse", lead)
        + build.organization("ORG-0002", "Centrale", central)
        + build.organization("ORG-0003", "Membre")
    )
    body = build.buyer("ORG-0001") + build.buyer("ORG-0002") + build.buyer("ORG-0003")
    assert [one.role for one in build.notice(body, organizations=organizations).buyers] == [
        "coordinator",
        "central_purchasing",
        "joint_buyer",
    ]


def test_personal_contacts_never_enter_the_record(build: Any) -> None:
    point = (
        "<efac:TouchPoint><cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification>"
        "<cac:PartyName><cbc:Name>Jeanne Essai</cbc:Name></cac:PartyName></efac:TouchPoint>"
        "<efac:UltimateBeneficialOwner><cbc:ID>UBO-0001</cbc:ID></efac:UltimateBeneficialOwner>"
    )
    document = build.document(build.buyer("TPO-0001"), organizations=build.organization("ORG-0001", "Ville", point))
    reading = read(document).notice
    assert [one.name for one in reading.buyers] == ["Ville"]
    assert "Jeanne" not in repr(reading)
    assert "exemple.invalid" not in repr(reading)


def test_a_body_in_two_roles_is_listed_once_in_each(build: Any) -> None:
    pointed = "<cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID></cac:PartyIdentification>"
    terms = (
        f"<cac:AppealTerms><cac:AppealReceiverParty>{pointed}</cac:AppealReceiverParty>"
        f"<cac:MediationParty>{pointed}</cac:MediationParty></cac:AppealTerms>"
        f"<cac:DocumentProviderParty>{pointed}</cac:DocumentProviderParty>"
    )
    body = build.lot(terms=terms) + build.lot("LOT-0002", terms=terms)
    notice = build.notice(body, organizations=build.organization("ORG-0002", "Tribunal"))
    assert [(one.name, one.role) for one in notice.others] == [("Tribunal", "review"), ("Tribunal", "mediation")]
    assert [(one.place, one.text) for one in notice.clauses] == [("OPT-301-DocProvider", "Tribunal")]


def test_a_pointer_to_no_organisation_is_unread(build: Any) -> None:
    notice = build.notice(build.buyer("ORG-0404"))
    assert notice.buyers == ()
    assert [(one.text, one.why) for one in notice.unread] == [("ORG-0404", "points to no organisation of the notice")]


PRIVACY = """<efac:FieldsPrivacy><efbc:FieldIdentifierCode>win-ten-val</efbc:FieldIdentifierCode>
<cbc:ReasonCode>eo-int</cbc:ReasonCode><efbc:ReasonDescription languageID="FRA">Secret.</efbc:ReasonDescription>
<efbc:PublicationDate>2034-01-31Z</efbc:PublicationDate></efac:FieldsPrivacy>"""


def test_a_withheld_value_is_named_and_its_mask_is_no_value(build: Any) -> None:
    extension = build.results(
        build.result("RES-0001", ("TEN-0001",), more=build.awarded),
        build.tender("TEN-0001", "TPA-0001", "-1", PRIVACY),
    )
    notice = build.notice(extension=extension, kind="can-standard", subtype="29")
    (withheld,) = notice.withheld
    assert (withheld.field, withheld.reason, withheld.until) == ("BT-720", "eo-int", "2034-01-31")
    assert (withheld.text, withheld.lot) == ("Secret.", "LOT-0001")
    assert notice.awards[0].amounts == ()
    assert "-1" not in {one.text for one in notice.unread}


def test_a_mask_nobody_explains_is_unread(build: Any) -> None:
    notice = build.notice(project('<cbc:Name languageID="FRA">Unpublished</cbc:Name>'))
    assert notice.title is None
    assert [(one.text, one.why) for one in notice.unread] == [
        ("Unpublished", "a masked value, and no withheld field says why")
    ]


def as_dila(document: Document) -> bytes:
    return document.data.replace(b"urn:oasis:", b"urn:boamp:")


def test_the_same_tree_in_the_namespaces_of_dila(build: Any) -> None:
    body = build.buyer("ORG-0001") + project('<cbc:Name languageID="FRA">Ponts</cbc:Name>') + build.lot()
    document = build.document(body, organizations=build.organization("ORG-0001", "Ville"), extension=PUBLISHED)
    found: dict[str, Any] = {}
    cursor = Cursor()
    read_tree(cursor, parse_xml(as_dila(document)), found)
    assert (found["title"], found["buyers"][0]["name"], found["lots"][0]["id"]) == ("Ponts", "Ville", "LOT-0001")
    assert found["links"][-1] == {"relation": "same_notice", "target": "ted:00047522-2024"}
    assert cursor.unread == []


def test_the_same_tree_as_json_with_a_silent_zero() -> None:
    total = {"cbc:EstimatedOverallContractAmount": {"@currencyID": "EUR", "#text": "0.00"}}
    tree = {
        "cbc:NoticeLanguageCode": "FRA",
        "cac:ProcurementProject": {
            "cbc:Name": {"@languageID": "FRA", "#text": "Ponts"},
            "cac:RequestedTenderTotal": total,
        },
    }
    for unstated, amounts in (((), ["0"]), (("0",), [])):
        found: dict[str, Any] = {}
        cursor = Cursor()
        read_tree(cursor, JsonNode("ContractNotice", tree, names=NAMES), found, unstated=unstated)
        assert found["title"] == "Ponts"
        assert [one["value"] for one in found.get("amounts", [])] == amounts
        assert [one["text"] for one in cursor.unread] == ([] if amounts else ["0.00"])


def test_citing_runs_the_same_reading(build: Any) -> None:
    document = build.document(build.lot(), organizations=build.organization("ORG-0001", "Ville"), extension=PUBLISHED)
    assert draft(Trace(), document) == draft(Cursor(), document)


def test_labels_name_the_field_and_the_lot(build: Any) -> None:
    name = "cbc:EstimatedOverallContractAmount"
    total = f"<cac:RequestedTenderTotal><{name}>1</{name}></cac:RequestedTenderTotal>"
    reading = read(build.document(build.lot(project=total)), cite=True)
    assert reading.citations is not None
    labels = {path: one.label for path, one in reading.citations.items()}
    assert labels["lots[0].amounts[0].value"] == "BT-27, LOT-0001"
    assert labels["lots[0].title"] == "BT-21, LOT-0001"
    assert (labels["dispatched"], labels["kind"], labels["form"]) == ("BT-05", "BT-02", "OPP-070")


def test_a_document_that_breaks_off_is_one_clear_line(build: Any) -> None:
    whole = build.document(build.lot())
    with pytest.raises(Malformed, match=r"^broken\.xml: the document is not well-formed XML"):
        read(Document.of(whole.data[: len(whole.data) // 2], name="broken.xml"))

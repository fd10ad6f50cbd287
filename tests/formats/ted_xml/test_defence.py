"""The defence forms F16 to F19 of R2.0.8, one quirk a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.formats.ted_xml.defence_forms import (
    SPACE,
    award,
    awarded,
    buyer,
    called,
    cost,
    day,
    divided,
    lot,
    operator,
    planned,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], dict[str, Any]]


@pytest.fixture
def read(record: Callable[..., dict[str, Any]]) -> Read:
    """Return the reader of defence forms."""
    return lambda forms: record(forms, namespace=SPACE)


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("PRIOR_INFORMATION_DEFENCE", "F16", "planning"),
        ("CONTRACT_DEFENCE", "F17", "call"),
        ("CONTRACT_AWARD_DEFENCE", "F18", "result"),
        ("CONTRACT_CONCESSIONAIRE_DEFENCE", "F19", "call"),
    ],
)
def test_the_element_tells_the_form_and_its_kind(read: Read, name: str, form: str, kind: str) -> None:
    notice = read(whole(name, form[1:], ""))
    assert (notice["form"], notice["kind"]) == (form, kind)


def test_the_buyer_is_one_level_deeper_and_its_contact_person_stays_out(read: Read) -> None:
    notice = read(called())
    assert notice["buyers"] == [
        {
            "name": "État-major",
            "ids": [{"scheme": "unknown", "value": "110 040"}],
            "country": "GB",
            "city": "Brest",
            "postcode": "29200",
            "role": "buyer",
        }
    ]
    assert "unread" not in notice


def test_a_buyer_with_two_activities_states_both(read: Read) -> None:
    more = (
        "<TYPE_AND_ACTIVITIES_OR_CONTRACTING_ENTITY_AND_PURCHASING_ON_BEHALF><TYPE_AND_ACTIVITIES>"
        "<TYPE_OF_CONTRACTING_AUTHORITY VALUE='MINISTRY'/><TYPE_OF_ACTIVITY VALUE='DEFENCE'/>"
        "<TYPE_OF_ACTIVITY_OTHER VALUE='OTHER'>Météo</TYPE_OF_ACTIVITY_OTHER></TYPE_AND_ACTIVITIES>"
        "<PURCHASING_ON_BEHALF><PURCHASING_ON_BEHALF_YES><CONTACT_DATA_OTHER_BEHALF_CONTRACTING_AUTORITHY>"
        "<ORGANISATION><OFFICIALNAME>Garde côtière</OFFICIALNAME></ORGANISATION>"
        "</CONTACT_DATA_OTHER_BEHALF_CONTRACTING_AUTORITHY></PURCHASING_ON_BEHALF_YES></PURCHASING_ON_BEHALF>"
        "</TYPE_AND_ACTIVITIES_OR_CONTRACTING_ENTITY_AND_PURCHASING_ON_BEHALF>"
    )
    section = buyer("CONTRACTING_AUTHORITY_INFORMATION_DEFENCE", "NAME_ADDRESSES_CONTACT_CONTRACT", more)
    notice = read(whole("CONTRACT_DEFENCE", "17", section))
    assert (notice["buyers"][0]["kind"], notice["buyers"][0]["activity"]) == ("MINISTRY", "DEFENCE; Météo")
    assert notice["others"] == [{"name": "Garde côtière", "role": "beneficiary"}]


def test_the_number_stands_in_the_attribute(read: Read) -> None:
    scope = (
        f"<QUANTITY_SCOPE><NATURE_QUANTITY_SCOPE>{cost('COSTS_RANGE_AND_CURRENCY', '4789000.00', '4 789 000,00')}"
        "</NATURE_QUANTITY_SCOPE></QUANTITY_SCOPE>"
    )
    notice = read(called(rest=scope))
    expected = {"kind": "estimate", "value": "4789000", "currency": "EUR", "vat": "excluded", "scope": "notice"}
    assert notice["amounts"] == [expected]
    assert "unread" not in notice


def test_without_the_attribute_the_text_is_the_number(read: Read) -> None:
    total = (
        "<TOTAL_FINAL_VALUE><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY='BGN'><VALUE_COST>5355000.00</VALUE_COST>"
        "</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></TOTAL_FINAL_VALUE>"
    )
    assert read(awarded("", total))["amounts"] == [
        {"kind": "award", "value": "5355000", "currency": "BGN", "vat": "unknown", "scope": "notice"}
    ]


def test_a_text_that_contradicts_the_attribute_is_reported(read: Read) -> None:
    total = cost("COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE", "1000", "10 000")
    notice = read(awarded("", f"<TOTAL_FINAL_VALUE>{total}</TOTAL_FINAL_VALUE>"))
    assert notice["amounts"][0]["value"] == "1000"
    assert [one["text"] for one in notice["unread"]] == ["10 000"]


def test_a_value_in_words_is_left_unread(read: Read) -> None:
    total = (
        "<TOTAL_FINAL_VALUE><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY='EUR'>"
        "<VALUE_COST>confidentiel</VALUE_COST></COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></TOTAL_FINAL_VALUE>"
    )
    notice = read(awarded("", total))
    assert "amounts" not in notice
    assert [one["text"] for one in notice["unread"]] == ["confidentiel"]


def test_a_range_is_one_amount_with_its_vat_and_rate(read: Read) -> None:
    total = (
        "<TOTAL_FINAL_VALUE><COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY='PLN'><RANGE_VALUE_COST>"
        "<LOW_VALUE FMTVAL='10.50'>10,50</LOW_VALUE><HIGH_VALUE FMTVAL='20'>20</HIGH_VALUE></RANGE_VALUE_COST>"
        "<INCLUDING_VAT><VAT_PRCT FMTVAL='23.00'>23,00</VAT_PRCT></INCLUDING_VAT>"
        "</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></TOTAL_FINAL_VALUE>"
    )
    [amount] = read(awarded("", total))["amounts"]
    assert (amount["low"], amount["high"], amount["vat"], amount["note"]) == ("10.5", "20", "included", "VAT 23,00 %")
    assert "value" not in amount


def test_estimate_and_final_value_of_an_award_never_mix(read: Read) -> None:
    values = cost("INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT", "100", "100", "<EXCLUDING_VAT/>") + cost(
        "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE", "90", "90", "<INCLUDING_VAT/>"
    )
    [one] = read(awarded(award(f"<CONTRACT_VALUE_INFORMATION>{values}</CONTRACT_VALUE_INFORMATION>")))["awards"]
    assert [(amount["kind"], amount["value"], amount["vat"]) for amount in one["amounts"]] == [
        ("estimate", "100", "excluded"),
        ("award", "90", "included"),
    ]
    assert {amount["scope"] for amount in one["amounts"]} == {"award"}


def test_a_value_per_month_has_no_known_period(read: Read) -> None:
    values = (
        cost("INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT", "9", "9")
        + cost("COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE", "90", "90")
        + "<MORE_INFORMATION_IF_ANNUAL_MONTHLY><NUMBER_OF_MONTHS>48</NUMBER_OF_MONTHS>"
        "</MORE_INFORMATION_IF_ANNUAL_MONTHLY>"
    )
    [one] = read(awarded(award(f"<CONTRACT_VALUE_INFORMATION>{values}</CONTRACT_VALUE_INFORMATION>")))["awards"]
    assert [(amount.get("period"), amount.get("note")) for amount in one["amounts"]] == [
        (None, None),
        ("unknown", "NUMBER_OF_MONTHS 48"),
    ]


def test_an_award_names_its_supplier_date_tenders_and_contract(read: Read) -> None:
    body = (
        "<CONTRACT_NUMBER>C-7</CONTRACT_NUMBER><CONTRACT_TITLE><P>Marché</P></CONTRACT_TITLE>"
        + day("CONTRACT_AWARD_DATE", "2021", "02", "17")
        + "<OFFERS_RECEIVED_NUMBER>3</OFFERS_RECEIVED_NUMBER>"
        "<OFFERS_RECEIVED_NUMBER_MEANING>2</OFFERS_RECEIVED_NUMBER_MEANING>" + operator("Polyamp")
    )
    assert read(awarded(award(body)))["awards"] == [
        {
            "id": "1",
            "lot_ids": ["1"],
            "status": "awarded",
            "suppliers": [{"name": "Polyamp", "country": "GR", "role": "sole"}],
            "holding": "sole",
            "tenders_received": 3,
            "submissions": {"t-esubm": 2},
            "decided": "2021-02-17",
            "title": "Marché",
            "contracts": ["C-7"],
        }
    ]


def test_an_award_without_a_supplier_has_no_stated_outcome(read: Read) -> None:
    [one] = read(awarded(award("<OFFERS_RECEIVED_NUMBER>0</OFFERS_RECEIVED_NUMBER>")))["awards"]
    assert one == {"id": "1", "lot_ids": ["1"], "tenders_received": 0}


def test_the_lots_of_a_result_are_those_its_awards_name(read: Read) -> None:
    notice = read(awarded(award(operator("A"), "1a") + award(operator("B"), "2") + award(operator("C"), "1a")))
    assert [one["id"] for one in notice["lots"]] == ["1a", "2"]
    assert [one["lot_ids"] for one in notice["awards"]] == [["1a"], ["2"], ["1a"]]


def test_an_award_that_names_no_lot_beside_others_that_do_stays_without(read: Read) -> None:
    notice = read(awarded(award(operator("A"), "1") + award(operator("B"), "2") + award(operator("C"))))
    assert [one.get("lot_ids") for one in notice["awards"]] == [["1"], ["2"], None]


def test_a_result_whose_awards_name_one_lot_is_that_lot(read: Read) -> None:
    notice = read(awarded(award("<CONTRACT_TITLE><P>Contrat</P></CONTRACT_TITLE>" + operator("A"), "4")))
    assert [(one["id"], one["title"]) for one in notice["lots"]] == [("4", "Balises")]
    assert notice["awards"][0]["lot_ids"] == ["4"]


def test_subcontracting_is_an_amount_of_its_kind_and_its_share_no_amount(read: Read) -> None:
    body = (
        "<MORE_INFORMATION_TO_SUB_CONTRACTED><CONTRACT_LIKELY_SUB_CONTRACTED_WITH_DEFENCE>"
        "<EXCLUDING_VAT_VALUE CURRENCY='GBP' FMTVAL='5000000'>5 000 000</EXCLUDING_VAT_VALUE>"
        "<EXCLUDING_VAT_PRCT FMTVAL='30'>30</EXCLUDING_VAT_PRCT><SUBCONTRACT_DEFENCE>"
        "<SUBCONTRACT_AWARD_PART VALUE='NO'/></SUBCONTRACT_DEFENCE></CONTRACT_LIKELY_SUB_CONTRACTED_WITH_DEFENCE>"
        "</MORE_INFORMATION_TO_SUB_CONTRACTED>"
    )
    notice = read(awarded(award(body)))
    assert notice["awards"][0]["amounts"] == [
        {"kind": "subcontracted", "value": "5000000", "currency": "GBP", "vat": "excluded", "scope": "award"}
    ]
    assert notice["clauses"] == [{"place": "V.5", "text": "30 %"}]


def test_an_undivided_call_is_one_lot_with_its_terms(read: Read) -> None:
    rest = (
        "<QUANTITY_SCOPE><NO_OPTIONS/><RECURRENT_CONTRACT><NUMBER_POSSIBLE_RENEWALS>2</NUMBER_POSSIBLE_RENEWALS>"
        "</RECURRENT_CONTRACT></QUANTITY_SCOPE><PERIOD_WORK_DATE_STARTING><DAYS>90</DAYS></PERIOD_WORK_DATE_STARTING>"
    )
    text = "<SHORT_CONTRACT_DESCRIPTION><P>Un.</P><P>Deux.</P></SHORT_CONTRACT_DESCRIPTION>"
    kind = "<TYPE_CONTRACT_DEFENCE><TYPE_CONTRACT VALUE='WORKS'/></TYPE_CONTRACT_DEFENCE>"
    notice = read(called(kind + text, rest))
    assert notice["lots"] == [
        {
            "id": "1",
            "title": "Balises",
            "description": "Un.\nDeux.",
            "nature": "works",
            "duration": {"value": 90, "unit": "day"},
            "renewals": {"allowed": True, "maximum": 2},
            "options": {"allowed": False},
        }
    ]


def test_each_lot_keeps_its_own_values_and_takes_the_terms_stated_once(read: Read) -> None:
    range_ = (
        "<NATURE_QUANTITY_SCOPE><COSTS_RANGE_AND_CURRENCY CURRENCY='DKK'><RANGE_VALUE_COST><LOW_VALUE FMTVAL='4'>4"
        "</LOW_VALUE><HIGH_VALUE FMTVAL='5'>5</HIGH_VALUE></RANGE_VALUE_COST></COSTS_RANGE_AND_CURRENCY>"
        "</NATURE_QUANTITY_SCOPE><CPV><CPV_MAIN><CPV_CODE CODE='35330000'/></CPV_MAIN></CPV>"
    )
    own = "<PERIOD_WORK_DATE_STARTING><MONTHS>6</MONTHS></PERIOD_WORK_DATE_STARTING>"
    term = (
        "<PERIOD_WORK_DATE_STARTING><INTERVAL_DATE>"
        + day("START_DATE", "2022", "01", "01")
        + day("END_DATE", "2023", "12", "31")
        + "</INTERVAL_DATE></PERIOD_WORK_DATE_STARTING>"
    )
    first, second = read(called(divided(lot("2", range_), lot("1b", own)), term))["lots"]
    assert first["amounts"] == [
        {"kind": "estimate", "low": "4", "high": "5", "currency": "DKK", "vat": "excluded", "scope": "lot"}
    ]
    assert (first["id"], first["cpv"], first["starts"], first["ends"]) == (
        "2",
        ["35330000"],
        "2022-01-01",
        "2023-12-31",
    )
    assert (second["id"], second["duration"]["value"], "starts" in second) == ("1b", 6, False)


def test_options_of_a_divided_notice_belong_to_no_single_lot(read: Read) -> None:
    rest = (
        "<QUANTITY_SCOPE><OPTIONS><OPTION_DESCRIPTION><P>Option du lot 1</P></OPTION_DESCRIPTION></OPTIONS>"
        "<NO_RECURRENT_CONTRACT/></QUANTITY_SCOPE>"
    )
    notice = read(called(divided(lot("1"), lot("2")), rest))
    assert ["options" in one for one in notice["lots"]] == [False, False]
    assert [one["renewals"]["allowed"] for one in notice["lots"]] == [False, False]
    assert notice["clauses"] == [{"place": "II.2.2", "text": "Option du lot 1"}]


def test_words_about_a_lot_are_clauses_of_that_lot(read: Read) -> None:
    more = "<ADDITIONAL_INFORMATION_ABOUT_LOTS><P>Livré à quai</P></ADDITIONAL_INFORMATION_ABOUT_LOTS>"
    notice = read(called(divided(lot("1"), lot("2", more))))
    assert notice["clauses"] == [{"place": "annexe B", "text": "Livré à quai", "lot": "2"}]


def test_a_division_without_lots_is_reported(read: Read) -> None:
    division = "<F17_DIVISION_INTO_LOTS><F17_DIV_INTO_LOT_YES VALUE='ALL_LOTS'/></F17_DIVISION_INTO_LOTS>"
    notice = read(called(division))
    assert [(one["text"], "no lot is described" in one["why"]) for one in notice["unread"]] == [("ALL_LOTS", True)]


def test_a_framework_keeps_its_terms_and_its_total_once(read: Read) -> None:
    total = cost("COSTS_RANGE_AND_CURRENCY", "1728000.00", "1 728 000,00")
    framework = (
        "<NOTICE_INVOLVES_DEFENCE VALUE='ESTABLISHMENT_FRAMEWORK_AGREEMENT'/><F17_FRAMEWORK><SEVERAL_OPERATORS>"
        "<MAX_NUMBER_PARTICIPANTS>3</MAX_NUMBER_PARTICIPANTS></SEVERAL_OPERATORS>"
        "<DURATION_FRAMEWORK_YEAR>7</DURATION_FRAMEWORK_YEAR><JUSTIFICATION><P>Rare</P></JUSTIFICATION>"
        f"<TOTAL_ESTIMATED>{total}</TOTAL_ESTIMATED></F17_FRAMEWORK>"
    )
    scope = f"<QUANTITY_SCOPE><NATURE_QUANTITY_SCOPE>{total}</NATURE_QUANTITY_SCOPE></QUANTITY_SCOPE>"
    notice = read(called(framework, scope))
    assert notice["instrument"] == "framework"
    assert [one["kind"] for one in notice["amounts"]] == ["estimate"]
    assert notice["lots"][0]["framework"] == {"operators": "several", "max_participants": 3, "justification": "Rare"}
    assert notice["lots"][0]["duration"] == {"value": 7, "unit": "year"}


def test_a_term_beside_the_frameworks_own_length_wins_and_both_stay(read: Read) -> None:
    framework = "<F17_FRAMEWORK><DURATION_FRAMEWORK_YEAR>7</DURATION_FRAMEWORK_YEAR></F17_FRAMEWORK>"
    notice = read(called(framework, "<PERIOD_WORK_DATE_STARTING><MONTHS>60</MONTHS></PERIOD_WORK_DATE_STARTING>"))
    assert notice["lots"][0]["duration"] == {"value": 60, "unit": "month"}
    assert notice["clauses"] == [{"place": "DURATION_FRAMEWORK_YEAR", "text": "7"}]


def test_the_deadline_is_for_requests_with_the_hour_as_printed(read: Read) -> None:
    admin = "ADMINISTRATIVE_INFORMATION_CONTRACT_NOTICE_DEFENCE"
    procedure = f"<{admin}>{day('RECEIPT_LIMIT_DATE', '2021', '02', '05', '13:00')}</{admin}>"
    notice = read(called(procedure=procedure))
    assert (notice["deadline"], notice["deadline_kind"]) == ("2021-02-05T13:00:00", "requests")


@pytest.mark.parametrize(
    ("parts", "deadline", "unread"),
    [
        (("2021", "02", "05", ""), "2021-02-05", []),
        (("2021", "02", "05", "midi"), "2021-02-05", ["midi"]),
        (("2021", "02", "30", "13:00"), None, ["30", "02", "2021", "13:00"]),
    ],
)
def test_a_date_in_parts_is_read_as_far_as_it_is_one(
    read: Read, parts: tuple[str, str, str, str], deadline: str | None, unread: list[str]
) -> None:
    admin = "ADMINISTRATIVE_INFORMATION_CONTRACT_NOTICE_DEFENCE"
    notice = read(called(procedure=f"<{admin}>{day('RECEIPT_LIMIT_DATE', *parts)}</{admin}>"))
    assert notice.get("deadline") == deadline
    assert [one["text"] for one in notice.get("unread", [])] == unread


@pytest.mark.parametrize(
    ("box", "method", "accelerated"),
    [
        ("PT_RESTRICTED", "restricted", None),
        ("PT_ACCELERATED_RESTRICTED_CHOICE", "restricted", True),
        ("PT_NEGOTIATED_CHOICE", "neg-w-call", None),
        ("F17_PT_ACCELERATED_NEGOTIATED", "neg-w-call", True),
        ("PT_COMPETITIVE_DIALOGUE", "comp-dial", None),
    ],
)
def test_the_boxes_of_the_procedure(read: Read, box: str, method: str, *, accelerated: bool | None) -> None:
    detail = "TYPE_OF_PROCEDURE_DETAIL_FOR_CONTRACT_NOTICE_DEFENCE"
    inner = f"<TYPE_OF_PROCEDURE_DEFENCE><{detail}><{box}/></{detail}></TYPE_OF_PROCEDURE_DEFENCE>"
    procedure = read(called(procedure=inner))["procedure"]
    assert (procedure["method"], procedure.get("accelerated")) == (method, accelerated)


def test_only_ticked_reasons_justify_a_direct_award(read: Read) -> None:
    box = "F18_PT_NEGOTIATED_WITHOUT_PUBLICATION_CONTRACT_NOTICE"
    annex = (
        f"<TYPE_OF_PROCEDURE_CONTRACT_AWARD_DEFENCE><{box}><ANNEX_D><JUSTIFICATION_CHOICE_NEGOCIATED_PROCEDURE>"
        "<NO_ADDITIONAL_WORKS/><REASONS_PROVIDED_PARTICULAR_TENDERER><REASONS_PROVIDED_PARTICULAR_TENDERER_TECHNICAL/>"
        "</REASONS_PROVIDED_PARTICULAR_TENDERER></JUSTIFICATION_CHOICE_NEGOCIATED_PROCEDURE>"
        "<REASON_CONTRACT_LAWFUL><P>Seul fabricant.</P></REASON_CONTRACT_LAWFUL></ANNEX_D>"
        f"</{box}></TYPE_OF_PROCEDURE_CONTRACT_AWARD_DEFENCE>"
    )
    procedure = read(awarded("", procedure=annex))["procedure"]
    assert procedure["method"] == "neg-wo-call"
    assert procedure["justification_codes"] == ["REASONS_PROVIDED_PARTICULAR_TENDERER_TECHNICAL"]
    assert procedure["justification"] == "Seul fabricant."


def test_criteria_stated_once_are_those_of_every_lot(read: Read) -> None:
    criteria = (
        "<AWARD_CRITERIA_CONTRACT_NOTICE_INFORMATION><AWARD_CRITERIA_DETAIL><MOST_ECONOMICALLY_ADVANTAGEOUS_TENDER>"
        "<CRITERIA_STATED_BELOW><CRITERIA_DEFINITION><ORDER_C>1</ORDER_C><CRITERIA>Prix</CRITERIA>"
        "<WEIGHTING>60</WEIGHTING></CRITERIA_DEFINITION></CRITERIA_STATED_BELOW>"
        "</MOST_ECONOMICALLY_ADVANTAGEOUS_TENDER></AWARD_CRITERIA_DETAIL></AWARD_CRITERIA_CONTRACT_NOTICE_INFORMATION>"
    )
    notice = read(called(divided(lot("1"), lot("2")), procedure=criteria))
    assert [one["criteria"] for one in notice["lots"]] == [[{"name": "Prix", "weight": "60"}]] * 2


def test_earlier_publications_are_linked_once(read: Read) -> None:
    earlier = "<NOTICE_NUMBER_OJ>2020/S 245-608868</NOTICE_NUMBER_OJ>" + day("DATE_OJ", "2020", "12", "11")
    inner = (
        "<ADMINISTRATIVE_INFORMATION_CONTRACT_AWARD_DEFENCE><PREVIOUS_PUBLICATION_INFORMATION_NOTICE_F18>"
        f"<PREVIOUS_PUBLICATION_EXISTS_F18><PREVIOUS_PUBLICATION_NOTICE_F18>{earlier}</PREVIOUS_PUBLICATION_NOTICE_F18>"
        f"<EX_ANTE_NOTICE_INFORMATION>{earlier}</EX_ANTE_NOTICE_INFORMATION></PREVIOUS_PUBLICATION_EXISTS_F18>"
        "</PREVIOUS_PUBLICATION_INFORMATION_NOTICE_F18></ADMINISTRATIVE_INFORMATION_CONTRACT_AWARD_DEFENCE>"
    )
    assert read(awarded("", procedure=inner))["links"] == [{"relation": "previous", "target": "ted:608868-2020"}]


def test_dates_without_a_field_and_languages_of_tenders_are_kept(read: Read) -> None:
    inner = (
        "<ADMINISTRATIVE_INFORMATION_CONTRACT_NOTICE_DEFENCE>"
        + day("DISPATCH_INVITATIONS_DATE", "2021", "5", "7")
        + "<LANGUAGE><LANGUAGE_EC VALUE='DA'/><LANGUAGE_EC VALUE='EN'/></LANGUAGE>"
        "</ADMINISTRATIVE_INFORMATION_CONTRACT_NOTICE_DEFENCE>"
    )
    assert read(called(procedure=inner))["clauses"] == [
        {"place": "IV.3.5", "text": "2021-05-07"},
        {"place": "IV.3.6", "text": "DA EN"},
    ]


def test_the_price_of_the_documents_is_a_fee(read: Read) -> None:
    inner = (
        "<ADMINISTRATIVE_INFORMATION_CONTRACT_NOTICE_DEFENCE><CONDITIONS_OBTAINING_SPECIFICATIONS><PAYABLE_DOCUMENTS>"
        "<DOCUMENT_COST CURRENCY='SEK'>250</DOCUMENT_COST></PAYABLE_DOCUMENTS></CONDITIONS_OBTAINING_SPECIFICATIONS>"
        "</ADMINISTRATIVE_INFORMATION_CONTRACT_NOTICE_DEFENCE>"
    )
    assert read(called(procedure=inner))["amounts"] == [
        {"kind": "fee", "value": "250", "currency": "SEK", "vat": "unknown", "scope": "notice"}
    ]


def test_reviewing_bodies_keep_their_roles(read: Read) -> None:
    def contact(name: str) -> str:
        return (
            "<CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME><ORGANISATION><OFFICIALNAME>"
            f"{name}</OFFICIALNAME></ORGANISATION></CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>"
        )

    closing = (
        f"<PROCEDURES_FOR_APPEAL><APPEAL_PROCEDURE_BODY_RESPONSIBLE>{contact('Tribunal')}"
        f"</APPEAL_PROCEDURE_BODY_RESPONSIBLE><LODGING_INFORMATION_FOR_SERVICE>{contact('Greffe')}"
        "</LODGING_INFORMATION_FOR_SERVICE></PROCEDURES_FOR_APPEAL>" + day("NOTICE_DISPATCH_DATE", "2020", "01", "01")
    )
    notice = read(called(closing=closing))
    assert [(one["name"], one["role"]) for one in notice["others"]] == [
        ("Tribunal", "review"),
        ("Greffe", "information"),
    ]
    assert notice["dispatched"] == "2020-01-01"


def test_each_object_of_a_planning_notice_has_its_own_lots(read: Read) -> None:
    first = "<TITLE_CONTRACT><P>Ponts</P></TITLE_CONTRACT>"
    scope = "QUANTITY_SCOPE_WORKS_DEFENCE"
    second = (
        f"<TITLE_CONTRACT><P>Quais</P></TITLE_CONTRACT><{scope}>{cost('COSTS_RANGE_AND_CURRENCY', '7', '7')}</{scope}>"
        "<SCHEDULED_DATE_PERIOD>" + day("PROCEDURE_DATE_STARTING", "2021", "06", "01") + "</SCHEDULED_DATE_PERIOD>"
    )
    notice = read(planned(first, second))
    assert notice["title"] == "Ponts"
    assert [(one["id"], one["title"]) for one in notice["lots"]] == [("1", "Ponts"), ("2", "Quais")]
    assert {"place": "II.6", "text": "2021-06-01"} in notice["clauses"]


def test_the_lots_of_a_planning_notice(read: Read) -> None:
    lots = "".join(
        f"<LOT_PRIOR_INFORMATION><LOT_NUMBER>{number}</LOT_NUMBER><LOT_TITLE>Lot {number}</LOT_TITLE>"
        "<NATURE_QUANTITY_SCOPE><TOTAL_QUANTITY_OR_SCOPE><P>Deux grues</P></TOTAL_QUANTITY_OR_SCOPE>"
        "</NATURE_QUANTITY_SCOPE></LOT_PRIOR_INFORMATION>"
        for number in ("1", "2")
    )
    division = f"<F16_DIVISION_INTO_LOTS><F16_DIV_INTO_LOT_YES>{lots}</F16_DIV_INTO_LOT_YES></F16_DIVISION_INTO_LOTS>"
    notice = read(planned(f"<QUANTITY_SCOPE_WORKS_DEFENCE>{division}</QUANTITY_SCOPE_WORKS_DEFENCE>"))
    assert [one["title"] for one in notice["lots"]] == ["Lot 1", "Lot 2"]
    assert [one["lot"] for one in notice["clauses"]] == ["1", "2"]


def test_a_subcontract_notice_is_read_by_the_same_elements(read: Read) -> None:
    body = (
        buyer("CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_SUB_DEFENCE", "NAME_ADDRESSES_CONTACT_CONTRACT")
        + "<OBJECT_CONTRACT_SUB_DEFENCE><DESCRIPTION_CONTRACT_SUB_DEFENCE>"
        "<TITLE_CONTRACT><P>Câblage</P></TITLE_CONTRACT>"
        "<SHORT_DESCRIPTION_CONTRACT><P>Du câble.</P></SHORT_DESCRIPTION_CONTRACT></DESCRIPTION_CONTRACT_SUB_DEFENCE>"
        "</OBJECT_CONTRACT_SUB_DEFENCE><PROCEDURE_DEFINITION_CONTRACT_SUB_DEFENCE>"
        "<ADMINISTRATIVE_INFORMATION_CONTRACT_SUB_NOTICE_DEFENCE>"
        + day("RECEIPT_LIMIT_DATE", "2021", "03", "01")
        + "</ADMINISTRATIVE_INFORMATION_CONTRACT_SUB_NOTICE_DEFENCE></PROCEDURE_DEFINITION_CONTRACT_SUB_DEFENCE>"
    )
    notice = read(whole("CONTRACT_CONCESSIONAIRE_DEFENCE", "19", body))
    assert (notice["title"], notice["description"], notice["deadline"]) == ("Câblage", "Du câble.", "2021-03-01")
    assert notice["buyers"][0]["name"] == "État-major"


def test_another_language_keeps_its_words_and_repeats_no_value(read: Read) -> None:
    site = "<LOCATION_NUTS><LOCATION><P>{}</P></LOCATION></LOCATION_NUTS>"
    notice = read(called(site.format("Bruges")) + called(site.format("Brugge"), language="NL"))
    assert (notice["languages"], notice["places"]) == (["fr", "nl"], [{"text": "Bruges"}])
    assert {"place": "LOCATION", "text": "Brugge"} in notice["texts"]["nl"]["clauses"]
    assert notice["texts"]["fr"] == {"title": "Balises", "lots": [{"id": "1", "title": "Balises"}]}


def test_an_unknown_element_is_reported_with_its_place(read: Read) -> None:
    notice = read(called("<NOVELTY>Drones</NOVELTY>"))
    assert [(one["text"], one["place"].endswith("/NOVELTY[1]")) for one in notice["unread"]] == [("Drones", True)]

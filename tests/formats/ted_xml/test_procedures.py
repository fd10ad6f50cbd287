"""Section IV: procedure, framework, deadline; section I; sections VI and VII."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Record = Callable[..., dict[str, Any]]
    Form = Callable[..., str]


OBJECT = "<OBJECT_CONTRACT><OBJECT_DESCR ITEM='1'/></OBJECT_CONTRACT>"
DUE = "<DATE_RECEIPT_TENDERS>2020-06-19</DATE_RECEIPT_TENDERS>"


@pytest.mark.parametrize(
    ("code", "notice_type", "kind", "call"),
    [
        ("F01", "PRI_ONLY", "planning", False),
        ("F01", "PRI_CALL_COMPETITION", "planning", True),
        ("F02", "", "call", False),
        ("F03", "", "result", False),
        ("F07", "QSU_CALL_COMPETITION", "qualification", True),
        ("F08", "", "planning", False),
        ("F15", "", "intention", False),
        ("F20", "", "modification", False),
        ("F21", "CONTRACT", "call", False),
        ("F21", "AWARD_CONTRACT", "result", False),
        ("F22", "PER_CALL_COMPETITION", "planning", True),
        ("F23", "PRI", "planning", True),
        ("F23", "CONCESSION_AWARD_CONTRACT", "result", False),
        ("F24", "", "call", False),
        ("F25", "", "result", False),
    ],
)
def test_the_kind_of_a_notice_is_its_form_s(
    record: Record, a_form: Form, *, code: str, notice_type: str, kind: str | None, call: bool
) -> None:
    stated = f"<NOTICE TYPE='{notice_type}'/>" if notice_type else ""
    notice = record(a_form(code, stated))
    assert (notice["kind"], notice.get("call", False)) == (kind, call)


@pytest.mark.parametrize(
    ("code", "box", "kind"),
    [
        ("F02", "<PT_OPEN/>", "tenders"),
        ("F02", "<PT_RESTRICTED/>", "requests"),
        ("F01", "<PT_RESTRICTED/>", "interest"),
        ("F24", "", None),
    ],
)
def test_what_is_due_follows_from_the_procedure(
    record: Record, a_form: Form, *, code: str, box: str, kind: str | None
) -> None:
    notice = record(a_form(code, f"<PROCEDURE>{box}{DUE}</PROCEDURE>"))
    assert (notice["deadline"], notice.get("deadline_kind")) == ("2020-06-19", kind)


def test_an_hour_that_is_none_leaves_the_day(record: Record, a_form: Form) -> None:
    notice = record(a_form("F02", f"<PROCEDURE>{DUE}<TIME_RECEIPT_TENDERS>24:30</TIME_RECEIPT_TENDERS></PROCEDURE>"))
    assert notice["deadline"] == "2020-06-19"
    assert [one["text"] for one in notice["unread"]] == ["24:30"]


def test_a_framework_s_terms_hold_for_every_lot(record: Record, a_form: Form) -> None:
    framework = "<FRAMEWORK><SEVERAL_OPERATORS/><NB_PARTICIPANTS>3</NB_PARTICIPANTS></FRAMEWORK>"
    notice = record(a_form("F02", f"{OBJECT}<PROCEDURE>{framework}</PROCEDURE>"))
    assert notice["instrument"] == "framework"
    assert notice["lots"][0]["framework"] == {"operators": "several", "max_participants": 3}


def test_a_direct_award_keeps_its_reasons_and_its_justification(record: Record, a_form: Form) -> None:
    body = (
        "<PT_AWARD_CONTRACT_WITHOUT_CALL><D_ACCORDANCE_ARTICLE><D_TECHNICAL/></D_ACCORDANCE_ARTICLE>"
        "<D_JUSTIFICATION><P>Un seul fabricant</P></D_JUSTIFICATION></PT_AWARD_CONTRACT_WITHOUT_CALL>"
    )
    procedure = record(a_form("F03", f"<PROCEDURE>{body}</PROCEDURE>"))["procedure"]
    assert procedure["method"] == "neg-wo-call"
    assert (procedure["justification_codes"], procedure["justification"]) == (["D_TECHNICAL"], "Un seul fabricant")


@pytest.mark.parametrize(("code", "relation"), [("F03", "previous"), ("F20", "modifies")])
def test_the_notice_a_notice_follows_is_linked(record: Record, a_form: Form, code: str, relation: str) -> None:
    number = "<PROCEDURE><NOTICE_NUMBER_OJ>2017/S 184-376443</NOTICE_NUMBER_OJ></PROCEDURE>"
    assert record(a_form(code, number))["links"] == [{"relation": relation, "target": "ted:376443-2017"}]


def test_joint_buyers_follow_the_first_and_personal_contacts_stay_out(record: Record, a_form: Form) -> None:
    first = (
        "<ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Ville A</OFFICIALNAME><NATIONALID>123</NATIONALID>"
        "<COUNTRY VALUE='UK'/><CONTACT_POINT>Mme Durand</CONTACT_POINT><E_MAIL>d@a.fr</E_MAIL>"
        "<n2021:NUTS CODE='UKI'/></ADDRESS_CONTRACTING_BODY>"
    )
    second = (
        "<ADDRESS_CONTRACTING_BODY_ADDITIONAL><OFFICIALNAME>Ville B</OFFICIALNAME>"
        "</ADDRESS_CONTRACTING_BODY_ADDITIONAL>"
    )
    notice = record(a_form("F02", f"<CONTRACTING_BODY>{first}{second}<CA_TYPE VALUE='MINISTRY'/></CONTRACTING_BODY>"))
    assert notice["buyers"] == [
        {
            "name": "Ville A",
            "ids": [{"scheme": "unknown", "value": "123"}],
            "country": "GB",
            "nuts": "UKI",
            "kind": "MINISTRY",
            "role": "buyer",
        },
        {"name": "Ville B", "role": "joint_buyer"},
    ]
    assert "Durand" not in str(notice)
    assert "d@a.fr" not in str(notice)


def test_a_correction_says_where_what_was_and_what_is(record: Record, a_form: Form) -> None:
    change = (
        "<CHANGE PUBLICATION='YES'><WHERE><SECTION>IV.2.2</SECTION><LOT_NO>2</LOT_NO><LABEL>Date limite</LABEL></WHERE>"
        "<OLD_VALUE><DATE>2020-06-19</DATE><TIME>12:00</TIME></OLD_VALUE>"
        "<NEW_VALUE><CPV_MAIN><CPV_CODE CODE='34711200'/></CPV_MAIN></NEW_VALUE></CHANGE>"
    )
    notice = record(
        a_form(
            "F14",
            "<COMPLEMENTARY_INFO><NOTICE_NUMBER_OJ>2020/S 074-175835</NOTICE_NUMBER_OJ></COMPLEMENTARY_INFO>"
            f"<CHANGES>{change}<INFO_ADD><P>Le reste sans changement</P></INFO_ADD></CHANGES>",
        )
    )
    assert notice["links"] == [{"relation": "changes", "target": "ted:175835-2020"}]
    assert notice["changes"] == [
        {"place": "IV.2.2, 2", "label": "Date limite", "old": "2020-06-19\n12:00", "new": "34711200"}
    ]
    assert notice["clauses"] == [{"place": "VII.2", "text": "Le reste sans changement"}]
    assert "lots" not in notice


def test_a_modification_keeps_the_sums_before_and_after_apart_from_the_award(record: Record, a_form: Form) -> None:
    body = (
        "<AWARD_CONTRACT><AWARDED_CONTRACT><VALUES><VAL_TOTAL CURRENCY='EUR'>100</VAL_TOTAL></VALUES>"
        "</AWARDED_CONTRACT></AWARD_CONTRACT>"
        "<MODIFICATIONS_CONTRACT><DESCRIPTION_PROCUREMENT><VAL_TOTAL CURRENCY='EUR'>130</VAL_TOTAL>"
        "<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>B</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR>"
        "</DESCRIPTION_PROCUREMENT><INFO_MODIFICATIONS><SHORT_DESCR><P>Avenant</P></SHORT_DESCR><VALUES>"
        "<VAL_TOTAL_BEFORE CURRENCY='EUR'>110</VAL_TOTAL_BEFORE><VAL_TOTAL_AFTER CURRENCY='EUR'>130</VAL_TOTAL_AFTER>"
        "</VALUES></INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>"
    )
    notice = record(a_form("F20", OBJECT + body))
    assert [(one["kind"], one["value"]) for one in notice["amounts"]] == [
        ("amended", "130"),
        ("before", "110"),
        ("amended", "130"),
    ]
    assert [(one["kind"], one["value"]) for one in notice["awards"][0]["amounts"]] == [("award", "100")]
    assert [(one["place"], one.get("new"), one.get("text")) for one in notice["changes"]] == [
        ("VII.1.7", "B", None),
        ("VII.2.1", None, "Avenant"),
    ]

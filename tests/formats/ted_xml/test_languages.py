"""Several languages of one notice: the original leads wherever it stands, the others keep their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Record = Callable[..., dict[str, Any]]
    Form = Callable[..., str]


def body(title: str, value: str = "5") -> str:
    return (
        f"<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>{title} buyer</OFFICIALNAME>"
        "</ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>"
        f"<OBJECT_CONTRACT><TITLE><P>{title}</P></TITLE><OBJECT_DESCR ITEM='1'><LOT_NO>1</LOT_NO>"
        f"<TITLE>{title} lot</TITLE><AC><AC_QUALITY><AC_CRITERION>{title} criterion</AC_CRITERION></AC_QUALITY></AC>"
        f"<VAL_OBJECT CURRENCY='EUR'>{value}</VAL_OBJECT></OBJECT_DESCR></OBJECT_CONTRACT>"
    )


def test_the_original_leads_though_a_translation_stands_first(record: Record, a_form: Form) -> None:
    forms = a_form("F02", body("Danish"), language="DA", category="TRANSLATION") + a_form("F02", body("French"))
    notice = record(forms)
    assert (notice["language"], notice["languages"], notice["title"]) == ("fr", ["fr", "da"], "French")
    assert notice["lots"][0]["title"] == "French lot"
    assert [one["name"] for one in notice["buyers"]] == ["French buyer"]


def test_every_language_keeps_all_its_words(record: Record, a_form: Form) -> None:
    forms = a_form("F02", body("French")) + a_form("F02", body("Danish"), language="DA", category="TRANSLATION")
    texts = record(forms)["texts"]
    assert texts["da"] == {
        "title": "Danish",
        "lots": [{"id": "1", "title": "Danish lot"}],
        "clauses": [
            {"place": "I.1", "text": "Danish buyer"},
            {"place": "II.2.5", "text": "Danish criterion", "lot": "1"},
        ],
    }
    assert texts["fr"] == {"title": "French", "lots": [{"id": "1", "title": "French lot"}]}


def test_of_two_originals_the_first_leads(record: Record, a_form: Form) -> None:
    forms = a_form("F02", body("French")) + a_form("F02", body("Dutch"), language="NL")
    notice = record(forms)
    assert (notice["title"], notice["languages"], notice["texts"]["nl"]["title"]) == ("French", ["fr", "nl"], "Dutch")


def test_one_language_has_no_texts(record: Record, a_form: Form) -> None:
    assert "texts" not in record(a_form("F02", body("French")))


def test_a_language_with_other_figures_is_reported(record: Record, a_form: Form) -> None:
    forms = a_form("F02", body("French", "5")) + a_form("F02", body("Dutch", "6"), language="NL")
    notice = record(forms)
    assert [one["value"] for one in notice["lots"][0]["amounts"]] == ["5"]
    assert [(one["text"], "other figures" in one["why"]) for one in notice["unread"]] == [("nl", True)]

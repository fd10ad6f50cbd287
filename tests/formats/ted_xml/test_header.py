"""What the Official Journal's header gives a notice, and where the form speaks for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from beffroi.errors import Malformed
from beffroi.formats import read
from beffroi.notices import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Record = Callable[..., dict[str, Any]]
    Form = Callable[..., str]


def test_a_notice_is_known_by_its_number_as_printed(record: Record, a_form: Form) -> None:
    notice = record(a_form("F02", ""))
    assert (notice["id"], notice["number"], notice["source"]) == ("ted:000042-2020", "000042-2020", "ted")
    assert (notice["published"], notice["dispatched"], notice["url"]) == (
        "2020-01-03",
        "2020-01-01",
        "http://example.eu/000042-2020:FR",
    )


def test_a_form_without_title_takes_the_one_the_journal_composed(record: Record, a_form: Form) -> None:
    assert record(a_form("F14", ""))["title"] == "Aéronefs"


def test_the_form_speaks_before_the_header_and_the_difference_is_told(record: Record, a_form: Form) -> None:
    due = "<DATE_RECEIPT_TENDERS>2020-02-03</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>12:00</TIME_RECEIPT_TENDERS>"
    coded = "<DT_DATE_FOR_SUBMISSION>20200210 12:00</DT_DATE_FOR_SUBMISSION>"
    notice = record(a_form("F02", f"<PROCEDURE><PT_OPEN/>{due}</PROCEDURE>"), coded=coded)
    assert notice["deadline"] == "2020-02-03T12:00:00"
    assert notice["deadline_kind"] == "tenders"
    assert [one["text"] for one in notice["unread"]] == ["2020-02-10T12:00:00"]


def test_the_header_completes_a_form_that_states_no_deadline(record: Record, a_form: Form) -> None:
    coded = "<DT_DATE_FOR_SUBMISSION>20200210 12:00</DT_DATE_FOR_SUBMISSION>"
    notice = record(a_form("F14", ""), coded=coded)
    assert (notice["deadline"], notice["cpv"], notice["nature"]) == ("2020-02-10T12:00:00", ["34711200"], "supplies")


@pytest.mark.parametrize(
    "namespace",
    ["ted/R2.0.9.S02/publication", "http://formex.publications.europa.eu/ted/schema/export/R2.0.9.S01.E01"],
)
def test_every_namespace_of_the_format_is_read(record: Record, a_form: Form, namespace: str) -> None:
    notice = record(a_form("F02", "<OBJECT_CONTRACT><TITLE>Drones</TITLE></OBJECT_CONTRACT>"), namespace=namespace)
    assert notice["title"] == "Drones"


def test_a_form_no_reader_knows_is_left_as_unread_with_its_place(record: Record) -> None:
    notice = record('<F99_2014 CATEGORY="ORIGINAL" FORM="F99" LG="FR"><SECRET>text</SECRET></F99_2014>')
    assert [(one["place"], one["text"]) for one in notice["unread"] if one["text"] == "text"] == [
        ("/TED_EXPORT/FORM_SECTION[1]/F99_2014[1]/SECRET[1]", "text")
    ]


def test_an_element_the_schema_does_not_know_is_left_as_unread(record: Record, a_form: Form) -> None:
    notice = record(a_form("F02", "<OBJECT_CONTRACT><NOVELTY>12 drones</NOVELTY></OBJECT_CONTRACT>"))
    assert [one["text"] for one in notice["unread"]] == ["12 drones"]


def test_a_truncated_document_gives_one_clear_sentence(a_document: Callable[..., Document], a_form: Form) -> None:
    whole = a_document(a_form("F02", "")).data
    with pytest.raises(Malformed, match=r"cut\.xml: the document is not well-formed XML"):
        read(Document.of(whole[:-30], name="cut.xml"))

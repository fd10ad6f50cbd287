"""What became of every text: each character is counted once."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.commands.coverage import arguments, run
from beffroi.formats.coverage import Coverage, tally
from beffroi.formats.cursor import Survey
from beffroi.formats.nodes import parse_xml
from beffroi.notices import Document
from beffroi.settings import Settings
from tests.formats.toy import XML, toy

if TYPE_CHECKING:
    import pytest

    from beffroi.formats.nodes import Element


def counted(data: bytes) -> Coverage:
    survey, root = Survey(), parse_xml(data)
    toy(survey, root, Document.of(data, name="toy.xml"))
    return tally(survey, root)


def test_every_text_of_a_document_is_in_one_of_four() -> None:
    found = counted(XML)
    assert dict(found.ignored) == {("NOTICE/CONTACT", "personal contact"): len("left alone")}
    assert (found.unread, dict(found.lost)) == (len("not read"), {})
    root: Any = parse_xml(XML)
    assert found.characters == sum(len(" ".join(one.split())) for one in root.itertext())


def test_a_text_between_read_elements_is_lost() -> None:
    found = counted(b"<NOTICE LG='FR'>one<TITLE>two <B>three</B> four</TITLE>five</NOTICE>")
    assert dict(found.lost) == {"NOTICE": len("one") + len("five"), "NOTICE/TITLE": len("four"), "NOTICE/TITLE/B": 5}
    assert found.used == len("two")


def test_an_attribute_and_a_flag_nobody_looked_at_are_listed() -> None:
    found = counted(b"<NOTICE LG='FR' X='1'><LOT NO='1'><TITLE SORT='a'>t</TITLE></LOT></NOTICE>")
    assert dict(found.attributes) == {"NOTICE/@X": 1, "NOTICE/LOT/TITLE/@SORT": 1}
    survey, root = Survey(), parse_xml(b"<N><FLAG/></N>")
    assert dict(tally(survey, root).flags) == {"N/FLAG": 1}


def marked(data: bytes) -> tuple[Survey, Element, list[Element]]:
    root = parse_xml(data)
    return Survey(), root, list(root)


def test_what_was_read_and_then_left_is_unread() -> None:
    survey, root, (a,) = marked(b"<N><A>12 or 13</A></N>")
    survey.value(a)
    survey.leave(a, "two readings")
    assert (tally(survey, root).used, tally(survey, root).unread) == (0, len("12 or 13"))


def test_what_was_read_inside_something_ignored_is_used() -> None:
    survey, root, (a,) = marked(b"<N><A><B>read</B><C>not</C></A></N>")
    survey.ignore(a, "no field")
    survey.value(next(iter(a)))
    assert (tally(survey, root).used, tally(survey, root).ignored.total()) == (4, 3)


def test_prose_counts_what_is_below_with_its_tails() -> None:
    survey, root, (a,) = marked(b"<N><A>one <B>two</B> three</A> tail</N>")
    survey.prose(a)
    assert (tally(survey, root).used, dict(tally(survey, root).lost)) == (len("onetwothree"), {"N": 4})


def test_only_the_sections_a_format_names_count() -> None:
    survey, root, _ = marked(b"<N><HEAD>head</HEAD><FORM>form</FORM></N>")
    assert dict(tally(survey, root, frozenset({"FORM"})).lost) == {"N/FORM": 4}


def test_the_unread_of_a_record_hold_what_is_counted_as_unread() -> None:
    survey, _, (a,) = marked(b"<N><A>one <B>two</B> three<C CODE='4'/></A></N>")
    survey.leave(a)
    assert [one["text"] for one in survey.unread] == ["one two three"]
    survey, _, (a,) = marked(b"<N><A><B>two</B> three<C CODE='4'/></A></N>")
    survey.leave(a)
    places = [(one["place"], one["text"]) for one in survey.unread]
    assert places == [("/N/A[1]/B[1]", "two"), ("/N/A[1]", "three"), ("/N/A[1]/C[1]/@CODE", "4")]


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    arguments(parser)
    return run(parser.parse_args(words), Settings(Path()))


def test_the_command_counts_by_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.xml"
    path.write_bytes(b"<TED_EXPORT>")
    assert command(str(path)) == 1
    shown = capsys.readouterr()
    assert "0 documents, 1 without a record" in shown.err
    assert shown.out.splitlines()[1].split()[:2] == ["all", "0"]


def test_the_command_answers_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "1-2020.xml"
    path.write_bytes(
        b"<TED_EXPORT><CODED_DATA_SECTION/><FORM_SECTION>"
        b"<ODD CATEGORY='ORIGINAL' LG='FR'>odd</ODD></FORM_SECTION></TED_EXPORT>"
    )
    command(str(path), "--json")
    found = json.loads(capsys.readouterr().out)
    assert {"documents", "used", "ignored", "unread", "lost", "ignored_by_path"} <= set(found["ted_xml"])
    assert (found["ted_xml"]["characters"], found["ted_xml"]["unread"]) == (3, 3)

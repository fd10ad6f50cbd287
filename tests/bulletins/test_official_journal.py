from __future__ import annotations

from datetime import date

import pytest

from beffroi.bulletins.official_journal import Issue, issues
from beffroi.errors import Garbled

TWO = (Issue(2026, 1, date(2026, 1, 2)), Issue(2026, 2, date(2026, 1, 5)))


@pytest.mark.parametrize(
    "body",
    [
        b"OJS,Publication date\r\n1,02/01/2026\r\n2,05/01/2026\r\n",
        b"\xef\xbb\xbfOJS ,Publication date \n1,02/01/2026,Friday\n2,05/01/2026,Monday\n,,\n",
        b"OJS;Publication date\n001;2026-01-02\n002;2026-01-05\n",
        b"Publication date\tOJ S\n02.01.2026\t1/2026\n05.01.2026\t2/2026\n",
        b'"OJS","Date"\n"2026/S 001","20260102"\n"2026/S 002","20260105"\n',
        b"OJS,Publication date\n2,05/01/2026\n1,02/01/2026\n,01/01/2026\n",
        "OJS,Publication date\n1,02/01/2026\n2,05/01/2026\n".encode("utf-16"),
    ],
)
def test_a_calendar_is_read_however_it_is_written(body: bytes) -> None:
    assert issues(body) == TWO


def test_a_calendar_that_is_not_filled_yet_holds_nothing() -> None:
    assert issues(b"OJS,Publication date\n") == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html><p>Maintenance</p></html>", "holds no issue"),
        (b"", "holds no issue"),
        (b"OJS,Publication date\n1,31/02/2026\n", "no day that can be read"),
        (b"OJS,Publication date\n1,01/02/2026\n2,01/02/2026\n", "contradicts itself"),
        (b"OJS,Publication date\n8,13/01/2026\n9,01/02/2026\n10,15/01/2026\n", "contradicts itself"),
        (b"OJS,Publication date\n1,02/01/2026\n1,05/01/2026\n", "contradicts itself"),
        (b"\xff\x00\x80", "no text"),
    ],
)
def test_what_can_be_no_calendar_is_garbled(body: bytes, why: str) -> None:
    with pytest.raises(Garbled, match=why):
        issues(body)

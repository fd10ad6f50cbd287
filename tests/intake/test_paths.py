"""Paths are opened in the order of their names; what gives nothing says so."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from beffroi.errors import Malformed, NotSupported, UsageError
from beffroi.intake import Refusal, documents
from beffroi.notices import Document

if TYPE_CHECKING:
    from pathlib import Path


def names(*paths: Path | str) -> list[str]:
    return [one.about.name if isinstance(one, Document) else str(one.error) for one in documents(paths)]


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.xml", "b/1.xml", "a.xml", "c.xml", "b.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"<a/>")
    assert names(tmp_path) == ["a.xml", "1.xml", "2.xml", "b.xml", "c.xml"]
    assert names(tmp_path / "c.xml", tmp_path / "a.xml") == ["c.xml", "a.xml"]


def test_a_path_that_does_not_exist_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<a/>")
    with pytest.raises(UsageError, match=r"nowhere\.xml: there is no such file or folder"):
        documents([tmp_path / "a.xml", tmp_path / "nowhere.xml"])


def test_an_empty_folder_and_an_empty_file_say_so(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.xml").write_bytes(b"")
    assert names(tmp_path / "folder") == [f"{tmp_path / 'folder'}: the folder holds no file"]
    assert names(tmp_path / "a.xml") == ["a.xml: it is empty"]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "._a.xml", "a.xml"):
        (tmp_path / name).write_bytes(b"<a/>")
    assert names(tmp_path) == ["a.xml"]


def test_a_file_of_another_kind_is_reported(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    (one,) = documents([tmp_path])
    assert isinstance(one, Refusal)
    assert isinstance(one.error, NotSupported)


def test_a_broken_xml_file_is_a_document_for_its_reader_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"\x00\x01\x02")
    (one,) = documents([tmp_path])
    assert isinstance(one, Document)


def test_a_link_to_its_own_folder_ends(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<a/>")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["a.xml", "loop: neither a file nor a folder of its own: passed over"]


def test_a_pipe_in_a_folder_is_reported_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == ["pipe: neither a file nor a folder of its own: passed over"]


@pytest.mark.parametrize("content", [b"<a/>", b"\xef\xbb\xbf<a/>", "<a/>".encode("utf-16")])
def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    (one,) = documents(["-"])
    assert isinstance(one, Document)
    assert (one.data, one.about.name, one.about.media_type) == (content, "stdin", "application/xml")


def test_empty_standard_input_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    (one,) = documents(["-"])
    assert isinstance(one, Refusal)
    assert isinstance(one.error, Malformed)


def test_a_name_that_is_no_unicode_is_made_printable(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.xml")).write_bytes(b"<a/>")
    assert names(tmp_path) == ["caf?.xml"]


def test_the_origin_is_what_the_caller_says(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<a/>")
    (one,) = documents([tmp_path], origin="sample")
    assert isinstance(one, Document)
    assert one.about.origin == "sample"


def test_a_device_is_refused_not_read_for_ever() -> None:
    (refused,) = documents(["/dev/zero"])
    assert isinstance(refused, Refusal)
    assert "a device" in str(refused.error)

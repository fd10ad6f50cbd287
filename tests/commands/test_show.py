# ruff: noqa: E501 - a document, as bulletins write them
"""`beffroi show`: from an archived document to the page, the record, and where each value stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from beffroi.cli import main
from beffroi.settings import language
from beffroi.store import Store

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = """<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" DOC_ID="000052-2020">
  <CODED_DATA_SECTION>
    <REF_OJS><COLL_OJ>S</COLL_OJ><NO_OJ>1</NO_OJ><DATE_PUB>20200102</DATE_PUB></REF_OJS>
    <NOTICE_DATA><NO_DOC_OJS>2020/S 001-000052</NO_DOC_OJS><ISO_COUNTRY VALUE="FR"/></NOTICE_DATA>
    <CODIF_DATA><DS_DATE_DISPATCH>20191229</DS_DATE_DISPATCH><TD_DOCUMENT_TYPE CODE="3">Contract notice</TD_DOCUMENT_TYPE></CODIF_DATA>
  </CODED_DATA_SECTION>
  <FORM_SECTION>
    <F02_2014 CATEGORY="ORIGINAL" FORM="F02" LG="FR">
      <CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Ville de Montclair</OFFICIALNAME><COUNTRY VALUE="FR"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
      <OBJECT_CONTRACT>
        <TITLE><P>Barques</P></TITLE>
        <CPV_MAIN><CPV_CODE CODE="34522400"/></CPV_MAIN>
        <TYPE_CONTRACT CTYPE="SUPPLIES"/>
        <SHORT_DESCR><P>Barques du lac.</P></SHORT_DESCR>
        <VAL_ESTIMATED_TOTAL CURRENCY="EUR">90000.00</VAL_ESTIMATED_TOTAL>
        <LOT_DIVISION/>
        <OBJECT_DESCR ITEM="1"><TITLE><P>Grandes barques</P></TITLE><LOT_NO>1</LOT_NO>
          <SHORT_DESCR><P>Fourniture de 12 barques.</P></SHORT_DESCR><VAL_OBJECT CURRENCY="EUR">60000.00</VAL_OBJECT></OBJECT_DESCR>
        <OBJECT_DESCR ITEM="2"><TITLE><P>Petites \u202ebarques</P></TITLE><LOT_NO>2</LOT_NO>
          <SHORT_DESCR><P>Fourniture de 40 barques.</P></SHORT_DESCR><VAL_OBJECT CURRENCY="EUR">30000.00</VAL_OBJECT></OBJECT_DESCR>
      </OBJECT_CONTRACT>
    </F02_2014>
  </FORM_SECTION>
</TED_EXPORT>
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    document = folder / "000052-2020.xml"
    document.write_text(NOTICE, encoding="utf-8")
    with Store.open(folder / "home", create=True) as store:
        store.load([document], origin="sample", jobs=1)
    return folder / "home"


def _shown(capsys: pytest.CaptureFixture[str], home: Path, *args: str) -> str:
    assert main(["show", *args, "--home", str(home)]) == 0
    return capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("asked", ["000052-2020", "52-2020", "ted:52-2020", "2020/S 001-000052"])
def test_the_page_of_a_notice_by_any_of_its_numbers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, asked: str
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    page = _shown(capsys, home, asked, "--lang", "fr")
    assert "EXEMPLE INVENTÉ" in page.splitlines()[0]
    assert "12 barques" in page
    assert "5 000 € HT" in page
    assert "Lots (Valeur estimée) : les 2 font 90 000 € HT, total égal à celui de l'avis." in page


def test_the_record_as_json_with_its_citations(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    line = _shown(capsys, home, "52-2020", "--json", "--cite")
    assert "\u202e" not in line
    record = json.loads(line)
    assert record["lots"][1]["title"] == "Petites \u202ebarques"
    assert record["citations"]["lots[0].quantities[0].value"]["quote"] == "12"
    assert not [path for path in record["citations"] if "unit_amounts" in path]


def test_without_cite_the_record_has_no_citations(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert "citations" not in json.loads(_shown(capsys, home, "52-2020", "--json"))


def test_the_page_with_citations_names_the_rubric_and_the_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    page = _shown(capsys, home, "52-2020", "--cite", "--lang", "fr")
    [line] = [line for line in page.splitlines() if line.startswith("lots[0].amounts[0].value")]
    assert "II.2.6, lot 1" in line
    assert line.endswith("60000.00")


def test_an_unknown_number_is_one_sentence_and_status_2(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["show", "99-99999", "--home", str(home)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "holds 1 notice" in captured.err


def test_no_archive_is_one_sentence_and_status_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["show", "20-51423", "--home", str(tmp_path / "none")]) == 2
    assert "beffroi load" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR"}, "fr"),
        ({"LC_ALL": "en_IE", "LANG": "fr_FR"}, "en"),
        ({}, "fr"),
    ],
)
def test_the_language_is_the_locales(environment: dict[str, str], lang: str) -> None:
    assert language(environment) == lang


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_the_page_is_written_in_the_characters_the_output_knows(home: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LANG": "C", "LC_ALL": "C"}
    command = [sys.executable, "-m", "beffroi", "show", "52-2020", "--home", str(home)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "90 000" in done.stdout.decode(encoding).replace("\u202f", " ").replace("\u00a0", " ")

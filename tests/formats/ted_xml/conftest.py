"""Invented TED notices: a form's XML becomes a whole document, read into its record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.formats import read
from beffroi.notices import Document, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACE = "http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
NUTS = "http://publications.europa.eu/resource/schema/ted/2021/nuts"

HEADER = """
  <TECHNICAL_SECTION><RECEPTION_ID>20-1</RECEPTION_ID><FORM_LG_LIST>FR</FORM_LG_LIST></TECHNICAL_SECTION>
  <CODED_DATA_SECTION>
    <REF_OJS><COLL_OJ>S</COLL_OJ><NO_OJ>1</NO_OJ><DATE_PUB>20200103</DATE_PUB></REF_OJS>
    <NOTICE_DATA>
      <NO_DOC_OJS>2020/S 001-000042</NO_DOC_OJS>
      <URI_LIST><URI_DOC LG="FR">http://example.eu/000042-2020:FR</URI_DOC></URI_LIST>
      <LG_ORIG>FR</LG_ORIG><ORIGINAL_CPV CODE="34711200">Aéronefs</ORIGINAL_CPV>
    </NOTICE_DATA>
    <CODIF_DATA>
      <DS_DATE_DISPATCH>20200101</DS_DATE_DISPATCH>{coded}
      <NC_CONTRACT_NATURE CODE="2">Supplies</NC_CONTRACT_NATURE><PR_PROC CODE="1">Open</PR_PROC>
    </CODIF_DATA>
  </CODED_DATA_SECTION>
  <TRANSLATION_SECTION><ML_TITLES>
    <ML_TI_DOC LG="FR"><TI_CY>France</TI_CY><TI_TOWN>Lyon</TI_TOWN><TI_TEXT><P>Aéronefs</P></TI_TEXT></ML_TI_DOC>
  </ML_TITLES></TRANSLATION_SECTION>"""


def document(forms: str, *, coded: str = "", namespace: str = NAMESPACE) -> Document:
    """Return a whole document around its forms."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><TED_EXPORT xmlns="{namespace}" xmlns:n2021="{NUTS}" '
        f'DOC_ID="000042-2020">{HEADER.format(coded=coded)}<FORM_SECTION>{forms}</FORM_SECTION></TED_EXPORT>'
    )
    return Document.of(text.encode(), name="000042-2020.xml")


def form(code: str, body: str, *, language: str = "FR", category: str = "ORIGINAL") -> str:
    """Return one form of one language."""
    return f'<{code}_2014 CATEGORY="{category}" FORM="{code}" LG="{language}">{body}</{code}_2014>'


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    """Return the reader of invented forms: their record as JSON values."""

    def read_it(forms: str, **header: str) -> dict[str, Any]:
        built: dict[str, Any] = json.loads(to_json(read(document(forms, **header)).notice))
        return built

    return read_it


@pytest.fixture
def a_form() -> Callable[..., str]:
    """Return the builder of a form."""
    return form


@pytest.fixture
def a_document() -> Callable[..., Document]:
    """Return the builder of a document."""
    return document

"""Bodies that a source names by an identifier only, as the DECP of 2022 do: shown by it, with its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from beffroi.formats import read
from beffroi.render.page_citations import Shown
from beffroi.render.page_notice import notice_section
from beffroi.store import Store
from beffroi.store.search import search

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.render.figures import Lang

CONTRACT = {
    "id": "2024-11",
    "acheteur": {"id": "21999000000016"},
    "nature": "Marché",
    "objet": "Rénovation de la halle",
    "montant": 250000,
    "titulaires": [{"titulaire": {"id": "98999000000071", "typeIdentifiant": "SIRET"}}],
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_buyer_and_holder_are_shown_by_their_identifiers_and_cited(lang: Lang, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"marches": [CONTRACT]}), encoding="utf-8")
    with Store.open(tmp_path, create=True) as store:
        store.load([path])
        hit = search(store.connection, "halle", 1)[0]
        notice = store.notice(hit.id)
        assert notice is not None
        reading = read(store.document(notice.document.sha256), cite=True)
    page = str(notice_section(Shown(reading.notice, reading.citations or {}, lang), anchor="a"))
    assert hit.buyer == "SIRET 21999000000016"
    assert "SIRET 21999000000016" in page
    assert page.count("21999000000016") > 1
    assert page.count("98999000000071") > 1

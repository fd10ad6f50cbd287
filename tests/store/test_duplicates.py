"""One contract by several platforms: counted where they agree, marked where they differ, never silently merged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from beffroi.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.notices import Notice

RECORD: dict[str, Any] = {
    "id": "2020-07",
    "acheteur": {"id": "21999000000016"},
    "nature": "Marché",
    "objet": "Drones",
    "codeCPV": "34711200",
    "dateNotification": "2020-01-31",
    "datePublicationDonnees": "2020-02-10",
    "montant": 50000.0,
    "offresRecues": 3,
    "techniques": {"technique": ["Sans objet"]},
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "98999000000014"}}],
    "source": "atexo",
}
ROW: dict[str, Any] = {
    "id": "2020-07",
    "acheteur_id": "21999000000016",
    "nature": "Marché",
    "objet": "Drones de surveillance",
    "codecpv": "34711200-6",
    "datenotification": "2020-01-31",
    "datepublicationdonnees": "2020-02-12",
    "montant": 50000,
    "techniques": "Sans objet",
    "titulaire_id_1": "98999000000014",
    "titulaire_typeidentifiant_1": "SIRET",
    "source": "pes",
}
LATER = [{"modification": {"id": 1, "montant": 60000, "dateNotificationModification": "2021-01-31"}}]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "home", create=True)


def load(store: Store, tmp_path: Path, *rows: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Load each row by itself; return the new, the duplicates and the revisions of each load."""
    found = []
    for number, row in enumerate(rows):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps({"marches": [row]}), encoding="utf-8")
        report = store.load([path])
        found.append((report.new, report.duplicates, report.revisions))
    return found


def latest(store: Store) -> Notice:
    notice = store.notice("decp:219990000000162020-07")
    assert notice is not None
    return notice


@pytest.mark.parametrize("rows", [(RECORD, ROW), (ROW, RECORD), (RECORD, RECORD | {"source": "pes"})])
def test_platforms_that_agree_are_counted(store: Store, tmp_path: Path, rows: tuple[dict[str, Any], ...]) -> None:
    assert load(store, tmp_path, *rows) == [(1, 0, 0), (0, 1, 0)]
    assert (store.stats().duplicates, store.stats().notices, latest(store).revision) == (1, 1, 1)


def test_the_report_counts_them(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "both.json"
    path.write_text(json.dumps([RECORD, ROW]), encoding="utf-8")
    assert "0 new revisions, 1 duplicate of a contract, 0 gave no record" in store.load([path]).line()


def test_platforms_that_differ_stay_both_visible(store: Store, tmp_path: Path) -> None:
    assert load(store, tmp_path, RECORD, ROW | {"montant": 5000000}) == [(1, 0, 0), (0, 0, 1)]
    notice = latest(store)
    assert notice.revision == 2
    assert [(one.path, one.rule, one.why) for one in notice.suspects] == [
        ("awards[0].amounts[0].value", "differs", "50000 in the contract's record by atexo (contract 2022 record)")
    ]
    assert store.stats().duplicates == 0


def test_a_modification_by_another_platform_is_a_revision_without_dispute(store: Store, tmp_path: Path) -> None:
    changed = RECORD | {"source": "pes", "modifications": LATER}
    assert load(store, tmp_path, RECORD, changed, ROW) == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    assert latest(store).suspects == ()
    assert [(one.kind, one.value) for one in latest(store).awards[0].amounts] == [
        ("award", "50000"),
        ("amended", "60000"),
    ]


def test_one_platform_that_corrects_itself_is_a_revision_without_dispute(store: Store, tmp_path: Path) -> None:
    assert load(store, tmp_path, RECORD, RECORD | {"montant": 51000}) == [(1, 0, 0), (0, 0, 1)]
    assert latest(store).suspects == ()


def test_the_row_without_a_modification_repeats_the_others(store: Store, tmp_path: Path) -> None:
    steps = [ROW | {"idmodification": str(n), "montantmodification": 60000 + n} for n in (1, 2)]
    assert load(store, tmp_path, *steps, ROW) == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    assert [one.value for one in latest(store).awards[0].amounts] == ["50000", "60002"]
    assert load(store, tmp_path, ROW | {"objet": "Drones, lot 2"}) == [(0, 0, 1)]


def test_three_holders_of_a_row_may_be_some_of_more(store: Store, tmp_path: Path) -> None:
    holders = [{"typeIdentifiant": "SIRET", "id": f"9899900000001{n}"} for n in range(4)]
    columns = {f"titulaire_{name}_{n + 1}": one for n in range(3) for name, one in holders[n].items()}
    row = {key.lower(): value for key, value in (ROW | columns).items()}
    assert load(store, tmp_path, RECORD | {"titulaires": holders}, row) == [(1, 0, 0), (0, 1, 0)]
    assert load(store, tmp_path, row | {"titulaire_id_3": "98999000000099"}) == [(0, 0, 1)]


def test_a_rebuild_gives_the_same(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, RECORD, ROW | {"montant": 1}, RECORD | {"source": "pes"})
    before = (latest(store), store.stats())
    store.rebuild()
    assert (latest(store), store.stats()) == before

"""The BOAMP on loopback answers and refuses as the platform does, and its planted faults are what they say."""

from __future__ import annotations

import doctest
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from beffroi.formats import read
from beffroi.notices import Document
from tests.servers import boamp_notices, odsql
from tests.servers.boamp import Boamp, Plan
from tests.servers.boamp_notices import notices, number_of
from tests.servers.explore import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS = f"{BASE}/catalog/datasets/boamp/records"
EXPORTS = f"{BASE}/catalog/datasets/boamp/exports"
DAY = date(2026, 9, 9)
ON_DAY = {"where": f"dateparution=date'{DAY}'", "order_by": "idweb"}
FIELDS = """idweb id contractfolderid objet filename famille code_departement code_departement_prestation
famille_libelle dateparution datefindiffusion datelimitereponse nomacheteur titulaire perimetre
type_procedure soustype_procedure procedure_libelle procedure_categorise nature sousnature
nature_libelle sousnature_libelle nature_categorise nature_categorise_libelle criteres
marche_public_simplifie marche_public_simplifie_label etat descripteur_code dc descripteur_libelle
type_marche type_marche_facette type_avis annonce_lie annonces_anterieures source_schema gestion
donnees url_avis"""


@pytest.fixture(scope="module")
def server() -> Iterator[Boamp]:
    with Boamp() as running:
        yield running


@pytest.fixture
def client(server: Boamp) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, trust_env=False) as opened:
        yield opened


class TestExplore:
    def test_a_page_has_ten_records_unless_asked(self, client: httpx.Client) -> None:
        answer = client.get(RECORDS, params=ON_DAY).json()
        assert list(answer) == ["total_count", "results"]
        assert (answer["total_count"], len(answer["results"])) == (347, 10)
        assert list(answer["results"][0]) == FIELDS.split()
        assert len(client.get(RECORDS, params={**ON_DAY, "limit": -1}).json()["results"]) == 100

    @pytest.mark.parametrize(
        ("asked", "code", "message"),
        [
            ({"limit": 101}, "InvalidRESTParameterError", "101 was found but -1 <= limit <= 100 is expected"),
            ({"limit": 100, "offset": 9_901}, "InvalidRESTParameterError", "10001 was found but <= 10000 is expected"),
            ({"limit": "ten"}, "InvalidRESTParameterError", "not an integer"),
            ({"rows": 3}, "InvalidRESTParameterError", "rows"),
            ({"where": 'siret="1"'}, "ODSQLError", "Unknown field: siret"),
            ({"where": 'objet="a'}, "ODSQLError", "malformed"),
            ({"where": 'objet="a" "b"'}, "ODSQLError", "malformed"),
            ({"where": 'idweb>"26-1"'}, "ODSQLError", "malformed"),
            ({"where": "dateparution=date'2026-13-1'"}, "ODSQLError", "malformed"),
            ({"order_by": "siret"}, "ODSQLError", "Unknown field: siret"),
            ({"select": "siret"}, "ODSQLError", "Unknown field: siret"),
        ],
    )
    def test_it_refuses(self, client: httpx.Client, asked: dict[str, Any], code: str, message: str) -> None:
        answer = client.get(RECORDS, params=asked)
        assert (answer.status_code, answer.json()["error_code"]) == (400, code)
        assert message in answer.json()["message"]

    def test_another_dataset_is_not_there(self, client: httpx.Client) -> None:
        answer = client.get(f"{BASE}/catalog/datasets/other/records")
        assert (answer.status_code, answer.json()["error_code"]) == (404, "DatasetNotFound")

    def test_the_last_page_that_is_answered(self, client: httpx.Client) -> None:
        answer = client.get(RECORDS, params={"limit": 100, "offset": 9_900})
        assert (answer.status_code, answer.json()["results"]) == (200, [])

    def test_conditions_orders_and_selections(self, client: httpx.Client) -> None:
        def found(where: str, order: str = "idweb") -> list[str]:
            asked = {"where": where, "order_by": order, "select": "idweb, famille", "limit": "100"}
            results = client.get(RECORDS, params=asked).json()["results"]
            assert all(list(one) == ["idweb", "famille"] for one in results)
            return [one["idweb"] for one in results]

        day = [one.number for one in notices(DAY, 1)]
        assert found(f'idweb="{day[3]}" or idweb = "{day[1]}"') == [day[1], day[3]]
        assert found(f"idweb in ('{day[0]}', \"{day[2]}\") and not idweb:'{day[0]}'") == [day[2]]
        assert found(f"dateparution=date'{DAY}'", "idweb desc") == day[:-101:-1]
        linked = [one for one in notices(DAY, 1) if one.facts.earlier]
        assert linked[0].number in found(f'annonce_lie="{linked[0].facts.earlier}"')
        assert found("annonce_lie is null and annonce_lie is not null") == []

    def test_exports_have_no_bound(self, client: httpx.Client) -> None:
        lines = client.get(f"{EXPORTS}/jsonl", params=ON_DAY).content.splitlines()
        assert lines == [one.json for one in notices(DAY, 1)]
        assert len(client.get(f"{EXPORTS}/json", params=ON_DAY).json()) == len(lines)
        assert len(client.get(f"{EXPORTS}/json", params={**ON_DAY, "limit": 7, "offset": 3}).json()) == 7

    def test_what_comes_with_an_answer(self, client: httpx.Client) -> None:
        first = client.get(RECORDS, params=ON_DAY)
        assert first.headers["Content-Encoding"] == "gzip"
        left = int(first.headers["X-RateLimit-Remaining"])
        unchanged = client.get(RECORDS, params=ON_DAY, headers={"If-None-Match": first.headers["ETag"]})
        assert unchanged.status_code == 304
        assert int(unchanged.headers["X-RateLimit-Remaining"]) == left - 1

    def test_a_quota_that_is_spent(self) -> None:
        with Boamp(quota=1) as server, httpx.Client(base_url=server.address, trust_env=False) as client:
            assert [client.get(RECORDS).status_code for _ in range(2)] == [200, 429]
            assert client.get(RECORDS).headers["X-RateLimit-Remaining"] == "0"


class TestArchives:
    def test_a_day_is_a_folder(self, client: httpx.Client) -> None:
        page = client.get("/OPENDATA/BOAMP/2026/09/09/").text
        assert page.startswith("<html>\n <head><title>Index of /OPENDATA/BOAMP/2026/09/09</title>")
        assert page.count('.xml">') == 347
        one = notices(DAY, 1)[0]
        assert client.get(f"/OPENDATA/BOAMP/2026/09/09/{one.number}.xml").content == one.xml

    @pytest.mark.parametrize(
        "path",
        ["2026/10/01/", "2026/09/09/26-1.xml", "2026/9/9/", "FluxHistorique/Boamp_v230/2016/", "../", "2025/09/09/"],
    )
    def test_what_is_not_there(self, client: httpx.Client, path: str) -> None:
        assert client.get(f"/OPENDATA/BOAMP/{path}").status_code == 404


class TestPlan:
    def counts(self, **planned: Any) -> list[int]:
        plan = Plan(begins=DAY, until=DAY + timedelta(3), **planned)
        return [len(plan.on(day)) for day in plan.days()]

    def test_planted_faults(self) -> None:
        whole = self.counts()
        assert self.counts(silent=DAY + timedelta(2)) == [*whole[:2], 0, 0]
        assert self.counts(missing=frozenset({DAY})) == [0, *whole[1:]]
        assert self.counts(halved=frozenset({DAY})) == [(whole[0] + 1) // 2, *whole[1:]]

    @pytest.mark.parametrize(("fact", "field"), [("buyer", "nomacheteur"), ("title", "objet")])
    def test_a_fact_that_is_empty_from_a_day_on_is_empty_everywhere(self, fact: str, field: str) -> None:
        plan = Plan(begins=DAY, until=DAY + timedelta(1), emptied=(fact, DAY + timedelta(1)))
        before, after = (plan.on(day) for day in plan.days())
        assert all(one.fields[field] for one in before)
        for one in after:
            assert not one.fields[field]
            notice = read(Document.of(one.json, name="a.json", media_type="application/json")).notice
            assert not (any(buyer.name for buyer in notice.buyers) if fact == "buyer" else notice.title)


class TestNotices:
    def test_each_is_read_without_remainder_in_both_encodings(self) -> None:
        for one in notices(DAY, 1)[:120] + notices(date(2018, 3, 7), 1)[:20]:
            for content, name, kind in (
                (one.json, "a.json", "application/json"),
                (one.xml, "a.xml", "application/xml"),
            ):
                notice = read(Document.of(content, name=name, media_type=kind)).notice
                assert (notice.number, notice.title, notice.unread) == (one.number, one.facts.title, ())
                assert notice.published == f"{one.facts.day}"

    def test_the_same_seed_gives_the_same_bytes_and_another_others(self) -> None:
        first, again, other = (b"".join(one.json for one in notices(DAY, seed)) for seed in (1, 1, 2))
        assert first == again != other

    def test_no_two_have_one_number(self) -> None:
        days = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
        numbers = [number_of(day, place) for day in days for place in (0, 1, 42, 999, 1000, 1001, 14_999)]
        assert len(set(numbers)) == len(numbers)

    def test_thousands_a_second(self) -> None:
        began = time.process_time()
        made = [one.json for n in range(7) for one in notices(DAY + timedelta(n), 9)]
        assert len(made) / (time.process_time() - began) > 1_500  # 20,000 on a quiet machine


def test_it_runs_as_a_process_of_its_own() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.servers.boamp", "--seed", "7", "--rate", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        total = httpx.get(f"{address}{RECORDS}", params=ON_DAY, trust_env=False).json()["total_count"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert total == 347


@pytest.mark.parametrize("module", [boamp_notices, odsql])
def test_examples(module: Any) -> None:
    assert doctest.testmod(module).failed == 0

"""Records of pages, lists and JSON lines are exact slices; a broken one does not harm the others."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import Malformed, NotSupported
from beffroi.intake import Refusal, documents, scan
from beffroi.notices import Document

if TYPE_CHECKING:
    from pathlib import Path

FIRST = '{"idweb": "26-1", "objet": "caf\u00e9 \\"}{][\\\\", "lots": [{"n": 1}, {"n": 2}]}'
SECOND = '{ "idweb" : "26-2" ,\n "gestion": "{\\"idweb\\": \\"x\\"}" }'


def cut(tmp_path: Path, content: bytes, name: str = "page.json") -> list[Document | Refusal]:
    path = tmp_path / name
    path.write_bytes(content)
    found = list(documents([path]))
    for one in found:
        document = one.document if isinstance(one, Refusal) else one
        if document is not None and document.about.container is not None and not name.endswith(".gz"):
            offset = document.about.container.offset
            assert content[offset : offset + len(document.data)] == document.data
            assert document.about.container.sha256 == hashlib.sha256(content).hexdigest()
    return found


def texts(found: list[Document | Refusal]) -> list[str]:
    return [one.data.decode() if isinstance(one, Document) else str(one.error) for one in found]


@pytest.mark.parametrize(
    "page",
    [
        '{"total_count": 2, "results": [%s, %s]}',
        '{"links": [{"rel": "self"}], "results": [\n%s\n,\n%s\n], "total_count": 2}\n',
        "[%s,%s]",
        "  [ %s , %s ]  \n",
        "\ufeff[%s,%s]",
        "%s\n%s",
        "%s\r\n\r\n%s\r\n",
    ],
)
def test_a_record_is_the_exact_slice(tmp_path: Path, page: str) -> None:
    assert texts(cut(tmp_path, (page % (FIRST, SECOND)).encode())) == [FIRST, SECOND]


def test_records_of_a_page_are_numbered(tmp_path: Path) -> None:
    found = cut(tmp_path, f"[{FIRST},{SECOND}]".encode())
    assert [one.about.name for one in found if isinstance(one, Document)] == ["page#1.json", "page#2.json"]


def test_one_record_alone_keeps_its_name_and_has_no_container(tmp_path: Path) -> None:
    (found,) = cut(tmp_path, FIRST.encode(), "20-1.json")
    assert isinstance(found, Document)
    assert (found.about.name, found.about.container) == ("20-1.json", None)


def test_one_record_and_a_line_end_is_the_same_document(tmp_path: Path) -> None:
    (alone,) = cut(tmp_path, FIRST.encode())
    (ended,) = cut(tmp_path, f"\ufeff{FIRST}\n".encode())
    assert isinstance(alone, Document)
    assert isinstance(ended, Document)
    assert alone.about.sha256 == ended.about.sha256
    assert ended.about.container is not None
    assert ended.about.container.offset == 3


@pytest.mark.parametrize(
    "broken",
    [
        '{"idweb": "26-9", "objet": "never closed}',
        '{"idweb": "26-9", "objet": "an "inner" quote"}',
        '{"idweb": "26-9", "lots": [1, 2}',
        '{"idweb": "26-9", "lots": {"n": 1}',
        '{"idweb": "26-9"}}',
        '{"idweb": "26-9", objet: 1}',
        '{"idweb": "26-9", "objet": }',
        '{"idweb": nan}',
        '{"idweb": \x00}',
    ],
)
@pytest.mark.parametrize("page", ['{"total_count": 3, "results": [%s, %s, %s]}', "[%s,%s,%s]", "%s\n%s\n%s\n"])
def test_a_broken_record_does_not_harm_the_others(tmp_path: Path, page: str, broken: str) -> None:
    last = '{"idweb": "26-3"}'
    found = cut(tmp_path, (page % (FIRST, broken, last)).encode())
    assert texts(found)[0] == FIRST
    assert texts(found)[-1] == last
    (bad,) = (one for one in found if isinstance(one, Refusal))
    line, record = 2 if page.startswith("%s") else 1, 3 if broken.endswith("}}") else 2
    assert str(bad.error).startswith(f"page.json: line {line}, record {record}: ")
    assert bad.document is not None
    assert bad.document.data.decode() in (broken, "}")


@pytest.mark.parametrize("end", [10, 30, 60])
def test_a_page_cut_short_gives_what_it_has_and_says_so(tmp_path: Path, end: int) -> None:
    page = f'{{"total_count": 2, "results": [{FIRST}, {SECOND}'.encode()
    found = cut(tmp_path, page[:-end])
    assert texts(found)[0] == FIRST or len(page) - end < len(FIRST) + 30
    assert isinstance(found[-1], Refusal)
    assert "cut short" in str(found[-1].error)


def test_a_page_cut_short_after_its_list_says_so(tmp_path: Path) -> None:
    found = texts(cut(tmp_path, f'{{"results": [{FIRST}]'.encode()))
    assert found == [FIRST, "page.json: the page ends after its record 1: cut short"]


def test_bytes_after_a_page_are_reported(tmp_path: Path) -> None:
    found = texts(cut(tmp_path, b"[{}] tail"))
    assert found == ["{}", "page.json: bytes follow the end of the page, from byte 5: not read"]


def test_an_element_that_is_no_record_is_reported(tmp_path: Path) -> None:
    assert texts(cut(tmp_path, b'[{"a":1},\n 7, {"a":2}]')) == [
        '{"a":1}',
        "page.json: line 2, record 2: no record",
        '{"a":2}',
    ]


@pytest.mark.parametrize("page", ['{"total_count": 0, "results": []}', "[]"])
def test_an_empty_page_says_so(tmp_path: Path, page: str) -> None:
    (found,) = cut(tmp_path, page.encode())
    assert isinstance(found, Refusal)
    assert isinstance(found.error, NotSupported)
    assert str(found.error) == "page.json: the page holds no record"


def test_an_answer_of_the_old_api_is_refused_with_advice(tmp_path: Path) -> None:
    (found,) = cut(tmp_path, b'{"nhits": 1, "records": [{"recordid": "x", "fields": {}}]}')
    assert isinstance(found, Refusal)
    assert "v2.1" in str(found.error)


@pytest.mark.parametrize(
    "package",
    [
        '{"uri": "x", "records": [%s,\n%s], "extensions": ["y"]}',
        '{"releases":[%s,%s],"links":{"next":"https://example.org/?cursor=1"}}',
        '{"marches":[%s,%s]}',
        '{"title": [{"marche": []}], "marches":{"marche":[%s],"contrat-concession":[%s]}, "licence": {"a": []}}',
        '{"marches":{"contrat-concession": %s, "marche": %s}}',
        '{"marches":{"marche": null, "contrat-concession": [], "autre": [%s, %s]}}',
        '{"releases": [%s]}\n{"releases": [%s]}\n',
    ],
)
def test_lists_of_records_are_cut_from_packages(tmp_path: Path, package: str) -> None:
    found = cut(tmp_path, (package % (FIRST, SECOND)).encode())
    assert texts(found) == [FIRST, SECOND]
    assert [one.about.name for one in found if isinstance(one, Document)] == ["page#1.json", "page#2.json"]


def test_a_record_that_holds_releases_stays_whole(tmp_path: Path) -> None:
    record = '{"ocid": "a", "releases": [{"id": "1"}], "compiledRelease": {}}'
    assert texts(cut(tmp_path, record.encode())) == [record]
    assert texts(cut(tmp_path, f"{record}\n{record}\n".encode())) == [record, record]


@pytest.mark.parametrize("page", ['{"marches": {"marche": [], "contrat-concession": []}}', '{"releases": []}'])
def test_an_empty_package_says_so(tmp_path: Path, page: str) -> None:
    assert texts(cut(tmp_path, page.encode())) == ["page.json: the page holds no record"]


def test_a_bad_row_is_named_by_its_line_and_number_and_kept(tmp_path: Path) -> None:
    rows = ['{"id": "1", "acheteur": {"id": "x"}, "t": [{"id": "a", "n": 1}, {"id": "b", "n": 2}]}'] * 5
    rows[1] = rows[1].replace('"t": [', '"t": [oops ')
    rows[3] = "null"
    found = cut(tmp_path, ('{"marches": {"marche": [\n' + ",\n".join(rows) + "\n]}}").encode())
    assert texts(found) == [
        rows[0],
        "page.json: line 3, record 2: no JSON at byte 155",
        rows[2],
        "page.json: line 5, record 4: no record",
        rows[4],
    ]
    assert [one.document.data.decode() for one in found if isinstance(one, Refusal) and one.document] == rows[1::2]


def test_a_row_broken_in_a_small_way_is_refused_alone(tmp_path: Path) -> None:
    small = [b'{"a": 1,}', b'{"a": 01}', b'{"a": "\xff"}', b'{"a": "\x01"}', b'{"a" "b"}']
    found = texts(cut(tmp_path, b"\n".join([b'{"a": 0}', *small, b'{"a": 2}'])))
    assert [found[0], found[-1]] == ['{"a": 0}', '{"a": 2}']
    assert [one.split(": ")[1] for one in found[1:-1]] == [f"line {n}, record {n}" for n in range(2, 7)]


def test_lines_that_are_no_objects_are_reported(tmp_path: Path) -> None:
    found = texts(cut(tmp_path, b'{"a": 0}\n[1, 2]\nhello\n{"a": 2}\n'))
    assert found == ['{"a": 0}', "page.json: line 2, record 2: a list, no record", '{"a": 2}']


def test_a_truncated_record_alone_is_a_document_for_its_reader_to_refuse(tmp_path: Path) -> None:
    (found,) = cut(tmp_path, FIRST[:40].encode())
    assert isinstance(found, Document)
    assert found.data == FIRST[:40].encode()


def test_a_page_inside_a_gzip_names_the_gzip(tmp_path: Path) -> None:
    packed = gzip.compress(f"{FIRST}\n{SECOND}\n".encode())
    found = cut(tmp_path, packed, "day.jsonl.gz")
    assert texts(found) == [FIRST, SECOND]
    containers = [one.about.container for one in found if isinstance(one, Document)]
    assert [one.sha256 for one in containers if one] == [hashlib.sha256(packed).hexdigest()] * 2


def test_a_scalar_is_no_record(tmp_path: Path) -> None:
    (found,) = cut(tmp_path, b'"hello"', "a.json")
    assert isinstance(found, Refusal)
    assert isinstance(found.error, Malformed)


def test_records_longer_than_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "CHUNK", 7)
    rows = [{"idweb": f"26-{n}", "objet": 'é"\\' * n, "n": n * 12345, "b": [True, None, -1.5e3, {}]} for n in range(40)]
    lines = [json.dumps(row, ensure_ascii=n % 2 == 0) for n, row in enumerate(rows)]
    assert texts(cut(tmp_path, ("[" + ",\n ".join(lines) + "]").encode())) == lines
    assert texts(cut(tmp_path, "\n".join(lines).encode())) == lines


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
PAGES = {"results", "records", "releases", "marches"}
RECORDS = st.lists(st.dictionaries(st.text().filter(lambda name: name not in PAGES), JSON), min_size=2, max_size=5)


@given(RECORDS, st.booleans(), st.sampled_from([None, 1]))
def test_any_records_are_cut_where_they_were_joined(
    rows: list[dict[str, object]], ascii_: bool, indent: int | None
) -> None:
    import io

    from beffroi.intake.pages import records
    from beffroi.intake.source import Source

    lines = [json.dumps(row, ensure_ascii=ascii_, indent=indent).encode("utf-8", "surrogatepass") for row in rows]
    for page in (b"[" + b", ".join(lines) + b"]", b'{"results":[' + b",".join(lines) + b"]}", b"\n".join(lines)):
        source = Source("page.json", io.BufferedReader(io.BytesIO(page)), "sample")
        assert [one.data for one in records(source) if isinstance(one, Document)] == lines


@pytest.mark.parametrize(
    "page",
    [
        '{"notices": [{"publication-number": "7-2026"}, {"publication-number": "8-2026"}], "totalNoticeCount": 2}',
        '{"timedOut": false, "totalNoticeCount": 0, "notices": []}',
    ],
)
def test_a_page_of_teds_search_is_no_record_and_says_what_brings_them(tmp_path: Path, page: str) -> None:
    (refused,) = cut(tmp_path, page.encode())
    assert isinstance(refused, Refusal)
    assert isinstance(refused.error, NotSupported)
    assert "it names notices and holds none; `beffroi get NUMBER` brings one" in str(refused.error)


def test_a_page_of_the_tabular_api_holds_its_rows_under_data(tmp_path: Path) -> None:
    page = f'{{"data": [{FIRST}, {SECOND}], "links": {{"next": null}}, "meta": {{"total": 2}}}}'
    assert texts(cut(tmp_path, page.encode())) == [FIRST, SECOND]


def test_a_record_that_only_links_its_releases_is_its_compiled_release(tmp_path: Path) -> None:
    link = '{"url": "https://x.example/1", "date": "2024-01-01T00:00:00Z", "tag": ["tender"]}'
    compiled = '{"ocid": "ocds-x-1", "id": "1", "tag": ["compiled"]}'
    record = f'{{"ocid": "ocds-x-1", "releases": [{link}], "compiledRelease": {compiled}}}'
    assert texts(cut(tmp_path, f'{{"records": [{record}]}}'.encode())) == [record]


def test_a_release_within_a_record_needs_no_tag(tmp_path: Path) -> None:
    release = '{"ocid": "ocds-x-1", "id": "1", "date": "2024-01-01"}'
    assert texts(cut(tmp_path, f'{{"records": [{{"ocid": "ocds-x-1", "releases": [{release}]}}]}}'.encode())) == [
        release
    ]

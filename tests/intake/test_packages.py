"""Packages as published are opened; hostile ones are refused in one sentence and harm nothing."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from beffroi.errors import Malformed, NotSupported, TooLarge, Unreadable
from beffroi.formats import read
from beffroi.intake import Refusal, documents
from beffroi.notices import Document

if TYPE_CHECKING:
    from pathlib import Path

A, B = b"<a>1</a>", b"<b>2</b>"
LONG = "20200101_001/" + "x" * 150 + "/" + "y" * 120 + ".xml"


def tar(members: list[tuple[str, bytes]], format_: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format_) as package:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return out.getvalue()


def cut(tmp_path: Path, content: bytes, name: str) -> list[Document | Refusal]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(documents([path]))


def found(results: list[Document | Refusal]) -> list[tuple[str, bytes | type]]:
    return [(r.about.name, r.data) if isinstance(r, Document) else (r.name, type(r.error)) for r in results]


@pytest.mark.parametrize("format_", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_package_as_ted_publishes_it(tmp_path: Path, format_: int) -> None:
    package = tar([("20200101_001/a.xml", A), ("20200101_001/nested/b.xml", B)], format_)
    packed = gzip.compress(package)
    results = cut(tmp_path, packed, "20200101_001.tar.gz")
    assert found(results) == [("a.xml", A), ("b.xml", B)]
    for one in results:
        assert isinstance(one, Document)
        assert one.about.container is not None
        assert one.about.container.sha256 == hashlib.sha256(packed).hexdigest()
        assert package[one.about.container.offset :].startswith(one.data)


@pytest.mark.parametrize("format_", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_and_accented_names(tmp_path: Path, format_: int) -> None:
    results = cut(tmp_path, tar([(LONG, A), ("été.xml", B)], format_), "day.tar")
    assert found(results) == [("y" * 120 + ".xml", A), ("été.xml", B)]


@pytest.mark.parametrize("name", ["day.tgz", "day.bin", "day.xml"])
def test_the_bytes_decide_what_a_file_is(tmp_path: Path, name: str) -> None:
    assert found(cut(tmp_path, gzip.compress(tar([("a.xml", A)])), name)) == [("a.xml", A)]


def test_a_zip_and_the_place_of_its_members(tmp_path: Path) -> None:
    package = zipped([("2015/a.xml", A), ("2015/page.json", b'[{"x":1},{"x":2}]')])
    results = cut(tmp_path, package, "xml.zip")
    assert found(results) == [("a.xml", A), ("page#1.json", b'{"x":1}'), ("page#2.json", b'{"x":2}')]
    first, second, _ = (one.about.container for one in results if isinstance(one, Document))
    assert first is not None
    assert package[first.offset :].startswith(b"PK\x03\x04")
    assert second is not None
    assert second.name == "xml.zip/page.json"


def test_a_single_gzip(tmp_path: Path) -> None:
    packed = gzip.compress(A)
    (one,) = cut(tmp_path, packed, "a.xml.gz")
    assert isinstance(one, Document)
    assert (one.data, one.about.name) == (A, "a.xml")
    assert one.about.container is not None
    assert one.about.container.sha256 == hashlib.sha256(packed).hexdigest()


def test_days_inside_a_month(tmp_path: Path) -> None:
    day = gzip.compress(tar([("a.xml", A)]))
    assert found(cut(tmp_path, zipped([("01.tar.gz", day)]), "month.zip")) == [("a.xml", A)]


def test_packages_nested_without_end_are_refused(tmp_path: Path) -> None:
    package = A
    for _ in range(6):
        package = gzip.compress(package)
    assert found(cut(tmp_path, package, "a.xml.gz.gz.gz.gz.gz.gz"))[-1][1] is NotSupported


def test_no_name_reaches_the_disk(tmp_path: Path) -> None:
    names = ["../../evil.xml", "/etc/evil.xml", "C:\\windows\\evil.xml", "a\x1b[2Jb.xml"]
    before = sorted(tmp_path.rglob("*"))
    results = cut(tmp_path, tar([(name, A) for name in names]), "day.tar")
    assert [one.about.name for one in results if isinstance(one, Document)] == ["evil.xml"] * 3 + ["a?[2Jb.xml"]
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "day.tar"])


def test_links_and_devices_are_passed_over_and_reported(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as package:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"m{kind.decode()}.xml")
            info.type, info.linkname = kind, "/etc/passwd"
            package.addfile(info)
        info = tarfile.TarInfo("a.xml")
        info.size = len(A)
        package.addfile(info, io.BytesIO(A))
    results = cut(tmp_path, out.getvalue(), "day.tar")
    assert found(results) == [*((f"m{n}.xml", NotSupported) for n in "2136"), ("a.xml", A)]
    assert "a symbolic link" in str(results[0].error if isinstance(results[0], Refusal) else "")


def test_a_link_in_a_zip_is_passed_over_and_reported(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        info = zipfile.ZipInfo("l.xml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(info, "/etc/passwd")
        package.writestr("a.xml", A)
    assert found(cut(tmp_path, out.getvalue(), "x.zip")) == [("l.xml", NotSupported), ("a.xml", A)]


def test_a_package_cut_short_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    import random

    noise = random.Random(7).randbytes(200_000)
    packed = gzip.compress(tar([("a.xml", A), ("b.xml", b"<b>" + noise)]))
    results = cut(tmp_path, packed[: len(packed) // 2], "day.tar.gz")
    assert found(results)[0] == ("a.xml", A)
    assert found(results)[-1] == ("day.tar.gz", Malformed)


def test_a_package_with_a_broken_header_says_so(tmp_path: Path) -> None:
    package = bytearray(tar([("a.xml", A), ("b.xml", B)]))
    package[1024 + 100] ^= 0xFF
    assert found(cut(tmp_path, bytes(package), "day.tar")) == [("a.xml", A), ("day.tar", Malformed)]


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    (result,) = cut(tmp_path, gzip.compress(b"<a>" + bytes(64 * 1024 * 1024)), "a.xml.gz")
    assert isinstance(result, Refusal)
    assert isinstance(result.error, TooLarge)


def test_a_tar_of_zeros_in_a_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(tar([("a.xml", A), ("zeros.xml", bytes(64 * 1024 * 1024)), ("b.xml", B)]))
    assert found(cut(tmp_path, packed, "day.tar.gz")) == [("a.xml", A), ("day.tar.gz", TooLarge)]


def test_a_zip_bomb_is_refused_and_its_neighbours_read(tmp_path: Path) -> None:
    package = zipped([("a.xml", A), ("zeros.xml", bytes(64 * 1024 * 1024)), ("b.xml", B)])
    assert found(cut(tmp_path, package, "x.zip")) == [("a.xml", A), ("zeros.xml", TooLarge), ("b.xml", B)]


def test_a_header_announcing_a_huge_name_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.xml")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8 * 1024**3
    (result,) = cut(tmp_path, info.tobuf(tarfile.GNU_FORMAT) + bytes(2048), "day.tar")
    assert isinstance(result, Refusal)
    assert isinstance(result.error, TooLarge)


def test_a_zip_of_a_million_members_is_refused_before_it_is_read(tmp_path: Path) -> None:
    one = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = one * 1_000_000
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, len(directory), 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    (result,) = cut(tmp_path, b"PK\x03\x04" + directory + wide + locator + end, "x.zip")
    assert isinstance(result, Refusal)
    assert isinstance(result.error, TooLarge)


def test_a_zip_whose_bytes_do_not_match_their_checksum(tmp_path: Path) -> None:
    package = bytearray(zipped([("a.xml", A), ("b.xml", B)]))
    at = package.index(b"a.xml") + 5
    package[at : at + 4] = b"\xff\xff\xff\xff"
    assert found(cut(tmp_path, bytes(package), "x.zip")) == [("a.xml", Malformed), ("b.xml", B)]


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz"])
def test_no_mutation_of_a_package_escapes_as_another_error(tmp_path: Path, name: str) -> None:
    import random

    chance = random.Random(11)
    members = [(f"{n}.xml", f"<a>{n}</a>".encode() * 50) for n in range(20)]
    whole = zipped(members) if name == "x.zip" else gzip.compress(tar(members))
    for _ in range(300):
        package = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            package[chance.randrange(len(package))] = chance.randrange(256)
        for one in cut(tmp_path, bytes(package[: chance.choice([len(package), chance.randrange(len(package))])]), name):
            assert isinstance(one, Document) or isinstance(one.error, Unreadable)


@pytest.mark.parametrize(
    ("content", "advice"),
    [(b"BZh9", "bzcat"), (b"\xfd7zXZ\x00", "xzcat"), (b"7z\xbc\xaf\x27\x1c", "7-Zip")],
)
def test_other_packages_are_refused_with_advice(tmp_path: Path, content: bytes, advice: str) -> None:
    (result,) = cut(tmp_path, content, "BOAMP-J-AO_2018.taz")
    assert isinstance(result, Refusal)
    assert advice in str(result.error)


def test_a_member_above_64_mb_is_a_document_whose_reading_is_refused(tmp_path: Path) -> None:
    big = b"<a>" + zlib.compress(b"seed") * (5 * 1024 * 1024)
    big += bytes(range(256)) * ((65 * 1024 * 1024 - len(big)) // 256 + 1) if len(big) < 65 * 1024 * 1024 else b""
    one, other = cut(tmp_path, tar([("big.xml", big), ("b.xml", B)]), "day.tar")
    assert isinstance(one, Document)
    assert len(one.data) == len(big)
    assert found([other]) == [("b.xml", B)]
    with pytest.raises(TooLarge):
        read(one)


def test_memory_stays_bounded_whatever_the_page_weighs(tmp_path: Path) -> None:
    page = tmp_path / "page.jsonl"
    line = b'{"idweb": "26-1", "objet": "' + b"x" * 20_000 + b'"}\n'
    with page.open("wb") as out:
        for _ in range(5_000):
            out.write(line)
    script = (
        "import resource, sys; from beffroi.intake import documents\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(sum(1 for _ in documents([sys.argv[1]])), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(page)], capture_output=True, text=True, check=True)
    count, grown = map(int, done.stdout.split())
    assert count == 5_000
    assert grown < 50_000  # KiB, for a page of 100 MB

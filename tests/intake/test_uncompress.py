"""What `compress` packed is unpacked to the byte, and nothing hostile in it costs more than its bounds."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from beffroi.errors import Malformed, TooLarge, Unreadable
from beffroi.intake import Refusal
from beffroi.intake.uncompress import unpacked
from beffroi.notices import Document
from tests.intake.packer import CLEAR, compress, packed
from tests.intake.test_packages import A, B, cut, found, tar

if TYPE_CHECKING:
    from pathlib import Path

TAZ = base64.b85decode(
    "ADxgwo&;$ErG=6fL7se(0V4*EFEL=$fB}QX3x_RYxWLnf4S<gzLy8<pvZTqAC_z%BXoCg~04rm{j7f1OO^Ok1-mKX$hK(9A0Dypz"
    "vZ&FcNRt+=GlxzXIWv_?ol3Q;)vH*uYOTs6jE@*RUU=O~wyfE+Xw#})%eJlCw{WQj99ZyR!i5bVMx0pjB90a^Hg=4wHD=3~J9Vy9"
    "95d%mnLU5X5K5G=<&;dFLalkZv**vCQSuPuLq=HAp;N0~&APSg*RW&Do=v;9?c2C>>)y?~x9{J;g9{%{ytwh>$dfBy&b+zv=g^}|"
    "pH98H_3PNPYv0bjyZ7(l!;2qJzP$PK=+moT&%V9;_weJ(pHIKO{rmXy>)+46zyJRL1}I=^"
)
"""A tar of two documents, packed by the program itself (ncompress 4.2.4)."""


def plain(content: bytes) -> bytes:
    return unpacked(io.BufferedReader(io.BytesIO(content))).read()


def words(count: int, seed: int = 5) -> bytes:
    return b" ".join(random.Random(seed).choices([b"avis", b"lot", b"drones", b"mairie", b"offre"], k=count))


def test_a_day_as_the_dila_published_it(tmp_path: Path) -> None:
    results = cut(tmp_path, TAZ, "BOAMP-J-AO_2018_105004.taz")
    assert found(results) == [("18-1.xml", A), ("18-2.xml", B)]
    for one in results:
        assert isinstance(one, Document)
        assert one.about.container is not None
        assert one.about.container.sha256 == hashlib.sha256(TAZ).hexdigest()
        assert plain(TAZ)[one.about.container.offset :].startswith(one.data)


def test_one_document(tmp_path: Path) -> None:
    assert found(cut(tmp_path, compress(A), "18-1.xml.Z")) == [("18-1.xml", A)]


def test_our_packer_writes_what_the_program_writes() -> None:
    written = hashlib.sha256(compress(words(20_000))).hexdigest()
    assert written == "3c9dfd80490696988f3cb132bd38096996bdfde07cc4df25dc8dc7b57d4489af"


@pytest.mark.parametrize("widest", [10, 12, 16])
@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("length", [0, 1, 2, 255, 256, 257, 511, 512, 513, 5000])
def test_all_widths_come_back(length: int, widest: int, blocks: bool) -> None:
    content = bytes(random.Random(length).choices(b"abcdefgh", k=length))
    assert plain(compress(content, widest=widest, blocks=blocks)) == content


@pytest.mark.parametrize("every", [1, 7, 8, 255, 256, 257, 300, 3000])
def test_a_table_emptied_at_any_moment(every: int) -> None:
    content = words(max(200, 10 * every))
    assert plain(compress(content, clear_every=every)) == content


def test_a_full_table() -> None:
    content = random.Random(1).randbytes(120_000) + b"a" * 50_000 + words(2000)
    assert plain(compress(content)) == content


@pytest.mark.parametrize("kept", [1, 2])
def test_without_its_header_it_is_broken(tmp_path: Path, kept: int) -> None:
    with pytest.raises(Malformed):
        plain(TAZ[:kept])
    (result,) = cut(tmp_path, TAZ[:2] + b"\x1f", "a.taz")
    assert isinstance(result, Refusal)
    assert "no header of `compress`" in str(result.error)


def test_a_code_that_stands_for_nothing() -> None:
    with pytest.raises(Malformed, match="stands for nothing"):
        plain(b"\x1f\x9d\x90\x61\xff\xff\xff\xff")


def test_cut_short_the_documents_before_the_end_are_kept(tmp_path: Path) -> None:
    noise = bytes(random.Random(3).choices(b"0123456789", k=60_000))
    whole = compress(tar([("a.xml", A), ("b.xml", b"<b>" + noise)]))
    first, second = cut(tmp_path, whole[: len(whole) // 2], "day.taz")
    assert found([first]) == [("a.xml", A)]
    assert isinstance(second, Refusal)


def longest(count: int) -> list[int]:
    """Return the codes that unpack to most: each stands for one byte more than the one before."""
    return [0, *range(257, 256 + count)]


def most_memory(packed_: bytes) -> tuple[str, int]:
    """Return why a stream is refused while it is read, and the most memory it took."""
    stream = unpacked(io.BufferedReader(io.BytesIO(packed_)))
    tracemalloc.start()
    try:
        while stream.read(1024 * 1024):
            pass
    except TooLarge as error:
        return str(error), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return "", 0


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    bomb = packed(longest(20_000))
    (result,) = cut(tmp_path, bomb, "a.xml.Z")
    assert isinstance(result, Refusal)
    assert isinstance(result.error, TooLarge)
    why, most = most_memory(bomb)
    assert "refused as a bomb" in why
    assert most < 32 * 1024 * 1024


def test_a_table_that_would_fill_the_memory_is_refused() -> None:
    """A large honest part first, whose size would excuse any ratio; then the longest entries a table can have."""
    noise = list(random.Random(4).randbytes(1_200_000))
    why, most = most_memory(packed([*noise, CLEAR, *longest(40_000)]))
    assert why.startswith("its table takes more than")
    assert most < 160 * 1024 * 1024


def test_no_mutation_escapes_as_another_error(tmp_path: Path) -> None:
    chance = random.Random(11)
    whole = compress(tar([(f"{n}.xml", f"<a>{n}</a>".encode() * 50) for n in range(20)]))
    for _ in range(300):
        package = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            package[chance.randrange(len(package))] = chance.randrange(256)
        kept = chance.choice([len(package), chance.randrange(len(package))])
        for one in cut(tmp_path, bytes(package[:kept]), "x.taz"):
            assert isinstance(one, Document) or isinstance(one.error, Unreadable)

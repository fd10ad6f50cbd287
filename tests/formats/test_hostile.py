"""Hostile input: each document gives a record or one clear sentence, never anything else."""

from __future__ import annotations

import json
import re
from random import Random
from typing import TYPE_CHECKING

import pytest

from beffroi.errors import Malformed, TooLarge
from beffroi.formats import read
from beffroi.formats.nodes import MAX_BYTES
from beffroi.intake import Refusal, documents
from tests.formats.hostile import BOAMP, DONNEES, EFORMS, NOTICES, RECORD, TED, document, mutated, outcome

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.notices import Document

KINDS = pytest.mark.parametrize("kind", NOTICES)


@KINDS
@pytest.mark.parametrize("cite", [False, True])
def test_the_invented_notices_themselves_give_records(kind: str, *, cite: bool) -> None:
    assert outcome(NOTICES[kind], cite=cite) == "record"
    notice = read(document(NOTICES[kind], "x")).notice
    assert (notice.title, [lot.title for lot in notice.lots]) == ("Cerfs-volants", ["Fils"])


def with_doctype(data: bytes, doctype: str) -> bytes:
    return re.sub(rb"(<\?xml[^>]*\?>)", rb"\1" + doctype.encode(), data, count=1)


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize("data", [TED, EFORMS])
@pytest.mark.parametrize(
    ("doctype", "use"),
    [
        (f'<!DOCTYPE x [<!ENTITY a0 "lol">{BOMB}]>', "&a11;"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', ""),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', ""),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>', ""),
        ('<!DOCTYPE x [<!ATTLIST x a CDATA "default">]>', ""),
    ],
)
def test_a_dtd_is_refused_and_nothing_expanded(data: bytes, doctype: str, use: str) -> None:
    said = outcome(with_doctype(data, doctype).replace(b"Cerfs-volants", use.encode()))
    assert said != "record"
    assert "root:" not in said


def test_an_entity_bomb_in_an_attribute_is_refused() -> None:
    data = with_doctype(TED, f'<!DOCTYPE x [<!ENTITY a0 "lol">{BOMB}]>').replace(b'VALUE="FR"', b'VALUE="&a11;"')
    assert outcome(data) != "record"


@pytest.mark.parametrize("depth", [300, 10_000])
def test_deep_markup_is_refused(depth: int) -> None:
    deep = b"<P>" * depth + b"x" + b"</P>" * depth
    assert "depth" in outcome(TED.replace(b"Cerfs-volants", deep))


@pytest.mark.parametrize("depth", [50, 300, 800, 2_000, 10_000, 100_000])
@pytest.mark.parametrize(("left", "right"), [('{"A":', "}"), ("[", "]"), ('{"A":[', "]}")])
@pytest.mark.parametrize("cite", [False, True])
def test_deep_json_gives_a_record_or_a_sentence(depth: int, left: str, right: str, *, cite: bool) -> None:
    deep = left * depth + '"x"' + right * depth
    inside = json.dumps({**RECORD, "donnees": json.dumps({**DONNEES, "ODD": "@"}).replace('"@"', deep)}).encode()
    assert outcome(inside, cite=cite) == "record"
    outside = json.dumps({**RECORD, "donnees": "@"}).replace('"@"', deep).encode()
    assert outcome(outside, cite=cite)


@KINDS
def test_nul_bytes_give_a_record_or_a_sentence(kind: str) -> None:
    data = NOTICES[kind]
    for at in range(0, len(data), 7):
        assert outcome(data[:at] + b"\0" + data[at:])
    assert outcome(b"\0" * 1000)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_cited(encoding: str) -> None:
    said = TED.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode(encoding)
    assert outcome(said, cite=True) == "record"
    assert outcome(BOAMP.decode().encode(encoding), cite=True)


def test_a_declared_encoding_that_is_not_the_true_one() -> None:
    assert "well-formed" in outcome(TED.replace(b"d'Orval", "dé".encode("latin-1")))
    assert (
        outcome(TED.replace(b"UTF-8", b"ISO-8859-1").replace(b"d'Orval", "dé".encode("latin-1")), cite=True) == "record"
    )
    assert outcome(TED.replace(b'"UTF-8"', b'"UTF-16"')) != "record"
    assert outcome(TED.replace(b"UTF-8", b"no-such-encoding")) != "record"
    assert outcome(BOAMP.replace(b"Cerfs", "Cérfs".encode("latin-1"))) != "record"


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "cp037", "shift_jis"])
@pytest.mark.parametrize("cite", [False, True])
def test_an_encoding_no_bulletin_uses(encoding: str, *, cite: bool) -> None:
    data = TED.decode().replace("UTF-8", encoding).encode(encoding)
    assert outcome(data, cite=cite)


def test_above_the_limit_nothing_is_parsed() -> None:
    class Unparsed(bytes):
        """Bytes whose content nobody may look at."""

        def startswith(self, *_: object) -> bool:
            raise AssertionError

        __getitem__ = startswith  # type: ignore[assignment]

    base = document(TED, "big.xml")
    big = type(base)(Unparsed(b" " * (MAX_BYTES + 1)), base.about)
    with pytest.raises(TooLarge, match=r"big\.xml: 67,108,865 bytes"):
        read(big)


def test_a_text_beyond_what_the_parser_takes_is_one_sentence() -> None:
    said = outcome(TED.replace(b"Cerfs-volants", b"x" * 11_000_000))
    assert "too long" in said.lower() or "huge" in said.lower()


@KINDS
def test_cut_anywhere_it_is_a_record_or_a_sentence(kind: str) -> None:
    data = NOTICES[kind]
    for at in range(0, len(data), 11):
        assert outcome(data[:at])


@KINDS
def test_mutated_at_random_it_is_a_record_or_a_sentence(kind: str) -> None:
    random = Random(kind)
    for number in range(300):
        assert outcome(mutated(NOTICES[kind], random), cite=number % 3 == 0)


def real(data: Path, random: Random, number: int) -> list[Document]:
    paths: list[str | Path] = [*random.sample(sorted(data.glob("ted/legacy/*.xml")), number)]
    paths += random.sample(sorted(data.glob("ted/eforms*/*.xml")), number)
    paths += [*sorted(data.glob("boamp/samples/api/*.json")), *sorted(data.glob("boamp/samples/xml/*.xml"))]
    return [one for one in documents(paths) if not isinstance(one, Refusal)]


def test_real_notices_cut_at_random(data: Path) -> None:
    random = Random(200)
    found = real(data, random, 25)
    for _ in range(200):
        one = random.choice(found)
        assert outcome(one.data[: random.randrange(len(one.data))], one.about.name)


def campaign(data: Path, number: int) -> None:
    random = Random(number)
    found = real(data, random, 30)
    for index in range(number):
        one = random.choice(found)
        assert outcome(mutated(one.data, random), one.about.name, cite=index % 5 == 0)


def test_real_notices_mutated_at_random(data: Path) -> None:
    campaign(data, 300)


@pytest.mark.slow
def test_real_notices_mutated_two_thousand_times(data: Path) -> None:
    campaign(data, 2_000)


def test_a_malformed_notice_names_itself() -> None:
    with pytest.raises(Malformed, match=r"^a\.xml: "):
        read(document(b"<TED_EXPORT>", "a.xml"))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<TED_EXPORT>" + b"<a/>" * 3_000_000 + b"</TED_EXPORT>", "a.xml"),
        (b'{"idweb":"26-1","donnees":"[' + b"1," * 3_000_000 + b'1]"}', "a.json"),
    ],
)
def test_more_parts_than_the_memory_holds_are_refused_before_they_are_parsed(data: bytes, name: str) -> None:
    with pytest.raises(TooLarge, match=r"^a\.(xml|json): more than [0-9,]+ '[<,]'"):
        read(document(data, name))

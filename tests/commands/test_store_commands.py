"""The commands over the store, as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.invented import many, page, record, xml


class Shell:
    """Runs `beffroi` in a process of its own, in a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, given: bytes | None = None) -> tuple[int, str, str]:
        environment = {**os.environ, "BEFFROI_HOME": str(self.folder / "home"), "LC_ALL": "en_GB.UTF-8"}
        line = [sys.executable, "-m", "beffroi", *words]
        done = subprocess.run(line, check=False, capture_output=True, cwd=self.folder, env=environment, input=given)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def put(self, name: str, content: bytes) -> str:
        (self.folder / name).write_bytes(content)
        return name


@pytest.fixture
def beffroi(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_load_says_what_it_did(beffroi: Shell) -> None:
    beffroi.put("a.json", page(record("26-1"), record("26-2")))
    beffroi.put("b.xml", xml("26-1"))
    status, out, err = beffroi("load", "a.json", "b.xml")
    assert (status, err) == (0, "")
    assert out == (
        "3 documents: 2 new notices, 0 unchanged, 1 further document, 0 new revisions, "
        "0 gave no record; 0 unread passages\n"
    )


def test_load_from_standard_input_as_json(beffroi: Shell) -> None:
    status, out, _ = beffroi("load", "-", "--json", given=many(3))
    assert status == 0
    assert json.loads(out)["new"] == 3


def test_load_exits_1_when_a_document_gave_no_record_and_names_it(beffroi: Shell) -> None:
    beffroi.put("a.json", b'[{"hello": 1}]')
    status, out, err = beffroi("load", "a.json")
    assert status == 1
    assert "1 gave no record" in out
    assert err.startswith("beffroi: a#1.json: no format of this version recognises the document")


def test_load_exits_2_for_a_path_that_does_not_exist(beffroi: Shell) -> None:
    assert beffroi("load", "nowhere")[::2] == (2, "beffroi: nowhere: there is no such file or folder\n")


def test_a_mistyped_path_makes_no_archive(beffroi: Shell) -> None:
    beffroi("load", "nowhere")
    assert not (beffroi.folder / "home").exists()


def test_stats_of_an_empty_archive_say_what_to_do(beffroi: Shell) -> None:
    (beffroi.folder / "empty").mkdir()
    assert beffroi("load", "empty")[0] == 1
    status, out, _ = beffroi("stats")
    assert status == 0
    lines = out.splitlines()
    assert lines[1] == "it is empty: fill it with `beffroi load PATH…`, or begin with one of"
    assert lines[2].startswith("  beffroi demo")
    assert any(
        line.startswith("  beffroi collect boamp") and "9,000 notices, 200 MB to fetch, 3 min" in line for line in lines
    )


def test_the_origin_is_kept(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("a.json", page(record("26-1"))), "--origin", "sample")
    assert "[invented sample]" in beffroi("search", "bancs")[1]
    assert json.loads(beffroi("stats", "--json")[1])["origins"] == {"sample": 1}


def test_search_shows_date_buyer_title_lots_and_an_amount_with_its_kind(beffroi: Shell) -> None:
    beffroi(
        "load", beffroi.put("a.json", page(record("26-1", "Fourniture de bancs à l’école"), record("26-2", "Pavage")))
    )
    status, out, err = beffroi("search", "FOURNITURE", "ecol*")
    assert (status, err) == (0, "")
    assert out == (
        "2026-09-11  boamp:26-1  Contract notice  Commune de Valbourg-sur-Iserne\n"
        "            Fourniture de bancs à l’école · 1 lot · Estimate: €12,000.50 (VAT not stated)\n"
    )


@pytest.mark.parametrize(
    "words", ["26-1", "39113600", "valbourg", '"bancs publics"', "21990001100017", "bois AND", "("]
)
def test_search_takes_any_words(beffroi: Shell, words: str) -> None:
    beffroi("load", beffroi.put("a.json", page(record("26-1", "Bancs AND"))))
    status, out, err = beffroi("search", words, "--json")
    assert status == (2 if words == "(" else 0), err
    assert words == "(" or json.loads(out)["id"] == "boamp:26-1"


def test_search_finds_the_latest_revision_only(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("a.json", page(record("26-1", "Bancs"), record("26-1", "Tables"))))
    assert beffroi("search", "bancs", "fourniture")[1] == ""
    assert "revision 2" in beffroi("search", "tables")[1]


def test_search_that_finds_nothing_says_what_to_do(beffroi: Shell) -> None:
    assert beffroi("search", "bancs")[0] == 2
    beffroi("load", beffroi.put("a.json", page(record("26-1"))))
    status, out, err = beffroi("search", "girafe")
    assert (status, out) == (0, "")
    assert "try fewer words" in err


def test_search_says_when_there_is_more(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("a.json", many(30)))
    _, out, err = beffroi("search", "bancs", "--limit", "5")
    assert out.count("\n") == 10
    assert err == "the first 5; for more: --limit 25\n"


def test_stats_for_a_person(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("a.json", many(3)))
    out = beffroi("stats")[1]
    assert "notices     3 in 3 revisions; boamp 3" in out
    assert "kinds       call 3" in out


def test_verify_rebuild_and_redact(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("a.json", many(3)))
    assert beffroi("verify")[:2] == (0, "3 documents are sound or redacted, 0 are not\n")
    assert beffroi("rebuild")[:2] == (0, "3 documents read again: 3 notices, 3 revisions; 0 gave no record\n")
    status, out, _ = beffroi("redact", "26-2", "--reason", "a private person")
    assert status == 0
    assert "bytes removed" in out
    status, _, err = beffroi("redact", "26-2", "--reason", "again")
    assert status == 2
    assert ": a private person" not in err
    assert "its bytes were removed on" in err


def test_verify_exits_1_and_names_what_changed(beffroi: Shell) -> None:
    import sqlite3

    beffroi("load", beffroi.put("a.json", many(3)))
    with sqlite3.connect(beffroi.folder / "home" / "beffroi.sqlite") as connection:
        connection.execute("UPDATE contents SET data = zeroblob(9) WHERE document = 2")
    connection.close()
    status, out, _ = beffroi("verify")
    assert status == 1
    assert "(a#2.json): its bytes are damaged" in out


@pytest.mark.parametrize("command", ["search x", "stats", "verify", "rebuild", "redact 26-1 --reason x"])
def test_without_an_archive_each_command_says_what_to_do(beffroi: Shell, command: str) -> None:
    status, out, err = beffroi(*command.split())
    assert (status, out) == (2, "")
    assert "fill one with `beffroi load PATH…`" in err


def test_search_speaks_french_where_asked_and_lets_nothing_steer_the_terminal(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("a.json", page(record("26-1", "Bancs \u202e\x9brouges"))))
    out = beffroi("search", "bancs", "--lang", "fr")[1]
    assert "Avis de marché" in out
    assert "12\u202f000,50\u00a0€ (taxe non précisée)" in out
    assert "\u202e" not in out + beffroi("search", "bancs", "--json")[1]
    assert "\x9b" not in out


def test_a_home_that_cannot_be_made_is_one_sentence_and_status_2(beffroi: Shell) -> None:
    name = beffroi.put("a.json", many(1))
    status, out, err = beffroi("load", name, "--home", name)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "cannot be the archive's folder" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_one_sentence_and_status_1(beffroi: Shell) -> None:
    name = beffroi.put("a.json", many(1))
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m beffroi read {name} > /dev/full'],
        cwd=beffroi.folder,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "beffroi: No space left on device")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["search bancs", "stats", "show 26-1", "load a.json"])
def test_every_command_writes_to_an_output_of_few_characters(beffroi: Shell, command: str) -> None:
    beffroi("load", beffroi.put("a.json", many(2)))
    environment = {**os.environ, "BEFFROI_HOME": str(beffroi.folder / "home"), "PYTHONIOENCODING": "ascii"}
    line = [sys.executable, "-m", "beffroi", *command.split()]
    done = subprocess.run(line, check=False, capture_output=True, cwd=beffroi.folder, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    assert b"?" not in done.stdout.replace(b"/?q=", b"")


def test_search_prints_nothing_that_steers_a_terminal(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("a.json", page(record("26-1", "Drones \x1b[31mrouges\x9b5m \u202eici"))))
    for words in (("search", "drones"), ("search", "drones", "--json")):
        status, found, _ = beffroi(*words)
        assert status == 0
        assert "rouges" in found
        assert not {"\x1b", "\x9b", "\u202e"} & set(found)


@pytest.mark.parametrize("count", ["0", "-1", "99999999999999999999", "many"])
def test_a_count_that_is_none_is_a_wrong_request(beffroi: Shell, count: str) -> None:
    beffroi("load", beffroi.put("a.json", page(record("26-1", "Drones"))))
    for words in (("search", "drones", "--limit", count), ("load", "a.json", "--jobs", count)):
        status, _, said = beffroi(*words)
        assert (status, "invalid positive value" in said) == (2, True)


@pytest.mark.parametrize("home", ["a.json/below", "/proc/none/below"])
def test_a_home_below_what_is_no_folder_is_one_sentence_too(beffroi: Shell, home: str) -> None:
    status, _, said = beffroi("load", beffroi.put("a.json", page(record("26-1", "Drones"))), "--home", home)
    assert (status, said.count("\n")) == (2, 1)
    assert said.startswith("beffroi: ")


def test_a_full_disk_is_one_sentence_and_the_archive_still_opens(beffroi: Shell) -> None:
    """Files may grow to 64 kB only: the first batch does not fit."""
    beffroi("load", beffroi.put("a.json", page(record("26-1", "Drones"))))
    beffroi.put("page.json", page(*(record(f"26-{n}", description=f"{n} " * 999) for n in range(2, 40))))
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
        "from beffroi.cli import main; sys.exit(main(['load', 'page.json', '--jobs', '1', '--home', 'home']))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, cwd=beffroi.folder)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert beffroi("verify")[0] == 0
    assert beffroi("load", "page.json")[0] == 0


def test_a_damaged_store_is_one_sentence(beffroi: Shell) -> None:
    beffroi("load", beffroi.put("page.json", page(*many(30))))
    store = beffroi.folder / "home" / "beffroi.sqlite"
    store.write_bytes(store.read_bytes()[:8192] + b"\xff" * 200_000)
    for words in (("search", "drones"), ("show", "26-1"), ("stats",), ("rebuild",)):
        status, _, said = beffroi(*words)
        assert status == 1
        assert said.startswith("beffroi: ")
        assert "Traceback" not in said

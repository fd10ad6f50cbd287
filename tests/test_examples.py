"""The examples of running every day are true: their commands exist with these flags, systemd and cron can read them."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from beffroi.cli import parser

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
PAGE = EXAMPLES.parent / "how-to" / "run-every-day.md"
_COMMAND = re.compile(r"(?:^|[\s/])(beffroi (?:run|health|collect|sources)\b[^`\n>]*)", re.MULTILINE)
_FIELD = re.compile(r"(\*|\d{1,2}(,\d{1,2})*)(/\d{1,2})?")
_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def commands() -> list[str]:
    texts = [one.read_text(encoding="utf-8") for one in sorted(EXAMPLES.iterdir())]
    page = "\n".join(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("    beffroi "))
    return [one.strip() for text in (*texts, page) for one in _COMMAND.findall(text)]


def test_the_commands_exist_with_their_flags() -> None:
    found = commands()
    assert len(found) >= 5
    for command in found:
        parser().parse_args(shlex.split(command)[1:])


def test_the_container_runs_a_command_that_exists() -> None:
    text = (EXAMPLES / "Containerfile").read_text(encoding="utf-8")
    lines = dict(line.split(" ", 1) for line in text.splitlines() if line.startswith(("ENTRYPOINT", "CMD", "FROM")))
    assert json.loads(lines["ENTRYPOINT"]) == ["beffroi"]
    parser().parse_args(json.loads(lines["CMD"]))
    check = re.search(r"^HEALTHCHECK .*? CMD (\[.*\])$", text, re.MULTILINE)
    assert check
    parser().parse_args(json.loads(check[1])[1:])
    assert "STOPSIGNAL SIGTERM" in text


def test_the_lines_of_cron_are_lines_of_cron() -> None:
    text = (EXAMPLES / "beffroi.cron").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines
    for line in lines:
        *fields, command = line.split(maxsplit=5)
        assert command.startswith("beffroi ")
        assert "%" not in command, "cron takes % for the end of the line"
        for field, (least, most) in zip(fields, _BOUNDS, strict=True):
            assert _FIELD.fullmatch(field), line
            assert all(least <= int(one) <= most for one in re.findall(r"\d+", field)), line


def test_the_timer_and_the_service_say_what_they_must() -> None:
    units = {}
    for name in ("beffroi.service", "beffroi.timer"):
        units[name] = configparser.ConfigParser(strict=False, interpolation=None)
        units[name].optionxform = str  # type: ignore[assignment,method-assign] # keys keep their case
        units[name].read(EXAMPLES / name, encoding="utf-8")
    assert units["beffroi.service"]["Service"]["Type"] == "oneshot"
    assert units["beffroi.service"]["Service"]["KillSignal"] == "SIGTERM"
    assert units["beffroi.timer"]["Timer"]["RandomizedDelaySec"]


def test_systemd_reads_them(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here: the units were not verified by systemd itself")
    for name in ("beffroi.service", "beffroi.timer"):
        shutil.copy(EXAMPLES / name, tmp_path)
    units = [str(tmp_path / name) for name in ("beffroi.service", "beffroi.timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], check=False, capture_output=True, text=True)
    named = [line for line in done.stderr.splitlines() if "beffroi." in line]
    assert (done.returncode, named) == (0, []), done.stderr

"""Write the generated parts of the documentation.

In: the model, the commands, and what `record.md` says of each field. Out: `record.schema.json` and `cli.md`.

`python docs/generate.py` writes them; a test fails when they are stale.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import msgspec

from beffroi.cli import parser
from beffroi.notices import Citation, Notice

HERE = Path(__file__).parent
_HEADING = re.compile(r"### (\w+)")
_ROW = re.compile(r"\| `(\w+)` \| ([^|]+) \|")


def field_texts(page: str) -> dict[str, dict[str, str]]:
    r"""Return what the page says of each field, by struct.

    >>> field_texts("### Lot\n| `id` | its name |\n## Money\n| `x` | no field |")
    {'Lot': {'id': 'its name'}}
    """
    found: dict[str, dict[str, str]] = {}
    fields: dict[str, str] = {}
    for line in page.splitlines():
        if line.startswith("#"):
            heading = _HEADING.fullmatch(line)
            fields = found.setdefault(heading[1], {}) if heading else {}
        elif row := _ROW.fullmatch(line):
            fields[row[1]] = row[2]
    return {name: fields for name, fields in found.items() if fields}


def schema() -> str:
    """Return the JSON Schema of the record and of its citations, with the descriptions of `record.md`."""
    texts = field_texts((HERE / "record.md").read_text(encoding="utf-8"))
    (notice, _), components = msgspec.json.schema_components([Notice, Citation], ref_template="#/$defs/{name}")
    for name, fields in texts.items():
        for field, text in fields.items():
            described: dict[str, Any] = components[name]["properties"][field]
            described["description"] = text
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Beffroi record, version 1"}
    return json.dumps({**head, **notice, "$defs": components}, ensure_ascii=False, indent=2) + "\n"


def commands() -> str:
    """Return the reference of the command line, from its own help."""
    whole = parser()
    lines = ["# Commands", "", f"{whole.description} Written by `docs/generate.py` from the commands' own help.", ""]
    for name, command in _subcommands(whole).items():
        lines += [f"## beffroi {name}", "", f"{command.description}.", "", "| argument | meaning |", "|---|---|"]
        lines += [_argument(action) for action in command._actions if action.dest != "help"]  # noqa: SLF001
        epilog = (command.epilog or "").removeprefix("examples:\n").rstrip()
        lines += ["", "```sh", *(line.strip() for line in epilog.splitlines()), "```", ""]
    return "\n".join(lines)


def _subcommands(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in whole._actions:  # noqa: SLF001 - argparse offers no other way to its own subcommands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _argument(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    flags = ", ".join(f"`{flag}`" if action.nargs == 0 else f"`{flag} {metavar}`" for flag in action.option_strings)
    return f"| {flags or f'`{metavar}`'} | {(action.help or '').replace('|', chr(92) + '|')} |"


def main() -> None:
    """Write both files."""
    (HERE / "record.schema.json").write_text(schema(), encoding="utf-8")
    (HERE / "cli.md").write_text(commands(), encoding="utf-8")


if __name__ == "__main__":
    main()

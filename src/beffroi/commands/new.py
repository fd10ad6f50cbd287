"""`beffroi new bulletin NAME`: the files of a new bulletin, to be filled in.

In: a name, and a checkout of this project. Out: a module, its server for tests, its folder of golden requests. Nothing
that is there is overwritten.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from beffroi.settings import Settings

HELP = "write the files of a new bulletin into a checkout, to be filled in"
EXAMPLES = """  beffroi new bulletin gazette
  beffroi new bulletin gazette --folder ~/src/beffroi
"""
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST = 30
_PROJECT = re.compile(r'^name = "beffroi"$', re.MULTILINE)
_RESERVED = frozenset({"bulletin", "offer", "stub", "contract", "faults", "loopback", "numbered", "record"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `new` takes."""
    parser.add_argument("what", choices=("bulletin",), metavar="bulletin", help="the one thing there is to begin")
    parser.add_argument("name", metavar="NAME", help="lower case letters, digits and _; it names module and source")
    parser.add_argument("--folder", metavar="DIR", default=".", help="a checkout (default: the one we are in)")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the files and say what to do next; raises UsageError for a bad name, no checkout, or a file that exists."""
    del settings
    name = args.name
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        raise UsageError(f"{name}: write a bulletin's name in lower case letters, digits and _: official_gazette")
    if name in _RESERVED:
        raise UsageError(f"{name}: a module of ours has this name: choose another")
    checkout = _checkout(Path(args.folder))
    files = {checkout / path: content for path, content in _files(name).items()}
    for path in files:
        if path.exists():
            raise UsageError(f"{path} exists already: nothing was written")
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(path.relative_to(checkout))
    print(
        f"fill them in until `pytest tests/bulletins/test_contract.py -k {name}` passes: docs/how-to/add-a-bulletin.md"
    )
    return 0


def _checkout(folder: Path) -> Path:
    """Return the folder of the checkout that a folder lies in; raises UsageError where it lies in none."""
    whole = folder.expanduser().resolve()
    for one in (whole, *whole.parents):
        about = one / "pyproject.toml"
        if about.is_file() and _PROJECT.search(about.read_text(encoding="utf-8")):
            return one
    raise UsageError(f"{folder}: not in a checkout of beffroi: clone the project and go there, or say --folder")


def _files(name: str) -> dict[str, str]:
    """Return the files of a bulletin by their paths in the checkout."""
    from importlib.resources import files
    from string import Template

    stub = files("beffroi.bulletins") / "stub"
    words = {"NAME": name, "CLASS": name.title().replace("_", "")}

    def filled(which: str) -> str:
        return Template((stub / which).read_text(encoding="utf-8")).substitute(words)

    return {
        f"src/beffroi/bulletins/{name}.py": filled("bulletin.txt"),
        f"tests/servers/{name}.py": filled("server.txt"),
        f"tests/bulletins/golden/{name}/.gitkeep": "",
    }

"""The command line: `beffroi COMMAND …`, one module of `commands` a command, found by being there.

In: arguments. Out: an exit status: 0 done, 1 some document gave no record (or an operation failed), 2 the request is
wrong. Standard output holds results only; messages go to standard error.

>>> main(["read"])
Traceback (most recent call last):
SystemExit: 2
"""

from __future__ import annotations

import argparse
import codecs
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from beffroi import __version__, commands
from beffroi.errors import BeffroiError, UsageError
from beffroi.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = "Beffroi, the watchtower over official bulletins: read, archive, cite and search public notices."
EPILOG = """examples:
  beffroi demo                        see it work on a small bundled archive
  beffroi load notices/ 2024001.tar.gz
  beffroi show 20-51423
  beffroi read notice.xml --jsonl --cite

exit status: 0 done; 1 some document gave no record, or something failed; 2 the request is wrong
"""


class Command(Protocol):
    """What a module of `commands` offers."""

    HELP: str
    EXAMPLES: str

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, args: argparse.Namespace, settings: Settings) -> int: ...


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="beffroi", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    whole.add_argument("--version", action="version", version=f"beffroi {__version__}")
    choices = whole.add_subparsers(metavar="COMMAND", required=True)
    for found in iter_modules(commands.__path__):
        command = cast("Command", import_module(f"{commands.__name__}.{found.name}"))
        one = choices.add_parser(
            found.name,
            help=command.HELP,
            description=command.HELP,
            epilog=f"examples:\n{command.EXAMPLES}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        one.add_argument(
            "--home", metavar="DIR", help="the archive's folder (default: BEFFROI_HOME, else the platform's own)"
        )
        command.arguments(one)
        one.set_defaults(run=command.run)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    args = parser().parse_args(argv)
    _write_what_can_be_written()
    try:
        status = int(args.run(args, Settings.of(os.environ, home=args.home)))
        sys.stdout.flush()  # a reader that has gone is met here, not when the interpreter ends
    except BeffroiError as error:
        print(f"beffroi: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        print("beffroi: interrupted; what was written stays, run the same command again for the rest", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone (`| head`): nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk, a folder that may not be written
        print(f"beffroi: {': '.join(str(one) for one in (error.filename, error.strerror) if one)}", file=sys.stderr)
        return 1
    return status


_PLAIN = {"─": "-", "–": "-", "—": "-", "→": ">", "·": "-", "’": "'", "«": '"', "»": '"', "“": '"', "”": '"'}
_PLAIN |= {"€": "EUR", "£": "GBP", "°": "o", "≤": "<=", "≥": ">="}
"""Where taking a character apart would not give its like."""


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Return what is written for a character the output does not know: a plain one like it, else "?"."""
    from unicodedata import normalize

    assert isinstance(error, UnicodeEncodeError)
    refused = error.object[error.start : error.end]
    return "".join(_PLAIN.get(one) or _ascii(normalize("NFKD", one)) or "?" for one in refused), error.end


def _ascii(text: str) -> str:
    """Return what of a text every output can write: "é" taken apart leaves its "e"."""
    return text.encode("ascii", "ignore").decode()


def _write_what_can_be_written() -> None:
    """Let no character stop a command whose output knows fewer (LANG=C, an old terminal)."""
    codecs.register_error("beffroi-plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="beffroi-plain")

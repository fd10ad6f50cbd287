"""One frozen `Settings`, read once at the rim: the home's file, the environment, flags; and what flags mean.

In: `beffroi.toml` in the home folder, the environment and the flags of a command. Out: `Settings`.

    contact = "desk@example.org"              # told to the servers that are asked; or BEFFROI_CONTACT

    [addresses]                               # a base address in the place of a bulletin's own
    "boamp.api" = "http://127.0.0.1:8123"     # or BEFFROI_ADDRESSES="boamp.api=http://…, ted.api=https://…"

    [manners.boamp]                           # how its servers are treated: see docs/how-to/collect.md
    interval = 0.5

>>> from pathlib import Path
>>> Settings.of({"BEFFROI_HOME": "/srv/beffroi"}).home == Path("/srv/beffroi")
True
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from beffroi.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


_MOST = 1_000_000


def language(environment: Mapping[str, str]) -> Literal["fr", "en"]:
    """Return the language of the locale: English where it says so, else French.

    >>> language({"LANG": "en_GB.UTF-8"}), language({"LC_ALL": "fr_FR.UTF-8", "LANG": "en_GB"}), language({})
    ('en', 'fr', 'fr')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].lower().startswith("en") else "fr"
    return "fr"


def positive(text: str) -> int:
    """Return the number a flag is given, 1 or more; raises ValueError, which the command line reports.

    >>> positive("2")
    2
    """
    value = int(text)
    if not 0 < value <= _MOST:
        raise ValueError(text)
    return value


def day(text: str) -> date:
    """Return the day a flag is given; raises ArgumentTypeError, which the command line reports.

    >>> day("2026-09-01").isoformat()
    '2026-09-01'
    """
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day: write year-month-day, 2026-09-01") from error


FILE = "beffroi.toml"
_NONE: Mapping[str, Any] = MappingProxyType({})
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")


class Settings(NamedTuple):
    """Where Beffroi keeps its archive (`--home`, else `BEFFROI_HOME`, else the platform's data directory), and more.

    `contact` identifies who collects; `addresses` replace bulletins' own ("boamp.api"), `manners` their manners.
    """

    home: Path
    contact: str | None = None
    addresses: Mapping[str, str] = _NONE
    manners: Mapping[str, Mapping[str, float]] = _NONE

    @classmethod
    def of(cls, environment: Mapping[str, str], *, home: str | None = None) -> Settings:
        """Return the settings in force; raises UsageError for a file or variable that means nothing."""
        folder = _home(environment, home)
        written = _written(folder / FILE)
        addresses = {**written.get("addresses", {}), **_pairs(environment.get("BEFFROI_ADDRESSES", ""))}
        for name, address in addresses.items():
            if not (isinstance(address, str) and _ADDRESS.fullmatch(address) and name.count(".") == 1):
                raise UsageError(f'address {name} = {address!r}: write it as "boamp.api" = "https://host/path"')
        contact = environment.get("BEFFROI_CONTACT") or written.get("contact")
        return cls(folder, contact, addresses, written.get("manners", {}))


def _home(environment: Mapping[str, str], home: str | None) -> Path:
    chosen = home or environment.get("BEFFROI_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("beffroi")


def _written(path: Path) -> dict[str, Any]:
    """Return what the home's file says; raises UsageError where it is no TOML or says what nobody reads."""
    if not path.is_file():
        return {}
    import tomllib

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    kinds = {"contact": str, "addresses": dict, "manners": dict}
    for name, value in found.items():
        if name not in kinds or not isinstance(value, kinds[name]):
            raise UsageError(f"{path}: {name} is no setting, or not of its kind; there are {', '.join(kinds)}")
    for name, value in found.get("manners", {}).items():
        if not isinstance(value, dict):
            raise UsageError(f"{path}: manners of {name} are a table: [manners.{name}]")
    return found


def _pairs(text: str) -> dict[str, str]:
    """Return the addresses of a variable.

    >>> _pairs("boamp.api=http://127.0.0.1:1, ted.api=https://b")
    {'boamp.api': 'http://127.0.0.1:1', 'ted.api': 'https://b'}
    """
    return {name.strip(): value.strip() for name, _, value in (one.partition("=") for one in text.split(",") if one)}

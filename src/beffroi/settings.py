"""One frozen `Settings`, read once at the rim: environment and flags; and what flags mean.

In: the environment and the flags of a command. Out: `Settings`.

>>> from pathlib import Path
>>> Settings.of({"BEFFROI_HOME": "/srv/beffroi"}).home == Path("/srv/beffroi")
True
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


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


class Settings(NamedTuple):
    """Where Beffroi keeps its archive: `--home`, else `BEFFROI_HOME`, else the platform's data directory."""

    home: Path

    @classmethod
    def of(cls, environment: Mapping[str, str], *, home: str | None = None) -> Settings:
        """Return the settings in force."""
        chosen = home or environment.get("BEFFROI_HOME")
        if chosen:
            return cls(Path(chosen))
        from platformdirs import user_data_path

        return cls(user_data_path("beffroi"))

"""One frozen `Settings`, read once at the rim: environment and flags.

In: the environment and the flags of a command. Out: `Settings`.

>>> from pathlib import Path
>>> Settings.of({"BEFFROI_HOME": "/srv/beffroi"}).home == Path("/srv/beffroi")
True
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


_MOST = 1_000_000


def positive(text: str) -> int:
    """Return the count a flag states, 1 or more; raises ValueError, which argparse puts into a sentence.

    >>> positive("20")
    20
    """
    number = int(text)
    if not 0 < number <= _MOST:
        raise ValueError(text)
    return number


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

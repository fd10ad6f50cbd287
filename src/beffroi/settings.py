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

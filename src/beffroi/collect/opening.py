"""A bulletin as the settings say it is to be asked.

In: a bulletin's name and the settings. Out: a `Source` with a fetcher of its own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from beffroi.bulletins import bulletin
from beffroi.collect.gather import Source
from beffroi.errors import UsageError
from beffroi.fetch import Fetcher, Manners, agent

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.bulletins import Bulletin
    from beffroi.settings import Settings


_SCHEME = re.compile(r"(?:https?|file)://")


def opened(
    name: str,
    settings: Settings,
    *,
    at: str | None = None,
    again: bool = False,
    told: Callable[[str], None] = lambda _: None,
) -> Source:
    """Return the source; raises UsageError where there is none of the name or a setting means nothing.

    `at` is the address of a bulletin that has none of its own: a server's, or a folder's. `told` hears a sentence for
    each wait and each attempt that follows a failure.
    """
    one = bulletin(name)
    for meant in (*settings.manners, *(key.partition(".")[0] for key in settings.addresses)):
        bulletin(meant)  # a misspelt source in the settings would be heard by nobody
    addresses = _given(one.BULLETIN.name, in_force(one.BULLETIN, settings), at)
    asked = (*addresses.values(), *(f"https://{host}" for host in one.BULLETIN.redirects))
    origins = [address for address in asked if not address.startswith("file:")]
    fetcher = Fetcher(origins, manners(one.BULLETIN, settings), agent=agent(settings.contact), told=told)
    return Source(one, addresses, fetcher, settings.home, again, where(at) if at is not None else "")


def in_force(declared: Bulletin, settings: Settings) -> dict[str, str]:
    """Return a bulletin's addresses, those that settings replace replaced; raises UsageError for one it has not."""
    mine = {key: value for key, value in settings.addresses.items() if key.partition(".")[0] == declared.name}
    unknown = [key for key in mine if key.partition(".")[2] not in declared.addresses]
    if unknown:
        known = ", ".join(f"{declared.name}.{key}" for key in declared.addresses)
        raise UsageError(f"{unknown[0]}: no address of this source; it has {known}")
    return declared.addresses | {key.partition(".")[2]: value.rstrip("/") for key, value in mine.items()}


def _given(name: str, addresses: dict[str, str], at: str | None) -> dict[str, str]:
    """Return the addresses with those that are empty as `--at` says."""
    empty = [key for key, value in addresses.items() if not value]
    if empty and at is None:
        raise UsageError(f"{name} has no address of its own: say where with --at")
    if at is not None and not empty:
        raise UsageError(f"{name} has addresses of its own: --at is for sources without; settings replace an address")
    return addresses | dict.fromkeys(empty, "" if at is None else where(at))


def where(at: str) -> str:
    """Return what `--at` names as an address: a server's as it is, a folder's as `file:///…`.

    >>> where("https://example.org/ocds"), where("/srv/ted files")
    ('https://example.org/ocds', 'file:///srv/ted%20files')
    """
    return at if _SCHEME.match(at) else Path(at).expanduser().resolve().as_uri()


def manners(declared: Bulletin, settings: Settings) -> Manners:
    """Return the manners towards a bulletin's servers; raises UsageError for a setting that is none of them."""
    try:
        return msgspec.convert(
            msgspec.structs.asdict(declared.manners) | dict(settings.manners.get(declared.name, {})), Manners
        )
    except msgspec.ValidationError as error:
        raise UsageError(f"manners of {declared.name}: {error}") from error

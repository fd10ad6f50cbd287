"""What to do with an empty archive: see the demo, or collect the last 30 days, with their size and time.

In: the bulletins. Out: a few lines.

>>> print(offer(None, "en").splitlines()[0])
The archive is empty. See how it works, or collect the last 30 days:
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from beffroi.bulletins import bulletins

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.bulletins.bulletin import Bulletin

_HEADS = {
    "fr": ("L'archive est vide", "Voyez comment cela marche, ou collectez les 30 derniers jours :"),
    "en": ("The archive is empty", "See how it works, or collect the last 30 days:"),
}
_DEMO = {
    "fr": "une petite archive livrée avec Beffroi, 1 seconde, sans réseau",
    "en": "a small archive that comes with Beffroi, 1 second, no network",
}


def offer(home: Path | None, lang: Literal["fr", "en"]) -> str:
    """Return what an empty archive can begin with; `home` is where it is."""
    head, advice = _HEADS[lang]
    where = "" if home is None else f" ({home})"
    return f"{head}{where}. {advice}\n{choices(lang)}"


def choices(lang: Literal["fr", "en"]) -> str:
    """Return the demo and the bulletins of a known size, a line each."""
    sized = [one.BULLETIN for one in bulletins().values() if one.BULLETIN.month is not None]
    lines = [("beffroi demo", _DEMO[lang]), *((f"beffroi collect {one.name}", size(one, lang)) for one in sized)]
    width = max(len(command) for command, _ in lines)
    return "\n".join(f"  {command:<{width}}  {told}" for command, told in lines)


def size(declared: Bulletin, lang: Literal["fr", "en"]) -> str:
    """Return about how much thirty days of a bulletin are, or "–" where nobody knows."""
    month = declared.month
    if month is None:
        return "–"
    notices, megabytes = (f"{one:,}" for one in month[:2])
    if lang == "fr":
        notices, megabytes = (one.replace(",", "\u202f") for one in (notices, megabytes))
        return f"{notices} avis, {megabytes} Mo à télécharger, {month.minutes} min"
    return f"{notices} notices, {megabytes} MB to fetch, {month.minutes} min"

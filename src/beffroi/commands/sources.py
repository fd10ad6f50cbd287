"""`beffroi sources`: what can be collected, under which licence, and how much it is.

In: the bulletins, the settings, and the archive where there is one. Out: some lines a source, everything on
one source, or JSON.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from beffroi.settings import language

if TYPE_CHECKING:
    import argparse

    from beffroi.bulletins import Bulletin
    from beffroi.render.figures import Lang
    from beffroi.settings import Settings

HELP = "list what can be collected, with licence, attribution and size"
EXAMPLES = """  beffroi sources
  beffroi sources boamp
  beffroi sources --json
"""
_FIELDS = {
    "name": ("nom", "name"),
    "title": ("titre", "title"),
    "publisher": ("éditeur", "publisher"),
    "homepage": ("site", "site"),
    "licence": ("licence", "licence"),
    "licence_url": ("texte de la licence", "text of the licence"),
    "attribution": ("mention à publier", "attribution to print"),
    "ways": ("voies", "ways"),
    "begins": ("depuis", "since"),
    "last": ("dernier jour collecté", "last day collected"),
    "size": ("30 jours", "30 days"),
    "promise": ("avis promis, lundi à dimanche", "notices promised, Monday to Sunday"),
    "addresses": ("adresses", "addresses"),
    "manners": ("égards", "manners"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `sources` takes."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="everything on this source")
    parser.add_argument("--lang", choices=("fr", "en"), help="language (default: the locale's, else fr)")
    parser.add_argument("--json", action="store_true", help="print JSON: a list, or one source")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the sources; raises UsageError for one that there is not."""
    import msgspec

    from beffroi.bulletins import bulletin, bulletins

    lang: Lang = args.lang or language(os.environ)
    names = [bulletin(args.name).BULLETIN.name] if args.name else list(bulletins())
    last = _last(settings)
    found = [_about(bulletin(name).BULLETIN, settings, last.get(name)) for name in names]
    if args.json:
        print(msgspec.json.encode(found[0] if args.name else found).decode())
    elif args.name:
        print("\n".join(_whole(found[0], bulletin(args.name).BULLETIN, lang)))
    else:
        print("\n".join(_list(found, lang)))
    return 0


def _last(settings: Settings) -> dict[str, str]:
    """Return the last day collected of each source; none where there is no archive."""
    from beffroi.store.connection import NAME

    if not (settings.home / NAME).exists():
        return {}
    from beffroi.store import Store

    with Store.open(settings.home) as store:
        query = "SELECT source, max(until) FROM slices WHERE state = 'complete' GROUP BY source"
        return dict(store.connection.execute(query).fetchall())


def _about(declared: Bulletin, settings: Settings, last: str | None) -> dict[str, Any]:
    """Return everything on a source, addresses and manners as the settings say."""
    import msgspec

    from beffroi.collect.opening import in_force, manners

    today = datetime.now(UTC).date().isoformat()
    promise = declared.promise
    return {
        "name": declared.name,
        "source": declared.source,
        "title": declared.title,
        "publisher": declared.publisher,
        "homepage": declared.homepage,
        "licence": declared.licence,
        "licence_url": declared.licence_url,
        "attribution": {lang: text.replace("{date}", today) for lang, text in declared.attribution.items()},
        "ways": declared.ways,
        "begins": declared.begins.isoformat(),
        "last": last,
        "month": None if declared.month is None else declared.month._asdict(),
        "promise": None if promise is None else promise.notices,
        "addresses": in_force(declared, settings),
        "manners": msgspec.structs.asdict(manners(declared, settings)),
    }


def _list(found: list[dict[str, Any]], lang: Lang) -> list[str]:
    """Return some lines a source: its title; how much it is and what we have; ways and licence."""
    from beffroi.bulletins import bulletin
    from beffroi.bulletins.offer import size
    from beffroi.render.layout import wrap
    from beffroi.render.words import COLON

    width = min(shutil.get_terminal_size((110, 24)).columns, 110)
    room = max(len(one["name"]) for one in found) + 2
    lines: list[str] = []
    for one in found:
        declared, labels = bulletin(one["name"]).BULLETIN, {key: pair[lang == "en"] for key, pair in _FIELDS.items()}
        facts = [
            one["title"][lang],
            f"{labels['size']}{COLON[lang]} {size(declared, lang)}" if declared.month else "",
            f"{labels['last']}{COLON[lang]} {one['last'] or '–'}",
            f"{labels['ways']}{COLON[lang]} {', '.join(one['ways'])}",
            "" if one["licence"] == "–" else one["licence"],
        ]
        told = [line for fact in facts if fact for line in wrap(fact, width, indent=" " * room, hanging=" " * room)]
        lines += [f"{one['name']:<{room}}{told[0][room:]}", *told[1:]]
    return lines


def _whole(about: dict[str, Any], declared: Bulletin, lang: Lang) -> list[str]:
    from beffroi.bulletins.offer import size
    from beffroi.render.layout import field
    from beffroi.render.words import COLON

    said = about | {
        "title": about["title"][lang],
        "attribution": about["attribution"][lang],
        "ways": ", ".join(about["ways"]),
        "last": about["last"] or "–",
        "size": size(declared, lang),
        "promise": "–" if about["promise"] is None else " ".join(map(str, about["promise"])),
        "addresses": ", ".join(f"{declared.name}.{key} = {text or '--at'}" for key, text in about["addresses"].items()),
        "manners": ", ".join(f"{key} {value}" for key, value in about["manners"].items()),
    }
    width = shutil.get_terminal_size((110, 24)).columns
    labels = {key: pair[0 if lang == "fr" else 1] for key, pair in _FIELDS.items()}
    return [
        line for key, label in labels.items() for line in field(f"{label}{COLON[lang]}", str(said[key] or "–"), width)
    ]

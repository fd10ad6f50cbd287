"""The sentences of health in French.

In: a finding. Out: what is wrong and what to do next.

>>> from beffroi.collect.health.finding import Finding
>>> found = Finding("boamp", "missing", "2026-09-11", "2026-09-11", {"promised": 150, "notices": 0})
>>> TOLD["missing"](found).partition(" :")[0]
'aucun avis le 2026-09-11 (vendredi), alors que 150 au moins sont attendus'
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beffroi.collect.health.finding import asking, why

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.collect.health.finding import Finding, Rule

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FIELDS = {
    "published": "la date de publication",
    "kind": "le type d'avis",
    "title": "le titre",
    "description": "la description",
    "buyer": "l'acheteur",
    "buyer_ids": "l'identifiant de l'acheteur",
    "cpv": "le code CPV",
    "deadline": "la date limite",
    "lots": "la liste des lots",
    "amounts": "tout montant",
    "places": "le lieu",
    "awards": "la liste des attributions",
    "suppliers": "la liste des titulaires",
}
_GAPS = {
    "never": "rien n'a été demandé {when}",
    "early": "collecte faite {when} avant que le total soit définitif",
    "short": "ce qui est venu {when} est incomplet ({key} : {why})",
    "failed": "la collecte a échoué {when} ({key} : {why})",
    "open": "la collecte de {key} ({when}) a été interrompue, ou est en cours",
}


def _figure(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _when(one: Finding) -> str:
    if one.since == one.until:
        return f"le {one.since} ({_WEEKDAYS[date.fromisoformat(one.since).weekday()]})"
    return f"du {one.since} au {one.until}"


def _gap(one: Finding) -> str:
    told = _GAPS[one.figures["state"]].format(when=_when(one), key=one.figures.get("key"), why=why(one))
    return f"{told} : redemandez avec {asking(one)}."


def _late(one: Finding) -> str:
    days = one.figures["days"]
    return (
        f"rien n'a été demandé depuis le {one.figures['last']} ({days} jours) : lancez `beffroi collect {one.source}`."
    )


def _silence(one: Finding) -> str:
    return (
        f"interrogé, il a répondu, mais pas un avis {_when(one)} ({one.figures['days']} jours), plus long que tous ses "
        f"silences : regardez son site, puis redemandez avec {asking(one, again=True)}."
    )


def _missing(one: Finding) -> str:
    promised = _figure(one.figures["promised"])
    return (
        f"aucun avis {_when(one)}, alors que {promised} au moins sont attendus : "
        f"redemandez avec {asking(one, again=True)}."
    )


def _few(one: Finding) -> str:
    notices, promised = one.figures["notices"], one.figures["promised"]
    return (
        f"{_figure(notices)} avis {_when(one)}, alors que {_figure(promised)} au moins sont attendus : "
        f"redemandez avec {asking(one, again=True)}."
    )


def _drop(one: Finding) -> str:
    notices, usual = one.figures["notices"], one.figures["usual"]
    return (
        f"{_figure(notices)} avis {_when(one)}, soit {100 * notices // usual} % des {_figure(usual)} habituels : "
        f"redemandez avec {asking(one, again=True)}."
    )


def _shape(one: Finding) -> str:
    figures = one.figures
    kinds = f" ({', '.join(figures['kinds'])})" if figures["kinds"] else ""
    lacking = _figure(figures["notices"] - figures["filled"])
    example = f"comparez `beffroi show {figures['example']}` à sa page" if "example" in figures else "voyez les pages"
    return (
        f"{FIELDS[figures['field']]}, jusque-là toujours rempli, manque à {lacking} avis sur "
        f"{_figure(figures['notices'])} {_when(one)}{kinds} : {example}, et signalez-le si la page l'indique."
    )


def _without_record(one: Finding) -> str:
    documents = one.figures["documents"]
    told = "document n'a" if documents == 1 else "documents n'ont"
    return (
        f"{_figure(documents)} {told} donné aucune fiche {_when(one)} : les octets sont archivés ; après une mise à "
        "jour de Beffroi, lancez `beffroi rebuild`."
    )


def _unread(one: Finding) -> str:
    figures = one.figures
    rate, usual = (
        f"{value:.1f}".replace(".", ",") for value in (figures["passages"] / figures["notices"], figures["usual"])
    )
    counted = f"{_figure(figures['passages'])} pour {_figure(figures['notices'])}"
    return (
        f"{rate} passages non interprétés par avis {_when(one)} ({counted}), contre {usual} avant : "
        f"voyez `beffroi show {figures.get('example', 'ID')} --unread`, et signalez-le."
    )


TOLD: dict[Rule, Callable[[Finding], str]] = {
    "gap": _gap,
    "late": _late,
    "silence": _silence,
    "missing": _missing,
    "few": _few,
    "drop": _drop,
    "shape": _shape,
    "without_record": _without_record,
    "unread": _unread,
}

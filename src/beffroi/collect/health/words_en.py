"""The sentences of health in English.

In: a finding. Out: what is wrong and what to do next.

>>> from beffroi.collect.health.finding import Finding
>>> found = Finding("boamp", "missing", "2026-09-11", "2026-09-11", {"promised": 150, "notices": 0})
>>> TOLD["missing"](found).partition(":")[0]
'no notice on 2026-09-11 (Friday), where at least 150 are promised'
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beffroi.collect.health.finding import asking, why

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.collect.health.finding import Finding, Rule

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIELDS = {
    "published": "the publication date",
    "kind": "the kind",
    "title": "the title",
    "description": "the description",
    "buyer": "the buyer",
    "buyer_ids": "the buyer's identifier",
    "cpv": "the CPV code",
    "deadline": "the deadline",
    "lots": "the list of lots",
    "amounts": "every amount",
    "places": "the place",
    "awards": "the list of awards",
    "suppliers": "the list of suppliers",
}
_GAPS = {
    "never": "nothing was asked for {when}",
    "early": "collected {when} before the total was final",
    "short": "what came {when} is not whole ({key}: {why})",
    "failed": "collecting failed {when} ({key}: {why})",
    "open": "collecting {key} ({when}) was interrupted, or is under way",
}


def _when(one: Finding) -> str:
    if one.since == one.until:
        return f"on {one.since} ({_WEEKDAYS[date.fromisoformat(one.since).weekday()]})"
    return f"from {one.since} to {one.until}"


def _gap(one: Finding) -> str:
    told = _GAPS[one.figures["state"]].format(when=_when(one), key=one.figures.get("key"), why=why(one))
    return f"{told}: ask again with {asking(one)}."


def _late(one: Finding) -> str:
    days = one.figures["days"]
    return f"nothing was asked for since {one.figures['last']} ({days} days): run `beffroi collect {one.source}`."


def _silence(one: Finding) -> str:
    return (
        f"asked and answered, but not one notice {_when(one)} ({one.figures['days']} days), longer than it is ever "
        f"silent: look at its site, then ask again with {asking(one, again=True)}."
    )


def _missing(one: Finding) -> str:
    promised = one.figures["promised"]
    return (
        f"no notice {_when(one)}, where at least {promised:,} are promised: ask again with {asking(one, again=True)}."
    )


def _few(one: Finding) -> str:
    notices, promised = one.figures["notices"], one.figures["promised"]
    return (
        f"{notices:,} notice{'' if notices == 1 else 's'} {_when(one)}, where at least {promised:,} are promised: "
        f"ask again with {asking(one, again=True)}."
    )


def _drop(one: Finding) -> str:
    notices, usual = one.figures["notices"], one.figures["usual"]
    return (
        f"{notices:,} notices {_when(one)}, {100 * notices // usual} % of the usual {usual:,}: "
        f"ask again with {asking(one, again=True)}."
    )


def _shape(one: Finding) -> str:
    figures = one.figures
    kinds = f" ({', '.join(figures['kinds'])})" if figures["kinds"] else ""
    lacking = figures["notices"] - figures["filled"]
    example = f"compare `beffroi show {figures['example']}` with its page" if "example" in figures else "compare pages"
    return (
        f"{FIELDS[figures['field']]}, always filled before, is missing from {lacking:,} of {figures['notices']:,} "
        f"notices {_when(one)}{kinds}: {example}, and report it if the page has it."
    )


def _without_record(one: Finding) -> str:
    documents = one.figures["documents"]
    return (
        f"{documents:,} document{'' if documents == 1 else 's'} {_when(one)} gave no record: they are archived; after "
        "an update of Beffroi, run `beffroi rebuild`."
    )


def _unread(one: Finding) -> str:
    figures = one.figures
    rate = figures["passages"] / figures["notices"]
    return (
        f"{rate:.1f} unread passages a notice {_when(one)} ({figures['passages']:,} in {figures['notices']:,}), "
        f"against {figures['usual']:.1f} before: look at `beffroi show {figures.get('example', 'ID')} --unread`."
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

"""Holds a record against the expected facts of a sample: one check a fact, the same for every sample.

A fact the document does not say (its figures or words stand in another notice, or in the press) is not asked of it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from beffroi.formats.boamp import LEGAL
from beffroi.formats.boamp.dates import in_french, stated
from beffroi.formats.boamp.kinds import NATURES
from beffroi.notices import Document, decimal_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from beffroi.notices import Amount, Award, Notice


def records(samples: Path) -> Iterator[Document]:
    """Yield each record of the sample pages as a document of its own, then the single files."""
    for page in sorted((samples / "api").glob("*.json")):
        for record in json.loads(page.read_text())["results"]:
            data = json.dumps(record, ensure_ascii=False).encode()
            yield Document.of(data, name=f"{record['idweb']}.json", media_type="application/json")
    for one in samples.glob("boamp-*.json"):
        yield Document.of(one.read_bytes(), name=one.name, media_type="application/json")
    for one in sorted((samples / "xml").glob("*.xml")):
        yield Document.of(one.read_bytes(), name=one.name)


NOTES = frozenset(
    {"id", "shape", "file", "reality", "reconstructed_fields", "warning", "expectation", "notes", "facts"}
)
AMOUNTS = {
    "estimated": "estimate",
    "estimated (procedure)": "estimate",
    "estimated range": "estimate",
    "modified contract value": "amended",
    "before modification": "before",
    "after modification": "amended",
    "framework ceiling": "framework_max",
}


def wrong(expected: dict[str, Any], notice: Notice, raw: str) -> list[str]:
    """Return one line for each expected fact the record does not state."""
    problems = [] if notice.number == expected["id"] else [f"number {notice.number}"]
    for fact, value in {**expected, **_press(expected)}.items():
        if fact not in NOTES and not CHECKS[fact](notice, value, raw):
            problems.append(f"{fact}: {value!r}")
    return problems


def _press(expected: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of the showcase in the names of the others."""
    names = {
        "buyer": "buyer_name",
        "title": "title",
        "object": "description",
        "lots": "lots",
        "deadline_wall_clock": "clock",
    }
    facts = expected.get("facts", {})
    return {names[name]: facts[name]["value"] for name in names if name in facts}


def folded(text: str | None) -> str:
    return " ".join((text or "").split())


def said(notice: Notice) -> set[str]:
    return {folded(one.text) for one in notice.clauses}


def all_amounts(notice: Notice) -> Iterator[Amount]:
    yield from notice.amounts
    for lot in notice.lots:
        yield from lot.amounts
    for one in notice.awards:
        yield from one.amounts


def number(value: Any) -> str | None:
    return decimal_text(str(value))


def buyer(notice: Notice, expected: dict[str, Any], raw: str) -> bool:
    one = notice.buyers[0]
    identifier = expected.get("national_id") or expected.get("siret")
    web = {expected.get("url"), expected.get("document_url")} - {None}
    return (
        one.name == expected["name"]
        and (identifier is None or identifier not in raw or [number.value for number in one.ids] == [identifier])
        and all(
            expected.get(field) in (None, getattr(one, field)) or expected[field] not in raw
            for field in ("city", "postcode")
        )
        and all(folded(url) in said(notice) for url in web)
    )


def deadline(notice: Notice, expected: dict[str, Any] | None, raw: str) -> bool:
    del raw
    if expected is None:
        return notice.deadline is None
    wanted = expected.get("as_published_wall_clock") or expected["paris"]
    return (notice.deadline or "").startswith(wanted)


def lots(notice: Notice, expected: list[dict[str, Any]], raw: str) -> bool:
    del raw
    if not expected:
        return len(notice.lots) <= 1
    return len(notice.lots) == len(expected) and all(
        one.title == wanted["title"]
        and wanted["number"] in (None, one.id)
        and all(
            wanted.get(field) is None or any(a.kind == kind and a.value == number(wanted[field]) for a in one.amounts)
            for field, kind in (("amount", "estimate"), ("framework_maximum", "framework_max"))
        )
        and ("amount" not in wanted or wanted["amount"] is not None or not one.amounts)
        and (
            "quantity_estimate" not in wanted
            or [(q.kind, q.value) for q in one.quantities] == [("estimated", wanted["quantity_estimate"])]
        )
        for one, wanted in zip(notice.lots, expected, strict=True)
    )


def amounts(notice: Notice, expected: list[dict[str, Any]], raw: str) -> bool:
    del raw
    stated_ones = [(a.kind, a.value, a.low, a.high, a.currency) for a in all_amounts(notice)]
    wanted = [
        (
            AMOUNTS[a["kind"]],
            number(a.get("value")) if "value" in a else None,
            *(number(a[end]) if end in a else None for end in ("min", "max")),
            a["currency"],
        )
        for a in expected
    ]
    return all(one in stated_ones for one in wanted) and (bool(expected) or not notice.amounts)


def award(one: Award, wanted: dict[str, Any]) -> bool:
    names = wanted["winner"] if isinstance(wanted["winner"], list) else [wanted["winner"]] if wanted["winner"] else []
    numbers = wanted.get("siret", [])
    return (
        list(one.lot_ids) == ([wanted["lot"]] if wanted["lot"] else [])
        and [supplier.name for supplier in one.suppliers] == names
        and [n.value for s in one.suppliers for n in s.ids] == (numbers if isinstance(numbers, list) else [numbers])
        and ("winner_city" not in wanted or one.suppliers[0].city == wanted["winner_city"])
        and (one.status == ("not_awarded" if "status" in wanted else "awarded"))
        and ("reason" not in wanted or (one.reason is not None and one.reason.code == wanted["reason"]))
        and ("contract" not in wanted or list(one.contracts) == [wanted["contract"]])
        and ("title" not in wanted or one.title == folded(wanted["title"]))
        and ("award_date" not in wanted or one.decided == wanted["award_date"])
        and all(field not in wanted or one.concluded == wanted[field] for field in ("notified", "contract_signed"))
        and ("offers_received" not in wanted or one.tenders_received == int(wanted["offers_received"]))
        and [a.value for a in one.amounts if a.kind == "award"]
        == ([number(wanted["amount"])] if wanted.get("amount") else [])
    )


def awards(notice: Notice, expected: list[dict[str, Any]], raw: str) -> bool:
    del raw
    if not expected:
        return all(not one.lot_ids for one in notice.awards)
    return len(notice.awards) == len(expected) and all(
        award(*pair) for pair in zip(notice.awards, expected, strict=True)
    )


def links(notice: Notice, expected: dict[str, Any], raw: str) -> bool:
    found = {(one.relation, one.target) for one in notice.links}
    targets = {target for _, target in found}
    journal = [re.fullmatch(r"(\d{4})/S \d+-(\d+)", one) for one in expected.get("ojs", [])]
    references = {f"ted:{one[2]}-{one[1]}" for one in journal if one and str(int(one[2])) in raw}
    return (
        all(
            expected.get(name) in (None, *(target[6:] for verb, target in found if verb == relation))
            for name, relation in (("corrects", "changes"), ("cancels", "cancels"))
        )
        and {f"boamp:{one}" for one in expected.get("prior_notices", [])} <= targets
        and references <= targets
        and expected.get("procedure") in (None, notice.procedure.id if notice.procedure else None)
    )


def when(text: str) -> str:
    """Return what a text says as a day and hour, else its number, else itself."""
    found = in_french(text)
    if found:
        return found[0].iso[:16]
    iso = stated(text.removesuffix(" Paris").strip())
    if iso:
        return iso[:16]
    digits = re.match(r"\d+", text)
    return digits[0] if digits and re.fullmatch(r"\d+ \w+", text) else folded(text)


def changes(notice: Notice, expected: list[dict[str, Any]], raw: str) -> bool:
    del raw
    found = [(folded(one.place), folded(one.label), when(one.old or ""), when(one.new or "")) for one in notice.changes]
    for one in expected:
        if "TEXTE" in one:
            wanted = (
                one["RUB_INIT"],
                one.get("APRES_MENTION", ""),
                when(one["TEXTE"]["INIT"]),
                when(one["TEXTE"]["LIRE"]),
            )
            if wanted not in found:
                return False
        elif (when(one["old"]), when(one["new"])) not in [pair[2:] for pair in found] and not _now(notice, one):
            return False
    return True


def _now(notice: Notice, change: dict[str, Any]) -> bool:
    """Return whether a notice republished as a whole states the new value as its own."""
    return (
        change["field"] == "deadline"
        and (notice.deadline or "").startswith(when(change["new"]))
        and bool(notice.changes)
    )


def etat(notice: Notice, expected: str, raw: str) -> bool:
    del raw
    if expected == "RECTIFICATIF":
        return notice.kind == "change" or any(one.relation == "changes" for one in notice.links)
    return (
        expected == "INITIAL" or notice.kind == {"ANNULATION": "cancellation", "MODIFICATION": "modification"}[expected]
    )


def cpv(notice: Notice, expected: list[str], raw: str) -> bool:
    del raw
    return {*notice.cpv, *(code for lot in notice.lots for code in lot.cpv)} == set(expected) and notice.cpv[
        :1
    ] == tuple(expected[:1])


CHECKS: dict[str, Callable[[Any, Any, str], bool]] = {
    "nature": lambda n, v, raw: v not in raw or n.kind == NATURES[v][""].kind,
    "etat": etat,
    "family": lambda n, v, raw: (n.form or "").startswith(v) or "TYPE_AVIS" not in raw.split("</REFERENCE>")[0],
    "perimeter": lambda n, v, _: v is None or n.procedure.legal_basis == LEGAL.get(v, v),
    "legal_basis": lambda n, v, _: n.procedure.legal_basis == v,
    "buyer": buyer,
    "buyer_name": lambda n, v, _: n.buyers[0].name == v,
    "title": lambda n, v, _: v is None or n.title == folded(v),
    "description": lambda n, v, _: n.description == v,
    "publication_date": lambda n, v, _: n.published == v,
    "end_of_diffusion": lambda n, v, _: v is None or v in said(n),
    "deadline": deadline,
    "clock": lambda n, v, _: (n.deadline or "").startswith(v.removesuffix(" (Paris)")),
    "cpv": cpv,
    "lots": lots,
    "awards": awards,
    "amounts": amounts,
    "winners": lambda n, v, _: v is None or [s.name for a in n.awards for s in a.suppliers] == v,
    "links": links,
    "cancellation_reason": lambda n, v, _: v is None or folded(v) in said(n),
    "changes": changes,
    "correction_text": lambda n, v, _: v is None or folded(v) in [folded(one.text) for one in n.changes],
    "offers_received": lambda n, v, _: (
        any(a.tenders_received == v for a in n.awards) or any(re.search(rf"\b{v}\b", one) for one in said(n))
    ),
    "duration_months": lambda n, v, _: (
        (
            all((one.duration.value, one.duration.unit) == (v, "month") for one in n.lots if one.duration)
            and any(one.duration for one in n.lots)
        )
        or f"{v} MONTH" in said(n)
    ),
    "period": lambda n, v, _: (n.lots[0].starts, n.lots[0].ends) == (v["start"], v["end"]),
}


def readable(raw: bytes) -> str:
    """Return a document as a text in which its facts can be sought: JSON inside strings is opened."""
    text = raw.decode()
    return text if text.lstrip().startswith("<") else " ".join(str(one) for one in json.loads(text).values())

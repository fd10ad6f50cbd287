"""What a notice names: the identifiers by which it may belong with others (docs/decisions/010).

In: a `Notice`. Out: pairs of a node, an identifier in one spelling, and how the notice names it. Pure.

- `own`: it is published under this identifier: its own number, and the targets of its `same_notice` links.
- `procedure`: it belongs to this procedure: BT-04 (a UUID), an ocid, or the eForms notice of which it is a version.
- `link`: it changes, cancels, modifies, completes the notice of this number.
- `award`: it awards the notice of this number, or lists it as of its procedure: refused where that one precedes several
  purchases.
- `call`: it may award the notice of this number: believed only where that one is in the archive and is a call.
- `intention`: a direct award that names an earlier notice: believed only where that one is a notice of the intention.
- `contract`: a contract number that is no mere serial, with the identifier of the buyer.
- `pair`: the numbers of one notice in the BOAMP and in TED, as a later notice gives them.

>>> spelled("ted:00175835-2020"), spelled("boamp:20-051423"), spelled("ted:0-2020")
('ted:175835-2020', 'boamp:20-51423', None)
>>> distinctive("2026-INF-07-1"), distinctive("2020-01"), distinctive("CON-0001"), distinctive("2020 Lot n° 3")
('2026INF071', None, None, None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.notices import Notice, Organization

    Claim = tuple[str, str]

MOST_TARGETS = 20
"""A notice that names more notices than this belongs with none of them: it is a list, or a fault."""
MOST_BUYERS = 10
_CHAINS = {"changes": "link", "cancels": "link", "modifies": "link", "completes": "link", "awards": "award",
           "same_procedure": "award"}  # fmt: skip
SEVERAL_PURCHASES = frozenset({"call_off", "dps", "qualification_system"})
PRECEDES_SEVERAL = frozenset({"planning", "consultation", "qualification"})
_NAMES_ITS_CALL = frozenset({"F03", "F13", "F25"})
"""Award notices whose IV.2.1 asks for the call; that of utilities also takes a qualification system."""
_NUMBER = re.compile(r"(ted:|boamp:)0*([1-9]\d*)-(\d{4})|boamp:(\d\d)-0*([1-9]\d*)")
_ZERO = re.compile(r"(ted:0*-\d*|boamp:\d\d-0*|boamp:0+-\d{4})")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_EFORMS = re.compile(r"eforms:(?P<uuid>[0-9a-f-]{36})(-0*(?P<version>\d+))?")
_OCID = re.compile(r"ocds-[a-z0-9]{6}-\S+")
_SIRET = re.compile(r"\d{14}")
_YEAR = re.compile(r"(19|20)[0-4]\d")
_GENERIC = re.compile(
    r"\b(MARCHE|MARCHES|CONTRAT|CONTRACT|LOTS?|NO?|NUMERO|CON|RES|TEN|ORG|PAR|MAPA|AOO|AOR|AO|AC|PA|MS|DSP)(?=\b|\d|_)"
)
_DIGITS_ENOUGH = 8


def claims(notice: Notice) -> list[Claim]:
    """Return each node a notice names and how, once, in order."""
    own = spelled(notice.id) or notice.id
    if not (notice.links or notice.awards or (notice.procedure and notice.procedure.id)):
        return [(own, "own")]
    found = {(own, "own"): None}
    found.update(dict.fromkeys(_published_as(notice)))
    found.update(dict.fromkeys(_of_procedure(notice)))
    owned = {node for node, how in found if how == "own"}
    found.update(dict.fromkeys(_targets(notice, owned)))
    found.update(dict.fromkeys(_contracts(notice)))
    return sorted(found)


def spelled(target: str) -> str | None:
    """Return an identifier in one spelling (numbers as integers, UUIDs in lower case), or None where it names nothing.

    A UUID that is none by RFC 9562 (all zeros, all ones, 12345678-1234-…) is a placeholder.
    """
    bare = target.strip().lower()
    if _ZERO.fullmatch(bare):
        return None
    if found := _NUMBER.fullmatch(bare):
        return f"{found[1]}{found[2]}-{found[3]}" if found[1] else f"boamp:{found[4]}-{found[5]}"
    if bare.startswith("eforms:"):
        found = _EFORMS.fullmatch(bare)
        if found is None or not _UUID.fullmatch(found["uuid"]):
            return None
        return f"eforms:{found['uuid']}" + (f"-{found['version']}" if found["version"] else "")
    return bare if ":" in bare and bare.partition(":")[2] else None


def _published_as(notice: Notice) -> Iterator[Claim]:
    """Yield the identifiers under which the same notice is published; of an eForms notice also its first one."""
    for link in notice.links:
        node = spelled(link.target) if link.relation == "same_notice" else None
        if node is not None:
            yield node, "own"
            versioned = _EFORMS.fullmatch(node)
            if versioned:
                yield f"eforms:{versioned['uuid']}", "procedure"


def procedure_id(notice: Notice) -> str | None:
    """Return the node of the procedure a notice states (BT-04, an ocid); None for references of another form."""
    stated = (notice.procedure.id or "").strip().lower() if notice.procedure is not None else ""
    return f"procedure:{stated}" if _UUID.fullmatch(stated) or _OCID.fullmatch(stated) else None


def _of_procedure(notice: Notice) -> Iterator[Claim]:
    node = procedure_id(notice)
    if node is not None:
        yield node, "procedure"


def _targets(notice: Notice, owned: set[str]) -> Iterator[Claim]:
    """Yield the notices this one follows, and their numbers in two bulletins where it follows one notice."""
    found: dict[str, str] = {}
    for link in notice.links:
        how = _how(notice, link.relation)
        node = spelled(link.target) if how else None
        if how and node is not None and node not in owned:
            found.setdefault(node, how)
    if len(found) > MOST_TARGETS:
        return
    yield from found.items()
    both = [sorted(node for node in found if node.startswith(bulletin)) for bulletin in ("boamp:", "ted:")]
    if notice.source == "boamp" and [len(nodes) for nodes in both] == [1, 1]:
        yield f"{both[0][0]} {both[1][0]}", "pair"


def _how(notice: Notice, relation: str) -> str | None:
    """Return how a notice names the target of a link, or None where the two may be different purchases.

    A call-off names its framework, an award within a dynamic purchasing system names the system, a planning notice
    precedes several procedures: these are other purchases. `previous` is IV.2.1 of an award notice of TED, "previous
    publication concerning this procedure"; where a notice states the identifier of its procedure, that one counts.
    """
    if relation in ("awards", "previous", "same_procedure") and notice.instrument in SEVERAL_PURCHASES:
        return None
    if relation == "same_procedure" and notice.kind in PRECEDES_SEVERAL:
        return None
    if relation != "previous":
        return _CHAINS.get(relation)
    if notice.source != "ted" or notice.kind != "result" or (notice.procedure and notice.procedure.id):
        return None
    if notice.procedure is not None and notice.procedure.method == "neg-wo-call":
        return "intention"
    return "award" if notice.form in _NAMES_ITS_CALL else "call"


def _contracts(notice: Notice) -> Iterator[Claim]:
    """Yield the numbers of the contracts with the SIRET of each buyer, where the number is distinctive."""
    numbers = {distinctive(one) for award in notice.awards for one in award.contracts} - {None}
    if numbers and len(notice.buyers) <= MOST_BUYERS:
        for siret in sorted({one for buyer in notice.buyers for one in _sirets(buyer)}):
            for number in sorted(one for one in numbers if one):
                yield f"contract:{siret}:{number}", "contract"


def _sirets(buyer: Organization) -> Iterator[str]:
    """Yield the SIRET of a buyer: so named, or 14 digits of a body in France of no other register."""
    for one in buyer.ids:
        value = "".join(one.value.split())
        french = one.scheme == "unknown" and buyer.country == "FR"
        if (one.scheme == "SIRET" or french) and _SIRET.fullmatch(value):
            yield value


def distinctive(number: str) -> str | None:
    """Return a contract number without its punctuation, or None where another contract of the buyer may bear it.

    Less the year and words like "lot" or "marché", two letters and three digits must be left, or eight digits.
    """
    upper = number.upper().replace("\N{DEGREE SIGN}", " ").replace("É", "E")
    left = "".join(one for one in _GENERIC.sub(" ", _YEAR.sub(" ", upper, count=1)) if one.isalnum())
    digits = sum(one.isdigit() for one in left)
    letters = len(left) - digits
    if (letters < 2 or digits < 3) and digits < _DIGITS_ENOUGH:  # noqa: PLR2004 - said above
        return None
    return "".join(one for one in upper if one.isalnum())

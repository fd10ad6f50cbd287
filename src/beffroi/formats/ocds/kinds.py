"""What a release is for: its kind, from its tags, its status and the UK's notice types.

In: a release. Out: `kind`, `form`. A release of several tags is one notice of its latest stage.

>>> kind_of(("planning", "tender"), None), kind_of(("award", "contract"), None), kind_of(("contract",), None)
('call', 'result', 'contract')
>>> kind_of(("tenderUpdate",), None), kind_of(("planning",), "UK2"), kind_of(("somethingNew",), None)
('change', 'consultation', None)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.ocds.frame import child, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beffroi.formats.cursor import Cursor
    from beffroi.formats.nodes import Element
    from beffroi.formats.ocds.frame import Sheet

STAGES = {
    "planning": (0, "planning"),
    "planningUpdate": (0, "change"),
    "tender": (1, "call"),
    "tenderAmendment": (1, "change"),
    "tenderUpdate": (1, "change"),
    "tenderCancellation": (1, "cancellation"),
    "award": (2, "result"),
    "awardUpdate": (2, "change"),
    "awardCancellation": (2, "cancellation"),
    "contract": (3, "contract"),
    "contractUpdate": (3, "change"),
    "contractAmendment": (3, "modification"),
    "implementation": (4, "contract"),
    "implementationUpdate": (4, "change"),
    "contractTermination": (5, "completion"),
}
"""Each tag of OCDS 1.1 with its stage and the kind of a notice whose latest stage it is.

Within one stage the tag that does more decides: a cancellation before an update, an update before the first release.
"""

UK = {
    "UK1": ("planning", (0, 0)),  # pipeline
    "UK2": ("consultation", (0, 0)),  # preliminary market engagement
    "UK3": ("planning", (0, 0)),  # planned procurement
    "UK4": ("call", (1, 1)),  # tender
    "UK5": ("intention", (1, 2)),  # transparency, before a direct award
    "UK6": ("result", (2, 3)),  # contract award
    "UK7": ("contract", (3, 3)),  # contract details
    "UK8": ("other", (3, 5)),  # contract payment
    "UK9": ("other", (3, 5)),  # contract performance
    "UK10": ("modification", (3, 5)),  # contract change
    "UK11": ("completion", (3, 5)),  # contract termination
    "UK12": ("cancellation", (1, 2)),  # procurement termination
    "UK13": ("planning", (0, 1)),  # dynamic market intention
    "UK14": ("qualification", (0, 1)),  # dynamic market establishment
    "UK15": ("change", (0, 1)),  # dynamic market modification
    "UK16": ("completion", (0, 1)),  # dynamic market cessation
    "UK17": ("other", (0, 5)),  # payments compliance
}
"""The notices of the UK's Procurement Act 2023: the kind of each, and the stages its release may be of."""

_STRENGTH = ("change", "modification", "cancellation")
_UPDATES = ("Update", "Amendment", "Cancellation", "Termination")
_OVER = frozenset({"cancelled", "withdrawn"})
_SECTIONS = (("contracts", "contract"), ("awards", "award"), ("tender", "tender"), ("planning", "planning"))
COMPILED = "compiled"


_WRITTEN = {one.casefold(): one for one in (*STAGES, COMPILED)}


def tag_of(text: str) -> str:
    """Return a tag as OCDS writes it, whatever its capitals.

    >>> tag_of("AWARD"), tag_of("Tenderupdate"), tag_of("x")
    ('award', 'tenderUpdate', 'x')
    """
    return _WRITTEN.get(text.casefold(), text)


def kind_of(tags: tuple[str, ...], notice_type: str | None) -> str | None:
    """Return the kind of a release, or None where no tag is known.

    An update of a UK notice keeps the kind `change`, whatever the type of the notice it updates; an award published
    with its contract is the award notice (TED's forms give both tags).
    """
    known = [STAGES[tag] for tag in tags if tag in STAGES]
    british, span = UK.get(notice_type or "", (None, (0, 0)))
    if not known:
        return british
    stage = max(number for number, _ in known)
    kinds = {kind for number, kind in known if number == stage}
    kind = next((one for one in reversed(_STRENGTH) if one in kinds), None) or kinds.pop()
    if british and span[0] <= stage <= span[1] and kind not in ("change", "cancellation", "modification"):
        return british
    return "result" if kind == "contract" and "award" in tags and stage == STAGES["contract"][0] else kind


def is_update(tags: tuple[str, ...]) -> bool:
    """Return whether a release tells only what changes: none of its tags begins a stage.

    >>> is_update(("tenderUpdate",)), is_update(("tenderUpdate", "award"))
    (True, False)
    """
    return bool(tags) and all(tag.endswith(_UPDATES) for tag in tags)


def settle_kind(cursor: Cursor, sheet: Sheet, release: Element) -> None:
    """Give the notice its kind and form, each with its place."""
    notice = sheet.notice
    named = [one for one in release if one.tag == "tag" and one.text]
    places, tags = named, sheet.tags
    if (COMPILED in tags and not set(tags) & STAGES.keys()) or not tags:
        places, tags = _of_sections(release)
    typed = _notice_type(cursor, sheet, release)
    number = cursor.value(typed) if typed is not None else None
    kind, over = kind_of(tags, number), _over(cursor, release, tags)
    if kind == "call" and over is not None:
        kind, places = "cancellation", [over]
    elif typed is not None and kind == UK.get(number or "", ("",))[0]:
        places = [typed]
    if kind is not None and places:
        notice["kind"] = kind
        cursor.cite(notice, "kind", *places, rule=_rule(tags, compiled=COMPILED in sheet.tags or not sheet.tags))
    form = [*([typed] if typed is not None else []), *named]
    if form:
        notice["form"] = "/".join(cursor.value(one) for one in form)
        cursor.cite(notice, "form", *form, rule="the notice type, where one is stated, and the tags of the release")


def _rule(tags: tuple[str, ...], *, compiled: bool) -> str:
    stage = "the stage its sections reach" if compiled else f"the latest stage of {', '.join(tags)}"
    return f"what the release is for: {stage}"


def _of_sections(release: Element) -> tuple[list[Element], tuple[str, ...]]:
    """Return the tags a compiled release amounts to: those of its sections."""
    found = [(one, tag) for name, tag in _SECTIONS for one in [child(release, name)] if one is not None]
    return [one for one, _ in found[:1]], tuple(tag for _, tag in found)


def _over(cursor: Cursor, release: Element, tags: tuple[str, ...]) -> Element | None:
    """Return the status of a tender that is called off."""
    status = child(child(release, "tender"), "status")
    return status if written(cursor, status) in _OVER and "tender" in tags else None


def _notice_type(cursor: Cursor, sheet: Sheet, release: Element) -> Element | None:
    """Return the notice type of the document that is this notice: the one of the release's id, else the only one."""
    found = list(_documents(release))
    own = [kind for document, kind in found if sheet.notice["number"] in _names(cursor, document)]
    chosen = own or [kind for _, kind in found]
    return chosen[0] if len({cursor.value(one) for one in chosen}) == 1 else None


def _documents(release: Element) -> Iterator[tuple[Element, Element]]:
    for section in release:
        for one in section if section.tag in ("planning", "tender", "awards", "contracts") else ():
            kind = child(one, "noticeType") if one.tag == "documents" else None
            if kind is not None and kind.text:
                yield one, kind


def _names(cursor: Cursor, document: Element) -> set[str]:
    """Return the names of a document: its id, and the last part of its address."""
    url = written(cursor, child(document, "url"))
    return {written(cursor, child(document, "id")), url.rpartition("/")[2]}

"""Places of performance: NUTS codes, words, and addresses in parts.

In: CODE_NUTS, LIEU_PRINCIPAL, LIEU_EXEC_LIVR and the `lieuExecution` of the national forms. Out: `places`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.formats.boamp.frame import Frame, add, into, keep, put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beffroi.formats.cursor import Cursor, Handler
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft


def place(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read one place of performance from its own element: a NUTS code, words (LIEU_PRINCIPAL), or an address."""
    if len(element):
        site(cursor, element, frame)
        return
    text = frame.text(cursor, element)
    if not text:
        return
    field = "nuts" if element.tag in ("CODE_NUTS", "codeNUTS") else "text"
    one: Draft = {field: text}
    cursor.anchor(one, element)
    cursor.cite(one, field, element)
    add(frame.draft, "places", one)


def site(cursor: Cursor, element: Element, frame: Frame) -> None:
    """Read LIEU_EXEC_LIVR: an address, a postcode, a town, and NUTS codes."""
    one: Draft = {}
    cursor.anchor(one, element)
    inner = frame.inside(one)
    into(_SITE, keep)(cursor, element, inner)
    codes = one.pop("places", [])
    if codes and "nuts" not in one:
        first = codes.pop(0)
        one["nuts"] = first["nuts"]
        cursor.cite(one, "nuts", inner.elements["nuts"])
    if one:
        add(frame.draft, "places", one)
    for code in codes:
        add(frame.draft, "places", code)


def _site_nuts(cursor: Cursor, element: Element, frame: Frame) -> None:
    frame.elements.setdefault("nuts", element)
    place(cursor, element, frame)


def joined(field: str) -> Handler:
    """Return a handler that reads the parts of a name (`voie`, `PersonnePhysique`), in their order, into a field."""

    def read(cursor: Cursor, element: Element, frame: Frame) -> None:
        parts = [one for one in element if one.text and one.text.strip()] if len(element) else [element]
        words = [text for one in parts if (text := frame.text(cursor, one))]
        if words and field not in frame.draft:
            frame.draft[field] = " ".join(words)
            cursor.cite(frame.draft, field, *parts)

    return read


def _address(cursor: Cursor, element: Element, frame: Frame) -> None:
    into(_SITE, keep)(cursor, element, frame)


_SITE: Mapping[str, Handler] = {
    "voie": joined("text"),
    "cp": put("postcode"),
    "ville": put("city"),
    "codeNUTS": _site_nuts,
    "adr": _address,
    "ADRESSE": put("text"),
    "CP": put("postcode"),
    "VILLE": put("city"),
    "CODE_NUTS": _site_nuts,
}

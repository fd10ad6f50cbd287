"""Every element of the schema v2.3.0 has a reader: a form that fills them all leaves none for want of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beffroi.formats import read
from beffroi.notices import Document

if TYPE_CHECKING:
    from pathlib import Path

TYPE = re.compile(r":(?P<type>[A-Z]\w*)")
VALUES = {"date": "2020-04-10", "dateTime": "2020-06-19T16:00:00+01:00", "integer": "12", "decimal": "12.50"} | {
    "typeCPVBasePrincipale": "34711200",
    "typeCPVBaseSupplementaire": "34711200",
}
ALIASES = {"DIV_EN_LOTSType": "DIVENLOTSType"}


def blocks(text: str) -> dict[str, list[tuple[int, str, str]]]:
    """Return the lines of each type block: depth, name and the rest."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("### "):
            current = found.setdefault(line[4:].strip(), [])
        elif line.startswith("."):
            one = re.fullmatch(r"(\.+)(\S+)(.*)", line)
            if one:
                current.append((len(one[1]), one[2], one[3]))
    return found


def filled(types: dict[str, list[tuple[int, str, str]]], name: str, depth: int = 0) -> str:
    """Return the content of a type with each of its elements once."""
    lines, parts = types.get(name, []), []
    outer = min((one[0] for one in lines), default=0)
    extended = [one[2].rpartition("}")[2].strip() for one in lines if one[1] == "ext" and one[0] == outer]
    parts += [filled(types, base, depth + 1) for base in extended]
    index = 0
    while index < len(lines):
        level, tag, rest = lines[index]
        index += 1
        if tag in ("choice", "ext") or tag[0] in "@=":
            continue
        below = index
        while below < len(lines) and lines[below][0] > level and lines[below - 1][1] != "choice":
            below += 1
        parts.append(element(types, tag, rest, lines[index:below], depth))
        index = below
    return "".join(parts)


def element(
    types: dict[str, list[tuple[int, str, str]]], tag: str, rest: str, inner: list[tuple[int, str, str]], depth: int
) -> str:
    kind = TYPE.search(rest)
    named = ALIASES.get(kind["type"], kind["type"]) if kind else ""
    if named and named in types and depth < 8:
        content = filled(types, named, depth + 1)
    elif [one for one in inner if one[1] not in ("choice", "ext") and one[1][0] not in "@="]:
        content = filled({**types, "": inner}, "", depth + 1)
    else:
        simple = re.search(r":(\w+)", rest)
        content = "" if simple and simple[1] == "anyType" else VALUES.get(simple[1] if simple else "", "texte")
    money = ' DEVISE="EUR"' if "Valeur" in rest or any(one[1] == "@DEVISE" for one in inner) else ""
    return f"<{tag}{money}>{content if content != 'texte' or not money else '12.50'}</{tag}>"


def test_every_element_of_the_schema_has_a_reader(data: Path) -> None:
    types = blocks((data / "boamp" / "boamp_v230_tree.txt").read_text())
    types["Valeur"] = []
    document = Document.of(f"<Annonce>{filled(types, 'Annonce')}</Annonce>".encode(), name="all.xml")
    notice = read(document).notice
    assert len(document.data) > 15_000
    assert [(one.place, one.why) for one in notice.unread] == []

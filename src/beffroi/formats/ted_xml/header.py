"""The header of every TED notice: what the Official Journal coded about it.

In: TED_EXPORT's sections before the form. Out: `Coded`: values with their places, and the draft they begin.
The form speaks for itself where it says the same thing otherwise; the header completes what a form leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.formats.cursor import Attribute, Tag, ignoring, walk
from beffroi.formats.nodes import local_name, path_of
from beffroi.formats.ted_xml.tags import table, tags
from beffroi.formats.ted_xml.values import day, hour, notice_id

if TYPE_CHECKING:
    from beffroi.formats.cursor import Cursor, Handler, Place
    from beffroi.formats.nodes import Element
    from beffroi.notices import Draft

METHODS = {
    "1": "open",
    "2": "restricted",
    "3": "restricted",
    "4": "neg-w-call",
    "6": "neg-w-call",
    "B": "neg-w-call",
    "C": "comp-dial",
    "F": "neg-wo-call",
    "G": "innovation",
    "T": "neg-wo-call",
    "V": "neg-wo-call",
}
"""PR_PROC codes as eForms BT-105 methods; 3 and 6 are accelerated; 9, E, N, Z name none."""

NATURES = {"1": "works", "2": "supplies", "4": "services"}
"""NC_CONTRACT_NATURE codes; 9 and Z name none."""


class Coded:
    """The header's values: `values` by field with their place, and lists that complete a form."""

    __slots__ = ("cpv", "links", "originals", "regions", "titles", "values")

    def __init__(self) -> None:
        self.values: dict[str, tuple[Any, Place]] = {}
        self.cpv: list[Element] = []
        self.regions: list[Element] = []
        self.links: list[tuple[str, Element]] = []
        self.originals: list[tuple[str, Element]] = []
        self.titles: Element | None = None

    def into(self, cursor: Cursor, draft: Draft, *fields: str) -> None:
        """Give the draft those of the fields it lacks and the header states."""
        for field in fields:
            if field in self.values and field not in draft:
                draft[field], place = self.values[field]
                cursor.cite(draft, field, place)


def read_header(cursor: Cursor, root: Element, stem: str) -> tuple[Coded, Draft]:
    """Return the header and the draft of the notice it begins: id, number, dates, languages, address."""
    coded = Coded()
    for section in root:
        if section.tag not in FORM_SECTION:
            walk(cursor, section, SECTIONS, coded)
    draft: Draft = {"source": "ted"}
    number = cursor.attribute(root, "DOC_ID")
    if number:
        draft["number"] = number
        cursor.cite(draft, "number", Attribute(root, "DOC_ID"))
    coded.into(cursor, draft, "number", "published", "dispatched", "url")
    if "number" not in draft:
        draft["number"] = stem
        cursor.cite(draft, "number", Tag(root), rule="the notice states no number: it has its file's name")
    draft["id"] = f"ted:{draft['number']}"
    for index, (code, element) in enumerate(coded.originals):
        draft.setdefault("languages", []).append(code)
        cursor.cite(draft, f"languages[{index}]", element)
    return coded, draft


def _kept(field: str, parse: Any = None) -> Handler:
    def read(cursor: Cursor, element: Element, coded: Coded) -> None:
        text = cursor.value(element)
        value = parse(text) if parse else text
        if value is None:
            cursor.leave(element, "not what its element announces")
        elif value:
            coded.values.setdefault(field, (value, element))

    return read


def _mapped(field: str, names: dict[str, str]) -> Handler:
    def read(cursor: Cursor, element: Element, coded: Coded) -> None:
        value = names.get(cursor.attribute(element, "CODE"))
        cursor.used(element)
        if value:
            coded.values.setdefault(field, (value, Attribute(element, "CODE")))

    return read


def _number(text: str) -> str | None:
    target = notice_id(text)
    return target and target.removeprefix("ted:")


def moment(text: str) -> str | None:
    """Return date and hour of the header's `20180219 12:00`; the date alone where no hour can be read.

    >>> moment("20180219 12:00"), moment("20180219"), moment("soon")
    ('2018-02-19T12:00:00', '2018-02-19', None)
    """
    date, _, clock = text.partition(" ")
    on, at = day(date), hour(clock)
    return f"{on}T{at}" if on and at else on


def _reference(cursor: Cursor, element: Element, coded: Coded) -> None:
    for child in element:
        target = notice_id(cursor.value(child))
        if target is None:
            cursor.leave(child, "no Official Journal reference")
        else:
            coded.links.append((target, child))


def _url(cursor: Cursor, element: Element, coded: Coded) -> None:
    for child in element:
        if "url" not in coded.values:
            coded.values["url"] = (cursor.value(child), child)
        else:
            cursor.ignore(child, "the same notice in another language")


def _cpv(cursor: Cursor, element: Element, coded: Coded) -> None:
    coded.cpv.append(element)
    cursor.ignore(element, "the code's name")


def _region(cursor: Cursor, element: Element, coded: Coded) -> None:
    coded.regions.append(element)
    cursor.ignore(element, "the code's name")


def _original(cursor: Cursor, element: Element, coded: Coded) -> None:
    coded.originals += [(code, element) for code in cursor.value(element).lower().split()]


def _directive(cursor: Cursor, element: Element, coded: Coded) -> None:
    coded.values["legal_basis"] = (cursor.attribute(element, "VALUE"), Attribute(element, "VALUE"))


def _titles(cursor: Cursor, element: Element, coded: Coded) -> None:
    coded.titles = element
    cursor.ignore(element, "titles the Official Journal composed from country, town and CPV")


def _section(readers: dict[str, Handler]) -> Handler:
    inner = table(readers)

    def read(cursor: Cursor, element: Element, coded: Coded) -> None:
        walk(cursor, element, inner, coded)

    return read


_FROM_FORM = ignoring("coded from the form, which is read itself")
_PRODUCTION = ignoring("production note of the Official Journal")

FORM_SECTION = tags("FORM_SECTION")

SECTIONS = table(
    {
        "RECEPTION_ID": _PRODUCTION,
        "DELETION_DATE": _PRODUCTION,
        "FORM_LG_LIST": _FROM_FORM,
        "COMMENTS": _PRODUCTION,
        "OLD_HEADING": _PRODUCTION,
        "XML_SCHEMA_DEFINITION_LINK": _PRODUCTION,
        "OFFICIAL_FORMS_LINK": _PRODUCTION,
        "FORMS_LABELS_LINK": _PRODUCTION,
        "ORIGINAL_CPV_LINK": _PRODUCTION,
        "ORIGINAL_NUTS_LINK": _PRODUCTION,
        "ML_TITLES": _titles,
        "ML_AA_NAMES": ignoring("the buyer's name, which the form states"),
        "TRANSLITERATIONS": ignoring("the address in Latin letters"),
        "REF_OJS": _section({"COLL_OJ": _PRODUCTION, "NO_OJ": _PRODUCTION, "DATE_PUB": _kept("published", day)}),
        "NOTICE_DATA": _section(
            {
                "NO_DOC_OJS": _kept("number", _number),
                "URI_LIST": _url,
                "LG_ORIG": _original,
                "ISO_COUNTRY": _FROM_FORM,
                "IA_URL_GENERAL": _FROM_FORM,
                "IA_URL_ETENDERING": _FROM_FORM,
                "ORIGINAL_CPV": _cpv,
                "ORIGINAL_NUTS": _FROM_FORM,
                "CURRENT_NUTS": _FROM_FORM,
                "PERFORMANCE_NUTS": _region,
                "CA_CE_NUTS": _FROM_FORM,
                "TENDERER_NUTS": _FROM_FORM,
                "VALUES": _FROM_FORM,
                "VALUES_LIST": _FROM_FORM,
                "REF_NOTICE": _reference,
            }
        ),
        "CODIF_DATA": _section(
            {
                "DS_DATE_DISPATCH": _kept("dispatched", day),
                "DT_DATE_FOR_SUBMISSION": _kept("deadline", moment),
                "DD_DATE_REQUEST_DOCUMENT": _FROM_FORM,
                "AA_AUTHORITY_TYPE": _FROM_FORM,
                "TD_DOCUMENT_TYPE": _FROM_FORM,
                "NC_CONTRACT_NATURE": _mapped("nature", NATURES),
                "PR_PROC": _mapped("method", METHODS),
                "RP_REGULATION": _FROM_FORM,
                "TY_TYPE_BID": _FROM_FORM,
                "AC_AWARD_CRIT": _FROM_FORM,
                "MA_MAIN_ACTIVITIES": _FROM_FORM,
                "HEADING": _PRODUCTION,
                "INITIATOR": _PRODUCTION,
                "DIRECTIVE": _directive,
            }
        ),
    }
)


def complete(cursor: Cursor, draft: Draft, coded: Coded) -> None:
    """Give the draft what its form left out and the header states, and report where the two disagree."""
    for field in NAMES:
        if field in coded.values and draft.get(field, coded.values[field][0]) != coded.values[field][0]:
            _report(cursor, field, *coded.values[field])
    coded.into(cursor, draft, "deadline", "nature")
    procedure = draft.setdefault("procedure", {})
    coded.into(cursor, procedure, "method", "legal_basis")
    if not procedure:
        del draft["procedure"]
    _complete_codes(cursor, draft, coded)
    _complete_links(cursor, draft, coded)
    if "title" not in draft and coded.titles is not None:
        _complete_title(cursor, draft, coded.titles)


def _report(cursor: Cursor, field: str, value: str, place: Place) -> None:
    element = place.element if isinstance(place, tuple) else place
    why = f"the header states another {NAMES[field]} than the form"
    cursor.unread.append({"place": path_of(element), "text": value, "why": why})


NAMES = {"dispatched": "date of dispatch", "deadline": "deadline"}


def _complete_codes(cursor: Cursor, draft: Draft, coded: Coded) -> None:
    """Give a form without CPV, or without lots and their places, those of the header."""
    if not draft.get("cpv"):
        for index, element in enumerate(coded.cpv):
            draft.setdefault("cpv", []).append(cursor.attribute(element, "CODE"))
            cursor.cite_attribute(draft, f"cpv[{index}]", element, "CODE")
    if not draft.get("lots") and not draft.get("places"):
        for element in coded.regions:
            region = {"nuts": cursor.attribute(element, "CODE")}
            cursor.cite_attribute(region, "nuts", element, "CODE")
            draft.setdefault("places", []).append(region)


RELATIONS = {"change": "changes", "modification": "modifies"}


def _complete_links(cursor: Cursor, draft: Draft, coded: Coded) -> None:
    links = draft.setdefault("links", [])
    known = {link["target"] for link in links}
    for target, element in coded.links:
        if target not in known:
            link = {"relation": RELATIONS.get(draft.get("kind", ""), "previous"), "target": target}
            cursor.anchor(link, element, "the header names the notice this one follows")
            cursor.cite(link, "target", element)
            links.append(link)
            known.add(target)
    if not links:
        del draft["links"]


def _complete_title(cursor: Cursor, draft: Draft, titles: Element) -> None:
    wanted = draft.get("language", "").upper()
    for title in titles:
        if cursor.attribute(title, "LG") == wanted:
            for child in title:
                if local_name(child.tag) == "TI_TEXT":
                    draft["title"] = cursor.prose(child)
                    cursor.cite(draft, "title", child)

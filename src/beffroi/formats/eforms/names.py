"""Names of eForms elements: prefixes, their namespaces, and dispatch tables that know both families.

In: names as the standard writes them (`cbc:ID`). Out: the tags of both families, and tables keyed by them.

TED publishes eForms in the OASIS namespaces of UBL 2.3; DILA republishes the same trees in namespaces of its own
(`urn:boamp:…` instead of `urn:oasis:…`). A table made here answers to both.

>>> sorted(table({"cbc:ID": print}))[0]
'{urn:boamp:names:specification:ubl:schema:xsd:CommonBasicComponents-2}ID'
>>> language_of("FRA"), language_of("ZZZ")
('fr', 'zzz')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

NAMES: dict[str, str] = {
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
"""Prefix → namespace, as every eForms notice declares them; also what a `JsonNode` needs to read eForms as JSON."""


def family(name: str) -> tuple[str, str]:
    """Return the full tags of a prefixed name: in the OASIS namespaces and in DILA's (the same for eForms' own)."""
    prefix, _, local = name.partition(":")
    tag = f"{{{NAMES[prefix]}}}{local}"
    return tag, tag.replace("{urn:oasis:", "{urn:boamp:")


def table(entries: Mapping[str, T]) -> dict[str, T]:
    """Return a table keyed by full tag from one keyed by prefixed names."""
    return {tag: entry for name, entry in entries.items() for tag in family(name)}


_LANGUAGES = (
    "BULbg CEScs DANda DEUde ELLel ENGen ESTet FINfi FRAfr GLEga HRVhr HUNhu ITAit LAVlv LITlt MLTmt NLDnl POLpl PORpt"
    " RONro SLKsk SLVsl SPAes SWEsv ARAar BOSbs CATca CYMcy EUSeu GLGgl HEBhe HYEhy ISLis JPNja KATka KORko LTZlb MKDmk"
    " NOBnb NNOnn NORno RUSru SQIsq SRPsr TURtr UKRuk ZHOzh"
)
_ISO_639_1 = {pair[:3]: pair[3:] for pair in _LANGUAGES.split()}


def language_of(code: str) -> str:
    """Return the ISO 639-1 code of an EU language code (ISO 639-3, upper case); a language without one keeps its three.

    The pairs are facts of ISO 639; the codes are those of the eForms SDK's code list `language`.
    """
    return _ISO_639_1.get(code) or code.strip().lower()

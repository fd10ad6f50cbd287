"""What the words of the orders' lists mean in the record.

In: a word of a record ("Accord-cadre", "Procédure adaptée"). Out: the record's own code.

>>> plain("Procédure  ADAPTEE"), METHODS[plain("Procédure adaptée")]
('procedure adaptee', 'oth-single')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER_2019 = "order of 22 March 2019 (NOR ECOM1831542A)"
ORDER_2022 = "order of 22 December 2022 (NOR ECOM2235715A)"
CONCESSION_2022 = "order of 22 December 2022 on concessions (NOR ECOM2235716A)"

METHODS: Mapping[str, str] = {
    "procedure adaptee": "oth-single",
    "appel d'offres ouvert": "open",
    "appel d'offres restreint": "restricted",
    "procedure avec negociation": "neg-w-call",
    "procedure concurrentielle avec negociation": "neg-w-call",
    "procedure negociee avec mise en concurrence prealable": "neg-w-call",
    "procedure negociee avec publication prealable d'un avis de marche": "neg-w-call",
    "marche passe sans publicite ni mise en concurrence prealable": "neg-wo-call",
    "marche negocie sans publicite ni mise en concurrence prealable": "neg-wo-call",
    "procedure negociee sans publication prealable d'un avis de marche": "neg-wo-call",
    "dialogue competitif": "comp-dial",
}
"""eForms BT-105 by procedure; those of concessions have no code there and stay in their own words."""
_AROUND = "[](){}'\" "
"""What software that writes a list as one text leaves around its words."""
WORDS_SAY_MORE = frozenset({"procedure adaptee"})

NATURES: Mapping[str, str] = {
    "marche": "contract",
    "marche de defense ou de securite": "contract",
    "marche de partenariat": "partnership",
    "accord-cadre": "framework",
    "marche subsequent": "call_off",
    "concession de travaux": "concession",
    "concession de service": "concession",
    "concession de services": "concession",
    "concession de service public": "concession",
    "delegation de service public": "concession",
}
"""The instrument by nature."""
PURCHASES: Mapping[str, str] = {
    "concession de travaux": "works",
    "concession de service": "services",
    "concession de services": "services",
    "concession de service public": "services",
    "delegation de service public": "services",
}
SCHEMES: Mapping[str, str] = {"tva": "VAT"}
"""Identifiers the record names otherwise than the orders do."""
MEMBER_STATES = re.compile("AT|B[EG]|C[YZ]|D[EK]|E[ELS]|F[IR]|GR|H[RU]|I[ET]|L[TUV]|MT|NL|P[LT]|RO|S[EIK]|XI")
"""Prefixes of a VAT number within the Union; EL is Greece, XI Northern Ireland."""
COUNTRIES: Mapping[str, str] = {"EL": "GR", "XI": "GB"}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a word without accents, capitals, curly apostrophes and doubled spaces: writers differ in them."""
    folded = unicodedata.normalize("NFD", text.replace("\u2019", "'"))
    return " ".join("".join(one for one in folded if not unicodedata.combining(one)).casefold().split())


def parts(text: str) -> list[str]:
    """Return the plain words of a list written as one text ("Accord-cadre, Concours", "['Accord-cadre', 'Concours']").

    >>> parts("['Accord-cadre', 'Concours']"), parts("Système d'acquisition dynamique|Concours")
    (['accord-cadre', 'concours'], ["systeme d'acquisition dynamique", 'concours'])
    """
    return [plain(one).strip(_AROUND) for one in re.split("[|;,]", text)]

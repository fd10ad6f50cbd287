"""Why a value is to be verified, in the reader's language.

In: a `Suspect`. Out: one sentence.

>>> from beffroi.notices import Suspect
>>> from beffroi.notices.suspects import RULES
>>> print(why(Suspect("amounts[0].value", "thousandfold", RULES["thousandfold"] + ": the lots sum to 300"), "fr"))
la valeur est mille fois (ou un millième de) ce que les autres valeurs de l'avis impliquent : les lots font 300
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.notices.suspects import RULES

if TYPE_CHECKING:
    from beffroi.notices import Suspect
    from beffroi.render.figures import Lang

_FRENCH = {
    "identifier_as_amount": "les chiffres sont ceux d'un identifiant, d'un code, d'un téléphone ou d'une date",
    "thousandfold": "la valeur est mille fois (ou un millième de) ce que les autres valeurs de l'avis impliquent",
    "symbolic": "un montant de 10 ou moins tient lieu de valeur non précisée, ou est un prix unitaire",
    "negative": "un achat n'a pas de valeur négative",
    "lot_above_total": "un lot dépasse à lui seul le total indiqué pour tous les lots",
    "date_out_of_range": "l'année est hors de 1990 à 2100",
    "deadline_before_publication": "les réponses auraient été attendues avant la publication de l'avis",
    "sentinel_date": "la date est celle qu'un logiciel met quand aucune n'est indiquée",
}
_DETAILS = {
    "corrected, the lots sum to ": "une fois corrigée, les lots font ",
    "the lots sum to ": "les lots font ",
    "the total is ": "le total est de ",
    "award ": "montant attribué ",
    "published ": "publié le ",
    "it is the identifier of ": "c'est l'identifiant de ",
    "it is a postcode of the notice": "c'est un code postal de l'avis",
    "it is a CPV code of the notice": "c'est un code CPV de l'avis",
    "it is the number of the notice": "c'est le numéro de l'avis",
    "it is a valid SIRET": "c'est un SIRET valide",
    "it reads as a French telephone number": "il se lit comme un numéro de téléphone français",
    "it reads as a date close to the notice's own": "il se lit comme une date proche de celles de l'avis",
    "it is a valid SIREN and a hundred times every other amount": "c'est un SIREN valide, cent fois tout autre montant",
}


def why(suspect: Suspect, lang: Lang) -> str:
    """Return the rule's sentence and its detail; a rule without French words speaks its own."""
    sentence = RULES.get(suspect.rule)
    if lang != "fr" or sentence is None or not suspect.why.startswith(sentence):
        return suspect.why
    detail = suspect.why[len(sentence) :].removeprefix(": ")
    for english, french in _DETAILS.items():
        if detail.startswith(english):
            detail = (french + detail[len(english) :]).replace(", estimate ", ", valeur estimée ", 1)
            break
    return f"{_FRENCH[suspect.rule]} : {detail}" if detail else _FRENCH[suspect.rule]

"""Labels and rules of citations, as a page in a language shows them.

In: a rubric's label, a rule. Out: the words and, where they are not of the page's language, the language they are in.

Formats name rubrics as the bulletin prints them, in French (BOAMP, standard forms) or by a number of no language
(BT-27), and rules in English. What has no translation here is shown as it is, marked with its language.

>>> label("Rubrique II.2.6, lot 1", "en"), label("BT-27, LOT-0001", "en"), label("Objet du marché", "en")
(('Section II.2.6, lot 1', None), ('BT-27, LOT-0001', None), ('Objet du marché', 'fr'))
>>> rule("the element ACCORD_CADRE states it", "fr")
("l'élément ACCORD_CADRE le dit", None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.render.figures import Lang

Said = tuple[str, "Lang | None"]

_NO_LANGUAGE = re.compile(r"(?:BT|OPP|OPT|OPA|ND)-|[A-Z0-9_]+(?:,|$)|F\d\d_")
_FRENCH = {
    "its description says so": "sa description le dit",
    "the element's name states it": "le nom de l'élément le dit",
    "the element's name gives the kind": "le nom de l'élément dit de quel montant il s'agit",
    "the element's place in the form": "la place de l'élément dans le formulaire",
    "the form asks for values excluding VAT": "le formulaire demande des valeurs hors TVA",
    "the form's codes": "les codes du formulaire",
    "the kind of notice this form is for": "le type d'avis auquel sert ce formulaire",
    "the kind of procedure, as BT-105 codes it": "le type de procédure, selon les codes de BT-105",
    "the nature, status or section of the notice": "la nature, l'état ou la section de l'avis",
    "the number of an earlier notice": "le numéro d'un avis antérieur",
    "the kind of both notices says how they belong together": "la nature des deux avis dit ce qui les lie",
    "the wall clock in Paris, whatever offset the legacy form stamps": (
        "l'heure à Paris, quel que soit le décalage qu'inscrit l'ancien formulaire"
    ),
    "the words beside the amount say it": "les mots voisins du montant le disent",
    "the words give a number and no kind": "les mots donnent un nombre sans dire de quelle sorte",
    "the words of the award": "les mots de l'attribution",
    "the section of the form": "la section du formulaire",
    "family, nature and sub-nature of the notice": "la famille, la nature et la sous-nature de l'avis",
    "the rubric it stands in": "la rubrique où il se trouve",
    "the BOAMP publishes in French": "le BOAMP paraît en français",
}
_FRENCH_FORMS = (
    (re.compile(r"implied by the element (\S+)"), r"impliqué par l'élément \1"),
    (re.compile(r"the element (\S+) states it"), r"l'élément \1 le dit"),
    (re.compile(r"(\S+) is ticked"), r"la case \1 est cochée"),
    (re.compile(r"(?:a|the) box(?: ticked)? (?:of|in) (\S+)"), r"une case de la rubrique \1"),
    (re.compile(r"(\S+) gives the kind"), r"\1 en dit la sorte"),
)


def label(text: str, lang: Lang) -> Said:
    """Return a rubric's label for a page in a language."""
    if lang == "en" and text.startswith("Rubrique "):
        return "Section " + text.removeprefix("Rubrique "), None
    return text, None if lang == "fr" or _NO_LANGUAGE.match(text) else "fr"


def rule(text: str, lang: Lang) -> Said:
    """Return a rule for a page in a language."""
    if lang == "en":
        return text, None
    if text in _FRENCH:
        return _FRENCH[text], None
    for form, french in _FRENCH_FORMS:
        if match := form.fullmatch(text):
            return match.expand(french), None
    return text, "en"

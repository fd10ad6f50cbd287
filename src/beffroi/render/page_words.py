"""The words of the page that are not of the record: headings, captions, notes.

In: a key. Out: its words in a language.

>>> say("skip", "fr"), say("skip", "en")
('Aller au contenu', 'Skip to content')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.render.figures import Lang

PAGE: dict[str, tuple[str, str]] = {
    "skip": ("Aller au contenu", "Skip to content"),
    "other": ("Read in English", "Lire en français"),
    "bulletin": ("Le bulletin du", "The bulletin of"),
    "bulletin_caption": (
        "Avis publiés ce jour-là dans cette archive, dans l'ordre des numéros.",
        "Notices published that day in this archive, by number.",
    ),
    "contents": ("Sur cette page", "On this page"),
    "facts": ("L'essentiel", "The essentials"),
    "facts_caption": (
        "Chaque valeur, et l'endroit du document où elle est écrite.",
        "Each value, and the place of the document where it is written.",
    ),
    "field": ("Rubrique", "Field"),
    "value": ("Valeur", "Value"),
    "written": ("Où c'est écrit", "Where it is written"),
    "lots_caption": (
        "Sous chaque valeur : la citation, sa rubrique, et le début de l'empreinte SHA-256 du document.",
        "Below each value: the quotation, its rubric, and the beginning of the document's SHA-256 digest.",
    ),
    "calculated": ("calculé, non écrit dans l'avis :", "calculated, not written in the notice:"),
    "sum": ("somme calculée", "calculated sum"),
    "changes_caption": (
        "L'ancienne et la nouvelle valeur, telles que l'avis les écrit, coquilles comprises.",
        "The former and the new value, as the notice writes them, slips included.",
    ),
    "awards_caption": ("Une ligne par décision.", "One row a decision."),
    "procedure_caption": (
        "Les avis que leurs identifiants rattachent à celui-ci ; un même avis publié deux fois est à compter une fois.",
        "The notices whose identifiers belong with this one's; one notice published twice is to be counted once.",
    ),
    "where": ("Endroit", "Where"),
    "old": ("Au lieu de", "Instead of"),
    "new": ("Lire", "Read"),
    "suppliers": ("Titulaires", "Suppliers"),
    "reconstruction_note": (
        "Texte recomposé à partir de faits connus : ce n'est pas l'avis officiel.",
        "Text put together from known facts: this is not the official notice.",
    ),
    "reconstruction_lots": ("Ses lots sont connus par la presse.", "Its lots are known through the press."),
    "sample_note": (
        "Avis inventé pour cette démonstration : l'acheteur et les montants n'existent pas.",
        "Notice invented for this demonstration: neither the buyer nor the amounts exist.",
    ),
    "official": ("L'avis officiel, à lire et à citer", "The official notice, to read and to cite"),
    "documents": ("Documents cités", "Documents cited"),
    "documents_caption": (
        "Recalculez l'empreinte d'un document avec sha256sum : si elle est la même, ce sont les mêmes octets.",
        "Recompute a document's digest with sha256sum: if it is the same, so are its bytes.",
    ),
    "instrument": ("Forme du contrat", "Form of contract"),
    "method": ("Procédure", "Procedure"),
    "name": ("Nom", "Name"),
    "bytes": ("Octets", "Bytes"),
    "digest": ("Empreinte SHA-256", "SHA-256 digest"),
    "rule": ("règle :", "rule:"),
    "nothing": ("Aucun avis ce jour-là dans cette archive.", "No notice that day in this archive."),
    "untitled": ("sans titre", "untitled"),
    "and_unread": ("passages du document n'ont pas été interprétés", "passages of the document were not interpreted"),
}
WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def say(key: str, lang: Lang) -> str:
    """Return the words of a key."""
    return PAGE[key][0 if lang == "fr" else 1]

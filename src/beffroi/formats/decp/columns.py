"""Columns of a row that describe one thing within the contract: a modification, an act of subcontracting.

In: the fields of a row. Out: the same under the names they have in a record, so that one reader serves both.

The Opendatasoft sets print a row for each modification and each act of a contract; what is not stated is "CDL".

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.decp.fields import Fields, tree
>>> row = Fields(Cursor(), tree(b'{"idmodification": "1", "montantmodification": "60000", "idsoustraitant": "CDL"}'))
>>> [part.one("montant").text for part in within(row, MODIFICATION)], list(within(row, ACT))
(['60000'], [])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.formats.decp.fields import Fields

MODIFICATION: Mapping[str, tuple[str, ...]] = {
    "id": ("idmodification", "modificationsid"),
    "montant": ("montantmodification",),
    "valeurglobale": ("valeurglobalemodification", "modificationsvaleurglobale"),
    "dureemois": ("dureemoismodification", "modificationsdureemois"),
    "objetmodification": ("objetmodification",),
    "datenotificationmodification": ("datenotificationmodification", "datenotificationmodificationmodification"),
    "datesignaturemodification": ("datesignaturemodification",),
    "datepublicationdonneesmodification": (
        "datepublicationdonneesmodification",
        "datepublicationdonneesmodificationmodification",
    ),
    "titulaires": ("titulairesmodification",),
    "titulaire_id_1": ("idtitulairemodification",),
    "titulaire_typeidentifiant_1": ("typeidentifianttitulairemodification",),
}
ACT: Mapping[str, tuple[str, ...]] = {
    "id": ("idactesoustraitance",),
    "montant": ("montantactesoustraitance",),
    "dureemois": ("dureemoisactesoustraitance",),
    "datenotification": ("datenotificationactesoustraitance",),
    "datepublicationdonnees": ("datepublicationdonneesactesoustraitance",),
    "variationprix": ("variationprixactesoustraitance",),
    "soustraitant_id": ("idsoustraitant",),
    "soustraitant_typeidentifiant": ("typeidentifiantsoustraitant",),
}
ACT_MODIFIED: Mapping[str, tuple[str, ...]] = {
    "id": ("idmodificationactesoustraitance",),
    "montant": ("montantmodificationactesoustraitance",),
    "dureemois": ("dureemoismodificationactesoustraitance",),
    "datenotificationmodificationsoustraitance": (
        "datenotificationmodificationsoustraitancemodificationactesoustraitance",
    ),
    "datepublicationdonnees": ("datepublicationdonneesmodificationactesoustraitance",),
}
YEAR: Mapping[str, tuple[str, ...]] = {
    "datepublicationdonneesexecution": ("datepublicationdonneesexecution",),
    "depensesinvestissement": ("depensesinvestissement",),
}


def within(fields: Fields, names: Mapping[str, tuple[str, ...]]) -> Iterator[Fields]:
    """Return what a row's columns say of one thing, or nothing where none of them is stated."""
    part = fields.part(names)
    if part is not None:
        yield part

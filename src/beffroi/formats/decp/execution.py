"""What a concession's authority tells of its performance year by year: investments, and the prices users pay.

In: the fields of a concession. Out: amounts of no purchase (kind `other`) and clauses.

>>> from beffroi.formats.cursor import Cursor
>>> from beffroi.formats.decp.fields import Fields, tree
>>> from beffroi.formats.decp.sheet import Sheet
>>> row = b'{"donneesExecution": [{"donneesAnnuelles": {"depensesInvestissement": 7, "tarifs": [{"tarif": 3}]}}]}'
>>> sheet = Sheet(Fields(Cursor(), tree(row)))
>>> read_execution(sheet); sheet.award["amounts"][0]["note"], sheet.notice["clauses"][0]["text"]
("dépenses d'investissement", '3')
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from beffroi.formats.decp.columns import YEAR, within

if TYPE_CHECKING:
    from beffroi.formats.decp.fields import Fields
    from beffroi.formats.decp.sheet import Sheet

_INVESTED = "dépenses d'investissement"


def read_execution(sheet: Sheet) -> None:
    """Read the yearly data of a concession."""
    listed = sheet.fields.objects("donneesexecution", "donneesannuelles")
    for year in chain(listed, within(sheet.fields, YEAR)):
        published = year.one("datepublicationdonneesexecution")
        when = ""
        if published is not None:
            when = f", publiées le {sheet.cursor.value(published)}"
            sheet.kept("datePublicationDonneesExecution", sheet.cursor.prose(published), published)
        spent = year.one("depensesinvestissement")
        if spent is not None:
            sheet.amount(spent, "other", vat=None, rule="the field's name", note=_INVESTED + when)
        for price in year.objects("tarifs", "tarif"):
            _price(sheet, price)
        year.rest()


def _price(sheet: Sheet, fields: Fields) -> None:
    """Keep what users pay for something: its name and its price, as written."""
    here = [one for one in (fields.one("intituletarif"), fields.one("tarif")) if one is not None]
    if here:
        text = " : ".join(sheet.cursor.prose(one) for one in here)
        sheet.kept("tarif", text, *here, rule="the name of a price and the price")
    fields.rest()

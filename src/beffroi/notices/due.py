"""When the essential data of a contract must be public: before that day their absence means nothing.

In: the day a contract was notified to its holder. Out: the first day on which its absence could mean something.

Buyers publish the essential data within two months from the day of notification (article R2196-1 of the code de la
commande publique, in force since 1 January 2024 for contracts of 40,000 euros and more, VAT excluded; the orders of 14
April 2017 and 22 March 2019 gave the same two months on the buyer's profile). A delay in months ends at the end of the
day of the last month that bears the number of the first, or of that month's last day (article 641 of the code de
procédure civile); platforms add days of their own, which this does not count.

>>> due(date(2026, 12, 14)), due(date(2026, 12, 31))
(datetime.date(2027, 2, 15), datetime.date(2027, 3, 1))
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

MONTHS = 2
_YEAR = 12


def due(notified: date) -> date:
    """Return the first day after the delay; raises OverflowError beyond the calendar."""
    years, month = divmod(notified.month - 1 + MONTHS, _YEAR)
    year = notified.year + years
    if year > date.max.year:
        raise OverflowError(f"{notified} is too late a day to count from")
    last = date(year, month + 1, min(notified.day, monthrange(year, month + 1)[1]))
    return last + timedelta(days=1)

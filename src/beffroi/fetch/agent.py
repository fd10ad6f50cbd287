"""How we name ourselves to servers.

In: a contact. Out: the User-Agent.

>>> agent("https://example.org/watch").partition("; ")
('Mozilla/5.0 (compatible', '; ', 'beffroi/0.1.0; +https://example.org/watch)')
"""

from __future__ import annotations

from beffroi import __version__
from beffroi.errors import UsageError


def agent(contact: str | None) -> str:
    """Return the User-Agent: name, version and where to reach whoever runs this (an address or a mailbox).

    The form is that of crawlers which name themselves: TED's firewall answers it where it challenges bare names.
    Raises UsageError for a contact that no header can hold.
    """
    named = f"; +{contact.strip()}" if contact and contact.strip() else ""
    if not named.isascii() or not named.isprintable() or set("()") & set(named):
        raise UsageError(f"{contact!r}: a contact is plain ASCII without brackets (an address or a mailbox)")
    return f"Mozilla/5.0 (compatible; beffroi/{__version__}{named})"

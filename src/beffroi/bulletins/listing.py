"""The listing that Apache makes of a folder: which of the names on it are files we know.

In: the address of a folder and its listing. Out: names. A link counts only where it leads to something directly in this
folder and the whole of its name has the form that is expected: no other host, no path, no query is followed.

>>> names("https://example.org/a/", b'<title>Index of /a</title><a href="/a/26-1.xml">x</a><a href="../">..</a></html>')
('26-1.xml',)
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from beffroi.errors import Garbled

_HREF = re.compile(r"""<a\s[^>]{0,200}?href\s*=\s*["']([^"']{1,300})["']""", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*/?")


def names(address: str, body: bytes) -> tuple[str, ...]:
    """Return the files and folders (these end in `/`) of a listing, each once, in its order.

    Raises Garbled for another page than a listing, and for one that is cut short.
    """
    page = body.decode("latin-1")
    if "Index of" not in page:
        raise Garbled(f"{address}: another page than the listing of a folder")
    if "</html>" not in page[-200:].lower():
        raise Garbled(f"{address}: the listing of the folder is cut short")
    here = urlsplit(address).path
    links = (unescape(one).removeprefix(here) for one in _HREF.findall(page))
    return tuple(dict.fromkeys(one for one in links if _NAME.fullmatch(one)))

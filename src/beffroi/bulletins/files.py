"""A folder of packages that someone else downloaded: a disk from a colleague, a mirror, a daily copy.

In: the listing of a folder on this machine (a JSON list of `file:///…` addresses), asked for with `--at DIR`. Out: one
slice a file. The records keep the source that published them; a file that did not change since it was read costs
nothing the second time.

A folder has no publication days: every window brings all of it, and nothing is promised.

>>> [first(one, {"folder": "file:///srv/ted"}).url for one in slices(
...     Window(date(2026, 9, 1), date(2026, 9, 30)), "folder",
...     (Response("file:///srv/ted", 200, {}, b'["file:///srv/ted/2026/a%20b.tar.gz"]', "2026-10-01T00:00:00Z"),))]
['file:///srv/ted/2026/a%20b.tar.gz']
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import msgspec

from beffroi.bulletins.bulletin import Bulletin, Page, Slice, Window
from beffroi.errors import Garbled
from beffroi.fetch.ask import Ask, Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beffroi.notices import Notice

BULLETIN = Bulletin(
    name="files",
    source="files",
    title={"fr": "Un dossier de fichiers déjà téléchargés", "en": "A folder of files already downloaded"},
    publisher="–",
    homepage="",
    licence="–",
    licence_url="",
    attribution={
        "fr": "Fichiers locaux lus le {date} : la licence et la mention sont celles de la source de chaque avis.",
        "en": "Local files read on {date}: licence and acknowledgement are those of each notice's source.",
    },
    addresses={"folder": ""},
    ways=("folder",),
    promise=None,
    begins=date(1900, 1, 1),
    month=None,
    given=True,
)


def calendars(window: Window, way: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return the request for the folder's listing."""
    del window, way
    return (Ask(addresses["folder"]),)


def slices(window: Window, way: str, answers: tuple[Response, ...]) -> Iterator[Slice]:
    """Return a slice a file, named by its path below the folder; raises Garbled for what is no listing."""
    for answer in answers:
        try:
            listed = msgspec.json.decode(answer.body, type=list[str])
        except msgspec.DecodeError as error:
            raise Garbled(f"{answer.url}: no listing of a folder: {error}") from error
        below = f"{answer.url.rstrip('/')}/"
        for address in listed:
            yield Slice(unquote(address.removeprefix(below)), way, *window)


def first(piece: Slice, addresses: Mapping[str, str]) -> Ask:
    """Return the request for the file."""
    return Ask(f"{addresses['folder'].rstrip('/')}/{quote(piece.key)}", what="package")


def page(ask: Ask, response: Response) -> Page:
    """Raise Garbled: a file is a package, none is a page."""
    del response
    raise Garbled(f"{ask.url}: a file is read as a package")


def number(text: str) -> None:
    """Return None: no number tells that a notice is in a folder."""
    del text


def wanted(number: str, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return nothing: one notice of a folder is loaded with the folder."""
    del number, addresses
    return ()


def related(notice: Notice, addresses: Mapping[str, str]) -> tuple[Ask, ...]:
    """Return nothing, for the same reason."""
    del notice, addresses
    return ()

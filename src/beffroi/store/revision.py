"""Whether two records of one notice say the same: what makes a revision, and what only another encoding.

In: records. Out: a digest, and whether two records agree.

The same encoding (media type) published twice: any difference in the record less `document` is a revision. Another
encoding (the JSON and the XML of one BOAMP notice) carries fields the first has not, and places of its own: it is a
further document of a revision when the two agree, which is:

- every field that both fill is equal, down to the last value;
- of `clauses`, `places` and the targets of `links`, one has all that the other has: the flat fields of the BOAMP's API
  add some (the department, the end of diffusion), and a link's relation follows from a kind that only they may state;
- `form` and `url` (the encoding's own words), `unread` (its places are the encoding's) and `suspects` (derived) are not
  compared.

>>> agree({"title": "A", "url": "x"}, {"title": "A", "form": "F02"}), agree({"title": "A"}, {"title": "B"})
(True, False)
>>> agree({"lots": [{"id": "1"}]}, {"lots": [{"id": "1"}, {"id": "2"}]})
False
>>> agree({"clauses": [{"place": "a", "text": "x"}]}, {"clauses": [{"place": "a", "text": "y"}]})
False
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec

from beffroi.notices import DocumentInfo, to_json

if TYPE_CHECKING:
    from beffroi.notices import Notice

_NO_DOCUMENT = DocumentInfo("", "", 0, "", "official")
_OF_THE_ENCODING = frozenset({"document", "revision", "form", "url", "unread", "suspects"})
_HELD = frozenset({"clauses", "places", "links"})


def digest(notice: Notice) -> bytes:
    """Return the digest of a record less its `document` and the revision we give it."""
    bare = msgspec.structs.replace(notice, document=_NO_DOCUMENT, revision=1)
    return blake2b(to_json(bare), digest_size=16).digest()


def same_in_another_encoding(one: Notice, other: Notice) -> bool:
    """Return whether two records from different encodings agree; those from one encoding are told by their digest."""
    if one.document.media_type == other.document.media_type:
        return False
    return agree(msgspec.to_builtins(one), msgspec.to_builtins(other))


def agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two records say the same where both speak."""
    both = (one.keys() & other.keys()) - _OF_THE_ENCODING
    return all(_held(one[name], other[name]) if name in _HELD else _equal(one[name], other[name]) for name in both)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_equal(one[name], other[name]) for name in one.keys() & other.keys())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)


def _held(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    """Return whether one list has all that the other has, in any order; of a link only the target counts."""
    these, those = ({part.get("target") or msgspec.json.encode(part) for part in parts} for parts in (one, other))
    return these <= those or those <= these

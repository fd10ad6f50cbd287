"""Whether two records of one notice say the same: what makes a revision, and what only another encoding.

In: records. Out: a digest, and whether two records agree.

The same encoding (media type) published twice: any difference in the record less `document` is a revision. Another
encoding (the JSON and the XML of one BOAMP notice) carries fields the first has not, and places of its own: it is a
further document of a revision when the two agree, which is: every field that both fill is equal, down to the last
value; `url`, `unread` (its places are the encoding's) and `suspects` (derived) are not compared.

>>> agree({"title": "A", "url": "x"}, {"title": "A", "form": "F02"}), agree({"title": "A"}, {"title": "B"})
(True, False)
>>> agree({"lots": [{"id": "1"}]}, {"lots": [{"id": "1"}, {"id": "2"}]})
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
_OF_THE_ENCODING = frozenset({"document", "revision", "url", "unread", "suspects"})


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
    """Return whether every field that both records fill is equal."""
    return all(_equal(one[name], other[name]) for name in one.keys() & other.keys() - _OF_THE_ENCODING)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_equal(one[name], other[name]) for name in one.keys() & other.keys())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)

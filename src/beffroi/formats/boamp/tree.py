r"""One record of the BOAMP open-data API as a tree: its fields, and the JSON that some of them hold as text.

In: the bytes of a record (41 fields; `gestion`, `donnees` and `annonces_anterieures` are JSON inside a string). Out: a
`JsonNode` named `record` whose children are the fields. A field that holds JSON is expanded: the `path` of what is in
it begins with the field's own key, so the first step indexes the record and the others the JSON inside that string.
A field whose JSON is broken stays a text: no reader of a shape sees it, and it is reported.

Numbers stay as they are written. Texts are what the JSON says, with the HTML entities and stray control characters
some of them hold: readers resolve those (`typography.cleaned`).

>>> root = record_tree(rb'{"idweb": "26-1", "donnees": "{\"OBJET\": {\"CPV\": [{\"PRINCIPAL\": 1.50}]}}"}')
>>> [(field.tag, field.path) for field in root]
[('idweb', ('idweb',)), ('donnees', ('donnees',))]
>>> principal = list(list(list(list(root)[1])[0])[0])[0]
>>> principal.path, principal.text
(('donnees', 'OBJET', 'CPV', 0, 'PRINCIPAL'), '1.50')
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beffroi.errors import Malformed
from beffroi.formats.json_values import parsed
from beffroi.formats.nodes import JsonNode

if TYPE_CHECKING:
    from collections.abc import Mapping

EMBEDDED = ("gestion", "donnees", "annonces_anterieures")
"""The fields that hold JSON as text."""


def record_tree(data: bytes, names: Mapping[str, str] | None = None) -> JsonNode:
    """Return the tree of one record; raises Malformed where the record itself is no JSON object.

    `names` maps the prefixes of eForms (`cbc`) to namespaces.
    """
    try:
        record = parsed(data.decode(json.detect_encoding(data)))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the document is not well-formed JSON: {error}") from error
    if not isinstance(record, dict):
        raise Malformed("the document is JSON but no record: an object of fields was expected")
    return JsonNode("record", {key: _expanded(key, value) for key, value in record.items()}, names=names)


def _expanded(key: str, value: Any) -> Any:
    """Return the JSON a field holds as text, or the text itself where it is none."""
    if key not in EMBEDDED or not isinstance(value, str):
        return value
    try:
        inner = parsed(value)
    except (ValueError, RecursionError):
        return value
    return inner if isinstance(inner, dict | list) else value

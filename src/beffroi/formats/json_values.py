r"""JSON as it is written: numbers keep their digits, and half characters that no encoding can write are replaced.

In: a text of JSON. Out: its values; a number is a `Number`, a text of digits that was no text.

>>> parsed('{"a": 1.50, "b": "1.50"}'), type(parsed("[1.50]")[0]).__name__, parsed(r'"\ud800"')
({'a': '1.50', 'b': '1.50'}, 'Number', '\ufffd')
"""

from __future__ import annotations

import json
from typing import Any


class Number(str):
    """A number of the document, its digits as written."""

    __slots__ = ()


def parsed(text: str) -> Any:
    """Return the values of a text of JSON; raises ValueError, RecursionError."""
    value = json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number)
    return _paired(value) if "\\ud" in text or "\\uD" in text else value


def _paired(value: Any) -> Any:
    """Return the value with lone surrogates (half a character, which no encoding can write) as U+FFFD."""
    if isinstance(value, dict):
        return {_paired(key): _paired(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_paired(one) for one in value]
    if isinstance(value, Number) or not isinstance(value, str):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

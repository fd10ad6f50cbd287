r"""Text of documents, made safe to print: what would steer a terminal or hide its order never reaches it.

In: text as published. Out: the same without escape sequences, control characters, and marks that reorder or hide text.

>>> clean("\x1b[31mrouge\x1b[0m \u202eabc\x9b5m")
'rouge abc5m'
>>> escaped('{"a":"\u202e"}') == '{"a":"\\u202e"}'
True
"""

from __future__ import annotations

import re

import msgspec

from beffroi.notices import Notice

_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])"
)
_SPACES = re.compile("[\t\v\f\r\x85\u2028\u2029]+")
_STEERING = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
_REMOVED = re.compile(f"[{_STEERING}]")


def clean(text: str) -> str:
    """Return the text without what steers a terminal; line feeds stay, other line ends become spaces."""
    return _REMOVED.sub("", _SPACES.sub(" ", _SEQUENCE.sub("", text)))


def cleaned(notice: Notice) -> Notice:
    """Return the notice with every text of it made safe to print."""
    return msgspec.convert(_each(msgspec.to_builtins(notice)), Notice)


def _each(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_each(key): _each(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one) for one in value]
    return value


def escaped(json: str) -> str:
    r"""Return the same JSON with what would steer a terminal written as `\uXXXX`: the value does not change."""
    return _REMOVED.sub(lambda match: json_escape(match[0]), json)


def json_escape(char: str) -> str:
    """Return a character as JSON escapes, as a surrogate pair above U+FFFF."""
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))

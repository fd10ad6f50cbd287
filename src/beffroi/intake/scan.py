r"""Where a JSON value begins and ends in a stream of bytes, without decoding or rewriting it.

In: a stream of UTF-8 JSON. Out: tokens and offsets. In UTF-8 no byte of a longer character looks like ASCII, so quotes
and brackets are found among the bytes as they are. The stream slides through a window: a page of any size is read with
no more memory than its largest record takes.

>>> import io
>>> window = Window(io.BytesIO(b'{"a": "}\\"", "b": [1, {}]}, 7'))
>>> window.value(window.token()); window.offset
26
"""

from __future__ import annotations

import json
import re
from typing import IO

from beffroi.errors import Malformed, TooLarge
from beffroi.intake.limits import CHUNK, MAX_DOCUMENT

QUOTE, COMMA, COLON, END, NONSENSE = ord('"'), ord(","), ord(":"), 0, 1
LIST, LIST_END, OBJECT, OBJECT_END = (ord(one) for one in "[]{}")

_TOKEN = re.compile(
    rb'[ \t\r\n]*+("[^"\\]*+(?:\\.[^"\\]*+)*+"|[][{},:]|-?[0-9][0-9.eE+-]*+|true|false|null)', re.DOTALL
)
_SPACE = re.compile(rb"[ \t\r\n]*+")
_LONGEST_LITERAL = 512
_NEAR_END = 64 * 1024
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_BOM = b"\xef\xbb\xbf"


class Broken(Malformed):
    """The stream is no JSON from here on."""


class Window:
    """A stream seen through a sliding window. `mark` is the offset from which bytes must stay within reach.

    `whole` tells whether the last `value` was JSON throughout; where it is False, only its end is known.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._ended = False
        self._base = 0
        self._at = 0
        self._bytes = b""
        self._text: str | None = None
        self._lines = 1
        self.begin = 0
        self.whole = False
        self.mark: int | None = None
        self.more()
        if self._bytes.startswith(_BOM):
            self._at = len(_BOM)

    @property
    def offset(self) -> int:
        """Return where in the stream the window stands."""
        return self._base + self._at

    def more(self) -> bool:
        """Read on, forgetting what lies before the mark; return False at the end of the stream."""
        keep = self._at if self.mark is None else min(self._at, self.mark - self._base)
        kept = len(self._bytes) - keep
        if kept > MAX_DOCUMENT:
            start = self._base + keep
            raise TooLarge(f"the record at byte {start:,} is longer than {MAX_DOCUMENT:,} bytes: the rest is refused")
        chunk = self._stream.read(max(CHUNK, kept))
        self._lines += self._bytes.count(b"\n", 0, keep)
        self._bytes = self._bytes[keep:] + chunk
        self._text = None
        self._base += keep
        self._at -= keep
        self._ended = not chunk
        return bool(chunk)

    def token(self) -> int:
        """Advance past one token and return its last byte: `"` for a string, END at the end.

        Where no token stands, NONSENSE is returned and the window does not advance. `begin` is where it stands.
        """
        while True:
            found = _TOKEN.match(self._bytes, self._at)
            if found is not None and (found.end() < len(self._bytes) or self._ended):
                self.begin = self._base + found.start(1)
                self._at = found.end()
                return self._bytes[self._at - 1]
            if self._ended or (found is None and self._nonsense()):
                self._at = self._space()
                self.begin = self.offset
                return NONSENSE if self._at < len(self._bytes) else END
            self.more()

    def _nonsense(self) -> bool:
        """Return whether what stands here cannot be the beginning of a token that later bytes complete."""
        at = self._space()
        return len(self._bytes) - at > _LONGEST_LITERAL and self._bytes[at] != QUOTE

    def _space(self) -> int:
        space = _SPACE.match(self._bytes, self._at)
        assert space is not None
        return space.end()

    def value(self, first: int) -> None:
        """Advance to the end of the value whose first token was just read; raises Broken.

        What is JSON throughout is passed over at once. Of the rest, only what would lose the way is refused (brackets
        that do not match, a value where none can stand): `whole` then tells that it has to be looked at.
        """
        self.whole = first in (OBJECT, LIST) and self._at_once()
        if self.whole:
            return
        if first not in (OBJECT, LIST):
            if first in (OBJECT_END, LIST_END, COMMA, COLON, END, NONSENSE):
                raise Broken(f"a value is missing at byte {self.begin:,}")
            return
        open_: list[int] = [first]
        before = first
        while open_:
            kind = self.token()
            if kind in (OBJECT_END, LIST_END):
                if open_.pop() != kind - 2:  # in ASCII a closing bracket comes two after its opening one
                    raise Broken(f"brackets do not match at byte {self.begin:,}")
            elif kind in (END, NONSENSE):
                raise Broken(f"no JSON at byte {self.begin:,}")
            elif kind not in (COMMA, COLON):
                self._refuse_misplaced(kind, before, open_[-1])
                if kind in (OBJECT, LIST):
                    open_.append(kind)
            before = kind

    def _at_once(self) -> bool:
        """Advance past a value that is JSON throughout and lies in the window; else stay and return False.

        Each byte is taken for a character (ISO 8859-1): only where the value ends is asked.
        """
        while True:
            if self._text is None:
                self._text = self._bytes.decode("latin-1")
            try:
                self._at = _DECODER.raw_decode(self._text, self.begin - self._base)[1]
            except json.JSONDecodeError as error:
                cut = not self._ended and len(self._text) - error.pos < _NEAR_END
                if not cut or self.mark is None or self.mark > self.begin or not self.more():
                    return False
            except (RecursionError, ValueError):
                return False
            else:
                return True

    def _refuse_misplaced(self, kind: int, before: int, within: int) -> None:
        """Raise Broken for a value after a value, and for a bracket that opens where a name must stand."""
        bracket_for_name = kind in (OBJECT, LIST) and within == OBJECT and before != COLON
        if bracket_for_name or before not in (COMMA, COLON, OBJECT, LIST):
            raise Broken(f"a value stands where none can at byte {self.begin:,}")

    def stand(self, offset: int) -> None:
        """Stand at an offset within the window again."""
        self._at = offset - self._base

    def line(self, offset: int) -> int:
        """Return the number of the line an offset within the window stands on, from 1."""
        return self._lines + self._bytes.count(b"\n", 0, offset - self._base)

    def text(self, start: int, end: int) -> bytes:
        """Return the bytes from one offset to another, both within the window."""
        return self._bytes[start - self._base : end - self._base]

    def seek(self, pattern: re.Pattern[bytes], start: int) -> int | None:
        """Return the offset where group 1 of the pattern next matches from `start` on, or None; then stand there."""
        self._at = start - self._base
        while True:
            found = pattern.search(self._bytes, start - self._base)
            if found is not None:
                self._at = found.start(1)
                return self.offset
            start = max(start, self._base + len(self._bytes) - _LONGEST_LITERAL)
            self._at = start - self._base
            if not self.more():
                self._at = len(self._bytes)
                return None

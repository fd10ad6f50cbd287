"""The conditions of ODSQL that collecting uses, checked and applied as the Explore API does.

In: a condition and the types of a dataset's fields. Out: a test of one record; Malformed for what the API refuses.

>>> fields = {"idweb": "text", "dateparution": "date"}
>>> test = condition("dateparution>=date'2026-09-11' and (idweb=\\"26-1\\" or not idweb = '26-2')", fields)
>>> test({"idweb": "26-3", "dateparution": "2026-09-12"}), test({"idweb": "26-2", "dateparution": "2026-09-12"})
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Test = Callable[[Mapping[str, Any]], bool]
_TOKEN = re.compile(
    r"""\s*(?:(?P<date>date\s*'(?P<day>\d{4}-\d{2}-\d{2})')"""
    r"""|(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<mark><=|>=|!=|[=:<>(),])|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>\w+))""",
)
_ESCAPE = re.compile(r"\\(.)")


class Malformed(Exception):  # noqa: N818 - the API's word
    """The API answers 400."""


def condition(text: str, fields: Mapping[str, str]) -> Test:
    """Return the test a condition makes."""
    parser = _Parser(text, fields)
    test = parser.either()
    if parser.token is not None:
        raise Malformed(f"ODSQL query is malformed: {text}")
    return test


class _Parser:
    def __init__(self, text: str, fields: Mapping[str, str]) -> None:
        self._text, self._fields, self._at = text, fields, 0
        self.token: re.Match[str] | None = None
        self._next()

    def _next(self) -> None:
        if not self._text[self._at :].strip():
            self.token = None
            return
        self.token = _TOKEN.match(self._text, self._at)
        if self.token is None:
            raise self._malformed()
        self._at = self.token.end()

    def _malformed(self) -> Malformed:
        return Malformed(f"ODSQL query is malformed: {self._text}")

    def _taken(self, *words: str) -> str | None:
        """Return the present token and go on where it is one of the words."""
        found = self.token[0].strip().lower() if self.token else None
        if self.token is None or found not in words or self.token["text"]:
            return None
        self._next()
        return found

    def either(self) -> Test:
        tests = [self._both()]
        while self._taken("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda record: any(one(record) for one in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._taken("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda record: all(one(record) for one in tests)

    def _one(self) -> Test:
        if self._taken("not"):
            inner = self._one()
            return lambda record: not inner(record)
        if self._taken("("):
            inner = self.either()
            if not self._taken(")"):
                raise self._malformed()
            return inner
        return self._compared()

    def _compared(self) -> Test:
        if self.token is None or not self.token["word"]:
            raise self._malformed()
        field = self.token["word"]
        if field not in self._fields:
            raise Malformed(f"ODSQL query is malformed: Unknown field: {field}")
        self._next()
        if self._taken("is"):
            return self._nothing(field)
        if self._taken("in"):
            return self._among(field)
        mark = self._taken("=", ":", "!=", "<", ">", "<=", ">=")
        if mark is None or (mark in {"<", ">", "<=", ">="} and self._fields[field] == "text"):
            raise self._malformed()
        return _comparison(field, mark, self._literal())

    def _nothing(self, field: str) -> Test:
        negated = self._taken("not")
        if not self._taken("null"):
            raise self._malformed()
        return lambda record: (record[field] is None) != bool(negated)

    def _among(self, field: str) -> Test:
        values: set[str] = set()
        if not self._taken("("):
            raise self._malformed()
        while True:
            values.add(self._literal())
            if self._taken(")"):
                return lambda record: not values.isdisjoint(_values(record[field]))
            if not self._taken(","):
                raise self._malformed()

    def _literal(self) -> str:
        token = self.token
        if token is None:
            raise self._malformed()
        self._next()
        if token["date"]:
            return token["day"]
        if token["text"]:
            return _ESCAPE.sub(r"\1", token["text"][1:-1])
        if token["number"]:
            return token["number"]
        raise self._malformed()


def _values(value: Any) -> list[str]:
    return [] if value is None else [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _comparison(field: str, mark: str, literal: str) -> Test:
    match mark:
        case "=" | ":":
            return lambda record: literal in _values(record[field])
        case "!=":
            return lambda record: literal not in _values(record[field])
        case "<":
            return lambda record: any(one < literal for one in _values(record[field]))
        case ">":
            return lambda record: any(one > literal for one in _values(record[field]))
        case "<=":
            return lambda record: any(one <= literal for one in _values(record[field]))
        case _:
            return lambda record: any(one >= literal for one in _values(record[field]))

"""The house's rules that a machine can hold: one screen a function, one subject a module, nothing swallowed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "beffroi"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_FUNCTION, LONGEST_MODULE, MOST_POSITIONAL = 40, 300, 4
FREE = frozenset({"self", "cls", "cursor"})
"""The cursor goes through every reader, as `self` does through a class."""
NAMELESS = frozenset({"utils", "util", "helpers", "helper", "manager", "common", "misc", "handle", "data", "item"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def functions(module: Path) -> list[Function]:
    return [one for one in ast.walk(tree(module)) if isinstance(one, Function)]


def lines(function: Function) -> int:
    """Return how long a function is, its docstring apart."""
    documented = ast.get_docstring(function, clean=False)
    return (function.end_lineno or 0) - function.lineno + 1 - (documented.count("\n") + 1 if documented else 0)


def test_there_is_a_house() -> None:
    assert len(MODULES) > 50


@pytest.mark.parametrize("module", MODULES, ids=lambda one: str(one.relative_to(SOURCE)))
class TestModule:
    def test_is_short(self, module: Path) -> None:
        assert module.read_text(encoding="utf-8").count("\n") <= LONGEST_MODULE

    def test_says_what_goes_in_and_out(self, module: Path) -> None:
        said = ast.get_docstring(tree(module)) or ""
        package = module.name == "__init__.py" and module.parent == SOURCE
        assert package or module.name in {"__main__.py", "errors.py"} or ("In:" in said and "Out:" in said), said

    def test_has_a_name(self, module: Path) -> None:
        assert module.stem not in NAMELESS

    def test_its_functions_fit_a_screen(self, module: Path) -> None:
        assert [(one.name, lines(one)) for one in functions(module) if lines(one) > LONGEST_FUNCTION] == []

    def test_its_functions_take_few_positional_parameters(self, module: Path) -> None:
        many = [
            (one.name, len(taken))
            for one in functions(module)
            if len(taken := [arg for arg in one.args.args if arg.arg not in FREE]) > MOST_POSITIONAL
        ]
        assert many == []

    def test_swallows_no_exception(self, module: Path) -> None:
        handlers = [one for one in ast.walk(tree(module)) if isinstance(one, ast.ExceptHandler)]
        silent = [one.lineno for one in handlers if all(isinstance(line, ast.Pass | ast.Continue) for line in one.body)]
        assert silent == []

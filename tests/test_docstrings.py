"""Every module's docstring shows what comes in and what goes out, and its examples hold."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import beffroi

MODULES = ["beffroi", *(found.name for found in walk_packages(beffroi.__path__, "beffroi."))]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_docstring_hold(name: str) -> None:
    module = import_module(name)
    assert module.__doc__, f"{name} does not say what comes in and what goes out"
    failed, _ = doctest.testmod(module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL | doctest.NORMALIZE_WHITESPACE)
    assert failed == 0

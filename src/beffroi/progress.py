"""Progress for a person who waits: a bar on a terminal, nothing elsewhere; messages on standard error.

In: one call for each document, with what went wrong with it. Out: lines on standard error.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(doing: str, total: int | None = None) -> Iterator[Callable[[str | None], None]]:
    """Give a function to call for each document, with the sentence that says what is wrong with it or None."""
    if not sys.stderr.isatty():
        yield _print
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)

        def told(wrong: str | None) -> None:
            if wrong is not None:
                bar.console.print(f"beffroi: {wrong}", markup=False, highlight=False, soft_wrap=True)
            bar.advance(task)

        yield told


def _print(wrong: str | None) -> None:
    if wrong is not None:
        print(f"beffroi: {wrong}", file=sys.stderr)

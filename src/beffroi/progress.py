"""Progress for a person who waits: a bar on a terminal, nothing elsewhere; messages on standard error.

In: one call for each document, with what went wrong with it and how much of the whole it is. Out: lines on standard
error. Where the whole is known, the bar shows its share and the time left; else how many documents, and since when.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress


class Told(Protocol):
    """Hears of each document: the sentence that says what is wrong with it or None, and its part of the whole."""

    def __call__(self, wrong: str | None, part: int = 1) -> None: ...


@contextmanager
def progress(doing: str, total: Callable[[], int | None] = lambda: None) -> Iterator[Told]:
    """Give a function to call for each document; `total` is asked for the whole only where someone watches."""
    if not sys.stderr.isatty():
        yield said
        return
    whole = total()
    with _bar(known=bool(whole)) as bar:
        task = bar.add_task(doing, total=whole or None, count=0)

        def told(wrong: str | None, part: int = 1) -> None:
            if wrong is not None:
                bar.console.print(f"beffroi: {wrong}", markup=False, highlight=False, soft_wrap=True)
            bar.update(task, advance=part, count=bar.tasks[0].fields["count"] + 1)

        yield told


def _bar(*, known: bool) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    count = TextColumn("{task.description} {task.fields[count]:,}")
    left = (TaskProgressColumn(), TimeRemainingColumn(), TextColumn("left")) if known else (TimeElapsedColumn(),)
    return Progress(count, BarColumn(), *left, console=Console(stderr=True), transient=True)


def said(wrong: str | None, part: int = 1) -> None:
    """Say on standard error what is wrong with a document, with no bar around it."""
    del part
    if wrong is not None:
        print(f"beffroi: {wrong}", file=sys.stderr)

"""Progress for a person who waits: a bar on a terminal, nothing elsewhere; messages on standard error.

In: one call for each document, with what went wrong with it and how much of the whole it is. Out: lines on standard
error. Where the whole is known, the bar shows its share and the time left; else how many documents, and since when. A
collection (`Watch`) shows which day it is at, how many notices came of those announced, and what it waits for.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from rich.progress import Progress

    from beffroi.collect import Step
    from beffroi.store.load import Prepared


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


class Watch:
    """What a collection tells, shown on a terminal while its context lasts; elsewhere only what is wrong is said."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._bar: Progress | None = None
        self._announced = self._count = 0
        self._step: Step | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._bar = _days()
            self._bar.add_task(self._name, total=None, count="", note="")
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def step(self, now: Step) -> None:
        """Show which slice has begun, or what is announced of it."""
        before = self._step.announced if self._step is not None and self._step.number == now.number else None
        self._announced += (now.announced or 0) - (before or 0)
        self._step = now
        if self._bar is not None:
            days = now.since if now.since == now.until else f"{now.since} – {now.until}"
            told = f"{self._name} {days} ({now.number:,} of {now.of:,})"
            self._bar.update(self._bar.task_ids[0], description=told, total=now.of, completed=now.number - 1)
            self._show()

    def told(self, one: Prepared) -> None:
        """Count a document that came; say what is wrong with it."""
        self._count += 1
        if self._bar is None:
            said(one.error)
            return
        if one.error is not None:
            self._bar.console.print(f"beffroi: {one.error}", markup=False, highlight=False, soft_wrap=True)
        self._show()

    def note(self, sentence: str) -> None:
        """Show what is waited for, or asked again, until the next notice comes; any thread may tell it."""
        if (bar := self._bar) is not None:
            bar.update(bar.task_ids[0], note=_short(sentence))

    def _show(self) -> None:
        if self._bar is not None:
            of = f" of {self._announced:,} announced" if self._announced else ""
            self._bar.update(self._bar.task_ids[0], count=f"{self._count:,} notices{of}", note="")


def _short(sentence: str) -> str:
    """Return a sentence without the address it begins with.

    >>> _short("https://example.org/a?b=c: attempt 2 of 6 in 1 s: 500"), _short("example.org asks us to wait 120 s")
    ('attempt 2 of 6 in 1 s: 500', 'example.org asks us to wait 120 s')
    """
    return sentence.partition(": ")[2] if sentence.startswith("http") else sentence


def _days() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    told = [TextColumn(f"{{task.{name}}}", markup=False) for name in ("description", "fields[count]", "fields[note]")]
    return Progress(
        told[0], BarColumn(12), *told[1:], TimeElapsedColumn(), console=Console(stderr=True), transient=True
    )

"""A corpus from its sources: planned, done part by part, gathered, and told by its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from quotes.corpus import distributing, finishing, gathering
from quotes.corpus.finishing import Totals
from quotes.corpus.folder import Written
from quotes.corpus.parts import PART_BYTES, Part
from quotes.corpus.writing import Task
from quotes.extraction.opinion import settled


class Telling(Protocol):
    """Hears how far a corpus is."""

    def begin(self, parts: int, done: int) -> None:
        """Hear how many parts there are, and how many of them are done already."""

    def part(self, part: Part, written: Written) -> None:
        """Hear what became of a part."""

    def gather(self) -> None:
        """Hear that all parts are done, and what is common to them is looked for."""


def make(
    sources: Iterable[str],
    task: Task,
    engine: Callable[[], AbstractContextManager[gathering.Engine]],
    tell: Telling,
    *,
    part_bytes: int = PART_BYTES,
) -> Totals:
    """Make a corpus, or go on with one: the same from the same sources, however often it was stopped.

    Whether the encoder is asked is settled here, once for all processes.

    Raises:
        CorpusError: where the folder has another corpus or can't be written to, nothing is there to be read,
            or the engine is gone. What is done is done.
    """
    task = replace(task, plan=replace(task.plan, model=settled(task.plan.model)))
    plan = distributing.planned(sources, part_bytes)
    header = distributing.header(task, part_bytes)
    task.folder.plan(plan.parts, header)
    done = task.folder.done()
    left = [part for part in plan.parts if part.name not in done]
    tell.begin(len(plan.parts), len(plan.parts) - len(left))
    with engine() as started:
        distributing.distribute(left, task, started, tell.part)
        written = distributing.complete(plan, task.folder)
        tell.gather()
        gathering.gather(written, task.folder, started)
    return finishing.finish(plan, written, task.folder, header)

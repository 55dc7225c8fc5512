"""How far a long call is: a bar in a terminal, a line an article in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from quotes.cli.printing import one_line, say

if TYPE_CHECKING:
    import rich.progress

# In a terminal, the first articles are told one by one; of thousands, the bar tells.
_TOLD = 20


class Progress:
    """Tells of each article; over a few in a terminal, a bar with rate, time left and counts."""

    def __init__(self, files: list[str], *, quiet: bool) -> None:
        self._files = files
        self._quiet = quiet
        self._told = 0
        self._last = ""
        self._done = 0
        self._began = 0.0
        self._bar: rich.progress.Progress | None = None
        self._task: rich.progress.TaskID | None = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            self._show_bar()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _show_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        from quotes.reading.sources import count_files

        self._bar = Progress(
            BarColumn(bar_width=24),
            TextColumn("{task.fields[files]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        total = count_files(self._files)
        # One file may hold a million articles: how many isn't known before its end.
        self._task = self._bar.add_task("", total=total if total > 1 else None, files="", rate="", counts="")
        self._began = time.monotonic()
        self._bar.start()

    def step(self, source: str, talk: str | None, counts: str) -> None:
        """One article is done: what became of it (``None``: that was said), and the counts so far."""
        if self._bar is None:
            if talk and not self._quiet:
                say(talk)
            return
        assert self._task is not None
        self._done += 1
        if talk and self._told < _TOLD:
            self._told += 1
            self._print(talk)
        # The members of a table or archive follow one another and are one file.
        file = source.rsplit(":", 1)[0] if source.rpartition(":")[2].isdigit() else source
        finished = int(file != self._last and self._last != "")
        self._last = file
        rate = f"{self._done / max(time.monotonic() - self._began, 0.001):.1f} articles/s"
        self._bar.update(self._task, advance=finished, rate=rate, counts=one_line(counts))
        task = self._bar.tasks[0]
        if task.total:
            self._bar.update(self._task, files=f"{task.completed:.0f} of {task.total:.0f} files")

    def warn(self, message: str) -> None:
        """Something that went wrong: always said."""
        if self._bar is None:
            say(message)
        else:
            self._print(message)

    def _print(self, message: str) -> None:
        assert self._bar is not None
        self._bar.console.print(f"quotes: {one_line(message)}", markup=False, highlight=False, soft_wrap=True)

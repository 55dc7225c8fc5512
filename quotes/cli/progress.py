"""How far a long call is: a bar that stays in a terminal, a line now and then in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from quotes.cli.printing import counted, one_line, say
from quotes.messages import _, decimal

if TYPE_CHECKING:
    import rich.progress

# In a pipe, a line after so many seconds: a log shows that the work goes on, and how far it is.
_EVERY = 30.0


class Progress:
    """Tells how far the work is, and, where ``each`` is wanted, what became of each article."""

    def __init__(self, files: list[str], *, quiet: bool, each: bool) -> None:
        self._files = files
        self._quiet = quiet
        self._each = each
        self._last = ""
        self._done = 0
        self._began = self._said = time.monotonic()
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
        if self._bar is None:
            return
        assert self._task is not None
        # It stays on the screen, and says that all is done.
        total = self._bar.tasks[0].total
        if error is None and total is not None:
            self._bar.update(self._task, completed=total, files=_files(total, total))
        self._bar.stop()

    def _show_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        from quotes.reading.sources import count_files

        self._bar = Progress(
            BarColumn(bar_width=16),
            TextColumn("{task.fields[files]}", markup=False),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}", markup=False),
            TimeRemainingColumn(compact=True),
            console=Console(stderr=True),
        )
        total = count_files(self._files)
        # One file may hold a million articles: how many isn't known before its end.
        self._task = self._bar.add_task(
            "", total=total if total > 1 else None, files="", rate="", left=_("left") if total > 1 else ""
        )
        self._began = time.monotonic()
        self._bar.start()

    def step(self, source: str, talk: str | None, counts: str) -> None:
        """One article is done: what became of it (``None``: that was said), and the counts so far."""
        self._done += 1
        if talk and self._each and not self._quiet:
            self.warn(talk)
        if self._bar is None:
            self._say_how_far(counts)
            return
        assert self._task is not None
        # The members of a table or archive follow one another and are one file.
        file = source.rsplit(":", 1)[0] if source.rpartition(":")[2].isdigit() else source
        finished = int(file != self._last and self._last != "")
        self._last = file
        self._bar.update(self._task, advance=finished, rate=self._rate())
        task = self._bar.tasks[0]
        if task.total:
            self._bar.update(self._task, files=_files(task.completed, task.total))

    def _say_how_far(self, counts: str) -> None:
        now = time.monotonic()
        if not self._quiet and not self._each and now - self._said >= _EVERY:
            self._said = now
            say(_("so far, {rate}: {counts}").format(rate=self._rate(), counts=counts))

    def _rate(self) -> str:
        rate = self._done / max(time.monotonic() - self._began, 0.001)
        return _("{rate} articles/s").format(rate=decimal(rate, 1))

    def warn(self, message: str) -> None:
        """Say something in a line of its own, above the bar."""
        if self._bar is None:
            say(message)
        else:
            self._bar.console.print(
                f"quotes: {one_line(message)}", markup=False, highlight=False, soft_wrap=True
            )


def _files(done: float, total: float) -> str:
    return _("{done} of {files}").format(done=f"{done:.0f}", files=counted(int(total), "file", "files"))

"""Many parts for many processes: what is done stays, what died is tried again, what kills is given up."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from quotes import __version__
from quotes.corpus.folder import FORMAT, Folder, Written
from quotes.corpus.parts import Part, parts_of
from quotes.corpus.writing import Task, give_up, write_part
from quotes.errors import CorpusError
from quotes.reading import Unread

TRIES = 3
"""A part that kills its process, or breaks off, so often is given up."""
# How often it is looked whether there are more processes, or no scheduler any more (seconds).
_LOOK = 2.0
_NEVER = float("-inf")


class Engine(Protocol):
    """What gives work to processes (see ``engine``): an executor, as ``--jobs`` of add and reextract has."""

    executor: Executor
    tries_at_once: int

    def width(self) -> int:
        """Tell how many tasks can be at work at once."""

    def must_run(self) -> None:
        """Raise ``CorpusError`` where it runs no more."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The parts of a corpus in the order of its sources, and those sources that are no part of any."""

    parts: tuple[Part, ...]
    unread: tuple[Unread, ...]


def planned(arguments: Iterable[str], part_bytes: int) -> Planned:
    """Cut sources into parts.

    Raises:
        CorpusError: where nothing is left to be read.
    """
    parts: list[Part] = []
    unread: list[Unread] = []
    for one in parts_of(arguments, part_bytes):
        if isinstance(one, Unread):
            unread.append(one)
        else:
            parts.append(one)
    if not parts:
        wrong = f" ({unread[0].source}: {unread[0].reason})" if unread else ""
        raise CorpusError(f"nothing to read{wrong}")
    return Planned(tuple(parts), tuple(unread))


def header(task: Task, part_bytes: int) -> dict[str, Any]:
    """Give what of a call its corpus depends on: versions and options."""
    from quotes.extraction.extract import RULES_VERSION

    options: Mapping[str, Any] = {
        "any_language": task.plan.any_language,
        "stated": asdict(task.plan.stated),
        "columns": asdict(task.columns),
    }
    return {
        "format": FORMAT,
        "quotes": __version__,
        "rules": RULES_VERSION,
        "model": task.plan.model,
        "part_bytes": part_bytes,
        "options": options,
    }


Tell = Callable[[Part, Written], None]


def distribute(parts: Iterable[Part], task: Task, engine: Engine, tell: Tell) -> None:
    """Do the parts that are not done, as many at once as there are processes; ``tell`` hears of each.

    A part whose process dies is tried again after all others: so that processes which die for reasons of
    their own (a machine is taken away) hardly ever hit the same part three times.

    Raises:
        CorpusError: where the folder can't be written to, or the engine is gone: what is done is done.
    """
    waiting = deque(parts)
    tries: Counter[str] = Counter()
    at_work: dict[Future[Written], Part] = {}
    width, looked = 1, _NEVER
    try:
        while waiting or at_work:
            if time.monotonic() - looked >= _LOOK:
                # To ask takes as long as to give a part out.
                width, looked = engine.width(), time.monotonic()
            while waiting and len(at_work) < width:
                part = waiting.popleft()
                at_work[_given(part, task, engine)] = part
            done, _ = wait(at_work, timeout=_LOOK, return_when=FIRST_COMPLETED)
            if not done:
                engine.must_run()
            for future in done:
                part = at_work.pop(future)
                try:
                    written = future.result()
                except CorpusError:
                    raise
                except (Exception, CancelledError) as error:
                    engine.must_run()
                    looked = _NEVER
                    tries[part.name] += _weight(error, engine)
                    if tries[part.name] < TRIES:
                        waiting.append(part)
                        continue
                    written = give_up(part, task, _reason(error))
                tell(part, written)
    finally:
        for future in at_work:
            future.cancel()


def _given(part: Part, task: Task, engine: Engine) -> Future[Written]:
    try:
        future: Future[Written] = engine.executor.submit(write_part, part, task)
    except Exception:
        engine.must_run()
        raise
    return future


def _died(error: BaseException) -> bool:
    """Tell whether the process died that had a task, rather than the task failed."""
    return type(error).__name__ in ("KilledWorker", "BrokenProcessPool") or isinstance(error, CancelledError)


def _weight(error: BaseException, engine: Engine) -> int:
    return engine.tries_at_once if _died(error) else 1


def _reason(error: BaseException) -> str:
    if _died(error):
        return f"killed the process that read it {TRIES} times (too much memory?): read it in smaller files"
    said = " ".join(str(error).split())[:200]
    return f"could not be read in {TRIES} tries ({type(error).__name__}: {said}): give it again"


def complete(planned: Planned, folder: Folder) -> list[tuple[Part, Written]]:
    """Give all parts with what became of them.

    Raises:
        CorpusError: where one of them is missing.
    """
    found: list[tuple[Part, Written]] = []
    for part in planned.parts:
        written = folder.written(part.name)
        if written is None:
            raise CorpusError(
                f"{folder.place} is not complete: call `quotes distribute` again, which goes on"
            )
        found.append((part, written))
    return found

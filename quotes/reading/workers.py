"""Processes that may be killed: a hostile page hangs or eats memory there, and not in the program."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import connection
from typing import Any, Generic, TypeVar

from quotes.reading.limits import end_process_after

Task = TypeVar("Task")
Result = TypeVar("Result")

# Per worker. Reading a page takes a tenth of it, lexicons and a language model the half.
_MEMORY = 1_200_000_000
# How many times its processor time a task may take by the clock: on a machine with much else to do it
# waits for its turn.
_PATIENCE = 15


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that gave nothing; ``reason`` is one line."""

    reason: str


class Worker(Generic[Task, Result]):
    """One process that runs ``function``, a function of a module, on one task after the other.

    The process starts at the first task, and again after it had to be killed. A task may take so many
    ``seconds`` of the processor, with ``by_clock`` of the clock (for what waits, for a server perhaps).
    """

    def __init__(self, function: Callable[[Task], Result], seconds: float, *, by_clock: bool = False) -> None:
        self._function = function
        self._seconds = seconds
        # Without such a limit in the system, the clock has to do.
        self._by_clock = by_clock or not hasattr(signal, "SIGXCPU")
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: connection.Connection[Any, Any] | None = None
        self.deadline = 0.0
        self.number: int | None = None

    @property
    def connection(self) -> connection.Connection[Any, Any]:
        """Where the answer comes from."""
        if self._connection is None:
            # A new interpreter: a fork of a process with open databases is a trap, and multiprocessing's
            # spawn runs the user's main module again.
            ours, theirs = socket.socketpair()
            program = f"from quotes.reading.workers import serve; serve({theirs.fileno()})"
            self._process = subprocess.Popen(
                [sys.executable, "-c", program],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            theirs.close()
            self._connection = connection.Connection(ours.detach())
            self._send((pickle.dumps(self._function), None if self._by_clock else self._seconds))
        return self._connection

    def _send(self, message: Any) -> None:
        # A process that died is noticed by whoever waits for its answer.
        with contextlib.suppress(OSError):
            self.connection.send(message)

    def start(self, task: Task, number: int = 0) -> None:
        """Begin a task."""
        starting = self._connection is None
        self._send(task)
        self.number = number
        # A new process first imports what it needs; that is not the task's fault.
        seconds = self._seconds if self._by_clock else max(_PATIENCE * self._seconds, 30)
        self.deadline = time.monotonic() + seconds + (10 if starting else 0)

    def finish(self) -> Result | Failed:
        """Wait for the answer until the deadline."""
        self.number = None
        try:
            if self.connection.poll(max(0, self.deadline - time.monotonic())):
                answer: Result | Failed = self.connection.recv()
                return answer
        except (EOFError, OSError):
            if self._ended() != -getattr(signal, "SIGXCPU", 0):
                return Failed("crashed its reader (too much memory?): save its text as .txt, or split it")
        self.close()
        return Failed(f"took longer than {self._seconds:g} seconds: save its text as .txt, or split it")

    def _ended(self) -> int | None:
        """How the process ended that gave no answer."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                # The other end of the pipe closes a moment before.
                self._process.wait(1)
        self.close()
        return None if self._process is None else self._process.returncode

    def call(self, task: Task) -> Result | Failed:
        """Run one task and wait for it."""
        self.start(task)
        return self.finish()

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._connection is not None:
            self._connection.close()
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            self._connection = None


class Pool(Generic[Task, Result]):
    """Runs ``function`` on tasks in ``jobs`` processes and gives the answers in the order of the tasks.

    At most a few tasks for each process are taken ahead, so that any number of them streams. Between
    two answers, ``pump`` gives free workers something to do.
    """

    def __init__(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], *, jobs: int, seconds: float
    ) -> None:
        self._workers = [Worker(function, seconds) for _ in range(jobs)]
        self._ahead = 4 * jobs
        self._waiting: dict[int, Task] = {}
        self._answers: dict[int, Result | Failed] = {}
        self._source = enumerate(tasks)
        self._exhausted = False

    def answers(self) -> Iterator[tuple[Task, Result | Failed]]:
        """The tasks, each with its answer."""
        given = 0
        try:
            while not self._exhausted or self._waiting:
                self.pump(wait=given not in self._answers)
                if given in self._answers:
                    yield self._waiting.pop(given), self._answers.pop(given)
                    given += 1
        finally:
            for worker in self._workers:
                worker.close()

    def pump(self, *, wait: bool = False) -> None:
        """Take what workers have done and give them more; ``wait`` until one of them is done."""
        busy = [worker for worker in self._workers if worker.number is not None]
        if busy:
            first = min(worker.deadline for worker in busy)
            patience = max(0, first - time.monotonic()) if wait else 0
            ready = connection.wait([worker.connection for worker in busy], patience)
            for worker in busy:
                asked = worker.number
                late = worker.deadline <= time.monotonic()
                if asked is not None and (late or worker.connection in ready):
                    self._answers[asked] = worker.finish()
        for worker in self._workers:
            if worker.number is None and not self._exhausted and len(self._waiting) < self._ahead:
                number, task = next(self._source, (-1, None))
                if task is None:
                    self._exhausted = True
                    break
                self._waiting[number] = task
                worker.start(task, number)


def serve(descriptor: int) -> None:
    """In the worker: take the function, then answer tasks until the other end goes away."""
    pipe: connection.Connection[Any, Any] = connection.Connection(descriptor)
    # Ctrl-C is for the program, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    pickled, seconds = pipe.recv()
    function: Callable[[Any], Any] = pickle.loads(pickled)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        if seconds is not None:
            end_process_after(seconds)
        try:
            answer = function(task)
        except MemoryError:
            answer = Failed("needs too much memory: save its text as .txt, or split it")
        except Exception as error:
            answer = Failed(
                f"could not be read ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
            )
        pipe.send(answer)

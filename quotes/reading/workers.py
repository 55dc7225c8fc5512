"""Processes that may be killed: a hostile page hangs or eats memory there, and not in the program."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
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
        self.function = function
        self._seconds = seconds
        # Without such a limit in the system, the clock has to do.
        self._by_clock = by_clock or not hasattr(signal, "SIGXCPU")
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: connection.Connection[Any, Any] | None = None
        self._killed = False
        self._deadline = 0.0

    @property
    def _opened(self) -> connection.Connection[Any, Any]:
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
                env={
                    # One of several: the encoder would take all processors in each of them.
                    "QUOTES_THREADS": "1",
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                },
            )
            if self._killed:
                self._process.kill()
            theirs.close()
            self._connection = connection.Connection(ours.detach())
            self._send((pickle.dumps(self.function), None if self._by_clock else self._seconds))
        return self._connection

    def _send(self, message: Any) -> None:
        # A process that died is noticed by whoever waits for its answer.
        with contextlib.suppress(OSError):
            self._opened.send(message)

    def _start(self, task: Task) -> None:
        starting = self._connection is None
        self._send(task)
        # A new process first imports what it needs; that is not the task's fault.
        seconds = self._seconds if self._by_clock else max(_PATIENCE * self._seconds, 30)
        self._deadline = time.monotonic() + seconds + (10 if starting else 0)

    def _finish(self) -> Result | Failed:
        """Wait for the answer until the deadline."""
        try:
            if self._opened.poll(max(0, self._deadline - time.monotonic())):
                answer: Result | Failed = self._opened.recv()
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
        self._start(task)
        return self._finish()

    def kill(self) -> None:
        """End the process from another thread than the one that waits for its answer, now and later."""
        self._killed = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._connection is not None:
            self._connection.close()
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            self._connection = None


class Pool(Executor):
    """Processes that may be killed, as an executor of ``concurrent.futures``: a thread waits for each.

    What a task gives is its future's result, or ``Failed`` where it gave nothing; one that kills its process
    costs itself. A task may take so many ``seconds`` of the processor.
    """

    def __init__(self, jobs: int, seconds: float) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(jobs)
        self._own = threading.local()
        self._workers: list[Worker[Any, Any]] = []
        self._over = False

    def submit(self, function: Callable[[Any], Any], /, task: Any) -> Future[Any]:  # type: ignore[override]
        """Have a function of a module run on a task; a process begins anew for another function."""
        return self._threads.submit(self._call, function, task)

    def _call(self, function: Callable[[Any], Any], task: Any) -> Any:
        worker: Worker[Any, Any] | None = getattr(self._own, "worker", None)
        if worker is None or worker.function is not function:
            if worker is not None:
                worker.close()
            worker = self._own.worker = Worker(function, self._seconds)
            self._workers.append(worker)
            if self._over:
                worker.kill()
        return worker.call(task)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when they have done all tasks or, with ``cancel_futures``, whatever they do."""
        self._threads.shutdown(wait=wait and not cancel_futures, cancel_futures=cancel_futures)
        if cancel_futures:
            self._over = True
            for worker in self._workers:
                worker.kill()
            self._threads.shutdown()
        if wait or cancel_futures:
            for worker in self._workers:
                worker.close()


def in_order(
    executor: Executor, function: Callable[[Task], Result], tasks: Iterable[Task], ahead: int
) -> Iterator[tuple[Task, Result]]:
    """Give what ``function`` makes of each task, in their order, however many processes the executor has.

    So many tasks are taken ``ahead``, so that any number of them streams; no answer that is there waits for
    a task that isn't.
    """
    given: deque[tuple[Task, Future[Result]]] = deque()
    for task in tasks:
        given.append((task, executor.submit(function, task)))
        while given and (len(given) >= ahead or given[0][1].done()):
            first, future = given.popleft()
            yield first, future.result()
    for first, future in given:
        yield first, future.result()


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
    frozen = False
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
        del task, answer
        if not frozen:
            # Word lists and weights stay as long as the process: they are not looked through for garbage.
            gc.collect()
            gc.freeze()
            frozen = True

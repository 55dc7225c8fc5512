"""The engine that gives work to processes: Dask, on this machine or on a cluster that somebody else runs.

Nothing here knows of articles. What gives the work out sees an executor of ``concurrent.futures``, and how
many tasks are worth having at work at once.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from quotes.errors import CorpusError
from quotes.extras import how_to_add

# Of a worker itself. What it extracts is in a process beside it, which has a limit of its own.
_MEMORY = "2GiB"
# What a scheduler, its workers and theirs spend on watching themselves: as Dask comes, each
# of its processes wakes a hundred times a second, for profiles that nobody reads here. The environment
# outranks this.
_WATCHING = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.disk": False,
    "distributed.worker.memory.monitor-interval": "500ms",
    # Each connection keeps so many of its last messages (1,000 as Dask comes), with all the parts in them.
    "distributed.admin.low-level-log-length": 100,
    # A worker has one part at a time, and no other waits in its queue.
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.active-memory-manager.start": False,
}
# How often it is looked whether a scheduler has written where it is (seconds).
_LOOK = 0.2
_CLOSE_SECONDS = 5


class Engine:
    """A client of Dask, for whoever gives work out."""

    def __init__(self, client: Any, workers: _Workers | None = None) -> None:
        self._client = client
        # Processes of our own, which are replaced; those of a cluster are somebody else's.
        self._workers = workers
        # A foreign scheduler tries a task that kills its worker again by itself.
        self.tries_at_once = 1 if workers else int(client.run_on_scheduler(_allowed_failures)) + 1
        self.executor: Executor = client.get_executor(pure=False)

    @property
    def address(self) -> str:
        """Where the scheduler is."""
        return str(self._client.scheduler.address)

    def width(self) -> int:
        """How many tasks can be at work at once; at least one, which waits for a process."""
        try:
            return max(1, int(sum(self._client.nthreads().values())))
        except Exception:
            self.must_run()
            return 1

    def compute(self, tasks: Sequence[Any]) -> list[Any]:
        """Compute lazy values (``dask.delayed``), and give them in their order."""
        return list(self._client.gather(self._client.compute(list(tasks))))

    def must_run(self) -> None:
        """See that the scheduler is there, and processes of our own.

        Raises:
            CorpusError: where it has gone.
        """
        if self._client.status != "running" or self._client.scheduler_comm is None:
            raise CorpusError(
                "the scheduler is gone: start it again; the same call then goes on from what is done"
            )
        if self._workers is not None:
            self._workers.replace()


def _allowed_failures(dask_scheduler: Any) -> int:
    return int(dask_scheduler.allowed_failures)


def _variable(name: str) -> str:
    """Give the variable of the environment by which Dask is told a setting."""
    return f"DASK_{name.replace('.', '__').replace('-', '_').upper()}"


class _Workers:
    """Workers of a scheduler as processes of this machine, started as on a cluster.

    Each watches over the process that works, and starts another where that dies or takes too much memory. One
    that gives up (what it watches over died while it started) is replaced.
    """

    def __init__(self, scheduler: str, number: int) -> None:
        self._command = [
            *(sys.executable, "-m", "distributed.cli.dask_worker", scheduler),
            *("--nthreads", "1", "--memory-limit", _MEMORY, "--no-dashboard", "--death-timeout", "30"),
        ]
        self._processes = [self._started() for _ in range(number)]

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                **{_variable(name): str(value) for name, value in _WATCHING.items()},
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
            # Ctrl-C is for the program, which ends its workers.
            start_new_session=True,
        )

    def replace(self) -> None:
        """Start others for those that have ended."""
        for place, process in enumerate(self._processes):
            if process.poll() is not None:
                self._processes[place] = self._started()

    def close(self) -> None:
        """End them."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(_CLOSE_SECONDS)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def running(scheduler: str | None, workers: int) -> Iterator[Engine]:
    """Give an engine: the cluster of this scheduler, or so many processes here.

    A scheduler is told by its address (``tcp://HOST:8786``), or by the file that it writes
    (``dask scheduler --scheduler-file``). It may be starting: it is waited for as long as Dask waits for a
    connection (``distributed.comm.timeouts.connect``).

    Raises:
        CorpusError: where Dask is missing, or the scheduler can't be reached.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        command = how_to_add("cluster")
        raise CorpusError(f"distributing needs Dask: {command}") from None
    for name in ("distributed", "distributed.client", "distributed.scheduler"):
        # What is worth telling is told by whoever gives the work out.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as opened:
        watching = {name: value for name, value in _WATCHING.items() if _variable(name) not in os.environ}
        opened.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 0, **watching}))
        if scheduler is not None:
            try:
                client = Client(_address_of(scheduler), set_as_default=False)
            except (OSError, ValueError, TimeoutError) as error:
                raise CorpusError(
                    f"{scheduler}: no scheduler answers there: check the address, and that it runs"
                ) from error
            opened.callback(_close, client)
            yield Engine(client)
            return
        cluster = opened.enter_context(
            LocalCluster(
                n_workers=0,
                protocol="tcp",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
        )
        started = _Workers(cluster.scheduler_address, workers)
        opened.callback(started.close)
        client = Client(cluster, set_as_default=False)
        opened.callback(_close, client)
        yield Engine(client, started)


def _address_of(scheduler: str) -> str:
    """Give the address of a scheduler that is told by it, or by the file in which it stands.

    Raises:
        CorpusError: where no such file is written in time.
    """
    if "://" in scheduler:
        return scheduler
    import dask
    from dask.utils import parse_timedelta

    seconds = parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"), "s")
    until = time.monotonic() + seconds
    while True:
        # A file that is being written is no JSON yet.
        with suppress(OSError, ValueError, LookupError, TypeError):
            return str(json.loads(Path(scheduler).read_bytes())["address"])
        if time.monotonic() >= until:
            raise CorpusError(
                f"{scheduler}: no scheduler has written there where it is: check the path, and that"
                " `dask scheduler --scheduler-file` runs"
            )
        time.sleep(_LOOK)


def require_pyarrow() -> None:
    """See that what a corpus is written and read by is there.

    Raises:
        CorpusError: where it isn't.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        command = how_to_add("cluster")
        raise CorpusError(f"a corpus needs Dask and pyarrow: {command}") from None


def _close(client: Any) -> None:
    try:
        client.close(timeout=_CLOSE_SECONDS)
    except Exception:  # of a scheduler that is gone
        logging.getLogger(__name__).debug("the client was not closed in order", exc_info=True)

"""The engine that gives work to processes: Dask, on this machine or on a cluster that somebody else runs.

Nothing here knows of articles. What gives the work out sees an executor of ``concurrent.futures``, and how
many tasks are worth having at work at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from quotes.errors import CorpusError

_MISSING = "distributing needs Dask: pip install 'quotes[cluster]'"
# Of a worker itself. What it extracts is in a process beside it, which has a limit of its own.
_MEMORY = "2GiB"
_CONNECT_SECONDS = 30


class Engine:
    """A client of Dask, for whoever gives work out."""

    def __init__(self, client: Any, *, local: bool) -> None:
        self._client = client
        # A foreign scheduler tries a task that kills its worker again by itself.
        self.tries_at_once = 1 if local else int(client.run_on_scheduler(_allowed_failures)) + 1
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
        """See that the scheduler is there.

        Raises:
            CorpusError: where it has gone.
        """
        if self._client.status != "running" or self._client.scheduler_comm is None:
            raise CorpusError(
                "the scheduler is gone: start it again; the same call then goes on from what is done"
            )


def _allowed_failures(dask_scheduler: Any) -> int:
    return int(dask_scheduler.allowed_failures)


@contextmanager
def running(scheduler: str | None, workers: int) -> Iterator[Engine]:
    """Give an engine: the cluster of this scheduler (``tcp://HOST:8786``), or so many processes here.

    Raises:
        CorpusError: where Dask is missing, or the scheduler can't be reached.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise CorpusError(_MISSING) from None
    # What is worth telling is told by whoever gives the work out.
    settings = {"distributed.scheduler.allowed-failures": 0, "distributed.comm.timeouts.connect": "30s"}
    with dask.config.set(settings):
        if scheduler is not None:
            _quiet()
            try:
                client = Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
            except (OSError, ValueError, TimeoutError) as error:
                raise CorpusError(
                    f"{scheduler}: no scheduler answers there: check the address, and that it runs"
                ) from error
            try:
                yield Engine(client, local=False)
            finally:
                _close(client)
            return
        with LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            memory_limit=_MEMORY,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        ) as cluster:
            _quiet()
            client = Client(cluster, set_as_default=False)
            try:
                yield Engine(client, local=True)
            finally:
                _close(client)


def _quiet() -> None:
    for name in ("distributed", "distributed.client", "distributed.nanny", "distributed.scheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _close(client: Any) -> None:
    try:
        client.close(timeout=5)
    except Exception:  # of a scheduler that is gone
        logging.getLogger(__name__).debug("the client was not closed in order", exc_info=True)

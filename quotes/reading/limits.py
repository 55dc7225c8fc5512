"""Limits of time that count what the processor does, not the clock: a busy machine refuses no article."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# A page of a newspaper takes a tenth of a second.
READING_SECONDS = 10.0
# The longest articles take a second; what needs more than this is stuck.
ARTICLE_SECONDS = 20.0


class _OutOfTime(BaseException):
    """What the alarm raises: no ``except Exception`` of a library may keep it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise ``TimeoutError``, with one line to say, when what is done here takes more processor time.

    Inside another limit that one holds. Where the system has no such alarm (Windows) or another thread
    asks, there is none.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
        or signal.getitimer(signal.ITIMER_PROF)[0] > 0
    ):
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGPROF, ring)
    # What is raised where nobody listens (a callback of a library) is lost: it rings again.
    signal.setitimer(signal.ITIMER_PROF, seconds, max(seconds / 10, 0.01))
    try:
        yield
    except _OutOfTime:
        raise TimeoutError(f"took longer than {seconds:g} seconds: split it into its articles") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def end_process_after(seconds: float) -> None:
    """Let the system end this process when it has used so many seconds more of the processor.

    Also code that never comes back to Python is ended by it, which no alarm can do. The system counts
    whole seconds. Where it has no such limit, nothing happens.
    """
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        used = int(time.process_time() + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (used if most < 0 else min(used, most), most))

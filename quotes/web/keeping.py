"""What took long to count, kept for a short while: many readers open the same pages."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

Value = TypeVar("Value")

SECONDS = 30.0
"""So long a count may be older than the archive, when another program writes to it all the time."""
LONGEST = 600.0
"""So long one may be that takes long to find: it is given once more, and found again behind it."""
LONG = 0.15
"""Seconds from which on a count takes long."""
# It is found again after so many times as long as it took, so that counting leaves the processor to readers;
# after so many seconds in any case.
_TIMES = 200
_SELDOM = 300.0
_MOST = 500


@dataclass(frozen=True, slots=True)
class _Held:
    value: Any
    found: float
    """When it was found; when it was seen last that nothing had changed is ``seen`` (monotonic seconds)."""
    seen: float
    took: float
    state: Hashable


class Kept:
    """Values by what was asked; emptied by whoever changes the archive from here.

    ``changes`` tells whether the archive has changed since: where it has not, they stay. Where it has, a
    reader waits for what is found quickly; what takes long is found again behind the reader, by a single
    thread, however many ask.
    """

    def __init__(self, changes: Callable[[], Hashable] | None = None) -> None:
        self._values: OrderedDict[Hashable, _Held] = OrderedDict()
        self._changes = changes
        self._lock = threading.Lock()
        self._cleared = 0
        self._behind: ThreadPoolExecutor | None = None
        self._awaited: set[Hashable] = set()
        self._finding: dict[tuple[Hashable, int], Future[Any]] = {}

    def get(self, asked: Hashable, find: Callable[[], Value]) -> Value:
        """Give what was found a short while ago, or find it."""
        with self._lock:
            known, cleared = self._values.get(asked), self._cleared
        now = time.monotonic()
        if known is not None:
            held: Value = known.value
            if known.seen + SECONDS > now:
                return held
            state = self._state()
            if state is not None and known.state == state:
                self._keep(asked, _Held(held, known.found, now, known.took, state), cleared)
                return held
            if known.took >= LONG and known.found + LONGEST > now:
                if known.found + min(_TIMES * known.took, _SELDOM) <= now:
                    self.ready(asked, find)
                return held
        return self._find(asked, find)

    def ready(self, asked: Hashable, find: Callable[[], object]) -> None:
        """Find something behind the readers, before or after one has asked for it."""
        with self._lock:
            if asked in self._awaited:
                return
            self._awaited.add(asked)
            if self._behind is None:
                self._behind = ThreadPoolExecutor(1, thread_name_prefix="counting")
            behind = self._behind
        behind.submit(self._find_behind, asked, find, time.monotonic())

    def _find_behind(self, asked: Hashable, find: Callable[[], object], since: float) -> None:
        try:
            with self._lock:
                known = self._values.get(asked)
            if known is None or known.found < since:
                self._find(asked, find)
        except Exception:
            # Whoever asks next is told, having waited for it.
            with self._lock:
                self._values.pop(asked, None)
        finally:
            with self._lock:
                self._awaited.discard(asked)

    def _find(self, asked: Hashable, find: Callable[[], Value]) -> Value:
        """Find it, or wait for who is just finding it: two would take each other's time."""
        with self._lock:
            # What was begun before a correction is not for who asks after it.
            key = asked, self._cleared
            other = self._finding.get(key)
            mine: Future[Value] = Future()
            if other is None:
                self._finding[key] = mine
        if other is not None:
            awaited: Value = other.result()
            return awaited
        try:
            state, began = self._state(), time.monotonic()
            found = find()
            self._keep(asked, _Held(found, began, began, time.monotonic() - began, state), key[1])
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(found)
            return found
        finally:
            with self._lock:
                del self._finding[key]

    def _keep(self, asked: Hashable, held: _Held, cleared: int) -> None:
        with self._lock:
            if cleared != self._cleared:
                # It was changed from here meanwhile, and who changed it looks for what they did.
                return
            self._values[asked] = held
            self._values.move_to_end(asked)
            while len(self._values) > _MOST:
                self._values.popitem(last=False)

    def _state(self) -> Hashable:
        return self._changes() if self._changes else None

    def clear(self) -> None:
        """Forget everything: the archive was changed."""
        with self._lock:
            self._values.clear()
            self._cleared += 1

    def close(self) -> None:
        """Wait for what is being found, and find nothing more behind readers."""
        if self._behind is not None:
            self._behind.shutdown(wait=True, cancel_futures=True)

"""What took long to count, kept for a short while: many readers open the same pages."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")

SECONDS = 30.0
"""So long a count may be older than the archive, when another program writes to it all the time."""
_MOST = 500


class Kept:
    """Values by what was asked; emptied by whoever changes the archive from here.

    ``changes`` tells whether the archive has changed since: where it has not, they stay.
    """

    def __init__(self, changes: Callable[[], Hashable] | None = None) -> None:
        self._values: OrderedDict[Hashable, tuple[float, Hashable, Any]] = OrderedDict()
        self._changes = changes
        self._lock = threading.Lock()

    def get(self, asked: Hashable, find: Callable[[], Value]) -> Value:
        """Give what was found a short while ago, or find it."""
        with self._lock:
            known = self._values.get(asked)
        now = time.monotonic()
        if known is not None and known[0] > now:
            value: Value = known[2]
            return value
        state = self._changes() if self._changes else None
        unchanged = known is not None and state is not None and known[1] == state
        found = known[2] if known is not None and unchanged else find()
        with self._lock:
            self._values[asked] = now + SECONDS, state, found
            self._values.move_to_end(asked)
            while len(self._values) > _MOST:
                self._values.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget everything: the archive was changed."""
        with self._lock:
            self._values.clear()

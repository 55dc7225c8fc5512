"""What took long to count, kept for a short while: many readers open the same pages."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")

SECONDS = 30.0
"""So long a count may be older than the archive, when another program writes to it."""
_MOST = 500


class Kept:
    """Values by what was asked; emptied by whoever changes the archive from here."""

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: Hashable, find: Callable[[], Value]) -> Value:
        """Give what was found a short while ago, or find it."""
        with self._lock:
            known = self._values.get(asked)
            if known is not None and known[0] > time.monotonic():
                value: Value = known[1]
                return value
        found = find()
        with self._lock:
            self._values[asked] = time.monotonic() + SECONDS, found
            self._values.move_to_end(asked)
            while len(self._values) > _MOST:
                self._values.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget everything: the archive was changed."""
        with self._lock:
            self._values.clear()

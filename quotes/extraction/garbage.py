"""Python's search for objects that refer to each other in a circle: reading an article leaves none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """Let nothing be searched for cycles meanwhile, and be searched as before afterwards.

    An article is thousands of small objects that live until it is read, and are gone then without a
    search; to go through them again and again takes a twentieth of the time. Where several threads read,
    the one that put the search off puts it on again: others may then do without the gain.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()

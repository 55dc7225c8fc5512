"""Numbers as clues: a clue holds or it doesn't, so a distance or a share becomes one of a few steps."""

from __future__ import annotations

from collections.abc import Sequence


def bucket(value: float, bounds: Sequence[tuple[float, str]], rest: str) -> str:
    """The name of the first bound that a value does not pass; ``rest`` where it passes them all."""
    for bound, name in bounds:
        if value <= bound:
            return name
    return rest

"""Numbers as clues: a clue holds or it doesn't, so a distance or a share becomes one of a few steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps of a number: the first has every value up to the first bound, the last all the others."""

    bounds: tuple[float, ...]
    names: tuple[str, ...]

    def __call__(self, value: float) -> str:
        """The name of the first bound that a value does not pass."""
        return self.names[bisect_left(self.bounds, value)]

    def clues(self, before: str, after: str = "") -> Scale:
        """The same steps with whole clues as names, made once: what stands before and after the name."""
        return Scale(self.bounds, tuple(f"{before}{name}{after}" for name in self.names))


def scale(steps: Sequence[tuple[float, str]], rest: str) -> Scale:
    """A scale from its bounds with their names, in rising order, and the name of what passes them all."""
    return Scale(tuple(bound for bound, _ in steps), (*(name for _, name in steps), rest))

"""Numbers as clues: a clue holds or it doesn't, so a distance or a share becomes one of a few steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

_KEPT = 100  # whole numbers from 0 on whose step is kept once it was asked for


class Scale(dict[float, str]):
    """The steps of a number: the first has every value up to the first bound, the last all the others.

    A table that is looked up, ``GAPS[3]``: of small whole numbers, which are asked for again and again,
    it holds the answers.
    """

    __slots__ = ("_bounds", "_names")

    def __init__(self, bounds: Sequence[float], names: Sequence[str]) -> None:
        super().__init__()
        self._bounds = bounds
        self._names = names

    def __missing__(self, value: float) -> str:
        """The name of the first bound that a value does not pass."""
        name = self._names[bisect_left(self._bounds, value)]
        if isinstance(value, int) and 0 <= value < _KEPT:
            self[value] = name
        return name

    def clues(self, before: str, after: str = "") -> Scale:
        """The same steps with whole clues as names, made once: what stands before and after the name."""
        return Scale(self._bounds, [f"{before}{name}{after}" for name in self._names])


def scale(steps: Sequence[tuple[float, str]], rest: str) -> Scale:
    """A scale from its bounds with their names, in rising order, and the name of what passes them all."""
    return Scale([bound for bound, _ in steps], [*(name for _, name in steps), rest])

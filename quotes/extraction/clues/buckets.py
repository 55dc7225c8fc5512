"""Clues by numbers and by words: one holds or it doesn't, so a distance becomes one of a few steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Name = TypeVar("Name")
Other = TypeVar("Other")

_KEPT = 100  # whole numbers from 0 on whose step is kept once it was asked for


class Scale(dict[float, Name], Generic[Name]):
    """The steps of a number: the first has every value up to the first bound, the last all the others.

    A table that is looked up, ``GAPS[3]``: of small whole numbers, which are asked for again and again,
    it holds the answers.
    """

    __slots__ = ("_bounds", "_names")

    def __init__(self, bounds: Sequence[float], names: Sequence[Name]) -> None:
        super().__init__()
        self._bounds = bounds
        self._names = names

    def __missing__(self, value: float) -> Name:
        """The name of the first bound that a value does not pass."""
        name = self._names[bisect_left(self._bounds, value)]
        if isinstance(value, int) and 0 <= value < _KEPT:
            self[value] = name
        return name

    def clues(self, before: str, after: str = "") -> Scale[str]:
        """The same steps with whole clues as names, made once: what stands before and after the name."""
        return self.each(lambda name: f"{before}{name}{after}")

    def each(self, made: Callable[[Name], Other]) -> Scale[Other]:
        """The same steps with what is made of each name, once."""
        return Scale(self._bounds, [made(name) for name in self._names])


def scale(steps: Sequence[tuple[float, str]], rest: str) -> Scale[str]:
    """A scale from its bounds with their names, in rising order, and the name of what passes them all."""
    return Scale([bound for bound, _ in steps], [*(name for _, name in steps), rest])


class Wording(dict[str, str]):
    """Whole clues by the word in which they differ, each made at the first question and kept.

    Of words of which there are few, whatever is read: sorts, zones, rules, facts; not of those of a text.
    """

    __slots__ = ("_after", "_before")

    def __init__(self, before: str, after: str = "") -> None:
        super().__init__()
        self._before = before
        self._after = after

    def __missing__(self, word: str) -> str:
        """The clue with this word."""
        clue = self[word] = f"{self._before}{word}{self._after}"
        return clue

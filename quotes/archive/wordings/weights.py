"""What a word says: how much two wordings have in common is weighed by how rare their words are.

"Il n'y aura pas de" is in everybody's mouth; that two sentences share it says nothing of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from quotes.archive.search.terms import index_columns

COMMON = 0.15
"""The weight of a word of grammar."""
_LEAST = 0.3
# As if so many more quotes had none of the words: in a small archive nothing is frequent yet.
_PRIOR = 200
# A word in one quote of so many tens (logarithm) weighs all that a word can.
_RARE = 3.0


@cache
def common_stems() -> frozenset[str]:
    """Give the stems of the words of grammar."""
    lines = files("quotes.archive.wordings").joinpath("common_words.txt").read_text(encoding="utf-8")
    words = [line for line in lines.splitlines() if line and not line.startswith("#")]
    return frozenset(stem for word in words for stem in index_columns(word)[1].split())


def is_content(stem: str) -> bool:
    """Tell whether a word says something by itself."""
    return stem not in common_stems() and (len(stem) > 1 or stem.isdigit())


class Weights:
    """The weight of each stem, between 0 and 1; without counts, 1 for all that says something."""

    def __init__(self, counts: Mapping[str, int] | None = None, quotes: int = 0) -> None:
        self._weights = {stem: _rarity(count, quotes) for stem, count in (counts or {}).items()}

    def of(self, stem: str) -> float:
        """Give the weight of a stem."""
        if not is_content(stem):
            return COMMON
        return self._weights.get(stem, 1.0)


def _rarity(count: int, quotes: int) -> float:
    return min(1.0, max(_LEAST, math.log10((quotes + _PRIOR) / (count + 1)) / _RARE))

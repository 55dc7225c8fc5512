"""Speech that is told: "X affirme que …", "…, a indiqué X.", "selon X, …", "X dit vouloir …".

The constructions propose, with every bound that a stretch may have; :mod:`quotes.extraction.clues.told`
names what speaks for each, and what the clues are worth (``data/told.txt``) decides which ones stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from quotes.extraction.carrier import Carrier
from quotes.extraction.clues.told import told_clues
from quotes.extraction.judge import Weights, probability, weights_of
from quotes.extraction.told_bounds import Told as Told
from quotes.extraction.told_clauses import clauses
from quotes.extraction.told_incises import incises
from quotes.extraction.told_sources import sources

THRESHOLD = 0.43
"""How probable a stretch must be: what gave the best F1 on articles that the weights had not seen."""


def propose_told(text: str, carrier: Carrier) -> Iterator[Told]:
    """Every stretch of a carrier that a construction offers as told speech; they overlap freely."""
    yield from clauses(text, carrier)
    yield from incises(carrier)
    yield from sources(carrier)


def find_told(text: str, carrier: Carrier) -> list[Told]:
    """The indirect speech of a carrier, in order; ``text`` is that of the article."""
    proposed = list(propose_told(text, carrier))
    if not proposed:
        return []
    weights = weights_of("told")
    return choose(proposed, [chance(weights, text, carrier, told) for told in proposed])


def chance(weights: Weights, text: str, carrier: Carrier, told: Told) -> float:
    """How probable it is that a stretch is told speech with about these bounds."""
    get = weights.get
    return probability(sum(get(clue, 0.0) * value for clue, value in told_clues(text, carrier, told)))


def choose(proposed: Sequence[Told], chances: Sequence[float], threshold: float = THRESHOLD) -> list[Told]:
    """The stretches that together promise most, none of them over another.

    Each is worth what its chance is above the threshold, so that two good ones stand before one
    that covers both.
    """
    kept = [(told, p - threshold) for told, p in zip(proposed, chances, strict=True) if p > threshold]
    kept.sort(key=lambda item: (item[0].last, item[0].first))
    lasts = [told.last for told, _ in kept]
    best = [0.0]
    before: list[int] = []  # how many of those kept end before each begins
    for n, (told, worth) in enumerate(kept):
        k = bisect_right(lasts, told.first, 0, n)
        before.append(k)
        best.append(max(best[n], best[k] + worth))
    found: list[Told] = []
    n = len(kept)
    while n:
        if best[n] == best[n - 1]:
            n -= 1
        else:
            found.append(kept[n - 1][0])
            n = before[n - 1]
    return found[::-1]

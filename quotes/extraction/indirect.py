"""Speech that is told: "X affirme que …", "…, a indiqué X.", "selon X, …", "X dit vouloir …".

The constructions propose, with every bound that a stretch may have; :mod:`quotes.extraction.clues.told`
names what speaks for each, and what the clues are worth (``data/told.txt``) decides which ones stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from quotes.extraction.carrier import Carrier
from quotes.extraction.clues.told import told_clues
from quotes.extraction.judge import add_up, probability, threshold, weights_of
from quotes.extraction.told_bounds import Told as Told
from quotes.extraction.told_clauses import clauses
from quotes.extraction.told_incises import incises
from quotes.extraction.told_sources import sources

_MOST_PROPOSED = 120
"""Stretches of one sentence that are looked at; of 34,000 sentences of articles none offers more than 67."""


def propose_told(text: str, carrier: Carrier) -> Iterator[Told]:
    """Every stretch of a carrier that a construction offers as told speech; they overlap freely."""
    return islice(chain(clauses(text, carrier), incises(carrier), sources(carrier)), _MOST_PROPOSED)


def find_told(text: str, carrier: Carrier) -> list[tuple[Told, float]]:
    """The told speech of a carrier in order, each with how likely it is; ``text`` is the article's."""
    proposed = list(propose_told(text, carrier))
    if not proposed:
        return []
    weights = weights_of("told")
    chances = [probability(add_up(weights, told_clues(text, carrier, told))) for told in proposed]
    return [(proposed[n], chances[n]) for n in choose(proposed, chances, threshold("told"))]


def stretch_of(carrier: Carrier, told: Told) -> tuple[int, int]:
    """Where the words of a stretch begin and end in the text."""
    return carrier.tokens[told.first].start, carrier.tokens[told.last - 1].end


def choose(proposed: Sequence[Told], chances: Sequence[float], least: float) -> list[int]:
    """The numbers of the stretches that together promise most, none of them over another.

    Each is worth what its chance is above ``least``, so that two good ones stand before one
    that covers both.
    """
    kept = [
        (told, p - least, n) for n, (told, p) in enumerate(zip(proposed, chances, strict=True)) if p > least
    ]
    if len(kept) < 2:
        return [n for _, _, n in kept]
    kept.sort(key=lambda item: (item[0].last, item[0].first))
    lasts = [told.last for told, _, _ in kept]
    best = [0.0]
    before: list[int] = []  # how many of those kept end before each begins
    for n, (told, worth, _) in enumerate(kept):
        k = bisect_right(lasts, told.first, 0, n)
        before.append(k)
        best.append(max(best[n], best[k] + worth))
    found: list[int] = []
    n = len(kept)
    while n:
        if best[n] == best[n - 1]:
            n -= 1
        else:
            found.append(kept[n - 1][2])
            n = before[n - 1]
    return found[::-1]

"""Do two quotes say the same? What is asked of all that come in, by numbers that near-duplicates share."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from heapq import nsmallest
from itertools import pairwise

# Fewer words than this are said by many people without being one utterance.
SHORTEST = 5
_SKETCH = 6
_CONTENT_LETTERS = 4


class Wording:
    """The stems of a quote, to be compared with those of many others."""

    __slots__ = ("distinct", "stems")

    def __init__(self, stems: Sequence[str]) -> None:
        self.stems = stems
        self.distinct = frozenset(stems)


def same_utterance(one: Wording, other: Wording) -> bool:
    """Tell whether two quotes say the same: most words of the shorter one stand in the other, in order."""
    short, long = (one, other) if len(one.stems) <= len(other.stems) else (other, one)
    shorter = len(short.stems)
    if shorter < SHORTEST:
        return False
    # Looking for common words, then counting them, is a hundred times quicker than aligning them, and
    # settles most pairs.
    if sum(map(long.distinct.__contains__, short.stems)) < 0.75 * shorter:
        return False
    if one.stems == other.stems:
        return True
    if (Counter(one.stems) & Counter(other.stems)).total() < 0.75 * shorter:
        return False
    matcher = SequenceMatcher(None, one.stems, other.stems, autojunk=False)
    matched = sum(block.size for block in matcher.get_matching_blocks())
    return matched >= 0.8 * shorter or 2 * matched >= 0.75 * (len(one.stems) + len(other.stems))


def sketch(stems: Sequence[str]) -> list[int]:
    """Give a few numbers that near-duplicates share: the smallest hashes of neighbouring long words.

    Short words are left out, so that small changes don't touch the pairs; a quote that is too short
    has no sketch.
    """
    if len(stems) < SHORTEST:
        return []
    content = [stem for stem in stems if len(stem) >= _CONTENT_LETTERS]
    pairs = map(str.encode, map(" ".join, pairwise(content)))
    return smallest_hashes(pairs, _SKETCH)


def smallest_hashes(shingles: Iterable[bytes], number: int) -> list[int]:
    """Give the smallest hashes of these runs of words, rising: sets that share most share most of these.

    Broder's bottom-k sketch (On the resemblance and containment of documents, 1997).
    """
    # Four bytes that differ for nearly all: what shares one by chance is compared for nothing.
    return nsmallest(number, set(map(zlib.crc32, shingles)))

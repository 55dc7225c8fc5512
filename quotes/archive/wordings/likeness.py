"""How alike are two wordings? Word by word: what was kept, changed, dropped, put in."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from heapq import nsmallest
from itertools import pairwise

from quotes.archive.search.terms import Term, terms

# Fewer words than this are said by many people without being one utterance.
SHORTEST = 5
_SKETCH = 6
_CONTENT_LETTERS = 4
# An inflected form of the same word is nearly the same.
_SAME_STEM = 0.9
_ELIDED = re.compile(r"\w+['’ʼ′]$")


class Likeness(StrEnum):
    """How the words asked for stand to those of a quote."""

    EXACT = "exact"
    PART = "part of a longer quote"
    SHORTENED = "shortened in the archive"
    ALTERED = "altered"


class EditKind(StrEnum):
    """What became of some words of the archive in the wording asked for."""

    SAME = "same"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words: as the archive has them, and as they were asked for."""

    kind: EditKind
    archived: str
    asked: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two wordings compared; ``score`` is 1 for the same words, 0 for nothing in common."""

    likeness: Likeness
    score: float
    edits: tuple[Edit, ...]


def compare(asked: str, archived: str) -> Comparison | None:
    """Compare a wording with a quote of the archive; ``None`` when they have nothing in common."""
    ours, theirs = list(terms(asked)), list(terms(archived))
    if not ours or not theirs:
        return None
    matcher = SequenceMatcher(
        None, [term.stem for term in ours], [term.stem for term in theirs], autojunk=False
    )
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    matched = sum(
        1.0 if ours[block.a + n].exact == theirs[block.b + n].exact else _SAME_STEM
        for block in blocks
        for n in range(block.size)
    )
    # Of a long quote only the passage that resembles counts.
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    alike = 2 * matched / (len(ours) + last - first)
    if len(theirs) >= SHORTEST - 1 and matched >= 0.8 * len(theirs):
        alike = max(alike, matched / len(theirs) * (0.6 + 0.4 * matched / len(ours)))
    edits = _edits(asked, ours, archived, theirs, matcher, first, last)
    if all(edit.kind is EditKind.SAME for edit in edits):
        whole = first == 0 and last == len(theirs)
        return Comparison(Likeness.EXACT if whole else Likeness.PART, alike, edits)
    changes = {edit.kind for edit in edits}
    shortened = changes <= {EditKind.SAME, EditKind.ADDED} and (first, last) == (0, len(theirs))
    return Comparison(Likeness.SHORTENED if shortened else Likeness.ALTERED, alike, edits)


def _edits(
    asked: str,
    ours: Sequence[Term],
    archived: str,
    theirs: Sequence[Term],
    matcher: SequenceMatcher[str],
    first: int,
    last: int,
) -> tuple[Edit, ...]:
    found: list[Edit] = []
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            found += _inflections(asked, ours[a:a_end], archived, theirs[b:b_end])
            continue
        # What the archive has before and after the passage was not asked for, except as many words as
        # stand in their place.
        b = max(b, first - (a_end - a)) if b < first else b
        b_end = min(b_end, last + (a_end - a)) if b_end > last else b_end
        here, there = _words(asked, ours[a:a_end]), _words(archived, theirs[b:b_end])
        if here and there:
            found.append(Edit(EditKind.CHANGED, there, here))
        elif here:
            found.append(Edit(EditKind.ADDED, "", here))
        elif there:
            found.append(Edit(EditKind.DROPPED, there, ""))
    return tuple(found)


def _inflections(asked: str, ours: Sequence[Term], archived: str, theirs: Sequence[Term]) -> list[Edit]:
    """Part a run of equal stems into equal words and other forms of them."""
    found: list[Edit] = []
    start = 0
    for place in range(1, len(ours) + 1):
        same = ours[start].exact == theirs[start].exact
        if place == len(ours) or (ours[place].exact == theirs[place].exact) != same:
            kind = EditKind.SAME if same else EditKind.CHANGED
            there, here = _words(archived, theirs[start:place]), _words(asked, ours[start:place])
            found.append(Edit(kind, there, here))
            start = place
    return found


def _words(text: str, run: Sequence[Term]) -> str:
    """Give the words as printed, with the elided one before them, which is no term."""
    if not run:
        return ""
    start = run[0].start
    elided = _ELIDED.search(text[max(0, start - 10) : start])
    return " ".join(text[start - len(elided[0]) if elided else start : run[-1].end].split())


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
    pairs = (f"{one} {other}".encode() for one, other in pairwise(content))
    return smallest_hashes(pairs, _SKETCH)


def smallest_hashes(shingles: Iterable[bytes], number: int) -> list[int]:
    """Give the smallest hashes of these runs of words, rising: sets that share most share most of these.

    Broder's bottom-k sketch (On the resemblance and containment of documents, 1997).
    """
    # Four bytes that differ for nearly all: what shares one by chance is compared for nothing.
    return nsmallest(number, set(map(zlib.crc32, shingles)))

"""What the encoder is asked, as the numbers that it is shown.

The same functions make what it is trained on and what it reads later. No answer of the rules is among
the numbers: what the encoder says is to be evidence of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log1p, log2

import numpy as np

from quotes.extraction.encoder.pieces import Pieces
from quotes.extraction.encoder.speech import Candidate, Speech

TYPES = ("person", "organization", "group", "unnamed", "document")
FEATURES = len(TYPES) + 16
PAIR_COLUMNS = 7
DISTANCES = 32
_MOST_BEFORE = 4
_MOST_AFTER = 2
_NO_MENTION = (-1, -1, 0, 0, 0, 0)
_FAR = 1.6  # where a logarithmic distance has none to tell


@dataclass(frozen=True, slots=True)
class Marks:
    """What is shown of each piece besides its word: in marks or not; begins a phrase; begins a line."""

    marked: np.ndarray
    phrase: np.ndarray
    line: np.ndarray

    def columns(self) -> np.ndarray:
        """All three side by side, a row a piece."""
        return np.stack([self.marked, self.phrase, self.line], axis=1)


def marks_of(pieces: Pieces, marked: Sequence[tuple[int, int]], phrases: Sequence[int]) -> Marks:
    """Mark the pieces that stand in one of the spans, or begin at one of the offsets."""
    inside = np.zeros(len(pieces), dtype=np.int64)
    begins = np.zeros(len(pieces), dtype=np.int64)
    for start, end in marked:
        first, last = pieces.within(start, end)
        inside[first:last] = 1
    for offset in phrases:
        begins[pieces.within(offset, offset + 1)[0]] = 1
    line = np.ones(len(pieces), dtype=np.int64)
    line[1:] = pieces.lines[1:] != pieces.lines[:-1]
    return Marks(inside, begins, line)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One speech as numbers.

    ``features`` has a row for each candidate (``FEATURES`` wide); ``pairs`` a row for each of their mentions
    that are looked at: candidate, first piece, last piece, distance, in marks (2: in the speech itself), on
    the same line, subject. A candidate without a mention has one row, whose pieces are −1.
    """

    first: int
    last: int
    told: bool
    features: np.ndarray
    pairs: np.ndarray

    def looking_at(self, near: Callable[[int], bool]) -> Sheet:
        """The same with only those mentions that begin and end at pieces that are near."""
        kept = [row for row in self.pairs if row[1] >= 0 and near(int(row[1])) and near(int(row[2]))]
        return replace(self, pairs=_each_with_a_row(kept, len(self.features)))


def _each_with_a_row(pairs: Sequence[Sequence[int]], candidates: int) -> np.ndarray:
    """The pairs as numbers, with a row for each candidate that has none."""
    absent = sorted(set(range(candidates)) - {int(pair[0]) for pair in pairs})
    rows = [*pairs, *((number, *_NO_MENTION) for number in absent)]
    return np.array(rows, dtype=np.int64).reshape(-1, PAIR_COLUMNS)


def sheet_of(pieces: Pieces, marks: Marks, speech: Speech) -> Sheet:
    """Show a speech with its candidates as numbers; candidates keep their order."""
    first, last = pieces.within(speech.start, speech.end)
    rows: list[list[float]] = []
    pairs: list[tuple[int, ...]] = []
    nearest: list[tuple[float, float]] = []
    for number, candidate in enumerate(speech.candidates):
        places = [pieces.within(m.start, m.end) for m in candidate.mentions]
        row, near = _features(pieces, marks, (first, last), candidate, places)
        rows.append(row)
        nearest.append(near)
        pairs += _pairs(pieces, marks, (first, last), candidate, places, number)
    for side in (0, 1):
        order = sorted(range(len(rows)), key=lambda n: (nearest[n][side], n))
        for rank, number in enumerate(order):
            rows[number].append(1 / (1 + rank))
    features = np.array(rows, dtype=np.float32).reshape(len(rows), FEATURES)
    return Sheet(first, last, speech.told, features, _each_with_a_row(pairs, len(rows)))


_Places = Sequence[tuple[int, int]]  # the pieces of each mention of a candidate


def _features(
    pieces: Pieces, marks: Marks, span: tuple[int, int], candidate: Candidate, places: _Places
) -> tuple[list[float], tuple[float, float]]:
    """A candidate's row but for its two ranks, and how near it is named before and after."""
    first, last = span
    before = [first - end for _, end in places if end <= first]
    after = [start - last for start, _ in places if start >= last]
    lines = pieces.lines
    row = [float(candidate.type == type_) for type_ in TYPES]
    row += [
        {"f": 1.0, "m": -1.0}.get(candidate.gender or "", 0.0),
        float(candidate.plural),
        float(candidate.has_role),
        log1p(len(places)) / 2,
        places[0][0] / len(pieces) if places else 1.0,
        log1p(min(before)) / 5 if before else _FAR,
        log1p(min(after)) / 5 if after else _FAR,
        float(any(end <= first and lines[start] == lines[first] for start, end in places)),
        float(any(start >= last and lines[start] == lines[last - 1] for start, _ in places)),
        float(any(first <= start < last for start, _ in places)),
        float(any(m.subject for m in candidate.mentions)),
        float(bool(places) and all(marks.marked[start] for start, _ in places)),
        float(not before),
        float(not after),
    ]
    return row, (min(before, default=10**6), min(after, default=10**6))


def _pairs(
    pieces: Pieces, marks: Marks, span: tuple[int, int], candidate: Candidate, places: _Places, number: int
) -> Iterator[tuple[int, ...]]:
    first, last = span
    starts = [start for start, _ in places]
    before, after = bisect_right(starts, first - 1), bisect_left(starts, last)
    looked_at = {0, *range(max(0, before - _MOST_BEFORE), min(len(places), before + 1))}
    looked_at |= set(range(after, min(len(places), after + _MOST_AFTER)))
    for at in sorted(looked_at & set(range(len(places)))):
        start, end = places[at]
        own = first <= start < last
        far = start - last + 1 if start >= last else min(0, end - 1 - first)
        line = pieces.lines[start] == pieces.lines[first if start < first else last - 1]
        yield (
            number,
            start,
            min(end, start + 6) - 1,
            _distance(far),
            2 if own else int(marks.marked[start]),
            int(line),
            int(candidate.mentions[at].subject),
        )


def _distance(far: int) -> int:
    """A signed distance in pieces as one of ``DISTANCES`` steps, finer where it is short."""
    size = abs(far)
    step = size if size < 4 else min(15, int(4 + 2 * log2(size / 4)))
    return step + (16 if far > 0 else 0)

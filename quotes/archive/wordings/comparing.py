"""How does a wording stand to a quote? Word by word: what was kept, changed, dropped, put in, left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from quotes.archive.search.terms import Term
from quotes.archive.wordings.cutting import Cut, cut
from quotes.archive.wordings.sense import Sense, completes_negation, figures, names, negations
from quotes.archive.wordings.weights import Weights, is_content

# An inflected form of the same word is nearly the same, one with a slip of the pen too; one that stands
# elsewhere is half of it.
_SAME_STEM = 0.9
_MISSPELT = 0.8
_MOVED = 0.5
_MISSPELT_FROM = 5
_MISSPELT_LIKENESS = 0.75
_MISSPELT_WITHIN = 3
# Of a quote so long, all of which is in the wording, the wording may be much longer.
_WHOLE_QUOTE = 4
_MOST_OF_IT = 0.8
_ELIDED = re.compile(r"(?<!\w)\w++['’ʼ′]$")
_BEFORE_INCISE = re.compile(r"[,;:(\[–—-]\s*$")
_AFTER_INCISE = re.compile(r"\s*[,;:)\]–—-]")


class Likeness(StrEnum):
    """How the words asked for stand to those of a quote."""

    EXACT = "exact"
    PART = "part of a longer quote"
    CUT = "shortened"
    SHORTENED = "shortened in the archive"
    ALTERED = "altered"


class EditKind(StrEnum):
    """What became of some words of the archive in the wording asked for.

    ``LEFT_OUT`` is dropped as the press drops words: at "[…]", from brackets, between commas; ``PUT_IN`` is
    added in brackets.
    """

    SAME = "same"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"
    LEFT_OUT = "left out"
    PUT_IN = "put in"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words: as the archive has them, and as they were asked for."""

    kind: EditKind
    archived: str
    asked: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two wordings compared; ``score`` is 1 for the same words, 0 for nothing in common.

    ``sense`` says which differences change the sense. ``shared`` is the share of the words asked for that
    the quote has, by weight or by number, whichever is less, and ``content`` how many of these say something
    by themselves.
    """

    likeness: Likeness
    score: float
    edits: tuple[Edit, ...]
    sense: tuple[Sense, ...] = ()
    shared: float = 1.0
    content: int = 0


class _Run(NamedTuple):
    """Terms of the one against terms of the other (half-open); ``same``: their stems are equal."""

    same: bool
    a: int
    a_end: int
    b: int
    b_end: int


def compare(asked: str, archived: str, weights: Weights | None = None) -> Comparison | None:
    """Compare a wording with a quote of the archive; ``None`` when they have nothing in common."""
    ours, theirs = cut(asked), cut(archived)
    if not ours.terms or not theirs.terms:
        return None
    found = _Alignment(asked, ours, archived, theirs, weights or Weights())
    return found.comparison() if found.runs else None


class _Alignment:
    """The words of a wording laid against those of a quote, in their order."""

    def __init__(self, asked: str, ours: Cut, archived: str, theirs: Cut, weights: Weights) -> None:
        self._asked, self._archived = asked, archived
        self._ours, self._theirs = ours, theirs
        self._our_weights = [weights.of(term.stem) for term in ours.terms]
        self._their_weights = [weights.of(term.stem) for term in theirs.terms]
        self.runs = self._align()
        self._elsewhere = Counter(
            theirs.terms[place].stem
            for run in self.runs
            if not run.same and run.b_end - run.b <= len(ours.terms)
            for place in range(run.b, run.b_end)
        )

    def _align(self) -> list[_Run]:
        matcher = SequenceMatcher(
            None,
            [term.stem for term in self._ours.terms],
            [term.stem for term in self._theirs.terms],
            autojunk=False,
        )
        blocks = [_Run(True, a, a + n, b, b + n) for a, b, n in matcher.get_matching_blocks() if n]
        if not blocks:
            return []
        blocks = self._trimmed(blocks)
        first, last = blocks[0], blocks[-1]
        # What the archive has before and after the passage was not asked for, except as many words as
        # stand in their place.
        before = _Run(False, 0, first.a, max(0, first.b - first.a), first.b)
        rest = len(self._ours.terms) - last.a_end
        after = _Run(
            False,
            last.a_end,
            last.a_end + rest,
            last.b_end,
            min(last.b_end + rest, len(self._theirs.terms)),
        )
        runs = [before, first]
        for one, other in pairwise(blocks):
            runs += [_Run(False, one.a_end, other.a, one.b_end, other.b), other]
        return [run for run in [*runs, after] if run.same or run.a < run.a_end or run.b < run.b_end]

    def _trimmed(self, blocks: list[_Run]) -> list[_Run]:
        """Leave out what matches far from the rest: a "de" at the other end of a long quote."""
        ours = sum(self._our_weights)

        def score(some: Sequence[_Run]) -> float:
            kept = sum(sum(self._our_weights[run.a : run.a_end]) for run in some)
            missing = sum(self._missing(one, other) for one, other in pairwise(some))
            return 2 * kept / (ours + kept + missing)

        best = score(blocks)
        for end in (0, -1):
            while len(blocks) > 1:
                fewer = blocks[1:] if end == 0 else blocks[:-1]
                now = score(fewer)
                if now <= best:
                    break
                blocks, best = fewer, now
        return blocks

    def _missing(self, one: _Run, other: _Run) -> float:
        """Weigh what the quote has between two blocks and the wording has not."""
        if self._is_border(one.a_end, other.a):
            return 0.0
        return sum(
            self._their_weights[place]
            for place in range(one.b_end, other.b)
            if place not in self._theirs.optional
        )

    def _is_border(self, first: int, last: int) -> bool:
        """Tell whether the wording says that words are left out somewhere here."""
        return any(first <= border <= last for border in self._ours.borders)

    def comparison(self) -> Comparison:
        """Weigh what was kept against all words of both."""
        kept = ours = theirs = words = 0.0
        content = wanted = 0
        for run in self.runs:
            for place, found in self._kept(run).items():
                weight = self._our_weights[place]
                kept += weight * found
                words += found
                content += found > _MOVED and is_content(self._ours.terms[place].stem)
            asked = list(self._wanted(run))
            wanted += len(asked)
            ours += sum(self._our_weights[place] for place in asked)
            theirs += sum(self._their_weights[place] for place in self._held(run))
        score = 2 * kept / (ours + theirs)
        whole = sum(self._their_weights)
        if len(self._theirs.terms) >= _WHOLE_QUOTE and kept >= _MOST_OF_IT * whole:
            score = max(score, kept / whole * (0.6 + 0.4 * kept / ours))
        edits = tuple(self._edits())
        shared = min(kept / ours, words / wanted, 1.0)
        return Comparison(self._likeness(edits), min(score, 1.0), edits, self._sense(), shared, content)

    def _wanted(self, run: _Run) -> Iterator[int]:
        """Give the terms of the wording that the quote should have."""
        for place in range(run.a, run.a_end):
            if run.same or place not in self._ours.optional:
                yield place

    def _held(self, run: _Run) -> Iterator[int]:
        """Give the terms of the quote that the wording should have."""
        if self._is_left_out(run) or self._is_outer(run):
            return
        for place in range(run.b, run.b_end):
            if run.same or place not in self._theirs.optional:
                yield place

    def _is_outer(self, run: _Run) -> bool:
        return run in (self.runs[0], self.runs[-1]) and not run.same

    def _is_left_out(self, run: _Run) -> bool:
        return not run.same and self._is_border(run.a, run.a_end)

    def _kept(self, run: _Run) -> dict[int, float]:
        """Give the terms of the wording that the quote has, each with how much of it."""
        ours, theirs = self._ours.terms, self._theirs.terms
        if run.same:
            return {
                run.a + n: 1.0 if ours[run.a + n].exact == theirs[run.b + n].exact else _SAME_STEM
                for n in range(run.a_end - run.a)
            }
        found: dict[int, float] = {}
        taken: set[int] = set()
        # What is misspelt stands about where it should.
        last = min(run.b_end, run.b + _MISSPELT_WITHIN * (run.a_end - run.a))
        for place in range(run.a, run.a_end):
            for other in range(run.b, last):
                if other not in taken and _is_misspelt(ours[place].exact, theirs[other].exact):
                    found[place] = _MISSPELT
                    taken.add(other)
                    break
        return found | self._moved(run, found)

    def _moved(self, run: _Run, found: dict[int, float]) -> dict[int, float]:
        """Give the words that the quote has elsewhere, among those that don't match in their order."""
        left = self._elsewhere
        moved: dict[int, float] = {}
        for place in range(run.a, run.a_end):
            stem = self._ours.terms[place].stem
            if place not in found and left[stem]:
                left[stem] -= 1
                moved[place] = _MOVED
        return moved

    def _likeness(self, edits: Sequence[Edit]) -> Likeness:
        kinds = {edit.kind for edit in edits}
        blocks = [run for run in self.runs if run.same]
        whole = blocks[0].b == 0 and blocks[-1].b_end == len(self._theirs.terms)
        if kinds <= {EditKind.SAME}:
            return Likeness.EXACT if whole else Likeness.PART
        if kinds <= {EditKind.SAME, EditKind.LEFT_OUT, EditKind.PUT_IN}:
            return Likeness.CUT
        if kinds <= {EditKind.SAME, EditKind.ADDED} and whole:
            return Likeness.SHORTENED
        return Likeness.ALTERED

    def _edits(self) -> Iterator[Edit]:
        for run in self.runs:
            if run.same:
                yield from self._inflections(run)
                continue
            here = _words(self._asked, self._ours.terms[run.a : run.a_end])
            there = _words(self._archived, self._theirs.terms[run.b : run.b_end])
            put_in = self._ours.optional.issuperset(range(run.a, run.a_end))
            if here and there and not put_in and not self._is_left_out(run):
                yield Edit(EditKind.CHANGED, there, here)
                continue
            if there and self._is_incise(run):
                yield Edit(EditKind.LEFT_OUT, there, "")
            elif there:
                yield Edit(EditKind.DROPPED, there, "")
            if here:
                yield Edit(EditKind.PUT_IN if put_in else EditKind.ADDED, "", here)

    def _is_incise(self, run: _Run) -> bool:
        """Tell whether words that are not in the wording are left out as the press does."""
        if self._is_left_out(run) or self._theirs.optional.issuperset(range(run.b, run.b_end)):
            return True
        first, last = self._theirs.terms[run.b], self._theirs.terms[run.b_end - 1]
        before = self._archived[max(0, first.start - 12) : first.start]
        elided = _ELIDED.search(before)
        if elided:
            before = before[: elided.start()]
        after = self._archived[last.end : last.end + 3]
        return bool(_BEFORE_INCISE.search(before) and _AFTER_INCISE.match(after))

    def _inflections(self, run: _Run) -> Iterator[Edit]:
        """Part a run of equal stems into equal words and other forms of them."""
        ours, theirs = self._ours.terms[run.a : run.a_end], self._theirs.terms[run.b : run.b_end]
        start = 0
        for place in range(1, len(ours) + 1):
            same = ours[start].exact == theirs[start].exact
            if place == len(ours) or (ours[place].exact == theirs[place].exact) != same:
                kind = EditKind.SAME if same else EditKind.CHANGED
                there = _words(self._archived, theirs[start:place])
                yield Edit(kind, there, _words(self._asked, ours[start:place]))
                start = place

    def _sense(self) -> tuple[Sense, ...]:
        """Tell which differences change the sense; what is left out as the press does changes nothing."""
        ours: list[Term] = []
        theirs: list[Term] = []
        renamed = False
        shouted = self._asked.isupper()
        for run in self.runs:
            here = list(self._ours.terms[run.a : run.a_end])
            there = list(self._theirs.terms[run.b : run.b_end])
            if run.same:
                renamed |= self._is_renamed(here, there)
            else:
                if not here and self._is_outer(run):
                    continue
                if self._is_left_out(run):
                    there = []
                named = names(self._archived, there), set() if shouted else names(self._asked, here)
                # A name instead of a word, or a word instead of a name, typed without its capital.
                renamed |= bool(here and there and any(named) and named[0] != named[1])
            ours += here
            theirs += there
        end = max(run.b_end for run in self.runs if run.same)
        following = self._theirs.terms[end : end + 1]
        if following and following[0] not in theirs and completes_negation(self._archived, following[0]):
            theirs += following
        found: list[Sense] = []
        if negations(self._asked, ours) != negations(self._archived, theirs):
            found.append(Sense.NEGATION)
        if figures(ours) != figures(theirs):
            found.append(Sense.FIGURE)
        if renamed:
            found.append(Sense.NAME)
        return tuple(found)

    def _is_renamed(self, here: Sequence[Term], there: Sequence[Term]) -> bool:
        """Tell whether names of one stem differ in more than a plural: Martin, Martine."""
        other = [
            term
            for ours, term in zip(here, there, strict=True)
            if ours.exact.rstrip("s") != term.exact.rstrip("s")
        ]
        return bool(names(self._archived, other))


def _is_misspelt(one: str, other: str) -> bool:
    """Tell whether two words differ by a slip of the pen; a figure is another figure."""
    if min(len(one), len(other)) < _MISSPELT_FROM or abs(len(one) - len(other)) > 2:
        return False
    # How alike they can be at most, by the letters that only one of them has: most pairs end here.
    fewest = _MISSPELT_LIKENESS * (len(one) + len(other)) / 2
    ours, theirs = _letters(one), _letters(other)
    if (ours & ~theirs).bit_count() > len(one) - fewest or (theirs & ~ours).bit_count() > len(other) - fewest:
        return False
    if any(map(str.isdigit, one + other)):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _MISSPELT_LIKENESS and matcher.ratio() >= _MISSPELT_LIKENESS


@lru_cache(maxsize=1 << 14)
def _letters(word: str) -> int:
    """Give the set of a word's letters, a bit each; letters far apart may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 64)
    return bits


def _words(text: str, run: Sequence[Term]) -> str:
    """Give the words as printed, with the elided one before them, which is no term."""
    if not run:
        return ""
    start = run[0].start
    elided = _ELIDED.search(text[max(0, start - 10) : start])
    return " ".join(text[start - len(elided[0]) if elided else start : run[-1].end].split())

"""The sentence around a quote: what an answer shows so that it can be judged without opening the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

# An article may have no sentence at all: a list of names, a table.
_MOST = 300
# French sets a space before its closing mark, and goes on behind it: « Assez ! », dit-il.
_SENTENCE_END = re.compile(r"[.!?…](?:\s?[»\"”])*\s+(?=[^a-zà-ÿ\s»”,;:)])|\n")
# A full stop here ends no sentence: M. Roy, Mme. Roy, J. Roy.
_ABBREVIATION = re.compile(r"(?:^|[\s(«])(?:[A-ZÀ-Þ]|MM?|Mmes?|Mlles?|Dr|Pr|St|Ste|art|av|bd|no)\.$")


def sentence_around(text: str, start: int, end: int) -> str:
    """Give the sentence or sentences in which a passage stands (code points, half-open), on one line.

    Where that is longer than 300 characters on a side it is cut, with "…".

    >>> text = "Il pleut. « Nous restons », dit M. Roy, du port. Rien d'autre."
    >>> sentence_around(text, 12, 24)
    '« Nous restons », dit M. Roy, du port.'
    """
    return _sentence(text, start, end).shown(text)


def surroundings(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Give the sentence before, that around a passage, and the one after; "" where there is none.

    >>> surroundings("Il pleut. « Nous restons », dit M. Roy. Rien d'autre.", 12, 24)
    ('Il pleut.', '« Nous restons », dit M. Roy.', "Rien d'autre.")
    """
    here = _sentence(text, start, end)
    before = after = ""
    last = _last_letter(text, here.start)
    if last is not None and not here.cut_left:
        begins, cut = _beginning(text, last)
        before = _Sentence(begins, last + 1, cut, False).shown(text)
    first = _first_letter(text, here.end)
    if first is not None and not here.cut_right:
        ends, cut = _ending(text, first)
        after = _Sentence(first, ends, False, cut).shown(text)
    return before, here.shown(text), after


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Where a sentence stands, and whether it is cut at a side."""

    start: int
    end: int
    cut_left: bool
    cut_right: bool

    def shown(self, text: str) -> str:
        words = " ".join(text[self.start : self.end].split())
        return f"{'…' if self.cut_left else ''}{words}{'…' if self.cut_right else ''}"


def _sentence(text: str, start: int, end: int) -> _Sentence:
    begins, cut_left = _beginning(text, start)
    # The passage may end with the full stop itself: the search begins on its last character.
    ends, cut_right = _ending(text, max(start, end - 2), reach=end)
    return _Sentence(begins, ends, cut_left, cut_right)


def _beginning(text: str, place: int) -> tuple[int, bool]:
    """Give where the sentence at a place begins, and whether that is cut."""
    first = max(0, place - _MOST)
    # With the character at the place, by which an end before it is known.
    ends = [first + found.end() for found in _ends(text[first : place + 1])]
    begins = max((end for end in ends if end <= place), default=None)
    return (first, first > 0) if begins is None else (begins, False)


def _ending(text: str, place: int, *, reach: int | None = None) -> tuple[int, bool]:
    """Give where the sentence at a place ends, seen from ``reach`` (default: from there) on."""
    reach = place if reach is None else reach
    last = min(len(text), reach + _MOST)
    found = (place + one.end() for one in _ends(text[place:last]))
    ends = next((end for end in found if end >= reach), None)  # one inside the passage ends nothing
    return (last, last < len(text)) if ends is None else (ends, False)


def _first_letter(text: str, start: int) -> int | None:
    """Give the place of the first character from ``start`` on that is no space; ``None`` without one near."""
    return next((place for place in range(start, min(len(text), start + _MOST)) if text[place] > " "), None)


def _last_letter(text: str, end: int) -> int | None:
    """Give the place of the last character before ``end`` that is no space; ``None`` without one near."""
    return next((place for place in range(end - 1, max(-1, end - _MOST), -1) if text[place] > " "), None)


def _ends(text: str) -> list[re.Match[str]]:
    return [
        found
        for found in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text[max(0, found.start() - 6) : found.start() + 1])
    ]

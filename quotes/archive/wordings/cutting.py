"""A wording as the press shortens it: what the marks of an omission part, and what brackets put in."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from quotes.archive.search.terms import Term, terms

# […] (...) [..] … ... each of them says that words are left out.
_OMISSION = re.compile(r"\[\s?(?:…|\.{2,9})\s?\]|\(\s?(?:…|\.{2,9})\s?\)|…|\.{3,9}")
# "[l]e maire", "[L]e maire": the case was changed, nothing else.
_CASE = re.compile(r"\[(\w)\](?=\w)")
_INSIDE = "\u200b"
# "elle [la ministre] viendra", "(rires)": words of somebody else, or such as are readily left out.
_BRACKETS = re.compile(r"\[[^\[\]]{1,200}\]|\([^()]{1,200}\)")


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of a wording; ``borders`` are the terms before which words may be left out (their count:
    after the last one), ``optional`` those in brackets.
    """

    terms: tuple[Term, ...]
    borders: frozenset[int] = frozenset()
    optional: frozenset[int] = frozenset()


@lru_cache(maxsize=16)  # one wording is compared with many quotes
def cut(text: str) -> Cut:
    """Take a wording apart.

    >>> found = cut("Nous fermerons […] la gare (rires) demain")
    >>> sorted(found.borders), [found.terms[place].exact for place in sorted(found.optional)]
    ([2, 4, 5], ['rires'])
    """
    text = _CASE.sub(rf" \1{_INSIDE}", text)
    words = tuple(terms(text))
    if not any(mark in text for mark in "…[(") and "..." not in text:
        return Cut(words)
    starts = [word.start for word in words]
    borders = {bisect_left(starts, found.start()) for found in _OMISSION.finditer(text)}
    optional: set[int] = set()
    for found in _BRACKETS.finditer(text):
        first, last = bisect_left(starts, found.start()), bisect_left(starts, found.end())
        optional.update(range(first, last))
        borders |= {first, last}
    return Cut(words, frozenset(borders), frozenset(optional))

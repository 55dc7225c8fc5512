"""The sentence around a quote: what an answer shows so that it can be judged without opening the article."""

from __future__ import annotations

import re

# An article may have no sentence at all: a list of names, a table.
_MOST = 300
_SENTENCE_END = re.compile(r"[.!?…][»\"”]?\s+(?=[^a-zà-ÿ\s])|\n")
# A full stop here ends no sentence: M. Roy, Mme. Roy, J. Roy.
_ABBREVIATION = re.compile(r"(?:^|[\s(«])(?:[A-ZÀ-Þ]|MM?|Mmes?|Mlles?|Dr|Pr|St|Ste|art|av|bd|no)\.$")


def sentence_around(text: str, start: int, end: int) -> str:
    """Give the sentence or sentences in which a passage stands (code points, half-open), on one line.

    Where that is longer than 300 characters on a side it is cut, with "…".

    >>> text = "Il pleut. « Nous restons », dit M. Roy, du port. Rien d'autre."
    >>> sentence_around(text, 12, 24)
    '« Nous restons », dit M. Roy, du port.'
    """
    first = max(0, start - _MOST)
    before = text[first:start]
    begins = max((found.end() for found in _ends(before)), default=0 if first == 0 else -1)
    last = min(len(text), end + _MOST)
    # The passage may end with the full stop itself: the search begins on its last character.
    after = text[max(start, end - 2) : last]
    ends = next((found.end() for found in _ends(after)), None)
    left = before if begins < 0 else before[begins:]
    right = after if ends is None else after[:ends]
    whole = f"{left}{text[start : max(start, end - 2)]}{right}"
    cut_left = "…" if begins < 0 else ""
    cut_right = "…" if ends is None and last < len(text) else ""
    return f"{cut_left}{' '.join(whole.split())}{cut_right}"


def _ends(text: str) -> list[re.Match[str]]:
    return [
        found
        for found in _SENTENCE_END.finditer(text)
        if not _ABBREVIATION.search(text[max(0, found.start() - 6) : found.start() + 1])
    ]

"""Pull quotes that have lost their marks: words that the article also quotes in marks.

Such words stand on a line of their own, or, where an export has lost the line ends, between two
sentences that they don't belong to: "… se vide.Nous ne partirons jamais d'iciLe maire …". Where the view
has parted the second of these (:mod:`quotes.extraction.typography`), they close a line without a full stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quotes.extraction.detect import Quotation
from quotes.extraction.unmarked import Unmarked
from quotes.model import Zone, ZoneKind

REPEATED = "repeated"

_KEY = 20  # code points that two printings share from their first word on
_LONGEST = 400
_FEWEST_WORDS = 6
_SAME = 0.85  # of the words
_WORD = re.compile(r"\w+")
# A word with what follows it, so that the next word is found within that again.
_BEGUN = re.compile(rf"(?=(\w.{{{_KEY - 1}}}))\w+", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?…»])[ \u00a0]?(?=[A-ZÀ-Ý])")
# It begins with what it ends at, which is found much faster than a place between two characters.
_LOST_LINE_END = re.compile(r"[A-ZÀ-Ý«](?:(?<=[^\W\dA-ZÀ-Ý_].)|(?<=\w[.!?…].))")
# A heading may take up words of a quotation without being one.
_ZONES = frozenset({ZoneKind.BODY, ZoneKind.PULL_QUOTE})


def find_repeated(text: str, zones: Sequence[Zone], quotations: Sequence[Quotation]) -> list[Unmarked]:
    """The pull quotes without marks, in order; each with the quotation that it repeats in ``of``."""
    compared = (
        text.replace("İ", "I").lower().replace("’", "'")
    )  # İ is the one letter that grows in lower case
    stretches = list(_stretches(text, zones))
    sought = {compared[start : start + _KEY] for start, _ in stretches}
    printed: dict[str, Quotation] = {}
    for quotation in quotations:
        for key in sought.intersection(_BEGUN.findall(compared, quotation.start, quotation.end - 1)):
            printed.setdefault(key, quotation)
    found: list[Unmarked] = []
    for start, end in stretches:
        source = printed.get(compared[start : start + _KEY])
        if source is None or source.outer_start <= start < source.outer_end:
            continue
        words = _words(text[start:end])
        said = set(_words(text[source.start : source.end]))
        if len(words) >= _FEWEST_WORDS and sum(word in said for word in words) >= _SAME * len(words):
            found.append(Unmarked(start, end, None, REPEATED, of=source.start))
    return found


def _stretches(text: str, zones: Sequence[Zone]) -> Iterator[tuple[int, int]]:
    """What stands on a line of its own, or ends where a line end was lost."""
    for zone in zones:
        if zone.kind not in _ZONES:
            continue
        start = _WORD.search(text, zone.start, zone.end)
        if start is not None and zone.end - zone.start <= _LONGEST:
            yield start.start(), zone.start + len(text[zone.start : zone.end].rstrip())
        lost = [line_end.start() for line_end in _LOST_LINE_END.finditer(text, zone.start, zone.end)]
        if text[zone.end - 1 : zone.end].isalpha():
            lost.append(zone.end)
        for sentence in _SENTENCE.finditer(text, zone.start, zone.end) if lost else ():
            begin = sentence.end()
            after = bisect_left(lost, begin + _KEY)
            if after < len(lost) and lost[after] <= begin + _LONGEST:
                yield begin, lost[after]


def _words(passage: str) -> list[str]:
    return _WORD.findall(passage.lower())

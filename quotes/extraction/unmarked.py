"""What somebody says without marks around it: replies of an interview, posts, signed paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.extraction.detect import Quotation


@dataclass(frozen=True, slots=True)
class Unmarked:
    """Words that stand without marks, as one stretch (``start``–``end``), and who is named beside them.

    ``label`` is the name as printed ("Jeanne Roy", "J. R."), which begins at ``label_start``; ``None``
    where nothing names the speaker. ``rule`` says how it was found. ``marked`` is true for a reply that
    does stand in marks: it is a quotation already, and only who says it is told here. ``of`` is where the
    quotation begins that it repeats.
    """

    start: int
    end: int
    label: str | None
    rule: str
    label_start: int = -1
    marked: bool = False
    of: int = -1

    def parts(self, quotation: Quotation) -> bool:
        """Whether a reply in marks goes on after this quotation, which then is only a part of it."""
        return self.marked and quotation.outer_end < self.end


def outside_marks(found: Iterable[Unmarked], quotations: Sequence[Quotation]) -> list[Unmarked]:
    """Those that overlap neither one another nor a quotation that reaches beyond them, in order."""
    kept: list[Unmarked] = []
    for item in sorted(found, key=lambda u: (u.start, u.end)):
        if kept and item.start < kept[-1].end:
            continue
        if item.marked or not _crosses(item, quotations):
            kept.append(item)
    return kept


def _crosses(item: Unmarked, quotations: Sequence[Quotation]) -> bool:
    """Whether a quotation that has words in common with it begins before it, or ends after it."""
    first = bisect_right(quotations, item.start, key=lambda q: q.outer_end)
    last = bisect_left(quotations, item.end, key=lambda q: q.start) - 1
    if last < first:
        return False
    return quotations[first].outer_start < item.start or quotations[last].end > item.end

"""What somebody says without marks around it: replies of an interview, posts, signed paragraphs."""

from __future__ import annotations

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
    index = 0
    for item in sorted(found, key=lambda u: (u.start, u.end)):
        if kept and item.start < kept[-1].end:
            continue
        while index < len(quotations) and quotations[index].outer_end <= item.start:
            index += 1
        around = quotations[index] if index < len(quotations) else None
        if around is not None and around.outer_start < item.start and not item.marked:
            continue
        kept.append(item)
    return kept
